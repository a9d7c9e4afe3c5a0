from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib import clock
from celabiedrs.lib.look.fields import RawDay, RawField, RawText, TextField, asked_by_rule
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import Institution, InstitutionKind
from celabiedrs.plans.models import Learner
from celabiedrs.rules.parameters import whole_range

SCHOOL_ONLY = _("the preparers, the responsible person and the head of the school")
SCHOOL_AND_EXPERT = _("the school, the mentor and the project expert")


def stage_choices(kind: str) -> list[tuple[str, Any]]:
    """Classes and courses; those of the school's own kind first."""
    today = clock.today()
    low, high = whole_range("school_class_range", today)
    classes = [(f"class-{n}", _("class %(number)s") % {"number": n}) for n in range(low, high + 1)]
    low, high = whole_range("course_range", today)
    courses = [(f"course-{n}", _("course %(number)s") % {"number": n}) for n in range(low, high + 1)]
    ordered = courses + classes if kind == InstitutionKind.VOCATIONAL else classes + courses
    return [("", _("choose")), *ordered]


def stage_of_choice(choice: str) -> dict[str, str | None]:
    """A choice of the list as the acts take it."""
    name, _dash, number = choice.partition("-")
    return {
        "school_class": number if name == "class" else None,
        "course": number if name == "course" else None,
    }


class StageForm(ActForm):
    """The class or the course, chosen from one list, so that it cannot be both (GEN-2)."""

    stage = asked_by_rule(forms.CharField(label=_("Class or course"), required=False, widget=forms.Select))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].widget.choices = stage_choices(kind)

    def stage_given(self) -> dict[str, str | None]:
        return stage_of_choice(str(self["stage"].value() or ""))


class SearchForm(ActForm):
    """Whom one looks for before enrolling anybody: the name as it is written and the day of birth."""

    name = TextField(label=_("Given name and family name"), max_length=120)
    born = RawDay(label=_("Day of birth"), help_text=_("For example 14.05.2012."))


class FactsForm(ActForm):
    """What the school knows besides name, birth and class, and what the modules ask for."""

    guardian = TextField(
        label=_("Parent or guardian"),
        required=False,
        max_length=120,
        readers=SCHOOL_ONLY,
        help_text=_("Who signs the request while the learner is under age."),
    )
    results_only = forms.BooleanField(
        label=_("For basic education the learner received only a statement of results (liecība)"),
        required=False,
    )
    repeats_class = forms.BooleanField(label=_("The learner repeats the class"), required=False)
    language_difficulty = forms.BooleanField(
        label=_("The learner finds it hard to speak Latvian"),
        required=False,
        help_text=_(
            "The mentor sees it too, and goes on in Latvian, in simple words: that is how the language is learnt."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        return {
            "guardian": self.cleaned_data.get("guardian", ""),
            **{
                name: bool(self.cleaned_data.get(name))
                for name in ("results_only", "repeats_class", "language_difficulty")
            },
        }


def facts_of(learner: Learner) -> dict[str, Any]:
    names = ("guardian", "results_only", "repeats_class", "language_difficulty", "version")
    return {name: getattr(learner, name) for name in names}


class EnrolForm(FactsForm, StageForm):
    """A learner who is not enrolled yet."""

    arguments = {"institution": "school", "another": "another"}

    name = TextField(label=_("Given name and family name"), max_length=120, readers=SCHOOL_AND_EXPERT)
    born = RawDay(label=_("Day of birth"), help_text=_("For example 14.05.2012."))
    field_order = ("school", "name", "born", "stage", "guardian", "results_only", "repeats_class")

    def __init__(self, schools: list[Institution], *args: Any, **kwargs: Any) -> None:
        super().__init__(schools[0].kind, *args, **kwargs)
        del self.fields["version"]
        if len(schools) > 1:
            self.fields["school"] = forms.ChoiceField(
                label=_("School"), choices=[(str(school.public_id), school.name) for school in schools]
            )
        self.order_fields(self.field_order)

    def ask_another(self) -> None:
        """Somebody of this name and birthday is there already: is it another person?"""
        self.fields["another"] = forms.BooleanField(
            label=_("This is another person with the same name and birthday"), required=False
        )
        self.order_fields(("another", *self.field_order))


class CorrectForm(ActForm):
    """What is right of a learner's name and birthday, and why it stood otherwise (decision 0060)."""

    name = RawText(label=_("Given name and family name"), max_length=120, readers=SCHOOL_AND_EXPERT)
    born = RawDay(label=_("Day of birth"), help_text=_("For example 14.05.2012."))
    reason = RawText(
        label=_("Why"),
        max_length=300,
        readers=SCHOOL_ONLY,
        help_text=_("For example: a letter was wrong; the surname was changed, by which document."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SchoolForm(StageForm):
    """To which school a learner changes over, and into which class there."""

    school = forms.ChoiceField(label=_("New school"))
    field_order: tuple[str, ...] = ("school", "stage")

    def __init__(self, schools: list[Institution], chosen: str, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        self.fields["school"].choices = [("", _("choose"))] + [  # type: ignore[attr-defined]
            (str(school.public_id), f"{school.name} ({school.municipality})") for school in schools
        ]
        self.fields["school"].initial = chosen


class CodeForm(ActForm):
    code = RawField(
        label=_("Personal code"),
        readers=_("preparers of this school; each look is written down"),
        help_text=_("Eleven digits, old or new form. Nothing here depends on it; it can stay empty."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-keep-never": True}
        ),
    )
