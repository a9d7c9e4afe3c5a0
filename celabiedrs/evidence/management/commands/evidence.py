"""`celabiedrs evidence verify FILE…`: whether evidence packs are whole and unchanged, on any machine."""

import zipfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from celabiedrs.lib.documents.sealed import verify


class Command(BaseCommand):
    help = "Say whether evidence packs (PDF, or a ZIP of them) are whole and unchanged. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--key", default="", help="the fingerprint that the seal has to have")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for name, content in _packs(options["files"]):
            verdict = verify(content)
            troubles = list(verdict.troubles)
            if options["key"] and verdict.fingerprint != options["key"].strip():
                troubles.append("sealed with another key")
            if troubles:
                wrong += 1
                self.stdout.write(f"{name}: NOT as it was sealed: {'; '.join(troubles)}")
            else:
                self.stdout.write(
                    f"{name}: whole and unchanged, {verdict.files} files, made {verdict.made_at}, "
                    f"event log {verdict.head}, key {verdict.fingerprint}"
                )
        if wrong:
            raise SystemExit(1)


def _packs(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Each file by its name; of a ZIP, each file inside."""
    for path in paths:
        if zipfile.is_zipfile(path) and path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name)
        else:
            yield path.name, path.read_bytes()
