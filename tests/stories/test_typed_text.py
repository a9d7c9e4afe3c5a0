"""What was typed is lost by nothing but the person's own will: not by a dead network, not by a closed browser."""

from typing import Any

import pytest

from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from tests.cast.preparing import Cast
from tests.stories.test_mentor_meeting import put_plan_of_these_days

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOPIC = "Mērķu karte un pastaiga"
BACK = "Šeit pirms tam rakstītais"


def test_a_meeting_is_sent_without_network_and_the_browser_is_closed(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    page = browser_page(plan.mentor.user)
    address = f"/stundas/tiksanas/{plan.public_id}/"
    page.goto(address)
    page.locator("#id_topic").fill(TOPIC)
    page.locator("[name=hours][value='1']").check()
    page.locator("[name=start]").fill("00:10")
    page.context.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("form[data-keep] button[type=submit]").click()
    page.wait_for_url("chrome-error://**")
    page.goto("/stundas/")  # an ordinary page is no proof that it arrived
    page.close()

    page = page.context.new_page()
    page.context.unroute("**/*")
    page.goto(address)
    page.locator("form .kept-text").get_by_text(BACK).wait_for()
    assert page.locator("#id_topic").input_value() == TOPIC

    page.context.set_offline(True)
    page.locator("form[data-keep] button[type=submit]").click()
    page.locator("form .kept-text").get_by_text("Nav tīkla").wait_for()
    page.context.set_offline(False)
    page.locator("form[data-keep] button[type=submit]").click()
    page.wait_for_url("**/paraksts/**")
    assert Meeting.objects.get().topic == TOPIC

    page.goto(address)
    assert page.locator("#id_topic").input_value() == ""
    assert not page.locator(".kept-text").count()


def test_what_is_typed_for_one_learner_is_not_shown_for_another(browser_page: Any) -> None:
    cast = Cast(today=clock.today())
    one, other = cast.draft(cast.learner("Jānis Bērziņš")), cast.draft(cast.learner("Aija Ozola"))
    page = browser_page(cast.anna, width=1280)
    page.context.route("**/glabat/", lambda route: route.abort())
    page.goto(f"/plani/{one.public_id}/vienosanas/")
    page.locator("#id_situation").fill("Tikai par Jāni")
    page.locator("form[data-keep] > .saved").wait_for(state="attached")
    page.goto(f"/plani/{other.public_id}/vienosanas/")
    assert page.locator("#id_situation").input_value() == ""
    page.goto(f"/plani/{one.public_id}/vienosanas/")
    assert page.locator("#id_situation").input_value() == "Tikai par Jāni"
    page.get_by_role("button", name="Izmest").click()
    assert page.locator("#id_situation").input_value() == ""
