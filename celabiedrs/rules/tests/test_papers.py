"""Mentor, contract, request, agreement: what enrolling, signing, attaching and submitting ask (MEN, CON, AGR,
REG)."""

from datetime import date

import pytest

from celabiedrs.rules.agreement import (
    AgreementFacts,
    ContractFacts,
    MentorFacts,
    agreement_entered,
    applicant,
    attachment_findings,
    submission_findings,
)
from celabiedrs.rules.calendar import Override
from celabiedrs.rules.contract import Span, contract_span, covers_plan, early_end, signing_findings
from celabiedrs.rules.mentor import certificate, enrolment
from celabiedrs.rules.suitability import (
    CHILD_PROTECTION_72_5,
    EDUCATION_LAW_50,
    Check,
    check_entered,
    suitable_for_attachment,
    suitable_for_contract,
)
from tests.cast.rules import AUTUMN, CALENDAR, broken, shipped, warned

TODAY = date(2026, 9, 3)
CHECKS = (
    Check(EDUCATION_LAW_50, date(2026, 8, 20), "clear"),
    Check(CHILD_PROTECTION_72_5, date(2026, 8, 20), "clear"),
)
YEAR = Span(date(2026, 9, 1), date(2027, 6, 18))


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"name": ""}, {"REG-1"}),
        ({"born": "2026-09-04"}, {"MEN-1"}),
        ({"born": None}, {"MEN-1"}),
        ({"education": []}, {"MEN-2"}),
        ({"education": ["teacher"]}, {"MEN-2"}),
        ({"education": None}, {"MEN-2"}),
        ({"education": ["coach_c"]}, {"MEN-3"}),
        ({"education": ["coach_c"], "coach_c_valid": ["2026-12-31", "2026-01-01"]}, {"MEN-3"}),
        ({"education": ["coach_c"], "coach_c_valid": [date(2026, 1, 1), date(2026, 12, 31)]}, set()),
        ({"municipalities": []}, {"REG-1"}),
        ({"unknown_municipalities": ["x"]}, {"REG-1"}),
    ],
)
def test_a_mentor_is_enrolled_with_one_ground_of_education(
    given: dict[str, object], clauses: set[str]
) -> None:
    usual = {
        "name": "Ilze",
        "born": "1990-04-02",
        "education": ["secondary"],
        "coach_c_valid": None,
        "municipalities": ["cesu"],
        "today": TODAY,
    }
    assert broken(enrolment(**{**usual, **given})) == clauses  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"hours": 35}, {"MEN-6"}),
        ({"hours": 37}, set()),
        ({"hours": "?"}, {"MEN-6"}),
        ({"number": " "}, {"MEN-6"}),
        ({"taken_by_another": True}, {"MEN-6"}),
        ({"issued_on": "2026-09-03"}, set()),
        ({"issued_on": "2026-09-04"}, {"MEN-6"}),
        ({"issued_on": None}, {"MEN-6"}),
        ({"training_round": None}, {"MEN-10"}),
    ],
)
def test_a_certificate_stands_for_thirty_six_hours(given: dict[str, object], clauses: set[str]) -> None:
    usual = {
        "number": "SK-0300",
        "issued_on": "2026-06-01",
        "hours": 36,
        "training_round": 2,
        "taken_by_another": False,
        "today": TODAY,
    }
    assert broken(certificate(**{**usual, **given})) == clauses  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"ground": "other"}, {"CON-6"}),
        ({"checked_on": "2026-09-04"}, {"MEN-4"}),
        ({"checked_on": None, "ground": CHILD_PROTECTION_72_5}, {"MEN-5"}),
        ({"outcome": "fine"}, {"MEN-4"}),
        ({"outcome": "permitted"}, {"MEN-4"}),
        ({"outcome": "permitted", "permission": "Nr. 5"}, set()),
        ({"outcome": "obstacle"}, set()),
    ],
)
def test_a_check_says_its_law_its_day_and_its_outcome(given: dict[str, object], clauses: set[str]) -> None:
    usual = {
        "ground": EDUCATION_LAW_50,
        "checked_on": "2026-09-03",
        "outcome": "clear",
        "permission": "",
        "today": TODAY,
    }
    assert broken(check_entered(**{**usual, **given})) == clauses  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "breaks", "warns"),
    [
        (date(2027, 7, 19), set(), set()),
        (date(2027, 7, 20), set(), {"MEN-4", "MEN-5"}),
        (date(2027, 8, 20), set(), {"MEN-4", "MEN-5"}),
        (date(2027, 8, 21), {"MEN-4", "MEN-5"}, set()),
    ],
)
def test_a_check_is_good_to_the_same_day_twelve_months_later(
    today: date, breaks: set[str], warns: set[str]
) -> None:
    for asks in (suitable_for_contract, suitable_for_attachment):
        findings = list(asks(checks=CHECKS, today=today))
        assert (broken(findings), warned(findings)) == (breaks, warns)


