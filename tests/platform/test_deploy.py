"""The examples of deploy/ name what is there: commands, settings, the limit of an upload."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from config.commands import BY_NAME
from tests.architecture.sources import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


def test_every_unit_starts_a_command_that_exists() -> None:
    started = [
        name for unit in UNITS for name in re.findall(r"^ExecStart=\S+ (\S+)", unit.read_text("utf-8"), re.M)
    ]
    assert {"web", "worker", "wal", "backup"} <= set(started) <= set(BY_NAME)


def test_every_setting_is_in_the_list_of_settings() -> None:
    told = (ROOT / "docs/settings.md").read_text("utf-8")
    named = set(
        re.findall(
            r"\bCELABIEDRS_[A-Z_]+\b", "".join(path.read_text("utf-8") for path in DEPLOY.rglob("*.*"))
        )
    )
    assert {
        name for name in named if name not in told and name.replace("CELABIEDRS_MAIL", "") not in told
    } == set()


def test_the_containers_run_commands_that_exist() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    ours = {service["command"][0] for service in services.values() if "command" in service}
    assert ours <= {*BY_NAME, "postgres"}


@pytest.mark.parametrize(
    ("name", "limit"), [("nginx.conf", "client_max_body_size 20m"), ("Caddyfile", "max_size 20MB")]
)
def test_the_web_server_in_front_takes_an_upload(name: str, limit: str) -> None:
    assert limit in (DEPLOY / name).read_text("utf-8")


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        return
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/celabiedrs/.venv/bin/celabiedrs", "/bin/true")
        (tmp_path / unit.name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "celabiedrs" in line]
    assert said == []
