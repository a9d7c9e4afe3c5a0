"""An address of e-mail is one thing, however it is written: one form of it is kept, compared and signed in with."""

import contextlib
import unicodedata
from typing import Any

from django import forms
from django.db import models


def one_form(raw: object) -> str:
    """No invisible signs or spaces, small letters, a domain's own letters in the place of xn--."""
    text = unicodedata.normalize("NFKC", str(raw or ""))
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc", "Zs", "Zl", "Zp"))
    name, at, domain = kept.lower().rpartition("@")
    domain = ".".join(_own_letters(label) for label in domain.rstrip(".").split("."))
    return unicodedata.normalize("NFC", f"{name}{at}{domain}")


def _own_letters(label: str) -> str:
    with contextlib.suppress(
        UnicodeError
    ):  # what is no name of the internet is left for the check of addresses
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    return label


class AddressField(models.EmailField):  # type: ignore[type-arg]
    """A column that holds and looks for the one form, no matter who writes into it."""

    def to_python(self, value: Any) -> Any:
        return value if value is None else one_form(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class AddressInput(forms.EmailField):
    """An address in a form: a sign pasted along with it, or a capital letter, does not make it another one."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})

    def to_python(self, value: Any) -> str:
        return one_form(value)
