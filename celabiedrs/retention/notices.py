"""One function for each message that keeping posts. Numbers, days and public ids only."""

from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import Role
from celabiedrs.people.reading.audience import holders
from celabiedrs.retention.models import Proposal


def _context(proposal: Proposal) -> dict[str, str | int | bool | None]:
    return {"proposal": str(proposal.public_id), "before": str(proposal.before)}


def disposal_proposed(proposal: Proposal) -> None:
    """Every administrator but the one who prepared it may agree."""
    others = holders(Role.PROGRAMME_ADMINISTRATOR).exclude(pk=proposal.prepared_by_id)
    post_to_all(others, kind="disposal_proposed", context=_context(proposal))


def disposal_declined(proposal: Proposal) -> None:
    if proposal.answered_by_id != proposal.prepared_by_id:
        post(to=proposal.prepared_by, kind="disposal_declined", context=_context(proposal))


def disposal_done(proposal: Proposal) -> None:
    _to_both(proposal, "disposal_done")


def disposal_fell(proposal: Proposal) -> None:
    _to_both(proposal, "disposal_fell")


def _to_both(proposal: Proposal, kind: str) -> None:
    people = [person for person in (proposal.prepared_by, proposal.answered_by) if person is not None]
    post_to_all(people, kind=kind, context=_context(proposal))
