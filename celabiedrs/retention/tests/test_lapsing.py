"""The night takes the shorter classes: the right rows, on their day, and nothing that is evidence or on hold."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models

from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.audit.record import looked, record
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import files_root
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import post
from celabiedrs.people.models import AccountLetter, FailedSignIn, LetterKind, OneTimeLink, Post, Role, User
from celabiedrs.plans.models import AgreementDraft, Learner, PlanSketch, SupportPlan, SupportRequest
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import (
    EducationGround,
    FirstTalk,
    Mentor,
    SuitabilityCheck,
    TrainingCertificate,
)
from celabiedrs.retention.actions import hold
from celabiedrs.retention.actions.lapse import lapse
from celabiedrs.retention.models import Lapse
from celabiedrs.retention.reading import lapses
from celabiedrs.rules.retention import erased_on, lapses_from
from celabiedrs.safeguarding.actions import raise_report
from tests.cast import at, riga
from tests.cast.programme import Cast

MOMENT = riga("2026-09-15 10:00")


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Andris, who stands by nobody yet, is trained: no candidate."""
    TrainingCertificate.objects.create(
        mentor=cast.andris, number="AM-1", issued_on=date(2026, 1, 9), hours=36
    )
    return cast


def night(day: date | str) -> dict[str, int]:
    with at(f"{day} 02:30"):
        return lapse()


def draft(cast: Cast, state: str = PlanState.DRAFT, **more: Any) -> SupportPlan:
    """A plan of a learner of its own that was never approved, over on 18.12.2026."""
    learner = cast.learner(f"Nr {Learner.objects.count()}")
    contract = more.pop("contract", cast.contract)
    return cast.planned(learner, cast.ilze, contract, **({"state": state, "approved_at": None} | more))


def without_papers(plan: SupportPlan) -> None:
    plan.agreements.all().delete()
    SupportRequest.objects.filter(plan=plan).delete()


def sketch(cast: Cast) -> models.Model:
    learner = cast.learner("Skice")
    return PlanSketch.objects.create(learner=learner, saved_by=cast.preparer, saved_at=MOMENT)


def agreement_draft(cast: Cast) -> models.Model:
    return AgreementDraft.objects.create(
        plan=cast.plan, situation="Kavē", saved_by=cast.preparer, saved_at=MOMENT
    )


def learner(cast: Cast) -> models.Model:
    found = cast.learner("Bez plāna")
    Learner.objects.filter(pk=found.pk).update(enrolled_at=MOMENT)
    return found


def candidate(cast: Cast) -> models.Model:
    mentor = cast.mentor("Kandidāte")
    Mentor.objects.filter(pk=mentor.pk).update(enrolled_at=MOMENT)
    EducationGround.objects.create(mentor=mentor, kind="secondary")
    SuitabilityCheck.objects.create(
        mentor=mentor, employer=cast.school, ground="education_law_50", checked_on=MOMENT.date(),
        outcome="clear", recorded_at=MOMENT,
    )  # fmt: skip
    record(mentor, "enrolled", by=cast.admin)
    looked(cast.admin, role="programme_administrator", what="mentor", thread=mentor.public_id)
    return mentor


def talk(cast: Cast, outcome: str = "declined") -> models.Model:
    return FirstTalk.objects.create(
        mentor=cast.ilze, institution=cast.school, held_on=MOMENT.date(), outcome=outcome, logged_at=MOMENT
    )


def look(cast: Cast) -> models.Model:
    with at("2026-09-15 10:00"):
        looked(cast.expert, role="project_expert", what="plan", thread=cast.plan.public_id)
    return Look.objects.latest("pk")


def message(cast: Cast) -> models.Model:
    with at("2026-09-15 10:00"):
        return post(to=cast.head, kind="plan_ended", context={"plan": str(cast.plan.public_id)})


def account(cast: Cast) -> models.Model:
    person = cast.person(Role.PREPARER, institution=cast.school)
    person.posts.update(until=MOMENT.date())
    return person


