"""What the rules let an employer check, sign, end and keep: both sides of every border (CON-1 … CON-8, MEN-1, MEN-4,
MEN-5). The first semester runs 01.09.2026. – 16.12.2026., the second 30.12.2026. – 15.05.2027.; it is 07.09.2026."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from celabiedrs.contracts.actions import check_suitability, end_contract, keep_copy, sign_contract
from celabiedrs.contracts.models import Contract, ContractState, ReplacedCopy
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.people.models import Post, Role
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Institution, Semester
from celabiedrs.registry.models import CheckGround, Mentor, SuitabilityCheck
from celabiedrs.rules.contract import employer
from celabiedrs.rules.suitability import check_good_until
from tests.cast.preparing import LONG_AGO, Cast

FIRST, SECOND = "2026/27-1", "2026/27-2"
LAW_50, LAW_72_5 = CheckGround("education_law_50"), CheckGround("child_protection_72_5")


def check(cast: Cast, ground: str, **more: Any) -> Done[SuitabilityCheck]:
    values: dict[str, Any] = {
        "mentor": cast.andris, "employer": cast.school, "checked_on": "2026-09-01", "outcome": "clear",
    }  # fmt: skip
    return check_suitability(by=cast.anna, ground=ground, **(values | more))


def checked(cast: Cast, **more: Any) -> None:
    for ground in (LAW_50, LAW_72_5):
        check(cast, ground, **more)


def sign(cast: Cast, **more: Any) -> Done[Contract]:
    values: dict[str, Any] = {
        "mentor": cast.andris, "employer": cast.school, "semesters": [FIRST], "signed_on": "2026-09-07",
        "scan": None,
    }  # fmt: skip
    return sign_contract(**({"by": cast.anna} | values | more))


def clauses(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.clause for finding in refused.value.findings}


def stopped(cast: Cast, **more: Any) -> set[str]:
    """The clauses for which Andris's contract is not entered; nothing of it stays."""
    with pytest.raises(Refused) as refused:
        sign(cast, **more)
    assert not Contract.objects.filter(mentor=cast.andris).exists()
    return clauses(refused)


# The two checks


def test_both_checks_stand_and_the_contract_is_entered_without_a_word(cast: Cast) -> None:
    checked(cast)
    done = sign(cast, originals="Lietvedībā, mape 4")
    assert done.cautions == ()
    assert (done.thing.state, done.thing.semesters) == (ContractState.SIGNED, (FIRST,))
    assert Event.objects.filter(verb="signed", thing_id=done.thing.pk).count() == 1


@pytest.mark.parametrize(("made", "missing"), [(LAW_50, "MEN-5"), (LAW_72_5, "MEN-4")])
def test_one_check_of_the_two_is_not_enough(cast: Cast, made: str, missing: str) -> None:
    check(cast, made)
    assert stopped(cast) == {missing, "CON-6"}


def test_the_check_of_another_employer_does_not_count(cast: Cast) -> None:
    for ground in (LAW_50, LAW_72_5):
        check_suitability(
            by=cast.gints, mentor=cast.andris, employer=cast.other_school, ground=ground,
            checked_on="2026-09-01", outcome="clear",
        )  # fmt: skip
    assert stopped(cast) == {"MEN-4", "MEN-5", "CON-6"}


def test_a_check_is_good_to_the_same_day_twelve_months_later_and_says_so(cast: Cast) -> None:
    checked(cast, checked_on="2025-09-07")
    assert [caution.clause for caution in sign(cast).cautions] == ["MEN-4", "MEN-5"]


def test_the_day_after_the_check_has_run_out(cast: Cast) -> None:
    check(cast, LAW_50, checked_on="2025-09-06")
    check(cast, LAW_72_5)
    assert stopped(cast) == {"MEN-4"}


@pytest.mark.parametrize(("made_on", "warned"), [("2025-10-07", ["MEN-5"]), ("2025-10-08", [])])
def test_a_check_warns_in_its_last_month_and_not_a_day_earlier(
    cast: Cast, made_on: str, warned: list[str]
) -> None:
    check(cast, LAW_50)
    check(cast, LAW_72_5, checked_on=made_on)
    assert [caution.clause for caution in sign(cast).cautions] == warned


def test_a_check_of_the_29th_of_february_is_good_to_the_last_of_february(cast: Cast) -> None:
    with clock.at(datetime(2028, 3, 1, 9, tzinfo=clock.RIGA)):
        check(cast, LAW_50, checked_on="2028-02-29")

    assert check_good_until(date(2028, 2, 29)) == date(2029, 2, 28)


