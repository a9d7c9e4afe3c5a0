"""21.40 in a village: Ilze, whose contract has ended, reports on her phone in two taps while the network comes and
goes; the officer reads it; the head sees nothing (CNF-2). What she types into a private note stays nowhere (CNF-1)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from celabiedrs.contracts.models import Contract
from celabiedrs.lib import clock
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.safeguarding.models import ReportState, SafeguardingReport
from tests.stories.test_mentor_meeting import put_plan_of_these_days

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEEN = "Viņam bija zilumi uz rokām, un viņš negribēja iet mājās."
KEPT = "JSON.stringify(Object.values(sessionStorage)) + JSON.stringify(Object.values(localStorage))"


def hire(role: Role, plan: SupportPlan, name: str) -> User:
    person = User.objects.create_user(email=f"{role}@example.test", name=name)
    Post.objects.create(
        person=person, role=role, institution=plan.institution, since=clock.today().replace(day=1)
    )
    return person


def test_a_report_in_two_taps_over_a_broken_line(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    officer, head = hire(Role.SAFEGUARDING_OFFICER, plan, "Anna Sarga"), hire(Role.HEAD, plan, "Oto Vadītājs")
    Contract.objects.update(state="ended", ended_on=clock.today())

    phone = browser_page(plan.mentor.user)
    phone.goto("/stundas/")
    phone.get_by_role("link", name="Ziņot par briesmām").first.click()
    expect(phone.locator("a[href='tel:112']")).to_be_in_viewport()
    phone.get_by_role("link", name="Ziņot tagad").click()
    phone.locator("label.tile", has_text="apdraudēta").click()
    phone.get_by_label("Ko tu redzēji vai dzirdēji").fill(SEEN)
    phone.get_by_text("Vai tas attiecas uz kādu no skolas cilvēkiem?").click()
    phone.get_by_label("Oto Vadītājs").check()

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Nosūtīt ziņojumu").click()
    phone.wait_for_timeout(500)
    phone.context.set_offline(False)
    phone.goto("/")
    phone.get_by_role("link", name="Ziņot par briesmām").first.click()
    phone.get_by_role("link", name="Ziņot tagad").click()
    assert phone.get_by_label("Ko tu redzēji vai dzirdēji").input_value() == SEEN
    phone.get_by_role("button", name="Nosūtīt ziņojumu").click()
    phone.get_by_text("Ziņojums ir saņemts").first.wait_for()
    report = SafeguardingReport.objects.get()
    assert report.text == SEEN and list(report.left_out.order_by("pk")) == [head]
    assert SEEN[:20] not in phone.evaluate(KEPT)

    desk = browser_page(officer, width=1280)
    desk.goto("/")
    desk.get_by_role("link", name="Izlasīt tagad").click()
    desk.get_by_text(SEEN).wait_for()
    desk.get_by_role("button", name="Izlasīju").click()
    desk.get_by_text("Mentors uzzinās").wait_for()
    assert SafeguardingReport.objects.get().state == ReportState.ACKNOWLEDGED
    phone.reload()
    phone.get_by_text("Anna Sarga to izlasīja").wait_for()

    office = browser_page(head, width=1280)
    for path in ("/", "/plani/", f"/plani/{plan.public_id}/"):
        office.goto(path)
        assert "iņojum" not in office.locator("main").inner_text()
    assert office.goto(f"/zinojumi/{report.public_id}/").status == 404


def test_what_is_typed_into_a_note_stays_nowhere(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    page = browser_page(plan.mentor.user)
    page.goto(f"/piezimes/{plan.public_id}/")
    page.get_by_label("Piezīme", exact=True).fill("Baidās no tēva")
    page.wait_for_timeout(900)  # longer than the other forms wait before they keep
    assert "Baidās" not in page.evaluate(KEPT)
    page.get_by_role("button", name="Šifrēt un saglabāt").click()
    page.get_by_text("Baidās no tēva").wait_for()
    page.goto("/")
    assert "Baidās" not in page.content() + page.evaluate(KEPT)
