"""Who may see which pay lines, and who may prepare, approve and send a run (DUT-1)."""

from django.db.models import Q

from celabiedrs.pay.models import PayRun
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution, InstitutionKind


def lines_visible_to(user: User) -> Q:
    """Pay lines that a person may read: the mentor's own, the employer's clerk and head, the drawn sample's."""
    seen = Q(mentor__user_id=user.pk)
    for post in user.posts_on():
        match post.role:
            case Role.PAY_CLERK | Role.HEAD:
                seen |= Q(run__employer=post.institution_id)
            case Role.AUDITOR:
                seen |= Q(plan__in=post.sample.values("plan"))
    return seen


def sums_visible_to(user: User) -> Q:
    """Runs of which a person may know totals only."""
    seen = Q(pk__in=[])
    for post in user.posts_on():
        match post.role:
            case Role.MUNICIPALITY_COORDINATOR:
                seen |= Q(employer__municipality=post.municipality_id)
            case Role.PROJECT_EXPERT:
                seen |= Q(employer__municipality__region=post.region_id)
            case Role.PROGRAMME_ADMINISTRATOR:
                return Q(pk__isnull=False)
    return seen


def runs_visible_to(user: User) -> Q:
    """Runs of whose existence a person may know."""
    lines = Q(employer__in=user.institutions(Role.PAY_CLERK, Role.HEAD)) | Q(lines__mentor__user_id=user.pk)
    for post in user.posts_on():
        if post.role == Role.AUDITOR:
            lines |= Q(lines__plan__in=post.sample.values("plan"))
        if (
            post.role == Role.HEAD
            and post.institution
            and post.institution.kind == InstitutionKind.EDUCATION_BOARD
        ):
            lines |= Q(employer__municipality=post.institution.municipality_id)
    return lines | sums_visible_to(user)


def may_prepare_run(user: User, employer: Institution | int) -> bool:
    return user.holds(Role.PAY_CLERK, at=employer)


def may_send_run(user: User, run: PayRun) -> bool:
    return user.holds(Role.PAY_CLERK, at=run.employer_id)


def may_approve_run(user: User, run: PayRun) -> bool:
    """The employer's head; the head of the municipality's education board stands in where that one may not."""
    return any(
        post.role == Role.HEAD
        and post.institution is not None
        and (
            post.institution_id == run.employer_id
            or (
                post.institution.kind == InstitutionKind.EDUCATION_BOARD
                and post.institution.municipality_id == run.employer.municipality_id
            )
        )
        for post in user.posts_on()
    )


def may_publish_rate(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)
