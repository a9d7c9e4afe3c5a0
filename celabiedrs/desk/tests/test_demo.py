"""The demonstration programme: on which days it plays, that every state lives in it, that no rule was passed by."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Max, Q, Sum
from django.test import Client, override_settings

from celabiedrs.hours.models import Meeting, MeetingSignature, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.pay.models import PayLine, PayRun, RunState, UnitRate
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Amendment, Learner, MentorAssignment, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor, SuitabilityCheck
from celabiedrs.rules import calendar as rule_calendar
from celabiedrs.supervision.models import SessionState, SupervisionSession
from rehearsal.demo import sign_in
from rehearsal.demo.days import demo_today, step_in, story_months
from rehearsal.demo.scenery import draw_signature
from rehearsal.demo.story import build

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=clock.RIGA)


# ---------------------------------------------------------------------- days


def semester(year: str, number: int, since: str, until: str) -> rule_calendar.Semester:
    return rule_calendar.Semester(
        year,
        number,
        rule_calendar.ClassGroup.GENERAL,
        date.fromisoformat(since),
        date.fromisoformat(until),
    )


CALENDAR = rule_calendar.Calendar(
    [
        semester("2025/26", 1, "2025-09-01", "2025-12-19"),
        semester("2025/26", 2, "2026-01-05", "2026-05-29"),
        semester("2026/27", 1, "2026-09-01", "2026-12-18"),
        semester("2026/27", 2, "2027-01-04", "2027-05-31"),
    ]
)


@pytest.mark.parametrize(
    ("today", "plays_on"),
    [
        ("2026-11-22", "2026-11-22"),  # a Sunday inside a semester
        ("2026-09-01", "2026-09-01"),
        ("2026-12-18", "2026-12-18"),
        ("2026-12-19", "2026-12-18"),  # between the semesters: the one that was
        ("2027-01-01", "2026-12-18"),  # 4 January is nearer, but nothing is entered before it has happened
        ("2027-01-04", "2027-01-04"),
        ("2027-07-15", "2027-05-31"),  # summer
        ("2027-10-10", "2027-05-31"),  # a school year that is not known
        ("2031-03-03", "2027-05-31"),
        ("2024-05-05", "2025-12-19"),  # before every semester that is known
    ],
)
def test_today_is_moved_into_a_semester(today: str, plays_on: str) -> None:
    assert demo_today(date.fromisoformat(today), CALENDAR) == date.fromisoformat(plays_on)


def test_without_a_calendar_there_is_no_day() -> None:
    with pytest.raises(LookupError):
        demo_today(date(2026, 11, 22), rule_calendar.Calendar())


@pytest.mark.parametrize(
    ("today", "months"),
    [
        ("2026-11-22", ["2026-09", "2026-10", "2026-11"]),
        ("2026-09-01", ["2026-04", "2026-05", "2026-09"]),
        ("2026-10-02", ["2026-05", "2026-09", "2026-10"]),
        ("2027-01-04", ["2026-11", "2026-12", "2027-01"]),
    ],
)
def test_the_story_takes_three_months_with_school_days(today: str, months: list[str]) -> None:
    found = story_months(date.fromisoformat(today), CALENDAR)
    assert [f"{month.month:%Y-%m}" for month in found] == months
    assert found[-1].until == date.fromisoformat(today)


@pytest.mark.parametrize("until", ["2026-11-01 00:10", "2026-11-02 09:00", "2026-11-22 17:00"])
def test_steps_follow_one_upon_the_other_before_now(until: str) -> None:
    now = datetime.fromisoformat(until).replace(tzinfo=clock.RIGA)
    steps = [step_in(date(2026, 11, 1), now, step) for step in range(1, 9)]
    assert steps == sorted(set(steps))
    assert all(clock.riga_day(step) >= date(2026, 11, 1) and step < now for step in steps)


def test_a_signature_is_always_the_same_picture() -> None:
    from random import Random

    assert draw_signature(Random("Zane")) == draw_signature(Random("Zane"))
    assert draw_signature(Random("Zane")) != draw_signature(Random("Ansis"))
    assert draw_signature(Random("Zane")).startswith(b"\x89PNG")


# ---------------------------------------------------------------------- the story


@pytest.fixture(scope="module")
def programme_of_demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Built once for the whole file and taken back at its end."""
    files: Path = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(FILES_ROOT=files), transaction.atomic():
        with clock.at(NOW):
            assert build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(programme_of_demo: None, db: None) -> Iterator[None]:
    with clock.at(NOW):
        yield


pytestmark = pytest.mark.slow


def test_as_many_people_as_promised(demo: None) -> None:
    assert 20 <= Mentor.objects.count() <= 24
    assert 55 <= Learner.objects.count() <= 70
    assert Institution.objects.filter(kind__in=("general", "vocational")).count() == 8
    assert set(Institution.objects.order_by().values_list("kind", flat=True).distinct()) == {
        "general",
        "vocational",
        "education_board",
        "youth_centre",
    }
    regions = Institution.objects.order_by().values_list("municipality__region", flat=True).distinct()
    assert len(set(regions)) == 2
    assert set(Post.objects.order_by().values_list("role", flat=True).distinct()) == set(Role.values)


def test_nobody_can_be_written_to(demo: None) -> None:
    assert not User.objects.exclude(email__endswith=".invalid").exists()


def test_every_state_of_a_plan_is_alive(demo: None) -> None:
    assert set(SupportPlan.objects.order_by().values_list("state", flat=True).distinct()) == set(
        PlanState.values
    )
    assert Amendment.objects.filter(decision=None, superseded=False).count() == 1


