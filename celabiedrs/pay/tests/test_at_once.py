"""Two people at the same moment: two clerks, and the head against the school (R1)."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from celabiedrs.hours.actions import reopen_month
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.acts import WrongState
from celabiedrs.pay.actions import approve_run, prepare_run
from celabiedrs.pay.models import PayRun, RunState
from celabiedrs.people.models import Role
from tests.cast import fresh
from tests.cast.pay import NOW, OCTOBER, Cast

ROUNDS = 4


def together(*acts: Callable[[], object]) -> list[Exception | None]:
    """Run the acts in threads that begin at one moment; what each raised."""
    start = Barrier(len(acts))
    raised: list[Exception | None] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            with clock.at(NOW):
                start.wait(timeout=10)
                act()
        except Exception as error:
            raised[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


def test_two_clerks_prepare_one_run_with_the_right_lines(at_once: Cast) -> None:
    cast = at_once
    cast.rate()
    for number in range(8):
        cast.sheet(cast.plan(cast.mentor(f"M {number}")), [3, 2])
    other = cast.person("Otra", Role.PAY_CLERK, institution=cast.board)
    for _ in range(ROUNDS):
        raised = together(
            *(
                lambda by=by: prepare_run(by=fresh(by), employer=cast.board, month=OCTOBER)  # type: ignore[misc]
                for by in (cast.zane, other, cast.zane, other)
            )
        )
        assert raised == [None] * 4
        run = PayRun.objects.get()
        assert run.lines.count() == 8 and sum(line.hours for line in run.lines.all()) == 40


def test_a_paid_month_is_never_open_whoever_comes_first(at_once: Cast) -> None:
    cast = at_once
    cast.rate()
    plan = cast.plan(cast.mentor("Ilze"))
    sheet = cast.sheet(plan, [3])
    outcomes = set()
    for number in range(2 * ROUNDS):
        run = cast.prepared()
        acts: list[Callable[[], object]] = [
            lambda run=run: approve_run(by=fresh(cast.aija), run=PayRun.objects.get(pk=run.pk)),  # type: ignore[misc]
            lambda: reopen_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, reason="Nav pareizi"),
        ]
        raised = together(*(acts if number % 2 else reversed(acts)))
        run.refresh_from_db()
        sheet.refresh_from_db()
        approved = run.state == RunState.APPROVED
        assert approved == (sheet.settled_at is not None) == (sheet.state == SheetState.VERIFIED)
        assert sum(isinstance(error, WrongState) for error in raised) == 1, raised
        outcomes.add(approved)
        _back(cast, sheet, run)
    assert outcomes <= {True, False}


@pytest.mark.parametrize("first", ["head", "school"])
def test_the_second_waits_for_the_first_and_is_told(at_once: Cast, first: str) -> None:
    """Both orders on purpose: the first holds its transaction open until the second is at the lock."""
    cast = at_once
    cast.rate()
    plan = cast.plan(cast.mentor("Ilze"))
    sheet = cast.sheet(plan, [3])
    run = cast.prepared()

    def head() -> None:
        approve_run(by=fresh(cast.aija), run=PayRun.objects.get(pk=run.pk))

    def school() -> None:
        reopen_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, reason="Nav pareizi")

    leader, follower = (head, school) if first == "head" else (school, head)
    raised: list[BaseException] = []

    def follow() -> None:
        try:
            with clock.at(NOW):
                follower()
        except WrongState as error:
            raised.append(error)
        finally:
            connection.close()

    thread = Thread(target=follow)
    with transaction.atomic():
        leader()
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join(timeout=10)
    assert len(raised) == 1
    run.refresh_from_db()
    sheet.refresh_from_db()
    assert (run.state == RunState.APPROVED) == (first == "head") == (sheet.settled_at is not None)


def _back(cast: Cast, sheet: Timesheet, run: PayRun) -> None:
    """As before the round: verified and unpaid, the run gone."""
    run.delete()
    Timesheet.objects.filter(pk=sheet.pk).update(
        state=SheetState.VERIFIED, verified_by=cast.rita, verified_at=clock.now(), settled_at=None
    )
