"""Forms of a report of danger, of what is done about it, and of the numbers to call (CNF-2)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawNumber, RawText, TextField
from celabiedrs.lib.look.widgets import Tiles
from celabiedrs.lib.web import ActForm
from celabiedrs.people.models import User
from celabiedrs.places.models import Region
from celabiedrs.rules.confidence import STEP_CHARACTERS
from celabiedrs.safeguarding.models import Grounds, ServiceNumber
from celabiedrs.safeguarding.reading.recipients import SchoolMember

LONGEST = 10_000


class Chosen(forms.ChoiceField):
    """A choice that the rules ask for."""

    def validate(self, value: Any) -> None:
        return


class RaiseForm(ActForm):
    """What was seen, whom the mentor has told already, and who must not learn of it. Nothing but words is asked for."""

    grounds = Chosen(label=_("What is it about"), choices=Grounds.choices, widget=Tiles)
    text = RawText(
        label=_("What did you see or hear"),
        lines=6,
        max_length=LONGEST,
        help_text=_("In your own words: when, where, who said what. It need not be certain or complete."),
    )
    told = forms.MultipleChoiceField(
        label=_("Whom have you told already"), widget=forms.CheckboxSelectMultiple, required=False
    )
    told_other = TextField(label=_("Another service"), max_length=120, required=False)
    leave_out = forms.MultipleChoiceField(
        label=_("Who must not learn of it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Anyone who is ticked sees neither the report nor that there is one, whatever posts they hold."
        ),
    )

    def __init__(
        self,
        *args: Any,
        numbers: Sequence[ServiceNumber],
        people: Sequence[SchoolMember],
        readers: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.person.public_id): row.person for row in people}
        self.fields["text"].readers = readers  # type: ignore[attr-defined]
        self.fields["told"].choices = [  # type: ignore[attr-defined]
            (row.name, f"{row.name} ({row.phone})") for row in numbers
        ]
        self.fields["leave_out"].choices = [  # type: ignore[attr-defined]
            (str(row.person.public_id), _line(row)) for row in people
        ]

    def services(self) -> list[str]:
        """The names of those who were told."""
        return [*self.cleaned_data["told"], *filter(None, [self.cleaned_data["told_other"]])]

    def left_out(self) -> list[User]:
        return [self.people[key] for key in self.cleaned_data["leave_out"]]


def _line(row: SchoolMember) -> str:
    words = f"{row.person.name} – {', '.join(row.posts)}"
    reads = _("reads reports")
    return f"{words} – {reads}" if row.reads else words


class StepForm(ActForm):
    """What was done about a report."""

    what = RawText(label=_("What was done"), lines=2, max_length=STEP_CHARACTERS)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = label
        self.fields["what"].readers = _("the officers of the school, nobody else")  # type: ignore[attr-defined]


class NumberForm(ActForm):
    """A service, its number and what it is for."""

    name = RawText(label=_("Service"), max_length=120)
    phone = RawText(label=_("Number"), max_length=32, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    purpose = RawText(label=_("When to call"), max_length=200)
    region = forms.ModelChoiceField(
        Region.objects.order_by("name"), label=_("Region"), required=False, empty_label=_("all regions")
    )
    position = RawNumber(
        label=_("Place in the list"),
        help_text=_("The smaller, the earlier. The emergency numbers come before all others."),
    )
