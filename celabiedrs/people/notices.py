"""Messages about posts: the role and the place, by a random id. Never a name."""

from collections.abc import Collection

from celabiedrs.lib.outbox.posting import post as tell
from celabiedrs.lib.outbox.posting import post_to_all
from celabiedrs.people.models import Post, PostProposal, Role, User
from celabiedrs.people.reading.audience import holders

Context = dict[str, str | int | bool | None]


def _context(row: Post | PostProposal) -> Context:
    return {"role": row.role, "since": row.since.isoformat()}


def _around(row: Post, but: Collection[int]) -> list[User]:
    """Who is to know: the head of the institution and who holds the same post there; of a post of the whole programme
    its administrators and its other holders. Not the person, not who did it."""
    if row.municipality_id is not None or row.region_id is not None:
        return []
    if row.institution_id is not None:
        told = holders(row.role, Role.HEAD, institution=row.institution_id)
    else:
        told = holders(row.role, Role.PROGRAMME_ADMINISTRATOR)
    return list(told.exclude(pk__in={row.person_id, *but}))


def post_given(row: Post, *, but: Collection[int]) -> None:
    if row.person_id not in but:
        tell(to=row.person, kind="post_given", context=_context(row))
    post_to_all(_around(row, but), kind="post_given_around", context=_context(row))


def post_ended(row: Post, *, but: Collection[int]) -> None:
    if row.person_id not in but:
        tell(to=row.person, kind="post_ended", context=_context(row))
    post_to_all(_around(row, but), kind="post_ended_around", context=_context(row))


def post_proposed(proposal: PostProposal) -> None:
    """The others who may agree: administrators and the heads of the institution."""
    but = {proposal.proposed_by_id, proposal.person_id}
    told = holders(Role.PROGRAMME_ADMINISTRATOR).exclude(pk__in=but)
    if proposal.institution_id is not None:
        heads = holders(Role.HEAD, institution=proposal.institution_id).exclude(pk__in=but)
        told = User.objects.filter(pk__in={user.pk for user in (*told, *heads)}).order_by("pk")
    post_to_all(told, kind="post_proposed", context=_answering(proposal))


def post_declined(proposal: PostProposal) -> None:
    tell(to=proposal.proposed_by, kind="post_declined", context=_answering(proposal))


def _answering(proposal: PostProposal) -> Context:
    return {**_context(proposal), "post": str(proposal.public_id)}


def post_attempted(by: User) -> None:
    """The other administrators learn that one of them tried to give themselves a post."""
    others = holders(Role.PROGRAMME_ADMINISTRATOR).exclude(pk=by.pk)
    post_to_all(others, kind="post_attempted", context={})
