"""Disposing: two administrators, a day that has come, a certificate without names (ARC-1)."""

from django.db import connection, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.retention.access import may_keep
from celabiedrs.retention.actions.erasure import erase_plans
from celabiedrs.retention.models import Disposal
from celabiedrs.retention.reading.due import Due, due
from celabiedrs.rules import retention as rules
from celabiedrs.rules.reading import read_day


class ListChanged(Exception):
    """Another list is due than the one that was agreed to: nothing is disposed of."""


def would_dispose(*, by: User, before: object) -> Due:
    """The dry run: what `dispose` would take and pass over with this day. Nothing for a day that is none."""
    require(may_keep(by))
    day = read_day(before)
    return due(day) if day is not None else Due()


@transaction.atomic
def dispose(
    *, by: User, before: object = None, agreed_by: object = None, as_agreed: str = ""
) -> Done[Disposal]:
    """[ARC-1] Dispose of what was to be kept until a day before `before`, whole or not at all.

    `Disposal.disposed` is the number of plans; what is on hold or still open is passed over and counted apart.
    `as_agreed`: the digest of the list that was agreed to; ListChanged where another one is due now.
    """
    require(may_keep(by))
    second = agreed_by if isinstance(agreed_by, User) and may_keep(agreed_by) else None
    cautions = refuse(
        rules.disposal(
            before=before,
            administrator=by.pk,
            agreed_by=second.pk if second else None,
            today=clock.today(),
        )
    )
    day, second = expect(read_day(before)), expect(second)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE retention_hold IN SHARE ROW EXCLUSIVE MODE")
    found = due(day)
    if as_agreed and found.digest != as_agreed:
        raise ListChanged
    rows = erase_plans(found.plans, before=day)
    counts = {
        **found.counts,
        "rows": {name: number for name, number in sorted(rows.items()) if number},
    }
    disposal = Disposal.objects.create(
        before=day, counts=counts, done_by=by, agreed_by=second, done_at=clock.now()
    )
    record(disposal, "disposed", by=by, before=str(day), plans=len(found.plans))
    return Done(disposal, cautions)
