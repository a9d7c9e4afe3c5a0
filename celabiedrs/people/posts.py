"""Giving and ending posts: the programme's acts."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, asked, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.models import Institution, Municipality, Region
from celabiedrs.rules import confidence as confidence_rules
from celabiedrs.rules.reading import read_day


def may_keep_posts(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)


@transaction.atomic
def give_post(
    *, by: User, person: User, role: str, place: Institution | Municipality | Region | None, since: date
) -> Done[Post]:
    """Give a person a post at its kind of place, from a day on."""
    permit(may_keep_posts(by))
    post = Post.objects.create(
        person=person,
        role=Role(role),
        institution=place if isinstance(place, Institution) else None,
        municipality=place if isinstance(place, Municipality) else None,
        region=place if isinstance(place, Region) else None,
        since=since,
    )
    record(post, "post_given", by=by, role=post.role)
    return Done(post)


@transaction.atomic
def end_post(
    *, by: User, person: User, day: object, role: str | None = None, institution: Institution | None = None
) -> Done[list[Post]]:
    """[CNF-1] End a person's post with a last day: the one named by role and institution, else all that are held."""
    permit(may_keep_posts(by))
    last = read_day(day)
    held = Post.objects.select_for_update(of=("self",)).filter(
        Q(until=None) | Q(until__gte=clock.today()), person=person
    )
    if role is not None:
        held = held.filter(role=role)
    if institution is not None:
        held = held.filter(institution=institution)
    posts = list(held.order_by("pk"))
    refuse(confidence_rules.post_ends(day=last, since=max((post.since for post in posts), default=None)))
    for post in posts:
        post.until = asked(last)
        post.save(update_fields=["until"])
        record(post, "post_ended", by=by, role=post.role, last_day=str(last))
    person.__dict__.pop("_posts", None)
    return Done(posts)
