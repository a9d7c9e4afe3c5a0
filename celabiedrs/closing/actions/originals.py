"""Where the originals lie, and who keeps them when a school closes (DUT-4, AGR-9, CON-7, ARC-1)."""

from collections.abc import Sequence

from django.db import transaction

from celabiedrs.closing import notices
from celabiedrs.closing.access import may_place
from celabiedrs.closing.access.keepers import keepers
from celabiedrs.closing.models import KeeperChange
from celabiedrs.closing.reading.originals import Paper
from celabiedrs.closing.workflow import PLACE_ORIGINAL, ClosingObstacle
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.documents.models import Original
from celabiedrs.lib.documents.originals import keep_original
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules import originals as rules
from celabiedrs.rules.reading import read_day, read_text

OVER = (PlanState.ENDED, PlanState.WITHDRAWN)


@transaction.atomic
def place_original(
    *, by: User, papers: Sequence[Paper], place: object, holder: object = "", electronic: bool = False
) -> Done[list[Original]]:
    """[DUT-4] [AGR-9] [CON-7] Write down where the originals of these papers lie, all at one place."""
    for paper in papers:
        require(may_place(by, paper.keeper_id))
        if not paper.placeable:
            raise WrongState(PLACE_ORIGINAL, ClosingObstacle.NOT_PLACEABLE)
    cautions = refuse(
        rules.original_placed(papers=len(papers), place=place, holder=holder, electronic=electronic)
    )
    rows = []
    for paper in papers:
        kind, key = expect(paper.subject)
        row = keep_original(
            subject_kind=kind,
            subject_id=key,
            place=read_text(place),
            holder=read_text(holder),
            electronic=electronic,
            by=by,
        )
        row = expect(row)
        thread = paper.plan.public_id if paper.plan else None
        record(row, "placed", by=by, thread=thread, paper=paper.kind)
        rows.append(row)
    return Done(rows, cautions)


@transaction.atomic
def name_keeper(
    *, by: User, institution: Institution | None, to: Institution | None, day: object, reason: object
) -> Done[KeeperChange]:
    """[ARC-1] [DUT-4] Name the institution that keeps the originals of one that closed or merged."""
    require(may_keep_programme(by))
    if institution is not None:
        Institution.objects.select_for_update().get(pk=institution.pk)
    kept = keepers()
    cautions = refuse(
        rules.keeper_named(
            institution=institution and institution.pk,
            to=to and to.pk,
            keeps_now=institution and kept.of(institution.pk),
            leads_back=institution is not None
            and to is not None
            and to.pk != institution.pk
            and kept.of(to.pk) == institution.pk,
            day=day,
            reason=reason,
            today=clock.today(),
            open_plans=SupportPlan.objects.filter(institution=institution).exclude(state__in=OVER).count(),
        )
    )
    change = KeeperChange.objects.create(
        institution=expect(institution),
        to=expect(to),
        since=expect(read_day(day)),
        reason=read_text(reason)[:300],
        named_by=by,
        named_at=clock.now(),
    )
    record(
        change,
        "keeper_named",
        by=by,
        institution=str(change.institution.public_id),
        to=str(change.to.public_id),
    )
    notices.keeper_named(change)
    return Done(change, cautions)
