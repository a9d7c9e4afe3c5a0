"""Whatever argument of an act is missing, empty or malformed: the act answers, and nothing breaks down (README of the
language: a refusal by the clause that asks for it)."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from celabiedrs.lib import clock
from celabiedrs.places.actions import load_calendar
from rehearsal.stories import files
from rehearsal.stories.cast import world_of
from rehearsal.stories.files import Step
from rehearsal.stories.scopes import Cast
from rehearsal.stories.story import take
from rehearsal.stories.words import ACTS
from rehearsal.stories.world import build

HERE = Path(__file__).parent
TEXTS = {"situation": "s", "way_forward": "w", "mentor_undertakes": "m", "learner_undertakes": "l"}
RISKS = [{"kind": "failing", "reason": "r"}, {"kind": "early_leaving", "reason": "r"}]
DRAFT = {
    "semester": "2026/27-1",
    "module": "I",
    "ground": "failing_and_leaving",
    "risks": RISKS,
    "hours_per_month": 5,
}
WHOLE: dict[str, tuple[str, dict[str, Any]]] = {
    "enrol_mentor": (
        "keeper",
        {"name": "N", "born": "1990-01-01", "education": ["secondary"], "municipalities": ["upes"]},
    ),
    "record_certificate": (
        "keeper",
        {"mentor": "marta", "number": "MT-9", "issued_on": "2026-03-20", "hours": 36, "round": 1},
    ),
    "check_suitability": (
        "v_head",
        {
            "mentor": "marta",
            "employer": "vitolu",
            "ground": "education_law_50",
            "checked_on": "2026-09-01",
            "outcome": "clear",
        },
    ),
    "sign_contract": (
        "v_head",
        {
            "mentor": "marta",
            "employer": "vitolu",
            "semesters": ["2026/27-1"],
            "signed_on": "2026-09-01",
            "scan": True,
        },
    ),
    "prolong_contract": ("v_head", {"contract": "c_marta", "until": "2027-06-30", "scan": True}),
    "end_contract": ("v_head", {"contract": "c_marta", "day": "2026-11-01", "reason": "r"}),
    "enrol_learner": (
        "v_preparer",
        {"name": "N", "born": "2012-01-01", "institution": "vitolu", "class": 8, "guardian": "G"},
    ),
    "correct_learner": (
        "v_preparer",
        {"learner": "edgars", "name": "N", "born": "2012-01-01", "reason": "r"},
    ),
    "correct_mentor": ("keeper", {"mentor": "marta", "name": "N", "born": "1990-01-01", "reason": "r"}),
    "draft_plan": ("v_preparer", {"learner": "free", **DRAFT}),
    "file_request": ("v_preparer", {"plan": "draft", "applicant": "guardian", "signed_on": "2026-09-01"}),
    "sign_agreement": (
        "v_preparer",
        {
            "plan": "draft",
            "mentor": "marta",
            "learner_signed_on": "2026-09-01",
            "mentor_signed_on": "2026-09-01",
            **TEXTS,
        },
    ),
    "attach_mentor": ("v_preparer", {"plan": "draft", "mentor": "marta"}),
    "return_plan": ("expert", {"plan": "sent", "reason": "r"}),
    "suspend_plan": ("v_preparer", {"plan": "iap", "reason": "r"}),
    "amend_plan": (
        "v_preparer",
        {"plan": "draft", **DRAFT, "starts_on": "2026-10-01", "ends_on": "2026-12-01"},
    ),
    "extend_plan": ("v_preparer", {"plan": "iap", "order_until": "2026-12-23", "order_scan": True}),
    "record_meeting": (
        "marta",
        {"plan": "iap", "day": "2026-10-07", "start": "15:00", "hours": 1, "topic": "t", "outcome": "held"},
    ),
    "submit_month": ("marta", {"plan": "iap", "month": "2026-09", "no_double_funding": True}),
    "correct_month": ("v_responsible", {"plan": "iap", "month": "2026-09", "hours": 1, "reason": "r"}),
    "verify_month": ("v_responsible", {"plan": "iap", "month": "2026-09"}),
    "review_cooperation": ("marta", {"plan": "iap", "text": "t", "recommendation": "close"}),
    "log_talk": ("v_responsible", {"plan": "iap", "day": "2026-10-01"}),
    "publish_rate": ("keeper", {"amount": "12.00", "from": "2027-01-01"}),
    "prepare_run": ("v_clerk", {"employer": "vitolu", "month": "2026-09"}),
    "evaluate": ("marta", {"plan": "iap", "closed": [1, 2, 3], "open": ["a", "b"], "continue": "yes"}),
    "close_plan": ("v_preparer", {"plan": "iap", "outcome": "continued", "reason": "r"}),
    "renew_plan": ("v_preparer", {"plan": "iap", "semester": "2026/27-2"}),
    "plan_session": (
        "leader",
        {
            "group": "II",
            "municipality": "upes",
            "day": "2026-11-01",
            "start": "10:00",
            "minutes": 180,
            "place": "p",
            "mode": "in_person",
        },
    ),
    "write_note": ("marta", {"plan": "iap", "text": "t"}),
    "raise_report": ("marta", {"plan": "iap", "grounds": "danger", "text": "t", "services": ["police"]}),
    "hold": ("keeper", {"thing": "iap", "reason": "r"}),
    "dispose": ("keeper", {"before": "2026-01-01", "agreed_by": "keeper2"}),
    "override_semester": (
        "t_head",
        {
            "institution": "trade",
            "semester": "2026/27-1",
            "starts_on": "2026-09-01",
            "ends_on": "2026-12-23",
            "order_scan": True,
        },
    ),
    "end_post": (
        "keeper",
        {"person": "v_head", "day": "2026-10-07", "role": "head", "institution": "vitolu"},
    ),
    "give_post": (
        "keeper",
        {
            "person": "v_preparer",
            "role": "safeguarding_officer",
            "institution": "vitolu",
            "since": "2026-10-07",
            "agreed_by": "keeper2",
        },
    ),
}
NAMED = {"plan", "contract", "meeting", "thing"}
"""Without these there is no page to act on: the story names nothing."""
BAD = (None, "", "?", -1, 10**9, [], {}, True, ["?"], [None], "2026-99-99", "٣", "½", "x" * 5000)


@pytest.fixture
def known(db: None) -> Cast:
    load_calendar()
    cast = files.load(HERE / "cast.yaml")
    over = {
        "learners": {name: {"like": "edgars", "name": name} for name in ("free", "second", "third")},
        "plans": {
            "draft": {"like": "iap", "learner": "second", "state": "draft", "mentor": None},
            "sent": {"like": "iap", "learner": "third", "state": "submitted"},
        },
    }
    with clock.at(datetime(2026, 10, 7, 17, 0)):
        return Cast(build(world_of(cast, over), clock.now()).things)


def answered(known: Cast, do: str, by: str, arguments: dict[str, Any]) -> Any:
    moment = datetime(2026, 10, 7, 18, 0)
    with clock.at(moment):
        return take(known, Step(1, moment, by, do, arguments, {}, None))


@pytest.mark.parametrize("do", WHOLE)
def test_each_argument_may_be_missing_or_nonsense(known: Cast, do: str) -> None:
    by, whole = WHOLE[do]
    for name in whole:
        if name in NAMED:
            continue
        assert name in ACTS[do]
        for bad in BAD:
            if name in {"mentor", "learner"} and isinstance(bad, str) and bad:
                continue  # a name of nobody is a mistake in the story
            answer = answered(known, do, by, whole | {name: bad})
            assert answer.kind in {"ok", "refused", "not_allowed", "wrong_state"}, (name, bad, answer)
            if bad is None and name not in {
                *(("agreed_by",) if do == "give_post" else ()),  # nobody gives such a post alone: no refusal
                "outcome",
                "guardian",
                "reason",
                "scan",
                "services",
                "paper_hours",
            }:
                assert answer.kind != "not_allowed", (name, answer)
