"""Giving and ending posts: the programme's acts. What reads reports, pay or audit is given by two (decision 0061)."""

from datetime import date, timedelta

from django.db import models, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people import notices
from celabiedrs.people.access import may_give_post, may_keep_programme, may_second
from celabiedrs.people.models import AT_INSTITUTION, BY_TWO, Post, PostProposal, Role, User
from celabiedrs.people.reading.audience import (
    holders,
    not_over,
    other_administrators,
    post_audience,
    seconders,
)
from celabiedrs.people.workflow import AGREE, DECLINE
from celabiedrs.places.models import Institution, Municipality, Region
from celabiedrs.rules import posts as rules
from celabiedrs.rules.reading import read_day

Place = Institution | Municipality | Region | None


def kinds_of_place(role: str) -> tuple[type, ...]:
    """Where a role is held: at an institution, in a municipality, in a region, or nowhere in particular."""
    if role in AT_INSTITUTION:
        return (Institution,)
    places: dict[str, tuple[type, ...]] = {
        Role.MUNICIPALITY_COORDINATOR: (Municipality,),
        Role.PROJECT_EXPERT: (Region,),
        Role.DATA_PROTECTION_OFFICER: (Institution, type(None)),
    }
    return places.get(role, (type(None),))


def _held_by(person: User | None) -> list[rules.HeldPost]:
    posts = Post.objects.filter(not_over(), person=person) if person is not None else Post.objects.none()
    posts = posts.select_related("institution", "municipality", "region").order_by("pk")
    return [rules.HeldPost(post.role, post.place, post.until) for post in posts]


def _ask_rules(
    *, person: User | None, role: str, place: object, since: object, until: object, stands_in: bool
) -> None:
    """Raise Refused with everything that stands against this post."""
    findings = [
        *rules.post(
            person=person is not None,
            role=role,
            role_known=role in Role.values,
            place=place,
            place_fits=isinstance(place, kinds_of_place(role)),
            since=since,
            until=until,
            today=clock.today(),
            held=_held_by(person),
        )
    ]
    if stands_in:
        where = place.pk if isinstance(place, Institution) else None
        others = holders(role, institution=where) if where is not None else User.objects.none()
        if person is not None:
            others = others.exclude(pk=person.pk)
        findings += rules.stand_in(role=role, until=until, holders=others.count())
    refuse(findings)


@transaction.atomic
def give_post(
    *,
    by: User,
    person: User | None,
    role: str,
    place: Place,
    since: object,
    until: object = None,
    stands_in: bool = False,
    agreed_by: User | None = None,
) -> Done[Post]:
    """[CNF-1] Give a person a post at its kind of place, from a day on. Never to oneself; one that reads reports, pay
    or audit, or administers the programme, only with somebody who agrees."""
    require(may_give_post(by, person))
    institution = place if isinstance(place, Institution) else None
    if role in BY_TWO:
        require(
            agreed_by is not None and may_second(agreed_by, giver=by, person=person, institution=institution)
        )
    if person is not None:
        User.objects.select_for_update().get(pk=person.pk)
    _ask_rules(person=person, role=role, place=place, since=since, until=until, stands_in=stands_in)
    post = Post.objects.create(
        person=expect(person),
        role=Role(role),
        institution=institution,
        municipality=place if isinstance(place, Municipality) else None,
        region=place if isinstance(place, Region) else None,
        since=expect(read_day(since)),
        until=read_day(until),
        stands_in=stands_in,
    )
    seconded = {"agreed_by": agreed_by.pk} if agreed_by is not None and role in BY_TWO else {}
    record(post, "post_given", by=by, thread=post.person.public_id, role=post.role, **seconded)
    notices.post_given(post, post_audience(post, but=by))
    post.person.__dict__.pop("_posts", None)
    return Done(post)


