"""Forms of the pay pages. They keep what was typed as it was typed: what it means the rules say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import TextField
from celabiedrs.lib.look.widgets import DayInput, Tiles
from celabiedrs.lib.web import ActForm
from celabiedrs.pay.parts import CLASSES

MONEY = forms.TextInput(attrs={"inputmode": "decimal", "class": "money"})
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "class": "money"})


class ActOfRunForm(ActForm):
    """A button of a run's page: which act, and which state of the run the person was looking at."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("prepare", "approve", "send")])
    seen = forms.CharField(required=False, max_length=40)


class PrepareForm(ActForm):
    """The button of the desk."""

    month = forms.CharField(required=False, max_length=20)


class RateForm(ActForm):
    """A rate to be published (PAY-1, PAY-3)."""

    amount = TextField(
        label=_("Full cost of one academic hour, euros"),
        help_text=_("Wage, holiday share and the employer's VSAOI together, for example 11,40."),
        required=False,
        max_length=20,
        widget=MONEY,
    )
    since = TextField(
        label=_("From which day"),
        help_text=_("The day of the meeting picks the rate."),
        required=False,
        max_length=20,
        widget=DayInput,
    )
    source = TextField(
        label=_("Source"),
        help_text=_("The document that sets the rate, with its date and number."),
        max_length=200,
        readers=_("programme administrators"),
    )


class CorrectForm(ActForm):
    """What a paid month rightly comes to (DUT-1)."""

    hours = TextField(
        label=_("Hours that the month rightly comes to"),
        help_text=_("The whole month, not the difference; whole academic hours, 0 if nothing is to be paid."),
        required=False,
        max_length=20,
        widget=NUMBER,
    )
    reason = TextField(
        label=_("Why"),
        help_text=_("Do not write the learner's name or story here."),
        required=False,
        max_length=500,
        lines=3,
        readers=_("mentor, pay clerk and head of the employer"),
    )


class ClassForm(ActForm):
    """By which class of social insurance a mentor is counted (PAY-2)."""

    kind = forms.ChoiceField(
        label=_("Class of social insurance"), required=False, choices=list(CLASSES.items()), widget=Tiles
    )
    since = TextField(label=_("From which day"), required=False, max_length=20, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(CLASSES.items())  # type: ignore[attr-defined]
