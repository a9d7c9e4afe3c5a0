"""Entries that look like one person or one institution, and what merging two of them would move and break."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import ForeignObjectRel, Model, Sum

from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.pay.models import PayRun
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Learner, MentorAssignment
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import NOT_OVER
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import merging
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.naming import name_key, same_name

MODELS: dict[str, type[Model]] = {"mentor": Mentor, "learner": Learner, "institution": Institution}
CLAUSES = {"mentor": "REG-1", "learner": "GEN-2", "institution": "CON-3"}


@dataclass(frozen=True)
class Side:
    """One of the two entries, in words that name no learner to the programme."""

    entry: Any
    title: str
    text: str


@dataclass
class Preview:
    """What moves from the one that goes to the one that is kept, by table, and what the rules say."""

    moves: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def referring(model: type[Model]) -> Iterator[Any]:
    """Every column of another table that points to this one."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            yield relation.field


def doubles(kind: str) -> list[tuple[Any, Any]]:
    """Pairs of entries of the same words of the name and the same birthday, or municipality."""
    rows: Iterable[Any] = {
        "mentor": lambda: Mentor.objects.select_related("user").order_by("pk"),
        "learner": lambda: Learner.objects.select_related("institution").order_by("pk"),
        "institution": lambda: Institution.objects.select_related("municipality").order_by("pk"),
    }[kind]()
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        beside = row.municipality_id if kind == "institution" else row.born_on
        groups[name_key(row.name), beside].append(row)
    return [(group[0], other) for group in groups.values() for other in group[1:]]


def is_one(kind: str, keep: Any, gone: Any) -> bool:
    """Whether two entries may be merged at all. Institutions are the programme's to judge."""
    if kind == "institution":
        return bool(keep.kind == gone.kind)
    return bool(keep.born_on == gone.born_on and same_name(keep.name, gone.name))


def preview(kind: str, keep: Any, gone: Any, *, reason: object = "–") -> Preview:
    """What merging would move and break. With an empty reason it says that one is missing, too."""
    moves: Counter[str] = Counter()
    for column in referring(MODELS[kind]):
        count = column.model._base_manager.filter(**{column.name: gone}).count()
        if count:
            moves[column.model._meta.label] += count
    found = [*_refused(kind, keep, gone, reason), *_told(kind, keep, gone)]
    return Preview(dict(sorted(moves.items())), found)


def _refused(kind: str, keep: Any, gone: Any, reason: object) -> Iterator[Finding]:
    yield from merging.one_and_the_same(
        clause=CLAUSES[kind],
        same=is_one(kind, keep, gone),
        reason=reason,
        months=_months(kind, keep) & _months(kind, gone),
        open_twice=_open_plans(keep) & _open_plans(gone) if kind == "learner" else (),
    )
    if kind != "institution":
        yield from merging.no_meetings_at_once(days=_at_once(kind, keep, gone))


def _months(kind: str, entry: Any) -> set[date]:
    """Months of which the entry has signed papers: meetings signed by anybody, or pay runs of an employer."""
    if kind == "institution":
        return set(PayRun.objects.filter(employer=entry).order_by().values_list("month", flat=True))
    signed = Meeting.objects.filter(**{kind: entry}, signatures__voided_at=None, signatures__isnull=False)
    return set(signed.order_by().values_list("timesheet__month", flat=True))


def _open_plans(learner: Learner) -> set[str]:
    return {plan.label for plan in learner.plans.filter(state__in=NOT_OVER)}


def _at_once(kind: str, keep: Any, gone: Any) -> set[date]:
    own = Meeting.objects.filter(**{kind: keep}, voided_at=None).order_by("starts_at")
    others = list(Meeting.objects.filter(**{kind: gone}, voided_at=None))
    return {
        one.held_on
        for one in own
        for other in others
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at
    }


def _told(kind: str, keep: Any, gone: Any) -> Iterator[Finding]:
    today = clock.today()
    if kind == "mentor":
        stood = MentorAssignment.objects.filter(mentor__in=(keep, gone)).exclude(
            plan__state=PlanState.WITHDRAWN
        )
        taken: dict[str, set[int]] = defaultdict(set)
        for year, number, learner in stood.order_by().values_list(
            "plan__year", "plan__semester", "plan__learner"
        ):
            taken[f"{year}-{number}"].add(learner)
        yield from merging.limits_after_merging(
            learners=[(label, len(learners)) for label, learners in taken.items()], day=today
        )
    elif kind == "learner":
        held = Meeting.objects.held().filter(learner__in=(keep, gone))
        sums = held.order_by().values("timesheet__month").annotate(sum=Sum("hours"))
        yield from merging.limits_after_merging(
            hours=[(row["timesheet__month"], row["sum"] or 0) for row in sums], day=today
        )
