"""Learners: looked for before they are enrolled, described, moved up, handed over; the personal code."""

import re
from datetime import date

import pytest
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed, Stale, WrongState
from celabiedrs.lib.audit.models import Look
from celabiedrs.plans.actions import (
    ask_transfer,
    change_school,
    decline_transfer,
    describe_learner,
    enrol_learner,
    enter_personal_code,
    move_up,
    read_out_personal_code,
)
from celabiedrs.plans.models import Learner, LearnerTransfer, PersonalCode, SupportPlan
from celabiedrs.rules.breach import Refused
from tests.cast import signed_in
from tests.cast.preparing import Cast

BORN = date(2012, 2, 29)


class TestActs:
    def test_moving_up_leaves_the_plan_in_the_class_it_was_made_for(self, cast: Cast) -> None:
        plan = cast.draft()
        move_up(by=cast.anna, learner=plan.learner, school_class=9)
        plan = SupportPlan.objects.get(pk=plan.pk)
        assert (plan.class_year, plan.learner.class_year) == (8, 9)

    def test_class_13_and_class_with_course_are_refused(self, cast: Cast) -> None:
        learner = cast.learner()
        for stage in ({"school_class": 13}, {"school_class": 9, "course": 1}, {}):
            with pytest.raises(Refused) as refusal:
                move_up(by=cast.anna, learner=learner, **stage)
            assert refusal.value.clauses == ("GEN-2",)

    def test_another_school_cannot_move_a_learner_up(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            move_up(by=cast.gints, learner=cast.learner(), school_class=9)

    def test_who_saves_an_older_edition_is_told(self, cast: Cast) -> None:
        learner = cast.learner()
        describe_learner(by=cast.baiba, learner=learner, guardian="Māte", version=1)
        with pytest.raises(Stale):
            describe_learner(by=cast.anna, learner=learner, guardian="Tēvs", version=1)
        assert Learner.objects.get(pk=learner.pk).guardian == "Māte"

    def test_the_mentor_may_know_of_hard_latvian(self, cast: Cast) -> None:
        """LNG-2"""
        done = describe_learner(by=cast.anna, learner=cast.learner(), language_difficulty=True)
        assert done.thing.language_difficulty

    def test_the_learners_school_lets_go_and_keeps_its_plans(self, cast: Cast) -> None:
        plan = cast.draft()
        change_school(by=cast.anna, learner=plan.learner, institution=cast.other_school, school_class=8)
        plan = SupportPlan.objects.get(pk=plan.pk)
        assert plan.institution == cast.school
        assert plan.learner.institution == cast.other_school
        with pytest.raises(NotAllowed):
            move_up(by=cast.anna, learner=plan.learner, school_class=9)

    def test_nobody_takes_a_learner_from_another_school(self, cast: Cast) -> None:
        learner = cast.learner(by=cast.gints)
        with pytest.raises(NotAllowed):
            change_school(by=cast.anna, learner=learner, institution=cast.school, school_class=8)

    def test_a_transfer_is_asked_once_and_answered_once(self, cast: Cast) -> None:
        learner = cast.learner(by=cast.gints)
        asked = ask_transfer(by=cast.anna, learner=learner, institution=cast.school).thing
        assert ask_transfer(by=cast.baiba, learner=learner, institution=cast.school).thing == asked
        with pytest.raises(NotAllowed):
            decline_transfer(by=cast.anna, transfer=asked)
        decline_transfer(by=cast.gints, transfer=asked)
        with pytest.raises(WrongState):
            decline_transfer(by=cast.gints, transfer=asked)

    def test_born_on_29_february_is_13_on_1_march(self, cast: Cast) -> None:
        """TG-1"""
        learner = enrol_learner(
            by=cast.anna, institution=cast.school, name="Skudra Gara", born="29.02.2012.", school_class=8
        ).thing
        assert learner.born_on == BORN


class TestPersonalCode:
    def test_it_is_sealed_and_has_a_history(self, cast: Cast) -> None:
        learner = cast.learner()
        enter_personal_code(by=cast.anna, learner=learner, code="140512-12345")
        enter_personal_code(by=cast.anna, learner=learner, code="32 3456-12345")
        assert read_out_personal_code(by=cast.anna, learner=learner).thing == "323456-12345"
        rows = PersonalCode.objects.order_by("pk")
        assert [row.replaced_at is None for row in rows] == [False, True]
        assert not any(b"12345" in bytes(sealed) for sealed in rows.values_list("code", flat=True))

    def test_each_look_is_written_down(self, cast: Cast) -> None:
        learner = cast.learner()
        enter_personal_code(by=cast.anna, learner=learner, code="14051212345")
        read_out_personal_code(by=cast.baiba, learner=learner)
        assert Look.objects.get(what="personal_code").viewer == cast.baiba

    @pytest.mark.parametrize("who", ["responsible", "gints", "expert"])
    def test_only_preparers_of_the_school_read_it(self, cast: Cast, who: str) -> None:
        learner = cast.learner()
        enter_personal_code(by=cast.anna, learner=learner, code="140512-12345")
        with pytest.raises(NotAllowed):
            read_out_personal_code(by=getattr(cast, who), learner=learner)

    @pytest.mark.parametrize("code", ["", "12345", "140512-1234a", "140512-123456"])
    def test_what_has_not_eleven_digits_is_refused(self, cast: Cast, code: str) -> None:
        with pytest.raises(Refused):
            enter_personal_code(by=cast.anna, learner=cast.learner(), code=code)


class TestPages:
    def test_a_learner_of_another_school_shows_only_that_there_is_one(self, cast: Cast) -> None:
        other = cast.learner("Zane Slepena", by=cast.gints)
        page = signed_in(cast.anna).post(
            "/plani/izglitojamie/", {"name": "zane slepena", "born": f"{other.born_on}"}
        )
        text = page.content.decode()
        assert "reģistrēts citā skolā" in text
        assert "Kalnu vidusskola" not in text
        assert str(other.public_id) not in text
        assert Look.objects.filter(what="learner_search", thread=other.public_id).exists()

    @pytest.mark.parametrize("typed", [{"name": "Zane"}, {"born": "2001-01-01"}])
    def test_a_half_match_elsewhere_says_nothing(self, cast: Cast, typed: dict[str, str]) -> None:
        other = cast.learner("Zane Slepena", by=cast.gints)
        asked = {"name": "Zane Slepena", "born": f"{other.born_on}"} | typed
        page = signed_in(cast.anna).post("/plani/izglitojamie/", asked)
        assert "reģistrēts citā skolā" not in page.content.decode()

    def test_the_search_finds_the_own_school(self, cast: Cast) -> None:
        own = cast.learner("Zane Sava")
        page = signed_in(cast.anna).post("/plani/izglitojamie/", {"name": "zane", "born": "01.01.2010."})
        assert own in page.context["found"]

    def test_what_is_half_typed_of_one_child_is_kept_for_that_child_alone(self, cast: Cast) -> None:
        client, url = signed_in(cast.anna), reverse("plans:enrol")

        def kept(name: str, born: str) -> str:
            found = client.post(url, {"from_search": "1", "name": name, "born": born}).content.decode()
            return str(re.findall(r'data-keep="([^"]+)"', found)[0])

        marta, valters = kept("Marta Vītola", "14.05.2012."), kept("Valters Ozols", "14.05.2012.")
        assert marta == kept("marta vitola", "2012-05-14") != valters
        assert not any(name in marta + valters for name in ("Marta", "Valters", "2012"))

    def test_who_is_there_already_is_not_enrolled_twice_unasked(self, cast: Cast) -> None:
        own = cast.learner("Zane Sava")
        form = {"name": "Zane Sava", "born": f"{own.born_on}", "stage": "class-8"}
        client = signed_in(cast.anna)
        assert client.post("/plani/izglitojamie/jauns/", form).status_code == 422
        assert Learner.objects.filter(name="Zane Sava").count() == 1
        assert client.post("/plani/izglitojamie/jauns/", form | {"another": "on"}).status_code == 302
        assert Learner.objects.filter(name="Zane Sava").count() == 2

    def test_a_transfer_asked_on_the_page_waits_at_the_other_school(self, cast: Cast) -> None:
        other = cast.learner("Zane Slepena", by=cast.gints)
        signed_in(cast.anna).post(
            "/plani/izglitojamie/parcelt/", {"name": "Zane Slepena", "born": f"{other.born_on}"}
        )
        assert LearnerTransfer.objects.get().learner == other
        page = signed_in(cast.gints).get("/plani/izglitojamie/").content.decode()
        assert "Priežu pamatskola lūdz izglītojamā pāreju: Zane Slepena" in page

    def test_a_birthday_that_is_none_is_refused_and_stays_typed(self, cast: Cast) -> None:
        form = {"name": "Zane", "born": "29.02.2013.", "stage": "class-8"}
        page = signed_in(cast.anna).post("/plani/izglitojamie/jauns/", form)
        assert page.status_code == 422
        assert "29.02.2013." in page.content.decode()

    @pytest.mark.parametrize("page", ["", "labot/", "vards/", "klase/", "kods/", "plans/1/"])
    def test_strangers_find_no_learner(self, cast: Cast, page: str) -> None:
        learner = cast.learner()
        address = f"/plani/izglitojamie/{learner.public_id}/{page}"
        assert signed_in(cast.anna).get(address).status_code == 200
        assert signed_in(cast.gints).get(address).status_code == 404
        assert signed_in(cast.responsible).get(address).status_code == 403
        assert signed_in(cast.ilze.user).get(address).status_code == 404
