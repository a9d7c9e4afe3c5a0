"""What the pages of the registry learn from the stages above it: contracts, checks, plans without their learners."""

from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.contracts.access import contracts_visible_to, may_check, may_contract, reads_states
from celabiedrs.contracts.facts import span_of
from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.contracts.reading.checks import standings_at
from celabiedrs.contracts.reading.terms import term_words
from celabiedrs.lib import clock
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import CheckGround, Mentor
from celabiedrs.registry.reading.entries import Brief, StageLine
from celabiedrs.registry.words import semester_words


def stage_lines(user: User, mentor: Mentor) -> list[StageLine]:
    """Checks and contracts as far as this person may know of them: the employer the whole, another school that there
    is one and no more (CON-6)."""
    if mentor.user_id == user.pk or not reads_states(user):
        return []
    own = list(Institution.objects.filter(pk__in=user.institutions(*SCHOOL_STAFF)).order_by("sort_name"))
    lines = [line for place in own for line in _checks_at(user, mentor, place)]
    if not any(place.pk == contract.employer_id for place in own for contract in _in_force(mentor)):
        lines.extend(_checked_elsewhere(mentor))
    return [*lines, *_contracts(user, mentor)]


def _checks_at(user: User, mentor: Mentor, place: Institution) -> list[StageLine]:
    url = reverse("contracts:check", args=[mentor.public_id]) if may_check(user, place) else ""
    return [
        StageLine(
            f"{each.ground.label} · {place.name}",
            each.words,
            each.tone,
            f"{url}?ground={each.ground}" if url else "",
        )
        for each in standings_at(mentor, place)
    ]


def _in_force(mentor: Mentor) -> list[Contract]:
    known, today = programme(), clock.today()
    signed = mentor.contracts.filter(state=ContractState.SIGNED).select_related("employer").order_by("pk")
    return [each for each in signed if (span := span_of(each, known)) is not None and today <= span.until]


def _checked_elsewhere(mentor: Mentor) -> list[StageLine]:
    """The state alone, of the employer whose checks stand best."""
    places = {contract.employer_id for contract in _in_force(mentor)}
    best = max(
        (standings_at(mentor, place) for place in places),
        key=lambda found: sum(each.plain_tone == "green" for each in found),
        default=[],
    )
    return [
        StageLine(
            _("%(law)s · by another employer") % {"law": CheckGround(each.ground).label},
            each.plain_words,
            each.plain_tone,
        )
        for each in best
    ]


def _contracts(user: User, mentor: Mentor) -> list[StageLine]:
    readable = set(
        Contract.objects.filter(contracts_visible_to(user), mentor=mentor)
        .order_by()
        .values_list("pk", flat=True)
    )
    lines = []
    for each in _in_force(mentor):
        if each.pk in readable:
            url = reverse("contracts:contract", args=[each.public_id])
            lines.append(
                StageLine(
                    _("Contract: %(employer)s") % {"employer": each.employer.name},
                    term_words(each),
                    "green",
                    url,
                )
            )
        else:
            lines.append(StageLine(_("Contract with another employer"), term_words(each), "grey"))
    if may_contract(user, None):
        url = reverse("contracts:new", args=[mentor.public_id])
        lines.append(StageLine(_("A contract with your institution"), _("prepare"), "accent", url))
    return lines


def briefs(user: User) -> list[Brief]:
    """Plans of their own school that have no mentor yet, without the learner: no name, no birthday, no number, no
    reasons of risks (REG-3)."""
    plans = SupportPlan.objects.filter(
        institution__in=user.institutions(Role.PREPARER),
        state__in=(PlanState.DRAFT, PlanState.RETURNED),
        mentor=None,
    )
    return [_brief(plan) for plan in plans.prefetch_related("risks").order_by("pk")]


def _brief(plan: SupportPlan) -> Brief:
    stage = (
        _("class %(n)s") % {"n": plan.class_year}
        if plan.class_year is not None
        else _("course %(n)s") % {"n": plan.course_year}
    )
    risks = ", ".join(dict.fromkeys(str(risk.get_kind_display()) for risk in plan.risks.all()))
    rows = (
        (_("Class or course"), stage),
        (_("When"), semester_words(plan.label)),
        (_("Module"), str(plan.get_module_display())),
        (_("Risks"), risks or "–"),
        (_("Hours a month, up to"), str(plan.hours_per_month or "–")),
    )
    return Brief(str(plan.public_id), f"{stage}, {plan.number}", rows)
