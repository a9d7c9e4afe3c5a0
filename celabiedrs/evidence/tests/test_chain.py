"""What is missing of a month, whose turn it is, and the way from the run to the signatures by links alone."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from celabiedrs.evidence.reading.chain import Chain, chains
from celabiedrs.hours.models import Meeting, SheetState
from celabiedrs.plans.models import AuditSample, SupportPlan
from celabiedrs.registry.models import SuitabilityCheck, TrainingCertificate
from tests.cast import at, fresh, signed_in
from tests.cast.programme import Cast

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def plan(cast: Cast) -> SupportPlan:
    return cast.planned(cast.learner("Jānis Noslēpums"), cast.ilze, cast.contracted(cast.ilze, cast.school))


def missing(plan: SupportPlan, moment: str = "2026-12-01 10:00") -> dict[str, tuple[str, date | None]]:
    with at(moment):
        found: Chain = chains([plan], OCTOBER)[0]
    return {step.standing.name: (step.standing.turn, step.standing.since) for step in found.missing}


def test_each_gap_has_its_turn_and_day(cast: Cast, plan: SupportPlan) -> None:
    papers = {
        "certificate": ("programme", date(2026, 9, 1)),
        "checks": ("employer", date(2026, 8, 25)),
        "agreement": ("preparer", date(2026, 9, 1)),
    }
    assert missing(plan, "2026-10-15 10:00") == papers
    ends = ("mentor", date(2026, 10, 31))
    assert missing(plan) == papers | {"meetings": ends, "submitted": ends}
    sheet = cast.month(plan, OCTOBER, SheetState.SUBMITTED)
    assert missing(plan) == papers | {"verified": ("school", date(2026, 11, 10))}
    Meeting.objects.filter(timesheet=sheet).update(learner_means="")
    assert missing(plan)["signatures"] == ("mentor", date(2026, 10, 10))


def test_what_is_there_is_not_missing(cast: Cast, plan: SupportPlan) -> None:
    cast.month(plan, OCTOBER)
    TrainingCertificate.objects.create(mentor=cast.ilze, number="A-1", issued_on=date(2026, 1, 10), hours=36)
    for ground in ("education_law_50", "child_protection_72_5"):
        SuitabilityCheck.objects.create(
            mentor=cast.ilze, employer=cast.school, ground=ground, checked_on=date(2026, 8, 20),
            outcome="clear", recorded_at=cast.now or plan.drafted_at,
        )  # fmt: skip
    plan.agreements.update(scan=cast.scan())
    assert missing(plan) == {"paid": ("employer", date(2026, 11, 10))}


def test_forty_plans_ask_as_often_as_one(cast: Cast, plan: SupportPlan) -> None:
    counted = []
    for wanted in (2, 40):
        while SupportPlan.objects.count() < wanted:
            made = cast.planned(
                cast.learner(f"Bērns {SupportPlan.objects.count()}"), cast.ilze, plan.contract
            )
            assert made
        plans = list(SupportPlan.objects.order_by("pk"))
        with (
            at("2026-12-01 10:00"),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            assert len(chains(plans, OCTOBER)) == wanted
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 12


@pytest.mark.get_may_write("audit_look")
def test_the_auditor_walks_by_links_from_the_chain_to_the_signatures(cast: Cast, plan: SupportPlan) -> None:
    cast.month(plan, OCTOBER)
    with at("2026-12-01 10:00"):
        client = signed_in(fresh(cast.auditor))
        url = f"/revizija/kede/{plan.public_id}/2026-10/"
        assert client.get(url).status_code == 404
        AuditSample.objects.create(post=cast.auditor.posts.get(), plan=plan)
        page = client.get(url).content.decode()
        for address in set(re.findall(r'href="(/(?:stundas/lapa|revizija|ligumi|plani)/[^"]+)"', page)):
            answer = client.get(address)
            assert answer.status_code == 200, address
            if answer.streaming:
                b"".join(answer)
        assert "/revizija/papirs/" in page and "/stundas/lapa/" in page and "pakete.pdf" in page
        assert "Jānis Noslēpums" in page


@pytest.mark.get_may_write("audit_look")
def test_others_see_states_and_no_names(cast: Cast, plan: SupportPlan) -> None:
    cast.month(plan, OCTOBER)
    with at("2026-12-01 10:00"):
        page = signed_in(fresh(cast.admin)).get(f"/revizija/kede/{plan.public_id}/2026-10/").content.decode()
        assert plan.number in page and "Jānis" not in page and "Pastaiga" not in page
        listed = signed_in(fresh(cast.responsible)).get("/revizija/pilniba/?month=2026-10").content.decode()
        assert plan.number in listed
