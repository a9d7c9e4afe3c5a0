"""Messages about accounts and posts: of a post the role and the day, by a random id; never a name, never an address."""

from collections.abc import Iterable

from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import AccountReset, Post, PostProposal, User

Context = dict[str, str | int | bool | None]


def _context(row: Post | PostProposal) -> Context:
    return {"role": row.role, "since": row.since.isoformat()}


def _answering(proposal: PostProposal) -> Context:
    return {**_context(proposal), "post": str(proposal.public_id)}


def post_given(row: Post, around: Iterable[User]) -> None:
    post(to=row.person, kind="post_given", context=_context(row))
    post_to_all(around, kind="post_given_around", context=_context(row))


def post_ended(row: Post, around: Iterable[User]) -> None:
    post(to=row.person, kind="post_ended", context=_context(row))
    post_to_all(around, kind="post_ended_around", context=_context(row))


def post_proposed(proposal: PostProposal, seconders: Iterable[User]) -> None:
    post_to_all(seconders, kind="post_proposed", context=_answering(proposal))


def post_declined(proposal: PostProposal) -> None:
    post(to=proposal.proposed_by, kind="post_declined", context=_answering(proposal))


def post_attempted(others: Iterable[User]) -> None:
    """The other administrators learn that one of them tried to give themselves a post."""
    post_to_all(others, kind="post_attempted", context={})


def address_change_asked(person: User) -> None:
    """Goes to the old address: anyone who reads it can object before anybody agrees."""
    post(to=person, kind="address_change_asked")


def address_changed(person: User) -> None:
    """Goes to the new address."""
    post(to=person, kind="address_changed")


def reset_proposed(reset: AccountReset, others: Iterable[User]) -> None:
    """The other administrators, who may agree, and the person, who may say no."""
    context: Context = {"reset": str(reset.public_id)}
    post_to_all(others, kind="reset_proposed", context=context)
    post(to=reset.person, kind="own_reset_proposed", context=context)


def account_reset(person: User) -> None:
    """Seen at the next sign-in."""
    post(to=person, kind="account_reset", context={})


def factor_changed(person: User) -> None:
    """The owner sees it, no matter who did it."""
    post(to=person, kind="factor_changed", context={})
