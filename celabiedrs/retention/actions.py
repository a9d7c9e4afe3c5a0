"""Keeping and disposing: two administrators, a day that has come, a certificate without names (ARC-1)."""

from django.db import connection, models, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.retention.access import may_keep
from celabiedrs.retention.due import Due, due, holdable
from celabiedrs.retention.erasing import erase_plans
from celabiedrs.retention.models import Disposal, Hold
from celabiedrs.rules import retention as rules
from celabiedrs.rules.reading import read_day, read_text


@transaction.atomic
def hold(*, by: User, thing: models.Model, reason: object = "") -> Done[Hold]:
    """[ARC-1] Keep a plan beyond its day: the plan itself, or something that it hangs on or that hangs on it."""
    permit(may_keep(by))
    kind = type(thing).__name__
    if not holdable(kind) or _holds(thing).exists():
        raise WrongState("hold")
    cautions = refuse(rules.hold(reason=reason))
    held = Hold.objects.create(
        kind=kind, thing_id=thing.pk, reason=read_text(reason)[:500], held_by=by, held_at=clock.now()
    )
    record(held, "held", by=by, kind_held=kind)
    return Done(held, cautions)


@transaction.atomic
def release(*, by: User, thing: models.Model, reason: object = "") -> Done[Hold]:
    """[ARC-1] Let a hold go, and say why."""
    permit(may_keep(by))
    held = _holds(thing).select_for_update().first()
    if held is None:
        raise WrongState("release")
    cautions = refuse(rules.hold(reason=reason))
    held.released_by, held.released_at, held.release_reason = by, clock.now(), read_text(reason)[:500]
    held.save(update_fields=["released_by", "released_at", "release_reason"])
    record(held, "released", by=by, kind_held=held.kind)
    return Done(held, cautions)


def _holds(thing: models.Model) -> models.QuerySet[Hold]:
    return Hold.objects.filter(kind=type(thing).__name__, thing_id=thing.pk, released_at=None)


def would_dispose(*, by: User, before: object) -> Due:
    """The dry run: what `dispose` would take and pass over with this day. Nothing for a day that is none."""
    permit(may_keep(by))
    day = read_day(before)
    return due(day) if day is not None else Due((), 0, 0)


@transaction.atomic
def dispose(*, by: User, before: object = None, agreed_by: object = None) -> Done[Disposal]:
    """[ARC-1] Dispose of what was to be kept until a day before `before`, whole or not at all.

    `Disposal.disposed` is the number of plans; what is on hold or still open is passed over and counted apart.
    """
    permit(may_keep(by))
    second = agreed_by if isinstance(agreed_by, User) and may_keep(agreed_by) else None
    cautions = refuse(
        rules.disposal(
            before=before,
            administrator=by.pk,
            agreed_by=second.pk if second else None,
            today=clock.today(),
        )
    )
    day = read_day(before)
    assert day is not None and second is not None  # ARC-1 was asked
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE retention_hold IN SHARE ROW EXCLUSIVE MODE")
    found = due(day)
    rows = erase_plans(found.plans, before=day)
    counts = {
        "plans": len(found.plans),
        "held": found.held,
        "open": found.open,
        "rows": {name: number for name, number in sorted(rows.items()) if number},
    }
    disposal = Disposal.objects.create(
        before=day, counts=counts, done_by=by, agreed_by=second, done_at=clock.now()
    )
    record(disposal, "disposed", by=by, before=str(day), plans=len(found.plans))
    return Done(disposal, cautions)
