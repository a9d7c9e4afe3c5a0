"""T7: a report of danger is durable and notified within five seconds, lost in no kill, stopped by no mail server, no
closed month and no ended contract; unread after an hour it escalates. Each guard is seen to hold: without it the test
beside it finds the loss.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo

from celabiedrs.contracts.models import Contract
from celabiedrs.hours.models import SheetState
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.models import Message
from celabiedrs.rules import confidence
from celabiedrs.safeguarding import notices
from celabiedrs.safeguarding.actions import escalate_due, raise_report, reports, tell_new_officers
from celabiedrs.safeguarding.models import ReportStep, SafeguardingReport, StepKind
from config.schedule import app as scheduled
from tests.cast import at, signed_in
from tests.cast.programme import Cast

EVENING = "2026-10-06 21:40"
SEEN = "Redzēju sasitumus"
AT_MOST = 5.0
KILLS = (3, 17)


@pytest.fixture(scope="module")
def lasting(committed: None) -> Cast:
    """The cast in a database in which rows stay."""
    return Cast()


def post(cast: Cast) -> Any:
    client = signed_in(cast.ilze.user)
    address = reverse("safeguarding:report_now", args=[cast.plan.public_id])
    return client.post(address, {"grounds": "danger", "text": SEEN})


def raised(cast: Cast) -> SafeguardingReport:
    with at(EVENING):
        return raise_report(by=cast.ilze.user, plan=cast.plan, grounds="danger", text=SEEN, services=[]).thing


def work_off() -> None:
    """A worker does the jobs that stand, and ends."""
    with app.replace_connector(app.connector.get_worker_connector()) as own:  # type: ignore[attr-defined]
        own.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def minute_passes() -> None:
    """What the clock does every minute."""
    for each in scheduled.periodic_registry.periodic_tasks.values():
        if each.cron == "* * * * *":
            each.task.func(timestamp=0)


@pytest.mark.slow
class TestInFiveSeconds:
    def test_from_the_button_to_the_letter(self, lasting: Cast, capsys: pytest.CaptureFixture[str]) -> None:
        began = time.monotonic()
        assert post(lasting).status_code == 302
        report = SafeguardingReport.objects.get()
        assert ProcrastinateJob.objects.filter(task_name__endswith="outbox.jobs.send_now").exists()
        work_off()
        took = time.monotonic() - began
        message = Message.objects.get(kind="report_raised")
        assert (message.to, message.context) == (lasting.officer, {"report": str(report.public_id)})
        assert message.sent_at is not None
        assert [letter.to for letter in mail.outbox] == [[lasting.officer.email]]
        assert took < AT_MOST
        with capsys.disabled():
            print(f"\nreport of danger: {took:.2f} s from the button to the letter")

    def test_a_worker_that_cannot_be_asked_stops_no_report(
        self, lasting: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise ConnectionError

        monkeypatch.setattr("celabiedrs.lib.outbox.jobs.send_now.defer", broken)
        before = SafeguardingReport.objects.count()
        assert post(lasting).status_code == 302
        assert SafeguardingReport.objects.count() == before + 1
        minute_passes()
        assert [letter.to for letter in mail.outbox] == [[lasting.officer.email]]


CHILD = """
import sys, django
django.setup()
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.safeguarding.actions import raise_report
by, plan = User.objects.get(pk=sys.argv[1]), SupportPlan.objects.get(pk=sys.argv[2])
while True:
    report = raise_report(by=by, plan=plan, grounds="danger", text="x", services=[]).thing
    print(report.public_id, flush=True)
