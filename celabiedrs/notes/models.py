"""A mentor's private notes, behind the wall (CNF-1). Nothing outside this stage imports this module."""

from django.db import models

from celabiedrs.lib.addressed import Addressed
from celabiedrs.lib.sealing.fields import SealedTextField
from celabiedrs.lib.sealing.keys import CannotOpen
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan


class NoteQuerySet(models.QuerySet["PrivateNote"]):
    def written_by(self, user: User) -> "NoteQuerySet":
        """The only scope there is: what this person wrote. After a reset of the account nothing, until the owner has
        opened it with a code of their own (decision 0061)."""
        return self.filter(author=user) if user.notes_closed_at is None else self.none()


class PrivateNote(Addressed):
    """What a mentor keeps for themselves. Read by its author and by no one else.

    The text is sealed with a key from outside the database. There is no way here from the plan or from the person.
    """

    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="+")
    text = SealedTextField(purpose="private note", counted=False, db_column="sealed")
    written_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    def __str__(self) -> str:
        return "note"

    @property
    def text_if_open(self) -> str | None:
        """The text; None where the key that sealed it is missing. The note can still be erased."""
        try:
            return self.text
        except CannotOpen:
            return None
