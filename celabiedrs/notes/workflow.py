"""When a note can no longer be written: the plan never came to be, or its notes are erased (CNF-1)."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.notes.access import may_write


class NoteObstacle(Obstacle):
    CLOSED = (
        "closed",
        _("The plan was withdrawn, or its support ended so long ago that its notes are erased."),
    )


WRITE = Step("write", (), "", may_write, label=_("Write a note"), of=Workflow(page="notes:plan"))
