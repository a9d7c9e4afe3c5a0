"""Every field of a support plan, declared once: its name and label, where it is typed and shown, what it becomes.

Whatever needs the list (drafting, changing, the difference, readiness, forms, renewal, the printed plan, the language
of stories) reads it from here; decision 0055. A class says how a value is read, stored and shown; a row says the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.acts import expect
from celabiedrs.lib.look import shown
from celabiedrs.plans.words import Module, ModuleGround, RiskKind
from celabiedrs.rules import agreement as agreement_rules
from celabiedrs.rules import plan as plan_rules
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import any_hours, read_integer, read_text

GROUNDS, RISKS, REQUEST, MENTOR, AGREEMENT, CHECK = (
    "grounds", "risks", "request", "mentor", "agreement", "check",
)  # fmt: skip
TASKS = {
    GROUNDS: _("Learner, module and hours"),
    RISKS: _("Risks"),
    REQUEST: _("Request"),
    MENTOR: _("Mentor and contract"),
    AGREEMENT: _("Agreement"),
    CHECK: _("Check and send"),
}
"""The steps of preparing a plan, in their order."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something of a plan by which the expert can ask and by which a difference is shown.

    `task`: the step of preparing at which it is put right.
    """

    name: str
    label: Any
    task: str = GROUNDS

    def in_words(self, value: Any) -> str:
        """A stored value as a reader sees it."""
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Field(Part):
    """A value of the plan itself.

    `waits`: whether a change of an approved plan from one value to another waits for the expert (DUT-2); None: never.
    `renewed`: the next semester's plan begins with it (IAP-3). `story`: shown only to who reads the plan's story.
    `help_text`: what a form says below it.
    """

    waits: Callable[[Any, Any], bool] | None = None
    renewed: bool = False
    story: bool = True
    help_text: Any = ""

    def of(self, plan: Any) -> Any:
        """What is in force."""
        return getattr(plan, self.name)

    def read(self, raw: Any) -> Any:
        """A raw value of which the rules were asked, as it is stored."""
        return str(raw)

    def columns(self, value: Any) -> dict[str, Any]:
        """A read value as columns of the plan."""
        return {self.name: value}

    def kept(self, value: Any) -> Any:
        """A read value as JSON keeps it."""
        return value

    def restored(self, value: Any) -> Any:
        """What JSON has kept, as a read value."""
        return value


class Typed(Field):
    """A field with an input of its own on the form of hours and days; its class says which."""


class Semester(Field):
    def of(self, plan: Any) -> Any:
        return plan.label

    def columns(self, value: Any) -> dict[str, Any]:
        label = expect(parse_label(value))
        return {"year": label.year, "semester": label.number}


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several; `typed`: it is asked for, not worked out from another field."""

    choices: Any
    typed: bool = True

    def in_words(self, value: Any) -> str:
        return str(self.choices(value).label)


class Risks(Field):
    """Risks by category with their reasons; a table of their own."""

    def of(self, plan: Any) -> Any:
        return tuple(support_rules.Risk(risk.kind, risk.reason) for risk in plan.risks.order_by("pk"))

    def read(self, raw: Any) -> Any:
        return support_rules.read_risks(raw)

    def columns(self, value: Any) -> dict[str, Any]:
        return {}

    def kept(self, value: Any) -> Any:
        return [{"kind": risk.kind, "reason": risk.reason} for risk in value]

    def restored(self, value: Any) -> Any:
        return support_rules.read_risks(value)

    def in_words(self, value: Any) -> str:
        return "\n".join(f"{RiskKind(risk['kind']).label}: {risk['reason']}" for risk in value)


class Hours(Typed):
    def read(self, raw: Any) -> Any:
        return any_hours(raw)

    def in_words(self, value: Any) -> str:
        return shown.hours(value)


