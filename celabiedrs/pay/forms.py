"""Forms of the pay pages. They keep what was typed as it was typed: what it means the rules say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawHours, RawMoney, RawMonth, RawText, TextField
from celabiedrs.lib.web import ActForm
from celabiedrs.pay.reading.parts import CLASSES


class ActOfRunForm(ActForm):
    """A button of a run's page: which act, and which state of the run the person was looking at."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("prepare", "approve", "send", "withdraw")])
    seen = forms.CharField(required=False, max_length=40)


class PrepareForm(ActForm):
    """The button of the desk."""

    month = RawMonth(required=False, widget=forms.HiddenInput)


class RateForm(ActForm):
    """A rate to be published (PAY-1, PAY-3)."""

    amount = RawMoney(
        label=_("Full cost of one academic hour, euros"),
        help_text=_("Wage, holiday share and the employer's VSAOI together, for example 11,40."),
    )
    since = RawDay(
        label=_("From which day"),
        help_text=_("The day of the meeting picks the rate."),
    )
    source = TextField(
        label=_("Source"),
        help_text=_("The document that sets the rate, with its date and number."),
        max_length=200,
        readers=_("programme administrators"),
    )


class CorrectForm(ActForm):
    """What a paid month rightly comes to (DUT-1)."""

    hours = RawHours(
        label=_("Hours that the month rightly comes to"),
        help_text=_("The whole month, not the difference; whole academic hours, 0 if nothing is to be paid."),
    )
    reason = RawText(
        label=_("Why"),
        help_text=_("Do not write the learner's name or story here."),
        max_length=500,
        lines=3,
        readers=_("mentor, pay clerk and head of the employer"),
    )


class IdentityForm(ActForm):
    """By what payroll knows a mentor (PAY-1)."""

    employee_number = RawText(
        label=_("Employee number"),
        help_text=_("As it stands in the employer's payroll."),
        required=False,
        max_length=40,
        readers=_("pay clerks of this employer"),
    )
    personal_code = RawText(
        label=_("Personal code"),
        required=False,
        max_length=20,
        readers=_("pay clerks of this employer"),
    )


class ClassForm(ActForm):
    """By which class of social insurance a mentor is counted (PAY-2)."""

    kind = forms.ChoiceField(
        label=_("Class of social insurance"), choices=list(CLASSES.items()), widget=forms.RadioSelect
    )
    since = RawDay(label=_("From which day"))
