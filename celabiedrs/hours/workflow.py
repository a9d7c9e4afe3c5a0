"""States of a month: the mentor submits, the school verifies or returns, and may reopen until it is paid."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.hours.access import may_verify, may_write, stands_by
from celabiedrs.hours.models import SheetState as S
from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.people.models import Role
from celabiedrs.plans.words import PlanState
from celabiedrs.plans.workflow import PLAN

SCHOOL = (Role.RESPONSIBLE_PERSON.label,)

MONTH = Workflow(
    {
        S.OPEN: _("The month is not submitted yet."),
        S.SUBMITTED: _("The month is submitted and waits for the school."),
        S.RETURNED: _("The school returned the month to the mentor."),
        S.VERIFIED: _("The month is verified."),
    },
    page="hours:sheet",
)


class MonthObstacle(Obstacle):
    NO_SHEET = "no_sheet", _("No meeting is recorded in this month; there is no timesheet.")
    HAS_MEETINGS = "has_meetings", _("Meetings are recorded in this month.")
    PAID = "paid", _("The month is in an approved pay run; a mistake in it is put right by a correction.")
    NOT_PAID = (
        "not_paid",
        _("The month is not in an approved pay run yet; the school can still return it."),
    )


SUBMIT = Step("submit", (S.OPEN, S.RETURNED), S.SUBMITTED, may_write, label=_("Submit the month"), of=MONTH)
VERIFY = Step("verify", (S.SUBMITTED,), S.VERIFIED, may_verify, SCHOOL, _("Verify the month"), MONTH)
RETURN = Step("return", (S.SUBMITTED,), S.RETURNED, may_verify, SCHOOL, _("Return the month"), MONTH)
REOPEN = Step("reopen", (S.VERIFIED,), S.RETURNED, may_verify, SCHOOL, _("Open the month again"), MONTH)
SUPPLEMENT = Step("supplement", (S.VERIFIED,), "", may_verify, SCHOOL, _("Open a supplement"), MONTH)

STEPS = (SUBMIT, VERIFY, RETURN, REOPEN)

WRITABLE = (S.OPEN, S.RETURNED)

DIARY = Workflow(page="hours:plan")


class DiaryObstacle(Obstacle):
    MONTH_CLOSED = (
        "month_closed",
        _("This month has been submitted: its rows can change only after the school returns it."),
    )
    PLAN_SUSPENDED = (
        "plan_suspended",
        _("The plan is suspended: meetings from that moment on cannot be written down."),
    )
    PLAN_ENDED = "plan_ended", _("The plan has ended: meetings from that moment on cannot be written down.")
    PLAN_WITHDRAWN = "plan_withdrawn", _("The plan was withdrawn: no meetings can be written down.")
    VOIDED = "voided", _("The meeting is void; it cannot be changed or signed.")


RECORD = Step("record", (), "", stands_by, label=_("Write down a meeting"), of=DIARY)
DECLARE_NO_MEETINGS = Step(
    "declare_no_meetings", (), "", stands_by, label=_("Say that there were no meetings"), of=DIARY
)
PLAN_NEXT = Step("plan_next", (PlanState.ACTIVE,), "", stands_by, label=_("Say when you meet next"), of=PLAN)

ROW = Workflow(page="hours:meeting")
CHANGE = Step("change", (), "", may_write, label=_("Change the meeting"), of=ROW)
VOID = Step("void", (), "", may_write, label=_("Void the meeting"), of=ROW)
SIGN = Step("sign", (), "", may_write, label=_("Sign the meeting"), of=ROW)
