"""The reminders: what is looked for, whom it is said to, and how often it is said again."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from celabiedrs.desk.reading import waits
from celabiedrs.desk.reading.items import MENTOR, Find
from celabiedrs.people.models import Role


@dataclass(frozen=True)
class Reminder:
    """`together`: one message a period for all that waits for a person; otherwise one for each thing.

    `kind` is the message of every night, `asked` the programme's own, which it sends when it wants to.
    """

    kind: str
    asked: str
    label: str | Promise
    clause: str
    roles: tuple[str, ...]
    find: Find
    together: bool = False
    repeat: str = "reminder_repeat_days"


ALL = (
    Reminder(
        "remind_meeting",
        "asked_meeting",
        _("Planned meetings without a row"),
        "LOG-1",
        (MENTOR,),
        waits.meetings,
    ),
    Reminder("remind_month", "asked_month", _("Months not submitted"), "LOG-11", (MENTOR,), waits.months),
    Reminder(
        "remind_verify",
        "asked_verify",
        _("Months not verified"),
        "DUT-1",
        (Role.RESPONSIBLE_PERSON,),
        waits.verifying,
        together=True,
    ),
    Reminder(
        "remind_decide",
        "asked_decide",
        _("Plans not decided"),
        "IAP-1",
        (Role.PROJECT_EXPERT,),
        waits.deciding,
        together=True,
    ),
    Reminder(
        "remind_papers",
        "asked_papers",
        _("Plans not sent though the semester has begun"),
        "DUT-7",
        (Role.PREPARER,),
        waits.papers,
        together=True,
    ),
    Reminder(
        "remind_evaluation",
        "asked_evaluation",
        _("Evaluations that are missing"),
        "EVA-1",
        (MENTOR,),
        waits.evaluations,
    ),
    Reminder(
        "remind_checks",
        "asked_checks",
        _("Suitability checks that run out"),
        "CON-6",
        (Role.PREPARER, Role.HEAD),
        waits.checks,
        together=True,
        repeat="reminder_checks_repeat_days",
    ),
    Reminder(
        "remind_group",
        "asked_group",
        _("Supervision groups not confirmed"),
        "SUP-6",
        (Role.SUPERVISOR,),
        waits.groups,
    ),
)
REMINDERS: Mapping[str, Reminder] = {each.kind: each for each in ALL}
