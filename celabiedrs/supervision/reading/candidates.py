"""Who could be in a group: every nominated mentor once, with what the rules say of each (SUP-2 to SUP-5).

Mentors and institutions, never a learner: what the rules know of learners is their class, and it stays with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from celabiedrs.lib import clock
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import supervision as rules
from celabiedrs.rules.breach import Breach
from celabiedrs.supervision.facts import member_facts, target_of
from celabiedrs.supervision.models import SupervisionSession


@dataclass(frozen=True)
class Candidate:
    """A nominated mentor: by which institutions (one of the session's own municipality first), whether from a
    neighbour's, what keeps the mentor out, and whether already in the group."""

    mentor: Mentor
    institutions: tuple[Institution, ...]
    is_exception: bool
    kept_out: tuple[Breach, ...]
    in_group: bool

    @property
    def key(self) -> str:
        """What its row on a form carries."""
        return str(self.mentor.public_id)

    @property
    def place(self) -> Institution:
        return self.institutions[0]

    @property
    def others(self) -> tuple[Institution, ...]:
        return self.institutions[1:]


def candidates(session: SupervisionSession) -> list[Candidate]:
    """The nominated, those of their own municipality first, then by institution and name."""
    nominations = session.nominations.select_related("mentor__user", "institution__municipality").order_by(
        "pk"
    )
    places: dict[Mentor, list[Institution]] = {}
    for nomination in nominations:
        places.setdefault(nomination.mentor, []).append(nomination.institution)
    members = set(session.members.order_by().values_list("mentor", flat=True))
    neighbours = set(session.municipality.neighbours.order_by().values_list("pk", flat=True))
    found = [
        Candidate(
            mentor,
            tuple(
                sorted(own, key=lambda place: (place.municipality_id != session.municipality_id, place.pk))
            ),
            all(place.municipality_id != session.municipality_id for place in own),
            tuple(_kept_out(session, mentor, neighbours)),
            mentor.pk in members,
        )
        for mentor, own in places.items()
    ]
    return sorted(
        found,
        key=lambda one: (one.is_exception, one.place.sort_name, one.place.pk, one.mentor.user.sort_name),
    )


def _kept_out(session: SupervisionSession, mentor: Mentor, neighbours: set[int]) -> Iterator[Breach]:
    """What the rules say against this mentor alone; a missing reason is asked of the group, not of the mentor."""
    findings = rules.composition(
        group=session.group.code,
        members=[member_facts(mentor, session)],
        municipality=session.municipality_id,
        neighbours=neighbours,
        exception_reason="-",
        today=clock.today(),
        target=target_of(session.group),
    )
    return (finding for finding in findings if isinstance(finding, Breach))


def waiting_for_school(session: SupervisionSession) -> list[Mentor]:
    """Mentors who have shown interest and whom no institution has nominated yet."""
    waiting = Mentor.objects.filter(
        pk__in=session.interests.exclude(mentor__in=session.nominations.values("mentor")).values("mentor")
    )
    return list(waiting.select_related("user").order_by("user__sort_name", "pk"))


def free_places(session: SupervisionSession) -> int | None:
    """How many more the group takes; None where the operator has set no size."""
    limit = session.group.size_limit
    return None if limit is None else max(limit - session.members.count(), 0)