def test_an_obstacle_stops_and_a_permission_opens_the_way_again(cast: Cast) -> None:
    check(cast, LAW_50)
    check(cast, LAW_72_5, outcome="obstacle")
    assert stopped(cast) == {"MEN-5"}
    done = check(
        cast, LAW_72_5, outcome="permitted", permission="Nr. 12, 01.09.2026.",
        permission_limits=["tikai no 10. klases", " "],
    )  # fmt: skip
    assert done.thing.permission_limits == ["tikai no 10. klases"]
    assert sign(cast).thing.state == ContractState.SIGNED


def test_a_later_obstacle_counts_more_than_the_clear_check_before_it(cast: Cast) -> None:
    checked(cast)
    check(cast, LAW_50, outcome="obstacle", checked_on="2026-09-07")
    assert stopped(cast) == {"MEN-4"}


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        ({"outcome": "permitted", "permission": "  "}, "MEN-4"),
        ({"outcome": "maybe"}, "MEN-4"),
        ({"checked_on": "2026-09-08"}, "MEN-4"),
        ({"checked_on": "kādreiz"}, "MEN-4"),
        ({"ground": "gut_feeling"}, "CON-6"),
        ({"mentor": None}, "CON-6"),
    ],
)
def test_a_check_that_says_too_little_is_not_entered(cast: Cast, given: dict[str, Any], clause: str) -> None:
    before = SuitabilityCheck.objects.count()
    with pytest.raises(Refused) as refused:
        check(cast, **({"ground": LAW_50} | given))
    assert clauses(refused) == {clause}
    assert SuitabilityCheck.objects.count() == before


def test_limits_belong_to_a_permission_and_to_nothing_else(cast: Cast) -> None:
    assert check(cast, LAW_50, permission_limits=["tikai rītos"]).thing.permission_limits == []


