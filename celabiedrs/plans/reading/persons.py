"""Whether a learner is in the records already, at whatever school (GEN-2, decision 0057)."""

from django.db import connection

from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.plans.workflow import NOT_OVER
from celabiedrs.rules.naming import same_name, shares_a_name
from celabiedrs.rules.reading import read_day


def hold_person(born: object) -> None:
    """Let anyone who enrols somebody of this birthday at the same moment wait until this transaction is through."""
    day = read_day(born)
    if day is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"learner {day.isoformat()}"])


def same_learners(name: object, born: object, *, but: Learner | None = None) -> list[Learner]:
    """Learners of the same words of the name and the same birthday."""
    return [each for each in _born(born) if same_name(each.name, name) and each != but]


def like_learners(name: object, born: object) -> list[Learner]:
    """Learners of the same birthday who share one word of the name: a hint, no more."""
    return [each for each in _born(born) if shares_a_name(each.name, name)]


def running_elsewhere(learner: Learner) -> list[SupportPlan]:
    """Plans of a learner who has changed school that still run at the former one."""
    running = learner.plans.filter(state__in=NOT_OVER).exclude(institution=learner.institution_id)
    return list(running.select_related("institution").order_by("pk"))


def _born(born: object) -> list[Learner]:
    day = read_day(born)
    if day is None:
        return []
    return list(Learner.objects.filter(born_on=day).select_related("institution").order_by("pk"))
