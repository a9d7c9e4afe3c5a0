"""The form by which a school lets a learner change over, with what becomes of the open plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.closing.words import PlansOnMove
from celabiedrs.lib.look.fields import TextField, asked_by_rule
from celabiedrs.plans.forms.learners import SchoolForm


class MoveForm(SchoolForm):
    """To which school, into which class there; `open_plans`: whether plans are open here."""

    plans = asked_by_rule(
        forms.ChoiceField(
            label=_("What becomes of the plans that are open here"),
            choices=PlansOnMove.choices,
            widget=forms.RadioSelect,
            required=False,
        )
    )
    reason = TextField(
        label=_("Why they end"),
        required=False,
        max_length=300,
        help_text=_("Only if they end here. The mentor's evaluation can be missing; this is its reason."),
    )
    field_order: tuple[str, ...] = ("school", "stage", "plans", "reason")

    def __init__(self, *args: Any, open_plans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not open_plans:
            del self.fields["plans"], self.fields["reason"]
