import base64
import binascii
import io
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from PIL import Image

from celabiedrs.lib.files.uploads import upload_limit
from celabiedrs.lib.look.fields import RawDay, TextField, asked_by_rule
from celabiedrs.lib.look.widgets import PagesInput
from celabiedrs.lib.web import ActForm
from celabiedrs.plans.forms.plan import STORY_READERS, form_field
from celabiedrs.plans.words import AgreementParty, Applicant
from celabiedrs.plans.words.fields import TEXTS

ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.edoc,.asice,.sce"
MOST_BYTES = 100 * 1024
MOST_PIXELS = 4000
PNG = "data:image/png;base64,"


class ScanField(forms.FileField):
    """A scan or a signed container. Its name does not matter, its content is looked at when it is stored."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"required": False, "allow_empty_file": True} | kwargs
        kwargs.setdefault("widget", PagesInput(attrs={"accept": ACCEPT}))
        super().__init__(**kwargs)
        if not self.help_text:
            self.help_text = format_lazy(
                _(
                    "PDF, or a photograph of each page, or a signed eDoc or ASiC-E file; up to {limit} MB a file. "
                    "Several photographs become one paper."
                ),
                limit=upload_limit() // 1024 // 1024,
            )


class RequestForm(ActForm):
    """The request: who signed it, when, and its paper."""

    applicant = asked_by_rule(
        forms.ChoiceField(
            label=_("Who signed the request"),
            choices=Applicant.choices,
            widget=forms.RadioSelect,
            required=False,
        )
    )
    signed_on = RawDay(label=_("Day of the signature"))
    scan = asked_by_rule(ScanField(label=_("The signed request")))


class AgreementTextForm(ActForm):
    """The four fields of the agreement, in the words of the source explained (AGR-5 … AGR-8)."""

    use_required_attribute = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {field.name: form_field(field) for field in TEXTS}

    def texts(self) -> dict[str, str]:
        names = [field.name for field in TEXTS]
        return {name: str(self.cleaned_data.get(name, self[name].value() or "")) for name in names}


class PaperSignedForm(ActForm):
    """The agreement was signed in ink: on which days, and where the paper is."""

    learner_signed_on = RawDay(label=_("The learner signed on"))
    mentor_signed_on = RawDay(label=_("The mentor signed on"))
    scan = ScanField(label=_("Scan of the agreement"))
    original = TextField(
        label=_("Where the original is kept"),
        required=False,
        max_length=200,
        help_text=_("At the school, for example: office, folder “Mentoring 2026/27”."),
    )


class BothSignForm(ActForm):
    """Two drawn or typed signatures under the names that the signature pad gives."""

    drawings: dict[str, bytes | None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        self.drawings = {}
        for party in AgreementParty:
            self.fields[f"{party}_image"] = forms.CharField(required=False, strip=True)
            self.fields[f"{party}_typed"] = TextField(label=party.label, required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for party in AgreementParty:
            image, field = cleaned.get(f"{party}_image", ""), f"{party}_typed"
            try:
                self.drawings[party] = read_drawing(image) if image else None
            except ValidationError as wrong:
                self.add_error(field, wrong)
                continue
            typed = cleaned.get(field, "")
            if not image and not typed:
                self.add_error(field, _("Draw the signature or type the name."))
            elif typed and sum(sign.isalpha() for sign in typed) < 2:
                self.add_error(field, _("A name has at least two letters."))
        return cleaned

    def signatures(self) -> dict[str, tuple[str, bytes | None]]:
        return {
            party.value: (str(self.cleaned_data.get(f"{party}_typed", "")), self.drawings.get(party))
            for party in AgreementParty
        }


def read_drawing(data_url: str) -> bytes:
    """The PNG of a data URL; ValidationError where it is none, or larger than 100 kB."""
    wrong = ValidationError(_("The drawing did not arrive whole. Draw it again or type the name."))
    if not data_url.startswith(PNG) or len(data_url) > len(PNG) + MOST_BYTES * 4 // 3 + 4:
        raise wrong
    try:
        content = base64.b64decode(data_url[len(PNG) :], validate=True)
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > MOST_PIXELS:
                raise wrong
            picture.verify()
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise wrong from None
    return content


class ReasonForm(ActForm):
    """Why in spite of a warning; asked for only where there is one."""

    reason = TextField(
        label=_("Why this mentor all the same"),
        max_length=300,
        lines=2,
        required=False,
        readers=STORY_READERS,
    )


class ContractChoiceForm(ReasonForm):
    """Under which of the mentor's contracts, and why in spite of a warning."""

    contract = asked_by_rule(forms.ChoiceField(label=_("Contract"), widget=forms.RadioSelect, required=False))

    def __init__(self, choices: list[tuple[str, str]], *args: Any, warned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["contract"]
        elif len(choices) == 1:
            self.fields["contract"].initial = choices[0][0]
        if warned:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
        self.order_fields(("contract", "reason"))


class DeclarationForm(ActForm):
    """What a preparer declares when a plan is sent."""

    declared = forms.BooleanField(
        label=_(
            "I have compared the plan with its papers: the request and the agreement are signed by those who must "
            "sign, and the originals are kept at the school."
        ),
        error_messages={"required": _("Tick that you have compared the plan with its papers.")},
    )
