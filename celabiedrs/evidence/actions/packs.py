"""Having the packs of a sample made."""

from django.db import transaction

from celabiedrs.evidence.access import may_take_packs
from celabiedrs.evidence.models import SampleDraw
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User


@transaction.atomic
def ask_packs(*, by: User, draw: SampleDraw) -> Done[SampleDraw]:
    """[ARC-1] Ask for the evidence packs of a sample: a job makes them, again if they were made before."""
    require(may_take_packs(by, draw))
    draw.packs_asked_at, draw.packs_done = clock.now(), 0
    draw.save(update_fields=["packs_asked_at", "packs_done"])
    record(draw, "packs_asked", by=by, thread=by.public_id)
    return Done(draw)
