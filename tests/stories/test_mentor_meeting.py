"""Ilze on her phone: a meeting written down, signed by both before they part, and the month submitted."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings

from celabiedrs.contracts.models import Contract
from celabiedrs.hours.actions import record_meeting, sign_meeting
from celabiedrs.hours.models import Meeting, MeetingSignature, Party, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Semester
from celabiedrs.plans.models import Agreement, MentorAssignment, SupportPlan
from celabiedrs.registry.models import TrainingCertificate
from celabiedrs.rules.calendar import school_year_of
from tests.cast.meetings import put_mentor, put_plan, put_school

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def put_plan_of_these_days() -> SupportPlan:
    """A plan in the middle of its semester, whatever day the test is run on."""
    today = clock.today()
    first, last, year = today - timedelta(days=70), today + timedelta(days=60), school_year_of(today)
    Semester.objects.all().delete()
    for group in ("classes_1_8_10_11", "class_9", "class_12"):
        Semester.objects.create(year=year, number=1, group=group, since=first, until=last, source="tests")
    new_edition()
    plan = put_plan(put_school(), put_mentor(), "Jānis Paraugs")
    begun = datetime.combine(first, time(9), tzinfo=clock.RIGA)
    Contract.objects.update(year=year, signed_on=first)
    Agreement.objects.update(learner_signed_on=first, mentor_signed_on=first)
    TrainingCertificate.objects.update(issued_on=first)
    MentorAssignment.objects.update(since=begun)
    SupportPlan.objects.update(year=year, starts_on=first, ends_on=last, approved_at=begun)
    return SupportPlan.objects.get(pk=plan.pk)


def draw(page: Any) -> None:
    box = page.locator("[data-sign-canvas]").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 25 * step, box["y"] + 60 + (25 if step % 2 else -15))
    page.mouse.up()


def test_a_meeting_from_the_first_tap_to_the_submitted_month(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    user = plan.mentor.user
    today = clock.today()
    before = clock.month_of(today) - timedelta(days=5)
    old = record_meeting(by=user, plan=plan, day=before, start="15:00", hours=2, topic="Pastaiga").thing
    sign_meeting(by=user, meeting=old, party="both", means="device", typed_name="Parauga paraksts")

    page = browser_page(user)
    page.goto("/stundas/")
    page.get_by_role("link", name="Pabeigt tikšanos", exact=True).first.click()
    page.locator("label.tile", has_text="vakar").click()
    page.locator("input[name=hours][value='2']").check(force=True)
    page.locator("label.tile", has_text="Emocijas un stress").click()
    page.locator("input[name=start]").fill("15:00")
    page.get_by_role("button", name="Tālāk pie parakstiem").click()

    # the learner reads, goes "back" by mistake, and signs
    page.get_by_role("heading", name="Vai tā bija?").wait_for()
    assert page.locator("nav").count() == 0
    draw(page)
    page.get_by_text("Paraksts uzzīmēts").wait_for()
    page.get_by_role("button", name="Viss pareizi – parakstu").click()
    page.get_by_text("Tagad atdod telefonu mentoram.").wait_for()
    page.get_by_role("link", name="Telefons ir pie mentora").click()

    draw(page)
    page.get_by_role("button", name="Parakstīt", exact=True).click()
    page.get_by_text("Abi ir parakstījuši.").wait_for()
    row = Meeting.objects.exclude(pk=old.pk).get()
    assert row.signed_by_both
    assert {one.party for one in MeetingSignature.objects.filter(meeting=row, drawing__isnull=False)} == set(
        Party
    )

    page.goto(f"/stundas/menesis/{plan.public_id}/{before:%Y-%m}/")
    page.get_by_label("Apliecinu").check()
    page.get_by_role("button", name="Iesniegt mēnesi").click()
    page.get_by_text("gaida skolu").wait_for()
    assert Timesheet.objects.get(pk=old.timesheet_id).state == SheetState.SUBMITTED


def test_the_phones_back_asks_to_hand_it_back(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    yesterday = clock.today() - timedelta(days=1)
    row = record_meeting(
        by=plan.mentor.user, plan=plan, day=yesterday, start="15:00", hours=1, topic="Pastaiga"
    ).thing
    page = browser_page(plan.mentor.user)
    page.goto("/stundas/")
    page.goto(f"/stundas/paraksts/{row.public_id}/")
    draw(page)
    page.go_back()
    page.get_by_text("Tagad atdod telefonu mentoram.").wait_for()


def test_typed_text_comes_back_after_an_ended_session(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    page = browser_page(plan.mentor.user)
    page.goto(f"/stundas/tiksanas/{plan.public_id}/")
    page.locator("input[name=topic]").fill("Gara saruna par nākotni")
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Tālāk pie parakstiem").click()
    page.wait_for_url("**/ienakt/**")
    page.context.add_cookies(cookies)
    page.goto(f"/stundas/tiksanas/{plan.public_id}/")
    assert page.locator("input[name=topic]").input_value() == "Gara saruna par nākotni"
    assert not Meeting.objects.exists()