def test_another_school_checks_and_contracts_for_itself_only(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        check_suitability(
            by=cast.gints, mentor=cast.andris, employer=cast.school, ground=LAW_50,
            checked_on="2026-09-01", outcome="clear",
        )  # fmt: skip
    checked(cast)
    with pytest.raises(NotAllowed):
        sign(cast, by=cast.gints)


def test_the_responsible_person_checks_but_does_not_contract(cast: Cast) -> None:
    check(cast, LAW_50)
    check_suitability(
        by=cast.responsible, mentor=cast.andris, employer=cast.school, ground=LAW_72_5,
        checked_on="2026-09-01", outcome="clear",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        sign(cast, by=cast.responsible)


# Term and age


@pytest.mark.parametrize(
    "semesters", [[FIRST], [SECOND], [FIRST, SECOND], [SECOND, FIRST]], ids=["1", "2", "1+2", "2+1"]
)
def test_one_semester_or_both_of_one_year(cast: Cast, semesters: list[str]) -> None:
    checked(cast)
    assert sign(cast, semesters=semesters).thing.semesters == tuple(sorted(semesters))


def test_two_semesters_of_two_years_are_two_contracts(cast: Cast) -> None:
    Semester.objects.create(
        year="2027/28", number=1, group="classes_1_8_10_11", since=date(2027, 9, 1),
        until=date(2027, 12, 17), source="tests",
    )  # fmt: skip
    new_edition()
    checked(cast)
    assert stopped(cast, semesters=[SECOND, "2027/28-1"]) == {"CON-2"}
    assert sign(cast, semesters=["2027/28-1"]).thing.year == "2027/28"


@pytest.mark.parametrize("semesters", [[], "", [FIRST, FIRST], [FIRST, "pavasaris"]])
def test_a_term_that_is_none_is_refused(cast: Cast, semesters: object) -> None:
    checked(cast)
    assert "CON-2" in stopped(cast, semesters=semesters)


def test_a_semester_that_nobody_has_entered_is_none(cast: Cast) -> None:
    checked(cast)
    assert {"CON-2", "CAL-1"} <= stopped(cast, semesters=["2030/31-1"])


def test_a_contract_is_entered_when_it_is_signed_and_not_before(cast: Cast) -> None:
    checked(cast)
    assert stopped(cast, signed_on="2026-09-08") == {"CON-1"}
    assert stopped(cast, signed_on="") == {"CON-1"}
    assert sign(cast, signed_on="07.09.2026.").thing.signed_on == date(2026, 9, 7)


@pytest.mark.parametrize(("day", "refused"), [(16, set()), (17, {"CON-2"})])
def test_a_semester_takes_contracts_to_its_last_day(cast: Cast, day: int, refused: set[str]) -> None:
    checked(cast)
    with clock.at(datetime(2026, 12, day, 10, tzinfo=clock.RIGA)):
        if refused:
            assert stopped(cast, signed_on=f"2026-12-{day}") == refused
        else:
            assert sign(cast, signed_on=f"2026-12-{day}").thing.signed_on.day == day


@pytest.mark.parametrize(
    ("born", "semester", "refused"),
    [
        (date(2008, 9, 7), FIRST, False),
        (date(2008, 9, 8), FIRST, True),
        (date(2008, 12, 30), SECOND, False),
        (date(2008, 12, 31), SECOND, True),
    ],
)
def test_a_mentor_is_of_age_on_the_first_day_of_the_contract_the_birthday_included(
    cast: Cast, born: date, semester: str, refused: bool
) -> None:
    Mentor.objects.filter(pk=cast.andris.pk).update(born_on=born)
    cast.andris.refresh_from_db()
    checked(cast)
    if refused:
        assert stopped(cast, semesters=[semester]) == {"MEN-1"}
    else:
        assert sign(cast, semesters=[semester]).thing.state == ContractState.SIGNED


# The employer


@pytest.mark.parametrize(
    ("kind", "municipal", "refused"),
    [
        ("education_board", True, set()),
        ("general", False, set()),
        ("vocational", False, set()),
        ("youth_centre", True, set()),
        ("youth_centre", False, {"CON-5"}),
    ],
)
def test_a_youth_centre_employs_only_if_it_is_the_municipalitys(
    cast: Cast, kind: str, municipal: bool, refused: set[str]
) -> None:
    place = Institution.objects.create(
        name="Darba devējs", kind=kind, municipal=municipal, municipality=cast.municipality
    )
    Post.objects.create(person=cast.anna, role=Role.HEAD, institution=place, since=LONG_AGO)
    checked(cast, employer=place)
    if refused:
        assert stopped(cast, employer=place) == refused
    else:
        assert sign(cast, employer=place).thing.employer == place


def test_who_is_no_employer_of_the_list_employs_nobody() -> None:

    assert [each.clause for each in employer(kind="company", municipal=True, day=date(2026, 9, 7))] == [
        "CON-3"
    ]


def test_all_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    assert stopped(cast, semesters=[], signed_on="rīt") == {"CON-1", "CON-2", "MEN-4", "MEN-5", "CON-6"}
    assert stopped(cast, employer=None, semesters=[], signed_on="") == {"CON-3", "CON-1", "CON-2"}


def test_nobody_signs_for_the_employer_the_contract_in_which_they_are_the_mentor(cast: Cast) -> None:
    Post.objects.create(person=cast.andris.user, role=Role.PREPARER, institution=cast.school, since=LONG_AGO)
    checked(cast)
    assert stopped(cast, by=cast.andris.user) == {"MEN-7", "DUT-1"}


# The end, and the copy


@pytest.mark.parametrize("day", ["2026-09-01", "2026-10-15", "2027-05-15"])
def test_a_contract_ends_early_on_any_day_within_it(cast: Cast, day: str) -> None:
    ended = end_contract(by=cast.anna, contract=cast.contract, day=day, reason="Pārcelšanās").thing
    assert (ended.state, str(ended.ended_on)) == (ContractState.ENDED, day)


@pytest.mark.parametrize(
    ("day", "reason"),
    [("2026-08-31", "Jā"), ("2027-05-16", "Jā"), ("", "Jā"), ("2026-10-15", " ")],
    ids=["before", "after", "none", "no reason"],
)
def test_outside_the_contract_or_without_a_reason_it_goes_on(cast: Cast, day: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        end_contract(by=cast.anna, contract=cast.contract, day=day, reason=reason)
    assert clauses(refused) == {"CON-2"}
    cast.contract.refresh_from_db()
    assert cast.contract.state == ContractState.SIGNED


def test_a_contract_ends_once_and_by_its_employer(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        end_contract(by=cast.gints, contract=cast.contract, day="2026-10-15", reason="Jā")
    end_contract(by=cast.anna, contract=cast.contract, day="2026-10-15", reason="Jā")
    with pytest.raises(WrongState):
        end_contract(by=cast.anna, contract=cast.contract, day="2026-10-16", reason="Jā")


def test_a_new_copy_keeps_the_one_before_it(cast: Cast) -> None:
    before, new = cast.contract.scan, cast.scan()
    kept = keep_copy(by=cast.anna, contract=cast.contract, scan=new, originals="Seifā").thing
    assert (kept.scan, kept.originals) == (new, "Seifā")
    assert [row.scan for row in ReplacedCopy.objects.filter(contract=kept)] == [before]
    keep_copy(by=cast.anna, contract=kept, scan=None, originals="Arhīvā")
    kept.refresh_from_db()
    assert (kept.scan, kept.originals, kept.replaced_copies.count()) == (new, "Arhīvā", 1)


def test_a_copy_that_never_came_is_asked_for(cast: Cast) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(scan=None)
    with pytest.raises(Refused) as refused:
        keep_copy(by=cast.anna, contract=cast.contract, scan=None)
    assert clauses(refused) == {"CON-8"}
    assert cast.contract.signed_on == cast.today - timedelta(days=10)
