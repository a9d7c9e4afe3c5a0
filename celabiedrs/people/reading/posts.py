"""Posts as a page lists them."""

from dataclasses import dataclass

from celabiedrs.lib import clock
from celabiedrs.people.models import AT_INSTITUTION, Post, Role, User
from celabiedrs.people.reading.audience import in_force, not_over


@dataclass(frozen=True)
class PostRow:
    """A post on a page; `holding`: over, to_come or now."""

    post: Post
    role: str
    place: str
    holding: str


def post_row(post: Post) -> PostRow:
    today = clock.today()
    holding = "over" if post.over_on(today) else "to_come" if post.since > today else "now"
    return PostRow(post, str(Role(post.role).label), str(post.place or ""), holding)


def posts_around(user: User) -> dict[str, list[PostRow]]:
    """Who holds which post at each institution at which this person holds one today."""
    posts = Post.objects.filter(
        not_over(), institution__in=user.institutions(*AT_INSTITUTION), person__is_active=True
    )
    rows: dict[str, list[PostRow]] = {}
    listed = posts.select_related("person", "institution").order_by(
        "institution__sort_name", "person__sort_name", "pk"
    )
    for post in listed:
        rows.setdefault(str(post.institution), []).append(post_row(post))
    return rows


def posts_of_the_programme() -> list[PostRow]:
    """Who administers, audits and supervises today, and who looks after data protection."""
    roles = (
        Role.PROGRAMME_ADMINISTRATOR, Role.AUDITOR, Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER
    )  # fmt: skip
    posts = Post.objects.filter(in_force(), role__in=roles, institution=None, person__is_active=True)
    return [
        post_row(post) for post in posts.select_related("person").order_by("role", "person__sort_name", "pk")
    ]
