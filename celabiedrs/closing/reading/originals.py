"""The register of originals (DUT-4, AGR-9, CON-7): which papers a plan must have, and where each lies.

Only the place is stored; everything else is worked out from what exists already.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from celabiedrs.closing.access.keepers import Keepers, keepers
from celabiedrs.closing.facts import signed_in_ink
from celabiedrs.closing.models import HandOver
from celabiedrs.contracts.models import Contract
from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.documents.models import Original
from celabiedrs.lib.documents.originals import originals_of
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.uploads import ASICE
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor

REQUEST, AGREEMENT, CONTRACT, SHEET, ORDER, ACT = "request", "agreement", "contract", "sheet", "order", "act"
KINDS: dict[str, str | Promise] = {
    REQUEST: _("request"),
    AGREEMENT: _("agreement"),
    CONTRACT: _("work contract"),
    SHEET: _("timesheet"),
    ORDER: _("order on the extension"),
    ACT: _("act of handing over"),
}
INK, FILE, RECORD = "ink", "file", "record"
WHATS: dict[str, str | Promise] = {
    INK: _("ink on paper"),
    FILE: _("e-signed file"),
    RECORD: _("record in this system"),
}
PLACED, NO_PLACE, STALE, INSIDE, MISSING, COMING = (
    "placed",
    "no_place",
    "stale",
    "inside",
    "missing",
    "coming",
)
STATES: dict[str, str | Promise] = {
    PLACED: _("has its place"),
    NO_PLACE: _("no place yet"),
    STALE: _("kept by another institution now: say the place again"),
    INSIDE: _("in this system"),
    MISSING: _("missing"),
    COMING: _("not a paper yet"),
}
PLACEABLE = (PLACED, NO_PLACE, STALE)


@dataclass(frozen=True)
class Paper:
    """One paper that a plan must have. `whose`: the institution whose paper it is; who keeps it now the register says.

    `subject`: kind and id of the row that it belongs to, none where it is missing. `why`: what is missing about it.
    """

    kind: str
    plan: SupportPlan | None
    whose: Institution
    subject: tuple[str, int] | None = None
    mentor: Mentor | None = None
    day: date | None = None
    code: str = ""
    what: str = INK
    state: str = NO_PLACE
    why: str | Promise = ""
    original: Original | None = None
    keeper_id: int = 0
    contract: Contract | None = None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return "-".join(map(str, self.subject)) if self.subject else ""

    @property
    def placeable(self) -> bool:
        return self.subject is not None and (self.state in PLACEABLE or self.original is not None)

    @property
    def name(self) -> str | Promise:
        return KINDS[self.kind]


def papers_of(plans: Sequence[SupportPlan]) -> list[Paper]:
    """The papers of these plans, plan by plan in the order in which they arise. Some ten statements, however many."""
    loaded = {plan.pk: plan for plan in _loaded(plans)}
    return _placed(paper for plan in plans for paper in _of_plan(loaded[plan.pk]))


def contracts_as_papers(contracts: Iterable[Contract]) -> list[Paper]:
    """Contracts by themselves, as an employer keeps them who is not the learner's school (CON-7)."""
    return _placed(_contract(contract, None) for contract in contracts)


def _loaded(plans: Sequence[SupportPlan]) -> Iterable[SupportPlan]:
    sheets = Timesheet.objects.select_related("mentor__user").order_by("month", "supplement", "pk")
    standing = Meeting.objects.standing().order_by("pk")
    acts = HandOver.objects.select_related("mentor__user").order_by("handed_at", "pk")
    return (
        SupportPlan.objects.filter(pk__in=[plan.pk for plan in plans])
        .select_related("learner", "institution", "request__scan", "extension_order")
        .prefetch_related(
            "agreements__scan",
            "agreements__mentor__user",
            "agreements__signatures",
            "assignments__mentor__user",
            "assignments__contract__scan",
            "assignments__contract__employer",
            "assignments__contract__mentor__user",
            Prefetch("timesheets", sheets),
            Prefetch("timesheets__meetings", standing, to_attr="rows"),
            Prefetch("timesheets__meetings", standing.filter(signed_in_ink()), to_attr="inked"),
            Prefetch("hand_overs", acts),
        )
        .order_by("pk")
    )


def _of_plan(plan: SupportPlan) -> Iterator[Paper]:
    yield _request(plan)
    stood = sorted(plan.assignments.all(), key=lambda each: (each.since, each.pk))
    mentors = {each.mentor_id: each.mentor for each in stood}
    yield from (_agreement(plan, mentor) for mentor in mentors.values())
    yield from (
        _contract(each, plan) for each in {each.contract_id: each.contract for each in stood}.values()
    )
    yield from (_sheet(plan, sheet) for sheet in plan.timesheets.all() if sheet.rows)  # type: ignore[attr-defined]
    if plan.extended_until is not None:
        yield Paper(
            ORDER,
            plan,
            plan.institution,
            ("SupportPlan", plan.pk),
            day=plan.extended_until,
            what=_file_or_ink(plan.extension_order),
        )
    for mentor in mentors.values():
        yield from _act(plan, mentor)


