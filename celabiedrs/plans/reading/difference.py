"""What differs between two sendings of a plan, or between what is in force and a change that waits (IAP-1, DUT-2)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.look import shown
from celabiedrs.plans.facts import plan_values, stored_changes
from celabiedrs.plans.facts.papers import agreement_with
from celabiedrs.plans.models import Amendment, SupportPlan
from celabiedrs.plans.words import Applicant
from celabiedrs.plans.words.fields import PARTS, TEXTS, Text


def snapshot(plan: SupportPlan) -> dict[str, Any]:
    """A plan with its papers as JSON keeps it. A paper is known by its id, so that another scan is a difference."""
    request = getattr(plan, "request", None)
    agreement = agreement_with(plan, plan.mentor_id)
    text = getattr(agreement, "text", None)
    return stored_changes(plan_values(plan)) | {
        "request": {
            "applicant": request.applicant,
            "signed_on": request.signed_on.isoformat(),
            "paper": request.scan_id,
        }
        if request
        else None,
        "mentor": plan.mentor.name if plan.mentor else None,
        "contract": {"id": plan.contract_id, "paper": plan.contract.scan_id} if plan.contract else None,
        "agreement": {
            "learner": _iso(agreement.learner_signed_on),
            "mentor": _iso(agreement.mentor_signed_on),
            "paper": agreement.scan_id,
        }
        if agreement
        else None,
        **{field.name: getattr(text, field.name, "") for field in TEXTS},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: kept, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field that differs. A long text comes in pieces as well, so that only what moved is marked.

    `asked`: the expert named it when the plan was returned. `same`: it was named and nothing changed.
    """

    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()
    asked: bool = False
    same: bool = False

    @property
    def label(self) -> str:
        return str(PARTS[self.name].label)


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any], *, asked: Collection[str] = ()
) -> list[Change]:
    """The fields of `after` that differ from `before`; with them the fields that were asked for and stayed."""
    found = []
    for name, part in PARTS.items():
        if name not in after:
            continue
        old, new = before.get(name), after[name]
        if old == new and name not in asked:
            continue
        found.append(
            Change(
                name=name,
                before=in_words(name, old),
                after=in_words(name, new, unlike=old),
                pieces=tuple(pieces(old or "", new or "")) if isinstance(part, Text) and old != new else (),
                asked=name in asked,
                same=old == new,
            )
        )
    return found


def proposed(plan: SupportPlan, amendment: Amendment) -> list[Change]:
    """What an amendment would change of what is in force."""
    return difference(stored_changes(plan_values(plan)), amendment.changes)


def since_last_sending(plan: SupportPlan) -> list[Change] | None:
    """What the last sending changed of the one before; None where there was none before."""
    last_two = list(plan.submissions.order_by("-at", "-pk")[:2])
    if len(last_two) < 2:
        return None
    new, old = last_two
    returned = (
        plan.decisions.filter(at__gte=old.at, at__lte=new.at, kind="returned").order_by("-at", "-pk").first()
    )
    return difference(old.values, new.values, asked=returned.fields if returned else ())


def changed_since_sent(plan: SupportPlan) -> frozenset[str]:
    """The fields that are not any more as they were last sent."""
    last = plan.submissions.order_by("-at", "-pk").first()
    return (
        frozenset(change.name for change in difference(last.values, snapshot(plan))) if last else frozenset()
    )


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The two texts word by word, in one."""
    old, new = before.split(" "), after.split(" ")
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("kept", " ".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("gone", " ".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("new", " ".join(new[j1:j2]))


def in_words(name: str, value: Any, *, unlike: Any = None) -> str:
    """A stored value as a reader sees it; `unlike`: the value before, where a paper of the same days is another."""
    if value in (None, "", []):
        return "–"
    if name in ("request", "agreement", "contract"):
        return _paper(name, value, unlike)
    return PARTS[name].in_words(value)


def _day(value: str | date | None) -> str:
    return shown.day(date.fromisoformat(value) if isinstance(value, str) else value) or "–"


def _paper(name: str, value: Mapping[str, Any], unlike: Any) -> str:
    """Who signed when, and whether its paper is here."""
    if name == "request":
        words = [f"{Applicant(value['applicant']).label}, {_day(value['signed_on'])}"]
    elif name == "agreement":
        words = [
            str(_("the learner %(learner)s, the mentor %(mentor)s"))
            % {"learner": _day(value["learner"]), "mentor": _day(value["mentor"])}
        ]
    else:
        words = [str(_("another contract") if unlike and unlike["id"] != value["id"] else _("the contract"))]
    if value["paper"] is None:
        words.append(str(_("without a scan")))
    elif unlike and unlike["paper"] != value["paper"]:
        words.append(str(_("another scan")))
    return "; ".join(words)


def paper_of(plan: SupportPlan, kind: str) -> StoredFile | None:
    """The scan of the plan's request or of its agreement with the mentor of now."""
    thing = getattr(plan, "request", None) if kind == "request" else agreement_with(plan, plan.mentor_id)
    return thing.scan if thing is not None else None
