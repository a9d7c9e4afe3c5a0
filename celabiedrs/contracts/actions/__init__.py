"""What an employer does before and at the end of a mentor's work: checks, contract, its early end."""

from django.db import transaction

from celabiedrs.contracts import notices
from celabiedrs.contracts.access import may_check, may_contract
from celabiedrs.contracts.actions.corrections import correct_mentor
from celabiedrs.contracts.facts import checks_of, order_until, rows_after, span_of
from celabiedrs.contracts.models import Contract, ContractState, Prolongation, ReplacedCopy
from celabiedrs.contracts.workflow import END, PROLONG
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.documents.originals import keep_original
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.workflow import check_state, move
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme, rules_edition
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import Mentor, SuitabilityCheck
from celabiedrs.rules import contract as contract_rules
from celabiedrs.rules import naming, suitability
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.reading import read_day, read_text

__all__ = [
    "check_suitability",
    "correct_mentor",
    "end_contract",
    "keep_copy",
    "sign_contract",
]


@transaction.atomic
def check_suitability(
    *,
    by: User,
    mentor: Mentor | None,
    employer: Institution | None,
    ground: object,
    checked_on: object,
    outcome: object,
    permission: object = "",
    source: object = "",
    permission_limits: object = (),
) -> Done[SuitabilityCheck]:
    """[MEN-4] [MEN-5] [CON-6] The employer writes down that it looked, when, and what came out. Never the extract.

    `permission_limits`: what a permission leaves out, a text each.
    """
    require(may_check(by, employer))
    limits = (
        [read_text(limit) for limit in permission_limits]
        if isinstance(permission_limits, (list, tuple))
        else []
    )
    cautions = refuse(
        naming.fits(text=source, field="source", clause="CON-6"),
        *(naming.fits(text=limit, field="limits", clause="CON-6") for limit in limits),
        naming.mentor_named(named=mentor is not None, clause="CON-6"),
        naming.institution_named(named=employer is not None, clause="CON-6", field="employer"),
        naming.fits(text=permission, field="permission", clause="CON-6", characters=200),
        suitability.check_entered(
            ground=ground, checked_on=checked_on, outcome=outcome, permission=permission, today=clock.today()
        ),
    )
    check = SuitabilityCheck.objects.create(
        mentor=expect(mentor),
        employer=expect(employer),
        ground=str(ground),
        checked_on=expect(read_day(checked_on)),
        outcome=str(outcome),
        permission=read_text(permission),
        source=read_text(source),
        permission_limits=[limit for limit in limits if limit] if outcome == "permitted" else [],
        recorded_by=by,
        recorded_at=clock.now(),
    )
    record(check, "checked", by=by, ground=str(ground), edition=rules_edition())
    if outcome == "obstacle":
        notices.obstacle_found(check)
    return Done(check, cautions)


@transaction.atomic
def sign_contract(
    *,
    by: User,
    mentor: Mentor | None,
    employer: Institution | None,
    semesters: object,
    signed_on: object,
    scan: StoredFile | None,
    originals: object = "",
    number: object = "",
) -> Done[Contract]:
    """[CON-1] [CON-2] [CON-3] [CON-5] [CON-6] [MEN-1] Enter a contract that the employer and the mentor have signed."""
    require(may_contract(by, employer))
    today = clock.today()
    known = programme()
    if mentor is None or employer is None:
        refuse(
            naming.mentor_named(named=mentor is not None, clause="CON-1"),
            naming.institution_named(named=employer is not None, clause="CON-3", field="employer"),
            contract_rules.term(labels=semesters, signed_on=signed_on, calendar=known.calendar, today=today),
        )
    mentor, employer = expect(mentor), expect(employer)
    cautions = refuse(
        contract_rules.signing_findings(
            born=mentor.born_on,
            labels=semesters,
            signed_on=signed_on,
            employer_key=employer.pk,
            employer_kind=employer.kind,
            municipal=employer.municipal,
            checks=checks_of(mentor, employer),
            calendar=known.calendar,
            today=today,
        ),
        contract_rules.not_with_oneself(own=mentor.user_id == by.pk),
    )
    refuse(naming.fits(text=originals, field="originals", clause="CON-7", characters=200))
    refuse(naming.fits(text=number, clause="CON-7", characters=40, field="number"))
    labels = sorted(label for label in map(parse_label, semesters) if label)  # type: ignore[call-overload]
    contract = Contract.objects.create(
        mentor=mentor,
        employer=employer,
        number=read_text(number) or new_code("DL"),
        year=labels[0].year,
        first_semester=labels[0].number,
        last_semester=labels[-1].number,
        signed_on=expect(read_day(signed_on)),
        scan=scan,
        state=ContractState.SIGNED,
        signed_by=by,
    )
    keep_original(subject_kind="Contract", subject_id=contract.pk, place=read_text(originals), by=by)
    record(contract, "signed", by=by, semesters=list(contract.semesters), edition=rules_edition())
    return Done(contract, cautions)


