"""What goes wrong with papers, days and contracts is said with its clause on the page where it was typed, with what to
do, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import correct_draft, draft_text, return_plan, submit_plan
from celabiedrs.plans.models import Agreement, Learner, SupportPlan
from celabiedrs.plans.reading.readiness import readiness, tasks
from tests.cast import signed_in
from tests.cast.preparing import RISKS, TEXTS, Cast

NO_SCANS = [
    ("skenets.pdf", b"MZ nothing of the kind"),
    ("skenets.docx", b"\xd0\xcf\x11\xe0 a word file"),
    ("skenets.pdf", b""),
    ("liels.pdf", b"%PDF-1.7 " + bytes(25 * 1024 * 1024)),
]


def fresh(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.get(pk=plan.pk)


@pytest.mark.parametrize(("name", "content"), NO_SCANS, ids=["program", "word", "empty", "25 MB"])
def test_a_scan_that_is_none_names_the_clause_that_asks_for_it(cast: Cast, name: str, content: bytes) -> None:
    plan, anna = cast.attached(cast.draft()), signed_in(cast.anna)
    draft_text(by=cast.anna, plan=plan, **TEXTS)
    kept, day = StoredFile.objects.count(), "07.09.2026."
    pages = [
        (f"/plani/{plan.public_id}/iesniegums/", "AGR-2", {"applicant": "guardian", "signed_on": day}),
        (
            f"/plani/{plan.public_id}/vienosanas/uz-papira/",
            "AGR-9",
            {"learner_signed_on": day, "mentor_signed_on": day, "original": "Mape 3"},
        ),
        (f"/ligumi/{cast.contract.public_id}/kopija/", "CON-8", {"originals": "Mape 4"}),
    ]
    for address, clause, typed in pages:
        answer = anna.post(address, typed | {"scan": SimpleUploadedFile(name, content)})
        words = answer.content.decode()
        assert answer.status_code == 422 and f"({clause})" in words
        assert all(value in words for value in typed.values())
    assert StoredFile.objects.count() == kept and not Agreement.objects.exists()


def test_without_a_class_the_learner_is_refused_by_its_clause_and_the_rest_stays(cast: Cast) -> None:
    form = {"name": "Zane Sava", "born": "14.05.2012.", "stage": "", "guardian": "Ilona Sava"}
    answer = signed_in(cast.anna).post("/plani/izglitojamie/jauns/", form)
    words = answer.content.decode()
    assert answer.status_code == 422 and "GEN-2" in words
    assert "Zane Sava" in words and "14.05.2012." in words and "Ilona Sava" in words
    assert not Learner.objects.exists()


def test_born_on_the_leap_day_is_of_age_on_the_first_of_march(cast: Cast) -> None:
    learner = cast.learner("Zane Sava", born=date(2011, 2, 28) + timedelta(days=366))
    assert learner.born_on == date(2012, 2, 29)
    words = signed_in(cast.anna).get(f"/plani/izglitojamie/{learner.public_id}/").content.decode()
    assert "29.02.2012." in words and "28.02.2030." not in words and "01.03.2030." in words


def test_without_a_contract_that_covers_the_plan_the_page_leads_to_one(cast: Cast) -> None:
    """CON-1"""
    plan, anna = cast.requested(cast.draft()), signed_in(cast.anna)
    cast.contracted(cast.andris, ended_on=plan.ends_on - timedelta(days=1), state="ended")
    address = f"/plani/{plan.public_id}/mentors/{cast.andris.public_id}/"
    words = anna.get(address).content.decode()
    assert "CON-1" in words and f"/ligumi/jauns/{cast.andris.public_id}/" in words
    refused = anna.post(address, {})
    assert refused.status_code == 422 and "CON-1" in refused.content.decode()
    assert fresh(plan).mentor is None
    assert (
        f"/ligumi/jauns/{cast.ilze.public_id}/"
        not in anna.get(f"/plani/{plan.public_id}/mentors/{cast.ilze.public_id}/").content.decode()
    )


def test_a_named_step_is_returned_until_something_in_it_differs(cast: Cast) -> None:
    plan = submit_plan(by=cast.anna, plan=cast.ready()).thing
    return_plan(by=cast.expert, plan=plan, reason="Kopš kura laika?", fields=["risks"])
    address, anna = f"/plani/{plan.public_id}/sagatavot/", signed_in(cast.anna)

    def state_of_risks() -> str:
        return next(row.state_key for row in tasks(readiness(fresh(plan), programme())) if row.key == "risks")

    assert state_of_risks() == "returned"
    words = anna.get(address).content.decode()
    assert "Tālāk: Riski" in words and "Viss ir kopā" not in words
    mended = [*RISKS[:1], {"kind": "early_leaving", "reason": "Kavē kopš septembra."}]
    correct_draft(by=cast.anna, plan=fresh(plan), risks=mended)
    assert state_of_risks() == "done"
    assert "Viss ir kopā" in anna.get(address).content.decode()


def test_a_contract_that_ends_before_the_plan_stops_it_when_it_is_sent(cast: Cast) -> None:
    """CON-1: it was ended after the mentor was attached."""
    plan, anna = cast.ready(), signed_in(cast.anna)
    Contract.objects.filter(pk=cast.contract.pk).update(
        ended_on=plan.ends_on - timedelta(days=1), state="ended"
    )
    answer = anna.post(f"/plani/{plan.public_id}/parbaudit/", {"declared": "on"})
    assert answer.status_code == 422 and "CON-1" in answer.content.decode()
    assert fresh(plan).state == "draft"
