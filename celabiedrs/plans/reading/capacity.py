"""How many learners each mentor has in a semester, over all schools and contracts, told to no one by school (TG-3)."""

from collections.abc import Iterable

from django.db.models import Q

from celabiedrs.lib import clock
from celabiedrs.places.facts import Programme
from celabiedrs.plans.models import MentorAssignment
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.calendar import parse_label


def learners_by_mentor(mentors: Iterable[Mentor], label: str, known: Programme) -> dict[int, set[int]]:
    """Whom each mentor has in the semester, as `learners_of_mentor` counts for one: learners by mentor, all by id."""
    read = parse_label(label)
    if read is None:
        return {}
    stood_by = MentorAssignment.objects.filter(
        mentor__in=mentors, plan__year=read.year, plan__semester=read.number
    ).exclude(plan__state=PlanState.WITHDRAWN)
    if known.setting("six_learners_count", clock.today()) == "concurrent":
        stood_by = stood_by.filter(~Q(plan__state=PlanState.ENDED), until=None)
    taken: dict[int, set[int]] = {}
    for mentor, learner in stood_by.order_by().values_list("mentor", "plan__learner"):
        taken.setdefault(mentor, set()).add(learner)
    return taken


def places_taken(mentors: Iterable[Mentor], label: str, known: Programme) -> dict[int, int]:
    """How many places of each mentor are taken in the semester; who is not named has all of them free."""
    return {mentor: len(learners) for mentor, learners in learners_by_mentor(mentors, label, known).items()}
