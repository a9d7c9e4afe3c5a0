"""The one form of private notes (CNF-1)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawText
from celabiedrs.lib.web import ActForm

LONGEST = 10_000
ALONE = {
    "rows": 8,
    "autocomplete": "off",
    # a browser's spelling aids may send what is typed to their maker
    "spellcheck": "false",
    "writingsuggestions": "false",
    "data-keep-never": True,
}


class NoteForm(ActForm):
    text = RawText(
        label=_("Note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=ALONE),
        readers=_("you alone"),
    )


class CodeForm(ActForm):
    """A recovery code from before the account was reset."""

    code = RawText(
        label=_("Recovery code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
