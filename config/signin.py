"""Sign-in through allauth: password only, by e-mail; accounts are given, never taken."""

from typing import Any

from allauth.account import forms, views
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.forms import Field
from django.http import HttpRequest
from django.urls import URLPattern, path

from celabiedrs.lib.mail_address import AddressInput
from celabiedrs.people.actions.recovery import ask_for_password
from celabiedrs.people.models import OneTimeLink, User


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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
    path("slegts/", views.account_inactive, name="account_inactive"),
    path("velreiz/", views.reauthenticate, name="account_reauthenticate"),
    path("parole/", views.password_change, name="account_change_password"),
    path("parole/jauna/", views.password_set, name="account_set_password"),
    path("parole/aizmirsta/", views.password_reset, name="account_reset_password"),
    path("parole/aizmirsta/nosutita/", views.password_reset_done, name="account_reset_password_done"),
]
