"""Forms of the registry. They keep what was typed as it was typed: what it means the rules say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib import clock
from celabiedrs.lib.look.fields import RawDay, RawNumber, RawText, TextField, asked_by_rule
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Institution, Municipality
from celabiedrs.registry.models import EducationKind, Mentor, ProposedChange, TalkOutcome
from celabiedrs.rules.parameters import whole


class ChangeForm(ActForm):
    """What a mentor would have otherwise in their own entry (REG-1)."""

    phone = TextField(
        label=_("Phone"), required=False, max_length=40, readers=_("schools of your municipalities")
    )
    municipalities = forms.MultipleChoiceField(
        label=_("Municipalities where you meet learners"), widget=forms.CheckboxSelectMultiple, required=False
    )
    takes_up_to = RawNumber(
        label=_("How many learners you would take in a semester at most"),
        required=False,
    )

    def __init__(self, *args: Any, mentor: Mentor, open_change: ProposedChange | None, **kwargs: Any) -> None:
        stands: Mentor | ProposedChange = open_change or mentor
        served = [place.atvk for place in stands.municipalities.all()]
        initial = {
            "phone": stands.phone,
            "takes_up_to": "" if stands.takes_up_to is None else stands.takes_up_to,
            "municipalities": served,
        }
        super().__init__(*args, **kwargs | {"initial": initial})
        self.fields["takes_up_to"].help_text = _("0 to %(most)s. Left empty, it is %(most)s.") % {
            "most": whole("learners_per_mentor", clock.today())
        }
        places = Municipality.objects.filter(until=None).order_by("name")
        choices = sorted(  # those that stand come first: there are more than forty of them
            ((place.atvk, place.name) for place in places), key=lambda choice: choice[0] not in served
        )
        asked_by_rule(self.fields["municipalities"])
        self.fields["municipalities"].choices = choices  # type: ignore[attr-defined]

    def served(self) -> list[Municipality | None]:
        return _served(self.cleaned_data["municipalities"])


def _served(codes: Iterable[str]) -> list[Municipality | None]:
    """Municipalities by their codes; None for one that is not there."""
    known = {place.atvk: place for place in Municipality.objects.filter(until=None)}
    return [known.get(code) for code in codes]


class MentorForm(ActForm):
    """A person to be entered in the registry (REG-1, MEN-2, MEN-3)."""

    arguments = {"coach_c_valid": "coach_since"}

    name = RawText(label=_("Name and surname"), max_length=120, readers=_("schools of their municipalities"))
    born = RawDay(label=_("Day of birth"), readers=_("the programme"))
    email = TextField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_(
            "With it the mentor signs in. Who has an account already, at a school for example, keeps that one."
        ),
    )
    phone = TextField(
        label=_("Phone"), required=False, max_length=40, readers=_("schools of their municipalities")
    )
    municipalities = forms.MultipleChoiceField(
        label=_("Municipalities where the mentor meets learners"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    education = forms.MultipleChoiceField(
        label=_("Grounds of education that the person has"),
        help_text=_("One is enough. A teacher's education is not asked for."),
        choices=EducationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    paper = TextField(
        label=_("Number of the document of education"),
        required=False,
        max_length=60,
        readers=_("the programme"),
    )
    coach_since = RawDay(label=_("Coach's certificate: first day"), required=False)
    coach_until = RawDay(label=_("Coach's certificate: last day"), required=False)
    works_at = forms.ModelChoiceField(
        Institution.objects.still_open().order_by("sort_name", "pk"),
        label=_("Works at an institution"),
        required=False,
        empty_label=_("at none of these"),
        help_text=_("That institution is warned when it attaches the mentor to a learner of its own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("municipalities", "education"):
            asked_by_rule(self.fields[name])
        places = Municipality.objects.filter(until=None).order_by("name")
        self.fields["municipalities"].choices = [  # type: ignore[attr-defined]
            (place.atvk, place.name) for place in places
        ]

    def entry(self) -> dict[str, Any]:
        """As `enrol_mentor` takes it."""
        typed = dict(self.cleaned_data)
        coach = [typed.pop("coach_since"), typed.pop("coach_until")]
        works_at = typed.pop("works_at")
        return typed | {
            "municipalities": _served(typed["municipalities"]),
            "coach_c_valid": coach if any(coach) else None,
            "works_at": [works_at] if works_at else [],
        }


class CertificateForm(ActForm):
    """The certificate of the training (MEN-6, MEN-10)."""

    number = RawText(label=_("Number of the certificate"), max_length=40)
    issued_on = RawDay(label=_("Issued on"))
    hours = RawNumber(
        label=_("Academic hours"),
    )
    training_round = RawNumber(label=_("Training round"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].help_text = _("%(hours)s or more; fewer is no certificate.") % {
            "hours": whole("training_hours", clock.today())
        }


class AnswerForm(ActForm):
    """The programme's answer to a proposal."""

    do = forms.ChoiceField(choices=[("confirm", "confirm"), ("decline", "decline")], widget=forms.HiddenInput)
    change = forms.UUIDField(required=False, widget=forms.HiddenInput)
    answer = RawText(label=_("Why not"), required=False, max_length=300, lines=2, readers=_("the mentor"))


class EducationForm(ActForm):
    """A ground of education with its paper (MEN-2, MEN-3)."""

    arguments = {"education": "kind", "coach_c_valid": "valid_since"}

    kind = forms.ChoiceField(
        label=_("Ground of education"), choices=EducationKind.choices, widget=forms.RadioSelect
    )
    document_number = TextField(label=_("Number of the document"), required=False, max_length=60)
    valid_since = RawDay(label=_("Coach's certificate: first day"), required=False)
    valid_until = RawDay(label=_("Coach's certificate: last day"), required=False)


class TargetForm(ActForm):
    """A round and its target (MEN-10)."""

    number = RawNumber(label=_("Number of the round"))
    target = RawNumber(label=_("Target, mentors"))


class TableForm(ActForm):
    """The table of a round."""

    table = forms.FileField(
        label=_("The table of the round"),
        help_text=_("XLSX or CSV, up to 5 MB. A title above the headings and other columns do not matter."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )


class TalkForm(ActForm):
    """The first talk with a mentor (REG-3). No free text, so no learner can be named."""

    institution = forms.ChoiceField(label=_("For which institution"))
    held_on = RawDay(label=_("Day of the talk"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=TalkOutcome.choices, widget=forms.RadioSelect)
    hours_offered = RawNumber(
        label=_("Hours a month that the mentor offers"),
        help_text=_("Only if the mentor agreed and named a number."),
        required=False,
    )

    def __init__(self, *args: Any, places: Iterable[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(place.public_id), place.name) for place in places]
        self.fields["institution"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["institution"].widget = forms.HiddenInput()
            self.fields["institution"].initial = choices[0][0]
