"""The expert's desk, the life of a plan and its questions, as pages (IAP-1, DUT-2, DUT-8, CAL-5, PAY-5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.plans.actions import (
    amend_plan,
    approve_plan,
    ask_question,
    return_plan,
    sign_agreement,
    submit_plan,
)
from celabiedrs.plans.actions.decision import what_waits
from celabiedrs.plans.models import PlanQuestion, SupportPlan
from celabiedrs.plans.reading.difference import since_last_sending
from celabiedrs.plans.reading.queue import queue_of
from tests.cast import signed_in
from tests.cast.preparing import NOW, TEXTS, Cast

pytestmark = pytest.mark.get_may_write("audit_look")


def url(name: str, plan: SupportPlan) -> str:
    return reverse(f"plans:{name}", args=[plan.public_id])


def sent(cast: Cast, name: str = "Jānis Bērziņš") -> SupportPlan:
    return submit_plan(by=cast.anna, plan=cast.ready(name)).thing


def approved(cast: Cast, name: str = "Jānis Bērziņš") -> SupportPlan:
    return approve_plan(by=cast.expert, plan=sent(cast, name)).thing


def fresh(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.get(pk=plan.pk)


def returned_and_sent_again(cast: Cast) -> SupportPlan:
    plan = sent(cast)
    return_plan(by=cast.expert, plan=plan, reason="Par vispārīgu", fields=["situation", "risks", "nonsense"])
    sign_agreement(
        by=cast.anna,
        plan=fresh(plan),
        mentor=cast.ilze,
        learner_signed_on=cast.today,
        mentor_signed_on=cast.today,
        **(TEXTS | {"situation": "Kavē stundas, trūkst motivācijas mācīties ģeometriju."}),
    )
    with clock.at(NOW + timedelta(hours=2)):
        return submit_plan(by=cast.anna, plan=fresh(plan)).thing


def test_the_queue_shows_the_longest_waiting_first_and_each_once(cast: Cast) -> None:
    changing = approved(cast, "Agnese Kļava")
    amend_plan(by=cast.anna, plan=changing, hours_per_month="16", reason="Vairāk laika")
    with clock.at(NOW + timedelta(days=1)):
        sent(cast, "Zane Ozola")
    assert [row.plan.learner.name for row in queue_of(cast.expert)] == ["Agnese Kļava", "Zane Ozola"]
    text = signed_in(cast.expert).get(reverse("plans:queue")).content.decode()
    assert text.index("Agnese Kļava") < text.index("Zane Ozola")
    only = signed_in(cast.expert).get(reverse("plans:queue"), {"kind": "new"}).content.decode()
    assert "Agnese Kļava" not in only and "Zane Ozola" in only


def test_approving_goes_on_to_the_next_that_waits(cast: Cast) -> None:
    first, second = sent(cast, "Agnese Kļava"), sent(cast, "Zane Ozola")
    client = signed_in(cast.expert)
    page = client.get(url("decide", first)).content.decode()
    assert TEXTS["situation"] in page and "T-" in page
    answer = client.post(url("decide", first), {"act": "approve", "seen": what_waits(first)})
    assert answer.status_code == 302 and answer["Location"] == url("decide", second)
    assert fresh(first).state == "active"


def test_a_return_names_fields_and_only_those_are_marked(cast: Cast) -> None:
    plan = sent(cast)
    client = signed_in(cast.expert)
    nothing = client.post(
        url("decide", plan), {"act": "return", "seen": what_waits(plan), "words": "Skaidrāk"}
    )
    assert nothing.status_code == 422 and "Skaidrāk" in nothing.content.decode()
    done = client.post(
        url("decide", plan),
        {
            "act": "return",
            "seen": what_waits(plan),
            "fields_asked": ["risks"],
            "reasons": ["risk"],
            "words": "Kurā?",
        },
    )
    assert done.status_code == 302
    decision = fresh(plan).decisions.get()
    assert decision.fields == ["risks"] and decision.reason.endswith("Kurā?")
    prepare = signed_in(cast.anna).get(url("prepare", plan))
    assert [row.key for row in prepare.context["tasks"] if row.state_key == "returned"] == ["risks"]


def test_the_second_sending_shows_only_the_difference(cast: Cast) -> None:
    plan = returned_and_sent_again(cast)
    changes = {change.name: change for change in since_last_sending(fresh(plan)) or []}
    assert set(changes) == {"situation", "risks"}
    assert changes["situation"].asked and not changes["situation"].same
    assert [piece.text for piece in changes["situation"].pieces if piece.kind == "new"] == ["ģeometriju."]
    assert changes["risks"].same
    page = signed_in(cast.expert).get(url("decide", plan)).content.decode()
    assert "<ins>ģeometriju.</ins>" in page


def test_who_read_something_else_decides_nothing(cast: Cast) -> None:
    plan = approved(cast)
    amend_plan(by=cast.anna, plan=plan, hours_per_month="14", reason="Vairāk laika")
    seen = what_waits(fresh(plan))
    amend_plan(by=cast.anna, plan=fresh(plan), hours_per_month="18", reason="Vēl vairāk")
    signed_in(cast.expert).post(url("decide", plan), {"act": "approve", "seen": seen})
    assert fresh(plan).hours_per_month == 12
    assert what_waits(fresh(plan)) != seen


def typed(**more: Any) -> dict[str, Any]:
    """The form of a change as a browser sends it where nothing was changed."""
    return {
        "ground": "failing_and_leaving", "hours_per_month": "12", "has_failing": "on", "has_early_leaving": "on",
        "why_failing": "Nesekmīgs matemātikā kopš pavasara.", "why_early_leaving": "Kavē pirmās stundas.",
        "reason": "Nepieciešams citādi", **more,
    }  # fmt: skip


def test_a_change_says_beforehand_what_waits_and_what_holds_at_once(cast: Cast) -> None:
    plan = approved(cast)
    client = signed_in(cast.anna)
    look = client.post(url("amend", plan), typed(hours_per_month="16", why_failing="Nesekmīgs ķīmijā."))
    assert [change.name for change in look.context["waits"]] == ["hours_per_month"]
    assert [change.name for change in look.context["at_once"]] == ["risks"]
    assert fresh(plan).risks.get(kind="failing").reason == "Nesekmīgs matemātikā kopš pavasara."
    seal = look.context["seal"]
    other = client.post(url("amend", plan), typed(hours_per_month="20", confirmed=seal))
    assert other.status_code == 200 and not fresh(plan).amendments.exists()
    done = client.post(
        url("amend", plan), typed(hours_per_month="16", why_failing="Nesekmīgs ķīmijā.", confirmed=seal)
    )
    assert done.status_code == 302
    assert fresh(plan).hours_per_month == 12
    assert fresh(plan).amendments.get().changes == {"hours_per_month": 16}
    assert fresh(plan).risks.get(kind="failing").reason == "Nesekmīgs ķīmijā."


def test_suspending_needs_a_reason_and_loses_nothing(cast: Cast) -> None:
    plan = approved(cast)
    client = signed_in(cast.anna)
    assert client.post(url("suspend", plan), {"reason": ""}).status_code == 422
    assert client.post(url("suspend", plan), {"reason": "Slimo"}).status_code == 302
    assert fresh(plan).state == "suspended"
    assert client.post(url("resume", plan), {"go": "1"}).status_code == 302
    assert fresh(plan).state == "active"


def test_what_cannot_be_done_says_why(cast: Cast) -> None:
    plan = approved(cast)
    page = signed_in(cast.anna).get(reverse("desk:plan", args=[plan.public_id]))
    why = {row.key: row.why_not for row in page.context["life"]}
    assert why["suspend"] == "" and why["resume"] and why["withdraw"] and why["extend"]
    assert signed_in(cast.anna).get(url("extend", plan)).status_code == 302


def test_the_expert_has_no_buttons_of_the_preparer(cast: Cast) -> None:
    plan = approved(cast)
    assert not signed_in(cast.expert).get(reverse("desk:plan", args=[plan.public_id])).context["life"]
    assert signed_in(cast.expert).post(url("suspend", plan), {"reason": "x"}).status_code == 403


def test_a_question_goes_to_the_other_side_and_back(cast: Cast) -> None:
    plan = approved(cast)
    mentor, school = signed_in(cast.ilze.user), signed_in(cast.responsible)
    assert mentor.post(url("questions", plan), {"act": "ask", "text": " "}).status_code == 422
    assert (
        mentor.post(url("questions", plan), {"act": "ask", "text": "Kad ir konsultācijas?"}).status_code
        == 302
    )
    question = PlanQuestion.objects.get()
    assert url("questions", plan) in school.get("/").content.decode()
    own = {"act": "answer", "question": str(question.public_id), "text": "Pats sev"}
    assert mentor.post(url("questions", plan), own).status_code == 403
    assert school.post(url("questions", plan), own | {"text": "Otrdienās"}).status_code == 302
    close = {"act": "close", "question": str(question.public_id)}
    assert school.post(url("questions", plan), close).status_code == 403
    assert mentor.post(url("questions", plan), close).status_code == 302
    assert PlanQuestion.objects.get().state == "closed"


def test_nobody_else_reads_the_questions(cast: Cast) -> None:
    plan = approved(cast)
    ask_question(by=cast.anna, plan=plan, text="Vai tikāties?")
    for stranger in (cast.expert, cast.gints, cast.andris.user):
        assert signed_in(stranger).get(url("questions", plan)).status_code == 404
