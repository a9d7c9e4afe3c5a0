"""What the clock does with evidence: the packs of a sample, in one ZIP."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from procrastinate.contrib.django import app

from celabiedrs.evidence.documents import KIND, pack_name, pack_pdf, zipped
from celabiedrs.evidence.models import SampleDraw
from celabiedrs.evidence.reading.chain import chains
from celabiedrs.hours.models import Timesheet
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.plans.models import SupportPlan

ZIP = "application/zip"
TOLD_EVERY = 10
"""After so many packs the page's progress moves."""


def make_packs() -> int:
    """Make the packs of every sample that asks for them; how many packs were made."""
    made = 0
    waiting = SampleDraw.objects.filter(packs_asked_at__isnull=False)
    for draw in waiting.filter(Q(packs=None) | Q(packs__stored_at__lt=F("packs_asked_at"))).order_by("pk"):
        made += _make(draw)
    return made


def months_of(draw: SampleDraw) -> list[date]:
    """The month that was drawn from; of a semester, every month of its plans that has a timesheet."""
    if draw.month is not None:
        return [draw.month]
    sheets = Timesheet.objects.filter(plan__in=draw.plans.order_by().values("plan")).order_by("month")
    return list(sheets.values_list("month", flat=True).distinct())


def _make(draw: SampleDraw) -> int:
    plans = SupportPlan.objects.filter(pk__in=draw.plans.order_by().values("plan"))
    plans = plans.select_related("learner", "institution", "extension_order").order_by("number", "pk")
    packs: list[tuple[str, bytes]] = []
    for month in months_of(draw):
        for chain in chains(list(plans), month):
            if draw.month is None and not chain.sheets:
                continue
            packs.append((pack_name(chain), pack_pdf(chain)))
            if len(packs) % TOLD_EVERY == 0:
                SampleDraw.objects.filter(pk=draw.pk).update(packs_done=len(packs))
    with transaction.atomic():
        stored = store_bytes(
            zipped(packs), kind=KIND, media_type=ZIP, name="pieradijumi.zip", by=draw.post.person
        )
        SampleDraw.objects.filter(pk=draw.pk).update(packs=stored, packs_done=len(packs))
        record(draw, "packs_made", by=None, packs=len(packs), sha256=stored.sha256)
    return len(packs)


@app.task(queueing_lock="evidence.packs", lock="evidence.packs")
def issue_packs(timestamp: int = 0) -> None:
    """Every minute; config/schedule.py says so. What a killed job left out is made by the next."""
    make_packs()
