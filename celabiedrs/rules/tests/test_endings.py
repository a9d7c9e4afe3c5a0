"""Evaluation, closing, supervision, confidence, keeping (EVA, DUT-3, SUP, CNF, ARC)."""

from datetime import date, timedelta

import pytest

from celabiedrs.rules.calendar import Stage
from celabiedrs.rules.closing import closing, evaluation, evaluation_opens_on, hand_over
from celabiedrs.rules.confidence import escalates_at, note, notes_erased_on, report
from celabiedrs.rules.retention import disposal, erasure_asked, hold, keep_until, may_be_disposed
from celabiedrs.rules.supervision import Member, composition, confirmation, nomination, session, session_held
from tests.cast.rules import broken, riga, warned

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("closed", "answers", "go_on", "clauses"),
    [
        ([4, 5, 3], ["Labi", "Turpināt"], "yes", set()),
        ([1, 5, 1], ["Labi", "Turpināt"], "open", set()),
        ([4, 5], ["Labi", "Turpināt"], "yes", {"EVA-2"}),
        ([4, 5, 3, 3], ["Labi", "Turpināt"], "yes", {"EVA-2"}),
        ([4, 5, 6], ["Labi", "Turpināt"], "yes", {"EVA-2"}),
        ([4, 5, 0], ["Labi", "Turpināt"], "yes", {"EVA-2"}),
        ([4, 5, True], ["Labi", "Turpināt"], "yes", {"EVA-2"}),
        (["4", "5", "3"], ["Labi", "Turpināt"], "yes", {"EVA-2"}),
        ([4, 5, 3], ["Labi", " "], "yes", {"EVA-2"}),
        ([4, 5, 3], ["Labi"], "yes", {"EVA-2"}),
        ([4, 5, 3], "Labi", "yes", {"EVA-2"}),
        (None, None, None, {"EVA-2", "EVA-4"}),
        ([4, 5, 3], ["Labi", "Turpināt"], True, {"EVA-4"}),
    ],
)
def test_an_evaluation_is_three_marks_and_two_answers(
    closed: object, answers: object, go_on: object, clauses: set[str]
) -> None:
    assert broken(evaluation(closed=closed, open_answers=answers, go_on=go_on, day=TODAY)) == clauses


def test_a_plan_closes_with_the_evaluation_or_with_a_reason() -> None:
    assert broken(closing(outcome="continued", evaluated=True, reason="")) == set()
    assert broken(closing(outcome="continued", evaluated=False, reason=" ")) == {"DUT-3"}
    assert warned(closing(outcome="ended_early", evaluated=False, reason="Mentors aizbrauca")) == {"DUT-3"}
    assert warned(closing(outcome="ended_early", evaluated=True, reason="")) == {"DUT-3"}
    assert broken(closing(outcome="?", evaluated=True, reason="")) == {"DUT-3"}
    assert evaluation_opens_on(date(2026, 12, 18)) == date(2026, 11, 20)
    assert broken(hand_over(unverified=1, sheets=3)) == broken(hand_over(unverified=0, sheets=0)) == {"ARC-1"}
    assert broken(hand_over(unverified=0, sheets=3)) == set()


@pytest.mark.parametrize(
    ("given", "clauses"),
    [
        ({}, set()),
        ({"minutes": 120}, {"SUP-1"}),
        ({"minutes": 181}, {"SUP-1"}),
        ({"minutes": None}, {"SUP-1"}),
        ({"mode": "remote"}, {"SUP-1"}),
        ({"place": " "}, {"SUP-1"}),
        ({"day": None}, {"SUP-1"}),
        ({"day": "2026-09-30"}, {"SUP-1"}),
        ({"start": "soon"}, {"SUP-1"}),
        ({"group": "IV"}, {"SUP-2"}),
        ({"municipality_known": False}, {"SUP-5"}),
        ({"group": None, "minutes": 0, "municipality_known": False}, {"SUP-1", "SUP-2", "SUP-5"}),
    ],
)
def test_a_session_is_in_person_for_180_minutes(given: dict[str, object], clauses: set[str]) -> None:
    usual = {
        "group": "II",
        "groups": ("II",),
        "municipality_known": True,
        "day": "2026-10-20",
        "start": "10:00",
        "minutes": 180,
        "place": "Cēsis",
        "mode": "in_person",
        "today": TODAY,
    }
    assert broken(session(**{**usual, **given})) == clauses  # type: ignore[arg-type]


