"""`celabiedrs scenarios PATH…`: run stories of the source in a database of their own, and say how each came out."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from rehearsal.stories import files
from rehearsal.stories.database import prepare, throw_away_database
from rehearsal.stories.files import Story, Unreadable
from rehearsal.stories.story import Failed, run

CAST = "cast.yaml"


class Command(BaseCommand):
    help = "Run stories of the source. Exit code 0 only if every step came out as written, 2 for unreadable files."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders of stories")
        parser.add_argument(
            "--cast", type=Path, metavar="FILE", help=f"the world (default: {CAST} beside the file)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django.request").setLevel(logging.CRITICAL)  # a 404 is an answer here
        self.passed = self.failed = self.unreadable = 0
        told = list(gather(options["paths"], options["cast"]))
        if any(isinstance(story, Story) for _, story, _ in told):
            with throw_away_database():
                prepare()
                self._run(told)
        else:
            self._run(told)
        self.stdout.write(f"{self.passed} passed, {self.failed} failed")
        if self.unreadable:
            raise SystemExit(2)
        if self.failed:
            raise SystemExit(1)

    def _run(self, told: "list[tuple[Path, Story | Unreadable, Mapping[str, Any]]]") -> None:
        for path, story, cast in told:
            if isinstance(story, Unreadable):
                self._unread(path, story)
                continue
            try:
                run(story, cast)
            except Failed as failure:
                self.failed += 1
                self.stdout.write(f"FAIL {story.name} ({failure})")
            except Unreadable as error:
                self._unread(path, Unreadable(f"scenario “{story.name}”: {error}"))
            else:
                self.passed += 1
                self.stdout.write(f"ok {story.name}")

    def _unread(self, path: Path, error: Unreadable) -> None:
        self.unreadable += 1
        self.failed += 1
        self.stderr.write(f"{path}: {error}")


def gather(
    paths: list[Path], named_cast: Path | None = None
) -> "Iterator[tuple[Path, Story | Unreadable, Mapping[str, Any]]]":
    """Each story with its file and the cast that it plays in; what cannot be read in its place. Cast files are no
    stories."""
    casts: dict[Path, Any] = {}
    for path in _files(paths):
        try:
            content = files.load(path)
            if files.is_cast(content):
                continue
            where = named_cast or path.parent / CAST
            if where not in casts:
                casts[where] = _cast(where)
            if isinstance(casts[where], Unreadable):
                raise casts[where]
            for story in files.stories(content):
                yield path, story, casts[where]
        except Unreadable as error:
            yield path, error, {}


def _cast(path: Path) -> Any:
    try:
        content = files.load(path)
    except Unreadable as error:
        return Unreadable(f"the cast {path.name}: {error}")
    return content if files.is_cast(content) else Unreadable(f"the cast {path.name} is not a mapping")


def _files(paths: list[Path]) -> list[Path]:
    """The files themselves, and those in the folders, by name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
    return found
