"""A row of the diary, both sides of each border; every broken clause is given, and no other."""

from datetime import date

import pytest

from celabiedrs.rules.agreement import AgreementFacts
from celabiedrs.rules.breach import Refused, refuse
from celabiedrs.rules.calendar import Override, Stage
from celabiedrs.rules.contract import Span
from celabiedrs.rules.hours import Suspension, meeting_findings, read_meeting
from tests.cast.rules import broken, facts, riga, shipped, warned

SPRING: dict[str, object] = {
    "starts_on": date(2027, 1, 4),
    "ends_on": date(2027, 5, 31),
    "approved_at": riga("2027-01-04 08:00"),
    "now": riga("2027-09-30 12:00"),
}
SUMMER: dict[str, object] = {**SPRING, "order_until": date(2027, 6, 14), "extended_on": date(2027, 5, 28)}

TODAY = date(2026, 10, 13)


def row(**given: object) -> dict[str, object]:
    return {"day": "2026-10-06", "start": "15:00", "hours": 1, "topic": "Saruna", **given}


def asked(around: dict[str, object], **given: object) -> tuple[set[str], set[str]]:
    """What refuses and what warns a row amid changed facts."""
    entry, findings = read_meeting(**row(**given), today=TODAY)  # type: ignore[arg-type]
    everything = [*findings, *meeting_findings(entry, facts(**around))]
    return broken(everything), warned(everything) - {"LOG-1"}