"""


def told_of_until_killed(cast: Cast, lines: int) -> list[str]:
    """The ids of reports that a process said it had taken, until it was killed in the middle of the next one."""
    settings = connection.settings_dict
    address = make_conninfo(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"],
    )
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(cast.ilze.user.pk), str(cast.plan.pk)],
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    told = [child.stdout.readline().strip() for _ in range(lines)]
    child.kill()
    rest, _ = child.communicate(timeout=30)
    return told + [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.slow
def test_no_report_that_was_taken_is_lost_in_a_kill(
    lasting: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    for lines in KILLS:
        told += [line.strip() for line in told_of_until_killed(lasting, lines)]
    there = {
        str(key) for key in SafeguardingReport.objects.order_by("pk").values_list("public_id", flat=True)
    }
    assert len(told) >= sum(KILLS) and set(told) <= there
    assert halves() == []
    with capsys.disabled():
        print(f"\nreport of danger: {len(KILLS)} kills, {len(told)} taken, 0 lost, 0 halves")


def halves() -> list[str]:
    """Reports without their message or without their steps."""
    messaged = {
        message.context["report"] for message in Message.objects.filter(kind="report_raised").order_by("pk")
    }
    return [
        str(report.public_id)
        for report in SafeguardingReport.objects.order_by("pk")
        if str(report.public_id) not in messaged
        or set(report.steps.order_by("pk").values_list("kind", flat=True)) < {StepKind.RAISED, StepKind.TOLD}
    ]


class TestOneTransaction:
    def test_a_report_and_its_messages_are_there_together_or_not_at_all(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notices, "report_raised", breaks)
        with pytest.raises(ZeroDivisionError):
            raised(cast)
        assert not SafeguardingReport.objects.exists() and not ReportStep.objects.exists()

    def test_without_the_transaction_half_a_report_stays(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notices, "report_raised", breaks)
        with at(EVENING), pytest.raises(ZeroDivisionError):
            reports.raise_report.__wrapped__(  # type: ignore[attr-defined]
                by=cast.ilze.user, plan=cast.plan, grounds="danger", text=SEEN, services=[]
            )
        assert len(halves()) == 1


def breaks(*_: object, **__: object) -> None:
    raise ZeroDivisionError


@pytest.fixture
def mail_is_down(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    def down(*_: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", down)
        yield patched


def test_a_mail_server_that_is_down_loses_nothing(cast: Cast, mail_is_down: pytest.MonkeyPatch) -> None:
    with at(EVENING):
        assert post(cast).status_code == 302
        minute_passes()
        assert Message.objects.get(kind="report_raised").sent_at is None
    mail_is_down.undo()
    with at("2026-10-06 21:43"):
        minute_passes()
    assert mail.outbox[0].to == [cast.officer.email]


def test_an_ended_contract_a_closed_month_and_an_ended_plan_stop_nothing(cast: Cast) -> None:
    cast.month(cast.plan, clock.month_of(clock.today()).replace(2026, 9), SheetState.VERIFIED)
    Contract.objects.update(state="ended", ended_on="2026-09-10")
    cast.end(cast.plan, "2026-10-01 09:00")
    with at(EVENING):
        assert post(cast).status_code == 302
        assert SafeguardingReport.objects.exists()


class TestAfterAnHour:
    def test_it_escalates_to_those_who_can_name_another_officer(self, cast: Cast) -> None:
        raised(cast)
        with at("2026-10-06 22:40"):
            minute_passes()
        told = set(Message.objects.filter(kind="report_escalated").values_list("to", flat=True))
        assert told == {cast.expert.pk, cast.admin.pk, cast.admin2.pk}

    def test_a_rule_that_waits_longer_is_noticed(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        later = confidence.escalates_at
        monkeypatch.setattr(confidence, "escalates_at", lambda moment: later(later(moment)))
        raised(cast)
        with at("2026-10-06 22:40"):
            assert escalate_due() == 0

    def test_an_officer_who_is_named_then_is_told_within_the_minute(self, cast: Cast) -> None:
        report = raised(cast)
        with at("2026-10-06 22:50"):
            new = cast.person("safeguarding_officer", institution=cast.school)
            minute_passes()
            assert tell_new_officers() == 0
        assert Message.objects.filter(kind="report_raised", to=new).count() == 1
        assert report.steps.filter(kind=StepKind.TOLD, told=new).exists()

    def test_whoever_was_left_out_is_not_told_then_either(self, cast: Cast) -> None:
        with at(EVENING):
            raise_report(
                by=cast.ilze.user,
                plan=cast.plan,
                grounds="danger",
                text=SEEN,
                services=[],
                leave_out=[cast.officer, cast.admin],
            )
        with at("2026-10-06 23:40"):
            minute_passes()
        told = set(Message.objects.order_by("pk").values_list("to", flat=True))
        assert told == {cast.expert.pk, cast.admin2.pk}
