"""What waits for the programme: changes of their entries that mentors propose (REG-1)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.models import Role, User
from celabiedrs.registry.models import ChangeState, ProposedChange


def waits(user: User) -> Iterator[Waits]:
    if user.holds(Role.PROGRAMME_ADMINISTRATOR):
        yield from _proposed()


def _proposed() -> Iterator[Waits]:
    proposed = ProposedChange.objects.filter(state=ChangeState.PROPOSED).select_related("mentor__user")
    for change in proposed.order_by("proposed_at"):
        yield Waits(
            _("A mentor proposes a change of the entry: %(name)s") % {"name": change.mentor.name},
            "",
            address("registry:change", change.mentor.public_id),
            _("Look"),
            "amber",
        )
