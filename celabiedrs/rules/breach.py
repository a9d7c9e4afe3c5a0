"""What a rule answers: a breach (it refuses), a caution (it warns and lets go on), and the refusal of an
act."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar


def N_(message: str) -> str:
    """Mark an English message id for extraction; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause that an act touches: which, what it says here, and what can be done now.

    `text` and `remedy` are message ids with %(name)s places for `values`. No name of a person ever stands in
    them. `field` names the argument that it is about, as the act and its form call it; empty where no argument can put
    it right.
    """

    clause: str
    text: str
    remedy: str = ""
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    field: str = ""

    def said(self, translate: Callable[[str], str] = N_) -> str:
        """The text with its values, in the language of `translate`."""
        return translate(self.text) % self._shown()

    def advice(self, translate: Callable[[str], str] = N_) -> str:
        """The remedy with its values; empty where there is none."""
        return translate(self.remedy) % self._shown() if self.remedy else ""

    def _shown(self) -> dict[str, str]:
        return {name: in_words(value) for name, value in self.values.items()}


@dataclass(frozen=True, slots=True)
class Breach(Finding):
    """The rule refuses."""


@dataclass(frozen=True, slots=True)
class Caution(Finding):
    """The rule warns and lets go on."""


class Refused(Exception):
    """An act was refused; `findings` holds every breach, in the order in which the rules were asked."""

    def __init__(self, findings: Iterable[Breach]) -> None:
        self.findings: tuple[Breach, ...] = tuple(findings)
        super().__init__(", ".join(self.clauses))

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that are broken, each once."""
        return tuple(dict.fromkeys(finding.clause for finding in self.findings))


def refuse(*findings: Finding | Iterable[Finding]) -> tuple[Caution, ...]:
    """Raise Refused with all the breaches among the findings; without one, give back the cautions.

    Takes findings and iterables of findings (generators too). The same text of the same clause is kept once.
    """
    breaches: dict[tuple[str, str], Breach] = {}
    cautions: dict[tuple[str, str], Caution] = {}
    for finding in _flat(findings):
        if isinstance(finding, Caution):
            cautions.setdefault((finding.clause, finding.text), finding)
        elif isinstance(finding, Breach):
            breaches.setdefault((finding.clause, finding.text), finding)
        else:
            raise TypeError(f"neither a breach nor a caution: {finding!r}")
    if breaches:
        raise Refused(breaches.values())
    return tuple(cautions.values())


def about(field: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a rule that is asked about another argument here: a mentor in the place of a day, say."""
    for finding in findings:
        yield replace(finding, field=field)


def as_cautions(findings: Iterable[Finding]) -> Iterator[Caution]:
    """What a rule would refuse, as a warning: of something that has happened already and stays."""
    for finding in findings:
        yield Caution(finding.clause, finding.text, finding.remedy, finding.values, finding.field)


def _flat(findings: Iterable[Finding | Iterable[Finding]]) -> Iterator[Finding]:
    for item in findings:
        if isinstance(item, Finding):
            yield item
        else:
            yield from item


def in_words(value: object) -> str:
    """A value as a reader of Latvian or of English may see it in a sentence: 12.10.2026, 12,15, "a, b"."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return f"{value}".replace(".", ",")
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(in_words(item) for item in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule function and the clauses that it speaks for."""

    clauses: tuple[str, ...]
    name: str
    module: str
    summary: str


RULES: list[Rule] = []

F = TypeVar("F", bound=Callable[..., object])


def rule(*clauses: str) -> Callable[[F], F]:
    """Enter a function in the list of rules; its docstring begins with the same clause ids in brackets."""

    def enter(function: F) -> F:
        summary = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else ""
        RULES.append(Rule(clauses, function.__name__, function.__module__, summary))
        setattr(function, "clauses", clauses)  # noqa: B010 - a plain attribute, for the test that ties
        return function

    return enter