def link(cast: Cast) -> models.Model:
    return OneTimeLink.objects.create(
        person=cast.head, digest="0" * 64, made_at=MOMENT - timedelta(days=1), expires_at=MOMENT
    )


def session(cast: Cast) -> models.Model:
    return Session.objects.create(session_key="vecs", session_data="-", expire_date=MOMENT)


def confirmation(cast: Cast) -> models.Model:
    address = EmailAddress.objects.create(user=cast.head, email=cast.head.email)
    return EmailConfirmation.objects.create(email_address=address, key="k", created=MOMENT)


def device(cast: Cast) -> models.Model:
    row = UserSession.objects.create(user=cast.head, session_key="vecs", ip="192.0.2.1")
    UserSession.objects.filter(pk=row.pk).update(created_at=MOMENT)
    return row


def wrong_password(cast: Cast) -> models.Model:
    return FailedSignIn.objects.create(account="0" * 64, client="0" * 64, at=MOMENT)


def letter(cast: Cast) -> models.Model:
    return AccountLetter.objects.create(
        kind=LetterKind.INVITATION, person=cast.head, address=cast.head.email, asked_at=MOMENT
    )


def loose_file(cast: Cast) -> models.Model:
    found = cast.scan()
    StoredFile.objects.filter(pk=found.pk).update(stored_at=MOMENT)
    return found


