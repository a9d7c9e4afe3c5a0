"""With a plan goes where its papers lay; a contract's place goes with the contract (ARC-1)."""

from datetime import date

from celabiedrs.closing.actions import place_original
from celabiedrs.closing.reading.originals import papers_of
from celabiedrs.contracts.models import Contract
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.documents.models import Original
from celabiedrs.retention.actions.erasure import erase_plans
from tests.cast import at
from tests.cast.programme import Cast

DAY = date(2035, 1, 1)


def placed(cast: Cast) -> None:
    with at("2027-01-05 09:00"):
        papers = [paper for paper in papers_of([cast.plan]) if paper.placeable]
        place_original(by=cast.preparer, papers=papers, place="12. mape")
    cast.end(cast.plan, "2027-01-06 12:00")


def test_the_places_go_with_the_plan_and_its_contract(cast: Cast) -> None:
    placed(cast)
    assert Original.objects.count() == 3
    erase_plans([cast.plan.pk], before=DAY)
    assert not Original.objects.exists() and not Contract.objects.exists()
    assert not Event.objects.filter(kind="Original").exists()


def test_the_place_of_a_contract_that_serves_another_plan_stays(cast: Cast) -> None:
    cast.planned(cast.learner("Pēteris"), cast.ilze, cast.contract)
    placed(cast)
    erase_plans([cast.plan.pk], before=DAY)
    assert [row.subject_kind for row in Original.objects.order_by("pk")] == ["Contract"]