def test_every_state_of_a_month_is_alive(demo: None) -> None:
    assert set(Timesheet.objects.order_by().values_list("state", flat=True).distinct()) == set(
        SheetState.values
    )
    assert Timesheet.objects.filter(state=SheetState.OPEN, month=date(2026, 10, 1)).exists()
    assert Timesheet.objects.filter(state=SheetState.VERIFIED, paper_hours__gt=0).exists()


def test_every_state_of_a_run_is_alive(demo: None) -> None:
    assert set(PayRun.objects.order_by().values_list("state", flat=True).distinct()) == set(RunState.values)
    taken_back = PayLine.objects.get(correction__isnull=False)
    assert taken_back.hours == -2
    assert taken_back.run.month > taken_back.timesheet.month
    verified = Timesheet.objects.filter(state=SheetState.VERIFIED, settled_at=None)
    assert verified.exclude(pay_lines__isnull=False).exists()


def test_every_state_of_a_session_is_alive(demo: None) -> None:
    assert set(SupervisionSession.objects.values_list("state", flat=True)) == set(SessionState.values)


@pytest.mark.parametrize(
    "odd",
    [
        Q(learner_means="device", mentor_means="device"),
        Q(learner_means="paper", mentor_means="paper"),
        Q(learner_means="", mentor_means="", outcome="held", disputed_at=None),
        Q(learner_means="device", mentor_means=""),
        Q(disputed_at__isnull=False),
        Q(outcome="learner_absent"),
        Q(outcome="cancelled"),
        Q(late=True),
        Q(changed_after_signing=True, learner_means="device"),
        Q(changed_after_signing=True, learner_means=""),
        Q(voided_at__isnull=False),
    ],
    ids=str,
)
def test_every_kind_of_row_is_there(demo: None, odd: Q) -> None:
    rows = Meeting.objects.filter(odd)
    assert rows.exists()


def test_signatures_are_drawn_or_typed(demo: None) -> None:
    on_device = MeetingSignature.objects.filter(means="device")
    assert on_device.filter(drawing__isnull=False, typed_name="").exists()
    assert on_device.filter(drawing=None).exclude(typed_name="").exists()
    assert not on_device.filter(drawing=None, typed_name="").exists()


def test_one_mentor_has_six_learners_and_one_learner_has_had_two_mentors(demo: None) -> None:
    of_mentor = MentorAssignment.objects.values("mentor").annotate(n=Count("plan__learner", distinct=True))
    assert max(row["n"] for row in of_mentor.order_by("mentor")) == 6
    of_plan = MentorAssignment.objects.values("plan").annotate(n=Count("mentor"))
    assert max(row["n"] for row in of_plan.order_by("plan")) == 2


def test_some_checks_run_out_soon(demo: None) -> None:
    last = SuitabilityCheck.objects.values("mentor", "ground").annotate(last=Max("checked_on"))
    soon = [
        row
        for row in last.order_by("mentor")
        if rule_calendar.months_later(row["last"], 12) < date(2026, 12, 22)
    ]
    assert len(soon) == 6
    assert all(rule_calendar.months_later(row["last"], 12) >= NOW.date() for row in soon)


# ---------------------------------------------------------------------- no rule was passed by


def test_nothing_lies_in_the_future(demo: None) -> None:
    assert Event.objects.aggregate(last=Max("at"))["last"] <= NOW
    assert Meeting.objects.aggregate(last=Max("ends_at"))["last"] <= NOW
    assert not Meeting.objects.filter(recorded_at__lt=F("ends_at")).exists()


def test_every_meeting_followed_the_experts_word(demo: None) -> None:
    assert not Meeting.objects.filter(
        Q(plan__approved_at=None) | Q(starts_at__lt=F("plan__approved_at"))
    ).exists()


def test_no_learner_had_more_than_twenty_hours_and_one_came_near(demo: None) -> None:
    months = Meeting.objects.held().values("learner", "timesheet__month").annotate(sum=Sum("hours"))
    sums = [row["sum"] for row in months.order_by("learner", "timesheet__month")]
    assert 17 <= max(sums) <= 20


def test_signatures_fit_the_rows_they_are_on(demo: None) -> None:
    for signature in MeetingSignature.objects.filter(voided_at=None).select_related("meeting").order_by("pk"):
        assert signature.content_hash == signature.meeting.content_hash()


def test_pay_is_hours_times_rate_of_rows_that_both_signed(demo: None) -> None:
    rate = UnitRate.objects.get(since=date(2026, 1, 1)).amount
    for line in PayLine.objects.filter(correction=None).select_related("timesheet").order_by("pk"):
        signed = line.timesheet.meetings.held().exclude(Q(learner_means="") | Q(mentor_means=""))
        assert line.hours == signed.aggregate(sum=Sum("hours"))["sum"]
        assert line.amount == line.hours * rate


def test_who_prepared_a_run_did_not_approve_it(demo: None) -> None:
    assert not PayRun.objects.filter(approved_by=F("prepared_by")).exists()


def test_nobody_verified_hours_of_their_own(demo: None) -> None:
    assert not Timesheet.objects.filter(verified_by=F("mentor__user")).exists()


# ---------------------------------------------------------------------- the command


def test_a_second_time_it_is_there_already(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = Event.objects.count()
    assert not build()
    call_command("demo")
    said = capsys.readouterr()
    assert "already" in said.err
    assert Event.objects.exclude(verb="link_made").count() == before
    assert "/ienakt/reizi/" in said.out


def test_its_links_let_in(demo: None) -> None:
    table = sign_in.table()
    links = [line.strip() for line in table.splitlines() if "/ienakt/reizi/" in line]
    assert len(links) == len(sign_in.MENTORS) + len(sign_in.SHOWN)
    client = Client()
    token = links[0].rstrip("/").rsplit("/", 1)[1]
    assert client.post("/ienakt/reizi/", {"token": token}).status_code == 302
    assert client.session["_auth_user_id"]
