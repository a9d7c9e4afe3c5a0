"""Forms of the closing: the review of the cooperation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.hours.models import Recommendation
from celabiedrs.lib.look.fields import TextField
from celabiedrs.lib.web import ActForm

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
