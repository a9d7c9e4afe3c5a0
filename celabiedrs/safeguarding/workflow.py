"""States of a report. There is no way back and none out: it is closed, never deleted (CNF-2)."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Step, Workflow
from celabiedrs.safeguarding.access import may_handle
from celabiedrs.safeguarding.models import ReportState as S

REPORT = Workflow(
    {
        S.RAISED: _("Nobody has read the report yet."),
        S.ACKNOWLEDGED: _("The report has been read."),
        S.REFERRED: _("The report has been passed on to a service."),
        S.CLOSED: _("The report is closed."),
    },
    page="safeguarding:report",
)

ACKNOWLEDGE = Step(
    "acknowledge", (S.RAISED,), S.ACKNOWLEDGED, may_handle, label=_("Confirm reading the report"), of=REPORT
)
REFER = Step(
    "refer",
    (S.ACKNOWLEDGED, S.REFERRED),
    S.REFERRED,
    may_handle,
    label=_("Pass the report on to a service"),
    of=REPORT,
)
CLOSE = Step(
    "close", (S.ACKNOWLEDGED, S.REFERRED), S.CLOSED, may_handle, label=_("Close the report"), of=REPORT
)

STEPS = (ACKNOWLEDGE, REFER, CLOSE)
