"""The one door through the wall: a report of danger (CNF-2)."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import AuditSample
from celabiedrs.plans.words import PlanState
from celabiedrs.safeguarding.access import report_facts_visible_to, reports_visible_to
from celabiedrs.safeguarding.actions import (
    acknowledge_report,
    close_report,
    escalate_due,
    note_step,
    raise_report,
    refer_report,
)
from celabiedrs.safeguarding.models import ReportState, SafeguardingReport
from tests.cast import at, fresh
from tests.cast.programme import Cast

SEEN = "Redzēju sasitumus"
EVENING = "2026-10-06 18:00"


def raised(cast: Cast, **changed: Any) -> SafeguardingReport:
    values: dict[str, Any] = {"plan": cast.plan, "grounds": "danger", "text": SEEN, "services": ["police"]}
    with at(EVENING):
        return raise_report(by=cast.ilze.user, **(values | changed)).thing


def reads(user: User) -> bool:
    return SafeguardingReport.objects.filter(reports_visible_to(fresh(user))).exists()


def knows(user: User) -> bool:
    return SafeguardingReport.objects.filter(report_facts_visible_to(fresh(user))).exists()


def test_the_author_and_the_named_officer_read_it_and_nobody_else(cast: Cast) -> None:
    raised(cast)
    elsewhere = cast.person(Role.SAFEGUARDING_OFFICER, institution=cast.far_school)
    with at(EVENING):
        assert reads(cast.ilze.user) and reads(cast.officer)
        others = (
            cast.preparer, cast.responsible, cast.head, cast.expert, cast.admin, cast.coordinator, cast.supervisor,
            cast.auditor, cast.andris.user, elsewhere,
        )  # fmt: skip
        assert not any(map(reads, others))


def test_the_expert_and_the_programme_know_that_there_is_one(cast: Cast) -> None:
    raised(cast)
    with at(EVENING):
        assert all(map(knows, (cast.expert, cast.admin, cast.officer)))
        others = (cast.far_expert, cast.auditor, cast.preparer, cast.responsible, cast.head, cast.coordinator)
        assert not any(map(knows, others))
        AuditSample.objects.create(post=Post.objects.get(person=cast.auditor), plan=cast.plan)
        assert knows(cast.auditor) and not reads(cast.auditor)


def test_when_the_officers_post_ends_so_does_the_reading(cast: Cast) -> None:
    raised(cast)
    Post.objects.filter(person=cast.officer).update(until="2026-10-06")
    with at("2026-10-06 23:59"):
        assert reads(cast.officer)
    with at("2026-10-07 00:01"):
        assert not reads(cast.officer)


@pytest.mark.parametrize("state", list(PlanState))
def test_no_state_of_a_plan_blocks_a_report(cast: Cast, state: str) -> None:
    if state == PlanState.SUSPENDED:
        cast.suspend(cast.plan, "2026-10-01 09:00")
    elif state in (PlanState.ENDED, PlanState.WITHDRAWN):
        cast.end(cast.plan, "2026-10-01 09:00", state)
    else:
        cast.plan.state = state
        cast.plan.save()
    assert raised(cast).state == ReportState.RAISED


def test_an_ended_contract_and_a_former_mentor_do_not_block_a_report(cast: Cast) -> None:
    Contract.objects.update(state="ended", ended_on="2026-09-10")
    cast.change_mentor(cast.plan, cast.andris, "2026-09-11 09:00")
    assert raised(cast)


def test_only_a_mentor_of_the_plan_reports(cast: Cast) -> None:
    with at(EVENING):
        for person in (cast.andris.user, cast.preparer, cast.officer, cast.admin):
            with pytest.raises(NotAllowed):
                raise_report(by=person, plan=cast.plan, grounds="danger", text=SEEN, services=["police"])


@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"text": None}, {"grounds": "worry"}, {"grounds": None}, {"grounds": 3}]
)
def test_a_report_says_what_was_seen_and_on_which_ground(cast: Cast, wrong: dict) -> None:
    with pytest.raises(Refused) as no:
        raised(cast, **wrong)
    assert no.value.clauses == ("CNF-2",)
    assert not SafeguardingReport.objects.exists()


@pytest.mark.parametrize("services", [[], None, "police", [" "]])
def test_a_report_without_a_service_goes_through_and_warns(cast: Cast, services: object) -> None:
    with at(EVENING):
        done = raise_report(by=cast.ilze.user, plan=cast.plan, grounds="danger", text=SEEN, services=services)
    assert done.clauses == ("CNF-2",)


def test_who_is_left_out_learns_nothing_whatever_posts_they_hold(cast: Cast) -> None:
    second = cast.person(Role.SAFEGUARDING_OFFICER, institution=cast.school)
    Post.objects.create(person=cast.officer, role=Role.PROGRAMME_ADMINISTRATOR, since="2025-08-01")
    report = raised(cast, leave_out=[cast.officer])
    with at("2026-10-06 19:00"):
        assert escalate_due() == 1
        assert not reads(cast.officer) and not knows(cast.officer)
        assert reads(second)
        with pytest.raises(NotAllowed):
            acknowledge_report(by=fresh(cast.officer), report=report)
    assert not Message.objects.filter(to=cast.officer).exists()
    assert not report.steps.filter(told=cast.officer).exists()


def test_where_no_officer_is_left_the_programme_learns_the_fact_at_once(cast: Cast) -> None:
    with at(EVENING):
        done = raise_report(
            by=cast.ilze.user,
            plan=cast.plan,
            grounds="danger",
            text=SEEN,
            services=["police"],
            leave_out=[cast.officer],
        )
        assert done.clauses == ("CNF-2",)
        told = {message.to for message in Message.objects.filter(kind="report_escalated")}
        assert told == {cast.expert, cast.admin, cast.admin2}
        assert not any(map(reads, told))
        named = cast.person(Role.SAFEGUARDING_OFFICER, institution=cast.school)
        assert reads(named)


def test_a_mentor_who_is_the_officer_does_not_receive_the_own_report(cast: Cast) -> None:
    Post.objects.filter(person=cast.officer).delete()
    Post.objects.create(
        person=cast.ilze.user, role=Role.SAFEGUARDING_OFFICER, institution=cast.school, since="2025-08-01"
    )
    report = raised(cast)
    assert report.escalated_at is not None
    with at(EVENING), pytest.raises(NotAllowed):
        acknowledge_report(by=fresh(cast.ilze.user), report=report)


@pytest.mark.parametrize(("moment", "escalated"), [("2026-10-06 18:59", 0), ("2026-10-06 19:00", 1)])
def test_a_report_that_nobody_acknowledged_within_the_hour_escalates_once(
    cast: Cast, moment: str, escalated: int
) -> None:
    raised(cast)
    with at(moment):
        assert escalate_due() == escalated
        assert escalate_due() == 0
    assert Message.objects.filter(kind="report_escalated").count() == 3 * escalated


def test_an_acknowledged_report_does_not_escalate_and_its_author_gets_the_receipt(cast: Cast) -> None:
    report = raised(cast)
    with at("2026-10-06 18:30"):
        acknowledge_report(by=cast.officer, report=report)
    with at("2026-10-06 21:00"):
        assert escalate_due() == 0
        with pytest.raises(WrongState):
            acknowledge_report(by=cast.officer, report=SafeguardingReport.objects.get())
    assert Message.objects.get(kind="report_acknowledged").to == cast.ilze.user
    assert SafeguardingReport.objects.get().acknowledged_by == cast.officer


def test_only_an_officer_acts_on_a_report(cast: Cast) -> None:
    report = raised(cast)
    for person in (cast.ilze.user, cast.head, cast.preparer, cast.expert, cast.admin):
        for act in (acknowledge_report, refer_report, close_report, note_step):
            with at("2026-10-06 18:30"), pytest.raises(NotAllowed):
                act(by=person, report=report)


def test_what_was_done_is_written_down_until_it_is_closed(cast: Cast) -> None:
    report = raised(cast)
    with at("2026-10-06 18:30"):
        with pytest.raises(WrongState):
            close_report(by=cast.officer, report=report, what="Par ātru")
        acknowledge_report(by=cast.officer, report=report)
        with pytest.raises(Refused) as no:
            refer_report(by=cast.officer, report=report)
        assert no.value.clauses == ("CNF-2",)
        refer_report(by=cast.officer, report=report, what="Bāriņtiesai pa tālruni")
        note_step(by=cast.officer, report=report, what="Tikāmies")
        closed = close_report(by=cast.officer, report=report, what="Bāriņtiesa pārņēma").thing
    assert (closed.state, closed.closed_by) == (ReportState.CLOSED, cast.officer)
    assert list(report.steps.order_by("pk").values_list("what", flat=True)) == [
        "raised", "told", "acknowledged", "Bāriņtiesai pa tālruni", "Tikāmies", "Bāriņtiesa pārņēma",
    ]  # fmt: skip


def test_a_report_is_never_deleted(cast: Cast) -> None:
    report = raised(cast)
    for rows in (report.steps.all(), SafeguardingReport.objects.all()):
        with pytest.raises(ProgrammingError, match="never deleted"), transaction.atomic():
            rows._raw_delete("default")
    assert report.steps.count() == 2


def test_no_event_and_no_message_of_it_holds_a_word_or_stands_on_the_plans_page(cast: Cast) -> None:
    raised(cast)
    about = Event.objects.filter(kind="SafeguardingReport")
    assert about.exists()
    assert not about.filter(thread=cast.plan.public_id).exists()
    said = str([*about.values_list("facts", flat=True), *Message.objects.values_list("context", flat=True)])
    assert SEEN not in said and str(cast.plan.public_id) not in said and cast.plan.number not in said
    assert {message.to for message in Message.objects.all()} == {cast.officer}
