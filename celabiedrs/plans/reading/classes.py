"""The learners of a school by class and course, with the class that follows: for the first days of a school year."""

from dataclasses import dataclass
from datetime import date

from celabiedrs.lib import clock
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Learner
from celabiedrs.rules.calendar import school_year_of
from celabiedrs.rules.parameters import whole_range


@dataclass(frozen=True)
class Rising:
    """A learner, the stage that follows (empty after the last one), and whether the class is still last year's."""

    learner: Learner
    following: str
    last_years: bool


def rising(schools: list[Institution]) -> list[Rising]:
    """All learners of the schools, those of a class together."""
    rows = Learner.objects.filter(institution__in=schools).select_related("institution")
    return [
        Rising(each, _following(each), _since(each) < _year_began())
        for each in rows.order_by("institution", "class_year", "course_year", "sort_name")
    ]


def _following(learner: Learner) -> str:
    today = clock.today()
    if learner.class_year is not None:
        high, stage, number = whole_range("school_class_range", today)[1], "class", learner.class_year
    else:
        high, stage, number = whole_range("course_range", today)[1], "course", learner.course_year or 0
    return f"{stage}-{number + 1}" if number < high else ""


def _since(learner: Learner) -> date:
    return learner.stage_since or clock.riga_day(learner.enrolled_at)


def _year_began() -> date:
    return date(int(school_year_of(clock.today())[:4]), 9, 1)
