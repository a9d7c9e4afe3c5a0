"""Forms of the programme: a setting, a municipality, an institution, a regional contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawText, TextField
from celabiedrs.lib.mail_address import AddressInput
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import InstitutionKind, Municipality, Region, RegionalDuty

MEANS = {"device": _("on the mentor's device"), "paper": _("in ink on paper")}
CHOICES: dict[str, dict[str, Any]] = {
    "six_learners_count": {
        "cumulative": _("all learners of the semester, those whose plan has ended too"),
        "concurrent": _("only learners whose plan has not ended"),
    },
    "pay_waits_for": {
        "all_timesheets": _("all the mentor's timesheets of the month with this employer"),
        "each_timesheet": _("each timesheet by itself"),
    },
    "notes_enabled": {"yes": _("yes"), "no": _("no")},
}


class SettingForm(ActForm):
    """A setting's new value, and from which day it holds."""

    arguments = {"value": "value"}

    since = RawDay(label=_("From which day"), help_text=_("Today or a later day."))

    reason = TextField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("For example the day and number of the decision. It stands beside the value."),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = self._value(name)
        self.order_fields(["value", "since", "reason"])

    @staticmethod
    def _value(name: str) -> forms.Field:
        if name == "signature_means":
            return forms.MultipleChoiceField(
                label=_("The new value"),
                choices=list(MEANS.items()),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one way to sign.")},
            )
        if name not in CHOICES:
            return RawText(
                label=_("The new value"),
                max_length=12,
                help_text=_(
                    "A whole number; a lowest and a highest one as 7–9; a share as 0,1234; a day as 01.09.2027."
                ),
            )
        return forms.ChoiceField(
            label=_("The new value"), choices=list(CHOICES[name].items()), widget=forms.RadioSelect
        )


class Municipalities(forms.ModelMultipleChoiceField):
    """Municipalities as a list to tick."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(Municipality.objects.order_by("name"), **kwargs)


class RegionForm(ActForm):
    """A region of the project."""

    name = RawText(label=_("Name of the region"), max_length=80)


class MunicipalityForm(ActForm):
    """What may change of a municipality; a new one has a code and a name as well (REG-1)."""

    region = forms.ModelChoiceField(Region.objects.order_by("name"), label=_("Region of the project"))
    since = RawDay(label=_("Valid from"), required=False, help_text=_("Empty: always until now."))
    until = RawDay(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day, when a reform ends the municipality."),
    )
    neighbours = Municipalities(label=_("Neighbouring municipalities"), required=False)


class NewMunicipalityForm(MunicipalityForm):
    code = RawText(label=_("Code in the register of territories (ATVK)"), max_length=12)
    name = RawText(label=_("Name"), max_length=80)
    field_order = ("code", "name", "region", "since", "until")
    neighbours = None  # type: ignore[assignment]


class InstitutionForm(ActForm):
    """What is known of an institution."""

    name = RawText(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=InstitutionKind.choices, widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(Municipality.objects.order_by("name"), label=_("Municipality"))
    municipal = forms.BooleanField(
        label=_("A municipal institution or a unit of one"),
        required=False,
        help_text=_("Only such an institution may employ mentors for a learner of another one (CON-5)."),
    )
    contact_name = TextField(label=_("Whom to ask there"), max_length=120, required=False)
    email = AddressInput(label=_("E-mail"), required=False)
    phone = TextField(label=_("Telephone"), max_length=40, required=False)
    address = TextField(label=_("Postal address"), max_length=200, required=False)
    controller = TextField(
        label=_("Controller of the personal data"),
        max_length=200,
        required=False,
        help_text=_("As documents name it, for example the municipality with its registration number."),
    )
    data_protection_contact = TextField(
        label=_("Data protection contact"),
        max_length=200,
        required=False,
        help_text=_("The data protection officer's e-mail or telephone."),
    )


class NewInstitutionForm(InstitutionForm):
    """An institution that is like one that is entered already is asked about first."""

    another = forms.BooleanField(label=_("This is another institution of the same name"), required=False)


class ContactForm(ActForm):
    """Whom of the project to ask in some municipalities (CTC-1)."""

    name = RawText(label=_("Name and surname"), max_length=120)
    duty = forms.ChoiceField(label=_("Duty"), choices=RegionalDuty.choices, widget=forms.RadioSelect)
    email = AddressInput(label=_("E-mail"), required=False)
    phone = TextField(label=_("Telephone"), max_length=40, required=False)
    municipalities = Municipalities(label=_("For which municipalities"), required=False)
