"""Forms of the register of originals (DUT-4) and of the change of keeper (ARC-1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawText, TextField
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Institution
from celabiedrs.rules.originals import HOLDER_CHARACTERS, PLACE_CHARACTERS

READERS = _("the staff of school and employer, the project expert, the auditor")
PAPER, FILE = "paper", "file"


class PlaceForm(ActForm):
    """Where the ticked originals lie. What is too long or missing, the rule says."""

    place = RawText(
        label=_("Where they lie"),
        help_text=_("Room, cupboard, folder: “Record office, folder 12”."),
        max_length=PLACE_CHARACTERS,
        readers=READERS,
    )
    holder = TextField(
        label=_("In whose hands"),
        help_text=_("A post or a name, if you wish: “secretary”."),
        required=False,
        max_length=HOLDER_CHARACTERS,
        readers=READERS,
    )
    what = forms.ChoiceField(
        label=_("What the original is"),
        choices=[(PAPER, _("paper")), (FILE, _("e-signed file: the uploaded file is the original"))],
        initial=PAPER,
    )

    def said(self) -> dict[str, Any]:
        """As `place_original` takes it."""
        given = self.cleaned_data
        return {
            "place": given["place"],
            "holder": given["holder"],
            "electronic": given["what"] == FILE,
        }


class Chosen(forms.ModelChoiceField):
    """An institution; that none was chosen, the rule says."""

    def validate(self, value: Any) -> None:
        return


class KeeperForm(ActForm):
    """Who takes over an institution's papers, from which day and why."""

    institution = Chosen(Institution.objects.none(), label=_("Whose papers"), to_field_name="public_id")
    to = Chosen(Institution.objects.none(), label=_("Who keeps them from now on"), to_field_name="public_id")
    day = RawDay(label=_("Day on which the papers went over"))
    reason = RawText(
        label=_("Why"),
        help_text=_("For example: the school was merged by the council's decision of 30.06.2027."),
        max_length=300,
        readers=_("who reads the register of these papers"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Institution.objects.select_related("municipality").order_by("sort_name", "pk")
        for name in ("institution", "to"):
            self.fields[name].queryset = places  # type: ignore[attr-defined]
