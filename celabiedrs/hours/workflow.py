"""States of a month: the mentor submits, the school verifies or returns, and may reopen until it is paid."""

from celabiedrs.hours.access import may_verify, may_write
from celabiedrs.hours.models import SheetState as S
from celabiedrs.lib.workflow import Step
from celabiedrs.people.models import Role

SCHOOL = (Role.RESPONSIBLE_PERSON.label,)

SUBMIT = Step("submit", (S.OPEN, S.RETURNED), S.SUBMITTED, may_write)
VERIFY = Step("verify", (S.SUBMITTED,), S.VERIFIED, may_verify, SCHOOL)
RETURN = Step("return", (S.SUBMITTED,), S.RETURNED, may_verify, SCHOOL)
REOPEN = Step("reopen", (S.VERIFIED,), S.RETURNED, may_verify, SCHOOL)

STEPS = (SUBMIT, VERIFY, RETURN, REOPEN)

WRITABLE = (S.OPEN, S.RETURNED)