class Number(Typed):
    """A whole number that may be left out."""

    def read(self, raw: Any) -> Any:
        return read_integer(raw)

    def in_words(self, value: Any) -> str:
        return "–" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Day(Typed):
    """A first or last day; without one the semester's holds. Read as a pair, by `plan_period`."""

    last: bool

    def read(self, raw: Any) -> Any:
        return raw

    def kept(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def restored(self, value: Any) -> Any:
        return date.fromisoformat(value)

    def in_words(self, value: Any) -> str:
        return shown.day(date.fromisoformat(value) if isinstance(value, str) else value) or "–"


@dataclass(frozen=True, kw_only=True)
class Text(Typed):
    """Words in an area of `lines` rows, empty where nothing was written. `printed`: the heading on the agreement."""

    lines: int = 3
    printed: str = ""
    max_length: int = 500

    def read(self, raw: Any) -> Any:
        return read_text(raw)


FIELDS: tuple[Field, ...] = (
    Semester(name="semester", label=_("Semester"), story=False),
    Choice(
        name="module", label=_("Module"), choices=Module, typed=False,
        waits=plan_rules.differs, renewed=True, story=False,
    ),
    Choice(
        name="ground", label=_("Ground for support"), choices=ModuleGround,
        waits=plan_rules.differs, renewed=True,
    ),
    Hours(
        name="hours_per_month", label=_("Hours a month"), waits=plan_rules.more_hours, renewed=True, story=False,
        help_text=_("Whole academic hours; the limit counts all schools and mentors together."),
    ),
    Day(
        name="starts_on", label=_("First day of the plan"), last=False, waits=plan_rules.differs, story=False,
        help_text=_("The semester's, when empty."),
    ),
    Day(
        name="ends_on", label=_("Last day of the plan"), last=True, waits=plan_rules.differs, story=False,
        help_text=_("The semester's, when empty."),
    ),
    Number(
        name="meetings_a_week", label=_("Meetings a week"), renewed=True,
        help_text=_("How often you plan to meet. May stay empty."),
    ),
    Number(
        name="hours_a_meeting", label=_("Hours of a meeting"), renewed=True,
        help_text=_("How many academic hours a meeting is planned to last. May stay empty."),
    ),
    Risks(name="risks", label=_("Risks"), task=RISKS, waits=plan_rules.other_families, renewed=True),
)  # fmt: skip
"""The fields of a plan, as `draft_plan` and `amend_plan` take them, in the order in which they are shown."""

PAPERS = (
    Part(name="request", label=_("Request"), task=REQUEST),
    Part(name="mentor", label=_("Mentor"), task=MENTOR),
    Part(name="contract", label=_("Contract"), task=MENTOR),
    Part(name="agreement", label=_("Signatures of the agreement"), task=AGREEMENT),
)
"""What comes with a plan and has acts of its own."""

TEXTS = (
    Text(
        name="situation", label=_("Situation"), printed="Situācijas apraksts",
        task=AGREEMENT, lines=5, max_length=6000,
        help_text=_(
            "How things are now, what is hard or needed, in which field (learning, career, social skills, "
            "self-confidence) and which goals are set. No diagnoses, nothing about other people."
        ),
    ),
    Text(
        name="way_forward", label=_("Way forward"), printed="Plāns situācijas risināšanai",
        task=AGREEMENT, lines=5, max_length=6000,
        help_text=_("What will be done, how often you will meet, for how many hours, and what it should bring."),
    ),
    Text(
        name="mentor_undertakes", label=_("The mentor undertakes"), printed="Atbalsta sniedzējs apņemas",
        task=AGREEMENT, lines=4, max_length=6000,
        help_text=_("Which support the mentor will give and answers for."),
    ),
    Text(
        name="learner_undertakes", label=_("The learner undertakes"), printed="Atbalsta saņēmējs apņemas",
        task=AGREEMENT, lines=4, max_length=6000,
        help_text=_(
            "In the learner's own words: to take part, to be open, to do what was agreed, "
            "and to tell in time when a meeting has to be moved."
        ),
    ),
)  # fmt: skip
"""The texts of the agreement (AGR-5 … AGR-8), in the order of the paper."""

assert tuple(text.name for text in TEXTS) == agreement_rules.TEXTS  # AGR-10 asks for each of them

PARTS: dict[str, Part] = {part.name: part for part in (*FIELDS, *PAPERS, *TEXTS)}
"""Everything by which an expert can ask and by which a difference is shown."""

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
TYPED: tuple[Typed, ...] = tuple(field for field in FIELDS if isinstance(field, Typed))
ASKED: tuple[str, ...] = tuple(
    field.name for field in FIELDS if not (isinstance(field, Choice) and not field.typed)
)
"""What a person answers; the rest is worked out from that."""

RENEWED = frozenset(field.name for field in FIELDS if field.renewed)


def complete(values: Mapping[str, object]) -> dict[str, Any]:
    """Values of every field, None where none was given; what is no field is the caller's mistake."""
    if unknown := sorted(values.keys() - BY_NAME.keys()):
        raise TypeError(f"a plan has no {', '.join(unknown)}")
    return {name: values.get(name) for name in BY_NAME}


def waiting(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """[DUT-2] [MOD-1] Which of the changes of an approved plan wait for the expert; read values."""
    return frozenset(
        field.name
        for field in FIELDS
        if field.waits and field.name in after and field.waits(before[field.name], after[field.name])
    )
