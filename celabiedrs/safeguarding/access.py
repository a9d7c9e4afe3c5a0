"""Who reads a report of danger: its author, the school's named officers, nobody else. Who knows that there is one.

Whomever the author left out sees neither the text nor the fact, whatever posts they hold (CNF-2).
"""

from django.db.models import Q

from celabiedrs.hours.access import stands_by
from celabiedrs.people.models import Role, User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.safeguarding.models import SafeguardingReport


def _not_left_out(user: User) -> Q:
    left_out = SafeguardingReport.left_out.through.objects.filter(user=user)
    return ~Q(pk__in=left_out.order_by().values("safeguardingreport"))


def reports_visible_to(user: User) -> Q:
    """Reports whose text a person may read."""
    officer_at = user.institutions(Role.SAFEGUARDING_OFFICER)
    return Q(author=user) | Q(institution__in=officer_at) & _not_left_out(user)


def report_facts_visible_to(user: User) -> Q:
    """Reports of which a person may know that they exist, their state and moments, and no text."""
    seen = Q(pk__in=())
    for post in user.posts_on():
        match post.role:
            case Role.PROGRAMME_ADMINISTRATOR:
                seen |= Q(pk__isnull=False)
            case Role.PROJECT_EXPERT:
                seen |= Q(institution__municipality__region=post.region_id)
            case Role.AUDITOR:
                seen |= Q(plan__in=post.sample.order_by().values("plan"))
    return reports_visible_to(user) | seen & _not_left_out(user)


def own_reports(user: User) -> Q:
    """What this person has reported."""
    return Q(author=user)


def handled_by(user: User) -> Q:
    """The reports on which a person acts as officer: of their own school, written by another, not leaving them out."""
    officer_at = user.institutions(Role.SAFEGUARDING_OFFICER)
    return Q(institution__in=officer_at) & ~Q(author=user) & _not_left_out(user)


def may_report(user: User, plan: SupportPlan) -> bool:
    """Anyone who stands or stood by the plan; no state of plan, contract or month is asked."""
    return stands_by(user, plan)


def may_handle(user: User, report: SafeguardingReport) -> bool:
    """A named officer of the school who is neither its author nor left out."""
    if not user.holds(Role.SAFEGUARDING_OFFICER, at=report.institution_id) or report.author_id == user.pk:
        return False
    return not report.left_out.filter(pk=user.pk).exists()
