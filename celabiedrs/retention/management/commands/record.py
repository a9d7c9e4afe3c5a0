"""`celabiedrs record`: the record of processing as it is in this version, down to every column (T8)."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import translation

from celabiedrs.lib import clock
from celabiedrs.lib.sealing.fields import SealedTextField
from celabiedrs.retention.reading.classes import RECORDS, Record


class Command(BaseCommand):
    help = "Print the record of processing as Markdown: purpose, people, audience, until when, every column."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=("lv", "en"), default="lv")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            for record in RECORDS:
                self.stdout.write("\n".join(lines(record)) + "\n")


def lines(record: Record) -> Iterator[str]:
    """One purpose: what the law asks to be told of it, then its tables with their columns."""
    day = record.keeping.day(clock.today())
    until = f"{record.keeping.title}: {record.keeping.counted}" + (f" ({day:%d.%m.%Y})" if day else "")
    yield f"## {record.title}\n"
    yield f"* {record.about}"
    yield f"* {record.purpose}"
    yield f"* {', '.join(str(who) for who in record.audience)}"
    yield f"* {until}; {record.keeping.taken_by}"
    yield from (f"* {other.title}: {other.counted}" for other in (*record.sooner, *record.later))
    if record.files:
        yield f"* {', '.join(record.files)}"
    yield ""
    yield from (f"    {table}: {', '.join(columns(table))}" for table in record.tables)


def columns(table: str) -> Iterator[str]:
    """Every column of a table; one that is sealed at rest is marked."""
    for field in apps.get_model(table)._meta.concrete_fields:
        yield f"{field.column}*" if isinstance(field, SealedTextField) else field.column
