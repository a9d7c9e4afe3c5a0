"""What waits at the end of plans, in the words of each role (EVA-1, DUT-3, IAP-3)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.closing.access import calls_listed_for, evaluations_listed_for
from celabiedrs.closing.models import PlanEnd
from celabiedrs.closing.reading.answers import missing
from celabiedrs.closing.reading.ends import EndStatus
from celabiedrs.closing.reading.following import papers_to_file
from celabiedrs.closing.reading.semester import LATELY, ends_of, to_renew, to_speak_of
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import MANY, Waits, address
from celabiedrs.people.models import SCHOOL_STAFF, Post, Role, User
from celabiedrs.plans.models import SupportPlan

FEW = 3
"""Of more evaluations than these a mentor sees one row: at a semester's end everything waits at once."""


def waits_of_ends(user: User) -> Iterator[Waits]:
    """The mentor evaluates, the preparer chooses and closes, the school calls, the expert sees what is missing."""
    if hasattr(user, "mentor"):
        yield from _for_mentor(user)
    for post in user.posts_on():
        if post.role in SCHOOL_STAFF:
            yield from _calls(user, post)
        if post.role in (Role.PREPARER, Role.RESPONSIBLE_PERSON):
            yield from _for_school(user, post)
    if user.holds(Role.PROJECT_EXPERT):
        yield from _for_expert(user)


def _for_mentor(user: User) -> Iterator[Waits]:
    """Evaluations that are asked for: a row for each of a few; of many one row, that leads from plan to plan."""
    today = clock.today()
    asked = []
    for plan in missing(SupportPlan.objects.filter(mentor__user_id=user.pk)):
        last = plan.last_day if plan.ended_at is None else clock.riga_day(plan.ended_at)
        if plan.ended_at is not None and today - last > LATELY:
            continue  # it is still taken, and nobody is reminded of it any more
        asked.append((plan, last))
    if len(asked) > FEW:
        yield _evaluations(asked, today)
        return
    for plan, last in asked:
        yield Waits(
            _("Evaluate the support: %(name)s") % {"name": plan.learner.name},
            _("Five questions. The last day of the plan: %(day)s") % {"day": shown.day(last)},
            address("closing:evaluation", plan.public_id),
            _("Evaluate"),
            "red" if today > last else "amber",
        )


def _evaluations(asked: list[tuple[SupportPlan, date]], today: date) -> Waits:
    first = min(last for _plan, last in asked)
    count = len(asked)
    return Waits(
        ngettext(
            "Evaluate the support of %(count)s learner", "Evaluate the support of %(count)s learners", count
        )
        % {"count": count},
        _("Five questions each, one after another. The first plan's last day: %(day)s")
        % {"day": shown.day(first)},
        address("closing:next_evaluation"),
        _("Evaluate"),
        "red" if today > first else "amber",
    )


def _calls(user: User, post: Post) -> Iterator[Waits]:
    due = PlanEnd.objects.filter(
        calls_listed_for(user), plan__institution=post.institution_id, called_on=None
    ).order_by("call_due_on")
    days = list(due.values_list("call_due_on", flat=True))
    if days and days[0] is not None:
        yield Waits(
            ngettext("%(count)s learner to call", "%(count)s learners to call", len(days))
            % {"count": len(days)},
            _("The mentoring ended early; the first call by %(day)s") % {"day": shown.day(days[0])},
            address("closing:calls"),
            _("Open the list"),
            "red" if days[0] < clock.today() else "amber",
        )


