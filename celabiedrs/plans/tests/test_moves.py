"""A learner changes school while a plan runs: one step, and both schools see where things stand."""

import pytest

from celabiedrs.closing.actions import let_go
from celabiedrs.lib import clock
from celabiedrs.plans.actions import correct_learner
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.rules.breach import Refused
from tests.cast import signed_in
from tests.cast.preparing import Cast

pytestmark = pytest.mark.get_may_write("audit_look")


def test_with_an_open_plan_it_is_said_what_becomes_of_it(cast: Cast) -> None:
    plan = cast.draft()
    going = {"by": cast.anna, "learner": plan.learner, "institution": cast.other_school, "school_class": 8}
    with pytest.raises(Refused):
        let_go(**going)
    with pytest.raises(Refused):
        let_go(**going, plans="end")
    let_go(**going, plans="end", reason="Ģimene pārceļas")
    plan.refresh_from_db()
    assert plan.state == "withdrawn"
    assert Learner.objects.get(pk=plan.learner_id).institution == cast.other_school


def test_finished_here_both_schools_are_told(cast: Cast) -> None:
    plan = cast.draft()
    let_go(by=cast.anna, learner=plan.learner, institution=cast.other_school, school_class=8, plans="finish")
    assert SupportPlan.objects.get(pk=plan.pk).state == "draft"
    there = signed_in(cast.gints).get(f"/plani/izglitojamie/{plan.learner.public_id}/").content.decode()
    assert plan.number in there and cast.school.name in there
    here = signed_in(cast.anna).get(f"/plani/{plan.public_id}/").content.decode()
    assert cast.other_school.name in here


def test_the_page_shows_the_open_plan_and_lets_go(cast: Cast) -> None:
    plan = cast.draft()
    url = f"/noslegsana/skolas-maina/{plan.learner.public_id}/"
    anna = signed_in(cast.anna)
    assert plan.number in anna.get(url).content.decode()
    typed = {"school": str(cast.other_school.public_id), "stage": "class-8"}
    assert anna.post(url, typed).status_code == 422
    assert anna.post(url, typed | {"plans": "finish"}).status_code == 302
    assert Learner.objects.get(pk=plan.learner_id).institution == cast.other_school


def test_a_whole_school_moves_up_on_one_page(cast: Cast) -> None:
    learners = [cast.learner(name=f"Bērns Numurs{n}") for n in range(3)]
    Learner.objects.update(enrolled_at=clock.now().replace(year=2025))
    anna = signed_in(cast.anna)
    page = anna.get("/plani/izglitojamie/klases/").content.decode()
    assert page.count('value="class-9" selected') >= 3 or page.count("selected") >= 3
    answer = anna.post(
        "/plani/izglitojamie/klases/", {f"to_{each.public_id}": "class-9" for each in learners[:2]}
    )
    assert answer.status_code == 302
    assert [Learner.objects.get(pk=each.pk).class_year for each in learners] == [9, 9, 8]


def test_a_correction_is_traced_and_shown(cast: Cast) -> None:
    learner = cast.learner()
    name = learner.name
    correct_learner(by=cast.anna, learner=learner, name="Cits Vārds", reason="Pase")
    page = signed_in(cast.anna).get(f"/plani/izglitojamie/{learner.public_id}/vards/").content.decode()
    assert name in page and "Pase" in page
