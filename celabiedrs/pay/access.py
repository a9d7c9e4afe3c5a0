"""Who may see which pay lines, and who may prepare, approve and send a run (DUT-1)."""

from django.db.models import Q

from celabiedrs.contracts.models import Contract
from celabiedrs.pay.models import PayRun
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders
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


def summed_for(user: User) -> Q:
    """Pay lines that go into the sums that a person may know: those one may read, and those of runs known in sums."""
    runs = Q(pk__in=[]) | sums_visible_to(user)
    for post in user.posts_on():
        if (
            post.role == Role.HEAD
            and post.institution
            and post.institution.kind == InstitutionKind.EDUCATION_BOARD
        ):
            runs |= Q(employer__municipality=post.institution.municipality_id)
    return lines_visible_to(user) | Q(run__in=PayRun.objects.filter(runs).order_by().values("pk"))


def reads_all_lines(user: User, run: PayRun) -> bool:
    """The employer's clerk and head: anyone who may have the run as a file."""
    return user.holds(Role.PAY_CLERK, Role.HEAD, at=run.employer_id)


def knows_sums(user: User, run: PayRun) -> bool:
    """Whether a person may know what the whole run comes to, and not only the lines that one may read."""
    return (
        reads_all_lines(user, run)
        or may_approve_run(user, run)
        or PayRun.objects.filter(sums_visible_to(user), pk=run.pk).exists()
    )


def looks_at_runs(user: User) -> bool:
    """Whether a person has a post from which pay runs are looked at; a mentor's own pay has its own page."""
    return user.holds(
        Role.PAY_CLERK,
        Role.HEAD,
        Role.MUNICIPALITY_COORDINATOR,
        Role.PROJECT_EXPERT,
        Role.PROGRAMME_ADMINISTRATOR,
        Role.AUDITOR,
    )


def employers_of(user: User) -> Q:
    """Institutions whose pay a person prepares or approves."""
    return Q(pk__in=user.institutions(Role.PAY_CLERK, Role.HEAD))


def employers_counted_by(user: User) -> Q:
    """Institutions at which a person, as pay clerk, says by which class of social insurance a mentor is counted."""
    return Q(pk__in=user.institutions(Role.PAY_CLERK))


def counted_mentors(employer: Institution) -> Q:
    """Mentors who have, or had, a contract with an employer: whom its clerk counts."""
    contracts = Contract.objects.filter(employer=employer).order_by()
    return Q(pk__in=contracts.values("mentor"))


def identities_visible_to(user: User) -> Q:
    """By what payroll knows mentors: read by the pay clerk of that employer alone."""
    return Q(employer__in=user.institutions(Role.PAY_CLERK))


def may_set_class(user: User, employer: Institution | int) -> bool:
    return user.holds(Role.PAY_CLERK, at=employer)


def may_prepare_run(user: User, employer: Institution | int | None) -> bool:
    return user.holds(Role.PAY_CLERK, at=employer)


def may_send_run(user: User, run: PayRun) -> bool:
    return user.holds(Role.PAY_CLERK, at=run.employer_id)


def may_withdraw_run(user: User, run: PayRun) -> bool:
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


def approvers_of(run: PayRun) -> list[User]:
    """Who can approve this run now: heads of the employer, then of the education board, who neither prepared it nor
    have a line of their own in it (DUT-1)."""
    boards = Institution.objects.filter(
        kind=InstitutionKind.EDUCATION_BOARD, municipality=run.employer.municipality_id
    ).exclude(pk=run.employer_id)
    own = run.lines.order_by().values("mentor__user")
    found: dict[int, User] = {}
    for place in (run.employer_id, *boards.order_by("pk").values_list("pk", flat=True)):
        for person in (
            holders(Role.HEAD, institution=place).exclude(pk=run.prepared_by_id).exclude(pk__in=own)
        ):
            found.setdefault(person.pk, person)
    return list(found.values())


def may_publish_rate(user: User) -> bool:
    return user.holds(Role.PROGRAMME_ADMINISTRATOR)
