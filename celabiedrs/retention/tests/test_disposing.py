"""Kept to the end of 2034, disposed of by two from the day after, and nothing else with it (ARC-1)."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, models, transaction

from celabiedrs.closing.actions import close_plan, evaluate, hand_over
from celabiedrs.closing.models import PlannedEnding, PreparerFeedback, ReviewExcuse
from celabiedrs.contracts.models import Contract
from celabiedrs.evidence.models import DrawnPlan, SampleDraw
from celabiedrs.hours.models import MeetingSignature, NextMeeting, NoMeetings
from celabiedrs.lib.acts import Done, NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.documents.issuing import issue
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import files_root
from celabiedrs.lib.outbox.models import Message
from celabiedrs.notes.actions import write_note
from celabiedrs.pay.models import Correction, CorrectionPart, PayLine, PayRun
from celabiedrs.people.models import Post
from celabiedrs.plans.actions import log_talk
from celabiedrs.plans.models import (
    AgreementDraft,
    AgreementSignature,
    AgreementText,
    AuditSample,
    Learner,
    LearnerCorrection,
    LearnerTransfer,
    PersonalCode,
    PlanQuestion,
    PlanSketch,
    PlanSubmission,
    SupportPlan,
)
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.actions import dispose, erasure, hold, release, would_dispose
from celabiedrs.retention.actions.erasure import OF_A_LEARNER, OF_A_PLAN
from celabiedrs.retention.models import Disposal, Hold
from celabiedrs.safeguarding.actions import acknowledge_report, close_report, raise_report
from celabiedrs.safeguarding.models import SafeguardingReport
from tests.cast import at, riga
from tests.cast.programme import Cast

DAY = date(2035, 1, 1)
MORNING = "2035-01-01 10:00"


def disposed(cast: Cast, before: object = DAY, *, moment: str = MORNING, **changed: Any) -> Done[Disposal]:
    with at(moment):
        return dispose(by=cast.admin, before=before, **({"agreed_by": cast.admin2} | changed))


def papers_and_decisions(cast: Cast, plan: SupportPlan, mentor: Mentor) -> None:
    moment = riga("2026-10-06 09:00")
    AgreementText.objects.create(agreement=plan.agreements.get(), situation="Kavē")
    by = {"saved_by": cast.preparer, "saved_at": moment}
    AgreementDraft.objects.create(plan=plan, situation="Kavē", **by)
    AgreementSignature.objects.create(
        agreement=plan.agreements.get(), party="mentor", means="device", content_hash="0" * 64, signed_at=moment,
        taken_by=cast.preparer,
    )  # fmt: skip
    PlanSketch.objects.create(learner=plan.learner, **by)
    PlanSubmission.objects.create(plan=plan, by=cast.preparer, at=moment, values={})
    PlanQuestion.objects.create(plan=plan, side="mentor", text="?", asked_by=mentor.user, asked_at=moment)
    PersonalCode.objects.create(learner=plan.learner, code="-", entered_by=cast.preparer, entered_at=moment)
    LearnerTransfer.objects.create(
        learner=plan.learner, asked_by=cast.far_preparer, asked_at=moment, to=cast.far_school
    )
    LearnerCorrection.objects.create(
        learner=plan.learner,
        name_before="Jānis",
        name_after="Jānis K.",
        born_before=date(2012, 1, 1),
        born_after=date(2012, 1, 2),
        reason="Pārrakstīšanās",
        corrected_by=cast.preparer,
        corrected_at=moment,
    )
    NoMeetings.objects.create(plan=plan, mentor=mentor, month=date(2026, 9, 1), said_at=moment)
    NextMeeting.objects.create(plan=plan, mentor=mentor, planned_on=date(2026, 9, 1), said_at=moment)
    PreparerFeedback.objects.create(plan=plan, text="Labi", given_by=cast.preparer, given_at=moment)
    PlannedEnding.objects.create(plan=plan, way="continue", chosen_by=cast.preparer, chosen_at=moment)
    ReviewExcuse.objects.create(
        plan=plan, mentor=mentor, reason="Aizbraucis", given_by=cast.responsible, given_at=moment
    )
    plan.suspensions.create(since=moment, until=moment, reason="Slimo")
    decision = plan.decisions.create(kind="approved", by=cast.expert, at=moment)
    plan.amendments.create(changes={}, reason="Vairāk", proposed_at=moment, decision=decision)
    post = Post.objects.get(person=cast.auditor)
    AuditSample.objects.create(post=post, plan=plan)
    draw = SampleDraw.objects.create(
        post=post, semester=plan.label, least=1, start=0, population=1, drawn_by=cast.expert, drawn_at=moment
    )
    DrawnPlan.objects.create(draw=draw, plan=plan, amount=0)


def a_whole_life(cast: Cast, plan: SupportPlan) -> None:
    """A plan with something in every table that belongs to one."""
    mentor = plan.mentor
    assert mentor is not None
    with at("2026-10-06 18:00"):
        write_note(by=mentor.user, plan=plan, text="Piezīme")
        report = raise_report(
            by=mentor.user, plan=plan, grounds="danger", text="Redzēju", leave_out=[cast.head]
        ).thing
        acknowledge_report(by=cast.officer, report=report)
        close_report(by=cast.officer, report=report, what="Pārbaudīts")
        log_talk(by=cast.responsible, plan=plan, day=date(2026, 10, 5))
    sheet = cast.month(plan, date(2026, 10, 1), mentor=mentor)
    meeting = sheet.meetings.get()
    MeetingSignature.objects.create(
        meeting=meeting,
        party="mentor",
        means="device",
        content_hash=meeting.content_hash(),
        signed_at=meeting.ends_at,
        taken_by=mentor.user,
    )
    papers_and_decisions(cast, plan, mentor)
    sheet.paper_scan = cast.scan()
    sheet.save()
    moment = riga("2026-11-10 09:00")
    run, _ = PayRun.objects.get_or_create(
        employer=cast.school,
        month=date(2026, 10, 1),
        defaults={
            "state": "approved",
            "prepared_by": cast.head,
            "prepared_at": moment,
            "approved_by": cast.head,
            "approved_at": moment,
        },
    )
    correction = Correction.objects.create(
        timesheet=sheet, hours_before=2, hours=1, reason="Kļūda", made_by=cast.responsible, made_at=moment
    )
    CorrectionPart.objects.create(correction=correction, timesheet=sheet, rate="11.40", hours=-1)
    line = {"run": run, "timesheet": sheet, "mentor": mentor, "plan": plan, "rate": "11.40"}
    PayLine.objects.create(**line, hours=2, amount="22.80")
    PayLine.objects.create(**line, hours=-1, amount="-11.40", correction=correction)
    with at("2026-12-19 09:00"):
        issue(
            b"%PDF", kind="timesheet", subject_kind="Timesheet", subject_id=sheet.pk, number=sheet.code,
            name="x.pdf", by=mentor.user,
        )  # fmt: skip
        evaluate(by=mentor.user, plan=plan, closed=[1, 2, 3], open_answers=["a", "b"], go_on="no")
        hand_over(by=mentor.user, plan=plan)
        close_plan(by=cast.preparer, plan=plan, outcome="finished_well")
        looked(cast.expert, role="project_expert", what="plan", thread=plan.public_id)


def test_records_are_kept_to_the_end_of_2034_and_go_the_day_after(cast: Cast) -> None:
    cast.end(cast.plan, "2026-12-18 12:00")
    assert disposed(cast, date(2034, 12, 31), moment="2034-12-31 10:00").thing.disposed == 0
    with pytest.raises(Refused) as no:
        disposed(cast, DAY, moment="2034-12-31 23:59")
    assert no.value.clauses == ("ARC-1",)
    assert SupportPlan.objects.exists()
    assert disposed(cast, DAY, moment="2035-01-01 00:00").thing.disposed == 1
    assert not SupportPlan.objects.exists()


def test_nothing_goes_before_a_day_that_is_before_the_last_day_of_keeping(cast: Cast) -> None:
    cast.end(cast.plan, "2026-12-18 12:00")
    assert disposed(cast, date(2034, 12, 31)).thing.disposed == 0


@pytest.mark.parametrize("before", [None, "", "rīt", True])
def test_a_disposal_names_its_day(cast: Cast, before: object) -> None:
    with pytest.raises(Refused) as no:
        disposed(cast, before)
    assert no.value.clauses == ("ARC-1",)


def test_one_administrator_alone_disposes_of_nothing(cast: Cast) -> None:
    cast.end(cast.plan, "2026-12-18 12:00")
    for second in (None, cast.admin, cast.head, cast.expert, "admin2"):
        with pytest.raises(Refused) as no:
            disposed(cast, agreed_by=second)
        assert no.value.clauses == ("ARC-1",)
    assert SupportPlan.objects.exists()


def test_only_administrators_hold_and_dispose(cast: Cast) -> None:
    with at(MORNING):
        for person in (cast.head, cast.expert, cast.auditor, cast.ilze.user):
            for act in (
                lambda who: dispose(by=who, before=DAY, agreed_by=cast.admin),
                lambda who: hold(by=who, thing=cast.plan, reason="Tiesa"),
                lambda who: release(by=who, thing=cast.plan, reason="Tiesa"),
                lambda who: would_dispose(by=who, before=DAY),
            ):
                with pytest.raises(NotAllowed):
                    act(person)


@pytest.mark.parametrize(
    "state", [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED, PlanState.ACTIVE]
)
def test_an_open_plan_is_passed_over_and_counted_apart(cast: Cast, state: str) -> None:
    cast.plan.state = state
    cast.plan.save()
    certificate = disposed(cast).thing
    assert (certificate.disposed, certificate.counts["open"]) == (0, 1)
    assert SupportPlan.objects.exists()


def test_a_withdrawn_plan_goes_too(cast: Cast) -> None:
    cast.end(cast.plan, "2026-09-02 12:00", PlanState.WITHDRAWN)
    assert disposed(cast).thing.disposed == 1


def test_a_plan_that_ran_beyond_the_day_is_kept_to_its_own_end(cast: Cast) -> None:
    cast.plan.ends_on = date(2035, 5, 31)
    cast.plan.save()
    cast.end(cast.plan, "2034-12-31 12:00")
    assert disposed(cast).thing.disposed == 0
    assert disposed(cast, date(2035, 6, 1), moment="2035-06-01 09:00").thing.disposed == 1


@pytest.mark.parametrize("what", ["plan", "janis", "contract", "ilze", "sheet"])
def test_what_is_on_hold_is_passed_over_until_it_is_released(cast: Cast, what: str) -> None:
    sheet = cast.month(cast.plan, date(2026, 10, 1))
    cast.end(cast.plan, "2026-12-18 12:00")
    other = cast.end(
        cast.planned(cast.learner("Pēteris"), cast.andris, cast.contracted(cast.andris, cast.school)),
        "2026-12-18 12:00",
    )
    thing = sheet if what == "sheet" else getattr(cast, what)
    with at(MORNING):
        hold(by=cast.admin, thing=thing, reason="Tiesvedība")
    certificate = disposed(cast).thing
    assert (certificate.disposed, certificate.counts["held"]) == (1, 1)
    assert list(SupportPlan.objects.all()) == [cast.plan]
    assert not SupportPlan.objects.filter(pk=other.pk).exists()
    with at(MORNING):
        release(by=cast.admin2, thing=thing, reason="Lieta beigusies")
    assert disposed(cast).thing.disposed == 1


def test_a_hold_and_its_release_say_why_and_happen_once(cast: Cast) -> None:
    with at(MORNING):
        with pytest.raises(WrongState):
            release(by=cast.admin, thing=cast.plan, reason="Nav")
        with pytest.raises(Refused) as no:
            hold(by=cast.admin, thing=cast.plan, reason=" ")
        assert no.value.clauses == ("ARC-1",)
        hold(by=cast.admin, thing=cast.plan, reason="Tiesa")
        with pytest.raises(WrongState):
            hold(by=cast.admin, thing=cast.plan, reason="Tiesa")
        with pytest.raises(Refused):
            release(by=cast.admin, thing=cast.plan, reason="")
        release(by=cast.admin, thing=cast.plan, reason="Beigusies")
        hold(by=cast.admin, thing=cast.plan, reason="Atkal")
    assert Hold.objects.filter(released_at=None).count() == 1


def test_a_report_of_danger_that_nobody_has_closed_holds_its_plan(cast: Cast) -> None:
    with at("2026-10-06 18:00"):
        report = raise_report(
            by=cast.ilze.user, plan=cast.plan, grounds="danger", text="Redzēju", services=[]
        ).thing
    cast.end(cast.plan, "2026-12-18 12:00")
    assert disposed(cast).thing.disposed == 0
    with at(MORNING):
        acknowledge_report(by=cast.officer, report=report)
        close_report(by=cast.officer, report=report, what="Pārbaudīts")
    assert disposed(cast).thing.disposed == 1
    assert not SafeguardingReport.objects.exists()


def test_everything_of_the_plan_goes_and_nothing_of_another(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    a_whole_life(cast, cast.plan)
    kept = cast.planned(cast.learner("Pēteris"), cast.andris, cast.contracted(cast.andris, cast.school))
    a_whole_life(cast, kept)
    SupportPlan.objects.filter(pk=kept.pk).update(previous=cast.plan)
    assert not [model.__name__ for model, _ in OF_A_PLAN if not model._base_manager.exists()]
    before = {model: model._base_manager.count() for model, _ in OF_A_PLAN}
    ours = [str(cast.plan.public_id), cast.plan.number]
    paths = list(StoredFile.objects.values_list("path", flat=True))
    with at(MORNING):
        hold(by=cast.admin, thing=kept, reason="Tiesa")
    with django_capture_on_commit_callbacks(execute=True):
        certificate = disposed(cast).thing

    assert list(SupportPlan.objects.values_list("pk", "previous")) == [(kept.pk, None)]
    assert {model: 2 * model._base_manager.count() for model, _ in OF_A_PLAN} == before
    assert [learner.name for learner in Learner.objects.all()] == ["Pēteris"]
    assert [model._base_manager.count() for model in OF_A_LEARNER] == [1, 1, 1, 1]
    assert not Contract.objects.filter(pk=cast.contract.pk).exists()
    assert PayRun.objects.get().lines.count() == 2
    assert IssuedDocument.objects.count() == 1
    told = [
        *Event.objects.values_list("thread", flat=True),
        *Message.objects.values_list("context", flat=True),
    ]
    assert not [said for said in told if any(word in str(said) for word in ours)]
    left = set(StoredFile.objects.values_list("path", flat=True))
    assert {path for path in paths if (files_root() / path).exists()} == left
    assert len(paths) == 2 * len(left)
    assert certificate.counts["rows"]["Timesheet"] == 1
    assert "PrivateNote" not in certificate.counts["rows"]
    assert "Bērziņš" not in str(certificate.counts)
    assert set(Mentor.objects.all()) == {cast.ilze, cast.andris}


def test_every_table_that_hangs_on_a_plan_is_known_to_the_disposal() -> None:
    """A new table with a way to a plan fails here until it is put in its place."""
    known = {model for model, _ in OF_A_PLAN} | {SupportPlan, Learner, *OF_A_LEARNER}
    hanging = {SupportPlan, Learner}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model in hanging
        }
        if more <= hanging:
            break
        hanging |= more
    assert {model.__name__ for model in hanging - known} == {"PrivateNote"}


def test_a_contract_that_serves_another_plan_stays_with_its_scan(cast: Cast) -> None:
    other = cast.planned(cast.learner("Pēteris"), cast.ilze, cast.contract)
    cast.end(cast.plan, "2026-12-18 12:00")
    disposed(cast)
    assert SupportPlan.objects.get() == other
    assert Contract.objects.get().scan is not None


def test_a_learner_with_another_plan_stays(cast: Cast) -> None:
    cast.planned(cast.janis, cast.ilze, cast.contract, semester=2)
    cast.end(cast.plan, "2026-12-18 12:00")
    assert disposed(cast).thing.disposed == 1
    assert Learner.objects.get() == cast.janis


def test_a_file_that_two_plans_share_goes_with_the_last_of_them(cast: Cast) -> None:
    other = cast.planned(cast.learner("Pēteris"), cast.andris, cast.contracted(cast.andris, cast.school))
    shared = cast.plan.request.scan
    other.request.scan = shared
    other.request.save()
    cast.end(cast.plan, "2026-12-18 12:00")
    disposed(cast)
    assert StoredFile.objects.filter(pk=shared.pk).exists()
    cast.end(other, "2026-12-18 12:00")
    disposed(cast)
    assert not StoredFile.objects.filter(pk=shared.pk).exists()


def test_the_dry_run_counts_what_the_deed_takes_and_takes_nothing(cast: Cast) -> None:
    cast.end(cast.plan, "2026-12-18 12:00")
    cast.planned(cast.learner("Pēteris"), cast.ilze, cast.contract)
    with at(MORNING):
        found = would_dispose(by=cast.admin, before=DAY)
    assert (found.plans, found.held, found.open) == ((cast.plan.pk,), 0, 1)
    assert SupportPlan.objects.count() == 2
    assert disposed(cast).thing.disposed == len(found.plans)


def test_many_plans_go_in_batches_of_one_deed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "BATCH", 2)
    cast.end(cast.plan, "2026-12-18 12:00")
    for number in range(4):
        cast.end(cast.planned(cast.learner(f"Nr {number}"), cast.ilze, cast.contract), "2026-12-18 12:00")
    assert disposed(cast).thing.disposed == 5
    assert not Learner.objects.exists()


def test_outside_a_disposal_no_event_goes_and_after_it_the_lock_is_shut_again(cast: Cast) -> None:
    cast.end(cast.plan, "2026-12-18 12:00")
    disposed(cast)
    assert Event.objects.filter(verb="disposed").exists()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Event.objects.all()._raw_delete("default")
