"""What waits for the mentor, worked out from states: one row, one action. Nothing of it is stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.hours.diary import DiaryMonth, PlanDiary
from celabiedrs.lib.look import shown
from celabiedrs.plans.kinds import PlanState


@dataclass(frozen=True)
class Wait:
    """One thing that waits, in the words and with the keys that components/waits.html takes."""

    title: str
    url: str
    label: str
    tone: str
    text: str = ""


def waits_of(diary: PlanDiary) -> list[Wait]:
    """What waits with one learner, the most pressing first."""
    found = [wait for month in diary.months for wait in _of_month(diary, month)]
    order = {"red": 0, "amber": 1, "green": 2}
    return sorted(found, key=lambda wait: order[wait.tone])


def _of_month(diary: PlanDiary, month: DiaryMonth) -> Iterator[Wait]:
    url = reverse("hours:month", args=[diary.plan.public_id, month.month])
    named = {"month": shown.month(month.month)}
    if not month.writable:
        return
    if month.standing == "returned" and month.sheet is not None:
        title = _("Returned: %(month)s") % named
        yield Wait(title, url, _("Correct"), "red", month.sheet.returned_reason)
    if month.disputed:
        yield Wait(
            ngettext(
                "%(n)s meeting the learner calls not right",
                "%(n)s meetings the learner calls not right",
                month.disputed,
            )
            % {"n": month.disputed},
            url,
            _("Look"),
            "red",
            shown.month(month.month),
        )
    unsigned = month.unsigned - month.disputed
    if unsigned > 0:
        yield Wait(
            ngettext("%(n)s meeting without signatures", "%(n)s meetings without signatures", unsigned)
            % {"n": unsigned},
            url,
            _("Sign"),
            "amber",
            shown.month(month.month),
        )
    if month.needs_review:
        yield Wait(
            _("The review of the cooperation is missing"),
            reverse("closing:review", args=[diary.plan.public_id]),
            _("Write it"),
            "amber",
        )
    if month.standing == "ready":
        yield Wait(_("Can be submitted: %(month)s") % named, url, _("Look and submit"), "green")
    if month.standing == "silent" and diary.plan.state != PlanState.SUSPENDED:
        yield Wait(_("Nothing written down: %(month)s") % named, url, _("Say what happened"), "amber")
