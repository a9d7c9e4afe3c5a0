"""A semester ends for a whole school: one page, exceptions first, acts for many at once (DUT-3, DUT-7, EVA-1)."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from celabiedrs.closing.actions import choose_way, evaluate
from celabiedrs.closing.models import PlanEnd, PlannedEnding, PreparerFeedback
from celabiedrs.closing.reading.ends import standings
from celabiedrs.closing.tests.test_evaluating import ANSWERS
from celabiedrs.closing.tests.test_evaluation_pages import read
from celabiedrs.closing.waiting.ends import waits_of_ends as waits
from celabiedrs.lib.outbox.models import Message
from celabiedrs.plans.models import SupportPlan
from tests.cast import at, signed_in
from tests.cast.programme import Cast

URL, TOGETHER = "/noslegsana/semestra-beigas/", "/noslegsana/semestra-beigas/kopa/"
LAST_DAY = "2026-12-18 14:00"


@pytest.fixture
def forty(cast: Cast) -> list[SupportPlan]:
    """Forty pairs; the mentors of the even ones have evaluated, a third of these do not want to go on."""
    plans = []
    with at("2026-12-10 10:00"):
        for number in range(40):
            mentor = cast.mentor(f"Mentors {number:02}")
            plan = cast.planned(cast.learner(f"Bērns {number:02}"), mentor, cast.contract)
            cast.month(plan, date(2026, 10, 1), mentor=mentor)
            if number % 2 == 0:
                said = "no" if number % 6 == 0 else "yes"
                evaluate(by=mentor.user, plan=plan, **(ANSWERS | {"go_on": said}))
            plans.append(plan)
    return plans


def ids(plans: list[SupportPlan]) -> list[str]:
    return [str(plan.public_id) for plan in plans]


def test_a_school_ends_its_semester_with_a_few_clicks(cast: Cast, forty: list[SupportPlan]) -> None:
    desk = signed_in(cast.preparer)
    with at(LAST_DAY):
        everything = {"plan": ids(forty), "confirmed": "1"}
        desk.post(TOGETHER, {**everything, "act": "as_said"})
        assert PlannedEnding.objects.filter(way="continue").count() == 13
        assert PlannedEnding.objects.filter(way="finish_well").count() == 7
        shown = desk.post(TOGETHER, {"plan": ids(forty), "act": "close"}).content.decode()
        assert "20 plāni piedalās" in shown or "20 plān" in shown
        assert not PlanEnd.objects.exists()
        desk.post(TOGETHER, {**everything, "act": "close"})
        assert sorted(set(PlanEnd.objects.values_list("outcome", flat=True))) == [
            "continued",
            "finished_well",
        ]
        assert PlanEnd.objects.count() == 20
        desk.post(TOGETHER, {**everything, "act": "ask"})
        assert Message.objects.filter(kind="evaluation_asked").count() == 20
        desk.post(TOGETHER, {**everything, "act": "ask"})
        assert Message.objects.filter(kind="evaluation_asked").count() == 20
        assert "13" in next(row.title for row in waits(cast.preparer) if "nākam" in row.title)


def test_next_plans_are_prepared_one_after_another(cast: Cast) -> None:
    desk = signed_in(cast.preparer)
    other = cast.planned(cast.learner("Aija Pirmā"), cast.andris, cast.contract)
    with at(LAST_DAY):
        for plan in (cast.plan, other):
            choose_way(by=cast.preparer, plan=plan, way="continue")
        first = desk.get(reverse("closing:next_plan")).headers["Location"]
        assert first.startswith(reverse("closing:renew", args=[other.public_id]))
        typed = {
            "semester": "2026/27-2", "ground": "failing_and_leaving", "hours_per_month": "8",
            "has_failing": "on", "why_failing": "Divi", "has_early_leaving": "on", "why_early_leaving": "Kavē",
        }  # fmt: skip
        answer = desk.post(first, typed)
        assert answer.status_code == 302, answer.content.decode()
        second = desk.get(answer.headers["Location"]).headers["Location"]
        assert second.startswith(reverse("closing:renew", args=[cast.plan.public_id]))
        desk.post(second, typed)
        assert desk.get(reverse("closing:next_plan")).headers["Location"] == URL
    assert SupportPlan.objects.filter(previous__isnull=False).count() == 2


def test_one_that_cannot_be_drafted_now_is_left_for_later_and_the_next_one_comes(cast: Cast) -> None:
    desk = signed_in(cast.preparer)
    other = cast.planned(cast.learner("Aija Pirmā"), cast.andris, cast.contract)
    with at(LAST_DAY):
        for plan in (cast.plan, other):
            choose_way(by=cast.preparer, plan=plan, way="continue")
        first = desk.get(reverse("closing:next_plan")).headers["Location"]
        later = f"{reverse('closing:next_plan')}?after={other.public_id}"
        assert later in read(desk, first)
        second = desk.get(later).headers["Location"]
        assert second.startswith(reverse("closing:renew", args=[cast.plan.public_id]))
        back = desk.get(f"{reverse('closing:next_plan')}?after={cast.plan.public_id}").headers["Location"]
        assert back == f"{URL}?tab=next"
        assert "Aija Pirmā" in read(desk, back)


def test_feedback_is_written_on_one_plan_after_another(cast: Cast) -> None:
    desk = signed_in(cast.preparer)
    other = cast.planned(cast.learner("Aija Pirmā"), cast.andris, cast.contract)
    start = reverse("closing:next_feedback")
    with at(LAST_DAY):
        assert "Uzrakstīt atsauksmes par 2 plāniem" in read(desk, URL)
        for plan in (other, cast.plan):
            one = desk.get(start).headers["Location"]
            assert one.startswith(reverse("closing:feedback", args=[plan.public_id]))
            answer = desk.post(one, {"text": "Atsāka nākt uz stundām."})
            assert answer.headers["Location"] == f"{start}?after={plan.public_id}"
        assert desk.get(answer.headers["Location"]).headers["Location"] == URL
        assert "Atsauksmes par visiem plāniem ir sniegtas." in read(desk, URL)
        by_itself = desk.post(reverse("closing:feedback", args=[other.public_id]), {"text": "Vēl."})
    assert by_itself.headers["Location"] == reverse("closing:ending", args=[other.public_id])
    assert PreparerFeedback.objects.count() == 2


def test_the_act_that_is_next_stands_out(cast: Cast) -> None:
    def stands_out() -> list[str]:
        found = re.findall(
            r'btn--primary" type="submit" name="act" value="(\w+)"', read(signed_in(cast.preparer), URL)
        )
        assert len(found) == 1
        return found

    with at("2026-12-10 10:00"):
        assert stands_out() == ["ask"]
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        assert stands_out() == ["as_said"]
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
    with at(LAST_DAY):
        assert stands_out() == ["close"]
        rows = [row for row in waits(cast.preparer) if "atsauksm" in row.title]
        assert not rows  # of a plan that runs today nothing is missing yet
    with at("2026-12-21 10:00"):
        rows = [row for row in waits(cast.preparer) if "atsauksm" in row.title]
        assert [row.url.split("?")[0] for row in rows] == [reverse("closing:next_feedback")]


def test_exceptions_stand_first_and_what_is_not_near_its_end_is_not_there(cast: Cast) -> None:
    ready = cast.planned(cast.learner("Aija Gatavā"), cast.andris, cast.contract)
    far = cast.planned(cast.learner("Zane Tālā"), cast.andris, cast.contract, semester=2)
    with at("2026-12-20 10:00"):
        evaluate(by=cast.andris.user, plan=ready, **ANSWERS)
        choose_way(by=cast.preparer, plan=ready, way="continue")
        text = read(signed_in(cast.preparer), URL)
    assert text.index(cast.janis.name) < text.index("Aija Gatavā")
    assert far.number not in text
    assert "beidzies, nav noslēgts" in text and "gatavs noslēgšanai" in text


def test_the_responsible_person_asks_and_does_not_close(cast: Cast) -> None:
    desk = signed_in(cast.responsible)
    with at(LAST_DAY):
        text = read(desk, URL)
        assert "Lūgt izvērtējumus" in text and "Noslēgt gatavos" not in text
        desk.post(TOGETHER, {"plan": ids([cast.plan]), "act": "ask", "confirmed": "1"})
        assert Message.objects.filter(kind="evaluation_asked", to=cast.ilze.user).count() == 1
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        desk.post(TOGETHER, {"plan": ids([cast.plan]), "act": "close", "confirmed": "1"})
    assert not PlanEnd.objects.exists()


def test_who_cannot_join_is_named_with_the_reason(cast: Cast) -> None:
    with at(LAST_DAY):
        answer = signed_in(cast.preparer).post(TOGETHER, {"plan": ids([cast.plan]), "act": "close"})
    text = answer.content.decode()
    assert cast.janis.name in text and "mentors vēl nav izvērtējis" in text


def test_plans_of_another_school_cannot_be_named(cast: Cast) -> None:
    with at(LAST_DAY):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        for act in ("close", "ask", "as_said"):
            signed_in(cast.far_preparer).post(
                TOGETHER, {"plan": ids([cast.plan]), "act": act, "confirmed": "1"}
            )
    assert not PlanEnd.objects.exists() and not Message.objects.filter(kind="evaluation_asked").exists()


def test_without_its_two_guards_another_school_would_close_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the list shows their own school alone, and the act asks once more."""
    listed = SupportPlan.objects.filter(pk=cast.plan.pk)
    monkeypatch.setattr("celabiedrs.closing.pages.semester.ends_of", lambda user, school: standings(listed))
    with at(LAST_DAY):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        stranger, typed = (
            signed_in(cast.far_preparer),
            {"plan": ids([cast.plan]), "act": "close", "confirmed": "1"},
        )
        stranger.post(TOGETHER, typed)
        assert not PlanEnd.objects.exists()  # the act still asks
        monkeypatch.setattr("celabiedrs.closing.actions.bulk.may_close", lambda user, plan: True)
        monkeypatch.setattr("celabiedrs.plans.access.User.holds", lambda user, *roles, at=None: True)
        stranger.post(TOGETHER, typed)
    assert PlanEnd.objects.exists()


def test_three_empty_pages_say_three_things(cast: Cast) -> None:
    with at("2026-10-01 10:00"):
        assert "nedēļu skaits: 4" in read(signed_in(cast.preparer), URL)
    with at(LAST_DAY):
        desk = signed_in(cast.preparer)
        assert "Nekas neatbilst" in read(desk, URL + "?tab=ready")
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        choose_way(by=cast.preparer, plan=cast.plan, way="finish_well")
        desk.post(TOGETHER, {"plan": ids([cast.plan]), "act": "close", "confirmed": "1"})
        assert "Visi semestra plāni ir noslēgti" in read(desk, URL)


def test_forty_plans_take_as_many_statements_as_one(cast: Cast, forty: list[SupportPlan]) -> None:
    desk = signed_in(cast.preparer)
    with at(LAST_DAY):
        read(desk, URL)
        with CaptureQueriesContext(connection) as many:
            assert read(desk, URL).count("Bērns ") >= 40
        SupportPlan.objects.filter(pk__in=[plan.pk for plan in forty]).update(state="withdrawn")
        with CaptureQueriesContext(connection) as one:
            read(desk, URL)
    assert len(many) <= len(one) + 1
