"""Power is shared: posts are given by two, ended at once, and the programme is never without an administrator."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.actions.posts import agree_post, decline_post, end_post, give_post, propose_post
from celabiedrs.people.models import Post, PostProposal, Role, User
from celabiedrs.people.waiting import waits
from celabiedrs.places.models import Institution, Municipality, Region
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 12, 0)):
        yield


def person(name: str, role: str = "", place: Institution | None = None) -> User:
    made = User.objects.create_user(email=f"{name.lower()}@example.invalid", name=name)
    if role:
        Post.objects.create(person=made, role=role, institution=place, since=date(2026, 1, 1))
    return made


@pytest.fixture
def school() -> Institution:
    lake = Municipality.objects.create(
        atvk="9000001", name="Ezeru novads", region=Region.objects.create(name="Ezeri")
    )
    return Institution.objects.create(name="Ezermalas pamatskola", kind="general", municipality=lake)


@pytest.fixture
def anna() -> User:
    return person("Anna", Role.PROGRAMME_ADMINISTRATOR)


@pytest.fixture
def juris() -> User:
    return person("Juris", Role.PROGRAMME_ADMINISTRATOR)


@pytest.fixture
def head(school: Institution) -> User:
    return person("Zane", Role.HEAD, school)


@pytest.fixture
def proposal(anna: User, juris: User, head: User, school: Institution) -> PostProposal:
    return propose_post(by=anna, person=person("Kaspars"), role="pay_clerk", place=school, since=TODAY).thing


def told(user: User) -> list[str]:
    return list(Message.objects.filter(to=user).order_by("pk").values_list("kind", flat=True))


def test_a_proposed_post_waits_for_the_head_or_another_administrator(
    proposal: PostProposal, anna: User, juris: User, head: User
) -> None:
    assert told(juris) == told(head) == ["post_proposed"]
    assert [len(list(waits(user))) for user in (anna, juris, head)] == [0, 1, 1]
    assert not Post.objects.filter(role="pay_clerk").exists()
    for nobody in (anna, proposal.person):
        with pytest.raises(NotAllowed):
            agree_post(by=nobody, proposal=proposal)
    post = agree_post(by=head, proposal=proposal).thing
    assert (post.role, post.person, post.since) == ("pay_clerk", proposal.person, TODAY)
    assert told(post.person) == ["post_given"]
    assert "post_given_around" in told(head)
    assert Event.objects.get(verb="post_given").facts["agreed_by"] == head.pk
    with pytest.raises(WrongState):
        agree_post(by=juris, proposal=proposal)


def test_a_proposal_can_be_declined_and_taken_back(proposal: PostProposal, anna: User, juris: User) -> None:
    decline_post(by=juris, proposal=proposal)
    assert told(anna) == ["post_declined"]
    other = propose_post(
        by=anna, person=proposal.person, role="pay_clerk", place=proposal.institution, since=TODAY
    ).thing
    decline_post(by=anna, proposal=other)
    assert not Post.objects.filter(role="pay_clerk").exists()


def test_a_proposal_falls_with_the_post_of_who_proposed_it(
    proposal: PostProposal, anna: User, juris: User
) -> None:
    end_post(by=juris, person=anna, at_once=True)
    proposal.refresh_from_db()
    with pytest.raises(NotAllowed):
        agree_post(by=juris, proposal=PostProposal.objects.get(pk=proposal.pk))


def test_a_post_ended_at_once_shows_nothing_from_that_moment_on(
    anna: User, juris: User, school: Institution
) -> None:
    clerk = person("Kaspars")
    give_post(by=anna, person=clerk, role="pay_clerk", place=school, since=TODAY, agreed_by=juris)
    assert User.objects.get(pk=clerk.pk).holds(Role.PAY_CLERK)
    end_post(by=anna, person=clerk, at_once=True)
    assert not User.objects.get(pk=clerk.pk).holds(Role.PAY_CLERK)
    give_post(by=anna, person=clerk, role="pay_clerk", place=school, since=TODAY, agreed_by=juris)
    assert User.objects.get(pk=clerk.pk).holds(Role.PAY_CLERK), "a slip is put right on the same day"


def test_a_handover_is_entered_in_advance(anna: User, juris: User, school: Institution) -> None:
    clerk = person("Kaspars", Role.PAY_CLERK, school)
    end_post(by=anna, person=clerk, day="2026-11-30")
    give_post(by=anna, person=clerk, role="pay_clerk", place=school, since="2026-12-01", agreed_by=juris)
    assert Post.objects.filter(person=clerk).count() == 2


def test_two_administrators_cannot_end_each_other(anna: User, juris: User) -> None:
    end_post(by=anna, person=juris, at_once=True)
    with pytest.raises(Refused):
        end_post(by=anna, person=anna, at_once=True)
    assert User.objects.get(pk=anna.pk).holds(Role.PROGRAMME_ADMINISTRATOR)


def test_somebody_stands_in_for_an_absent_head_until_a_day(
    anna: User, juris: User, head: User, school: Institution
) -> None:
    deputy, clerk = person("Dace"), person("Kaspars", Role.PAY_CLERK, school)
    wanted = {"by": anna, "place": school, "since": TODAY, "stands_in": True, "agreed_by": juris}
    for who, role, until in (
        (deputy, "head", None),
        (deputy, "responsible_person", "2026-12-31"),
        (clerk, "head", "2026-12-31"),
    ):
        with pytest.raises(Refused):
            give_post(person=who, role=role, until=until, **wanted)  # type: ignore[arg-type]
    post = give_post(person=deputy, role="head", until="2026-12-31", **wanted).thing  # type: ignore[arg-type]
    assert post.stands_in
    with clock.at(datetime(2026, 12, 31, 12, 0)):
        assert User.objects.get(pk=deputy.pk).holds(Role.HEAD, at=school)
    with clock.at(datetime(2027, 1, 1, 12, 0)):
        assert not User.objects.get(pk=deputy.pk).holds(Role.HEAD, at=school)


def test_an_administrator_who_tries_alone_is_refused_written_down_and_told_of(
    proposal: PostProposal, anna: User, juris: User, school: Institution
) -> None:
    browser = signed_in(anna)
    typed = {"role": "safeguarding_officer", "institution": school.pk, "since": "2026-11-20"}
    assert browser.post(reverse("people:account", args=[anna.public_id]), typed).status_code == 403
    agree = reverse("people:proposal_agree", args=[proposal.public_id])
    assert browser.post(agree).status_code == 403
    assert not Post.objects.filter(role__in=("safeguarding_officer", "pay_clerk")).exists()
    assert Event.objects.filter(verb="post_for_oneself_refused", actor=anna).count() == 2
    assert told(juris).count("post_attempted") == 2


def test_the_pages_propose_agree_and_end(anna: User, juris: User, head: User, school: Institution) -> None:
    clerk = person("Kaspars")
    url = reverse("people:account", args=[clerk.public_id])
    typed = {"role": "pay_clerk", "institution": school.pk, "since": "2026-11-20"}
    assert signed_in(anna).post(url, typed).status_code == 302
    row = PostProposal.objects.get()
    assert signed_in(clerk).get(reverse("people:proposal", args=[row.public_id])).status_code == 404
    shown = signed_in(head).get(reverse("people:proposal", args=[row.public_id])).content.decode()
    assert "Kaspars" in shown
    assert "/piekrist/" in shown
    assert (
        "/piekrist/"
        not in signed_in(anna).get(reverse("people:proposal", args=[row.public_id])).content.decode()
    )
    assert signed_in(head).post(reverse("people:proposal_agree", args=[row.public_id])).status_code == 302
    post = Post.objects.get(person=clerk)
    assert "Zane" in signed_in(clerk).get(reverse("people:posts")).content.decode()
    end = reverse("people:post_end", args=[clerk.public_id])
    answer = signed_in(anna).post(end, {"post": post.pk, "day": "20.11.2026.", "at_once": "1"})
    assert answer.status_code == 302
    assert not User.objects.get(pk=clerk.pk).holds(Role.PAY_CLERK)
