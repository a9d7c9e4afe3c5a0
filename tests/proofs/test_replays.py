"""R3: each form's key is sent five times in parallel: one effect, five equal answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import reverse

from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.once import guard
from celabiedrs.pay.models import PayRun, RunState, UnitRate
from celabiedrs.people.models import Post, Role, User
from tests.cast import signed_in
from tests.cast.meetings import Cast, put_meeting, put_person
from tests.proofs.conftest import all_at_once
from tests.proofs.pages import form_on

pytestmark = pytest.mark.slow

TIMES = 5
SEPTEMBER = date(2026, 9, 1)


@dataclass
class Sending:
    """A form as a person found it and filled it in; `verb` is the event of its act."""

    by: User
    path: str
    fields: dict[str, str]
    verb: str

    def five_times(self) -> tuple[list[tuple[int, str]], int]:
        """Status and place of each answer, and how many times the act was done."""

        def one() -> tuple[int, str]:
            browser = signed_in(self.by)
            answer = browser.post(self.path, self.fields)
            return answer.status_code, answer.headers.get("Location", "")

        before = Event.objects.filter(verb=self.verb).count()
        answers = all_at_once([one] * TIMES)
        return answers, Event.objects.filter(verb=self.verb).count() - before


class Story:
    """One September from the meeting to pay, told by forms: each step is the next one's ground."""

    def __init__(self) -> None:
        self.cast: Cast = Cast()
        self.clerk, self.head = put_person("Aina Lapiņa"), put_person("Gunārs Vītols")
        for person, role in ((self.clerk, Role.PAY_CLERK), (self.head, Role.HEAD)):
            Post.objects.create(
                person=person, role=role, institution=self.cast.school, since=date(2026, 8, 1)
            )
        UnitRate.objects.get_or_create(
            since=date(2024, 9, 1), defaults={"amount": "9.50", "published_at": clock.now()}
        )
        self.plan = self.cast.janis

    def sending(self, by: User, path: str, verb: str, marked: dict[str, str], **typed: str) -> Sending:
        browser = signed_in(by)
        return Sending(by, path, form_on(browser, path, **marked) | typed, verb)

    def record(self) -> Sending:
        path = reverse("hours:record", args=[self.plan.public_id])
        row = {"outcome": "held", "day": "2026-09-14", "hours": "2", "start": "15:00", "topic": "Pastaiga"}
        return self.sending(self.cast.user, path, "recorded", {}, **row)

    def sign_learner(self) -> Sending:
        path = reverse("hours:sign", args=[self._row().public_id])
        return self.sending(self.cast.user, path, "signed", {}, learner_typed="Jānis Paraugs", answer="right")

    def sign_mentor(self) -> Sending:
        path = reverse("hours:sign-mentor", args=[self._row().public_id])
        return self.sending(self.cast.user, path, "signed", {}, mentor_typed="Ilze Ozola")

    def submit(self) -> Sending:
        path = reverse("hours:month", args=[self.plan.public_id, SEPTEMBER])
        return self.sending(self.cast.user, path, "submitted", {}, declared="on")

    def verify(self) -> Sending:
        path = reverse("hours:pair", args=[self._sheet().public_id])
        return self.sending(self.cast.responsible, path, "verified", {"act": "verify"})

    def prepare(self) -> Sending:
        path = reverse("pay:runs") + "?month=2026-09"
        return self.sending(self.clerk, path, "prepared", {}, month="2026-09")

    def approve(self) -> Sending:
        run = PayRun.objects.get(employer=self.cast.school)
        return self.sending(
            self.head, reverse("pay:run", args=[run.public_id]), "approved", {"do": "approve"}
        )

    def send(self) -> Sending:
        run = PayRun.objects.get(employer=self.cast.school)
        return self.sending(self.clerk, reverse("pay:run", args=[run.public_id]), "sent", {"do": "send"})

    def _row(self) -> Meeting:
        return Meeting.objects.get(plan=self.plan)

    def _sheet(self) -> Timesheet:
        return Timesheet.objects.get(plan=self.plan)


STEPS = ("record", "sign_learner", "sign_mentor", "submit", "verify", "prepare", "approve", "send")


def test_each_form_on_the_way_to_pay_sent_five_times_has_one_effect_and_five_equal_answers(
    october: None, capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story()
    for step in STEPS:
        answers, effects = getattr(story, step)().five_times()
        assert effects == 1, (step, effects, answers)
        assert len(set(answers)) == 1, (step, answers)
        assert answers[0][0] == 302, (step, answers)
    assert story._row().signed_by_both
    assert story._sheet().state == SheetState.VERIFIED
    assert PayRun.objects.get(employer=story.cast.school).state == RunState.SENT
    with capsys.disabled():
        print(f"\nreplays: {len(STEPS)} forms × {TIMES} in parallel, {len(STEPS)} effects, answers equal")


def test_without_the_guard_the_replays_are_seen(
    october: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guard, "_key", lambda request: None)
    story = Story()
    seen = []
    for step in STEPS:
        answers, effects = getattr(story, step)().five_times()
        if effects != 1 or len(set(answers)) != 1:
            seen.append(step)
    assert {"record", "approve"} <= set(seen)
    with capsys.disabled():
        print(f"\nreplays without the guard: seen at {', '.join(seen)}")


def test_the_same_day_sent_five_times_with_five_keys_is_five_sendings(october: None) -> None:
    """The key tells a repeat from a second meeting; what stops the second meeting is a rule (TG-4)."""
    story = Story()
    put_meeting(story.plan, date(2026, 9, 15), 1, signed=False)
    keys: list[Callable[[], int]] = []
    for _ in range(TIMES):
        sending = story.record()
        browser = signed_in(sending.by)
        keys.append(
            lambda sending=sending, browser=browser: browser.post(sending.path, sending.fields).status_code
        )
    assert sorted(all_at_once(keys)) == [302, 422, 422, 422, 422]
