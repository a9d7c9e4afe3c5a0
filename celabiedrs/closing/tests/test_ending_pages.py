"""The pages of a plan's end: how it goes on, closing, the call after an early end."""

from datetime import date

from django.urls import reverse

from celabiedrs.closing.actions import choose_way, close_plan, evaluate, renew_plan
from celabiedrs.closing.models import PlanEnd, PlannedEnding
from celabiedrs.closing.tests.test_evaluating import ANSWERS
from celabiedrs.closing.tests.test_evaluation_pages import read
from celabiedrs.closing.waiting.ends import waits_of_ends as waits
from celabiedrs.lib.audit.models import Look
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from tests.cast import at, signed_in
from tests.cast.programme import Cast

EVENING = "2026-12-18 18:00"


def page_of(cast: Cast, name: str) -> str:
    return reverse(f"closing:{name}", args=[cast.plan.public_id])


def test_the_choice_leads_to_what_it_means(cast: Cast) -> None:
    desk, url = signed_in(cast.preparer), page_of(cast, "ending")
    with at("2026-12-01 10:00"):
        assert desk.post(url, {}).status_code == 422
        for way, name in (
            ("continue", "closing:renew"),
            ("hand_over", "plans:mentor"),
            ("finish_well", "closing:ending"),
        ):
            answer = desk.post(url, {"way": way})
            assert answer.headers["Location"] == reverse(name, args=[cast.plan.public_id])
            assert PlannedEnding.objects.get().way == way


def test_what_the_mentor_said_is_proposed_and_shown_to_the_school(cast: Cast) -> None:
    desk, url = signed_in(cast.preparer), page_of(cast, "ending")
    with at("2026-12-01 10:00"):
        assert 'value="finish_well" required id="id_way_1" checked' not in read(desk, url)
        evaluate(by=cast.ilze.user, plan=cast.plan, **(ANSWERS | {"go_on": "no"}))
        text = read(desk, url)
    assert "Mentors saka: nē." in text
    assert 'id="id_way_1" checked' in text


def test_the_mentor_sees_where_it_stands_and_the_way_to_say_goodbye(cast: Cast) -> None:
    phone = signed_in(cast.ilze.user)
    with at("2026-12-01 10:00"):
        assert "vēl nav izvēlēts" in read(phone, page_of(cast, "ending"))
        choose_way(by=cast.preparer, plan=cast.plan, way="finish_well")
        text = read(phone, page_of(cast, "ending"))
        assert "labi noslēgt" in text and reverse("closing:goodbye") in text
        assert reverse("closing:close", args=[cast.plan.public_id]) not in text
        assert "Kopā atskatieties" in read(phone, reverse("closing:goodbye"))
        assert phone.post(page_of(cast, "ending"), {"way": "continue"}).status_code == 403
    assert PlannedEnding.objects.get().way == "finish_well"


def test_closing_shows_what_is_missing_and_asks_for_the_reason(cast: Cast) -> None:
    desk, url = signed_in(cast.preparer), page_of(cast, "close")
    cast.month(cast.plan, date(2026, 10, 1))
    with at(EVENING):
        text = read(desk, url)
        assert "pārbaudīti 1 no 1" in text and "2 st. no plānotajām 48 st." in text
        assert "Mentors vēl nav izvērtējis." in text and "Kas pēc tam notiks" in text
        answer = desk.post(url, {"outcome": "finished_well", "reason": ""})
        assert answer.status_code == 422 and "DUT-3" in answer.content.decode()
        answer = desk.post(url, {"outcome": "finished_well", "reason": "Mentors ilgstoši slimo"})
    assert answer.status_code == 302
    assert PlanEnd.objects.get().without_evaluation
    assert Look.objects.filter(what="plan_ending", thread=cast.plan.public_id).exists()


def test_an_evaluated_plan_closes_as_it_was_chosen(cast: Cast) -> None:
    desk, url = signed_in(cast.preparer), page_of(cast, "close")
    with at(EVENING):
        evaluate(by=cast.ilze.user, plan=cast.plan, **ANSWERS)
        choose_way(by=cast.preparer, plan=cast.plan, way="continue")
        assert 'value="continued" required id="id_outcome_0" checked' in read(desk, url)
        desk.post(url, {"outcome": "continued", "wished_by": "mentor", "avoidable": "yes", "reason": ""})
    end = PlanEnd.objects.get()
    assert (end.outcome, end.wished_by, end.avoidable, end.reason) == ("continued", "", None, "")


