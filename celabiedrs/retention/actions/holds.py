"""Keeping a thing beyond its day, and letting it go (ARC-1)."""

from django.db import models, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.retention.access import may_keep
from celabiedrs.retention.models import Hold
from celabiedrs.retention.reading.due import holdable
from celabiedrs.retention.workflow import HOLD, RELEASE, HoldObstacle
from celabiedrs.rules import retention as rules
from celabiedrs.rules.reading import read_text


@transaction.atomic
def hold(*, by: User, thing: models.Model, reason: object = "") -> Done[Hold]:
    """[ARC-1] Keep a plan beyond its day: the plan itself, or something that it belongs to or that belongs to it."""
    require(may_keep(by))
    kind = type(thing).__name__
    if not holdable(kind):
        raise WrongState(HOLD, HoldObstacle.KEEPS_NOTHING)
    if _holds(thing).exists():
        raise WrongState(HOLD, HoldObstacle.HELD)
    cautions = refuse(rules.hold(reason=reason))
    held = Hold.objects.create(
        kind=kind, thing_id=thing.pk, reason=read_text(reason)[:500], held_by=by, held_at=clock.now()
    )
    record(held, "held", by=by, kind_held=kind)
    return Done(held, cautions)


@transaction.atomic
def release(*, by: User, thing: models.Model, reason: object = "") -> Done[Hold]:
    """[ARC-1] Let a hold go, and say why."""
    require(may_keep(by))
    held = _holds(thing).select_for_update().first()
    if held is None:
        raise WrongState(RELEASE, HoldObstacle.NOT_HELD)
    cautions = refuse(rules.hold(reason=reason))
    held.released_by, held.released_at, held.release_reason = by, clock.now(), read_text(reason)[:500]
    held.save(update_fields=["released_by", "released_at", "release_reason"])
    record(held, "released", by=by, kind_held=held.kind)
    return Done(held, cautions)


def _holds(thing: models.Model) -> models.QuerySet[Hold]:
    return Hold.objects.filter(kind=type(thing).__name__, thing_id=thing.pk, released_at=None)
