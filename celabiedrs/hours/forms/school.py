"""Forms of the school's decisions on a month."""

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawHours, TextField
from celabiedrs.lib.web import ActForm

COMMON_REASONS = (
    ("signature", _("A signature is missing.")),
    ("hours", _("The hours differ from the signed sheet.")),
    ("day", _("The day or the start is wrong.")),
    ("short_topic", _("The topic says too little.")),
    ("private_topic", _("The topic says more of the learner than the school needs to know.")),
    ("review", _("The review of the cooperation needs to be completed.")),
)
MENTOR_READS = _("mentor")


class DecisionForm(ActForm):
    """A decision on a month as it stood on the page: `version` tells when somebody was first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VerifyForm(DecisionForm):
    paper_hours = RawHours(
        label=_("The signed sheet adds up to"),
        error_messages={"required": _("Enter the hours that the signed sheet adds up to.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        help_text=_("Academic hours, added up on the paper: only the rows signed in ink."),
    )

    def __init__(self, *args: object, any_paper: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not any_paper:
            del self.fields["paper_hours"]


class Reasons(forms.MultipleChoiceField):
    """Reasons to tick. One is asked for, here or in own words; that none was given is for the act to refuse."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class ReturnForm(DecisionForm):
    arguments = {"reason": "words"}
    common = Reasons(
        label=_("Why it goes back"),
        choices=COMMON_REASONS,
        widget=forms.CheckboxSelectMultiple,
    )
    words = TextField(label=_("In own words"), required=False, lines=3, max_length=300, readers=MENTOR_READS)

    @property
    def reason(self) -> str:
        """What the mentor will read: the chosen reasons and the words, in one text."""
        said = dict(COMMON_REASONS)
        chosen = [str(said[key]) for key in self.cleaned_data.get("common", ()) if key in said]
        return " ".join([*chosen, self.cleaned_data.get("words", "")]).strip()


class ReasonForm(DecisionForm):
    reason = TextField(label=_("Why"), required=False, lines=3, max_length=500, readers=MENTOR_READS)


class ScanForm(ActForm):
    scan = forms.FileField(
        label=_("The signed sheet, scanned or photographed"),
        help_text=_("PDF, JPEG, PNG or a signed eDoc file. An earlier one is kept."),
    )
