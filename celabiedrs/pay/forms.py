"""Forms of the pay pages. They keep what was typed as it was typed: what it means the rules say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import TextField
from celabiedrs.lib.look.widgets import DayInput
from celabiedrs.lib.web import ActForm
from celabiedrs.pay.reading.parts import CLASSES

MONEY = forms.TextInput(attrs={"inputmode": "decimal", "class": "money"})
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "class": "money"})


class Typed(TextField):
    """What was typed, as text. Asked for; that it is missing or wrong is for the rules to say."""

    def validate(self, value: Any) -> None:
        return


class ActOfRunForm(ActForm):
    """A button of a run's page: which act, and which state of the run the person was looking at."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("prepare", "approve", "send")])
    seen = forms.CharField(required=False, max_length=40)


class PrepareForm(ActForm):
    """The button of the desk."""

    month = forms.CharField(required=False, max_length=20)


class RateForm(ActForm):
    """A rate to be published (PAY-1, PAY-3)."""

    amount = Typed(
        label=_("Full cost of one academic hour, euros"),
        help_text=_("Wage, holiday share and the employer's VSAOI together, for example 11,40."),
        max_length=20,
        widget=MONEY,
    )
    since = Typed(
        label=_("From which day"),
        help_text=_("The day of the meeting picks the rate."),
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

    hours = Typed(
        label=_("Hours that the month rightly comes to"),
        help_text=_("The whole month, not the difference; whole academic hours, 0 if nothing is to be paid."),
        max_length=20,
        widget=NUMBER,
    )
    reason = Typed(
        label=_("Why"),
        help_text=_("Do not write the learner's name or story here."),
        max_length=500,
        lines=3,
        readers=_("mentor, pay clerk and head of the employer"),
    )


class ClassForm(ActForm):
    """By which class of social insurance a mentor is counted (PAY-2)."""

    kind = forms.ChoiceField(
        label=_("Class of social insurance"), choices=list(CLASSES.items()), widget=forms.RadioSelect
    )
    since = Typed(label=_("From which day"), max_length=20, widget=DayInput)
