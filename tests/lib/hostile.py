"""Tasks that a reading process should never have: what they try, the process must not let them do."""

import os
import socket
import subprocess
import time
from typing import Any


def quiet(content: bytes) -> tuple[dict[str, Any], bytes]:
    return {"size": len(content)}, content[::-1]


def endless(_content: bytes) -> tuple[dict[str, Any], bytes]:
    while True:
        time.sleep(0.01)


def greedy(_content: bytes) -> tuple[dict[str, Any], bytes]:
    return {"size": len(b"\1" * (300 * 1024 * 1024))}, b""


def talkative(_content: bytes) -> tuple[dict[str, Any], bytes]:
    return {"size": 0}, b"x" * (120 * 1024 * 1024)


def dying(_content: bytes) -> tuple[dict[str, Any], bytes]:
    os.abort()


def failing(content: bytes) -> tuple[dict[str, Any], bytes]:
    raise LookupError(content.decode())


def curious(_content: bytes) -> tuple[dict[str, Any], bytes]:
    """What of the machine can be reached."""
    tried: dict[str, Any] = {
        "file": lambda: open("/etc/passwd").read(),  # noqa: SIM115
        "network": lambda: socket.socket().close(),
        "program": lambda: subprocess.run(["true"], check=False),
        "child": os.fork,
        "environment": lambda: None if set(os.environ) <= {"LANG", "LC_CTYPE"} else 1 / 0,
    }
    told = {}
    for name, attempt in tried.items():
        try:
            attempt()
            told[name] = "reached"
        except (OSError, ZeroDivisionError) as error:
            told[name] = type(error).__name__
    return told, b""
