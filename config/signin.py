"""Sign-in through allauth: a password or a passkey, and a second factor; accounts are given, never taken."""

from datetime import datetime
from typing import Any

from allauth.account import forms, views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.forms import Field
from django.http import HttpRequest
from django.urls import URLPattern, path

from celabiedrs.lib import clock
from celabiedrs.lib.mail_address import AddressInput, one_form
from celabiedrs.people.actions.limits import count_wrong, forget_wrong, may_try
from celabiedrs.people.actions.recovery import ask_for_password
from celabiedrs.people.models import OneTimeLink, User
from celabiedrs.people.notices import factor_changed
from config.backend import FACTORS
from config.factor import was_shown
from config.idle import BEGAN, stay

FRESH = 15 * 60
"""Seconds after a sign-in in which a first second factor is added without asking for the password again."""


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Second factors are changed by somebody who has just shown to be the owner; the first one is added within
        minutes of the sign-in, and its recovery codes read, without asking again."""
        if app != "allauth.mfa":
            return False
        began = self.request.session.get(BEGAN, 0)
        if int(clock.now().timestamp()) - began >= FRESH:
            return True
        older = FACTORS.filter(
            user=self.request.user, created_at__lt=datetime.fromtimestamp(began, clock.RIGA)
        )
        return older.exists() and not was_shown(self.request, self.request.user)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """A change of password or of a second factor is told to the owner on the page of messages."""
        factor_changed(user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Look at a password only while there were few wrong ones of this person from this client."""
        if not may_try(**self._tried(request, credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        count_wrong(**self._tried(request, credentials))

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls this where the password was right."""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        forget_wrong(**self._tried(request, {"email": user.email}))

    def _tried(self, request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
        return {
            "address": one_form(credentials.get("email")),
            "client": str(self.get_client_ip(request)),
        }

    def reauthenticate(self, user: User, password: str) -> bool:
        return user.check_password(password)

    def set_password(self, user: User, password: str) -> None:
        """A new password voids every link that was handed out before."""
        super().set_password(user, password)
        OneTimeLink.objects.filter(person=user, used_at=None).delete()


class LoginForm(forms.LoginForm):
    """The address in whatever case and form the person writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = as_address(self.fields["login"])


class ResetPasswordForm(forms.ResetPasswordForm):
    """Asks for a letter through our own outbox: the answer and its time are the same for every address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = as_address(self.fields["email"])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        ask_for_password(address=self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


def as_address(field: Field) -> AddressInput:
    """The same field, read by the one reader of addresses."""
    return AddressInput(label=field.label, widget=field.widget, required=field.required)


urlpatterns: list[URLPattern] = [
    path(
        "",
        views.LoginView.as_view(extra_context={"demonstration": settings.DEMONSTRATION}),
        name="account_login",
    ),
    path("iziet/", views.logout, name="account_logout"),
    path("palikt/", stay, name="stay"),
    path("slegts/", views.account_inactive, name="account_inactive"),
    path("velreiz/", views.reauthenticate, name="account_reauthenticate"),
    path("drosiba/", mfa.index, name="mfa_index"),
    path("kods/", mfa.authenticate, name="mfa_authenticate"),
    path("kods/velreiz/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("drosiba/lietotne/", totp.activate_totp, name="mfa_activate_totp"),
    path("drosiba/lietotne/nost/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("drosiba/kodi/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("drosiba/kodi/jauni/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("drosiba/atslegas/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("drosiba/atslegas/jauna/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("drosiba/atslegas/velreiz/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("drosiba/atslegas/<int:pk>/nost/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("atslega/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("parole/", views.password_change, name="account_change_password"),
    path("parole/jauna/", views.password_set, name="account_set_password"),
    path("parole/aizmirsta/", views.password_reset, name="account_reset_password"),
    path("parole/aizmirsta/nosutita/", views.password_reset_done, name="account_reset_password_done"),
]
