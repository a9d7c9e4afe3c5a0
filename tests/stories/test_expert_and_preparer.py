"""A plan comes back to the school, is fixed, and the expert reads only what differs (IAP-1)."""

from typing import Any

import pytest

from celabiedrs.lib import clock
from celabiedrs.plans.actions import submit_plan
from celabiedrs.plans.models import SupportPlan
from tests.cast.preparing import TEXTS, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_second_reading_is_the_difference_alone(browser_page: Any) -> None:
    cast = Cast(clock.today())
    plan = submit_plan(by=cast.anna, plan=cast.ready()).thing

    expert = browser_page(cast.expert, width=1280)
    expert.goto("/plani/rinda/")
    expert.get_by_role("link", name="Jānis Bērziņš").click()
    expert.get_by_text("Atgriezt ar pamatojumu").click()
    expert.get_by_label("Riski", exact=True).check()
    expert.get_by_label("Pamatojums neparāda, kāpēc šis risks ir saskatīts.").check()
    expert.get_by_label("Saviem vārdiem").fill("Kopš kura laika?")
    expert.get_by_role("button", name="Atgriezt skolai").click()
    expert.get_by_text("ir atgriezts skolai").wait_for()

    anna = browser_page(cast.anna, width=390)
    anna.goto(f"/plani/{plan.public_id}/riski/")
    anna.get_by_text("Kopš kura laika?").wait_for()
    anna.locator("[name=why_early_leaving]").fill("Kavē pirmās stundas kopš septembra.")
    anna.get_by_role("button", name="Saglabāt").click()
    anna.goto(f"/plani/{plan.public_id}/parbaudit/")
    anna.locator("[name=declared]").check()
    anna.get_by_role("button", name="Nosūtīt ekspertam").click()
    anna.locator(".receipt").wait_for()

    expert.goto(f"/plani/{plan.public_id}/lemt/")
    assert expert.locator(".changes dt").count() == 1
    assert "kopš septembra" in expert.locator(".changes ins").inner_text()
    assert not expert.get_by_text(TEXTS["situation"]).is_visible()
    expert.get_by_role("button", name="Apstiprināt plānu").click()
    expert.get_by_text("ir apstiprināts").wait_for()
    assert SupportPlan.objects.get(pk=plan.pk).state == "active"
