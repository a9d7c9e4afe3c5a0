"""What waits for whom today. Of suspended plans nobody is reminded; of meetings nobody in holidays (CAL-3, CAL-4)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from celabiedrs.closing.facts import evaluation_asked_since, is_evaluated
from celabiedrs.contracts.reading.checks import watched_at
from celabiedrs.desk.reading.items import MENTOR, Item
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.hours.reading.next_meetings import missed
from celabiedrs.lib import clock
from celabiedrs.people.models import Post, Role
from celabiedrs.people.reading.audience import in_force
from celabiedrs.places.facts import programme
from celabiedrs.plans.facts import stage_of
from celabiedrs.plans.models import Amendment, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import PREPARED
from celabiedrs.rules import reminding
from celabiedrs.rules.parameters import whole
from celabiedrs.supervision.models import SessionState, SupervisionSession

RUNNING = (PlanState.ACTIVE, PlanState.ENDED)
LONGEST = timedelta(days=183)
"""Of what is older nobody is reminded any more: it is a matter for a talk."""


def _holders(*roles: Role) -> dict[tuple[str, int | None], list[int]]:
    """People who hold these posts today, by role and by the id of the institution or region."""
    posts = Post.objects.filter(in_force(), role__in=roles, person__is_active=True).order_by("pk")
    found: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for role, place, region, person in posts.values_list("role", "institution", "region", "person"):
        found[role, place or region].append(person)
    return found


def _of_plan(plan: SupportPlan, **more: Any) -> dict[str, Any]:
    return {"plan": str(plan.public_id), "number": plan.number, **more}


def _region(plan: SupportPlan) -> int:
    return plan.institution.municipality.region_id


def meetings(today: date) -> Iterator[Item]:
    """[LOG-1] Planned meetings of which nothing is written down two working days later."""
    calendar = programme().calendar
    for planned in missed(today):
        plan = planned.plan
        since = reminding.meeting_missed_from(planned.planned_on)
        if today < since or reminding.meetings_rest(today, calendar, stage_of(plan), plan.institution_id):
            continue
        thing = f"{plan.public_id}:{planned.planned_on}"
        context = _of_plan(plan, day=planned.planned_on.isoformat())
        yield Item(planned.mentor.user_id, MENTOR, _region(plan), thing, since, context)


def months(today: date) -> Iterator[Item]:
    """[LOG-11] Months with meetings that the mentor has not submitted."""
    sheets = Timesheet.objects.filter(
        state__in=(SheetState.OPEN, SheetState.RETURNED),
        meetings__voided_at=None,
        meetings__isnull=False,
        plan__state__in=RUNNING,
        month__range=(today - LONGEST, today),
    )
    for sheet in sheets.select_related("plan__institution__municipality", "mentor").order_by("pk").distinct():
        since = reminding.month_late_from(sheet.month)
        if today >= since:
            context = _of_plan(sheet.plan, sheet=str(sheet.public_id), month=sheet.month.isoformat())
            yield Item(
                sheet.mentor.user_id, MENTOR, _region(sheet.plan), str(sheet.public_id), since, context
            )


def verifying(today: date) -> Iterator[Item]:
    """[DUT-1] Submitted months that the school has not looked through."""
    sheets = Timesheet.objects.filter(state=SheetState.SUBMITTED, submitted_at__isnull=False)
    sheets = sheets.exclude(plan__state=PlanState.SUSPENDED)
    people = _holders(Role.RESPONSIBLE_PERSON)
    for sheet in sheets.select_related("plan__institution__municipality").order_by("pk"):
        assert sheet.submitted_at is not None
        since = reminding.verifying_late_from(clock.riga_day(sheet.submitted_at))
        if today < since:
            continue
        for person in people[Role.RESPONSIBLE_PERSON, sheet.plan.institution_id]:
            yield Item(person, Role.RESPONSIBLE_PERSON, _region(sheet.plan), str(sheet.public_id), since)


def deciding(today: date) -> Iterator[Item]:
    """[IAP-1] Plans, and changes of plans, that wait for the expert."""
    people = _holders(Role.PROJECT_EXPERT)
    plans = SupportPlan.objects.filter(state=PlanState.SUBMITTED, submitted_at__isnull=False)
    changes = Amendment.objects.filter(decision=None, superseded=False)
    changes = changes.exclude(plan__state__in=(PlanState.SUSPENDED, PlanState.ENDED, PlanState.WITHDRAWN))
    waiting: list[tuple[SupportPlan, Any]] = [
        (plan, plan.submitted_at) for plan in plans.select_related("institution__municipality").order_by("pk")
    ]
    waiting += [
        (change.plan, change.proposed_at)
        for change in changes.select_related("plan__institution__municipality").order_by("pk")
    ]
    for plan, sent_at in waiting:
        since = reminding.deciding_late_from(clock.riga_day(sent_at))
        if today < since:
            continue
        for person in people[Role.PROJECT_EXPERT, _region(plan)]:
            yield Item(person, Role.PROJECT_EXPERT, _region(plan), str(plan.public_id), since)


def papers(today: date) -> Iterator[Item]:
    """[DUT-7] Plans that are still drafted, though their semester has begun."""
    people = _holders(Role.PREPARER)
    plans = SupportPlan.objects.filter(state__in=PREPARED, starts_on__lte=today, ends_on__gte=today)
    for plan in plans.select_related("institution__municipality").order_by("pk"):
        staff = people[Role.PREPARER, plan.institution_id]
        for person in [plan.preparer_id] if plan.preparer_id in staff else staff:
            yield Item(person, Role.PREPARER, _region(plan), str(plan.public_id), plan.starts_on)


def evaluations(today: date) -> Iterator[Item]:
    """[EVA-1] Plans near their end, or ended, that their mentor has not evaluated."""
    weeks = timedelta(weeks=whole("evaluation_opens_weeks", today))
    plans = SupportPlan.objects.filter(
        Q(ends_on__lte=today + weeks) | Q(state=PlanState.ENDED),
        state__in=RUNNING,
        mentor__isnull=False,
        ends_on__gte=today - LONGEST,
    )
    for plan in plans.select_related("institution__municipality", "mentor").order_by("pk"):
        since = evaluation_asked_since(plan)
        if plan.ended_at is not None:
            since = min(since, clock.riga_day(plan.ended_at))
        if plan.mentor is not None and since <= today and not is_evaluated(plan):
            yield Item(plan.mentor.user_id, MENTOR, _region(plan), str(plan.public_id), since, _of_plan(plan))


def checks(today: date) -> Iterator[Item]:
    """[MEN-4] [MEN-5] Suitability checks of mentors under contract that are missing, over or near their end."""
    people = _holders(Role.PREPARER, Role.HEAD)
    employers = {place for _role, place in people if place is not None}
    for row in watched_at(sorted(employers)):
        if not (row.under_contract and row.is_pressing):
            continue
        region = row.employer.municipality.region_id
        for role in (Role.PREPARER, Role.HEAD):
            for person in people[role, row.employer.pk]:
                yield Item(person, role, region, f"{row.mentor.public_id}:{row.employer.public_id}", today)


def groups(today: date) -> Iterator[Item]:
    """[SUP-6] Supervision groups that are not confirmed seven days before."""
    sessions = SupervisionSession.objects.filter(state=SessionState.PLANNED, starts_at__gte=clock.now())
    for session in sessions.select_related("municipality").order_by("pk"):
        since = reminding.group_late_from(clock.riga_day(session.starts_at))
        if today >= since:
            context = {"session": str(session.public_id), "starts_at": session.starts_at.isoformat()}
            yield Item(
                session.supervisor_id,
                Role.SUPERVISOR,
                session.municipality.region_id,
                str(session.public_id),
                since,
                context,
            )