def test_the_latest_check_of_each_ground_counts() -> None:
    obstacle = Check(CHILD_PROTECTION_72_5, date(2026, 8, 28), "obstacle")
    permitted = Check(CHILD_PROTECTION_72_5, date(2026, 8, 28), "permitted", "Nr. 7")
    bare = Check(CHILD_PROTECTION_72_5, date(2026, 8, 28), "permitted")

    def asked(*checks: Check) -> set[str]:
        return broken(suitable_for_contract(checks=checks, today=TODAY))

    assert asked(*CHECKS, obstacle) == {"MEN-5"}
    assert asked(*CHECKS, obstacle, permitted) == set()
    assert asked(*CHECKS, bare) == {"MEN-5"}
    assert asked(obstacle, *CHECKS) == {"MEN-5"}
    assert asked() == {"MEN-4", "MEN-5", "CON-6"}
    assert asked(CHECKS[0]) == {"MEN-5", "CON-6"}


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"labels": ["2026/27-1", "2026/27-2"]}, set()),
        ({"labels": ["2026/27-2", "2026/27-1"]}, set()),
        ({"labels": []}, {"CON-2"}),
        ({"labels": None}, {"CON-2"}),
        ({"labels": ["2026/27-1", "2026/27-1"]}, {"CON-2"}),
        ({"labels": ["2025/26-2", "2026/27-1"]}, {"CON-2"}),
        ({"labels": ["2027/28-1"]}, {"CON-2", "CAL-1"}),
        ({"labels": ["autumn"]}, {"CON-2", "CAL-1"}),
        ({"labels": ["2025/26-2"]}, {"CON-2"}),
        ({"signed_on": "2026-09-04"}, {"CON-1"}),
        ({"signed_on": None}, {"CON-1"}),
        ({"employer_kind": "company"}, {"CON-3"}),
        ({"employer_kind": "youth_centre"}, {"CON-5"}),
        ({"employer_kind": "youth_centre", "municipal": True}, set()),
        ({"employer_kind": "education_board"}, set()),
        ({"born": date(2008, 9, 1)}, set()),
        ({"born": date(2008, 9, 2)}, {"MEN-1"}),
        ({"born": date(2008, 9, 2), "signed_on": "2026-09-02"}, set()),
        ({"checks": ()}, {"MEN-4", "MEN-5", "CON-6"}),
    ],
)
def test_signing_a_contract_asks_for_everything_at_once(given: dict[str, object], clauses: set[str]) -> None:
    usual = {
        "born": date(1990, 4, 2),
        "labels": ["2026/27-1"],
        "signed_on": "2026-08-28",
        "employer_key": "school",
        "employer_kind": "general",
        "municipal": False,
        "checks": CHECKS,
        "calendar": CALENDAR,
        "today": TODAY,
    }
    assert broken(signing_findings(**{**usual, **given})) == clauses  # type: ignore[arg-type]


