"""A phone's passkey: added once, then one touch signs in, without a password (A5). Chromium plays the phone."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.people.models import Post, Role, User

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.get_may_write("mfa_authenticator")]


def with_a_phone(page: Any) -> None:
    """A virtual authenticator with a lock of its own, which says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("role", ["", Role.SUPERVISOR])
def test_one_touch_signs_in(browser_page: Any, settings: Any, role: str) -> None:
    settings.SECOND_FACTOR = True
    person = User.objects.create_user(
        email="ieva@example.invalid", name="Ieva Zariņa", password="zils ledus virs upes"
    )
    if role:
        Post.objects.create(person=person, role=role, since=date(2026, 1, 1))
    page = browser_page(person)
    with_a_phone(page)
    page.goto("/")
    assert page.url.endswith(reverse("mfa_index")) == bool(role)
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Pievienot piekļuves atslēgu").click()
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    assert page.locator("code").count() == 10

    page.goto("/")
    page.get_by_role("button", name="Izmantot piekļuves atslēgu").click()
    page.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)

    page.context.clear_cookies()
    page.goto("/")
    page.get_by_role("button", name="Ar tālruņa atslēgšanu").click()
    page.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)
    assert "Ieva Zariņa" in page.content()
