"""The data folder: database, uploaded files, secrets, gathered static files. Reading this makes nothing."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DataFolder:
    """`word` is a sentence for the console when the folder is not the one that a person would expect."""

    path: Path
    word: str = ""


class NoFolder(Exception):
    """Nowhere to keep data."""


def data_folder() -> DataFolder:
    """CELABIEDRS_DATA, else var/ in the current folder, else the user's own data folder."""
    named = os.environ.get("CELABIEDRS_DATA")
    if named:
        return DataFolder(Path(named).expanduser().absolute())
    here = Path.cwd() / "var"
    if _writable(here):
        return DataFolder(here)
    own = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "celabiedrs"
    return DataFolder(
        own, f"{here} cannot be written to; the data is kept in {own} (CELABIEDRS_DATA changes that)."
    )


def make_folder(path: Path) -> None:
    """Make the data folder. Raises NoFolder with a sentence that says what to set."""
    try:
        path.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(
            f"The data folder {path} cannot be made ({error.strerror}). Name one you may write to in CELABIEDRS_DATA."
        ) from None
    if not os.access(path, os.W_OK):
        raise NoFolder(
            f"The data folder {path} cannot be written to. Name one you may write to in CELABIEDRS_DATA."
        )


def told_address(path: Path) -> str:
    """Where the program that runs on this data folder is reached, as it has written down; empty if it never ran."""
    try:
        return (path / "address").read_text("utf-8").strip()
    except OSError:
        return ""


def _writable(path: Path) -> bool:
    """Whether `path` is, or could be made, a folder to write in."""
    while not path.exists():
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)
