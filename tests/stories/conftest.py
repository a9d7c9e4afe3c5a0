"""A real browser before a real server. Left out, saying so, where there is no /usr/bin/chromium."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import signed_in

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

OpenAs = Callable[..., Any]


@pytest.fixture
def browser_page(
    transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenAs]:
    """`browser_page(user, width=390)` gives a playwright page of a browser in which the person is signed in.

    Playwright keeps an event loop in this thread, which Django takes for an asynchronous caller.
    """
    if not os.path.exists(CHROMIUM):
        pytest.skip(f"no {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))

        def open_as(user: Any, *, width: int = 390, **more: Any) -> Any:
            context = browser.new_context(
                viewport={"width": width, "height": 844}, base_url=live_server.url, locale="lv", **more
            )
            client = signed_in(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
            page = context.new_page()
            page.set_default_timeout(15_000)
            return page

        yield open_as
        browser.close()
        connection.close()  # beside playwright's loop Django keeps another one than outside
    # Django now empties every table, the events too. Stories come after all tests that undo their own transaction.
    with connection.cursor() as cursor:
        cursor.execute("SET celabiedrs.emptying = 'on'")
