"""Reminders: what still waits is said to whom it waits for, once a period, and not about what rests."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from celabiedrs.closing.models import Evaluation
from celabiedrs.desk.actions.daily import remind_all
from celabiedrs.desk.actions.reminders import audience_of, send_reminder
from celabiedrs.desk.jobs import remind
from celabiedrs.desk.models import SentReminder
from celabiedrs.desk.reading import waits
from celabiedrs.hours.actions import plan_next_meeting
from celabiedrs.hours.models import SheetState
from celabiedrs.lib.acts import NotAllowed, Refused, Stale, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import User
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Break
from celabiedrs.plans.words import PlanState
from celabiedrs.supervision.models import GroupKind, SessionState, SupervisionSession
from tests.cast import at, fresh, riga, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.django_db


def got(user: User, kind: str) -> int:
    return Message.objects.filter(to=user, kind=kind).count()


def night(day: str) -> int:
    with at(f"{day} 05:10"):
        return remind_all()


def nights(since: str, until: str) -> None:
    """The nightly round on every day from one to the other."""
    day, last = date.fromisoformat(since), date.fromisoformat(until)
    while day <= last:
        night(day.isoformat())
        day += timedelta(days=1)


class TestMeetings:
    def planned(self, cast: Cast, day: str) -> None:
        with at("2026-10-05 18:00"):
            plan_next_meeting(by=cast.ilze.user, plan=cast.plan, day=day, start="15:00")

    def test_ilze_is_asked_two_working_days_after_and_once_a_week(self, cast: Cast) -> None:
        self.planned(cast, "2026-10-08")  # a Thursday
        nights("2026-10-06", "2026-10-11")
        assert got(cast.ilze.user, "remind_meeting") == 0
        nights("2026-10-12", "2026-10-18")
        assert got(cast.ilze.user, "remind_meeting") == 1
        night("2026-10-19")
        assert got(cast.ilze.user, "remind_meeting") == 2
        row = Message.objects.filter(kind="remind_meeting").order_by("pk")[0]
        assert row.context == {
            "plan": str(cast.plan.public_id), "number": cast.plan.number, "day": "2026-10-08",
        }  # fmt: skip

    def test_a_second_run_of_the_night_says_nothing_new(self, cast: Cast) -> None:
        self.planned(cast, "2026-10-08")
        assert night("2026-10-12") > 0
        assert night("2026-10-12") == 0
        with at("2026-10-12 06:00"):
            remind.func()
        assert got(cast.ilze.user, "remind_meeting") == 1

    @pytest.mark.parametrize("outcome", ["held", "learner_absent", "cancelled"])
    def test_what_is_written_down_of_that_day_or_later_is_an_answer(self, cast: Cast, outcome: str) -> None:
        self.planned(cast, "2026-10-08")
        row = cast.month(cast.plan, date(2026, 10, 1), SheetState.OPEN).meetings.get()  # on the tenth
        if outcome != "held":
            row.outcome, row.hours, row.ends_at = outcome, 0, row.starts_at
            row.save()
        night("2026-10-13")
        assert got(cast.ilze.user, "remind_meeting") == 0
        row.voided_at = riga("2026-10-13 12:00")
        row.save()
        night("2026-10-14")
        assert got(cast.ilze.user, "remind_meeting") == 1

    def test_nobody_is_asked_in_holidays_nor_about_a_suspended_plan(self, cast: Cast) -> None:
        Break.objects.filter(year="2026/27").delete()
        Break.objects.create(
            year="2026/27", kind="autumn", since=date(2026, 10, 12), until=date(2026, 10, 16)
        )
        new_edition()
        self.planned(cast, "2026-10-08")
        nights("2026-10-12", "2026-10-16")
        assert got(cast.ilze.user, "remind_meeting") == 0
        night("2026-10-17")
        assert got(cast.ilze.user, "remind_meeting") == 1
        cast.suspend(cast.plan, "2026-10-18 12:00")
        nights("2026-10-19", "2026-11-10")
        assert got(cast.ilze.user, "remind_meeting") == 1

    def test_nobody_is_asked_between_the_semesters(self, cast: Cast) -> None:
        self.planned(cast, "2026-12-17")
        nights("2026-12-18", "2027-01-03")
        assert got(cast.ilze.user, "remind_meeting") == 0

    def test_only_the_plans_mentor_says_when_and_only_of_an_active_plan(self, cast: Cast) -> None:
        with at("2026-10-05 18:00"):
            with pytest.raises(NotAllowed):
                plan_next_meeting(by=cast.andris.user, plan=cast.plan, day="2026-10-08")
            with pytest.raises(Refused) as refused:
                plan_next_meeting(by=cast.ilze.user, plan=cast.plan, day="2026-12-19")
            assert refused.value.clauses == ("IAP-2",)
            cast.suspend(cast.plan, "2026-10-05 12:00")
            with pytest.raises(WrongState):
                plan_next_meeting(by=cast.ilze.user, plan=cast.plan, day="2026-10-08")

    def test_ilze_says_it_on_the_phone_and_it_stands_on_today(self, cast: Cast) -> None:
        client = signed_in(cast.ilze.user)
        with at("2026-10-05 18:00"):
            url = reverse("hours:next", args=[cast.plan.public_id])
            assert url in client.get(reverse("hours:today")).content.decode()
            assert client.post(url, {"day": "01.10.2026.", "start": ""}).status_code == 422
            assert client.post(url, {"day": "08.10.2026.", "start": "15:00"}).status_code == 302
            assert client.post(url, {"day": "09.10.2026.", "start": ""}).status_code == 302
            page = client.get(reverse("hours:today")).content.decode()
            assert "piektdien, 9.\N{NO-BREAK SPACE}oktobrī</strong>" in page


class TestMonths:
    def test_ilze_is_reminded_of_a_month_from_the_third_day_eight_times_at_most(self, cast: Cast) -> None:
        cast.month(cast.plan, date(2026, 9, 1), SheetState.OPEN)
        nights("2026-10-01", "2026-10-02")
        assert got(cast.ilze.user, "remind_month") == 0
        night("2026-10-03")
        assert got(cast.ilze.user, "remind_month") == 1
        for week in range(12):
            night((date(2026, 10, 3) + timedelta(weeks=week)).isoformat())
        assert got(cast.ilze.user, "remind_month") == 8

    def test_the_school_is_reminded_of_its_own_months_in_one_message_a_week(self, cast: Cast) -> None:
        second = cast.planned(
            cast.learner("Anna Liepa"), cast.andris, cast.contracted(cast.andris, cast.school)
        )
        for plan, mentor in ((cast.plan, cast.ilze), (second, cast.andris)):
            cast.month(plan, date(2026, 9, 1), SheetState.SUBMITTED, mentor=mentor)  # submitted on 11.10.
        nights("2026-10-11", "2026-10-15")
        assert got(cast.responsible, "remind_verify") == 0
        nights("2026-10-16", "2026-10-18")
        assert [row.context for row in Message.objects.filter(to=cast.responsible)] == [{"count": 2}]
        nights("2026-10-19", "2026-10-25")
        assert got(cast.responsible, "remind_verify") == 2
        assert got(cast.far_responsible, "remind_verify") == 0


def test_the_regions_expert_is_reminded_of_a_plan_that_waits(cast: Cast) -> None:
    cast.plan.state = PlanState.SUBMITTED
    cast.plan.approved_at = None
    cast.plan.submitted_at = cast.plan.first_submitted_at = riga("2026-09-01 09:00")
    cast.plan.save()
    nights("2026-09-02", "2026-09-05")
    assert got(cast.expert, "remind_decide") == 0
    night("2026-09-06")
    assert got(cast.expert, "remind_decide") == 1
    assert got(cast.far_expert, "remind_decide") == 0


def test_the_preparer_is_reminded_of_a_plan_that_is_drafted_while_its_semester_runs(cast: Cast) -> None:
    cast.plan.state, cast.plan.approved_at = PlanState.DRAFT, None
    cast.plan.save()
    night("2026-08-31")
    assert got(cast.preparer, "remind_papers") == 0
    night("2026-09-01")
    assert got(cast.preparer, "remind_papers") == 1
    assert got(cast.far_preparer, "remind_papers") == 0


class TestEvaluations:
    def test_ilze_is_asked_four_weeks_before_the_end_until_it_is_there(self, cast: Cast) -> None:
        night("2026-11-19")
        assert got(cast.ilze.user, "remind_evaluation") == 0
        night("2026-11-20")
        assert got(cast.ilze.user, "remind_evaluation") == 1

    def test_of_an_evaluated_plan_nobody_is_reminded(self, cast: Cast) -> None:
        Evaluation.objects.create(
            plan=cast.plan,
            mentor=cast.ilze,
            given_at=riga("2026-11-19 12:00"),
            closed=[5, 4, 3],
            open=["Viss", "Nekas"],
            goes_on="open",
        )
        night("2026-11-20")
        assert got(cast.ilze.user, "remind_evaluation") == 0

    def test_a_suspended_plan_rests(self, cast: Cast) -> None:
        cast.suspend(cast.plan, "2026-11-01 12:00")
        night("2026-11-20")
        assert got(cast.ilze.user, "remind_evaluation") == 0


def test_the_employer_is_reminded_of_checks_every_four_weeks(cast: Cast) -> None:
    nights("2026-10-01", "2026-10-07")
    first = got(cast.head, "remind_checks")
    assert first == 1
    for week in range(1, 5):
        night((date(2026, 10, 7) + timedelta(weeks=week)).isoformat())
    assert got(cast.head, "remind_checks") == 2
    assert got(cast.far_preparer, "remind_checks") == 0


class TestGroups:
    def session(self, cast: Cast) -> SupervisionSession:
        kind, _ = GroupKind.objects.get_or_create(code="II")
        return SupervisionSession.objects.create(
            group=kind, municipality=cast.cesis, supervisor=cast.supervisor, starts_at=riga("2026-11-16 10:00"),
            minutes=180, place="Cēsis", planned_at=riga("2026-10-01 10:00"),
        )  # fmt: skip

    def test_the_supervisor_is_warned_seven_days_before_and_at_once(self, cast: Cast) -> None:
        self.session(cast)
        night("2026-11-08")
        assert got(cast.supervisor, "remind_group") == 0
        nights("2026-11-09", "2026-11-15")
        assert got(cast.supervisor, "remind_group") == 1

    def test_of_a_confirmed_group_nobody_is_reminded(self, cast: Cast) -> None:
        session = self.session(cast)
        SupervisionSession.objects.filter(pk=session.pk).update(
            state=SessionState.CONFIRMED, confirmed_at=riga("2026-11-01 10:00")
        )
        nights("2026-11-09", "2026-11-15")
        assert got(cast.supervisor, "remind_group") == 0


class TestProgramme:
    """The administrator's own reminder."""

    def late(self, cast: Cast) -> None:
        cast.month(cast.plan, date(2026, 9, 1), SheetState.OPEN)

    def test_it_shows_how_many_and_what_then_reaches_them_once(self, cast: Cast) -> None:
        self.late(cast)
        client = signed_in(cast.admin)
        url = reverse("desk:reminders")
        with at("2026-10-12 10:00"):
            page = client.get(url, {"what": "remind_month:mentor", "region": ""}).content.decode()
            assert "To saņemtu 1 cilvēks" in page
            assert "Programma lūdz iesniegt 1 mēneša grafiku." in page
            assert Message.objects.count() == 0
            once = "1f6c9d55-3a5e-4f0e-9d7e-0a3a5f8b7c11"
            given = {"what": "remind_month:mentor", "region": "", "counted": "1", "once": once}
            for _ in range(2):
                assert client.post(url, given).status_code == 302
            assert got(cast.ilze.user, "asked_month") == 1
            assert "Cilvēk" in client.get(url).content.decode()
        (sent,) = SentReminder.objects.all()
        assert (sent.kind, sent.role, sent.region, sent.people) == ("remind_month", "mentor", None, 1)
        assert Event.objects.get(verb="reminded").facts["people"] == 1

    def test_another_region_hears_nothing(self, cast: Cast) -> None:
        self.late(cast)
        with at("2026-10-12 10:00"):
            audience = audience_of("remind_month", "mentor", cast.zemgale)
            assert audience is not None
            assert audience.people() == {}
            with pytest.raises(WrongState):
                send_reminder(by=cast.admin, audience=audience, counted=0)

    def test_the_number_that_was_seen_is_the_number_that_goes(self, cast: Cast) -> None:
        self.late(cast)
        audience = audience_of("remind_month", "mentor", cast.vidzeme)
        assert audience is not None
        with at("2026-10-12 10:00"):
            with pytest.raises(Stale):
                send_reminder(by=cast.admin, audience=audience, counted=2)
            with pytest.raises(NotAllowed):
                send_reminder(by=fresh(cast.expert), audience=audience, counted=1)
        assert Message.objects.count() == 0

    def test_what_is_not_for_a_role_has_no_audience(self, cast: Cast) -> None:
        assert audience_of("remind_month", "head", None) is None
        assert audience_of("free words", "mentor", None) is None

    def test_nobody_else_has_the_page(self, cast: Cast) -> None:
        client = signed_in(cast.expert)
        assert client.get(reverse("desk:reminders")).status_code == 404


def test_an_account_that_is_off_is_not_reminded(cast: Cast) -> None:
    cast.month(cast.plan, date(2026, 9, 1), SheetState.OPEN)
    User.objects.filter(pk=cast.ilze.user_id).update(is_active=False)
    night("2026-10-05")
    assert got(cast.ilze.user, "remind_month") == 0


def test_a_reminder_without_its_pause_would_speak_of_a_suspended_plan(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with the guard taken away, a suspended plan is seen to be reminded of."""
    cast.month(cast.plan, date(2026, 9, 1), SheetState.OPEN)
    cast.suspend(cast.plan, "2026-10-01 12:00")
    night("2026-10-05")
    assert got(cast.ilze.user, "remind_month") == 0
    monkeypatch.setattr(waits, "RUNNING", (PlanState.ACTIVE, PlanState.ENDED, PlanState.SUSPENDED))
    night("2026-10-05")
    assert got(cast.ilze.user, "remind_month") == 1
