"""One function for each message that the month's acts post."""

from celabiedrs.hours.models import Timesheet
from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import Role
from celabiedrs.people.reading.audience import holders


def _context(sheet: Timesheet) -> dict[str, str | int | bool | None]:
    return {
        "sheet": str(sheet.public_id),
        "code": sheet.code,
        "month": sheet.month.isoformat(),
        "plan": str(sheet.plan.public_id),
        "number": sheet.plan.number,
    }


def month_submitted(sheet: Timesheet) -> None:
    """The school's responsible people learn that a month waits for them (LOG-11)."""
    people = holders(Role.RESPONSIBLE_PERSON, institution=sheet.plan.institution_id)
    post_to_all(people, kind="month_submitted", context=_context(sheet))


def month_verified(sheet: Timesheet) -> None:
    post(to=sheet.mentor.user, kind="month_verified", context=_context(sheet))


def month_returned(sheet: Timesheet) -> None:
    post(to=sheet.mentor.user, kind="month_returned", context=_context(sheet))
