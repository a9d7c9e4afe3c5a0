"""The register of originals of one institution, as far as a person may read it (DUT-4, CON-7)."""

from collections import Counter
from collections.abc import Sequence

from celabiedrs.closing.access import contract_papers_visible_to, papers_visible_to
from celabiedrs.closing.access.keepers import keepers
from celabiedrs.closing.reading.originals import (
    CONTRACT,
    INSIDE,
    MISSING,
    NO_PLACE,
    PLACED,
    STALE,
    Paper,
    contracts_as_papers,
    papers_of,
)
from celabiedrs.contracts.models import Contract
from celabiedrs.people.models import SCHOOL_STAFF, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan

GROUPS: dict[str, tuple[str, ...]] = {
    "no_place": (NO_PLACE, STALE),
    "missing": (MISSING,),
    "placed": (PLACED, INSIDE),
}


def registers(user: User) -> list[Institution]:
    """The institutions whose registers a person reads, their own first."""
    own = user.institutions(*SCHOOL_STAFF)
    plans = SupportPlan.objects.filter(papers_visible_to(user)).order_by()
    found = {*own, *keepers().kept_by(own), *plans.values_list("institution", flat=True)}
    places = Institution.objects.filter(pk__in=found).order_by("sort_name", "pk")
    return sorted(places, key=lambda place: place.pk not in own)


def register_of(user: User, institution: Institution) -> list[Paper]:
    """Papers of its plans by learner, then each contract once, by mentor: of its plans, and those it made itself."""
    plans = SupportPlan.objects.filter(
        papers_visible_to(user), institution=institution, approved_at__isnull=False
    ).order_by("learner__sort_name", "year", "semester", "pk")
    papers = papers_of(list(plans))
    made = Contract.objects.filter(contract_papers_visible_to(user), employer=institution).distinct()
    with_names = made.exclude(state="draft").select_related("employer", "mentor__user", "scan")
    contracts = [paper for paper in papers if paper.kind == CONTRACT]
    contracts += contracts_as_papers(with_names.order_by("pk"))
    once = {paper.subject: paper for paper in reversed(contracts)}
    return [
        *(paper for paper in papers if paper.kind != CONTRACT),
        *sorted(
            once.values(), key=lambda paper: (paper.mentor.user.sort_name if paper.mentor else "", paper.key)
        ),
    ]


def counted(papers: Sequence[Paper]) -> Counter[str]:
    """How many papers of each group; "" counts them all."""
    counts = Counter(group for paper in papers for group, states in GROUPS.items() if paper.state in states)
    counts[""] = len(papers)
    return counts
