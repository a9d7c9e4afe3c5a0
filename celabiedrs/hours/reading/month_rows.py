"""The rows of a month as its page shows them: reckoned here, so that the template of sixty rows only puts them down."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.hours.models import Meeting, Outcome
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.templatetags.look import status


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One meeting: where it is read, when it was, what about, who has signed, and how pressing that is."""

    url: str
    when: str
    topic: str
    signatures: str
    kind: str
    hours: str


def month_rows(rows: Iterable[Meeting]) -> list[MonthRow]:
    words = _words()
    return [_row(row, *words[_standing(row)]) for row in rows]


def _row(row: Meeting, signatures: str, kind: str) -> MonthRow:
    return MonthRow(
        url=reverse("hours:meeting", args=[row.public_id]),
        when=f"{shown.day(row.held_on)} {shown.clock(row.starts_at)}",
        topic=row.topic if row.outcome == Outcome.HELD else row.get_outcome_display(),
        signatures=signatures,
        kind=kind,
        hours=shown.hours(row.hours),
    )


def _standing(row: Meeting) -> str:
    """Where the signatures of a row stand, as one word (LOG-7)."""
    if row.voided_at is not None:
        return "void"
    if row.outcome != Outcome.HELD:
        return "not_held"
    if row.signed_by_both:
        return "both"
    if row.disputed_at is not None:
        return "disputed"
    return "learner" if row.learner_means else "mentor" if row.mentor_means else "none"


def _words() -> dict[str, tuple[str, str]]:
    """For each standing its words on the page, and the row's colour."""
    return {
        "void": (_("void"), "is-void"),
        "not_held": (_("not needed"), ""),
        "both": (status("green", _("both")), ""),
        "disputed": (status("red", _("not right")), "is-red"),
        "learner": (status("amber", _("the mentor's is missing")), "is-amber"),
        "mentor": (status("amber", _("the learner's is missing")), "is-amber"),
        "none": (status("amber", _("both are missing")), "is-amber"),
    }
