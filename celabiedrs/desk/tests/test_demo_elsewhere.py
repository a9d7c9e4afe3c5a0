"""Where the demonstration programme is made, where it is refused, and at which times of the year it can be."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.test import override_settings

from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from rehearsal.demo.story import NotEmpty, build


@pytest.mark.django_db
def test_it_does_not_come_among_other_people() -> None:
    User.objects.create_user(email="real@example.invalid", name="Īsts Cilvēks")
    with pytest.raises(NotEmpty):
        build()
    with pytest.raises(CommandError):
        call_command("demo")


@pytest.mark.django_db
def test_without_it_there_are_no_links() -> None:
    with pytest.raises(CommandError):
        call_command("demo", "--links")


@pytest.mark.django_db
@override_settings(PRODUCTION=True)
def test_a_service_has_no_made_up_people() -> None:
    with pytest.raises(CommandError):
        call_command("demo")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("now", ["2026-09-01 00:10", "2027-01-04 07:30"])
def test_it_can_be_made_at_any_time_of_the_year(now: str, tmp_path: Path) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=clock.RIGA)
    with override_settings(FILES_ROOT=tmp_path), clock.at(moment):
        assert build()
        assert set(SupportPlan.objects.order_by().values_list("state", flat=True).distinct()) == set(
            PlanState.values
        )
        assert Event.objects.aggregate(last=Max("at"))["last"] <= moment
        assert Meeting.objects.aggregate(last=Max("ends_at"))["last"] <= moment
        sheets = Timesheet.objects.order_by().values_list("state", flat=True).distinct()
        assert set(sheets) == set(SheetState.values)
        runs = PayRun.objects.order_by().values_list("state", flat=True).distinct()
        assert set(runs) == set(RunState.values)
        assert Meeting.objects.filter(late=True).exists()
