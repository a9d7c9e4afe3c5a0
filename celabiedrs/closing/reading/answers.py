"""Reading what mentors answered, and which plans lack an answer (EVA-1, EVA-3)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from celabiedrs.closing.models import Continue, Evaluation, QuestionSet
from celabiedrs.closing.words import worded
from celabiedrs.closing.workflow import END, HAD_SUPPORT
from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.parameters import whole

FEW = 5  # of fewer answers no mean is shown: it would speak of one pair


@dataclass(frozen=True)
class Answered:
    """An evaluation beside the wording to which it was given."""

    evaluation: Evaluation
    marks: list[dict[str, Any]]
    words: list[dict[str, str]]

    @property
    def ours(self) -> bool:
        return self.evaluation.questions is None or self.evaluation.questions.ours

    @property
    def goes_on(self) -> str:
        return str(Continue(self.evaluation.goes_on).label)


def read_answers(evaluation: Evaluation) -> Answered:
    questions = evaluation.questions
    closed, opened = (questions.closed, questions.open) if questions else ([{}] * 3, [{}] * 2)
    return Answered(
        evaluation,
        [
            {
                "question": worded(question),
                "mark": mark,
                "low": worded(question.get("low", {})),
                "high": worded(question.get("high", {})),
            }
            for question, mark in zip(closed, evaluation.closed, strict=False)
        ],
        [
            {"question": worded(question), "text": text}
            for question, text in zip(opened, evaluation.open, strict=False)
        ],
    )


def missing(plans: QuerySet[SupportPlan]) -> QuerySet[SupportPlan]:
    """Of these plans those near their end, or ended, that their mentor has not evaluated; the most overdue first."""
    today = clock.today()
    opens = today + timedelta(weeks=whole("evaluation_opens_weeks", today))
    given = Evaluation.objects.filter(plan=OuterRef("pk"))
    asked = Q(state=PlanState.ENDED) | Q(state__in=END.sources, until__lte=opens)
    return (
        plans.annotate(until=Coalesce("extended_until", "ends_on"))
        .filter(asked, state__in=HAD_SUPPORT)
        .exclude(Exists(given.filter(Q(mentor=OuterRef("mentor")) | Q(plan__mentor=None))))
        .select_related("learner", "institution__municipality", "mentor__user")
        .order_by("until", "pk")
    )


@dataclass(frozen=True)
class Figures:
    """Means of the closed answers to the newest wording, and how many would go on; None where they are few."""

    count: int
    means: list[dict[str, Any]] | None
    goes_on: list[tuple[str, int]]


def figures(given: QuerySet[Evaluation]) -> Figures:
    newest = QuestionSet.objects.filter(since__lte=clock.today()).order_by("-version").first()
    of_newest = given.order_by().filter(questions=newest)
    sums = of_newest.aggregate(
        count=Count("pk"), **{f"mean_{place}": Avg(f"closed__{place}") for place in range(3)}
    )
    means = None
    if newest is not None and sums["count"] >= FEW:
        means = [
            {"question": worded(question), "mean": round(sums[f"mean_{place}"], 1)}
            for place, question in enumerate(newest.closed)
        ]
    counted = dict(of_newest.values_list("goes_on").annotate(n=Count("pk")))
    return Figures(
        sums["count"],
        means,
        [(str(Continue(value).label), counted.get(value, 0)) for value in Continue.values],
    )
