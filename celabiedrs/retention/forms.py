"""Forms of keeping. What they hold the rules judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawText
from celabiedrs.lib.web import ActForm
from celabiedrs.people.models import SCHOOL_STAFF, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Learner
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.access import may_keep
from celabiedrs.retention.reading.numbers import KINDS, find

ADMINISTRATORS = _("programme administrators")


class FindForm(ActForm):
    """What is to be held: its kind, and the number on its paper; a school is chosen from the list."""

    kind = forms.ChoiceField(
        label=_("What is to be kept longer"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    number = RawText(
        label=_("Number"),
        required=False,
        max_length=40,
        help_text=_("As it is printed on the paper. For a school, choose it below."),
    )
    institution = forms.ModelChoiceField(
        Institution.objects.order_by("sort_name", "pk"), label=_("School"), required=False, empty_label="–"
    )

    def thing(self) -> Any:
        kind, number = self.cleaned_data["kind"], self.cleaned_data["number"]
        if kind == "institution":
            return self.cleaned_data["institution"]
        return find(kind, number)


class ReasonForm(ActForm):
    """Why."""

    reason = RawText(label=_("Why"), max_length=500, lines=3, readers=ADMINISTRATORS)


class BeforeForm(ActForm):
    """The day of a dry run."""

    before = RawDay(
        label=_("Dispose of what was to be kept until a day before"),
        help_text=_("Everything whose last day of keeping lies before this day is on the list."),
    )


class RequestForm(ActForm):
    """Who asked to erase, by number; a school chooses among its own learners."""

    kind = forms.ChoiceField(
        label=_("Who asked"),
        choices=[("learner", _("a learner or guardian")), ("mentor", _("a mentor"))],
        widget=forms.RadioSelect,
    )
    number = RawText(
        label=_("Number of a plan, or of the mentor's certificate"),
        max_length=40,
        help_text=_("No name is entered here."),
    )
    learner = forms.ModelChoiceField(
        Learner.objects.none(), label=_("Learner of the school"), empty_label="–"
    )
    asked_on = RawDay(label=_("On which day it was asked"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_keep(user):
            del self.fields["learner"]
            return
        del self.fields["kind"], self.fields["number"]
        own = Learner.objects.filter(institution__in=user.institutions(*SCHOOL_STAFF))
        self.fields["learner"].queryset = own.order_by("sort_name", "pk")  # type: ignore[attr-defined]

    def about(self) -> Learner | Mentor | None:
        if "learner" in self.cleaned_data:
            chosen: Learner | None = self.cleaned_data["learner"]
            return chosen
        found = find(self.cleaned_data["kind"], self.cleaned_data["number"])
        return found if isinstance(found, Learner | Mentor) else None
