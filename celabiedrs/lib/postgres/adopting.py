"""A base backup becomes the embedded cluster of a new data folder, and is brought forward to a moment."""

import json
import secrets
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from celabiedrs.lib.postgres.account import Account, account_for
from celabiedrs.lib.postgres.binaries import find_binaries, reachable_binaries
from celabiedrs.lib.postgres.cluster import (
    ROLE,
    ServerFailed,
    cluster_url,
    free_port,
    home_of,
    tail_of,
    write_private,
)

RECOVERED_WITHIN = 6 * 60 * 60.0
"""Seconds: a month of changes takes its time."""
HBA = "host all all 127.0.0.1/32 scram-sha-256\n"


def superuser_url(data: Path) -> str | None:
    """The superuser's address of the embedded server that runs on this data folder, or None."""
    return cluster_url(data, role="postgres", database="postgres")


def adopt_cluster(data: Path, base: Path, *, recovery: Mapping[str, str]) -> None:
    """Copy the base, recover with these settings, and give the roles new passwords: those of the base stay with it.

    Raises ServerFailed where there is a cluster already, or where the stream does not reach the moment.
    """
    account = account_for(data)
    home = home_of(data, account)
    if home.exists():
        raise ServerFailed(
            f"{home} holds a database already; restore into a new data folder (CELABIEDRS_DATA)."
        )
    binaries = reachable_binaries(find_binaries(), account, home.parent)
    making = home.with_name(home.name + ".restoring")
    shutil.rmtree(making, ignore_errors=True)
    shutil.copytree(base, making, symlinks=True)
    settings = making / "postgresql.auto.conf"
    before = settings.read_text("utf-8") if settings.exists() else ""
    added = "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in recovery.items())
    settings.write_text(before + added, "utf-8")
    (making / "recovery.signal").touch()
    for name, text in (("postgresql.conf", ""), ("pg_hba.conf", HBA), ("pg_ident.conf", "")):
        if not (making / name).exists():
            (making / name).write_text(text, "ascii")
    _own(making, account)
    _recover(making, binaries, account, log=data / "postgres.log")
    settings.write_text(before, "utf-8")
    account.own(settings)
    _renew_passwords(making, binaries, account, data)
    making.rename(home)


def _own(folder: Path, account: Account) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)
        account.own(path)


def _recover(home: Path, binaries: Path, account: Account, *, log: Path) -> None:
    """Run a server, with the passwords of the base, until it has removed the sign that it is recovering."""
    options = {
        "listen_addresses": "127.0.0.1",
        "port": free_port(),
        "unix_socket_directories": "",
        "archive_mode": "off",
        # a recovery asks for no less than the server had that was backed up
        "max_connections": 1000,
        "max_worker_processes": 64,
        "max_wal_senders": 64,
        "max_prepared_transactions": 100,
        "max_locks_per_transaction": 256,
    }
    told = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("ab") as output:
        server = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(home), *told],
            **account.popen(),  # type: ignore[call-overload]
            cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    until = time.monotonic() + RECOVERED_WITHIN
    while (home / "recovery.signal").exists() and server.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    ended = server.poll()
    if ended is None:
        server.send_signal(2)
        server.wait(120)
    if ended is not None or (home / "recovery.signal").exists():
        shutil.rmtree(home)
        raise ServerFailed(
            f"The recovery stopped: the archive's stream does not reach that moment, or is damaged:\n{tail_of(log)}"
        )


def _renew_passwords(home: Path, binaries: Path, account: Account, data: Path) -> None:
    made = {"postgres": secrets.token_urlsafe(24), "role": secrets.token_urlsafe(24)}
    asked = (
        f"ALTER ROLE postgres PASSWORD '{made['postgres']}'\nALTER ROLE {ROLE} PASSWORD '{made['role']}'\n"
    )
    done = subprocess.run(
        [str(binaries / "postgres"), "--single", "-D", str(home), "postgres"],
        **account.popen(),  # type: ignore[call-overload]
        cwd="/", input=asked, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise ServerFailed(f"The restored database did not open: {done.stderr.strip()[-300:]}")
    write_private(data / "postgres.secret", json.dumps(made))
