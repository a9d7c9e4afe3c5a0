"""What waits around plans: the same state in the words of each role, and questions between mentor and school."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import MANY, Waits, address
from celabiedrs.people.models import SCHOOL_STAFF, Post, Role, User
from celabiedrs.plans.models import Amendment, PlanQuestion, SupportPlan
from celabiedrs.plans.reading.classes import rising
from celabiedrs.plans.reading.talks import month_nears_its_end, talk_pairs
from celabiedrs.plans.words import PlanState, QuestionSide, QuestionState


def waits(user: User) -> Iterator[Waits]:
    """What is "waits for the expert" to a preparer is "decide" to the expert."""
    if hasattr(user, "mentor"):
        yield from _questions(QuestionSide.MENTOR, Q(plan__mentor=user.mentor))
    for post in user.posts_on():
        if post.role in SCHOOL_STAFF:
            yield from _questions(QuestionSide.SCHOOL, Q(plan__institution=post.institution_id))
        if post.role == Role.PREPARER:
            yield from _for_preparer(post)
            yield from _classes(post)
        elif post.role == Role.RESPONSIBLE_PERSON:
            yield from _talks(post)
        elif post.role == Role.PROJECT_EXPERT:
            yield from _for_expert(post)


def _classes(post: Post) -> Iterator[Waits]:
    """In September: how many learners are still in last year's class."""
    if clock.today().month != 9 or post.institution is None or not post.institution.is_school:
        return
    count = sum(row.last_years and bool(row.following) for row in rising([post.institution]))
    if count:
        yield Waits(
            ngettext(
                "%(n)s learner is still in last year's class",
                "%(n)s learners are still in last year's class",
                count,
            )
            % {"n": count},
            "",
            address("plans:classes"),
            _("Move up"),
        )


def _talks(post: Post) -> Iterator[Waits]:
    """In the last week of a month: with which pairs nobody has talked yet (DUT-6)."""
    today = clock.today()
    if not month_nears_its_end(today) or post.institution_id is None:
        return
    count = sum(pair.missing for pair in talk_pairs([post.institution_id], clock.month_of(today)))
    if count:
        yield Waits(
            ngettext(
                "%(month)s ends: %(count)s pair has not been talked about",
                "%(month)s ends: %(count)s pairs have not been talked about",
                count,
            )
            % {"month": shown.month(today), "count": count},
            _("Talk with the mentors about the progress, and note the day."),
            address("plans:talks"),
            _("Note the talks"),
        )


def _questions(side: QuestionSide, plans: Q) -> Iterator[Waits]:
    """Questions that this side has to answer, and its own that were answered (DUT-8). No words of them."""
    rows = PlanQuestion.objects.filter(plans).select_related("plan__learner").order_by("asked_at", "pk")
    for question in rows.filter(state=QuestionState.OPEN).exclude(side=side):
        yield Waits(
            _("A question waits for an answer: %(name)s") % {"name": question.plan.learner.name},
            _("The mentor asks.") if side == QuestionSide.SCHOOL else _("The school asks."),
            address("plans:questions", question.plan.public_id),
            _("Answer"),
            "amber",
        )
    for question in rows.filter(state=QuestionState.ANSWERED, side=side):
        yield Waits(
            _("Your question was answered: %(name)s") % {"name": question.plan.learner.name},
            _("Read it and close the question."),
            address("plans:questions", question.plan.public_id),
            _("Read"),
        )


def _for_preparer(post: Post) -> Iterator[Waits]:
    plans = (
        SupportPlan.objects.filter(institution=post.institution_id).select_related("learner").order_by("pk")
    )
    returned = list(plans.filter(state=PlanState.RETURNED).prefetch_related("decisions"))
    if len(returned) > MANY:
        yield Waits(
            ngettext(
                "The expert returned %(count)s plan", "The expert returned %(count)s plans", len(returned)
            )
            % {"count": len(returned)},
            "",
            address("plans:mine", query="?state=returned"),
            _("Open the list"),
            "red",
        )
    else:
        yield from (_returned(plan) for plan in returned)
    drafts = plans.filter(state=PlanState.DRAFT).count()
    if drafts:
        yield Waits(
            ngettext("%(count)s plan is being drafted", "%(count)s plans are being drafted", drafts)
            % {"count": drafts},
            "",
            address("plans:mine", query="?state=preparing"),
            _("Go on"),
        )
    waiting = plans.filter(state=PlanState.SUBMITTED).count()
    if waiting:
        yield Waits(
            ngettext("%(count)s plan waits for the expert", "%(count)s plans wait for the expert", waiting)
            % {"count": waiting},
            _("There is nothing to be done by you."),
            address("plans:mine", query="?state=submitted"),
            _("Look"),
            "green",
        )


def _returned(plan: SupportPlan) -> Waits:
    reasons = [decision.reason for decision in sorted(plan.decisions.all(), key=lambda each: each.at)]
    return Waits(
        _("The expert returned the plan of %(name)s") % {"name": plan.learner.name},
        reasons[-1] if reasons else "",
        address("plans:prepare", plan.public_id),
        _("Open the plan"),
        "red",
    )


def _for_expert(post: Post) -> Iterator[Waits]:
    """The queue by age; a long one as a single row with the age of the oldest."""
    of_region = Q(institution__municipality__region=post.region_id)
    queue = SupportPlan.objects.filter(of_region, state=PlanState.SUBMITTED).select_related("institution")
    plans = list(queue.order_by("submitted_at", "pk"))
    if len(plans) > MANY:
        oldest = _day_of_waiting(plans[0])
        yield Waits(
            ngettext(
                "%(count)s plan waits for your decision", "%(count)s plans wait for your decision", len(plans)
            )
            % {"count": len(plans)},
            _("The oldest one: day %(days)s.") % {"days": oldest},
            address("plans:queue"),
            _("Open the queue"),
            "amber" if oldest > 3 else "",
        )
    else:
        for plan in plans:
            day = _day_of_waiting(plan)
            yield Waits(
                _("Decide on %(number)s, day %(days)s") % {"number": plan.number, "days": day},
                plan.institution.name,
                address("plans:decide", plan.public_id),
                _("Read and decide"),
                "amber" if day > 3 else "",
            )
    yield from _changes(post)


def _day_of_waiting(plan: SupportPlan) -> int:
    """Which day it waits for the expert, the first one counted."""
    return (clock.today() - clock.riga_day(plan.submitted_at)).days + 1 if plan.submitted_at else 1


def _changes(post: Post) -> Iterator[Waits]:
    changes = Amendment.objects.filter(
        plan__institution__municipality__region=post.region_id, decision=None, superseded=False
    ).select_related("plan__institution")
    for amendment in changes.order_by("proposed_at", "pk"):
        yield Waits(
            _("Decide on a change of %(number)s") % {"number": amendment.plan.number},
            amendment.plan.institution.name,
            address("plans:decide", amendment.plan.public_id),
            _("Read and decide"),
        )
