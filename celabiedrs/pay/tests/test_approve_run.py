"""approve_run (DUT-1, PAY-4)."""

from datetime import date

import pytest

from celabiedrs.hours.actions import reopen_month, verify_month
from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, Refused, Stale, WrongState
from celabiedrs.pay.access import approvers_of
from celabiedrs.pay.actions import approve_run, correct_month, prepare_run
from celabiedrs.pay.models import RunState
from celabiedrs.people.models import Role
from celabiedrs.places.models import Institution, InstitutionKind
from tests.cast import fresh
from tests.cast.pay import NOVEMBER, OCTOBER, Cast


@pytest.fixture(autouse=True)
def rate(cast: Cast) -> None:
    cast.rate()


def test_from_the_approval_on_the_month_takes_no_change(cast: Cast) -> None:
    plan = cast.plan(cast.mentor("Ilze"))
    sheet = cast.sheet(plan, [3])
    run = cast.approved()
    sheet.refresh_from_db()
    assert run.state == RunState.APPROVED and sheet.settled_at == run.approved_at
    with pytest.raises(WrongState):
        reopen_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, reason="Par vēlu")


def test_neither_the_clerk_nor_another_employers_head_approves(cast: Cast) -> None:
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    run = cast.prepared()
    stranger = cast.person("Svešs", Role.HEAD, institution=cast.school)
    for person in (cast.zane, stranger, cast.rita):
        with pytest.raises(NotAllowed):
            approve_run(by=fresh(person), run=run)


def test_the_boards_head_stands_in_for_a_head_with_an_own_line(cast: Cast) -> None:
    centre = Institution.objects.create(
        name="Centrs", kind=InstitutionKind.YOUTH_CENTRE, municipality=cast.town, municipal=True
    )
    clerk = cast.person("Centra grāmatvede", Role.PAY_CLERK, institution=centre)
    head = cast.mentor("Centra vadītāja", centre)
    head.user.posts.create(role=Role.HEAD, institution=centre, since=date(2026, 8, 1))
    cast.sheet(cast.plan(head), [3])
    run = prepare_run(by=clerk, employer=centre, month=OCTOBER).thing
    assert approvers_of(run) == [cast.aija]
    with pytest.raises(Refused) as refusal:
        approve_run(by=fresh(head.user), run=run)
    assert refusal.value.clauses == ("DUT-1",)
    assert approve_run(by=fresh(cast.aija), run=run).thing.state == RunState.APPROVED


def test_a_month_opened_again_is_prepared_anew_first(cast: Cast) -> None:
    plan = cast.plan(cast.mentor("Ilze"))
    cast.sheet(plan, [3])
    run = cast.prepared()
    reopen_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, reason="Nav pareizi")
    with pytest.raises(WrongState):
        approve_run(by=fresh(cast.aija), run=run)


def test_hours_changed_and_verified_again_are_not_paid_as_they_were(cast: Cast) -> None:
    """Opened, changed, submitted and verified between the two: the state is as before, the hours are not."""
    plan = cast.plan(cast.mentor("Ilze"))
    sheet = cast.sheet(plan, [3])
    run = cast.prepared()
    reopen_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, reason="Nav pareizi")
    Meeting.objects.filter(timesheet=sheet).update(hours=1)
    Timesheet.objects.filter(pk=sheet.pk).update(
        state=SheetState.SUBMITTED, submitted_at=clock.now(), declared_at=clock.now()
    )
    verify_month(by=fresh(cast.rita), plan=plan, month=OCTOBER)
    with pytest.raises(WrongState):
        approve_run(by=fresh(cast.aija), run=run)
    assert cast.approved().lines.get().hours == 1


def test_a_line_that_now_waits_for_another_timesheet_is_not_approved(cast: Cast) -> None:
    ilze = cast.mentor("Ilze")
    cast.sheet(cast.plan(ilze), [3])
    run = cast.prepared()
    cast.sheet(cast.plan(ilze), [2], state="open")
    with pytest.raises(WrongState):
        approve_run(by=fresh(cast.aija), run=run)


def test_a_mentor_who_became_ready_later_does_not_stop_it(cast: Cast) -> None:
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    run = cast.prepared()
    cast.sheet(cast.plan(cast.mentor("Juris")), [2])
    assert approve_run(by=fresh(cast.aija), run=run).thing.lines.count() == 1


def test_a_correction_is_paid_once_though_two_runs_carried_it(cast: Cast) -> None:
    plan = cast.plan(cast.mentor("Ilze"))
    cast.sheet(plan, [3], month=date(2026, 9, 1))
    cast.approved(date(2026, 9, 1))
    correct_month(by=fresh(cast.rita), plan=plan, month="2026-09", hours=2, reason="Lieka stunda")
    october, november = cast.prepared(OCTOBER), cast.prepared(NOVEMBER)
    assert october.lines.get().hours == november.lines.get().hours == -1
    approve_run(by=fresh(cast.aija), run=october)
    with pytest.raises(WrongState):
        approve_run(by=fresh(cast.aija), run=november)


def test_what_the_head_did_not_see_is_not_approved(cast: Cast) -> None:
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    run = cast.prepared()
    with pytest.raises(Stale):
        approve_run(by=fresh(cast.aija), run=run, seen="2026-11-19T00:00:00+00:00")
    approve_run(by=fresh(cast.aija), run=run, seen=run.prepared_at.isoformat())
    with pytest.raises(WrongState):
        approve_run(by=fresh(cast.aija), run=run)