def _for_school(user: User, post: Post) -> Iterator[Waits]:
    """A few plans one by one, many as one row that leads to the page of the whole semester."""
    if post.institution_id is None:
        return
    rows = ends_of(user, post.institution_id)
    live = [row for row in rows if row.live]
    prepares = post.role == Role.PREPARER
    over = [row for row in live if row.over]
    if over:
        yield Waits(
            ngettext(
                "%(count)s plan is over and not closed", "%(count)s plans are over and not closed", len(over)
            )
            % {"count": len(over)},
            _evaluations_missing(over),
            address("closing:semester", query=_at(post)),
            _("Open the list"),
            "red" if prepares else "amber",
        )
    soon = [row for row in live if not row.over]
    if prepares:
        yield from _choices([row for row in soon if not row.way], post)
        renewing = len(to_renew(rows))
        if renewing:
            yield Waits(
                ngettext("%(count)s next plan to prepare", "%(count)s next plans to prepare", renewing)
                % {"count": renewing},
                _("The pairs go on; each plan is drafted from the last one."),
                address("closing:next_plan", query=_at(post)),
                _("Prepare them"),
                "amber",
            )
        yield from _papers(user, post)
        yield from _feedback([row for row in rows if row.over or not row.live], post)
    elif soon and not over:
        yield Waits(
            ngettext("%(count)s plan ends soon", "%(count)s plans end soon", len(soon))
            % {"count": len(soon)},
            _evaluations_missing(soon),
            address("closing:semester", query=_at(post)),
            _("Look"),
        )


def _papers(user: User, post: Post) -> Iterator[Waits]:
    """Next plans of which the request, the mentor and the agreement are to be entered, on one page each (IAP-3)."""
    count = papers_to_file(user, post.institution).count() if post.institution else 0
    if count:
        yield Waits(
            ngettext(
                "%(count)s next plan waits for its papers",
                "%(count)s next plans wait for their papers",
                count,
            )
            % {"count": count},
            _("Request and agreement are printed together and entered on one page."),
            address("closing:next_papers", query=_at(post)),
            _("Enter them"),
            "amber",
        )


def _feedback(rows: list[EndStatus], post: Post) -> Iterator[Waits]:
    """The preparer's own word on plans that are over (EVA-3); nothing waits for it, so it is not pressing."""
    count = len(to_speak_of(rows))
    if count:
        yield Waits(
            ngettext(
                "Your feedback on %(count)s plan is missing",
                "Your feedback on %(count)s plans is missing",
                count,
            )
            % {"count": count},
            _("A few sentences on what the support has brought."),
            address("closing:next_feedback", query=_at(post)),
            _("Write it"),
        )


def _at(post: Post) -> str:
    return f"?school={post.institution.public_id}" if post.institution is not None else ""


def _evaluations_missing(rows: list[EndStatus]) -> str:
    count = sum(not row.evaluated for row in rows)
    if not count:
        return ""
    words = ngettext("%(count)s evaluation is missing.", "%(count)s evaluations are missing.", count)
    return words % {"count": count}


def _choices(rows: list[EndStatus], post: Post) -> Iterator[Waits]:
    """Pairs that end soon: one by one those whose mentor has said whether to go on, the others as one row (EVA-4)."""
    said = [row for row in rows if row.goes_on]
    apart = said if len(said) <= MANY else []
    for row in apart:
        yield Waits(
            _("The plan of %(name)s ends soon: how does it go on?") % {"name": row.plan.learner.name},
            _("The last day: %(day)s. The mentor says: %(answer)s.")
            % {"day": shown.day(row.plan.last_day), "answer": row.goes_on_words},
            address("closing:ending", row.plan.public_id),
            _("Choose"),
            "amber",
        )
    together = [row for row in rows if row not in apart]
    if together:
        count = len(together)
        yield Waits(
            ngettext("%(count)s plan ends soon", "%(count)s plans end soon", count) % {"count": count},
            _evaluations_missing(together) or _("Choose how each goes on: continue, finish well, hand over."),
            address("closing:semester", query=_at(post)),
            _("Open the list"),
            "amber" if said and not apart else "",
        )


def _for_expert(user: User) -> Iterator[Waits]:
    """Plans of the region that are over without an evaluation (EVA-1)."""
    today = clock.today()
    over = Q(extended_until__lt=today) | Q(extended_until=None, ends_on__lt=today)
    lacking = missing(SupportPlan.objects.filter(over, evaluations_listed_for(user)))
    count = lacking.count()
    if count:
        yield Waits(
            ngettext(
                "%(count)s plan is over without an evaluation",
                "%(count)s plans are over without an evaluation",
                count,
            )
            % {"count": count},
            _("The schools remind the mentors."),
            address("closing:evaluations"),
            _("Look"),
        )
