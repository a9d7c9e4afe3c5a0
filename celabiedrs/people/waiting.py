"""What waits about posts: one that is proposed, for who may agree to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.access import may_agree_to, proposals_visible_to
from celabiedrs.people.models import PostProposal, PostProposalState, Role, User


def waits(user: User) -> Iterator[Waits]:
    if not user.holds(Role.PROGRAMME_ADMINISTRATOR, Role.HEAD):
        return
    rows = PostProposal.objects.filter(proposals_visible_to(user), state=PostProposalState.PROPOSED)
    for row in rows.select_related("proposed_by", "person", "institution").order_by("pk"):
        if may_agree_to(user, row):
            yield Waits(
                _("A post waits for your agreement"),
                f"{row.get_role_display()}: {row.person.name}",
                address("people:proposal", row.public_id),
                _("Look"),
                "amber",
            )
