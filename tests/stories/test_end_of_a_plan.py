"""The mentor evaluates on a phone, the preparer chooses, closes and drafts the next plan (EVA-2, DUT-3, IAP-3)."""

from datetime import date, timedelta
from typing import Any

import pytest

from celabiedrs.closing.models import Evaluation, PlanEnd, QuestionSet
from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan
from tests.cast import programme as made_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def this_semester(today: date) -> dict[int, tuple[date, date]]:
    """A semester whose last day is today, and the next one: the server goes by the real clock."""
    return {
        1: (today - timedelta(days=80), today),
        2: (today + timedelta(days=14), today + timedelta(days=140)),
    }


def questions_that_ship() -> None:
    """A migration puts them; a story before this one may have emptied the table."""
    closed = [
        {"lv": "Cik lielā mērā?", "en": "How far?", "low": {"lv": "nemaz"}, "high": {"lv": "pilnībā"}}
    ] * 3
    asked = [{"lv": "Kas izdevās vislabāk?"}, {"lv": "Ko turpmāk būtu vērts darīt citādi?"}]
    QuestionSet.objects.get_or_create(
        version=1, defaults={"since": date(2024, 9, 1), "closed": closed, "open": asked}
    )


def test_a_pair_goes_on_into_the_next_semester(browser_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up, "SEMESTERS", this_semester(clock.today()))
    cast = made_up.Cast()
    questions_that_ship()

    phone = browser_page(cast.ilze.user, width=390)
    phone.goto("/")
    phone.get_by_role("link", name="Izvērtēt").click()
    for number, mark in ((1, "4"), (2, "5"), (3, "3")):
        phone.locator(f"[name=closed_{number}][value='{mark}']").check()
    phone.get_by_label("Kas izdevās vislabāk?").fill("Sarunas pastaigās")
    phone.get_by_label("Ko turpmāk būtu vērts darīt citādi?").fill("Tikties biežāk")
    phone.locator("[name=go_on][value=yes]").check()
    phone.get_by_role("button", name="Iesniegt izvērtējumu").click()
    phone.get_by_text("Paldies!").wait_for()
    assert Evaluation.objects.get().closed == [4, 5, 3]

    desk = browser_page(cast.preparer, width=1280)
    desk.goto(f"/plani/{cast.plan.public_id}/")
    desk.get_by_role("link", name="Plāna noslēgums", exact=True).click()
    assert not desk.get_by_text("Sarunas pastaigās").count()
    assert desk.get_by_label("Turpināt: nākamo plānu sagatavo no šī").is_checked()
    desk.get_by_role("button", name="Saglabāt izvēli").click()
    desk.locator("[name=has_failing]").check()
    desk.locator("[name=why_failing]").fill("Divi priekšmeti")
    desk.locator("[name=has_early_leaving]").check()
    desk.locator("[name=why_early_leaving]").fill("Kavē retāk")
    desk.get_by_role("button", name="Sagatavot nākamo plānu").click()
    desk.get_by_text("Nākamais plāns ir sagatavots").first.wait_for()
    assert SupportPlan.objects.get(previous=cast.plan).state == "draft"

    desk.goto("/noslegsana/semestra-beigas/")
    desk.locator(f"input[value='{cast.plan.public_id}']").check()
    desk.get_by_role("button", name="Noslēgt gatavos").click()
    desk.get_by_role("heading", name="Piedalās 1").wait_for()
    desk.get_by_role("button", name="Noslēgt gatavos").click()
    desk.get_by_text("Visi semestra plāni ir noslēgti").wait_for()
    assert PlanEnd.objects.get().outcome == "continued"
