"""Two schools want the last place of one mentor: the second is refused, and learns nothing of the first (TG-3)."""

from typing import Any

import pytest

from celabiedrs.lib import clock
from celabiedrs.plans.actions import attach_mentor, file_request
from celabiedrs.plans.models import SupportPlan
from tests.cast.preparing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def at_the_other_school(cast: Cast) -> SupportPlan:
    """A plan of Gints' that lacks only its mentor."""
    plan = cast.draft(cast.learner("Kalnu Jaunietis", by=cast.gints), by=cast.gints)
    file_request(
        by=cast.gints, plan=plan, applicant="guardian", signed_on=cast.today, scan=cast.scan("request")
    )
    return SupportPlan.objects.get(pk=plan.pk)


def test_the_seventh_learner_is_refused_with_words_that_betray_no_other_school(browser_page: Any) -> None:
    cast = Cast(clock.today())
    there = cast.contracted(cast.ilze, cast.other_school)
    for number in range(5):
        cast.attached(cast.draft(cast.learner(f"Jaunietis {number}")))
    plan, last = cast.requested(cast.draft(cast.learner("Septītais Jaunietis"))), at_the_other_school(cast)

    anna = browser_page(cast.anna, width=1280)
    anna.goto(f"/plani/{plan.public_id}/mentors/")
    ilze = anna.get_by_role("row", name="Ilze Kalniņa")
    assert "1 no 6" in ilze.inner_text()
    ilze.get_by_role("link", name="Izvēlēties").click()
    anna.get_by_role("button", name="Pievienot mentoru").wait_for()

    attach_mentor(by=cast.gints, plan=last, mentor=cast.ilze, contract=there)

    anna.get_by_role("button", name="Pievienot mentoru").click()
    anna.get_by_text("TG-3").first.wait_for()
    said = anna.locator("main").inner_text()
    for secret in ("Kalnu", "Gints", last.number):
        assert secret not in said
    assert SupportPlan.objects.get(pk=plan.pk).mentor is None

    anna.goto(f"/plani/{plan.public_id}/mentors/")
    assert "nav vietu līdz" in anna.get_by_role("row", name="Ilze Kalniņa").inner_text()
    assert anna.get_by_role("row", name="Andris Ozols").get_by_role("link", name="Izvēlēties").is_visible()