def member(*stages: Stage, place: str = "cesu", nominated: bool = True) -> Member:
    return Member(nominated, frozenset({place}), stages or (Stage(school_class=8),))


@pytest.mark.parametrize(
    ("members", "reason", "clauses"),
    [
        ([member()], "", set()),
        ([], "", {"SUP-5"}),
        ([member(nominated=False)], "", {"SUP-3"}),
        ([member(Stage(school_class=4))], "", set()),
        ([member(Stage(school_class=3))], "", {"SUP-4"}),
        ([member(Stage(school_class=3), Stage(course=1))], "", set()),
        ([Member(True, frozenset({"cesu"}), ())], "", {"SUP-4"}),
        ([member(place="smiltenes")], "", {"SUP-5"}),
        ([member(place="smiltenes")], "Maz dalībnieku", set()),
        ([member(place="jelgava")], "Maz dalībnieku", {"SUP-5"}),
        ([Member(True, frozenset({"jelgava", "cesu"}), (Stage(course=4),))], "", set()),
    ],
)
def test_a_group_is_of_one_municipality_or_an_exception(
    members: list[Member], reason: str, clauses: set[str]
) -> None:
    findings = composition(
        group="II",
        members=members,
        municipality="cesu",
        neighbours={"smiltenes"},
        exception_reason=reason,
        today=TODAY,
    )
    assert broken(findings) == clauses


def test_a_group_is_confirmed_five_days_before_by_date() -> None:
    day = date(2026, 10, 20)
    assert broken(confirmation(session_day=day, today=date(2026, 10, 15), members=1)) == set()
    assert broken(confirmation(session_day=day, today=date(2026, 10, 16), members=1)) == {"SUP-6"}
    assert warned(confirmation(session_day=day, today=date(2026, 10, 13), members=1)) == {"SUP-6"}
    assert warned(confirmation(session_day=day, today=date(2026, 10, 12), members=1)) == set()
    assert broken(confirmation(session_day=day, today=date(2026, 10, 1), members=0)) == {"SUP-6"}
    assert broken(nomination(interested=False)) == {"SUP-3"} and broken(nomination(interested=True)) == set()


def test_a_session_is_held_when_it_is_over() -> None:
    end = riga("2026-10-20 13:00")
    assert broken(session_held(ends_at=end, now=end, attended_outside_group=0)) == set()
    early = end - timedelta(minutes=1)
    assert broken(session_held(ends_at=end, now=early, attended_outside_group=1)) == {"SUP-1", "SUP-6"}


def test_notes_and_reports() -> None:
    assert broken(note(text="Vērojums", notes_enabled=True)) == set()
    assert (
        broken(note(text="Vērojums", notes_enabled=False))
        == broken(note(text="", notes_enabled=True))
        == {"CNF-1"}
    )
    assert notes_erased_on(date(2026, 8, 31)) == date(2027, 2, 28)
    good = list(report(grounds="danger", text="Redzēju sasitumus", services=["police"], recipients=1))
    assert good == []
    alone = list(report(grounds="radicalisation", text="Saukļi", services=[], recipients=0))
    assert broken(alone) == set() and warned(alone) == {"CNF-2"}
    assert broken(report(grounds=None, text=" ", services=["police"], recipients=1)) == {"CNF-2"}
    assert escalates_at(riga("2026-10-06 18:00")) == riga("2026-10-06 19:00")


def test_records_are_kept_to_the_end_of_2034() -> None:
    kept, new_year = date(2034, 12, 31), date(2035, 1, 1)
    assert keep_until(TODAY) == kept
    assert not may_be_disposed(kept_until=kept, before=kept, on_hold=False)
    assert may_be_disposed(kept_until=kept, before=new_year, on_hold=False)
    assert not may_be_disposed(kept_until=kept, before=new_year, on_hold=True)

    def asked(before: object, today: date, second: str | None = "admin2") -> set[str]:
        return broken(disposal(before=before, administrator="admin", agreed_by=second, today=today))

    assert asked(new_year, new_year) == asked(kept, kept) == set()
    assert asked(new_year, kept) == {"ARC-1"}
    assert (
        asked(new_year, new_year, "admin") == asked(new_year, new_year, None) == asked("?", kept) == {"ARC-1"}
    )
    assert broken(hold(reason=" ")) == {"ARC-1"}
    assert broken(erasure_asked(kept_until=kept, today=kept)) == {"ARC-1"}
    assert broken(erasure_asked(kept_until=kept, today=new_year)) == set()