CASES: dict[str, tuple[Callable[[Cast], models.Model], date]] = {
    "drafts": (draft, date(2027, 6, 18)),
    "sketches": (sketch, date(2027, 3, 15)),
    "agreement_drafts": (agreement_draft, date(2027, 3, 15)),
    "files": (loose_file, date(2027, 3, 15)),
    "learners": (learner, date(2027, 9, 15)),
    "candidates": (candidate, date(2027, 9, 15)),
    "talks": (talk, date(2027, 9, 15)),
    "looks": (look, date(2028, 9, 15)),
    "messages": (message, date(2027, 9, 15)),
    "accounts": (account, date(2027, 9, 15)),
    "links": (link, date(2026, 9, 22)),
    "sessions": (session, date(2026, 9, 22)),
    "devices": (device, date(2026, 9, 22)),
    "failed": (wrong_password, date(2026, 9, 22)),
    "letters": (letter, date(2026, 9, 22)),
    "confirmations": (confirmation, date(2026, 9, 22)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_row_of_a_shorter_class_is_there_the_day_before_and_gone_on_its_day(cast: Cast, name: str) -> None:
    make, day = CASES[name]
    made = make(cast)
    rows = type(made)._base_manager.filter(pk=made.pk)
    assert name not in night(day - timedelta(days=1))
    assert rows.exists()
    assert night(day)[name] == 1
    assert not rows.exists()
    assert Lapse.objects.get(name=name).rows == 1
    assert name not in night(day)
    assert SupportPlan.objects.filter(pk=cast.plan.pk).exists()


def test_every_shorter_class_has_its_case() -> None:
    assert set(CASES) == {kind.name for kind in lapses.SHORTER}


def test_the_border_of_short_months_is_found_both_ways() -> None:
    day, length = date(2027, 2, 28), "drafts_kept_months"
    assert lapses_from(length, day, day) == date(2026, 8, 31)
    assert erased_on(length, date(2026, 8, 31), day) == day
    assert lapses_from(length, day - timedelta(days=1), day) == date(2026, 8, 27)


@pytest.mark.parametrize(
    ("state", "approved"),
    [("submitted", False), ("active", True), ("ended", True), ("withdrawn", True), ("suspended", True)],
)
def test_a_plan_that_was_approved_or_waits_for_the_expert_is_never_a_draft(
    cast: Cast, state: str, approved: bool
) -> None:
    moments = {f"{state}_at": MOMENT} if state in {"ended", "withdrawn", "suspended"} else {}
    kept = draft(cast, state, approved_at=MOMENT if approved else None, **moments)
    assert "drafts" not in night("2030-01-01")
    assert SupportPlan.objects.filter(pk=kept.pk).exists()


def test_a_withdrawn_plan_is_counted_from_its_last_day_or_its_withdrawal(cast: Cast) -> None:
    early = draft(cast, PlanState.WITHDRAWN, withdrawn_at=riga("2026-09-02 12:00"))
    late = draft(cast, PlanState.WITHDRAWN, withdrawn_at=riga("2026-11-30 12:00"))
    for plan in (early, late):
        without_papers(plan)
    assert night("2027-03-02")["drafts"] == 1
    assert not SupportPlan.objects.filter(pk=early.pk).exists()
    assert SupportPlan.objects.filter(pk=late.pk).exists()
    assert night("2027-05-30")["drafts"] == 1


@pytest.mark.parametrize("state", [PlanState.RETURNED, PlanState.WITHDRAWN])
def test_what_was_sent_to_the_expert_is_evidence(cast: Cast, state: str) -> None:
    withdrawn = {"withdrawn_at": MOMENT} if state == PlanState.WITHDRAWN else {}
    sent = draft(cast, state, first_submitted_at=MOMENT, **withdrawn)
    without_papers(sent)
    assert "drafts" not in night("2034-12-31")


def test_a_withdrawn_plan_keeps_the_papers_that_were_signed_for_it(cast: Cast) -> None:
    draft(cast, PlanState.WITHDRAWN, withdrawn_at=MOMENT)
    assert "drafts" not in night("2034-12-31")


def test_a_draft_goes_alone_and_leaves_learner_contract_and_what_is_evidence(cast: Cast) -> None:
    went = draft(cast, contract=cast.contracted(cast.ilze, cast.school))
    contract, person = went.contract, went.learner
    AgreementDraft.objects.create(plan=went, saved_by=cast.preparer, saved_at=MOMENT)
    night("2027-06-18")
    assert not SupportPlan.objects.filter(pk=went.pk).exists()
    assert contract is not None and type(contract).objects.filter(pk=contract.pk).exists()
    assert Learner.objects.filter(pk=person.pk).exists()
    assert not AgreementDraft.objects.filter(plan=went.pk).exists()


def test_a_draft_about_which_danger_was_reported_stays(cast: Cast) -> None:
    kept = draft(cast)
    with at("2026-10-06 18:00"):
        raise_report(by=cast.ilze.user, plan=kept, grounds="danger", text="Redzēju", services=[])
    assert "drafts" not in night("2034-01-01")


@pytest.mark.parametrize(
    "name", ["drafts", "sketches", "learners", "candidates", "talks", "looks", "messages"]
)
def test_what_is_on_hold_stays_and_goes_after_the_release(cast: Cast, name: str) -> None:
    make, day = CASES[name]
    made = make(cast)
    thing = {
        "sketches": lambda: made.learner,  # type: ignore[attr-defined]
        "talks": lambda: cast.ilze,
        "looks": lambda: cast.plan,
        "messages": lambda: cast.plan,
    }.get(name, lambda: made)()
    with at("2027-01-04 10:00"):
        held = hold(by=cast.admin, thing=thing, reason="Tiesvedība").thing
    assert name not in night(day)
    assert type(made)._base_manager.filter(pk=made.pk).exists()
    held.released_at = MOMENT
    held.save()
    assert night(day)[name] == 1


def test_a_school_on_hold_keeps_its_learners_without_a_plan(cast: Cast) -> None:
    kept = learner(cast)
    with at("2027-01-04 10:00"):
        hold(by=cast.admin, thing=cast.school, reason="Pārbaude")
    night("2028-01-01")
    assert Learner.objects.filter(pk=kept.pk).exists()


def test_a_learner_for_whom_something_was_done_lately_stays(cast: Cast) -> None:
    kept = learner(cast)
    PlanSketch.objects.create(learner=kept, saved_by=cast.preparer, saved_at=riga("2027-05-01 10:00"))
    assert "learners" not in night("2027-09-15")
    assert Learner.objects.filter(pk=kept.pk).exists()


def test_a_learner_with_a_plan_stays_however_long_ago_enrolled(cast: Cast) -> None:
    assert "learners" not in night("2034-12-31")
    assert Learner.objects.filter(pk=cast.janis.pk).exists()


def test_a_trained_mentor_and_one_with_a_contract_are_no_candidates(cast: Cast) -> None:
    trained = candidate(cast)
    TrainingCertificate.objects.create(mentor=trained, number="AM-9", issued_on=MOMENT.date(), hours=36)
    employed = candidate(cast)
    cast.contracted(employed, cast.school)  # type: ignore[arg-type]
    assert "candidates" not in night("2034-12-31")


def test_with_a_candidate_goes_the_whole_entry_and_then_the_account(cast: Cast) -> None:
    gone = candidate(cast)
    assert isinstance(gone, Mentor)
    EmailAddress.objects.create(user=gone.user, email=gone.user.email)
    assert {"candidates": 1, "accounts": 1}.items() <= night("2027-09-15").items()
    assert not User.objects.filter(pk=gone.user_id).exists()
    assert not SuitabilityCheck.objects.exists()
    assert not EducationGround.objects.exists()
    assert not Event.objects.filter(kind="Mentor", thing_id=gone.pk).exists()
    assert not Look.objects.filter(thread=gone.public_id).exists()


@pytest.mark.parametrize("outcome", ["agreed"])
def test_a_talk_that_led_to_something_stays(cast: Cast, outcome: str) -> None:
    talk(cast, outcome)
    assert "talks" not in night("2034-12-31")


def test_an_account_that_did_something_keeps_the_name_and_nothing_else(cast: Cast) -> None:
    person = account(cast)
    assert isinstance(person, User)
    EmailAddress.objects.create(user=person, email=person.email)
    record(cast.plan, "submitted", by=person)
    assert night("2027-09-15")["accounts"] == 1
    closed = User.objects.get(pk=person.pk)
    assert (closed.name, closed.is_active, closed.has_usable_password()) == (person.name, False, False)
    assert closed.email.endswith("@example.invalid")
    assert not EmailAddress.objects.filter(user=closed).exists()
    assert "accounts" not in night("2027-09-16")


def test_an_account_with_a_post_now_or_later_stays(cast: Cast) -> None:
    now, later = account(cast), account(cast)
    for person, since in ((now, date(2026, 10, 1)), (later, date(2028, 1, 1))):
        Post.objects.create(person=person, role=Role.HEAD, institution=cast.school, since=since)
    assert "accounts" not in night("2027-12-01")


def test_a_file_to_which_a_row_points_stays_and_the_bytes_of_a_loose_one_go(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    gone = loose_file(cast)
    assert isinstance(gone, StoredFile)
    StoredFile.objects.update(stored_at=MOMENT)
    assert cast.contract.scan is not None
    with django_capture_on_commit_callbacks(execute=True):
        night("2027-03-15")
    assert not (files_root() / gone.path).exists()
    assert (files_root() / cast.contract.scan.path).exists()


def test_many_rows_go_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celabiedrs.retention.actions.lapse.BATCH", 2)
    for _ in range(5):
        message(cast)
    assert night("2027-09-15")["messages"] == 5
    assert not Message.objects.exists()


def test_without_its_guard_the_night_would_take_evidence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the tests above: the guard is what they see."""
    kept = draft(cast, PlanState.WITHDRAWN, withdrawn_at=MOMENT, approved_at=MOMENT)
    every = SupportPlan.objects.filter(state=PlanState.WITHDRAWN)
    monkeypatch.setattr(lapses, "never_approved", lambda: every.all())
    night("2027-06-18")
    assert not SupportPlan.objects.filter(pk=kept.pk).exists()


def test_the_clock_of_the_night_is_rigas(cast: Cast) -> None:
    """23:30 UTC on the 14th is the 15th in Riga: the look belongs to the 15th."""
    made = look(cast)
    Look.objects.filter(pk=made.pk).update(at=datetime.fromisoformat("2026-09-14 23:30:00+00:00"))
    assert "looks" not in night("2028-09-14")
    assert night("2028-09-15")["looks"] == 1
