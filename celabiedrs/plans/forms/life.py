"""Forms of the expert's desk, of a plan's life and of questions (IAP-1, DUT-2, CAL-5, PAY-5, DUT-8)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, TextField
from celabiedrs.lib.web import ActForm
from celabiedrs.plans.facts.grounds import GroundOption
from celabiedrs.plans.forms.papers import ScanField
from celabiedrs.plans.forms.plan import STORY_READERS, GroundForm, HoursForm, RiskForm
from celabiedrs.plans.words.fields import ASKED, PARTS
from celabiedrs.rules.reading import any_hours, read_day
from celabiedrs.rules.support import Risk

REASONS: tuple[tuple[str, Any], ...] = (
    ("unclear", _("It is too general: say concretely what is hard and what will be done.")),
    ("risk", _("The reason does not show why this risk is seen.")),
    ("ground", _("The ground does not fit what is written of the risks.")),
    ("hours", _("The hours do not fit the way forward.")),
    ("scan", _("The scan cannot be read, or a page is missing.")),
    ("signature", _("A signature or its day is missing, or the wrong person signed.")),
    ("private", _("It holds a diagnosis or something about other people: take it out.")),
)
QUESTION_READERS = _("the mentor of the plan and the staff of the school, nobody else")


class ApproveForm(ActForm):
    """Which sending or change the expert has read."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ReturnForm(ActForm):
    """What is to be put right, for which reasons; the preparer sees these fields marked and no other."""

    arguments = {"reason": "words"}

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    fields_asked = forms.MultipleChoiceField(
        label=_("What is to be put right"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one field: only what is named is asked of the school.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why"), choices=REASONS, widget=forms.CheckboxSelectMultiple, required=False
    )
    words = TextField(
        label=_("In your words"),
        lines=3,
        max_length=500,
        required=False,
        readers=STORY_READERS,
        help_text=_("What exactly is missing, and where."),
    )

    def __init__(self, names: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_asked"].choices = [(name, PARTS[name].label) for name in names]  # type: ignore[attr-defined]

    def reason(self) -> str:
        """The chosen reasons and the words, one below the other."""
        chosen = self.cleaned_data.get("reasons") or []
        lines = [str(text) for key, text in REASONS if key in chosen]
        return "\n".join([*lines, *filter(None, [self.cleaned_data.get("words", "")])])


class SuspendForm(ActForm):
    reason = TextField(label=_("Reason"), max_length=500, lines=2, readers=STORY_READERS)


class PlainForm(ActForm):
    """Nothing is asked but the button itself."""


class ExtendForm(ActForm):
    """The head's order by which a plan goes on into the summer."""

    order_until = RawDay(
        label=_("Last day of the order"), help_text=_("The last day of additional lessons or examinations.")
    )
    order_scan = ScanField(label=_("Copy of the head's order"))


class AmendForm(GroundForm, HoursForm, RiskForm):
    """Everything that can change on an approved plan, with the reason."""

    reason = TextField(label=_("Why it changes"), max_length=500, lines=2, readers=STORY_READERS)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ASKED

    def __init__(self, options: Sequence[GroundOption], *args: Any, **kwargs: Any) -> None:
        HoursForm.__init__(self, *args, **kwargs)
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (option.ground, f"{option.label} ({option.module_label})") for option in options
        ]
        self.fields["ground"].required = False

    def changes(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Only what differs from what stands, raw, as `amend_plan` takes it."""
        given: dict[str, Any] = {
            **{name: value for name, value in self.chosen().items() if value},
            **self.told(),
        }
        typed: dict[str, Any] = {
            name: value for name, value in given.items() if not _stands(value, standing[name])
        }
        risks = self.risks()
        if {risk.kind: risk.reason for risk in risks} != _by_kind(standing["risks"]):
            typed["risks"] = risks
        return typed


def _by_kind(risks: Sequence[Risk]) -> dict[str, str]:
    return {risk.kind: risk.reason for risk in risks}


def _stands(typed: str, value: Any) -> bool:
    """Whether what came back from the form is what the plan says already, however it is written."""
    if isinstance(value, date):
        return read_day(typed) == value
    return any_hours(typed) == value if isinstance(value, int) else typed == str(value)


class QuestionForm(ActForm):
    text = TextField(
        label=_("Your question"),
        lines=3,
        max_length=1000,
        readers=QUESTION_READERS,
        help_text=_("Nothing private: no diagnoses, nothing that was told in confidence."),
    )


class AnswerForm(ActForm):
    text = TextField(label=_("Your answer"), lines=3, max_length=1000, readers=QUESTION_READERS)
