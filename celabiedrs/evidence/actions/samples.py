"""Drawing an auditor's sample (CNF-1): the auditor sees what was drawn and nothing else."""

import secrets
from decimal import Decimal

from django.db import transaction

from celabiedrs.evidence.access import may_draw
from celabiedrs.evidence.facts import Stock, weighed
from celabiedrs.evidence.models import DrawnPlan, SampleDraw
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import Post, Role, User
from celabiedrs.people.reading.audience import not_over
from celabiedrs.places.models import Institution, Region
from celabiedrs.plans.models import AuditSample, SupportPlan
from celabiedrs.rules import sampling as rules
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import read_count, read_month

STARTS = 1_000_000_000
"""A start that the system draws is one of so many numbers."""


@transaction.atomic
def draw_sample(
    *,
    by: User,
    auditor: User | None,
    month: object = None,
    semester: object = None,
    share: object = None,
    least: object = None,
    most: object = None,
    region: Region | None = None,
    employer: Institution | None = None,
    by_amount: bool = False,
    start: object = None,
) -> Done[SampleDraw | None]:
    """[CNF-1] Draw plans for an auditor's post, from a start that is written down. Where there is no plan to draw from,
    nothing is written."""
    require(may_draw(by))
    post = _post_of(auditor)
    cautions = refuse(
        rules.sample(
            auditor=post is not None,
            month=month,
            semester=semester,
            share=share,
            least=least,
            most=most,
            start=start,
        )
    )
    assert post is not None
    stock = Stock(read_month(month), parse_label(semester), region, employer)
    population = weighed(stock)
    size = rules.Size(rules.read_share(share), read_count(least), read_count(most))
    read = rules.read_start(start)
    if not size.of(len(population)):
        return Done(None, cautions)
    drawn = SampleDraw.objects.create(
        post=post,
        month=stock.month,
        semester=str(stock.semester or ""),
        region=region,
        employer=employer,
        share=size.share,
        least=size.least,
        most=size.most,
        by_amount=by_amount,
        start=Decimal(secrets.randbelow(STARTS)) if read is None else read,
        population=len(population),
        drawn_by=by,
        drawn_at=clock.now(),
    )
    chosen = _take(drawn, population, size.of(len(population)))
    record(
        drawn,
        "sample_drawn",
        by=by,
        thread=post.person.public_id,
        start=str(drawn.start.normalize()),
        population=len(population),
        plans=chosen,
    )
    return Done(drawn, cautions)


def _take(drawn: SampleDraw, population: list[tuple[SupportPlan, Decimal]], size: int) -> int:
    """Draw, keep what was drawn, and open it to the post; how many."""
    units = [(plan, int(paid * 100) if drawn.by_amount else 1) for plan, paid in population]
    chosen = rules.draw(units, size=size, start=drawn.start)
    amounts = dict(population)
    DrawnPlan.objects.bulk_create(DrawnPlan(draw=drawn, plan=plan, amount=amounts[plan]) for plan in chosen)
    AuditSample.objects.bulk_create(
        (AuditSample(post=drawn.post, plan=plan) for plan in chosen), ignore_conflicts=True
    )
    return len(chosen)


def _post_of(auditor: User | None) -> Post | None:
    """The auditor's post in force, else the next one."""
    if auditor is None:
        return None
    posts = Post.objects.filter(not_over(), person=auditor, role=Role.AUDITOR)
    return posts.select_related("person").order_by("since", "pk").first()
