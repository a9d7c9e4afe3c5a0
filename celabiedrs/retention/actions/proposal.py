"""A disposal in two steps: one administrator prepares it, another one agrees, a job does it (ARC-1)."""

import logging

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, NotAllowed, Refused, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import User
from celabiedrs.retention import notices
from celabiedrs.retention.access import may_keep
from celabiedrs.retention.actions.disposal import ListChanged, dispose, would_dispose
from celabiedrs.retention.models import Fell, Proposal, ProposalState
from celabiedrs.retention.reading.due import due
from celabiedrs.retention.workflow import AGREE, CARRY_OUT, DECLINE, FALL
from celabiedrs.rules import retention as rules
from celabiedrs.rules.reading import read_day, read_text

log = logging.getLogger(__name__)
WAITING = (ProposalState.PROPOSED, ProposalState.AGREED)


@transaction.atomic
def propose_disposal(*, by: User, before: object = None) -> Done[Proposal]:
    """[ARC-1] Propose the list that is due with this day to the other administrators."""
    require(may_keep(by))
    found = would_dispose(by=by, before=before)
    cautions = refuse(
        rules.proposal(
            before=before,
            today=clock.today(),
            anything=bool(found.plans),
            open_already=Proposal.objects.filter(state__in=WAITING).exists(),
        )
    )
    day = expect(read_day(before))
    proposal = Proposal.objects.create(
        before=day, digest=found.digest, counts=found.counts, prepared_by=by, prepared_at=clock.now()
    )
    record(proposal, "disposal_proposed", by=by, before=str(day), plans=len(found.plans))
    notices.disposal_proposed(proposal)
    return Done(proposal, cautions)


@transaction.atomic
def agree_disposal(*, by: User, proposal: Proposal) -> Done[Proposal]:
    """[ARC-1] Agree to a disposal that somebody else has prepared, to the list as it was proposed. A job does it."""
    ask(AGREE, by, proposal)
    unchanged = due(proposal.before).digest == proposal.digest
    cautions = refuse(
        rules.answer(proposed_by=proposal.prepared_by_id, administrator=by.pk, unchanged=unchanged)
    )
    move(proposal, AGREE, answered_by=by, answered_at=clock.now())
    record(proposal, "disposal_agreed", by=by, before=str(proposal.before))
    return Done(proposal, cautions)


@transaction.atomic
def decline_disposal(*, by: User, proposal: Proposal, reason: object = "") -> Done[Proposal]:
    """[ARC-1] Decline a disposal and say why; who prepared it may take it back so."""
    ask(DECLINE, by, proposal)
    cautions = refuse(rules.declined(reason=reason))
    move(proposal, DECLINE, answered_by=by, answered_at=clock.now(), reason=read_text(reason)[:500])
    record(proposal, "disposal_declined", by=by, before=str(proposal.before))
    notices.disposal_declined(proposal)
    return Done(proposal, cautions)


def carry_out_agreed() -> int:
    """Do what two have agreed to, each disposal whole or not at all; says how many were done."""
    agreed = Proposal.objects.filter(state=ProposalState.AGREED).order_by("pk")
    return sum(_carry_out(key) for key in list(agreed.values_list("pk", flat=True)))


def _carry_out(key: int) -> bool:
    try:
        return _do(key)
    except ListChanged:
        why = Fell.CHANGED
    except (NotAllowed, Refused):
        why = Fell.NO_TWO
    except Exception:  # whatever stops it, nothing was disposed of, and both are told
        log.exception("retention: a disposal failed and nothing of it was done")
        why = Fell.FAILED
    _fall(key, why)
    return False


@transaction.atomic
def _do(key: int) -> bool:
    agreed = Proposal.objects.filter(pk=key, state=ProposalState.AGREED)
    proposal = agreed.select_for_update(skip_locked=True, of=("self",)).first()
    if proposal is None or proposal.answered_by is None:
        return False
    done = dispose(
        by=proposal.prepared_by,
        before=proposal.before,
        agreed_by=proposal.answered_by,
        as_agreed=proposal.digest,
    )
    move(proposal, CARRY_OUT, disposal=done.thing)
    notices.disposal_done(proposal)
    return True


@transaction.atomic
def _fall(key: int, why: Fell) -> None:
    proposal = Proposal.objects.select_for_update().get(pk=key)
    if proposal.state != ProposalState.AGREED:
        return  # another worker was first
    move(proposal, FALL, fell=why)
    record(proposal, "disposal_fell", by=None, before=str(proposal.before), why=str(why))
    notices.disposal_fell(proposal)
