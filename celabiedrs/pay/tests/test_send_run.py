"""send_run: once, by the clerk, after the approval."""

import pytest

from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.pay.actions import send_run
from celabiedrs.pay.models import RunState
from tests.cast import fresh
from tests.cast.pay import Cast


def test_an_approved_run_is_sent_once(cast: Cast) -> None:
    cast.rate()
    cast.sheet(cast.plan(cast.mentor("Ilze")), [3])
    run = cast.prepared()
    with pytest.raises(WrongState):
        send_run(by=fresh(cast.zane), run=run)
    run = cast.approved()
    with pytest.raises(NotAllowed):
        send_run(by=fresh(cast.aija), run=run)
    assert send_run(by=fresh(cast.zane), run=run).thing.state == RunState.SENT
    with pytest.raises(WrongState):
        send_run(by=fresh(cast.zane), run=run)
