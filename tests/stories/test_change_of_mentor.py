"""A mentor falls ill in mid-term: the school finds another one, makes the agreement and the contract from the page on
which they are missing, and changes the mentor (AGR-3, REG-2, CON-1)."""

from typing import Any

import pytest

from celabiedrs.contracts.models import Contract
from celabiedrs.lib import clock
from celabiedrs.plans.actions import approve_plan, submit_plan
from celabiedrs.plans.models import Agreement, AgreementDraft, MentorAssignment, SupportPlan
from rehearsal.stories.papers import pdf
from tests.cast.preparing import TEXTS, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_another_mentor_takes_over(browser_page: Any) -> None:
    cast = Cast(today=clock.today())
    plan = cast.ready()
    submit_plan(by=cast.anna, plan=plan)
    approve_plan(by=cast.expert, plan=SupportPlan.objects.get())
    cast.contracted(cast.andris).delete()  # his checks stay

    page = browser_page(cast.anna, width=1280)
    page.goto(f"/plani/{plan.public_id}/")
    page.get_by_role("link", name="Nomainīt mentoru").click()
    page.get_by_role("row", name="Andris Ozols").get_by_role("link", name="Izvēlēties").click()
    page.get_by_role("heading", name="Kas vajadzīgs mentora maiņai").wait_for()
    assert page.get_by_role("button", name="Nomainīt mentoru").is_disabled()

    # his own agreement, begun with the texts of Ilze's, signed here
    page.get_by_role("link", name="Jaunā vienošanās").click()
    assert page.locator("#id_situation").input_value() == TEXTS["situation"]
    page.locator("#id_mentor_undertakes").fill("Tikties otrdienās.")
    page.get_by_role("button", name="Saglabāt tekstus").click()
    page.get_by_role("link", name="Parakstīt šeit").click()
    page.locator("#learner_typed").fill("Jānis Bērziņš")
    page.locator("#mentor_typed").fill("Andris Ozols")
    page.get_by_role("button", name="Abi ir parakstījuši").click()

    # his contract, with its scan; both pages lead back to the change
    page.locator(".tasks").get_by_role("link", name="Līgums", exact=True).click()
    page.locator("#id_term input").first.check()
    page.locator("#id_signed_on").fill(f"{cast.today:%Y-%m-%d}")
    page.get_by_role("button", name="Ievadīt līgumu").click()
    page.get_by_role("link", name="Līguma kopija").click()
    page.locator("#id_scan").set_input_files(
        [{"name": "ligums.pdf", "mimeType": "application/pdf", "buffer": pdf()}]
    )
    page.get_by_role("button", name="Saglabāt").click()
    page.get_by_role("button", name="Nomainīt mentoru").click()
    page.get_by_text("Mentors ir nomainīts").wait_for()

    changed = SupportPlan.objects.get()
    assert changed.mentor == cast.andris
    assert changed.contract == Contract.objects.get(mentor=cast.andris)
    texts = {agreement.mentor_id: agreement.text.mentor_undertakes for agreement in Agreement.objects.all()}
    assert texts == {
        cast.ilze.pk: TEXTS["mentor_undertakes"],
        cast.andris.pk: "Tikties otrdienās.",
    }
    former, new = MentorAssignment.objects.order_by("since")
    assert former.mentor == cast.ilze and former.until == new.since
    # his draft is now the plan's
    assert AgreementDraft.objects.get().successor is None
