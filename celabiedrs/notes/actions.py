"""What a mentor does with private notes (CNF-1). No act here leaves an event, a count or a message anywhere."""

import uuid
from datetime import date

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.notes.access import may_write, notes_enabled
from celabiedrs.notes.models import PrivateNote
from celabiedrs.notes.workflow import WRITE, NoteObstacle
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules import confidence as rules
from celabiedrs.rules.reading import read_text

BATCH = 500


def ended_on(plan: SupportPlan) -> date | None:
    """The day on which the support was over: closed, withdrawn, or the plan's last day gone by; None while it goes
    on."""
    closed_at = plan.ended_at or plan.withdrawn_at
    if closed_at is not None:
        return clock.riga_day(closed_at)
    return plan.last_day if plan.last_day < clock.today() else None


def is_due(plan: SupportPlan) -> bool:
    """Whether the notes about a plan have reached the day on which they are erased."""
    ended = ended_on(plan)
    return ended is not None and rules.notes_erased_on(ended) <= clock.today()


def day_of_erasing(plan: SupportPlan) -> date:
    """The day on which the notes about a plan are erased; while it goes on, the one that its last day leads to."""
    return rules.notes_erased_on(ended_on(plan) or plan.last_day)


def closed_to_notes(plan: SupportPlan) -> bool:
    """Whether nothing new is written about a plan: it never came to be, or its notes are gone."""
    return plan.state == PlanState.WITHDRAWN or is_due(plan)


@transaction.atomic
def write_note(
    *, by: User, plan: SupportPlan, text: object = "", key: uuid.UUID | None = None
) -> Done[PrivateNote]:
    """[CNF-1] Write a note that nobody else will read. `key`: of the form, so that one sent twice is one note."""
    require(may_write(by, plan))
    if closed_to_notes(plan):
        raise WrongState(WRITE, NoteObstacle.CLOSED)
    refuse(rules.note(text=text, notes_enabled=notes_enabled()))
    User.objects.select_for_update().get(pk=by.pk)
    sent = PrivateNote.objects.filter(public_id=key or uuid.uuid4()).first()
    if sent is not None and sent.author_id == by.pk and sent.plan_id == plan.pk:
        sent.text = read_text(text)
        sent.save(update_fields=["text"])
        return Done(sent)
    note = PrivateNote(author=by, plan=plan, written_at=clock.now())
    if key is not None and sent is None:
        note.public_id = key
    note.text = read_text(text)
    note.save(force_insert=True)
    return Done(note)


@transaction.atomic
def change_note(*, by: User, note: PrivateNote, text: object = "") -> Done[PrivateNote]:
    """[CNF-1] Its author changes a note."""
    require(note.author_id == by.pk)
    refuse(rules.note(text=text, notes_enabled=notes_enabled()))
    note.text = read_text(text)
    note.save(update_fields=["text"])
    return Done(note)


@transaction.atomic
def erase_note(*, by: User, note: PrivateNote) -> None:
    """[CNF-1] Its author erases a note, for good; possible where the programme has switched notes off, too."""
    require(note.author_id == by.pk)
    note.delete()


def erase_due_notes() -> None:
    """[CNF-1] Erase the notes about plans that ended six months ago. Says to nobody how many."""
    noted = SupportPlan.objects.filter(pk__in=PrivateNote.objects.order_by().values("plan")).order_by("pk")
    due = [plan.pk for plan in noted.iterator(BATCH) if is_due(plan)]
    erase_notes_of(due)


def erase_notes_of(plans: list[int]) -> None:
    """Erase every note about these plans; for disposal, and for what is due."""
    PrivateNote.objects.filter(plan__in=plans).delete()
