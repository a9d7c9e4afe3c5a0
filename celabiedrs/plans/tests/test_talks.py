"""The responsible person notes once a month that the school and the mentor talked; what was said, nowhere (DUT-6)."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.people.models import Role, User
from celabiedrs.plans import actions
from celabiedrs.plans.actions import approve_plan, log_talk, submit_plan, suspend_plan
from celabiedrs.plans.models import MonthlyTalk, SupportPlan
from celabiedrs.plans.reading.talks import month_nears_its_end, talk_pairs
from celabiedrs.plans.waiting import waits
from tests.cast import signed_in
from tests.cast.preparing import Cast, person

TODAY = date(2026, 9, 7)


@pytest.fixture
def plan(cast: Cast) -> SupportPlan:
    return approved(cast, "Jānis Bērziņš")


def approved(cast: Cast, name: str) -> SupportPlan:
    ready = cast.ready(name)
    submit_plan(by=cast.anna, plan=ready)
    return approve_plan(by=cast.expert, plan=SupportPlan.objects.get(pk=ready.pk)).thing


def days(plan: SupportPlan) -> list[date]:
    return list(plan.talks.order_by("talked_on").values_list("talked_on", flat=True))


def test_a_day_is_noted_once_and_by_the_responsible_person_alone(cast: Cast, plan: SupportPlan) -> None:
    for stranger in (cast.anna, cast.gints, cast.expert, cast.ilze.user):
        with pytest.raises(NotAllowed):
            log_talk(by=stranger, plan=plan, day=TODAY)
    log_talk(by=cast.responsible, plan=plan, day="2026-09-04")
    with pytest.raises(WrongState):
        log_talk(by=cast.responsible, plan=plan, day="2026-09-04")
    log_talk(by=cast.responsible, plan=plan, day=TODAY)
    assert days(plan) == [date(2026, 9, 4), TODAY]


def test_without_its_guard_anybody_would_note_it(
    cast: Cast, plan: SupportPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.life, "may_answer_for", lambda user, plan: True)
    log_talk(by=cast.gints, plan=plan, day=TODAY)
    assert days(plan) == [TODAY]


@pytest.mark.parametrize("day", ["", "2026-09-08", "vakar"])
def test_a_talk_has_a_day_that_is_not_to_come(cast: Cast, plan: SupportPlan, day: str) -> None:
    with pytest.raises(Refused) as no:
        log_talk(by=cast.responsible, plan=plan, day=day)
    assert no.value.clauses == ("DUT-6",)


def test_no_row_and_no_event_has_room_for_what_was_said(cast: Cast, plan: SupportPlan) -> None:
    log_talk(by=cast.responsible, plan=plan, day=TODAY)
    assert {field.name for field in MonthlyTalk._meta.get_fields()} == {
        "id", "plan", "talked_on", "logged_by", "logged_at",
    }  # fmt: skip
    assert Event.objects.get(kind="MonthlyTalk").facts == {"day": "2026-09-07"}


def test_a_pair_that_did_not_meet_is_asked_for_and_a_suspended_one_is_not(
    cast: Cast, plan: SupportPlan
) -> None:
    waiting = approved(cast, "Zane Zeme")
    suspend_plan(by=cast.anna, plan=waiting, reason="Slimo")
    pairs = {pair.plan.pk: pair for pair in talk_pairs([cast.school.pk], date(2026, 9, 1))}
    assert (pairs[plan.pk].missing, pairs[waiting.pk].missing) == (True, False)
    log_talk(by=cast.responsible, plan=plan, day=TODAY)
    (first, *_rest) = talk_pairs([cast.school.pk], date(2026, 9, 1))
    assert (first.days, first.missing) == ((TODAY,), False)
    with clock.at(datetime(2026, 10, 26, 9, 0)):
        (first, *_rest) = talk_pairs([cast.school.pk], date(2026, 10, 1))
        assert (first.days, first.last, first.missing) == ((), TODAY, True)


def test_pairs_are_those_of_the_month_and_of_the_own_school(cast: Cast, plan: SupportPlan) -> None:
    assert talk_pairs([cast.school.pk], date(2026, 8, 1)) == []
    assert talk_pairs([cast.other_school.pk], date(2026, 9, 1)) == []


def test_the_month_is_asked_about_in_its_last_week() -> None:
    assert [month_nears_its_end(date(2026, 9, day)) for day in (1, 23, 24, 30)] == [False, False, True, True]


class TestPage:
    def test_one_tap_notes_a_talk_of_today(self, cast: Cast, plan: SupportPlan) -> None:
        client = signed_in(cast.responsible)
        page = client.get(reverse("plans:talks"))
        assert page.context["missing"] == 1
        client.post(reverse("plans:talks"), {"one": str(plan.public_id)})
        assert days(plan) == [TODAY]
        assert client.get(reverse("plans:talks")).context["missing"] == 0

    def test_several_are_noted_with_one_day(self, cast: Cast, plan: SupportPlan) -> None:
        other = approved(cast, "Zane Zeme")
        log_talk(by=cast.responsible, plan=other, day="2026-09-03")
        chosen = {"plan": [str(plan.public_id), str(other.public_id), "nav"], "day": "03.09.2026."}
        assert signed_in(cast.responsible).post(reverse("plans:talks"), chosen).status_code == 302
        assert (days(plan), days(other)) == ([date(2026, 9, 3)], [date(2026, 9, 3)])

    def test_a_day_to_come_is_refused_and_what_was_ticked_stays(self, cast: Cast, plan: SupportPlan) -> None:
        chosen = {"plan": str(plan.public_id), "day": "2026-09-30"}
        page = signed_in(cast.responsible).post(reverse("plans:talks"), chosen)
        assert page.status_code == 422
        assert page.context["form"].refused[0].clause == "DUT-6"
        assert page.context["ticked"] == [str(plan.public_id)]
        assert not days(plan)

    def test_another_schools_pair_is_neither_shown_nor_noted(self, cast: Cast, plan: SupportPlan) -> None:
        stranger = person("Cita Skola", Role.RESPONSIBLE_PERSON, institution=cast.other_school)
        client = signed_in(stranger)
        assert client.get(reverse("plans:talks")).context["pairs"] == []
        client.post(reverse("plans:talks"), {"one": str(plan.public_id)})
        assert not days(plan)

    def test_whoever_is_not_responsible_has_no_such_page(self, cast: Cast) -> None:
        for stranger in (cast.anna, cast.expert, cast.ilze.user):
            assert signed_in(stranger).get(reverse("plans:talks")).status_code == 403


def test_home_asks_for_missing_talks_in_the_last_week(cast: Cast, plan: SupportPlan) -> None:
    def rows() -> list[str]:
        return [row.url for row in waits(User.objects.get(pk=cast.responsible.pk))]

    assert rows() == []
    with clock.at(datetime(2026, 9, 24, 9, 0)):
        assert rows() == [reverse("plans:talks")]
        log_talk(by=cast.responsible, plan=plan, day="2026-09-24")
        assert rows() == []
