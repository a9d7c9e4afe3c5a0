"""The request of the family and the agreement with the learner (AGR-*), and what attaching and submitting
ask."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, about, rule
from celabiedrs.rules.calendar import birthday, of_age
from celabiedrs.rules.contract import Span, contract_scanned, covers_plan, employer_is_other_school
from celabiedrs.rules.mentor import certified, coach_through_plan
from celabiedrs.rules.obstacles import Obstacle, no_obstacle
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import read_day, read_text
from celabiedrs.rules.registry import not_from_the_school
from celabiedrs.rules.suitability import Check, suitable_for_attachment
from celabiedrs.rules.support import six_learners, thirteen_within_plan

TEXTS = ("situation", "way_forward", "mentor_undertakes", "learner_undertakes")


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """The agreement of one mentor with the learner of one plan; a day is None where that signature is
    missing."""

    learner_signed_on: date | None
    mentor_signed_on: date | None

    @property
    def in_force_from(self) -> date | None:
        """The day from which both have signed."""
        if self.learner_signed_on is None or self.mentor_signed_on is None:
            return None
        return max(self.learner_signed_on, self.mentor_signed_on)


@rule("AGR-1")
def applicant(
    *, applicant: object, signed_on: object, born: date, plan_ends_on: date | None, today: date
) -> Iterator[Finding]:
    """[AGR-1] For a minor a parent or guardian asks, for an adult learner the learner, by the age on that
    day."""
    signed = read_day(signed_on)
    if signed is None or signed > today:
        yield Breach(
            "AGR-1",
            N_("The day on which the request was signed is missing or lies in the future."),
            N_("Enter the day that stands on the request."),
            field="signed_on",
        )
    if applicant not in ("guardian", "learner"):
        yield Breach(
            "AGR-1",
            N_("It is not said who asks."),
            N_("Choose the guardian or the learner."),
            field="applicant",
        )
        return
    if signed is None:
        return
    adult = of_age(born, whole("adult_age_years", signed), signed)
    if adult and applicant == "guardian":
        yield Breach(
            "AGR-1",
            N_("On %(day)s the learner was of age; an adult learner signs the request."),
            N_("Ask the learner to sign."),
            {"day": signed},
            field="applicant",
        )
    elif not adult and applicant == "learner":
        yield Breach(
            "AGR-1",
            N_("On %(day)s the learner was a minor; a parent or guardian signs the request."),
            N_("Ask a parent or guardian to sign."),
            {"day": signed},
            field="applicant",
        )
    elif (
        not adult
        and plan_ends_on
        and (coming := birthday(born, whole("adult_age_years", signed))) <= plan_ends_on
    ):
        yield Caution(
            "AGR-1",
            N_("The learner comes of age on %(day)s, within the plan; the request stays valid."),
            values={"day": coming},
        )


@rule("AGR-2")
def request_on_paper(*, requested: bool, scan: bool) -> Iterator[Finding]:
    """[AGR-2] Nothing goes on before the signed request is there with its paper; one request for each
    plan."""
    if not requested:
        yield Breach(
            "AGR-2",
            N_("The request for support is missing."),
            N_("Enter the signed request and its copy."),
            field="request",
        )
    elif not scan:
        yield Breach(
            "AGR-2",
            N_("The request was entered without its paper."),
            N_("Upload the signed request."),
            field="request",
        )


@rule("AGR-3", "AGR-4", "AGR-10")
def agreement_entered(
    *,
    mentor_given: bool,
    learner_signed_on: object,
    mentor_signed_on: object,
    texts: dict[str, object],
    today: date,
) -> Iterator[Finding]:
    """[AGR-3] [AGR-4] [AGR-10] The agreement is with one mentor, has its four texts, and both have signed it.

    `texts` by the names in TEXTS.
    """
    if not mentor_given:
        yield Breach(
            "AGR-3", N_("The agreement is made with one mentor."), N_("Choose the mentor."), field="mentor"
        )
    for field, raw in (("learner_signed_on", learner_signed_on), ("mentor_signed_on", mentor_signed_on)):
        signed = read_day(raw)
        if signed is None or signed > today:
            yield Breach(
                "AGR-4",
                N_("Both the learner and the mentor sign the agreement, on a day that is not in the future."),
                N_("Enter the days that stand beside the signatures."),
                field=field,
            )
    empty = [name for name in TEXTS if not read_text(texts.get(name))]
    if empty:
        yield Breach(
            "AGR-10",
            N_(
                "The agreement has four parts: situation, plan, what the mentor and what the "
                "learner undertakes."
            ),
            N_("Fill in the part that is empty."),
            field=empty[0],
        )


@rule("AGR-3", "AGR-4")
def agreement_signed(*, agreement: AgreementFacts | None) -> Iterator[Finding]:
    """[AGR-3] [AGR-4] Each mentor has an own agreement with the learner of the plan, signed by both."""
    if agreement is None:
        yield Breach(
            "AGR-3",
            N_("The agreement between this mentor and the learner is missing."),
            N_("Make the agreement; after a change of mentor a new one."),
            field="agreement",
        )
    elif agreement.in_force_from is None:
        yield Breach(
            "AGR-4",
            N_("The agreement is not signed by both yet."),
            N_("Enter the missing signature."),
            field="agreement",
        )


@rule("AGR-3", "AGR-4")
def agreement_before_meeting(*, agreement: AgreementFacts | None, day: date) -> Iterator[Finding]:
    """[AGR-3] [AGR-4] Both have signed by the day of the meeting, that day included."""
    yield from about("day", agreement_signed(agreement=agreement))
    if agreement is None:
        yield Breach(
            "AGR-4",
            N_("No meeting is held before the learner and the mentor have signed their agreement."),
            field="day",
        )
    elif agreement.in_force_from is not None and day < agreement.in_force_from:
        yield Breach(
            "AGR-4",
            N_("The agreement was signed by both only on %(signed)s; the meeting is dated %(day)s."),
            N_("Meetings can be held from the day of the second signature on."),
            {"signed": agreement.in_force_from, "day": day},
            field="day",
        )


@dataclass(frozen=True, slots=True)
class MentorFacts:
    """What attaching asks about a mentor; `checks` are those of the contract's employer, in the order
    entered, `obstacles` those that any employer found."""

    works_at: frozenset[Hashable]
    education: frozenset[str]
    coach_c_valid: tuple[date, date] | None
    certificate_issued_on: date | None
    checks: tuple[Check, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    learners_already: frozenset[Hashable] = frozenset()


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What attaching asks about the contract; `span` already knows both institutions' own semesters."""

    span: Span | None
    signed_on: date
    employer: Hashable
    employer_kind: str
    scan: bool


