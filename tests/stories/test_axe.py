"""Every page of the demonstration as each role that meets it, on a phone and on a desk, in Latvian: no barrier that
axe finds, and no sideways scroll down to 320 px. Forms that refuse are looked at as well (E1)."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Error as PlaywrightError

from celabiedrs.people.models import User
from rehearsal.demo import sign_in
from rehearsal.demo.story import build
from tests.stories.test_mentor_meeting import put_plan_of_these_days

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
    one => one.id + ': ' + one.nodes.slice(0, 2).map(node => node.html.slice(0, 120)).join(' | ')))"""
LINKS = """links => links.map(link => link.getAttribute('href')).filter(to => /^\\/(?!\\/)/.test(to))"""
DOWNLOAD = re.compile(r"/(pdf|veidlapa|druka)/|\.(xlsx|csv|pdf)$|/fails/|/datne/|^/static/|^/ienakt/iziet")
NAMED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}\b|(?<=/)\d+(?=/)")
SAME_FOR_ALL = ("/noteikumi/", "/ienakt/", "/kontakti/")
MOST = 14  # kinds of pages of one person


def kind_of(path: str) -> str:
    """The address without which thing and which month it is about."""
    return NAMED.sub("*", path.split("#")[0].split("?")[0])


def people() -> Iterator[tuple[str, User]]:
    """One person of each role, in the order of the demonstration's own table."""
    met = set()
    for role, _where, person in sign_in._shown():
        if role not in met:
            met.add(role)
            yield role, person


def often(kind: str) -> int:
    return 99 if kind == "/" else 1 if kind.startswith(SAME_FOR_ALL) else 2


def barriers(page: Any, where: str) -> list[str]:
    """What is wrong with the page that is open, at each width."""
    wrong = []
    page.evaluate(AXE)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        wrong += [f"{where} at {width} px: {found}" for found in page.evaluate(RUN)]
    page.set_viewport_size({"width": 320, "height": 700})
    drawn = page.evaluate("document.documentElement.scrollWidth")
    return wrong + ([f"{where} is {drawn} px wide at 320 px"] if drawn > 320 else [])


def walk(page: Any, role: str, seen: Counter[str]) -> list[str]:
    """The pages that can be reached from the home page by links, one of each kind.

    What two roles have met is not looked at a third time; what is the same for all, once.
    """
    wrong, waiting, met = [], ["/"], set()
    while waiting and len(met) < MOST:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in met or DOWNLOAD.search(path) or seen[kind] >= often(kind):
            continue
        met.add(kind)
        try:
            answer = page.goto(path)
        except PlaywrightError as error:
            if "Download is starting" in str(error):
                continue
            raise
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status != 200:
            wrong.append(f"{role} {kind}: {answer.status}")
        wrong += barriers(page, f"{role} {kind}")
        waiting += page.eval_on_selector_all("a[href]", LINKS)
    seen.update(met)
    return wrong


def test_no_page_of_any_role_has_a_barrier(browser_page: Any) -> None:
    build()
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for role, person in people():
        page = browser_page(person, width=1280)
        wrong += walk(page, role, seen)
        page.context.close()
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 30, sorted(seen)


def test_forms_that_refuse_have_no_barrier(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    page = browser_page(plan.mentor.user, width=1280)
    wrong = []
    for start in (f"/stundas/tiksanas/{plan.public_id}/", "/ienakt/parole/"):
        page.goto(start)
        page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
        with page.expect_navigation():
            page.locator("main form [type=submit]").first.click()
        assert page.locator("[aria-invalid=true], .error-summary, .notice--refusal").count(), page.url
        wrong += barriers(page, f"refused {kind_of(start)}")
    page.context.clear_cookies()
    page.goto("/ienakt/")
    wrong += barriers(page, "signing in")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.locator("main form [type=submit]").first.click()
    wrong += barriers(page, "signing in refused")
    page.goto("/nav-tadas-lapas/")
    wrong += barriers(page, "nothing here")
    assert not wrong, "\n".join(wrong)
