"""Who pays the rows of a month whose contract was ended before them (decision 0058)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from celabiedrs.hours.facts import payer_of, tenures_of
from celabiedrs.hours.models import Meeting, Timesheet
from celabiedrs.lib.codes import new_code
from celabiedrs.places.facts import programme
from celabiedrs.plans.models import SupportPlan

KEPT = (
    "state", "submitted_at", "declared_at", "verified_at", "verified_by_id", "returned_reason", "reopened_at",
)  # fmt: skip


def find_payers(parts: Sequence[Timesheet]) -> list[Timesheet]:
    """[CON-1] [CON-3] [PAY-1] Put the rows that their contract no longer reaches under another contract of the mentor
    that served the plan and covers their day, on its employer's timesheet; a row that none covers stays and pays
    nothing. Gives the month's parts, a new one among them."""
    found = list(parts)
    rows = Meeting.objects.standing().filter(
        timesheet__in=[part for part in parts if part.settled_at is None],
        contract__ended_on__isnull=False,
        contract__ended_on__lt=F("held_on"),
    )
    loose = list(rows.select_for_update(of=("self",), no_key=True).order_by("starts_at", "pk"))
    if not loose:
        return found
    plan = SupportPlan.objects.select_related("institution").get(pk=found[0].plan_id)
    own, known = tenures_of(plan, found[0].mentor_id), programme()
    for row in loose:
        payer = payer_of(own, plan, known, day=row.held_on, starts_at=row.starts_at)
        if payer is None:
            continue
        row.contract_id = payer.contract_id
        row.timesheet = _part(found, payer.employer_id)
        row.save(update_fields=["contract", "timesheet"])
    return found


def _part(parts: list[Timesheet], employer: int) -> Timesheet:
    """The employer's timesheet among the month's parts. One that lies in an approved run takes no row: a new one, a
    supplement, stands in its place."""
    own = [part for part in parts if part.employer_id == employer]
    for part in own:
        if part.settled_at is None:
            return part
    beside = next(part for part in parts if part.settled_at is None)
    made = Timesheet.objects.create(
        code=new_code("SK"),
        plan=beside.plan,
        mentor=beside.mentor,
        employer_id=employer,
        month=beside.month,
        supplement=beside.supplement + bool(own),
        **{name: getattr(beside, name) for name in KEPT},
    )
    parts.append(made)
    return made


def find_payers_in(month: date) -> None:
    """The same for every verified month that is not paid yet and has such rows, whichever employer it is under."""
    loose = Meeting.objects.held().filter(
        timesheet__month=month,
        timesheet__settled_at=None,
        contract__ended_on__isnull=False,
        contract__ended_on__lt=F("held_on"),
    )
    pairs = loose.order_by("plan", "mentor").values_list("plan", "mentor").distinct()
    for plan, mentor in list(pairs):
        sheets = Timesheet.objects.filter(plan=plan, mentor=mentor, month=month, state="verified")
        parts = list(
            sheets.select_related("plan", "mentor")
            .select_for_update(of=("self",), no_key=True)
            .order_by("supplement", "pk")
        )
        find_payers(parts)
