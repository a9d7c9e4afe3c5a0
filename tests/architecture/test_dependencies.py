"""What we depend on: each package explained, each licence fitting, nothing installed that only builds."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from bench.licences import fits, licence
from bench.size import run_time
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs/dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def rows(heading: str) -> list[list[str]]:
    """Cells of the table under a heading."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def required() -> set[str]:
    return {Requirement(line).name.lower() for line in PROJECT["dependencies"]}


def explained() -> set[str]:
    beside = {name for row in rows("They bring along") for name in row[0].split(", ")}
    return {row[0] for row in rows("Chosen by us")} | beside


def test_every_package_that_is_chosen_is_explained() -> None:
    assert {row[0] for row in rows("Chosen by us")} == required()


def test_every_package_that_is_installed_is_explained() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)) == explained()


def test_every_licence_fits_ours() -> None:
    licences = {found.name: licence(found) for found in run_time()}
    assert len(licences) > 20
    assert {name: said for name, said in licences.items() if not fits(said)} == {}


def test_the_page_names_the_licences_that_the_packages_declare() -> None:
    declared = {found.name.lower(): licence(found) for found in run_time()}
    told = {row[0]: row[-1] for row in rows("Chosen by us")}
    assert {name: said for name, said in told.items() if declared.get(name, said) != said} == {}


@pytest.mark.parametrize(
    "said", ["GPL-3.0-only", "AGPL-3.0-only", "unknown", "Proprietary", "MIT AND SSPL-1.0", "BSD, MIT"]
)
def test_a_licence_that_does_not_fit_is_seen(said: str) -> None:
    assert not fits(said)


@pytest.mark.parametrize("name", ["babel", "rich", "setuptools"])
def test_what_only_builds_is_not_installed_to_run(name: str) -> None:
    assert not re.search(rf"^{name}==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)


def test_our_own_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert re.findall(r"^(\d+)\. [A-Z]", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text and "\nAppendix\n" in text
    assert text.rstrip().endswith("new EUPL version.")
    assert PROJECT["license"] == "EUPL-1.2"
