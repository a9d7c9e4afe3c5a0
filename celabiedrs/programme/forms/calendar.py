"""Forms of the calendar: a new school year, a corrected date, a school's own semester."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look.fields import RawDay, RawText
from celabiedrs.lib.web import ActForm
from celabiedrs.places.models import BreakKind
from celabiedrs.plans.forms.papers import ScanField
from celabiedrs.rules.calendar import ClassGroup
from celabiedrs.rules.programme import Dates

GROUP_WORDS = {
    ClassGroup.GENERAL: _("classes 1–8, 10 and 11"),
    ClassGroup.CLASS_9: _("class 9"),
    ClassGroup.CLASS_12: _("class 12"),
    ClassGroup.VOCATIONAL: _("vocational courses"),
}
ENDS = {
    ClassGroup.GENERAL: "second_until",
    ClassGroup.CLASS_9: "second_until_9",
    ClassGroup.CLASS_12: "second_until_12",
}


class YearForm(ActForm):
    """A school year as the Cabinet regulation gives it (CAL-1)."""

    year = RawText(label=_("School year"), max_length=7, help_text=_("Like this: 2027/28."))
    source = RawText(
        label=_("Source"), max_length=200, help_text=_("The Cabinet regulation with its day and number.")
    )
    first_since = RawDay(label=_("Semester 1 begins"))
    first_until = RawDay(label=_("Semester 1 ends"))
    second_since = RawDay(label=_("Semester 2 begins"))
    second_until = RawDay(label=_("Semester 2 ends for classes 1–8, 10 and 11"))
    second_until_9 = RawDay(label=_("Semester 2 ends for class 9"))
    second_until_12 = RawDay(label=_("Semester 2 ends for class 12"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in BreakKind.choices:
            self.fields[f"{kind}_since"] = RawDay(
                label=_("%(holidays)s: first day") % {"holidays": str(label).capitalize()}, required=False
            )
            self.fields[f"{kind}_until"] = RawDay(
                label=_("%(holidays)s: last day") % {"holidays": str(label).capitalize()}, required=False
            )

    def semesters(self) -> dict[tuple[int, ClassGroup], Dates]:
        data = self.cleaned_data
        first = {(1, group): Dates(data["first_since"], data["first_until"], "first_since") for group in ENDS}
        second = {(2, group): Dates(data["second_since"], data[end], end) for group, end in ENDS.items()}
        return {**first, **second}

    def breaks(self) -> dict[str, Dates]:
        data = self.cleaned_data
        return {
            kind: Dates(data[f"{kind}_since"], data[f"{kind}_until"], f"{kind}_since")
            for kind in BreakKind.values
        }


class DatesForm(ActForm):
    """Two days, why they change and from where they are; `seen`: the mark of the meetings that were shown."""

    since = RawDay(label=_("First day"))
    until = RawDay(label=_("Last day"))
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class SemesterForm(DatesForm):
    source = RawText(
        label=_("Source"), max_length=200, help_text=_("The Cabinet regulation with its day and number.")
    )
    reason = RawText(label=_("Why the date is corrected"), max_length=200)


class BreakForm(ActForm):
    since = RawDay(label=_("First day"))
    until = RawDay(label=_("Last day"))
    reason = RawText(label=_("Why the date is corrected, and its source"), max_length=200)


class OrderField(ScanField):
    """Asked for; that it is missing the rules say, for it may have come in before."""

    def validate(self, value: Any) -> None:
        return


class OwnSemesterForm(DatesForm):
    """A vocational school's own dates, with the head's order (CAL-2). `kept`: the order that came in already."""

    arguments = {"starts_on": "since", "ends_on": "until", "order_scan": "order"}

    use_required_attribute = False

    order = OrderField(label=_("The head's order"), required=True)
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
