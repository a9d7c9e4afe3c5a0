"""Forms of accounts and posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawText
from celabiedrs.lib.mail_address import AddressInput
from celabiedrs.lib.web import ActForm
from celabiedrs.people.models import Role
from celabiedrs.places.models import Institution, Municipality, Region


class FindForm(forms.Form):
    """Looking for a person by name, e-mail or role."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=120)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("any role")), *Role.choices])


class AccountForm(ActForm):
    """A new account."""

    name = RawText(label=_("Name and surname"), max_length=120)
    email = AddressInput(
        label=_("E-mail"), help_text=_("The person's own address: with it the person signs in.")
    )


class CorrectAccountForm(ActForm):
    """What is right of a person's name and address, and why it stood otherwise (decision 0060)."""

    name = RawText(label=_("Name and surname"), max_length=120)
    email = AddressInput(label=_("E-mail"))
    reason = RawText(
        label=_("Why"),
        max_length=300,
        readers=_("programme administrators"),
        help_text=_("For example: a letter was wrong; the surname was changed, by which document."),
    )


class PostForm(ActForm):
    """A role at its place: which of the three places counts, the role says."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("choose")), *Role.choices])
    institution = forms.ModelChoiceField(
        Institution.objects.still_open().order_by("sort_name", "pk"),
        label=_("Institution"),
        required=False,
        help_text=_("For the staff of a school or of another employer."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name"),
        label=_("Municipality"),
        required=False,
        help_text=_("For a municipality coordinator."),
    )
    region = forms.ModelChoiceField(
        Region.objects.order_by("name"),
        label=_("Region of the project"),
        required=False,
        help_text=_("For a project expert."),
    )
    since = RawDay(label=_("From which day"))
    until = RawDay(
        label=_("Last day"),
        required=False,
        help_text=_("Only where the post is given for a time that is known."),
    )
    stands_in = forms.BooleanField(
        label=_("Stands in for an absent head, pay clerk or preparer until the last day"), required=False
    )

    def place(self) -> Any:
        """The one place that was chosen; with two of them, none that fits any role."""
        chosen = [self.cleaned_data[name] for name in ("institution", "municipality", "region")]
        given = [place for place in chosen if place is not None]
        return given[0] if len(given) == 1 else given or None


class EndPostForm(ActForm):
    """The last day of a post."""

    post = forms.IntegerField(widget=forms.HiddenInput)
    day = RawDay(label=_("Last day"))


class ResetForm(ActForm):
    """Why an account is reset."""

    reason = RawText(
        label=_("Why"),
        max_length=300,
        help_text=_("How the person asked for it, and how you know that it was them."),
    )
