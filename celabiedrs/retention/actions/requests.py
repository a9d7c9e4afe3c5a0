"""A request to erase: entered, answered with ground and day; what is not evidence is erased at once (ARC-1)."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people.models import SCHOOL_STAFF, User
from celabiedrs.plans.models import Learner
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.access import may_enter_requests, may_keep
from celabiedrs.retention.actions.lapse import (
    erase_candidates,
    erase_drafts,
    erase_talks,
    erase_unplanned,
)
from celabiedrs.retention.models import ErasureRequest
from celabiedrs.retention.reading import requests
from celabiedrs.retention.reading.lapses import unsuccessful, vain_talks
from celabiedrs.retention.reading.numbers import number_of
from celabiedrs.retention.workflow import ANSWER
from celabiedrs.rules import retention as rules
from celabiedrs.rules.reading import read_day


@transaction.atomic
def enter_request(
    *, by: User, about: Learner | Mentor | None, asked_on: object = None
) -> Done[ErasureRequest]:
    """[ARC-1] Enter that somebody asked for the erasure of what is kept about them."""
    require(may_enter_requests(by))
    if isinstance(about, Learner):
        require(may_keep(by) or about.institution_id in by.institutions(*SCHOOL_STAFF))
    else:
        require(about is None or may_keep(by))
    cautions = refuse(rules.erasure_request(found=about is not None, asked_on=asked_on, today=clock.today()))
    assert about is not None  # refused above
    request = ErasureRequest.objects.create(
        number=new_code("DZ"),
        kind=type(about).__name__,
        thing_id=about.pk,
        thing_number=number_of(about),
        institution=about.institution if isinstance(about, Learner) else None,
        asked_on=expect(read_day(asked_on)),
        entered_by=by,
        entered_at=clock.now(),
    )
    record(request, "erasure_asked", by=by, thread=request.public_id)
    return Done(request, cautions)


@transaction.atomic
def answer_request(*, by: User, request: ErasureRequest) -> Done[ErasureRequest]:
    """[ARC-1] Erase what is not evidence, and answer for the rest until which day it is kept."""
    ask(ANSWER, by, request)
    parts = requests.parts_of(request)
    _erase(request)
    kept = [part.told() for part in parts if part.until is not None]
    erased = [part.told() for part in parts if part.until is None]
    move(request, ANSWER, kept=kept, erased=erased, answered_by=by, answered_at=clock.now())
    record(request, "erasure_answered", by=by, thread=request.public_id, kept=len(kept), erased=len(erased))
    return Done(request)


def _erase(request: ErasureRequest) -> None:
    key = request.thing_id
    if request.kind == "Mentor":
        if unsuccessful().filter(pk=key).exists():
            erase_candidates([key])
        erase_talks(list(vain_talks().filter(mentor=key).order_by().values_list("pk", flat=True)))
        return
    requests.agreement_drafts_of(key).delete()
    requests.sketches_of(key).delete()
    erase_drafts(list(requests.erasable_plans(key).order_by().values_list("pk", flat=True)))
    if requests.erasable_learner(key):
        erase_unplanned([key])
