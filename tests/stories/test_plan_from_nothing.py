"""Anna, a school secretary, carries a plan from nothing to the reference number, in one pass and without asking; the
expert approves it."""

from datetime import timedelta
from typing import Any

import pytest

from celabiedrs.lib import clock
from celabiedrs.plans.models import AgreementDraft, PlanSketch, SupportPlan
from celabiedrs.plans.words import PlanState
from rehearsal.stories.papers import pdf
from tests.cast.preparing import TEXTS, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_plan_from_nothing_to_approved(browser_page: Any) -> None:
    cast = Cast(today=clock.today())
    born = cast.today - timedelta(days=int(14.5 * 365.25))
    page = browser_page(cast.anna, width=1280)

    # the learner is looked for first, then enrolled
    page.goto("/plani/mani/")
    page.get_by_role("link", name="Jauns IAP: meklēt izglītojamo").click()
    page.get_by_label("Vārds un uzvārds").fill("Jānis Paraugs")
    page.get_by_label("Dzimšanas diena").fill(f"{born:%Y-%m-%d}")
    page.get_by_role("button", name="Meklēt").click()
    page.get_by_role("button", name="Reģistrēt jaunu izglītojamo").click()
    assert page.get_by_label("Vārds un uzvārds").input_value() == "Jānis Paraugs"
    page.get_by_label("Klase vai kurss").select_option("class-8")
    page.get_by_label("Vecāks vai aizbildnis").fill("Māra Parauga")
    page.get_by_role("button", name="Reģistrēt", exact=True).click()

    # four steps of questions
    page.get_by_role("link", name="Sākt IAP").click()
    page.get_by_label("1. semestris").check()
    page.get_by_role("button", name="Saglabāt un turpināt").click()
    page.locator("#id_has_failing").check()
    with page.expect_response(lambda answer: answer.url.endswith("/plans/2/glabat/")):
        page.locator("#id_why_failing").fill("Nesekmīgs matemātikā.")
    page.locator("#kept").get_by_text("Saglabāts").wait_for()
    assert "failing" in PlanSketch.objects.get().answers["risks"]
    page.locator("#id_has_early_leaving").check()
    page.locator("#id_why_early_leaving").fill("Kavē pirmās stundas.")
    page.get_by_role("button", name="Saglabāt un turpināt").click()
    page.get_by_label("nesekmības un PMP risks").check()
    page.get_by_role("button", name="Saglabāt un turpināt").click()
    page.get_by_label("Stundas mēnesī").fill("12")
    page.get_by_role("button", name="Izveidot melnrakstu").click()

    # the list says what is missing, each with a link
    page.get_by_role("heading", name="Kas jāizdara").wait_for()
    page.get_by_role("link", name="Trūkst iesnieguma.").wait_for()
    page.get_by_role("link", name="Tālāk: Iesniegums").click()
    page.get_by_label("Parakstīšanas diena").fill(f"{cast.today:%Y-%m-%d}")
    scan = {"name": "iesniegums.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("Parakstītais iesniegums").set_input_files([scan])
    page.get_by_role("button", name="Saglabāt").click()

    page.locator(".tasks").get_by_role("link", name="Mentors un līgums").click()
    page.get_by_role("row", name="Ilze Kalniņa").get_by_role("link", name="Izvēlēties").click()
    page.get_by_role("button", name="Pievienot mentoru").click()

    page.locator(".tasks").get_by_role("link", name="Vienošanās").click()
    for name, text in TEXTS.items():
        page.locator(f"#id_{name}").fill(text)
    page.get_by_role("button", name="Saglabāt tekstus").click()
    page.get_by_role("link", name="Parakstīt šeit").click()
    page.locator("#learner_typed").fill("Jānis Paraugs")
    page.locator("#mentor_typed").fill("Ilze Kalniņa")
    page.get_by_role("button", name="Abi ir parakstījuši").click()

    # check, declare, send
    page.get_by_role("link", name="Pārbaudīt un nosūtīt").last.click()
    page.get_by_label("IAP ir salīdzināts ar dokumentiem").check()
    page.get_by_role("button", name="Nosūtīt ekspertam").click()
    page.get_by_role("heading", name="IAP ir nosūtīts").wait_for()

    plan = SupportPlan.objects.get()
    assert plan.state == PlanState.SUBMITTED
    page.get_by_text(plan.number).first.wait_for()

    expert = browser_page(cast.expert, width=1280)
    expert.goto("/plani/rinda/")
    expert.get_by_role("link", name="Jānis Paraugs").click()
    for part in (plan.number, "Nesekmīgs matemātikā.", "Ilze Kalniņa", TEXTS["situation"]):
        expert.get_by_text(part).first.wait_for()
    expert.get_by_role("button", name="Apstiprināt plānu").click()
    expert.get_by_text("ir apstiprināts").wait_for()

    page.goto(f"/plani/{plan.public_id}/")
    page.get_by_text("aktīvs", exact=True).first.wait_for()
    approved = SupportPlan.objects.get()
    assert approved.state == PlanState.ACTIVE and approved.approved_by == cast.expert


def test_two_people_write_one_agreement_and_the_second_sees_both_texts(browser_page: Any) -> None:
    cast = Cast(today=clock.today())
    plan = cast.attached(cast.draft())
    address = f"/plani/{plan.public_id}/vienosanas/"
    anna, baiba = browser_page(cast.anna, width=1280), browser_page(cast.baiba)
    anna.goto(address)
    baiba.goto(address)
    baiba.locator("#id_situation").fill("Baibas teksts")
    baiba.get_by_role("button", name="Saglabāt tekstus").click()
    baiba.get_by_text("Saglabāts", exact=False).first.wait_for()
    anna.locator("#id_situation").fill("Annas teksts")
    anna.get_by_text("Šeit nav saglabāts").wait_for()
    anna.get_by_role("button", name="Saglabāt tekstus").click()
    anna.get_by_role("cell", name="Baibas teksts").wait_for()
    anna.get_by_role("cell", name="Annas teksts").wait_for()
    assert AgreementDraft.objects.get().situation == "Baibas teksts"
