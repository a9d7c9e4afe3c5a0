"""Who may write a private note. Reading has one scope only: `PrivateNote.objects.written_by` (CNF-1)."""

from celabiedrs.hours.access import stands_by
from celabiedrs.lib import clock
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme
from celabiedrs.plans.models import SupportPlan


def may_write(user: User, plan: SupportPlan) -> bool:
    """Anyone who stands or stood by the plan as its mentor."""
    return stands_by(user, plan)


def notes_enabled() -> bool:
    """Whether the programme has private notes at all."""
    return bool(programme().setting("notes_enabled", clock.today()))
