"""Giving and ending posts: the programme's acts."""

from django.db import transaction
from django.db.models import Q

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, asked, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import AT_INSTITUTION, Post, Role, User
from celabiedrs.places.models import Institution, Municipality, Region
from celabiedrs.rules import confidence as confidence_rules
from celabiedrs.rules import programme as programme_rules
from celabiedrs.rules.reading import read_day


def may_keep_posts(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)


def kind_of_place(role: str) -> type:
    """Where a role is held: at an institution, in a municipality, in a region, or nowhere in particular."""
    if role in AT_INSTITUTION:
        return Institution
    places: dict[str, type] = {Role.MUNICIPALITY_COORDINATOR: Municipality, Role.PROJECT_EXPERT: Region}
    return places.get(role, type(None))


def _not_over(person: User) -> list[Post]:
    posts = Post.objects.filter(Q(until=None) | Q(until__gte=clock.today()), person=person)
    return list(posts.select_related("institution", "municipality", "region").order_by("pk"))


@transaction.atomic
def give_post(
    *, by: User, person: User, role: str, place: Institution | Municipality | Region | None, since: object
) -> Done[Post]:
    """[CNF-1] Give a person a post at its kind of place, from a day on."""
    permit(may_keep_posts(by))
    User.objects.select_for_update().get(pk=person.pk)
    refuse(
        programme_rules.post(
            role_known=role in Role.values,
            place_fits=isinstance(place, kind_of_place(role)),
            since=since,
            held=any(post.role == role and post.place == place for post in _not_over(person)),
        )
    )
    post = Post.objects.create(
        person=person,
        role=Role(role),
        institution=place if isinstance(place, Institution) else None,
        municipality=place if isinstance(place, Municipality) else None,
        region=place if isinstance(place, Region) else None,
        since=asked(read_day(since)),
    )
    record(post, "post_given", by=by, thread=person.public_id, role=post.role)
    person.__dict__.pop("_posts", None)
    return Done(post)


@transaction.atomic
def end_post(
    *,
    by: User,
    person: User,
    day: object,
    role: str | None = None,
    institution: Institution | None = None,
    post: Post | None = None,
) -> Done[list[Post]]:
    """[CNF-1] End a person's post with a last day: this one, or the one named by role and institution, else all that
    are held."""
    permit(may_keep_posts(by))
    last = read_day(day)
    held = Post.objects.select_for_update(of=("self",)).filter(
        Q(until=None) | Q(until__gte=clock.today()), person=person
    )
    if post is not None:
        held = held.filter(pk=post.pk)
    if role is not None:
        held = held.filter(role=role)
    if institution is not None:
        held = held.filter(institution=institution)
    posts = list(held.order_by("pk"))
    refuse(confidence_rules.post_ends(day=last, since=max((row.since for row in posts), default=None)))
    for row in posts:
        row.until = asked(last)
        row.save(update_fields=["until"])
        record(row, "post_ended", by=by, thread=person.public_id, role=row.role, last_day=str(last))
    person.__dict__.pop("_posts", None)
    return Done(posts)