def test_a_contract_begins_with_its_signing_and_ends_early_when_it_is_ended() -> None:
    def span(signed: date, ended: date | None = None, schools: tuple[str, ...] = ()) -> Span | None:
        calendar = shipped(Override("college", "2026/27-1", date(2026, 9, 1), date(2026, 12, 23)))
        return contract_span(
            labels=["2026/27-1"], signed_on=signed, ended_on=ended, institutions=schools, calendar=calendar
        )

    assert span(date(2026, 8, 25)) == Span(*AUTUMN)
    assert span(date(2026, 9, 10)) == Span(date(2026, 9, 10), AUTUMN[1])
    assert span(date(2026, 8, 25), date(2026, 10, 1)) == Span(AUTUMN[0], date(2026, 10, 1))
    assert span(date(2026, 8, 25), schools=("college",)) == Span(AUTUMN[0], date(2026, 12, 23))


@pytest.mark.parametrize(
    ("span", "signed_on", "today", "clauses"),
    [
        (YEAR, date(2026, 8, 25), TODAY, set()),
        (Span(*AUTUMN), TODAY, TODAY, set()),
        (Span(AUTUMN[0], date(2026, 12, 17)), TODAY, TODAY, {"CON-1"}),
        (Span(TODAY, AUTUMN[1]), TODAY, TODAY, set()),
        (Span(date(2027, 1, 4), date(2027, 6, 18)), TODAY, TODAY, {"CON-1"}),
        (Span(date(2027, 1, 4), date(2027, 6, 18)), TODAY, date(2027, 1, 5), {"CON-1"}),
        (YEAR, date(2026, 9, 4), TODAY, {"REG-4"}),
        (None, None, TODAY, {"REG-4", "CON-1"}),
    ],
)
def test_a_mentor_joins_with_a_contract_that_covers_the_plan(
    span: Span | None, signed_on: date | None, today: date, clauses: set[str]
) -> None:
    findings = covers_plan(
        span=span, signed_on=signed_on, starts_on=AUTUMN[0], ends_on=AUTUMN[1], today=today
    )
    assert broken(findings) == clauses


def test_a_contract_ends_early_on_a_day_within_it_with_a_reason() -> None:
    assert broken(early_end(day="2026-10-01", reason="Slimība", span=YEAR)) == set()
    for day in ("2026-08-31", "2027-06-19", "", None):
        assert broken(early_end(day=day, reason="Slimība", span=YEAR)) == {"CON-2"}
    assert broken(early_end(day="2026-10-01", reason=" ", span=YEAR)) == {"CON-2"}


@pytest.mark.parametrize(
    ("who", "signed_on", "clauses"),
    [
        ("guardian", "2026-09-09", set()),
        ("guardian", "2026-09-10", {"AGR-1"}),
        ("learner", "2026-09-09", {"AGR-1"}),
        ("learner", "2026-09-10", set()),
        ("aunt", "2026-09-09", {"AGR-1"}),
        ("guardian", None, {"AGR-1"}),
        ("guardian", "2026-09-11", {"AGR-1"}),
        (None, None, {"AGR-1"}),
    ],
)
def test_the_age_on_that_day_says_who_signs_the_request(
    who: object, signed_on: object, clauses: set[str]
) -> None:
    findings = list(
        applicant(
            applicant=who,
            signed_on=signed_on,
            born=date(2008, 9, 10),
            plan_ends_on=AUTUMN[1],
            today=date(2026, 9, 10),
        )
    )
    assert broken(findings) == clauses
    if who == "guardian" and not clauses:
        assert warned(findings) == {"AGR-1"}


def test_an_agreement_has_four_texts_and_two_signatures() -> None:
    texts: dict[str, object] = dict.fromkeys(
        ("situation", "way_forward", "mentor_undertakes", "learner_undertakes"), "t"
    )

    def entered(**given: object) -> set[str]:
        usual = {
            "mentor_given": True,
            "learner_signed_on": TODAY,
            "mentor_signed_on": TODAY,
            "texts": texts,
            "today": TODAY,
        }
        return broken(agreement_entered(**{**usual, **given}))  # type: ignore[arg-type]

    assert entered() == set()
    assert entered(learner_signed_on=date(2026, 9, 4)) == {"AGR-4"}
    assert entered(mentor_signed_on=None) == {"AGR-4"}
    assert entered(texts={**texts, "situation": " "}) == {"AGR-10"}
    assert entered(mentor_given=False, texts={}) == {"AGR-3", "AGR-10"}


