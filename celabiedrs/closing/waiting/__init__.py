"""What waits at a plan's end: ending it, and timesheets to be handed over and to be received (ARC-1)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.closing.models import HandOver, ReviewExcuse
from celabiedrs.closing.waiting.ends import waits_of_ends
from celabiedrs.closing.workflow import HAD_SUPPORT
from celabiedrs.hours.access import own_plans
from celabiedrs.hours.models import CooperationReview, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState


def waits(user: User) -> Iterator[Waits]:
    yield from waits_of_ends(user)
    if hasattr(user, "mentor"):
        yield from _to_hand_over(user)
    for post in user.posts_on():
        if post.role == Role.PREPARER:
            yield from _to_receive(post)


def _to_hand_over(user: User) -> Iterator[Waits]:
    """Plans that are over, reviewed, and whose months are all verified, with a sheet that is in no act yet."""
    sheets = Timesheet.objects.filter(plan=OuterRef("pk"), mentor=user.mentor)
    reviews = CooperationReview.objects.filter(plan=OuterRef("pk"), mentor=user.mentor)
    excuses = ReviewExcuse.objects.filter(plan=OuterRef("pk"), mentor=user.mentor)
    act = HandOver.objects.filter(
        plan=OuterRef("plan"), mentor=user.mentor, handed_at__gte=OuterRef("verified_at")
    )
    plans = (
        SupportPlan.objects.filter(own_plans(user), state__in=HAD_SUPPORT)
        .annotate(last=Coalesce("extended_until", "ends_on"))
        .filter(Q(state=PlanState.ENDED) | Q(last__lt=clock.today()))
        .filter(Exists(sheets.filter(~Exists(act), state=SheetState.VERIFIED)))
        .filter(Exists(reviews) | Q(Exists(excuses), state=PlanState.ENDED))
        .exclude(
            Exists(
                sheets.exclude(state=SheetState.VERIFIED).filter(
                    meetings__voided_at=None, meetings__isnull=False
                )
            )
        )
    )
    if count := plans.count():
        yield Waits(
            ngettext(
                "The timesheets of %(count)s plan can be handed over",
                "The timesheets of %(count)s plans can be handed over",
                count,
            )
            % {"count": count},
            _("All at once; the school confirms."),
            address("closing:handing"),
            _("Hand over"),
            "amber",
        )


def _to_receive(post: Post) -> Iterator[Waits]:
    count = HandOver.objects.filter(plan__institution=post.institution_id, received_at=None).count()
    if count:
        yield Waits(
            ngettext(
                "%(count)s mentor's act waits: confirm that the timesheets have come",
                "%(count)s acts of mentors wait: confirm that the timesheets have come",
                count,
            )
            % {"count": count},
            str(post.institution),
            address("closing:receiving"),
            _("Receive"),
            "amber",
        )
