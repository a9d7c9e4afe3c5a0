"""One function for each message that the pay acts post."""

from celabiedrs.lib.outbox.posting import post_to_all
from celabiedrs.pay.models import PayRun
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders


def _context(run: PayRun) -> dict[str, str | int | bool | None]:
    return {"run": str(run.public_id), "month": run.month.isoformat()}


def run_prepared(run: PayRun) -> None:
    """The employer's head learns that a run waits."""
    post_to_all(holders(Role.HEAD, institution=run.employer_id), kind="run_prepared", context=_context(run))


def run_approved(run: PayRun) -> None:
    post_to_all(
        holders(Role.PAY_CLERK, institution=run.employer_id), kind="run_approved", context=_context(run)
    )


def run_sent(run: PayRun) -> None:
    """The mentors learn that the run with their lines went to payroll."""
    people = User.objects.filter(pk__in=run.lines.values("mentor__user"), is_active=True).order_by("pk")
    post_to_all(people, kind="run_sent", context=_context(run))
