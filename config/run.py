"""`celabiedrs run`: database, migrations, web and worker in one supervised tree; Ctrl-C stops all of it."""

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from celabiedrs.lib.postgres import Cluster, FolderLock, ServerFailed
from celabiedrs.lib.supervisor import Child, Supervisor
from config.folder import data_folder, make_folder
from config.production import refused
from config.secrets import make_secrets

UP_WITHIN = 60.0
"""Seconds for the first page after the processes have been started."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    if not _port_is_free(options.host, options.port):
        print(
            f"celabiedrs: port {options.port} on {options.host} is taken by another program. "
            f"Stop that one, or choose another: celabiedrs run --port {options.port + 1}",
            file=sys.stderr,
        )
        return 1
    folder = data_folder()
    make_folder(folder.path)
    if folder.word:
        print(folder.word)
    lock = FolderLock(folder.path / "program.lock")
    lock.take()
    os.environ["CELABIEDRS_DATA"] = str(folder.path)
    os.environ.setdefault("CELABIEDRS_MODE", "demonstration" if options.demo else "production")
    os.environ.setdefault("CELABIEDRS_ADDRESS", f"http://{options.host}:{options.port}")
    (folder.path / "address").write_text(os.environ["CELABIEDRS_ADDRESS"], "utf-8")
    make_secrets(folder.path)
    if refused():
        return 1
    try:
        return _serve(options, folder.path)
    finally:
        lock.release()


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="celabiedrs run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument(
        "--demo", action="store_true", help="with made-up people, without encryption on the line"
    )
    return parser.parse_args(arguments)


def _serve(options: argparse.Namespace, data: Path) -> int:
    cluster = None if os.environ.get("DATABASE_URL") else Cluster(data)
    supervisor = Supervisor(_children(options), tend=lambda: _tend(cluster))
    supervisor.listen()
    try:
        if cluster is not None:
            print("celabiedrs: database …", file=sys.stderr, flush=True)
            os.environ["DATABASE_URL"] = cluster.start()
        said = _prepare(options.demo)
        if said is None:
            return 1
        if not supervisor.stopping:
            supervisor.start()
            _tell_when_up(options, supervisor, said, data)
        supervisor.watch()
        print("\nceļabiedrs: stopping …", flush=True)
        return 0
    finally:
        supervisor.stop()
        if cluster is not None:
            cluster.stop()


def _children(options: argparse.Namespace) -> list[Child]:
    program = [sys.executable, "-m", "config.commands"]
    listen = ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    return [Child("worker", [*program, "worker"]), Child("web", [*program, "web", *listen])]


def _tend(cluster: Cluster | None) -> None:
    """A database that died comes back on the same port, so that nobody needs a new address; its log stays short."""
    if cluster is not None:
        cluster.trim_log()
    if cluster is not None and cluster.died:
        print("celabiedrs: the database ended; starting it again", file=sys.stderr)
        try:
            cluster.start()
        except ServerFailed as error:
            print(f"celabiedrs: {error}", file=sys.stderr)


def _prepare(demo: bool) -> str | None:
    """Output of the preparation, None when it failed; it has told why by then."""
    program = [sys.executable, "-m", "config.prepare", *(["--demo"] if demo else [])]
    done = subprocess.run(
        program, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL, start_new_session=True
    )
    if done.returncode != 0:
        print("celabiedrs: the preparation failed; nothing was started.", file=sys.stderr)
        return None
    return done.stdout


def _tell_when_up(options: argparse.Namespace, supervisor: Supervisor, said: str, data: Path) -> None:
    address = f"http://{options.host}:{options.port}"
    until = time.monotonic() + UP_WITHIN
    while not supervisor.stopping and time.monotonic() < until:
        if _answers(f"{address}/veseliba"):
            break
        supervisor.look()
        time.sleep(0.1)
    else:
        print("celabiedrs: no page answers yet; the log above may say why", file=sys.stderr)
    if said.strip():
        print(said.rstrip())
    print(
        f"\nCeļabiedrs: {os.environ['CELABIEDRS_ADDRESS']}   (data in {data}; Ctrl-C stops everything)",
        flush=True,
    )
    if not options.demo:
        _tell_what_lacks()


def _tell_what_lacks() -> None:
    """What an operator does next: a mail server, an administrator. Asked in a process of its own."""
    program = [sys.executable, "-m", "config.readiness"]
    done = subprocess.run(program, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL, check=False)
    lacking = [line for line in done.stdout.splitlines() if not line.startswith("ok")]
    if lacking:
        print("\n".join(["Still to do (celabiedrs check):", *lacking]), flush=True)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True  # somebody is there, whatever they think of this host name
    except OSError:
        return False


def _port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
