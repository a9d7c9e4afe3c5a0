"""A draw as its page shows it: what it took, and whether it comes out the same when it is drawn again."""

from celabiedrs.evidence.facts import Stock, weighed
from celabiedrs.evidence.models import SampleDraw
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.sampling import Size, draw


def comes_out_again(drawn: SampleDraw) -> bool:
    """Whether the same start takes the same plans today: it does unless plans or payments of that time changed."""
    population = weighed(Stock(drawn.month, parse_label(drawn.semester), drawn.region, drawn.employer))
    units = [(plan.pk, int(paid * 100) if drawn.by_amount else 1) for plan, paid in population]
    size = Size(drawn.share, drawn.least, drawn.most).of(len(units))
    taken = set(drawn.plans.order_by().values_list("plan", flat=True))
    return set(draw(units, size=size, start=drawn.start)) == taken
