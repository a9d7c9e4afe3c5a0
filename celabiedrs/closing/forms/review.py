"""Forms of the closing: the review of the cooperation, the plan of the next semester."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.hours.models import Recommendation
from celabiedrs.lib.look.fields import TextField
from celabiedrs.lib.web import ActForm
from celabiedrs.plans.facts.grounds import GroundOption
from celabiedrs.plans.forms.plan import GroundForm, HoursForm, RiskForm, semester_words
from celabiedrs.plans.words.fields import ASKED
from celabiedrs.rules.calendar import Period

READERS = _("the school and the project expert")


class ReviewForm(ActForm):
    """The closing column of the last timesheet (LOG-12, LOG-13)."""

    text = TextField(
        label=_("How the cooperation went"),
        lines=6,
        max_length=4000,
        readers=READERS,
        help_text=_("Short and concrete. What the learner confided is not written here."),
    )
    conclusions = TextField(
        label=_("Your conclusions"), lines=4, max_length=4000, required=False, readers=READERS
    )
    recommendation = forms.ChoiceField(
        label=_("What you recommend"),
        choices=[
            (Recommendation.CONTINUE, _("to continue in the next semester")),
            (Recommendation.CLOSE, _("to close the mentoring")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to continue or to close.")},
    )


class ExcuseForm(ActForm):
    """Why a review cannot be had (LOG-12)."""

    reason = TextField(
        label=_("Why the review cannot be had"),
        lines=3,
        max_length=500,
        readers=READERS,
        help_text=_("For example: the mentor moved abroad and does not answer. Nothing of the learner."),
    )


class RenewForm(GroundForm, HoursForm, RiskForm):
    """The plan of a later semester. No risk is ticked and no reason filled in: each is assessed again (IAP-3)."""

    semester = forms.ChoiceField(label=_("Semester"), widget=forms.RadioSelect)
    field_order = ASKED

    def __init__(
        self, periods: Sequence[Period], options: Sequence[GroundOption], *args: Any, **kwargs: Any
    ) -> None:
        HoursForm.__init__(self, *args, **kwargs)
        self.fields["semester"].choices = [  # type: ignore[attr-defined]
            (period.label, semester_words(period)) for period in periods
        ]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (option.ground, f"{option.label} ({option.module_label})") for option in options
        ]
        if len(periods) == 1:
            self.fields["semester"].initial = periods[0].label
