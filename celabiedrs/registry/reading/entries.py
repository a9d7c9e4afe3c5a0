"""The registry as it is read: rows of the list, nearest and freest first. What the registry cannot know itself – how
many learners a mentor has, which contracts – higher stages hand in (docs/decisions/0016-registry-pages.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from celabiedrs.lib import clock
from celabiedrs.lib.searching import holds
from celabiedrs.people.models import User
from celabiedrs.places.facts import Programme, programme
from celabiedrs.places.models import Municipality
from celabiedrs.registry.access import listed_to
from celabiedrs.registry.models import Mentor
from celabiedrs.registry.words import semester_words
from celabiedrs.rules.parameters import whole

Taken: TypeAlias = Callable[[Sequence[Mentor], str, Programme], Mapping[int, int]]
"""Mentors, a semester and the programme in; how many places of each are taken out."""


@dataclass(frozen=True)
class Places:
    """A mentor's places in one semester; `limit` is the mentor's own wish where it is smaller than the rule's."""

    label: str
    taken: int
    limit: int
    until: date | None

    @property
    def free(self) -> int:
        return max(self.limit - self.taken, 0)

    @property
    def semester(self) -> str:
        return semester_words(self.label)


@dataclass(frozen=True)
class StageLine:
    """A line that a higher stage puts on a mentor's page: what, how it stands, and where it leads."""

    title: str
    state: str
    tone: str = "grey"
    url: str = ""
    text: str = ""


@dataclass(frozen=True)
class Brief:
    """A plan without its learner: what a mentor may hear before there is a contract (REG-3)."""

    key: str
    title: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A mentor as the list shows them."""

    mentor: Mentor
    certificate: str
    distance: int
    places: list[Places] = field(default_factory=list)

    @property
    def municipalities(self) -> str:
        return ", ".join(sorted(place.name for place in self.mentor.municipalities.all()))

    @property
    def is_free(self) -> bool:
        return any(places.free for places in self.places)


def semesters_ahead(known: Programme) -> list[str]:
    """Labels of the semester that runs, or comes next, and of the one after it."""
    today = clock.today()
    ahead = [
        label
        for label in known.calendar.labels()
        if (end := known.calendar.latest_end(label)) is not None and end >= today
    ]
    return ahead[:2]


def places_of(mentors: Sequence[Mentor], taken: Taken) -> dict[int, list[Places]]:
    """Now and next semester of each mentor (TG-3)."""
    known = programme()
    most = whole("learners_per_mentor", clock.today())
    found: dict[int, list[Places]] = {mentor.pk: [] for mentor in mentors}
    for label in semesters_ahead(known):
        counted, until = taken(mentors, label, known), known.calendar.latest_end(label)
        for mentor in mentors:
            limit = most if mentor.takes_up_to is None else min(most, mentor.takes_up_to)
            found[mentor.pk].append(Places(label, counted.get(mentor.pk, 0), limit, until))
    return found


def rows_for(
    user: User, taken: Taken, *, words: str = "", municipality: str = "", free_only: bool = False
) -> list[Row]:
    """The list as this person may read it: own municipality, its neighbours, the rest; in each the freest first.

    `words` of a name or certificate; `municipality` by its code.
    """
    mentors = listed_to(user).select_related("user", "certificate").prefetch_related("municipalities")
    if municipality:
        mentors = mentors.filter(municipalities__atvk=municipality)
    found = [mentor for mentor in mentors.order_by("user__sort_name", "pk") if matches(mentor, words)]
    own, near = surroundings(user)
    places = places_of(found, taken)
    rows = [Row(each, number_of(each), _distance(each, own, near), places[each.pk]) for each in found]
    kept = [row for row in rows if row.is_free or not free_only]
    return sorted(kept, key=lambda row: (row.distance, *(-places.free for places in row.places)))


def matches(mentor: Mentor, words: str) -> bool:
    return holds(words, mentor.name, number_of(mentor))


def number_of(mentor: Mentor) -> str:
    """The certificate's number; empty for who is still in training."""
    certificate = getattr(mentor, "certificate", None)
    return certificate.number if certificate is not None else ""


def surroundings(user: User) -> tuple[set[int], set[int]]:
    """Ids of the municipalities of the person's posts, and of their neighbours."""
    own = {
        place
        for post in user.posts_on()
        if (place := post.municipality_id or (post.institution and post.institution.municipality_id))
    }
    near = set(Municipality.objects.filter(neighbours__in=own).values_list("pk", flat=True)) if own else set()
    return own, near - own


def _distance(mentor: Mentor, own: set[int], near: set[int]) -> int:
    served = {place.pk for place in mentor.municipalities.all()}
    return 0 if served & own or not own else 1 if served & near else 2