ILZE = MentorFacts(frozenset(), frozenset({"secondary"}), None, date(2025, 12, 12), CHECKS)
CONTRACT = ContractFacts(YEAR, date(2026, 8, 25), "school", "general", True)
SIGNED = AgreementFacts(date(2026, 8, 31), date(2026, 8, 31))


def attach(mentor: MentorFacts = ILZE, **given: object) -> tuple[set[str], set[str]]:
    usual = {
        "contract": CONTRACT,
        "requested": True,
        "request_scan": True,
        "agreement": SIGNED,
        "plan_active": False,
        "learner": "janis",
        "learner_institution": "school",
        "semester": "2026/27-1",
        "starts_on": AUTUMN[0],
        "ends_on": AUTUMN[1],
        "today": TODAY,
    }
    findings = list(attachment_findings(mentor=mentor, **{**usual, **given}))  # type: ignore[arg-type]
    return broken(findings), warned(findings)


def test_attaching_a_mentor_asks_for_papers_limits_and_suitability() -> None:
    coach = frozenset({"coach_c"})
    assert attach() == (set(), set())
    assert attach(requested=False)[0] == attach(request_scan=False)[0] == {"AGR-2"}
    assert attach(contract=None)[0] == {"CON-1", "REG-4"}
    assert attach(MentorFacts(frozenset(), frozenset(), None, None))[0] == {"MEN-6"}
    assert attach(MentorFacts(frozenset(), coach, (date(2022, 1, 1), date(2026, 12, 18)), TODAY))[0] == set()
    assert attach(MentorFacts(frozenset(), coach, (date(2022, 1, 1), date(2026, 12, 17)), TODAY))[0] == {
        "MEN-3"
    }
    full = MentorFacts(frozenset(), frozenset(), None, TODAY, CHECKS, (), frozenset("abcdef"))
    assert attach(full)[0] == {"TG-3"}
    assert attach(MentorFacts(frozenset({"school"}), frozenset(), None, TODAY))[1] == {"MEN-9"}
    other = ContractFacts(YEAR, date(2026, 8, 25), "other_school", "general", True)
    board = ContractFacts(YEAR, date(2026, 8, 25), "board", "education_board", True)
    assert attach(contract=other)[1] == {"CON-4"} and attach(contract=board)[1] == set()


def test_a_change_of_mentor_needs_the_new_agreement_first() -> None:
    assert attach(agreement=None)[0] == set()
    assert attach(agreement=None, plan_active=True)[0] == {"AGR-3"}
    assert attach(agreement=AgreementFacts(None, TODAY), plan_active=True)[0] == {"AGR-4"}


def test_nothing_is_submitted_until_every_paper_is_in() -> None:
    def submit(**given: object) -> set[str]:
        usual = {
            "requested": True,
            "request_scan": True,
            "agreement": SIGNED,
            "texts": ["t"] * 4,
            "mentor_attached_": True,
            "contract_scan": True,
            "obstacles": (),
            "born": date(2012, 5, 14),
            "starts_on": AUTUMN[0],
            "ends_on": AUTUMN[1],
            "today": TODAY,
        }
        return broken(submission_findings(**{**usual, **given}))  # type: ignore[arg-type]

    assert submit() == set()
    assert submit(agreement=None, texts=None, contract_scan=False) == {"AGR-3", "CON-8"}
    assert submit(agreement=AgreementFacts(TODAY, None)) == {"AGR-4"}
    assert submit(requested=False, mentor_attached_=False) == {"AGR-2", "REG-2"}
    assert submit(texts=["t", "t", "t", ""]) == {"AGR-10"}
    assert submit(born=date(2013, 12, 19)) == {"TG-1"}