def test_an_early_end_asks_who_why_and_whether_it_could_be_avoided(cast: Cast) -> None:
    desk, url = signed_in(cast.preparer), page_of(cast, "close")
    with at("2026-10-20 10:00"):
        answer = desk.post(url, {"outcome": "ended_early", "reason": "Pārcēlās"})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert (
            "Norādiet, kurš vēlējās pārtraukt." in text and "Norādiet, vai no tā varēja izvairīties." in text
        )
        asked = {"outcome": "ended_early", "wished_by": "guardian", "avoidable": "no"}
        assert desk.post(url, {**asked, "reason": ""}).status_code == 422
        desk.post(url, {**asked, "reason": "Pārcēlās"})
        assert "27.10.2026." in read(desk, reverse("closing:calls"))
    end = PlanEnd.objects.get()
    assert (end.wished_by, end.avoidable, end.call_due_on) == ("guardian", False, date(2026, 10, 27))


def test_the_call_is_noted_by_its_day_and_leaves_the_list(cast: Cast) -> None:
    staff = signed_in(cast.responsible)
    with at("2026-10-20 10:00"):
        close_plan(by=cast.preparer, plan=cast.plan, outcome="ended_early", reason="Pārcēlās")
        assert [row.tone for row in waits(cast.responsible)] == ["amber"]
    with at("2026-10-29 10:00"):
        assert [row.tone for row in waits(cast.responsible)] == ["red"]
        text = read(staff, reverse("closing:calls"))
        assert "nokavētas 2 dienas" in text and cast.janis.name in text
        assert staff.post(page_of(cast, "call"), {"day": "2026-10-30"}).status_code == 422
        assert staff.post(page_of(cast, "call"), {"day": "29.10.2026."}).status_code == 302
        assert "Visiem izglītojamajiem ir piezvanīts." in read(staff, reverse("closing:calls"))
        assert list(waits(cast.responsible)) == []
        assert staff.post(page_of(cast, "call"), {"day": "29.10.2026."}).status_code == 409


def test_overdue_calls_stand_first_and_another_school_sees_none(cast: Cast) -> None:
    later = cast.planned(cast.learner("Zane Vēlā"), cast.andris, cast.contracted(cast.andris, cast.school))
    with at("2026-10-20 10:00"):
        close_plan(by=cast.preparer, plan=cast.plan, outcome="ended_early", reason="Pārcēlās")
    with at("2026-10-26 10:00"):
        close_plan(by=cast.preparer, plan=later, outcome="ended_early", reason="Pārcēlās")
    with at("2026-10-29 10:00"):
        text = read(signed_in(cast.preparer), reverse("closing:calls"))
        assert text.index(cast.janis.name) < text.index("Zane Vēlā")
        assert cast.janis.name not in read(signed_in(cast.far_preparer), reverse("closing:calls"))
        assert signed_in(cast.far_preparer).get(page_of(cast, "call")).status_code == 404


def test_the_page_of_the_plan_offers_the_end_when_it_is_near(cast: Cast) -> None:
    url = reverse("desk:plan", args=[cast.plan.public_id])
    with at("2026-11-19 10:00"):
        assert "Izvēlieties, kā būs turpmāk" not in read(signed_in(cast.preparer), url)
    with at("2026-11-20 10:00"):
        desk = signed_in(cast.preparer)
        text = read(desk, url)
        assert "Izvēlieties, kā būs turpmāk" in text
        assert page_of(cast, "close") in text and page_of(cast, "ending") in text
        choose_way(by=cast.preparer, plan=cast.plan, way="finish_well")
        assert "Izvēlieties, kā būs turpmāk" not in read(desk, url)


def test_a_year_is_advised_at_the_end_of_the_first_plan_and_not_after_class_9(cast: Cast) -> None:
    """[IAP-4] Class 9 of the second semester leaves the school; class 9 of the first one does not yet."""
    desk = signed_in(cast.preparer)
    leaving = cast.planned(cast.learner("Elza", class_year=9), cast.andris, cast.contract, semester=2)
    staying = cast.planned(cast.learner("Ieva", class_year=8), cast.andris, cast.contract, semester=2)
    with at("2027-05-28 10:00"):
        pages = [read(desk, reverse("closing:close", args=[each.public_id])) for each in (leaving, staying)]
    assert ["IAP-4" in text for text in pages] == [False, True]


def test_a_draft_has_no_end_and_a_closed_plan_is_not_closed_again(cast: Cast) -> None:
    desk = signed_in(cast.preparer)
    with at(EVENING):
        draft = renew_plan(by=cast.preparer, plan=cast.plan, semester="2026/27-2").thing
        assert desk.get(reverse("closing:ending", args=[draft.public_id])).status_code == 404
        assert desk.get(reverse("closing:close", args=[draft.public_id])).status_code == 302
        close_plan(by=cast.preparer, plan=cast.plan, outcome="continued", reason="Mentors slimo")
        answer = desk.post(page_of(cast, "close"), {"outcome": "continued", "reason": "Vēlreiz"})
    assert answer.status_code == 302
    assert SupportPlan.objects.get(pk=cast.plan.pk).state == PlanState.ENDED
    assert PlanEnd.objects.get().reason == "Mentors slimo"
