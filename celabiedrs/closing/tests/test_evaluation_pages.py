"""The pages of the evaluation: the mentor answers, the project reads, the school sees only that it is in."""

from datetime import date

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from celabiedrs.closing.actions import ask_to_evaluate, close_plan, evaluate, give_feedback
from celabiedrs.closing.models import Evaluation, PreparerFeedback, QuestionSet
from celabiedrs.closing.tests.test_asking import wording
from celabiedrs.closing.tests.test_evaluating import ANSWERS
from celabiedrs.closing.waiting.ends import waits_of_ends as waits
from celabiedrs.lib.audit.models import Look
from tests.cast import at, fresh, signed_in
from tests.cast.programme import Cast

FILLED = {
    "version": "1",
    "closed_1": "4",
    "closed_2": "5",
    "closed_3": "3",
    "open_1": "Sarunas pastaigās",
    "open_2": "Tikties biežāk",
    "go_on": "yes",
}
SECRETS = ("Sarunas pastaigās", "Tikties biežāk")


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def given(cast: Cast) -> None:
    evaluate(by=cast.ilze.user, plan=cast.plan, closed=[4, 5, 3], open_answers=list(SECRETS), go_on="no")


def test_the_mentor_answers_five_questions_with_words_at_the_ends(cast: Cast) -> None:
    phone, url = signed_in(cast.ilze.user), reverse("closing:evaluation", args=[cast.plan.public_id])
    with at("2026-12-01 18:00"):
        text = read(phone, url)
        assert "Cik lielā mērā izdevās īstenot plānā iecerēto?" in text
        assert "1 – nemaz" in text and "5 – pilnībā" in text
        assert "mūsu redakcija, oficiālais teksts nav zināms" in text
        answer = phone.post(url, FILLED)
    assert answer.status_code == 302
    stored = Evaluation.objects.get()
    assert (stored.closed, stored.open, stored.goes_on) == ([4, 5, 3], list(SECRETS), "yes")


