"""The certificate of attendance: who may have it, what it says, that it is issued once (SUP-1)."""

import io
from typing import Any

import pikepdf
import pypdfium2
from django.test import Client
from django.urls import reverse

from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.people.models import Role
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.actions import hold_session
from celabiedrs.supervision.jobs import issue_attended
from celabiedrs.supervision.models import Member, SupervisionSession
from celabiedrs.supervision.tests.steps import confirmed, held
from tests.cast import at, signed_in
from tests.cast.programme import Cast

AFTER = "2026-10-21 09:00"


def fetched(client: Client, session: SupervisionSession, mentor: Mentor) -> Any:
    answer: Any = client.get(reverse("supervision:certificate", args=[session.public_id, mentor.public_id]))
    if answer.status_code != 200:
        return answer.status_code
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_it_says_who_when_where_how_long_and_which_group(cast: Cast) -> None:
    session = held(cast)
    with at(AFTER):
        text = text_of(fetched(signed_in(cast.ilze.user, language="en"), session, cast.ilze))
    number = Member.objects.get().certificate
    assert number and number.startswith("SA-")
    for said in ("Ilze Kalniņa", "20.10.2026.", "10:00", "Cēsis", "180 minūtes", "3 stundas pa 60 minūtēm",
                 "II grupa", cast.supervisor.name, number):  # fmt: skip
        assert said in text, said
    assert "Bērziņš" not in text


def test_it_meets_the_standards_for_keeping_and_for_everybody(cast: Cast) -> None:
    session = held(cast)
    with at(AFTER):
        pdf = pikepdf.open(io.BytesIO(fetched(signed_in(cast.ilze.user, language="en"), session, cast.ilze)))
    meta = pdf.open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
    assert pdf.Root.Lang == "lv"


def test_it_is_issued_once_and_the_same_bytes_before_and_after(cast: Cast) -> None:
    session = held(cast)
    with at(AFTER):
        client = signed_in(cast.ilze.user, language="en")
        before = fetched(client, session, cast.ilze)
        assert (issue_attended(), issue_attended()) == (1, 0)
        assert fetched(client, session, cast.ilze) == before
    assert IssuedDocument.objects.get().number == Member.objects.get().certificate


def test_it_is_for_the_mentor_and_for_who_nominated(cast: Cast) -> None:
    session = held(cast)
    head = cast.head
    with at(AFTER):
        assert isinstance(fetched(signed_in(cast.ilze.user, language="en"), session, cast.ilze), bytes)
        assert isinstance(fetched(signed_in(cast.responsible, language="en"), session, cast.ilze), bytes)
        for stranger in (cast.andris.user, cast.near_responsible, cast.far_responsible, head, cast.admin,
                         cast.supervisor, cast.person(Role.RESPONSIBLE_PERSON, institution=cast.centre)):  # fmt: skip
            assert fetched(signed_in(stranger, language="en"), session, cast.ilze) == 404


def test_who_was_not_there_has_none(cast: Cast) -> None:
    session = confirmed(cast)
    with at("2026-10-20 14:00"):
        hold_session(by=cast.supervisor, session=session, attended=[])
        assert fetched(signed_in(cast.ilze.user, language="en"), session, cast.ilze) == 404
        assert issue_attended() == 0
