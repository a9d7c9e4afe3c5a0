"""What a new value of the rules will touch, counted before it is decided (GEN-3). Nothing is cut off: whatever was
decided under the value of its own day stays."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import SuitabilityCheck, TrainingCertificate
from celabiedrs.rules.calendar import birthday, months_later
from celabiedrs.supervision.models import SessionState, SupervisionSession

Line = tuple[str, int]
RUNNING = (PlanState.ACTIVE, PlanState.SUSPENDED)
PREPARED = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED)


def touched(name: str, value: Any, since: date) -> list[Line]:
    """What of today's rows the new value concerns, in words with their number; first how many plans run on its day."""
    running = _plans(RUNNING, since)
    lines = [(_("Plans that run on that day"), running.count())]
    if (count := COUNTS.get(name)) is not None:
        lines += count(value, since)
    return lines


def _plans(states: tuple[str, ...], since: date) -> QuerySet[SupportPlan]:
    last = Q(ends_on__gte=since) | Q(extended_until__gte=since)
    return SupportPlan.objects.filter(last, state__in=states).order_by()


def _hours(value: int, since: date) -> list[Line]:
    over = Q(hours_per_month__gt=value)
    return [
        (
            _("Running plans with more hours a month than the new limit"),
            _plans(RUNNING, since).filter(over).count(),
        ),
        (_("Plans in preparation with more"), _plans(PREPARED, since).filter(over).count()),
    ]


def _frequency(value: int, since: date) -> list[Line]:
    later = Meeting.objects.held().filter(held_on__gte=since).exclude(
        ends_at=F("starts_at") + F("hours") * timedelta(minutes=value)
    )  # fmt: skip
    return [(_("Meetings from that day on of another length than their hours"), later.count())]


def _learners(value: int, since: date) -> list[Line]:
    by_mentor = _plans(RUNNING, since).filter(mentor__isnull=False).values("mentor", "year", "semester")
    over = by_mentor.annotate(n=Count("learner", distinct=True)).filter(n__gt=value)
    return [(_("Mentors with more learners in a semester than the new limit"), over.count())]


def _youngest(value: int, since: date) -> list[Line]:
    born = _plans((*RUNNING, *PREPARED), since).values_list("learner__born_on", flat=True)
    younger = sum(birthday(day, value) > since for day in born)
    return [(_("Plans, running or in preparation, whose learner is younger on that day"), younger)]


def _checks(value: int, since: date) -> list[Line]:
    shorter = sum(
        months_later(day, value) <= since
        for day in SuitabilityCheck.objects.filter(checked_on__lt=since).values_list("checked_on", flat=True)
    )
    return [(_("Checks that would have run out by the new number; they keep their own"), shorter)]


def _sessions(value: int, since: date) -> list[Line]:
    planned = _planned(since).exclude(minutes=value)
    return [(_("Planned sessions of another length"), planned.count())]


def _confirmed(value: int, since: date) -> list[Line]:
    return [(_("Planned sessions that are confirmed by the new number of days"), _planned(since).count())]


def _planned(since: date) -> QuerySet[SupervisionSession]:
    begins = datetime.combine(since, time(0), clock.RIGA)
    return SupervisionSession.objects.filter(starts_at__gte=begins, state=SessionState.PLANNED)


def _certificates(value: int, since: date) -> list[Line]:
    fewer = TrainingCertificate.objects.filter(hours__lt=value)
    return [(_("Certificates with fewer hours; they stay"), fewer.count())]


COUNTS: dict[str, Callable[[Any, date], list[Line]]] = {
    "learner_hours_per_month": _hours,
    "academic_hour_minutes": _frequency,
    "learners_per_mentor": _learners,
    "minimum_age_years": _youngest,
    "suitability_valid_months": _checks,
    "supervision_minutes": _sessions,
    "supervision_confirm_days": _confirmed,
    "training_hours": _certificates,
}
"""The values whose change concerns rows that can be counted."""