def test_what_is_missing_is_said_at_its_question_and_nothing_typed_is_lost(cast: Cast) -> None:
    phone, url = signed_in(cast.ilze.user), reverse("closing:evaluation", args=[cast.plan.public_id])
    with at("2026-12-01 18:00"):
        answer = phone.post(url, {**FILLED, "closed_2": "", "go_on": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Izvēlies vērtējumu." in text and "Sarunas pastaigās" in text
    assert not Evaluation.objects.exists()


def test_the_answers_are_changed_until_the_plan_is_closed_and_read_afterwards(cast: Cast) -> None:
    phone, url = signed_in(cast.ilze.user), reverse("closing:evaluation", args=[cast.plan.public_id])
    with at("2026-12-18 18:00"):
        given(cast)
        assert "Sarunas pastaigās" in read(phone, url)
        phone.post(url, {**FILLED, "open_1": "Uzticēšanās"})
        assert Evaluation.objects.get().open[0] == "Uzticēšanās"
        close_plan(by=cast.preparer, plan=cast.plan, outcome="finished_well")
        assert phone.get(url).headers["Location"] == reverse("closing:answers", args=[cast.plan.public_id])
        assert phone.post(url, FILLED).status_code == 409
        assert "Uzticēšanās" in read(phone, reverse("closing:answers", args=[cast.plan.public_id]))


def test_a_wording_that_changed_meanwhile_is_shown_anew(cast: Cast) -> None:
    phone, url = signed_in(cast.ilze.user), reverse("closing:evaluation", args=[cast.plan.public_id])
    QuestionSet.objects.create(
        version=2, since=date(2026, 12, 2), closed=wording()["closed"], open=wording()["open_questions"]
    )
    with at("2026-12-02 08:00"):
        assert phone.post(url, FILLED).status_code == 409
        assert "Vārdi" in read(phone, url)


def test_the_expert_and_the_programme_read_the_answers_and_the_look_is_written_down(cast: Cast) -> None:
    url = reverse("closing:answers", args=[cast.plan.public_id])
    with at("2026-12-01 18:00"):
        given(cast)
        for person in (cast.expert, cast.admin):
            text = read(signed_in(person), url)
            assert all(secret in text for secret in SECRETS)
        assert Look.objects.filter(what="evaluation", thread=cast.plan.public_id).count() == 2


def test_the_programme_reads_answers_without_the_learners_name(cast: Cast) -> None:
    with at("2026-12-01 18:00"):
        given(cast)
        admin = signed_in(cast.admin)
        texts = read(admin, reverse("closing:answers", args=[cast.plan.public_id]))
        texts += read(admin, reverse("closing:evaluations") + "?tab=in")
        texts += read(admin, reverse("closing:evaluations"))
    assert cast.plan.number in texts
    assert cast.janis.name not in texts and cast.ilze.name not in texts


@pytest.mark.parametrize("who", ["preparer", "responsible", "head"])
def test_the_school_sees_that_the_evaluation_is_in_and_not_a_word_of_it(cast: Cast, who: str) -> None:
    staff = signed_in(getattr(cast, who))
    with at("2026-12-01 18:00"):
        given(cast)
        give_feedback(by=cast.preparer, plan=cast.plan, text="Nāk uz skolu")
        pages = [reverse("closing:ending", args=[cast.plan.public_id]), reverse("closing:semester")]
        pages += [reverse(name, args=[cast.plan.public_id]) for name in ("desk:plan", "closing:answers")]
        text = "".join(read(staff, url) for url in pages)
    assert "Mentora izvērtējums" in text and "Nāk uz skolu" in text
    assert not any(secret in text for secret in SECRETS)


def test_without_the_scope_of_the_answers_the_school_would_read_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with the guard taken away the test above would fail."""
    monkeypatch.setattr("celabiedrs.closing.pages.evaluation.answers_visible_to", lambda user: Q(pk__gt=0))
    with at("2026-12-01 18:00"):
        given(cast)
        text = read(signed_in(cast.preparer), reverse("closing:answers", args=[cast.plan.public_id]))
    assert all(secret in text for secret in SECRETS)


def test_the_mentor_does_not_read_the_preparers_feedback(cast: Cast) -> None:
    with at("2026-12-01 18:00"):
        given(cast)
        give_feedback(by=cast.preparer, plan=cast.plan, text="Nāk uz skolu")
        text = read(signed_in(cast.ilze.user), reverse("closing:answers", args=[cast.plan.public_id]))
    assert "Sarunas pastaigās" in text and "Nāk uz skolu" not in text


def test_the_preparer_writes_feedback_and_the_last_one_counts(cast: Cast) -> None:
    desk, url = signed_in(cast.preparer), reverse("closing:feedback", args=[cast.plan.public_id])
    with at("2026-12-01 18:00"):
        assert desk.post(url, {"text": " "}).status_code == 422
        desk.post(url, {"text": "Nāk uz skolu"})
        assert "Nāk uz skolu" in read(desk, url)
        desk.post(url, {"text": "Nāk katru dienu"})
    assert PreparerFeedback.objects.get().text == "Nāk katru dienu"


def test_the_expert_sees_what_is_missing_four_weeks_before_the_end_and_not_earlier(cast: Cast) -> None:
    url = reverse("closing:evaluations")
    cast.plan.first_submitted_at = cast.plan.drafted_at
    cast.plan.save()
    with at("2026-11-19 18:00"):
        assert cast.plan.number not in read(signed_in(cast.expert), url)
    with at("2026-11-20 18:00"):
        expert = signed_in(cast.expert)
        assert cast.plan.number in read(expert, url)
        assert cast.plan.number not in read(signed_in(cast.far_expert), url)
        given(cast)
        assert cast.plan.number not in read(expert, url)
        assert cast.plan.number in read(expert, url + "?tab=in")


def test_a_plan_that_ended_early_still_asks_for_its_evaluation(cast: Cast) -> None:
    with at("2026-10-05 18:00"):
        close_plan(by=cast.preparer, plan=cast.plan, outcome="ended_early", reason="Pārcēlās")
        assert [row.label for row in waits(cast.ilze.user)] == ["Izvērtēt"]
    with at("2026-12-15 18:00"):
        assert list(waits(cast.ilze.user)) == []  # ten weeks later nobody is reminded


def test_means_are_not_shown_of_a_few(cast: Cast) -> None:
    expert, url = signed_in(cast.expert), reverse("closing:evaluations") + "?tab=in"
    with at("2026-12-01 18:00"):
        for number in range(5):
            mentor = cast.mentor(f"Mentors {number}")
            plan = cast.planned(cast.learner(f"Bērns {number}"), mentor, cast.contract)
            type(plan).objects.filter(pk=plan.pk).update(first_submitted_at=plan.drafted_at)
            evaluate(by=mentor.user, plan=plan, **(ANSWERS | {"closed": [5, 4, 2]}))
            if number == 3:
                assert "sākot ar pieciem izvērtējumiem" in read(expert, url)
        text = read(expert, url)
    assert "<dd>5.0</dd>" in text or "<dd>5,0</dd>" in text


def test_the_mentor_is_told_on_the_home_page_and_late_ones_in_red(cast: Cast) -> None:
    with at("2026-11-19 18:00"):
        assert list(waits(cast.ilze.user)) == []
    with at("2026-11-20 18:00"):
        assert [row.tone for row in waits(cast.ilze.user)] == ["amber"]
    with at("2026-12-19 18:00"):
        assert [row.tone for row in waits(cast.ilze.user)] == ["red"]
        given(cast)
        assert list(waits(cast.ilze.user)) == []


def test_the_programme_publishes_a_wording_begun_from_the_newest(cast: Cast) -> None:
    admin, url = signed_in(cast.admin), reverse("closing:questions_new")
    with at("2026-12-01 18:00"):
        assert "Kas izdevās vislabāk?" in read(admin, url)
        typed = {"since": "2027-01-04", "official": "on"}
        for number in (1, 2, 3):
            typed |= {
                f"closed_{number}_lv": "Kā?",
                f"closed_{number}_low_lv": "tā",
                f"closed_{number}_high_lv": "šā",
            }
        answer = admin.post(url, {**typed, "open_1_lv": "Kas?", "open_2_lv": ""})
        assert answer.status_code == 422
        answer = admin.post(url, {**typed, "open_1_lv": "Kas?", "open_2_lv": "Kāpēc?"})
        assert answer.status_code == 302
        text = read(admin, reverse("closing:questions"))
    assert "2. versija, no 04.01.2027." in text and "oficiālais teksts" in text
    assert not QuestionSet.objects.get(version=2).ours


def test_who_was_asked_today_is_said_and_the_button_is_gone(cast: Cast) -> None:
    desk, url = signed_in(cast.responsible), reverse("closing:ending", args=[cast.plan.public_id])
    with at("2026-12-01 18:00"):
        assert "Lūgt mentoram izvērtējumu" in read(desk, url)
        ask_to_evaluate(by=cast.preparer, plan=cast.plan)
        text = read(desk, url)
    assert "šodien jau lūgts" in text and "Lūgt mentoram izvērtējumu" not in text


def test_a_mentor_of_many_evaluates_one_after_another(cast: Cast) -> None:
    plans = [cast.plan]
    plans += [cast.planned(cast.learner(f"Bērns {n}"), cast.ilze, cast.contract) for n in range(3)]
    phone, start = signed_in(cast.ilze.user), reverse("closing:next_evaluation")
    with at("2026-12-21 10:00"):
        rows = [row for row in waits(fresh(cast.ilze.user)) if "zvērtē" in row.title]
        assert [row.url for row in rows] == [start]
        address = phone.get(start).headers["Location"]
        left = plans[0]
        assert address.startswith(reverse("closing:evaluation", args=[left.public_id]))
        assert f"{start}?after={left.public_id}" in read(phone, address)
        after = f"{start}?after={left.public_id}"
        for plan in plans[1:]:
            address = phone.get(after).headers["Location"]
            assert address.startswith(reverse("closing:evaluation", args=[plan.public_id]))
            after = phone.post(address, FILLED).headers["Location"]
        assert phone.get(after).headers["Location"] == "/"
        assert (
            phone.get(start)
            .headers["Location"]
            .startswith(reverse("closing:evaluation", args=[left.public_id]))
        )
        assert phone.get(start + "?after=nekas").status_code == 302
        assert len([row for row in waits(fresh(cast.ilze.user)) if "zvērtē" in row.title]) == 1
    assert set(Evaluation.objects.values_list("plan", flat=True)) == {plan.pk for plan in plans[1:]}
