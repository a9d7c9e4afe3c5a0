"""The forms of taking in a table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Institution
from celabiedrs.plans.forms.learners import stage_choices


class UploadForm(ActForm):
    """A table, and what holds for all its rows."""

    table = forms.FileField(
        label=_("The table"),
        help_text=_("XLSX or CSV, up to 5 MB. A title above the headings and other columns do not matter."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class LearnersForm(UploadForm):
    """A class list of a school."""

    stage = forms.CharField(
        label=_("Class or course of those for whom the list says none"), required=False, widget=forms.Select
    )

    def __init__(self, *args: Any, schools: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(schools) > 1:
            self.fields["school"] = forms.ChoiceField(
                label=_("School"), choices=[(str(school.public_id), school.name) for school in schools]
            )
        self.fields["stage"].widget.choices = [
            (_as_words(value), label) for value, label in stage_choices(schools[0].kind)
        ]

    def given(self, schools: list[Institution]) -> dict[str, str]:
        chosen = self.cleaned_data.get("school") or str(schools[0].public_id)
        return {"school": chosen, "stage": self.cleaned_data.get("stage", "")}


def _as_words(value: str) -> str:
    """class-8 as a list would write it."""
    name, _dash, number = value.partition("-")
    return {"class": f"{number}. klase", "course": f"{number}. kurss"}.get(name, "")
