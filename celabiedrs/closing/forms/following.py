"""The form of the papers of a plan that follows another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, TextField, asked_by_rule
from celabiedrs.lib.web import ActForm
from celabiedrs.plans.forms.papers import ScanField
from celabiedrs.plans.words import Applicant


class FollowingForm(ActForm):
    """Who signed the request and when, on which days both signed the agreement, both scans."""

    arguments = {"request": "request_scan", "agreement": "agreement_scan"}

    applicant = asked_by_rule(
        forms.ChoiceField(
            label=_("Who signed the request"),
            choices=Applicant.choices,
            widget=forms.RadioSelect,
            required=False,
        )
    )
    signed_on = RawDay(label=_("The request was signed on"))
    request_scan = asked_by_rule(ScanField(label=_("The signed request")))
    learner_signed_on = RawDay(label=_("The learner signed the agreement on"))
    mentor_signed_on = RawDay(label=_("The mentor signed the agreement on"))
    agreement_scan = ScanField(label=_("Scan of the agreement"))
    original = TextField(
        label=_("Where the originals are kept"),
        required=False,
        max_length=200,
        help_text=_("At the school, for example: office, folder “Mentoring 2026/27”."),
    )

    def days(self) -> dict[str, Any]:
        """What was typed of who signed and when, raw, as `file_papers` takes it."""
        names = ("applicant", "signed_on", "learner_signed_on", "mentor_signed_on")
        return {name: self[name].value() or "" for name in names}