@transaction.atomic
def propose_post(
    *,
    by: User,
    person: User,
    role: str,
    place: Place,
    since: object,
    until: object = None,
    stands_in: bool = False,
) -> Done[PostProposal]:
    """[CNF-1] Propose a post that nobody gives alone: another administrator or the head agrees or declines."""
    require(may_give_post(by, person))
    _ask_rules(person=person, role=role, place=place, since=since, until=until, stands_in=stands_in)
    proposal = PostProposal.objects.create(
        person=person,
        role=Role(role),
        institution=place if isinstance(place, Institution) else None,
        since=expect(read_day(since)),
        until=read_day(until),
        stands_in=stands_in,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    record(proposal, "post_proposed", by=by, thread=person.public_id, role=proposal.role)
    notices.post_proposed(proposal, seconders(proposal))
    return Done(proposal)


@transaction.atomic
def agree_post(*, by: User, proposal: PostProposal) -> Done[Post]:
    """[CNF-1] Agree to a proposed post: it is given from the proposed day, or from today where that is over."""
    ask(AGREE, by, proposal)
    require(may_keep_programme(proposal.proposed_by))
    move(proposal, AGREE, answered_by=by, answered_at=clock.now())
    record(proposal, "post_agreed", by=by, thread=proposal.person.public_id, role=proposal.role)
    return give_post(
        by=proposal.proposed_by,
        person=proposal.person,
        role=proposal.role,
        place=proposal.institution,
        since=max(proposal.since, clock.today()),
        until=proposal.until,
        stands_in=proposal.stands_in,
        agreed_by=by,
    )


@transaction.atomic
def decline_post(*, by: User, proposal: PostProposal) -> Done[PostProposal]:
    """[CNF-1] Decline a proposed post; who proposed it takes it back so."""
    ask(DECLINE, by, proposal)
    move(proposal, DECLINE, answered_by=by, answered_at=clock.now())
    record(proposal, "post_declined", by=by, thread=proposal.person.public_id, role=proposal.role)
    notices.post_declined(proposal)
    return Done(proposal)


@transaction.atomic
def note_attempt(*, by: User, person: User) -> None:
    """Write down that somebody tried to give themselves a post, and tell the other administrators (A8)."""
    record(person, "post_for_oneself_refused", by=by, thread=person.public_id)
    notices.post_attempted(other_administrators(by))


@transaction.atomic
def end_post(
    *,
    by: User,
    person: User | None,
    day: object = None,
    role: str | None = None,
    institution: Institution | None = None,
    post: Post | None = None,
    at_once: bool = False,
) -> Done[list[Post]]:
    """[CNF-1] End a person's post with a last day, or at once: this one, or the one named by role and institution, else
    all that are held. Never the last administrator's."""
    require(may_keep_programme(by))
    last = clock.today() if at_once else read_day(day)
    posts = _to_end(person, role, institution, post)
    since = max((row.since for row in posts), default=None)
    refuse(
        rules.post_ends(
            day=max(last, since) if at_once and last and since else last,
            since=since,
            today=clock.today(),
            last_one=_leaves_none(posts, last + timedelta(days=not at_once) if last else None),
        )
    )
    for row in posts:
        row.until = max(expect(last), row.since) if at_once else expect(last)
        row.ended_at = clock.now() if at_once else None
        row.save(update_fields=["until", "ended_at"])
        thread = row.person.public_id
        record(
            row, "post_ended", by=by, thread=thread, role=row.role, last_day=str(row.until), at_once=at_once
        )
        notices.post_ended(row, post_audience(row, but=by))
    if person is not None:
        person.__dict__.pop("_posts", None)
    return Done(posts)


def _to_end(
    person: User | None, role: str | None, institution: Institution | None, post: Post | None
) -> list[Post]:
    list(
        _administrators().select_for_update(of=("self",))
    )  # two who end each other's post wait for each other
    held = Post.objects.select_for_update(of=("self",)).filter(not_over(), person=person)
    if post is not None:
        held = held.filter(pk=post.pk)
    if role is not None:
        held = held.filter(role=role)
    if institution is not None:
        held = held.filter(institution=institution)
    return list(held.select_related("person").order_by("pk"))


def _administrators() -> models.QuerySet[Post]:
    """Posts by which somebody administers the programme now or later."""
    role = Role.PROGRAMME_ADMINISTRATOR
    return Post.objects.filter(not_over(), role=role, person__is_active=True).order_by("pk")


def _leaves_none(posts: list[Post], first: date | None) -> bool:
    """Whether the programme would lose, from that first day without these posts on, its administrator on some day."""
    ended = [row for row in posts if row.role == Role.PROGRAMME_ADMINISTRATOR]
    if not ended or first is None:
        return False
    others = _administrators().exclude(pk__in=[row.pk for row in ended])
    held = [(row.since, row.until) for row in others]
    lasted = [row.until for row in ended if row.until is not None]
    return rules.has_gap(held=held, first=first, last=max(lasted) if len(lasted) == len(ended) else None)
