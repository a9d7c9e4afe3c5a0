"""Who is around a report: the people of the school who could be left out of it, and who then reads it (CNF-2)."""

from dataclasses import dataclass

from celabiedrs.people.models import AT_INSTITUTION, Post, Role, User
from celabiedrs.people.reading.audience import in_force
from celabiedrs.places.models import Institution
from celabiedrs.safeguarding.notices import officers_but


@dataclass(frozen=True)
class SchoolMember:
    """A person of the school, under which posts, and whether reports come to them."""

    person: User
    posts: tuple[str, ...]
    reads: bool


def members_of(institution: Institution, *, but: User) -> list[SchoolMember]:
    """Everybody with a post at the school today, who reads reports first; not the person who asks."""
    posts = Post.objects.filter(
        in_force(), institution=institution, role__in=AT_INSTITUTION, person__is_active=True
    )
    found: dict[User, list[str]] = {}
    for post in posts.exclude(person=but).select_related("person").order_by("person__sort_name", "pk"):
        found.setdefault(post.person, []).append(post.role)
    rows = [
        SchoolMember(
            person, tuple(str(Role(role).label) for role in roles), Role.SAFEGUARDING_OFFICER in roles
        )
        for person, roles in found.items()
    ]
    return sorted(rows, key=lambda row: not row.reads)


def officers_of(institution: Institution, *, but: User) -> list[User]:
    """The named officers of a school, as the person who asks would report to them."""
    return list(officers_but(institution.pk, {but.pk}))
