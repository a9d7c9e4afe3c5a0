"""States of a work contract: signed, and ended early by a day (CON-2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.contracts.access import may_contract
from celabiedrs.contracts.models import ContractState as S
from celabiedrs.lib.steps import Step, Workflow

CONTRACT = Workflow(
    {
        S.DRAFT: _("The contract is not signed yet."),
        S.SIGNED: _("The contract is signed and in force."),
        S.ENDED: _("The contract was ended early."),
    },
    page="contracts:contract",
)


def _contracts(user: Any, contract: Any) -> bool:
    return may_contract(user, contract.employer)


END = Step("end", (S.SIGNED,), S.ENDED, _contracts, label=_("End the contract early"), of=CONTRACT)

PROLONG = Step("prolong", (S.SIGNED,), "", _contracts, label=_("Prolong the contract"), of=CONTRACT)

STEPS = (END, PROLONG)
