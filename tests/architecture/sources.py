"""Our own files, as the tests of this folder look at them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("celabiedrs", "config", "rehearsal", "bench", "tests", "conftest.py")
NOT_TEXT = {".png", ".jpg", ".ico", ".woff2", ".pdf", ".xlsx", ".mo"}


def modules() -> Iterator[Path]:
    """Every Python file of ours, without migrations: those are history."""
    for name in OURS:
        for path in sorted((ROOT / name).rglob("*.py")) if (ROOT / name).is_dir() else [ROOT / name]:
            if "migrations" not in path.parts and path.exists():
                yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def kept_files() -> Iterator[Path]:
    """Every text file that is in the repository, or about to be."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = told.stdout.splitlines() if told.returncode == 0 else []
    for path in [ROOT / name for name in names] or sorted(ROOT.glob("[!.]*/**/*")):
        if path.is_file() and path.suffix not in NOT_TEXT:
            yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
