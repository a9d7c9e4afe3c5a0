"""Secrets: from the environment, else from a file of the data folder that only its owner reads."""

import os
import secrets
from pathlib import Path

from celabiedrs.lib.postgres.cluster import write_private

DEVELOPMENT_KEY = "only-for-development"
"""Stands in where nothing is set; a start for service refuses it."""
GENERATED = ("CELABIEDRS_SECRET_KEY", "CELABIEDRS_NOTES_KEYS")


def _file(name: str, data: Path) -> Path:
    return data / "secrets" / name.removeprefix("CELABIEDRS_").lower()


def secret(name: str, data: Path) -> str | None:
    """The secret, or None where there is none."""
    given = os.environ.get(name)
    if given:
        return given
    try:
        return _file(name, data).read_text("utf-8").strip() or None
    except OSError:
        return None


def make_secrets(data: Path) -> None:
    """Make those that are missing, once; nothing is ever written over."""
    folder = data / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in GENERATED:
        if secret(name, data) is None:
            write_private(_file(name, data), secrets.token_urlsafe(64))