CASES: list[tuple[str, dict[str, object], dict[str, object], set[str]]] = [
    ("an ordinary meeting", {}, {}, set()),
    ("on the thirteenth birthday", {"born": date(2013, 10, 6)}, {}, set()),
    ("the day before it", {"born": date(2013, 10, 7)}, {}, {"TG-1"}),
    ("the twentieth hour", {"month_hours": 19}, {}, set()),
    ("the twenty-first", {"month_hours": 20}, {}, {"TG-5"}),
    ("nineteen and two", {"month_hours": 19}, {"hours": 2}, {"TG-5"}),
    ("twenty-one at once", {}, {"hours": 21, "start": "08:00"}, {"TG-5"}),
    ("thirty at once", {}, {"hours": 30, "start": "08:00"}, {"TG-5", "LOG-4"}),
    ("overlapping another", {"overlapping": 1}, {}, {"TG-4"}),
    ("half an hour", {}, {"hours": "1,5"}, {"LOG-5"}),
    (
        "half an hour between the semesters",
        {},
        {"hours": "1,5", "day": "2026-12-19"},
        {"LOG-5", "CAL-4", "IAP-2"},
    ),
    ("no topic", {}, {"topic": "  "}, {"LOG-6"}),
    ("a topic of 200 letters", {}, {"topic": "a" * 200}, set()),
    ("a topic of 201", {}, {"topic": "a" * 201}, {"LOG-6"}),
    ("no day", {}, {"day": None}, {"LOG-2"}),
    ("the thirtieth of February", {}, {"day": "2027-02-30"}, {"LOG-2"}),
    ("no start", {}, {"start": None}, {"CON-9"}),
    ("a start as the number 900", {}, {"start": 900}, set()),
    ("an unknown outcome", {}, {"outcome": "maybe"}, {"PAY-5"}),
    ("forty minutes", {}, {"hours": None, "end": "15:40"}, set()),
    ("thirty-nine minutes", {}, {"hours": None, "end": "15:39"}, {"LOG-3"}),
    ("an end before the start", {}, {"hours": None, "end": "14:00"}, {"LOG-3"}),
    ("an end that is no time", {}, {"hours": None, "end": "vakarā"}, {"LOG-3"}),
    ("an end and other hours", {}, {"hours": 3, "end": "16:20"}, {"LOG-3"}),
    ("neither hours nor end", {}, {"hours": None}, {"LOG-4"}),
    (
        "an absent learner without hours and topic",
        {},
        {"hours": None, "topic": "", "outcome": "learner_absent"},
        set(),
    ),
    (
        "an absent learner in a full month",
        {"month_hours": 20},
        {"hours": None, "outcome": "learner_absent"},
        set(),
    ),
    (
        "a cancelled one between semesters",
        {},
        {"outcome": "cancelled", "day": "2026-12-19"},
        {"CAL-4", "IAP-2"},
    ),
    ("ends this minute", {"now": riga("2026-10-06 15:40")}, {}, set()),
    ("ends a minute from now", {"now": riga("2026-10-06 15:39")}, {}, {"LOG-1"}),
    ("tomorrow", {"now": riga("2026-10-05 23:00")}, {}, {"LOG-1"}),
    ("tomorrow without a start", {"now": riga("2026-10-05 23:00")}, {"start": ""}, {"LOG-1", "CON-9"}),
    ("a plan never approved", {"approved_at": None}, {}, {"IAP-1"}),
    ("in the minute of the approval", {"approved_at": riga("2026-10-06 15:00:59")}, {}, set()),
    ("a minute before it", {"approved_at": riga("2026-10-06 15:01")}, {}, {"IAP-1"}),
    (
        "the day of approval without a start",
        {"approved_at": riga("2026-10-06 16:00")},
        {"start": ""},
        {"CON-9"},
    ),
    ("before the plan's first day", {"starts_on": date(2026, 10, 7)}, {}, {"IAP-2"}),
    ("on the plan's last day", {"ends_on": date(2026, 10, 6)}, {}, set()),
    ("after it", {"ends_on": date(2026, 10, 5)}, {}, {"IAP-2"}),
    ("the last Friday of the semester", {}, {"day": "2026-12-18"}, set()),
    ("the Saturday after", {}, {"day": "2026-12-19"}, {"CAL-4", "IAP-2"}),
    ("the last summer day", {}, {"day": "2026-08-31"}, {"CAL-4", "IAP-1", "IAP-2", "CON-1"}),
    ("in the next semester", {"now": riga("2027-02-01 12:00")}, {"day": "2027-01-05"}, {"IAP-2"}),
    (
        "a year without a calendar",
        {"now": riga("2027-12-01 12:00")},
        {"day": "2027-09-01"},
        {"CAL-1", "IAP-2", "CON-1"},
    ),
    ("the contract's first day", {"contracts": [Span(date(2026, 10, 6), date(2026, 12, 18))]}, {}, set()),
    ("the day before it", {"contracts": [Span(date(2026, 10, 7), date(2026, 12, 18))]}, {}, {"CON-1"}),
    ("the day after the contract", {"contracts": [Span(date(2026, 9, 1), date(2026, 10, 5))]}, {}, {"CON-1"}),
    ("no contract", {"contracts": []}, {}, {"CON-1"}),
    ("the certificate's day", {"certificate_issued_on": date(2026, 10, 6)}, {}, set()),
    ("before the certificate", {"certificate_issued_on": date(2026, 10, 7)}, {}, {"MEN-6"}),
    ("no certificate", {"certificate_issued_on": None}, {}, {"MEN-6"}),
    (
        "the agreement signed that day",
        {"agreement": AgreementFacts(date(2026, 10, 6), date(2026, 9, 1))},
        {},
        set(),
    ),
    ("signed a day later", {"agreement": AgreementFacts(date(2026, 9, 1), date(2026, 10, 7))}, {}, {"AGR-4"}),
    ("one signature", {"agreement": AgreementFacts(None, date(2026, 9, 1))}, {}, {"AGR-4"}),
    ("no agreement", {"agreement": None}, {}, {"AGR-3", "AGR-4"}),
    (
        "the coach's last day",
        {"education": ("coach_c",), "coach_c_valid": (date(2022, 1, 1), date(2026, 10, 6))},
        {},
        set(),
    ),
    (
        "the day after",
        {"education": ("coach_c",), "coach_c_valid": (date(2022, 1, 1), date(2026, 10, 5))},
        {},
        {"MEN-3"},
    ),
    (
        "a coach with secondary education",
        {"education": ("coach_c", "secondary"), "coach_c_valid": (date(2022, 1, 1), date(2026, 10, 5))},
        {},
        set(),
    ),
    ("before the suspension of that day", {"suspensions": [Suspension(riga("2026-10-06 15:01"))]}, {}, set()),
    (
        "in the minute of the suspension",
        {"suspensions": [Suspension(riga("2026-10-06 15:00"))]},
        {},
        {"PAY-5"},
    ),
    (
        "after it was resumed",
        {"suspensions": [Suspension(riga("2026-10-01 10:00"), riga("2026-10-06 15:00"))]},
        {},
        set(),
    ),
    (
        "while suspended, entered later",
        {"suspensions": [Suspension(riga("2026-10-01 10:00"), riga("2026-10-07 10:00"))]},
        {},
        {"PAY-5"},
    ),
    ("class 8 on the last of May", SPRING, {"day": "2027-05-31"}, set()),
    ("class 8 on the first of June", SPRING, {"day": "2027-06-01"}, {"CAL-4", "IAP-2"}),
    (
        "class 9 on 11 June",
        {**SPRING, "stage": Stage(school_class=9), "ends_on": date(2027, 6, 11)},
        {"day": "2027-06-11"},
        set(),
    ),
    (
        "class 9 on 12 June",
        {**SPRING, "stage": Stage(school_class=9), "ends_on": date(2027, 6, 11)},
        {"day": "2027-06-12"},
        {"CAL-4", "IAP-2"},
    ),
    ("in summer, extended", SUMMER, {"day": "2027-06-01"}, set()),
    ("the order's last day", SUMMER, {"day": "2027-06-14"}, set()),
    ("the day after the order", SUMMER, {"day": "2027-06-15"}, {"CAL-5", "IAP-2"}),
    (
        "the day of a late extension",
        {**SUMMER, "extended_on": date(2027, 6, 7)},
        {"day": "2027-06-07"},
        set(),
    ),
    (
        "the day before a late extension",
        {**SUMMER, "extended_on": date(2027, 6, 7)},
        {"day": "2027-06-06"},
        {"CAL-4", "CAL-5"},
    ),
    (
        "in summer after the contract",
        {**SUMMER, "order_until": date(2027, 6, 30)},
        {"day": "2027-06-19"},
        {"CON-1"},
    ),
]