def _request(plan: SupportPlan) -> Paper:
    found = getattr(plan, "request", None)
    if found is None:
        return Paper(REQUEST, plan, plan.institution, state=MISSING, why=_("The request is not entered."))
    subject = ("SupportRequest", found.pk)
    return Paper(REQUEST, plan, plan.institution, subject, day=found.signed_on, what=_file_or_ink(found.scan))


def _agreement(plan: SupportPlan, mentor: Mentor) -> Paper:
    found = next((each for each in plan.agreements.all() if each.mentor_id == mentor.pk), None)
    if found is None or found.learner_signed_on is None or found.mentor_signed_on is None:
        why = _("The agreement is not signed by both.")
        return Paper(AGREEMENT, plan, plan.institution, mentor=mentor, state=MISSING, why=why)
    on_device = len({signature.party for signature in found.signatures.all()}) == 2
    return Paper(
        AGREEMENT,
        plan,
        plan.institution,
        ("Agreement", found.pk),
        mentor=mentor,
        day=max(found.learner_signed_on, found.mentor_signed_on),
        what=RECORD if on_device else _file_or_ink(found.scan),
    )


def _contract(contract: Contract, plan: SupportPlan | None) -> Paper:
    return Paper(
        CONTRACT,
        plan,
        contract.employer,
        ("Contract", contract.pk),
        mentor=contract.mentor,
        day=contract.signed_on,
        what=_file_or_ink(contract.scan),
        contract=contract,
    )


def _sheet(plan: SupportPlan, sheet: Timesheet) -> Paper:
    inked = bool(sheet.inked)  # type: ignore[attr-defined]
    paper = Paper(
        SHEET,
        plan,
        plan.institution,
        ("Timesheet", sheet.pk),
        mentor=sheet.mentor,
        day=sheet.month,
        code=sheet.code,
        what=INK if inked else RECORD,
    )
    if sheet.state == SheetState.VERIFIED:
        return paper
    return replace(paper, subject=None, state=COMING, why=_("The month is not verified."))


def _act(plan: SupportPlan, mentor: Mentor) -> Iterator[Paper]:
    """Expected from a mentor who has timesheets, once their own last day on the plan has passed (ARC-1)."""
    found = next((each for each in plan.hand_overs.all() if each.mentor_id == mentor.pk), None)
    sheets = [each for each in plan.timesheets.all() if each.mentor_id == mentor.pk]
    if found is not None:
        paper = Paper(
            ACT,
            plan,
            plan.institution,
            ("HandOver", found.pk),
            mentor=mentor,
            day=clock.riga_day(found.received_at or found.handed_at),
            what=RECORD,
        )
        waiting = _("The school has not confirmed it.")
        yield paper if found.received_at else replace(paper, subject=None, state=MISSING, why=waiting)
    elif sheets and _is_over(plan, mentor):
        why = _("The mentor has not handed over the timesheets.")
        yield Paper(ACT, plan, plan.institution, mentor=mentor, what=RECORD, state=MISSING, why=why)


def _is_over(plan: SupportPlan, mentor: Mentor) -> bool:
    """Whether this mentor's last day on the plan has passed; from rows that are loaded already."""
    stood = [each.until for each in plan.assignments.all() if each.mentor_id == mentor.pk]
    left = all(until is not None and until <= clock.now() for until in stood)
    return plan.state == PlanState.ENDED or left or clock.today() > plan.last_day


def _file_or_ink(scan: StoredFile | None) -> str:
    return FILE if scan is not None and scan.media_type == ASICE else INK


def _placed(papers: Iterable[Paper]) -> list[Paper]:
    """Where each lies, and who keeps it now."""
    listed = list(papers)
    kept = keepers()
    rows = originals_of({paper.subject for paper in listed if paper.subject})
    return [_with_place(paper, rows.get(paper.subject) if paper.subject else None, kept) for paper in listed]


def _with_place(paper: Paper, row: Original | None, kept: Keepers) -> Paper:
    keeper, moved = kept.of(paper.whose.pk), kept.changed_at(paper.whose.pk)
    what = FILE if row is not None and row.electronic else paper.what
    state = paper.state
    if state == NO_PLACE:
        if row is not None and row.place:
            state = STALE if moved is not None and row.placed_at < moved else PLACED
        elif what != INK:
            state = INSIDE
    return replace(paper, original=row, what=what, state=state, keeper_id=keeper)
