"""What its author is shown of private notes (CNF-1): the one way to them from outside this stage."""

import uuid

from celabiedrs.hours.access import own_plans
from celabiedrs.notes.access import notes_enabled
from celabiedrs.notes.models import PrivateNote
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan


def own_notes(user: User, plan: SupportPlan) -> list[str]:
    """Texts that this person wrote about a plan, oldest first; nobody else's, no matter who asks."""
    return [note.text for note in notes_about(user, plan)]


def notes_about(user: User, plan: SupportPlan) -> list[PrivateNote]:
    """This person's own notes about a plan, oldest first."""
    return list(PrivateNote.objects.written_by(user).filter(plan=plan).order_by("written_at", "pk"))


def own_note(user: User, public_id: uuid.UUID) -> PrivateNote | None:
    """One of this person's own notes; somebody else's is as one that never was."""
    own = PrivateNote.objects.written_by(user).select_related("plan__learner")
    return own.filter(public_id=public_id).first()


def plans_with_notes(user: User) -> list[SupportPlan]:
    """The plans whose notes have a page for this person, those that began last first.

    All by which one stands or stood as mentor; where the programme has switched notes off, only those about which
    something is left to be erased.
    """
    plans = SupportPlan.objects.filter(own_plans(user)).select_related("learner", "institution")
    if not notes_enabled():
        plans = plans.filter(pk__in=PrivateNote.objects.written_by(user).order_by().values("plan"))
    return list(plans.order_by("-year", "-semester", "learner__sort_name", "pk"))


def has_a_way_in(user: User) -> bool:
    """Whether the pages of notes are there for this person."""
    return hasattr(user, "mentor") and (notes_enabled() or PrivateNote.objects.written_by(user).exists())
