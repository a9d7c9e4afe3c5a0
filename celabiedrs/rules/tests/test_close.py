"""What is red and what is amber when the school closes a month; one threshold a clause."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from celabiedrs.rules import parameters
from celabiedrs.rules.calendar import RIGA
from celabiedrs.rules.close import ClosedMonth, ClosedRow, Look, looks_of_month, looks_of_row, tone_of

DAY = date(2026, 10, 12)


def row(day: int = 12, *, begins: str = "15:00", ends: str = "16:20", **given: object) -> ClosedRow:
    on = date(2026, 10, day)
    at = [datetime.fromisoformat(f"{on} {clock}").replace(tzinfo=RIGA) for clock in (begins, ends)]
    usual = ClosedRow(
        on, at[0], at[1], at[1], 2, f"Saruna {day}", learner_means="device", mentor_means="device"
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def asked(*rows: ClosedRow, **given: object) -> set[tuple[str, str]]:
    month = ClosedMonth(date(2026, 10, 1), rows, learner_hours=8, planned_hours=20)
    found = looks_of_month(replace(month, **given))  # type: ignore[arg-type]
    tones = [tone_of(one) for one in found]
    assert tones == sorted(tones, reverse=True), "the red stand first"
    return {(one.clause, tone_of(one)) for one in found}


@pytest.mark.parametrize(
    ("rows", "given", "looks"),
    [
        ([row()], {}, set()),
        ([row(mentor_means="")], {}, {("LOG-8", "red")}),
        ([row(mentor_means="", held=False)], {}, set()),
        ([row(disputed=True)], {}, {("LOG-7", "red")}),
        ([row(covered=False)], {}, {("CON-1", "red")}),
        ([row(on_holiday=True)], {}, {("CAL-3", "amber")}),
        ([row(obstacles=("MEN-4", "MEN-5"))], {}, {("MEN-4", "red"), ("MEN-5", "red")}),
        ([row(entered_late=True)], {}, {("LOG-1", "amber")}),
        ([row(changed_after_signing=True)], {}, {("LOG-7", "amber")}),
        ([row()], {"learner_hours": 21}, {("TG-5", "red")}),
        ([row()], {"learner_hours": 20}, {("TG-5", "amber")}),
        ([row()], {"learner_hours": 17}, {("TG-5", "amber")}),
        ([row()], {"learner_hours": 16}, set()),
        ([row(), row(hours=5)], {}, {("LOG-4", "amber")}),
        ([row(), row(hours=4)], {}, set()),
        ([row()], {"planned_hours": 1}, {("AGR-6", "amber")}),
        ([row(begins="06:59")], {}, {("LOG-3", "amber")}),
        ([row(begins="07:00", ends="22:00")], {}, set()),
        ([row(ends="22:01")], {}, {("LOG-3", "amber")}),
        ([row()], {"same_topics": {"Saruna 12": 11, "Cita": 40}}, {("LOG-6", "amber")}),
        ([row()], {"same_topics": {"Saruna 12": 10}}, set()),
        ([row()], {"own": True}, {("DUT-1", "red")}),
        ([row()], {"own": True, "verified": True}, set()),
        ([row(learner_means="paper")], {}, {("LOG-10", "red")}),
        ([row(learner_means="paper")], {"paper_hours": 3}, {("LOG-10", "red")}),
        ([row(learner_means="paper")], {"paper_hours": 2}, set()),
        ([row(learner_means="paper")], {"verified": True}, set()),
    ],
)  # fmt: skip
def test_what_asks_for_a_look(
    rows: list[ClosedRow], given: dict[str, object], looks: set[tuple[str, str]]
) -> None:
    assert asked(*rows, **given) == looks


def test_only_the_missing_sum_is_put_right_by_typing_it() -> None:
    month = ClosedMonth(DAY.replace(day=1), [row(learner_means="paper", disputed=True)], 2, 20)
    assert {one.clause: one.by_sum for one in looks_of_month(month) if isinstance(one, Look)} == {
        "LOG-10": True, "LOG-7": False,
    }  # fmt: skip


@pytest.mark.parametrize(("days", "look"), [((5, 6, 7), True), ((5, 6), False)])
def test_meetings_of_three_days_signed_on_one_day(days: tuple[int, ...], look: bool) -> None:
    signed = datetime(2026, 10, 20, 9, tzinfo=RIGA)
    rows = [row(day, learner_signed_at=signed) for day in days]
    assert asked(*rows) == ({("LOG-7", "amber")} if look else set())
    rows[0] = replace(rows[0], learner_signed_at=datetime(2026, 10, 19, 9, tzinfo=RIGA))
    assert asked(*rows) == set()


def test_a_row_says_which_signature_is_missing_and_how_late_it_was() -> None:
    late = row(
        learner_means="", entered_late=True, changed_after_signing=True, disputed=True, begins="05:00",
        entered_at=datetime(2026, 11, 20, 9, tzinfo=RIGA),
    )  # fmt: skip
    assert [one.said() for one in looks_of_row(late)] == [
        "The learner said: not right",
        "The learner has not signed",
        "Days between the meeting and its entry: 39",
        "Changed after it was signed, and signed again",
        "At an unusual time of day",
    ]
    assert [one.said() for one in looks_of_row(row(learner_means="", mentor_means=""))] == [
        "Neither has signed"
    ]


def test_each_month_is_judged_by_the_values_of_its_own_days() -> None:
    parameters.use({
        "learner_hours_per_month": ((date(2026, 11, 1), 10),),
        "usual_meeting_times": ((date(2026, 10, 13), [9, 18]),),
        "day_hours_warning": ((date(2026, 10, 13), 1),),
    })  # fmt: skip
    early = [row(day, begins="08:00") for day in (12, 13)]
    assert asked(early[0]) == set()
    assert asked(early[1]) == {("LOG-3", "amber"), ("LOG-4", "amber")}
    assert asked(early[0], learner_hours=12, month=date(2026, 11, 1)) == {("TG-5", "red")}
