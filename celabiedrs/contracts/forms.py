"""Forms of contracts and checks. They keep what was typed as it was typed: what it means the rules say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.uploads import upload_limit
from celabiedrs.lib.look.fields import RawDay, RawText, TextField
from celabiedrs.lib.look.widgets import PagesInput
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import CheckGround, CheckOutcome

ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.edoc,.asice,.sce"
CHECK_READERS = _("those who make checks at this employer, and the mentor")


class CopyField(forms.FileField):
    """A scan or a signed container; its content is looked at when it is stored."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PagesInput(attrs={"accept": ACCEPT})
        super().__init__(required=False, allow_empty_file=True, widget=widget, **kwargs)
        self.help_text = format_lazy(
            _(
                "PDF, or a photograph of each page, or a signed eDoc or ASiC-E file; up to {limit} MB a file. Several "
                "photographs become one paper."
            ),
            limit=upload_limit() // 1024 // 1024,
        )


class CorrectMentorForm(ActForm):
    """What is right of a mentor's name and birthday, and why it stood otherwise (decision 0060)."""

    name = RawText(label=_("Name and surname"), max_length=120)
    born = RawDay(label=_("Day of birth"))
    reason = RawText(
        label=_("Why"),
        max_length=300,
        readers=_("programme administrators"),
        help_text=_("For example: a letter was wrong; the surname was changed, by which document."),
    )


class AtEmployerForm(ActForm):
    """A form that is filled in for one of their own institutions."""

    employer = forms.ChoiceField(label=_("Employer"))

    def __init__(self, *args: Any, employers: Iterable[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.public_id): place for place in employers}
        choices = [(key, place.name) for key, place in self.places.items()]
        self.fields["employer"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["employer"].widget = forms.HiddenInput()
            self.fields["employer"].initial = choices[0][0]

    def place(self) -> Institution | None:
        return self.places.get(str(self.cleaned_data.get("employer", "")))


class CheckForm(AtEmployerForm):
    """One of the two checks (MEN-4, MEN-5, CON-6). There is no field for the extract: it is not kept."""

    ground = forms.ChoiceField(label=_("Which check"), choices=CheckGround.choices, widget=forms.RadioSelect)
    checked_on = RawDay(label=_("Day of the check"))
    source = TextField(
        label=_("Where it was looked up"),
        help_text=_("For example: Punishment Register. The extract itself is not kept here, nor its text."),
        max_length=120,
        readers=CHECK_READERS,
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CheckOutcome.choices, widget=forms.RadioSelect)
    permission = TextField(
        label=_("Number and day of the permission"),
        help_text=_("Only if the competent body has permitted the work."),
        required=False,
        max_length=200,
        readers=CHECK_READERS,
    )
    limits = TextField(
        label=_("Limits of the permission"),
        help_text=_("One in a line, for example: only learners from class 10."),
        required=False,
        max_length=600,
        lines=3,
        readers=CHECK_READERS,
    )


class SignForm(AtEmployerForm):
    """A contract that both have signed (CON-1 … CON-8)."""

    arguments = {"semesters": "term", "contract": "scan"}

    term = forms.ChoiceField(label=_("Term"), widget=forms.RadioSelect)
    signed_on = RawDay(label=_("Day of the signature"))
    number = TextField(
        label=_("Number of the contract"),
        help_text=_("As it stands in the employer's register. Payroll finds the mentor by it."),
        required=False,
        max_length=40,
    )
    originals = TextField(
        label=_("Where the employer's original is kept"),
        help_text=_("For an e-signed contract the file itself is the original."),
        required=False,
        max_length=200,
    )
    scan = CopyField(label=_("Scanned or e-signed contract"))

    def __init__(self, *args: Any, terms: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = list(terms)  # type: ignore[attr-defined]


class CopyForm(ActForm):
    """The file of a contract, and where its originals lie (CON-7, CON-8)."""

    arguments = {"contract": "scan"}

    scan = CopyField(label=_("Scanned or e-signed contract"))
    originals = TextField(label=_("Where the employer's original is kept"), required=False, max_length=200)


class ProlongForm(ActForm):
    """The contract goes on into the summer, with its paper (CON-2, CON-8)."""

    until = RawDay(label=_("New last day of the contract"))
    scan = CopyField(label=_("The scanned or e-signed agreement that prolongs it"))


class EndForm(ActForm):
    """The early end of a contract (CON-2)."""

    day = RawDay(label=_("Last day of the contract"))
    reason = RawText(label=_("Why"), max_length=300, lines=2, readers=_("the mentor and the employer"))
