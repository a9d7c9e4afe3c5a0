"""What a change of mentor still needs, each with the page on which it is put right (AGR-3, CON-1, CON-6, CON-8)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from celabiedrs.contracts.access import contracts_visible_to, may_contract
from celabiedrs.contracts.models import Contract
from celabiedrs.lib.look import shown
from celabiedrs.people.models import User
from celabiedrs.plans.facts.papers import agreement_facts, agreement_with
from celabiedrs.plans.models import SupportPlan
from celabiedrs.registry.models import Mentor


@dataclass(frozen=True)
class Need:
    """One line: what, how it stands, where it is done (empty: not by the one who looks)."""

    title: str
    state: str
    tone: str
    url: str = ""
    text: str = ""


def needs(user: User, plan: SupportPlan, mentor: Mentor, contract: Contract | None) -> list[Need]:
    """The agreement of the mentor who is to follow, a contract that covers the rest of the plan, and its copy.

    `contract`: the one that covers the plan, where there is one.
    """
    back = reverse("plans:attach", args=[plan.public_id, mentor.public_id])
    return [_agreement(plan, mentor), *_contract(user, mentor, contract, back)]


def _agreement(plan: SupportPlan, mentor: Mentor) -> Need:
    facts = agreement_facts(agreement_with(plan, mentor))
    url = reverse("plans:successor", args=[plan.public_id, mentor.public_id])
    if facts is None or facts.in_force_from is None:
        text = _("The new mentor and the learner write and sign their own.")
        return Need(_("New agreement"), _("missing"), "amber", url, text)
    words = _("signed on %(day)s") % {"day": shown.day(facts.in_force_from)}
    return Need(_("New agreement"), words, "green", url)


def _contract(user: User, mentor: Mentor, contract: Contract | None, back: str) -> list[Need]:
    if contract is None:
        text = _("The mentor's employer makes it before the mentor begins.")
        return [
            Need(_("Contract"), _("none for this time"), "amber", way_to_contract(user, mentor, back), text)
        ]
    reads = Contract.objects.filter(contracts_visible_to(user), pk=contract.pk).exists()
    url = (
        f"{reverse('contracts:contract', args=[contract.public_id])}?{urlencode({'back': back})}"
        if reads
        else ""
    )
    if contract.scan_id is None:
        text = "" if reads else _("Its employer uploads it.")
        copy = Need(_("Copy of the contract"), _("missing"), "amber", url, text)
    else:
        copy = Need(_("Copy of the contract"), _("is here"), "green", url)
    return [Need(_("Contract"), _("covers the plan"), "green", url), copy]


def way_to_contract(user: User, mentor: Mentor, back: str) -> str:
    """Where a contract is made, for who may make one, and from where it leads `back`."""
    if not may_contract(user, None):
        return ""
    return f"{reverse('contracts:new', args=[mentor.public_id])}?{urlencode({'back': back})}"
