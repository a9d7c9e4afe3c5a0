from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.look import shown
from celabiedrs.lib.look.fields import RawDay, RawHours, RawNumber, RawText
from celabiedrs.lib.web import ActForm
from celabiedrs.plans.facts.grounds import MODULE_OF, GroundOption
from celabiedrs.plans.words import LEAVING_RISKS, RiskKind, fields
from celabiedrs.plans.words.fields import ASKED, BY_NAME, TYPED, Typed
from celabiedrs.rules.calendar import Period
from celabiedrs.rules.support import Risk

STORY_READERS = _("the school, the mentor and the project expert")
RISK_HINTS = {
    RiskKind.FAILING: _("Marks that do not suffice, in which subjects, since when."),
    RiskKind.EARLY_LEAVING: _("Missed lessons, wish to leave, little tie to the school."),
    RiskKind.SPECIAL_NEEDS: _("Which support is needed at school; no diagnosis, no opinion of a commission."),
    RiskKind.LEARNING_DIFFICULTIES: _("What is hard when learning; no diagnosis."),
    RiskKind.FAMILY_CIRCUMSTANCES: _("What makes learning hard at home, in general words; nobody named."),
    RiskKind.IMMIGRANT: _("What helps to settle in."),
    RiskKind.REEMIGRANT: _("What helps to settle in again."),
    RiskKind.VIOLENCE: _("Only that support is needed; what happened is not told here."),
    RiskKind.DISABILITY: _("Which support is needed; no diagnosis."),
    RiskKind.HEALTH: _("How it touches learning; no diagnosis."),
    RiskKind.MINORITY: _("What makes belonging hard; which group is not asked."),
    RiskKind.OTHER: _("Say in words which risk it is."),
}


def form_field(field: Typed) -> forms.Field:
    """The input in which a field of the plan is typed, by its class."""
    common = {"label": field.label, "help_text": field.help_text}
    match field:
        case fields.Hours():
            return RawHours(readers=STORY_READERS, **common)
        case fields.Number():
            return RawNumber(required=False, **common)
        case fields.Day():
            return RawDay(required=False, **common)
        case fields.Text():
            return RawText(lines=field.lines, max_length=field.max_length, readers=STORY_READERS, **common)
    raise TypeError(f"{field.name} has no input")


def semester_words(period: Period) -> str:
    year, _dash, number = period.label.rpartition("-")
    return gettext("%(year)s, semester %(number)s (%(since)s – %(until)s)") % {
        "year": year,
        "number": number,
        "since": shown.day(period.since),
        "until": shown.day(period.until),
    }


class RiskForm(ActForm):
    """Risks by category, each with the reason why it is seen."""

    arguments = {"risks": f"has_{RiskKind.FAILING}"}

    use_required_attribute = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in RiskKind:
            self.fields[f"has_{kind}"] = forms.BooleanField(label=kind.label, required=False)
            self.fields[f"why_{kind}"] = RawText(
                label=_("Why it is seen"),
                max_length=500,
                lines=2,
                readers=STORY_READERS,
                help_text=RISK_HINTS[kind],
            )

    @staticmethod
    def initial_of(risks: Mapping[str, str], reasons: Mapping[str, str]) -> dict[str, Any]:
        known = {**reasons, **risks}
        return {f"has_{kind}": True for kind in risks} | {f"why_{kind}": why for kind, why in known.items()}

    def _rows(self, leaving: bool) -> list[dict[str, Any]]:
        return [
            {"kind": kind.value, "has": self[f"has_{kind}"], "why": self[f"why_{kind}"]}
            for kind in RiskKind
            if (kind in LEAVING_RISKS) is leaving
        ]

    @property
    def leaving(self) -> list[dict[str, Any]]:
        return self._rows(True)

    @property
    def exclusion(self) -> list[dict[str, Any]]:
        return self._rows(False)

    def typed(self, name: str) -> Any:
        return self.cleaned_data.get(name, self[name].value() or "")

    def reasons(self) -> dict[str, str]:
        """All reasons that stand in the form, those of risks not ticked too."""
        given = {kind.value: str(self.typed(f"why_{kind}")) for kind in RiskKind}
        return {kind: why for kind, why in given.items() if why}

    def risks(self) -> list[Risk]:
        return [
            Risk(kind.value, str(self.typed(f"why_{kind}"))) for kind in RiskKind if self.typed(f"has_{kind}")
        ]

    def mark(self) -> None:
        """Mark the ticked risks without a reason, and what else the rules said."""
        for risk in self.risks():
            if not risk.reason and not self.has_error(f"why_{risk.kind}"):
                self.add_error(f"why_{risk.kind}", gettext("Say in a few words why the risk is seen."))
        super().mark()


class SemesterForm(ActForm):
    """For which semester the plan is."""

    semester = forms.ChoiceField(label=_("Semester"), widget=forms.RadioSelect)

    def __init__(self, periods: Sequence[Period], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["semester"].choices = [  # type: ignore[attr-defined]
            (period.label, semester_words(period)) for period in periods
        ]
        if len(periods) == 1:
            self.fields["semester"].initial = periods[0].label


class GroundForm(ActForm):
    """The ground, and with it the module; only grounds that this learner may have can be chosen."""

    arguments = {"module": "ground"}

    ground = forms.ChoiceField(
        label=_("Ground for support"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the ground."),
            "invalid_choice": _("Choose one of the open grounds."),
        },
    )

    def __init__(self, options: Sequence[GroundOption], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = [option for option in options if option.open]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (option.ground, f"{option.label} ({option.module_label})") for option in opened
        ]
        if len(opened) == 1:
            self.fields["ground"].initial = opened[0].ground

    def chosen(self) -> dict[str, str]:
        ground = str(self.cleaned_data.get("ground", ""))
        return {"ground": ground, "module": MODULE_OF.get(ground, "")}


class HoursForm(ActForm):
    """Hours a month, the plan's days within the semester, and whatever else is typed of a plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {field.name: form_field(field) for field in TYPED}
        self.order_fields(self.field_order)

    def given(self) -> dict[str, str]:
        return {field.name: str(self[field.name].value() or "") for field in TYPED}

    def told(self) -> dict[str, str]:
        """What was given where it says something: a day or the hours left empty are those that stand, a text or a
        number left empty is none."""
        return {
            name: value
            for name, value in self.given().items()
            if value != "" or isinstance(BY_NAME[name], fields.Text | fields.Number)
        }

    @property
    def asked(self) -> list[forms.BoundField]:
        """The inputs for the plan's fields, in their order, without the risks and the semester."""
        return [self[name] for name in ASKED if name in self.fields and name != "semester"]


class GroundsForm(GroundForm, SemesterForm, HoursForm):
    """The same of a plan that is drafted already, on one page."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = (*ASKED, "version")

    def __init__(
        self, periods: Sequence[Period], options: Sequence[GroundOption], *args: Any, **kwargs: Any
    ) -> None:
        HoursForm.__init__(self, *args, **kwargs)
        self.fields["semester"].choices = [  # type: ignore[attr-defined]
            (period.label, semester_words(period)) for period in periods
        ]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (option.ground, f"{option.label} ({option.module_label})") for option in options if option.open
        ]