@pytest.mark.parametrize(
    ("around", "given", "clauses"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_meeting_is_refused_by_exactly_the_clauses_that_it_breaks(
    around: dict[str, object], given: dict[str, object], clauses: set[str]
) -> None:
    assert asked(around, **given)[0] == clauses


def test_a_learner_born_on_29_february_may_meet_from_1_march() -> None:
    around = {**SPRING, "born": date(2012, 2, 29), "starts_on": date(2025, 1, 1)}
    assert "TG-1" in asked({**around, "approved_at": riga("2025-01-01 08:00")}, day="2025-02-28")[0]
    assert "TG-1" not in asked({**around, "approved_at": riga("2025-01-01 08:00")}, day="2025-03-01")[0]


def test_a_college_that_ends_later_may_meet_later() -> None:
    around = {
        "calendar": shipped(Override("college", "2026/27-1", date(2026, 9, 1), date(2026, 12, 23))),
        "institution": "college",
        "stage": Stage(course=1),
        "ends_on": date(2026, 12, 23),
    }
    assert asked(around, day="2026-12-23")[0] == set()
    assert asked(around, day="2026-12-24")[0] == {"CAL-4", "IAP-2"}


def test_hours_come_from_the_clock_and_the_end_counts_as_it_is() -> None:
    entry, findings = read_meeting(day="2026-10-06", start="14:00", end="15:40", topic="Muzejs", today=TODAY)
    assert (entry.hours, entry.minutes, findings) == (2, 100, ())
    assert entry.ends_at == riga("2026-10-06 15:40")
    entry, _ = read_meeting(day="2026-10-06", start="14:00", hours=2, topic="Muzejs", today=TODAY)
    assert entry.ends_at == riga("2026-10-06 15:20")


def test_a_meeting_over_the_night_when_the_clock_is_moved_lasts_its_real_minutes() -> None:
    entry, _ = read_meeting(day="2026-10-24", start="23:00", hours=9, topic="Pārgājiens", today=TODAY)
    assert entry.ends_at == riga("2026-10-25 04:00")
    assert entry.day == date(2026, 10, 24)


@pytest.mark.parametrize(
    ("around", "given", "clauses"),
    [
        ({}, {"hours": 6, "start": "08:00"}, set()),
        ({}, {"hours": 7, "start": "08:00"}, {"LOG-4"}),
        ({"day_hours": 5}, {"hours": 2}, {"LOG-4"}),
        ({"same_topic": 9}, {}, set()),
        ({"same_topic": 10}, {}, {"LOG-6"}),
    ],
)
def test_what_is_unlikely_is_warned(
    around: dict[str, object], given: dict[str, object], clauses: set[str]
) -> None:
    assert asked(around, **given) == (set(), clauses)


def test_an_entry_after_thirty_days_is_in_time_and_after_thirty_one_warned() -> None:
    entry, _ = read_meeting(**row(), today=TODAY)  # type: ignore[arg-type]
    assert "LOG-1" not in warned(meeting_findings(entry, facts(now=riga("2026-11-05 23:59"))))
    assert "LOG-1" in warned(meeting_findings(entry, facts(now=riga("2026-11-06 00:01"))))


def test_the_refusal_says_the_numbers_and_what_can_be_done() -> None:
    entry, _ = read_meeting(**row(hours=2), today=TODAY)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        refuse(meeting_findings(entry, facts(month_hours=19)))
    (finding,) = refused.value.findings
    assert refused.value.clauses == ("TG-5",)
    assert finding.said() == "In 10.2026 20 hours are allowed; 19 are written down, 2 more would make 21."
    assert finding.advice().endswith("this month: 1.")