def attachment_findings(
    *,
    mentor: MentorFacts,
    contract: ContractFacts | None,
    requested: bool,
    request_scan: bool,
    agreement: AgreementFacts | None,
    plan_active: bool,
    learner: Hashable,
    learner_institution: Hashable,
    semester: str,
    starts_on: date,
    ends_on: date,
    today: date,
) -> Iterator[Finding]:
    """Everything that attaching a mentor asks. On an active plan (a change of mentor or contract) the new agreement
    and the scanned contract come first, and what has to be covered begins today."""
    begins = max(starts_on, min(today, ends_on)) if plan_active else starts_on
    yield from request_on_paper(requested=requested, scan=request_scan)
    yield from covers_plan(
        span=contract.span if contract else None,
        signed_on=contract.signed_on if contract else None,
        starts_on=begins,
        ends_on=ends_on,
        today=today,
    )
    yield from six_learners(
        learner=learner, learners_already=mentor.learners_already, label=semester, day=starts_on
    )
    yield from about("mentor", certified(certificate_issued_on=mentor.certificate_issued_on, day=today))
    yield from coach_through_plan(
        education=mentor.education, coach_c_valid=mentor.coach_c_valid, starts_on=begins, ends_on=ends_on
    )
    yield from suitable_for_attachment(checks=mentor.checks, today=today)
    yield from no_obstacle(obstacles=mentor.obstacles, day=today)
    if plan_active:
        yield from agreement_signed(agreement=agreement)
        if contract is not None:
            yield from contract_scanned(scan=contract.scan)
    yield from not_from_the_school(works_at=mentor.works_at, learner_institution=learner_institution)
    if contract is not None:
        yield from employer_is_other_school(
            employer_kind=contract.employer_kind,
            employer_key=contract.employer,
            learner_institution=learner_institution,
        )


@rule("REG-2")
def mentor_attached(*, attached: bool) -> Iterator[Finding]:
    """[REG-2] The preparer finds the mentor and attaches them before the plan is submitted."""
    if not attached:
        yield Breach(
            "REG-2",
            N_("No mentor is attached to the plan."),
            N_("Attach a mentor from the registry."),
            field="mentor",
        )


def submission_findings(
    *,
    requested: bool,
    request_scan: bool,
    agreement: AgreementFacts | None,
    texts: Sequence[object] | None,
    mentor_attached_: bool,
    contract_scan: bool,
    obstacles: Collection[Obstacle],
    born: date,
    starts_on: date,
    ends_on: date,
    today: date,
) -> Iterator[Finding]:
    """Everything that submitting a plan asks of its papers, and the learner's age within it.

    `texts`: the agreement's four texts, None where there is no agreement.
    """
    yield from request_on_paper(requested=requested, scan=request_scan)
    yield from mentor_attached(attached=mentor_attached_)
    yield from agreement_signed(agreement=agreement)
    yield from agreement_complete(texts=texts)
    yield from contract_scanned(scan=contract_scan)
    yield from no_obstacle(obstacles=obstacles, day=today)
    yield from thirteen_within_plan(born=born, starts_on=starts_on, ends_on=ends_on, submitting=True)


@rule("AGR-10")
def agreement_complete(*, texts: Sequence[object] | None) -> Iterator[Finding]:
    """[AGR-10] An agreement that is submitted has all its four texts. None: there is no agreement."""
    if texts is not None and not all(read_text(text) for text in texts):
        yield Breach(
            "AGR-10",
            N_("A part of the agreement is empty."),
            N_("Fill in all four parts."),
            field="agreement",
        )
