"""What its author is shown of private notes (CNF-1): the one way to them from outside this stage."""

from celabiedrs.notes.models import PrivateNote
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan


def own_notes(user: User, plan: SupportPlan) -> list[str]:
    """Texts that this person wrote about a plan, oldest first; nobody else's, whoever asks."""
    notes = PrivateNote.objects.written_by(user).filter(plan=plan).order_by("written_at", "pk")
    return [note.text for note in notes]
