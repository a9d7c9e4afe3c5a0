"""`celabiedrs check-table mentors FILE…`: what of a table would go in, row by row; nothing is stored.

The rows are read and asked about as on the page, without a database: municipalities are those that ship, doubles are
looked for within the file. Who is in the registry already, the page says.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext

from celabiedrs.lib import clock
from celabiedrs.lib.tables.reading import TableRefused, read_table
from celabiedrs.registry.actions.rounds import Tried, tried
from celabiedrs.registry.reading import round_table
from celabiedrs.rules.breach import Finding

STATES = {"taken": "goes in", "asked": "asks", "refused": "refused"}


class Command(BaseCommand):
    help = "Say row by row what of a table of mentors would go in. Needs no database and stores nothing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", choices=("mentors",))
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--json", action="store_true", help="a list of {file, taken, why, left_out, rows}"
        )
        parser.add_argument(
            "--language", choices=("en", "lv"), default="en", help="of the reasons (default en)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            found = [_checked(Path(name)) for name in options["files"]]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for each in found:
            self._say(each)

    def _say(self, each: dict[str, Any]) -> None:
        right = sum(row["taken"] for row in each["rows"])
        self.stdout.write(
            f"{each['file']}: refused {each['why']}"
            if each["why"]
            else f"{each['file']}: {right} of {len(each['rows'])} rows go in"
        )
        if each["left_out"]:
            self.stdout.write(f"  columns left out: {', '.join(each['left_out'])}")
        for row in each["rows"]:
            said = " ".join([*row["why"], *row["warnings"]])
            self.stdout.write(f"  {row['line']}: {STATES[row['state']]} {said}".rstrip())


def _checked(path: Path) -> dict[str, Any]:
    """A file as the answer tells it: refused as a whole with `why`, or its rows."""
    try:
        table = read_table(path.read_bytes(), columns=round_table.SHAPE)
    except (TableRefused, OSError) as error:
        why = str(error) if isinstance(error, TableRefused) else f"{error.strerror}."
        return {"file": str(path), "taken": False, "why": why, "left_out": [], "rows": []}
    known, today = round_table.shipped_municipalities(), clock.today()
    own = round_table.findings_of_table(table.rows)
    rows = [
        _row(
            tried(
                row,
                [
                    *found,
                    *([] if round_table.is_total(row) else round_table.rules_of_row(row, known, today=today)),
                ],
            )
        )
        for row, found in zip(table.rows, own, strict=True)
    ]
    taken = bool(rows) and all(row["taken"] for row in rows)
    return {"file": str(path), "taken": taken, "why": "", "left_out": list(table.left_out), "rows": rows}


def _row(each: Tried) -> dict[str, Any]:
    state = "refused" if each.findings else "asked" if each.asks else "taken"
    return {
        "line": each.row.line_no,
        "taken": state == "taken",
        "state": state,
        "why": _said(each.findings),
        "warnings": _said(each.cautions),
    }


def _said(findings: Sequence[Finding]) -> list[str]:
    return [
        f"{finding.said(gettext)} {finding.advice(gettext)} ({finding.clause})".replace("  ", " ")
        for finding in findings
    ]