@transaction.atomic
def end_contract(*, by: User, contract: Contract, day: object, reason: object = "") -> Done[Contract]:
    """[CON-1] [CON-2] End a contract early; the day is its last. Meetings written down for later days pay nothing
    under it."""
    require(may_contract(by, contract.employer))
    contract = Contract.objects.select_for_update(of=("self",)).select_related("employer").get(pk=contract.pk)
    check_state(END, contract)
    span = span_of(contract, programme())
    last = read_day(day)
    cautions = (
        refuse(
            contract_rules.early_end(day=day, reason=reason, span=span),
            contract_rules.rows_after_end(rows=rows_after(contract, last), day=last) if last else (),
        )
        if span
        else ()
    )
    move(contract, END, ended_on=last, end_reason=read_text(reason))
    record(contract, "ended", by=by, last_day=str(contract.ended_on))
    return Done(contract, cautions)


@transaction.atomic
def prolong_contract(
    *, by: User, contract: Contract, until: object, scan: StoredFile | None
) -> Done[Contract]:
    """[CON-2] [CAL-5] [CON-8] Lengthen a signed contract into the summer, with its paper, as far as the head's order
    of a plan under it goes."""
    require(may_contract(by, contract.employer))
    contract = (
        Contract.objects.select_for_update(of=("self",))
        .select_related("employer", "mentor")
        .get(pk=contract.pk)
    )
    check_state(PROLONG, contract)
    cautions = refuse(
        contract_rules.prolongation(
            until=until,
            scan=scan is not None,
            span=span_of(contract, programme()),
            last_semester=contract.last_semester,
            order_until=order_until(contract),
        ),
        contract_rules.not_with_oneself(own=contract.mentor.user_id == by.pk),
    )
    contract.prolonged_until = expect(read_day(until))
    contract.save(update_fields=["prolonged_until"])
    Prolongation.objects.create(
        contract=contract,
        until=contract.prolonged_until,
        scan=expect(scan),
        prolonged_by=by,
        prolonged_at=clock.now(),
    )
    record(contract, "prolonged", by=by, until=str(contract.prolonged_until))
    notices.contract_prolonged(contract)
    return Done(contract, cautions)


@transaction.atomic
def keep_copy(
    *, by: User, contract: Contract, scan: StoredFile | None, originals: object = ""
) -> Done[Contract]:
    """[CON-7] [CON-8] Put the scanned or e-signed file to a contract, and where its originals lie. A copy that stood
    there before is kept beside it. `scan` None leaves the copy as it is."""
    require(may_contract(by, contract.employer))
    contract = Contract.objects.select_for_update(of=("self",)).select_related("employer").get(pk=contract.pk)
    cautions = refuse(
        contract_rules.contract_scanned(scan=scan is not None or contract.scan_id is not None),
        naming.fits(text=originals, field="originals", clause="CON-7", characters=200),
    )
    if scan is not None and contract.scan_id is not None:
        ReplacedCopy.objects.create(contract=contract, scan_id=contract.scan_id, replaced_at=clock.now())
    if scan is not None:
        contract.scan = scan
    contract.save(update_fields=["scan"])
    if read_text(originals) != contract.originals:
        keep_original(subject_kind="Contract", subject_id=contract.pk, place=read_text(originals), by=by)
    record(contract, "copy_kept", by=by, new=scan is not None)
    return Done(contract, cautions)
