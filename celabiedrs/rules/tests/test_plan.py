"""Drafting, amending, extending a plan (GEN-2, TG-1 … TG-5, IAP-2, CAL-1, CAL-2, CAL-5, MOD-*)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from celabiedrs.rules.calendar import Override, Period, Stage
from celabiedrs.rules.plan import (
    LearnerFacts,
    differs,
    draft_findings,
    extension,
    more_hours,
    other_families,
    own_semester,
    planned_day,
    planned_frequency,
)
from celabiedrs.rules.support import learner_entered, six_learners, stage_of_learner, thirteen_within_plan
from tests.cast.rules import CALENDAR, broken, shipped, warned

TODAY = date(2026, 9, 3)
JANIS = LearnerFacts(date(2012, 5, 14), Stage(school_class=8), "school", "general")
BOTH = [{"kind": "failing", "reason": "r"}, {"kind": "early_leaving", "reason": "r"}]
HEALTH = [{"kind": "health", "reason": "r"}]
SECOND = {"module": "II", "ground": "social_exclusion", "risks": HEALTH}
NINE = replace(JANIS, stage=Stage(school_class=9), results_only=True, repeats_class=True)
COLLEGE = replace(JANIS, stage=Stage(course=3), institution="college", institution_kind="vocational")


def draft(
    learner: LearnerFacts = JANIS, other_states: Sequence[str] = (), **given: object
) -> tuple[set[str], set[str]]:
    usual = {
        "semester": "2026/27-1",
        "module": "I",
        "ground": "failing_and_leaving",
        "risks": BOTH,
        "hours_per_month": 8,
        "starts_on": None,
        "ends_on": None,
    }
    findings = list(
        draft_findings(
            learner=learner,
            values={**usual, **given},
            other_states=other_states,
            calendar=CALENDAR,
            today=TODAY,
        )
    )
    return broken(findings), warned(findings)


@pytest.mark.parametrize(
    ("learner", "given", "clauses"),
    [
        (JANIS, {}, set()),
        (JANIS, {"semester": "2027/28-1"}, {"CAL-1"}),
        (JANIS, {"semester": "autumn"}, {"CAL-1"}),
        (JANIS, {"meetings_a_week": "daudz"}, {"AGR-6"}),
        (JANIS, {"semester": None}, {"CAL-1"}),
        (JANIS, {"module": "III"}, {"MOD-1"}),
        (JANIS, {"module": None}, {"MOD-1"}),
        (JANIS, {"ground": "social_exclusion"}, {"MOD-1"}),
        (JANIS, {"ground": None}, {"MOD-1"}),
        (JANIS, {"module": "II", "ground": "failing_and_leaving"}, {"MOD-1", "MOD-5"}),
        (JANIS, SECOND, set()),
        (JANIS, {**SECOND, "risks": []}, {"MOD-5", "TG-2"}),
        (JANIS, {**SECOND, "risks": BOTH}, {"MOD-5"}),
        (JANIS, {**SECOND, "risks": BOTH + HEALTH}, set()),
        (JANIS, {**SECOND, "risks": [{"kind": "other", "reason": " "}]}, {"MOD-5", "TG-2"}),
        (JANIS, {**SECOND, "risks": [{"kind": "other", "reason": "Mobings"}]}, set()),
        (JANIS, {"risks": BOTH[:1]}, {"MOD-4"}),
        (JANIS, {"risks": [{"kind": "failing"}, BOTH[1]]}, {"TG-2"}),
        (JANIS, {"risks": [{"kind": "lazy", "reason": "r"}]}, {"TG-2", "MOD-4"}),
        (JANIS, {"risks": "failing"}, {"TG-2", "MOD-4"}),
        (replace(JANIS, stage=Stage(school_class=6)), {}, {"MOD-4"}),
        (replace(JANIS, stage=Stage(school_class=7)), {}, set()),
        (replace(JANIS, stage=Stage(school_class=9)), {}, set()),
        (replace(JANIS, stage=Stage(school_class=10)), {}, {"MOD-4"}),
        (replace(COLLEGE, stage=Stage(course=2)), {}, set()),
        (COLLEGE, {}, {"MOD-4"}),
        (NINE, {"ground": "repeats_class_9"}, set()),
        (replace(NINE, repeats_class=False), {"ground": "repeats_class_9"}, {"MOD-2"}),
        (replace(NINE, results_only=False), {"ground": "repeats_class_9"}, {"MOD-2"}),
        (replace(NINE, stage=Stage(school_class=8)), {"ground": "repeats_class_9"}, {"MOD-2"}),
        (replace(COLLEGE, results_only=True), {"ground": "vocational_with_results_only"}, set()),
        (COLLEGE, {"ground": "vocational_with_results_only"}, {"MOD-3"}),
        (NINE, {"ground": "vocational_with_results_only"}, {"MOD-3"}),
        (JANIS, {"hours_per_month": 20}, set()),
        (JANIS, {"hours_per_month": 21}, {"TG-5"}),
        (JANIS, {"hours_per_month": 0}, {"TG-5"}),
        (JANIS, {"hours_per_month": "8,5"}, {"TG-5"}),
        (JANIS, {"hours_per_month": None}, {"TG-5"}),
        (JANIS, {"starts_on": "2026-09-01", "ends_on": "2026-12-18"}, set()),
        (JANIS, {"starts_on": "2026-08-31"}, {"IAP-2"}),
        (JANIS, {"ends_on": "2026-12-19"}, {"IAP-2"}),
        (JANIS, {"starts_on": "2026-11-01", "ends_on": "2026-10-31"}, {"IAP-2"}),
        (JANIS, {"starts_on": "2026-11-01", "ends_on": "2026-11-01"}, set()),
        (JANIS, {"starts_on": "soon"}, {"IAP-2"}),
        (JANIS, {"starts_on": ""}, {"IAP-2"}),
        (JANIS, {"other_states": ["draft"]}, {"IAP-2"}),
        (JANIS, {"other_states": ["suspended"]}, {"IAP-2"}),
        (JANIS, {"other_states": ["ended", "withdrawn"]}, set()),
        (
            replace(JANIS, stage=Stage(school_class=9)),
            {"semester": "2026/27-2", "ends_on": "2027-06-11"},
            set(),
        ),
        (JANIS, {"semester": "2026/27-2", "ends_on": "2027-06-11"}, {"IAP-2"}),
        (
            JANIS,
            {"semester": "?", "module": "?", "risks": [], "hours_per_month": 99},
            {"CAL-1", "MOD-1", "TG-2", "TG-5"},
        ),
    ],
)
def test_a_draft_is_refused_by_every_clause_that_it_breaks(
    learner: LearnerFacts, given: dict[str, object], clauses: set[str]
) -> None:
    assert draft(learner, **given)[0] == clauses  # type: ignore[arg-type]


def test_a_plan_before_the_thirteenth_birthday_warns_and_one_wholly_before_it_is_not_submitted() -> None:
    assert draft(replace(JANIS, born=date(2013, 9, 1)))[1] == set()
    assert draft(replace(JANIS, born=date(2013, 9, 2))) == (set(), {"TG-1"})
    autumn = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 18)}
    last_day, day_after = date(2013, 12, 18), date(2013, 12, 19)
    assert warned(thirteen_within_plan(born=last_day, submitting=True, **autumn)) == {"TG-1"}
    assert broken(thirteen_within_plan(born=day_after, submitting=True, **autumn)) == {"TG-1"}
    assert warned(thirteen_within_plan(born=day_after, submitting=False, **autumn)) == {"TG-1"}


@pytest.mark.parametrize(
    ("school_class", "course", "kind", "right"),
    [
        (1, None, "general", True),
        (12, None, "general", True),
        (0, None, "general", False),
        (13, None, "general", False),
        (None, 1, "vocational", True),
        (None, 4, "vocational", True),
        (None, 5, "vocational", False),
        (None, 0, "vocational", False),
        (9, 1, "vocational", False),
        (None, None, "general", False),
        ("", "", "general", False),
        ("8", None, "general", True),
        ("8.b", None, "general", False),
        (8.5, None, "general", False),
        (True, None, "general", False),
        (8, None, "youth_centre", False),
    ],
)
def test_a_learner_is_in_a_class_or_in_a_course_of_a_school(
    school_class: object, course: object, kind: str, right: bool
) -> None:
    findings = stage_of_learner(school_class=school_class, course=course, institution_kind=kind, day=TODAY)
    assert broken(findings) == (set() if right else {"GEN-2"})


def test_a_learner_has_a_name_and_a_birthday_in_the_past() -> None:
    assert broken(learner_entered(name="X", born="2012-05-14", today=TODAY)) == set()
    assert broken(learner_entered(name=" ", born=date(2026, 9, 4), today=TODAY)) == {"GEN-2", "TG-1"}
    assert broken(learner_entered(name="X", born=None, today=TODAY)) == {"TG-1"}


def test_the_sixth_learner_is_allowed_the_seventh_refused_and_one_learner_counts_once() -> None:
    def tried(learner: str, already: str) -> set[str]:
        return broken(
            six_learners(learner=learner, learners_already=set(already), label="2026/27-1", day=TODAY)
        )

    assert tried("f", "abcde") == set()
    assert tried("g", "abcdef") == {"TG-3"}
    assert tried("f", "abcdef") == set()


def test_what_waits_for_the_expert_and_what_changes_at_once() -> None:
    assert (more_hours(12, 13), more_hours(12, 12), more_hours(12, 11)) == (True, False, False)
    assert other_families(BOTH, BOTH + HEALTH)
    assert not other_families(BOTH, BOTH[:1])
    assert differs("I", "II") and not differs("I", "I")


@pytest.mark.parametrize(
    ("label", "until", "scan", "clauses"),
    [
        ("2026/27-2", "2027-06-14", True, set()),
        ("2026/27-2", "2027-06-14", False, {"CAL-5"}),
        ("2026/27-2", "2027-05-31", True, {"CAL-5"}),
        ("2026/27-2", "2027-06-01", True, set()),
        ("2026/27-2", "2027-08-31", True, set()),
        ("2026/27-2", "2027-09-01", True, {"CAL-5"}),
        ("2026/27-2", None, True, {"CAL-5"}),
        ("2026/27-2", "June", True, {"CAL-5"}),
        ("2026/27-1", "2026-12-28", True, {"CAL-5"}),
    ],
)
def test_an_extension_is_for_that_summer_with_the_order(
    label: str, until: object, scan: bool, clauses: set[str]
) -> None:
    period = CALENDAR.semester_for(label, Stage(school_class=8))
    assert period is not None
    findings = extension(
        label=label,
        ends_on=period.until,
        order_until=until,
        order_scan=scan,
        contract_until=date(2027, 9, 30),
        period=period,
        calendar=CALENDAR,
    )
    assert broken(findings) == clauses


def test_an_extension_beyond_the_contract_is_warned() -> None:
    period = Period("2026/27-2", date(2027, 1, 4), date(2027, 5, 31))
    findings = extension(
        label="2026/27-2",
        ends_on=period.until,
        order_until="2027-06-30",
        order_scan=True,
        contract_until=date(2027, 6, 18),
        period=period,
        calendar=CALENDAR,
    )
    assert warned(findings) == {"CON-1"}


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"institution_kind": "general"}, {"CAL-2"}),
        ({"order_scan": False}, {"CAL-2"}),
        ({"label": "2027/28-1"}, {"CAL-1", "CAL-2"}),
        ({"label": None}, {"CAL-1"}),
        ({"ends_on": "2026-08-31"}, {"CAL-2"}),
        ({"ends_on": "never"}, {"CAL-2"}),
        ({"ends_on": "2027-01-03"}, set()),
        ({"ends_on": "2027-01-04"}, {"CAL-2"}),
    ],
)
def test_only_a_vocational_school_sets_its_semester(given: dict[str, object], clauses: set[str]) -> None:
    usual = {
        "institution_kind": "vocational",
        "label": "2026/27-1",
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-23",
        "order_scan": True,
        "calendar": shipped(Override("college", "2026/27-2", date(2027, 1, 4), date(2027, 6, 30))),
        "neighbours": [Period("2026/27-2", date(2027, 1, 4), date(2027, 6, 30))],
    }
    assert broken(own_semester(**{**usual, **given})) == clauses  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "hours", "breaks", "warns"),
    [
        (2, 2, set(), set()),
        ("2", "3 ", set(), {"AGR-6"}),
        (1, 4, set(), set()),
        (1, 5, set(), {"AGR-6"}),
        (None, 9, set(), set()),
        ("", "", set(), set()),
        ("bieži", 2, {"AGR-6"}, set()),
        (0, 2, {"AGR-6"}, set()),
        (100, "1,5", {"AGR-6"}, set()),
    ],
)
def test_a_frequency_that_passes_the_limit_in_a_long_month_is_warned(
    times: object, hours: object, breaks: set[str], warns: set[str]
) -> None:
    findings = list(planned_frequency(meetings_a_week=times, hours_a_meeting=hours, day=date(2026, 10, 1)))
    assert (broken(findings), warned(findings)) == (breaks, warns)


def test_a_plan_is_held_to_the_values_of_its_first_day_and_a_running_one_to_those_of_today() -> None:
    today = date(2026, 12, 1)
    assert planned_day(today, date(2027, 1, 11)) == date(2027, 1, 11)
    assert planned_day(today, date(2026, 9, 1)) == planned_day(today, None) == today
