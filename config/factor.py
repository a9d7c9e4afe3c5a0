"""Second factors (A5): passkeys, codes of an app, recovery codes. Staff reach no page of work without one."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from celabiedrs.people.models import FactorSecret, User

OPEN = ("account_", "mfa_", "people:one_time", "people:devices", "set_language", "health", "ready", "stay")
"""Names of addresses reached without a second factor, by how they begin: their own account, and getting one."""


class SecondFactor:
    """Who holds a post, or has a second factor, reaches the other pages only in a session in which it was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *args: Any
    ) -> HttpResponseBase | None:
        user = request.user
        if (
            not settings.SECOND_FACTOR
            or not isinstance(user, User)
            or not getattr(view, "login_required", True)
        ):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(OPEN):
            return None
        if user.has_factor:
            return None if was_shown(request, user) else _ask(request)
        if user.posts_on():
            messages.info(request, _("Your post needs a second factor: add one, and its pages open."))
            return HttpResponseRedirect(reverse("mfa_index"))
        return None


def was_shown(request: HttpRequest, user: User) -> bool:
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _ask(request: HttpRequest) -> HttpResponseBase:
    """The page that asks for it, and then back to where the person wanted to go."""
    by_code = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    page = reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")
    back = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{page}?{urlencode({'next': back})}")


class Factors(DefaultMFAAdapter):
    """What allauth asks of us: secrets are sealed, a post keeps its last factor, and changes are told."""

    def encrypt(self, text: str) -> str:
        secret = FactorSecret.objects.create(person=context.request.user, text=text)
        return str(secret.pk)

    def decrypt(self, encrypted_text: str) -> str:
        return str(FactorSecret.objects.get(pk=int(encrypted_text)).text)

    def build_totp_svg(self, url: str) -> str:
        out = io.BytesIO()
        segno.make(url).save(out, kind="svg", scale=4)
        return out.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who holds a post has one factor at least beside the recovery codes."""
        person = User.objects.get(pk=authenticator.user_id)
        others = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return not person.posts_on() or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Key %(number)s") % {"number": count + 1}


class AddPasskey(AddWebAuthnForm):
    """A passkey of a phone signs in by itself; a key without a lock of its own is a second factor only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of the device")
        self.fields["passwordless"].label = gettext_lazy("Sign in by this device alone, with its own lock")
        self.fields["passwordless"].help_text = gettext_lazy("For your own phone or computer.")
        self.fields["passwordless"].initial = True
