"""The pages of keeping: holds, the year, the record, requests to erase; numbers and days, no learner's name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.files.storage import open_file
from celabiedrs.people.models import User
from celabiedrs.plans.models import Learner, PlanSketch, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import FirstTalk, Mentor, TrainingCertificate
from celabiedrs.retention.actions import enter_request, propose_disposal
from celabiedrs.retention.models import ErasureRequest, Hold, RequestState
from celabiedrs.retention.reading import classes
from celabiedrs.retention.reading.year import ends_in
from celabiedrs.retention.waiting import waits
from tests.cast import at, riga, signed_in
from tests.cast.programme import Cast

NOW = "2026-11-28 10:00"
NAME = "Bērziņš"


@pytest.fixture(autouse=True)
def a_morning() -> Iterator[None]:
    with at(NOW):
        yield


def read(person: User, name: str, *args: object, **query: str) -> str:
    answer = signed_in(person).get(reverse(f"retention:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["keeping", "record", "year", "holds", "disposals", "prepare", "requests"])
def test_an_administrator_sees_numbers_and_no_learners_name(cast: Cast, name: str) -> None:
    assert NAME not in read(cast.admin, name)


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_record_of_processing_says_every_class(cast: Cast, language: str) -> None:
    client = signed_in(cast.admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    text = client.get(reverse("retention:record")).content.decode()
    assert text.count("<tr>") == len(classes.RECORDS) + 1
    assert ("31.12.2034." if language == "lv" else "31\N{NO-BREAK SPACE}Dec\N{NO-BREAK SPACE}2034") in text


@pytest.mark.parametrize("kind", ["plan", "learner", "mentor", "timesheet", "institution"])
def test_a_thing_is_found_by_its_number_put_on_hold_and_released(cast: Cast, kind: str) -> None:
    TrainingCertificate.objects.create(mentor=cast.ilze, number="AM-77", issued_on=date(2026, 1, 9), hours=36)
    sheet = cast.month(cast.plan, date(2026, 10, 1))
    number = {
        "plan": cast.plan.number,
        "learner": cast.plan.number,
        "mentor": "am-77",
        "timesheet": sheet.code,
    }
    query = {"kind": kind, "number": number.get(kind, ""), "institution": str(cast.school.pk)}
    url = f"{reverse('retention:hold_new')}?" + "&".join(f"{key}={value}" for key, value in query.items())
    client = signed_in(cast.admin)
    shown = client.get(url).content.decode()
    assert "31.12.2034." in shown and NAME not in shown
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Tiesvedība"}).status_code == 302
    assert client.post(url, {"reason": "Tiesvedība"}).status_code == 409
    held = Hold.objects.get()
    listed = read(cast.admin, "holds")
    assert "Tiesvedība" in listed and NAME not in listed
    release = reverse("retention:release", args=[held.public_id])
    assert signed_in(cast.admin2).post(release, {"reason": ""}).status_code == 422
    assert signed_in(cast.admin2).post(release, {"reason": "Lieta beigusies"}).status_code == 302
    assert "Lieta beigusies" in read(cast.admin, "holds")
    assert client.get(release).status_code == 404


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    assert "ARC-1" not in read(cast.admin, "hold_new", kind="plan", number="IAP-0")
    assert (
        signed_in(cast.admin).post(f"{reverse('retention:hold_new')}?kind=plan&number=0").status_code == 200
    )
    assert not Hold.objects.exists()


def test_the_dry_run_says_whom_to_ask_about_an_open_plan_and_what_holds_another(cast: Cast) -> None:
    cast.end(cast.plan, "2026-11-20 12:00")
    other = cast.planned(cast.learner("B"), cast.andris, cast.contracted(cast.andris, cast.school))
    Hold.objects.create(
        kind="SupportPlan", thing_id=cast.plan.pk, reason="Tiesa", held_by=cast.admin, held_at=riga(NOW)
    )
    held = read(cast.admin, "prepare", before="2035-01-01", part="held")
    assert cast.plan.number in held and other.number not in held
    still_open = read(cast.admin, "prepare", before="2035-01-01", part="open")
    assert other.number in still_open and "Priežu pamatskola" in still_open
    assert reverse("programme:institution", args=[cast.school.public_id]) in still_open


def test_the_year_counts_by_class_month_and_school_and_never_a_note(cast: Cast) -> None:
    draft = cast.planned(
        cast.learner("B"), cast.andris, cast.contract, state=PlanState.DRAFT, approved_at=None
    )
    found = {
        (each.keeping.name, each.month.isoformat()[:7], each.school): each.count
        for each in ends_in(2027, date(2026, 11, 28))
    }
    assert found["draft", "2027-06", draft.institution.name] == 1
    assert not [key for key in found if key[0] == "notes"]
    last = [each for each in ends_in(2034, date(2026, 11, 28)) if each.keeping is classes.EVIDENCE]
    assert [(each.month, each.count) for each in last] == [(date(2034, 12, 1), 1)]
    assert "Priežu pamatskola" in read(cast.admin, "year", gads="2034")


def asked(cast: Cast, by: User | None = None, about: Any = None) -> ErasureRequest:
    return enter_request(by=by or cast.admin, about=about or cast.janis, asked_on="2026-11-27").thing


def answered(person: User, request: ErasureRequest) -> ErasureRequest:
    answer = signed_in(person).post(reverse("retention:request", args=[request.public_id]))
    assert answer.status_code == 302
    request.refresh_from_db()
    return request


def letter_of(request: ErasureRequest) -> str:
    issued = IssuedDocument.objects.get(kind="erasure_answer", subject_id=request.pk)
    with open_file(issued.stored_file) as file, pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "lv"
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1" and told["pdfaid:part"] == "2"
            return str(told.get("dc:title"))


def test_evidence_is_kept_and_the_answer_names_the_ground_and_the_day(cast: Cast) -> None:
    client = signed_in(cast.admin)
    entered = client.post(
        reverse("retention:request_new"),
        {"kind": "learner", "number": cast.plan.number, "asked_on": "27.11.2026."},
    )
    request = ErasureRequest.objects.get()
    assert entered["Location"] == reverse("retention:request", args=[request.public_id])
    page = read(cast.admin, "request", request.public_id)
    assert "ARC-1" in page and "31.12.2034." in page and NAME not in page
    answered(cast.admin, request)
    assert {part["what"]: part["until"] for part in request.kept} == {
        "plans": "2034-12-31", "learner": "2034-12-31",
    }  # fmt: skip
    assert request.erased == [] and SupportPlan.objects.filter(pk=cast.plan.pk).exists()
    assert request.number in letter_of(request)
    assert client.post(reverse("retention:request", args=[request.public_id])).status_code == 409
    assert NAME not in read(cast.admin, "requests") and NAME not in str(request.__dict__)


def test_what_is_no_evidence_is_erased_at_once(cast: Cast) -> None:
    learner = cast.learner("Bez lēmuma")
    plan = cast.planned(learner, cast.andris, cast.contract, state=PlanState.DRAFT, approved_at=None)
    PlanSketch.objects.create(learner=learner, saved_by=cast.preparer, saved_at=riga(NOW))
    request = answered(cast.admin, asked(cast, about=learner))
    assert {part["what"] for part in request.erased} == {"drafts", "sketches", "learner"}
    assert request.kept == []
    assert not SupportPlan.objects.filter(pk=plan.pk).exists()
    assert not Learner.objects.filter(pk=learner.pk).exists()
    assert SupportPlan.objects.filter(pk=cast.plan.pk).exists()


def test_what_is_on_hold_is_not_erased_on_request(cast: Cast) -> None:
    learner = cast.learner("Aizturēts")
    Hold.objects.create(
        kind="Learner", thing_id=learner.pk, reason="Tiesa", held_by=cast.admin, held_at=riga(NOW)
    )
    request = answered(cast.admin, asked(cast, about=learner))
    assert [(part["what"], part["held"]) for part in request.kept] == [("learner", True)]
    assert Learner.objects.filter(pk=learner.pk).exists()


def test_a_candidate_is_erased_and_a_trained_mentor_answered(cast: Cast) -> None:
    TrainingCertificate.objects.create(mentor=cast.ilze, number="AM-77", issued_on=date(2026, 1, 9), hours=36)
    FirstTalk.objects.create(
        mentor=cast.ilze, institution=cast.school, held_on=date(2026, 10, 1), outcome="declined",
        logged_at=riga(NOW),
    )  # fmt: skip
    trained = answered(cast.admin, asked(cast, about=cast.ilze))
    assert [part["what"] for part in trained.kept] == ["mentor"]
    assert [part["what"] for part in trained.erased] == ["talks"]
    assert not FirstTalk.objects.exists()
    candidate = answered(cast.admin, asked(cast, about=cast.andris))
    assert [part["what"] for part in candidate.erased] == ["candidate"]
    assert list(Mentor.objects.all()) == [cast.ilze]


def test_a_school_enters_and_answers_for_its_own_learners_alone(cast: Cast) -> None:
    client = signed_in(cast.preparer)
    entered = client.post(
        reverse("retention:request_new"), {"learner": cast.janis.pk, "asked_on": "27.11.2026."}
    )
    assert entered.status_code == 302
    request = ErasureRequest.objects.get()
    url = reverse("retention:request", args=[request.public_id])
    assert signed_in(cast.head).get(url).status_code == 200
    assert signed_in(cast.far_preparer).get(url).status_code == 404
    assert signed_in(cast.far_preparer).post(url).status_code == 404
    foreign = signed_in(cast.far_preparer).post(
        reverse("retention:request_new"), {"learner": cast.janis.pk, "asked_on": "27.11.2026."}
    )
    assert foreign.status_code == 422
    with pytest.raises(NotAllowed):
        asked(cast, by=cast.far_preparer)
    with pytest.raises(NotAllowed):
        asked(cast, by=cast.preparer, about=cast.ilze)
    answered(cast.responsible, request)
    assert request.state == RequestState.ANSWERED
    file = client.get(reverse("retention:answer_file", args=[request.public_id]))
    assert b"".join(file).startswith(b"%PDF")  # type: ignore[arg-type]


def test_a_request_says_its_day_and_whose(cast: Cast) -> None:
    client = signed_in(cast.admin)
    for values in ({"number": "0", "asked_on": "27.11.2026."}, {"number": cast.plan.number, "asked_on": ""},
                   {"number": cast.plan.number, "asked_on": "2027-01-01"}):  # fmt: skip
        answer = client.post(reverse("retention:request_new"), {"kind": "learner"} | values)
        assert answer.status_code == 422 and "ARC-1" in answer.content.decode()
    assert not ErasureRequest.objects.exists()


def test_a_request_waits_for_the_school_and_the_programme_and_presses_after_three_weeks(cast: Cast) -> None:
    asked(cast)
    assert [row.tone for row in waits(cast.head)] == [row.tone for row in waits(cast.admin)] == ["amber"]
    assert not list(waits(cast.far_preparer)) and not list(waits(cast.expert))
    with at("2026-12-20 10:00"):
        assert [row.tone for row in waits(cast.head)] == ["red"]


def test_from_the_day_after_the_last_on_what_is_due_waits_until_somebody_proposes_it(cast: Cast) -> None:
    cast.end(cast.plan, "2026-11-20 12:00")
    with at("2034-12-31 10:00"):
        assert not list(waits(cast.admin))
    with at("2035-01-01 10:00"):
        assert [row.url for row in waits(cast.admin2)] == [reverse("retention:prepare")]
        proposal = propose_disposal(by=cast.admin, before="2035-01-01").thing
        there = reverse("retention:proposal", args=[proposal.public_id])
        assert [row.url for row in waits(cast.admin2)] == [there]
