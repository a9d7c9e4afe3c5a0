"""The made-up people and the calendar of these tests: Jānis of class 8, his mentor, their plan of autumn
2026."""

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from celabiedrs.rules.agreement import AgreementFacts
from celabiedrs.rules.breach import Breach, Finding
from celabiedrs.rules.calendar import RIGA, Calendar, ClassGroup, Override, Semester, Stage
from celabiedrs.rules.contract import Span
from celabiedrs.rules.hours import MeetingFacts

FILE = Path(__file__).parents[2] / "celabiedrs" / "places" / "calendar.toml"


def shipped(*overrides: Override) -> Calendar:
    """The calendar that ships, with their own semesters of vocational schools beside it."""
    rows = []
    with FILE.open("rb") as file:
        for year, entry in tomllib.load(file).items():
            for row in entry["semesters"]:
                rows.append(
                    Semester(year, row["number"], ClassGroup(row["group"]), row["since"], row["until"])
                )
    return Calendar(rows, overrides=overrides)


CALENDAR = shipped()
CLASS_8 = Stage(school_class=8)
AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))


def riga(text: str) -> datetime:
    """A moment in Riga from "2026-10-05 15:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=RIGA)


def facts(**changed: object) -> MeetingFacts:
    """Everything around a meeting of Jānis in autumn 2026, in order unless something is changed."""
    usual: dict[str, object] = {
        "now": riga("2026-12-31 23:00"),
        "born": date(2012, 5, 14),
        "stage": CLASS_8,
        "institution": "school",
        "calendar": CALENDAR,
        "starts_on": AUTUMN[0],
        "ends_on": AUTUMN[1],
        "approved_at": riga("2026-09-01 09:00"),
        "contracts": [Span(date(2026, 9, 1), date(2027, 6, 18))],
        "certificate_issued_on": date(2025, 12, 12),
        "agreement": AgreementFacts(date(2026, 8, 31), date(2026, 8, 31)),
        "month_hours": 0,
        "overlapping": 0,
        "education": ("secondary",),
    }
    return MeetingFacts(**{**usual, **changed})  # type: ignore[arg-type]


def broken(findings: Iterable[Finding]) -> set[str]:
    """The clauses that refuse."""
    return {finding.clause for finding in findings if isinstance(finding, Breach)}


def warned(findings: Iterable[Finding]) -> set[str]:
    """The clauses that warn."""
    return {finding.clause for finding in findings if not isinstance(finding, Breach)}
