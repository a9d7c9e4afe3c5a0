"""What waits around accounts: posts that are proposed, and addresses that another administrator asked for (CNF-1)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.access import may_agree_to, may_keep_programme, proposals_visible_to
from celabiedrs.people.models import AddressChange, PostProposal, PostProposalState, Role, User


def waits(user: User) -> Iterator[Waits]:
    if user.holds(Role.PROGRAMME_ADMINISTRATOR, Role.HEAD):
        yield from _posts(user)
    if may_keep_programme(user):
        yield from _addresses(user)


def _posts(user: User) -> Iterator[Waits]:
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


def _addresses(user: User) -> Iterator[Waits]:
    asked = AddressChange.objects.filter(answered_at=None).exclude(asked_by=user).exclude(person=user)
    for change in asked.select_related("person").order_by("pk"):
        yield Waits(
            _("Another address is asked for: %(name)s") % {"name": change.person.name},
            "",
            address("people:account", change.person.public_id),
            _("Look"),
            "amber",
        )
