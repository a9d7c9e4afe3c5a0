"""The timesheet on the screen, as PDF and behind its code: each reader gets what the scope allows."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from celabiedrs.hours import actions
from celabiedrs.hours.jobs import issue_verified
from celabiedrs.hours.models import CooperationReview, Meeting, SheetState, Timesheet
from celabiedrs.hours.tests.test_school_close import at_desk, put_september, text_of
from celabiedrs.lib import clock
from celabiedrs.lib.documents.models import FailedDocument, IssuedDocument
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import AuditSample
from tests.cast.meetings import Cast, put_meeting, put_person, put_school


@pytest.fixture
def october(cast: Cast) -> Iterator[Cast]:
    with clock.at(datetime(2026, 10, 2, 9, 0, tzinfo=clock.RIGA)):
        yield cast


@pytest.fixture
def sheet(october: Cast) -> Timesheet:
    """Jānis's September, verified by Anna."""
    found = put_september(october.janis)
    actions.verify_month(by=october.responsible, plan=october.janis, month="2026-09")
    found.refresh_from_db()
    return found


def holder(cast: Cast, role: str) -> User:
    user = put_person(f"Persona {role}")
    place = cast.school
    places: dict[str, dict[str, Any]] = {
        Role.MUNICIPALITY_COORDINATOR: {"municipality": place.municipality},
        Role.PROJECT_EXPERT: {"region": place.municipality.region},
        Role.AUDITOR: {},
    }
    where = places.get(role, {"institution": place})
    Post.objects.create(person=user, role=role, since=date(2026, 8, 1), **where)
    return user


def readers(cast: Cast) -> list[User]:
    """Those who read whole rows of a submitted month."""
    auditor = holder(cast, Role.AUDITOR)
    AuditSample.objects.create(post=auditor.posts.get(), plan=cast.janis)
    return [cast.user, cast.responsible, holder(cast, Role.PROJECT_EXPERT), auditor]


def url(name: str, sheet: Timesheet) -> str:
    return reverse(f"hours:{name}", args=[sheet.public_id])


def streamed(answer: Any) -> bytes:
    """The bytes of a stored file; reading them to the end closes it."""
    return b"".join(answer.streaming_content)


def pdf_text(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_who_may_read_the_rows_sees_the_sheet_as_on_paper_and_its_pdf(
    october: Cast, sheet: Timesheet
) -> None:
    for user in readers(october):
        client = at_desk(user)
        page = text_of(client.get(url("sheet", sheet)))
        for said in ("Jānis Paraugs", "Ilze Ozola", "15.09.2026.", "Pastaiga", sheet.code, "Anna Kalniņa"):
            assert said in page, (user, said)
        answer = client.get(url("sheet_pdf", sheet))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_pay_clerk_sees_hours_by_day_without_learner_and_topic(october: Cast, sheet: Timesheet) -> None:
    clerk = at_desk(holder(october, Role.PAY_CLERK))
    page = text_of(clerk.get(url("sheet", sheet)))
    for said in ("Ilze Ozola", october.janis.number, "15.09.2026.", "2 st."):
        assert said in page, said
    for hidden in ("Jānis", "Pastaiga"):
        assert hidden not in page
    assert clerk.get(url("sheet_pdf", sheet)).status_code == 404


def test_the_coordinator_sees_state_and_sum_and_nobodys_name(october: Cast, sheet: Timesheet) -> None:
    coordinator = at_desk(holder(october, Role.MUNICIPALITY_COORDINATOR))
    page = text_of(coordinator.get(url("sheet", sheet)))
    assert october.janis.number in page
    assert "2 st." in page
    for hidden in ("Jānis", "Ilze", "Pastaiga", "15.09.2026."):
        assert hidden not in page
    assert coordinator.get(url("sheet_pdf", sheet)).status_code == 404


def test_a_stranger_learns_nothing_not_even_from_the_code(october: Cast, sheet: Timesheet) -> None:
    stranger = put_person("Zane Svešā")
    Post.objects.create(
        person=stranger, role=Role.HEAD, institution=put_school("Cita"), since=date(2026, 8, 1)
    )
    client = at_desk(stranger)
    for name in ("sheet", "sheet_pdf", "scan", "pair"):
        assert client.get(url(name, sheet)).status_code == 404, name
    assert client.get(reverse("hours:code", args=[sheet.code])).status_code == 404
    assert client.get(reverse("hours:code", args=["SK-0000-0000"])).status_code == 404
    assert Client().get(reverse("hours:code", args=[sheet.code])).status_code == 302


def test_the_printed_code_leads_to_the_sheet(october: Cast, sheet: Timesheet) -> None:
    answer = at_desk(october.responsible).get(reverse("hours:code", args=[sheet.code.lower()]))
    assert answer["Location"] == url("sheet", sheet)


def test_of_a_draft_only_its_mentor_sees_rows(october: Cast) -> None:
    """LOG-11. Neither sum nor day to the school and the coordinator."""
    draft = put_september(october.janis, submit=False)
    assert "Pastaiga" in text_of(at_desk(october.user).get(url("sheet", draft)))
    for user in (october.responsible, holder(october, Role.MUNICIPALITY_COORDINATOR)):
        page = text_of(at_desk(user).get(url("sheet", draft)))
        assert "vēl nav iesniegts" in page
        for hidden in ("Pastaiga", "2 st.", "15.09.2026."):
            assert hidden not in page
        assert at_desk(user).get(url("sheet_pdf", draft)).status_code == 404
    assert at_desk(holder(october, Role.PAY_CLERK)).get(url("sheet", draft)).status_code == 404


def test_a_drawn_signature_is_a_picture_for_who_reads_the_row(october: Cast) -> None:
    out = BytesIO()
    Image.new("RGBA", (60, 20), "navy").save(out, "PNG")
    row = put_meeting(october.janis, date(2026, 9, 15), signed=False)
    actions.sign_meeting(by=october.user, meeting=row, party="both", means="device", drawing=out.getvalue())
    address = reverse("hours:signature", args=[row.public_id, "learner"])
    mentor, school = at_desk(october.user), at_desk(october.responsible)
    assert mentor.get(address).content == out.getvalue()
    assert school.get(address).status_code == 404
    actions.submit_month(by=october.user, plan=october.janis, month="2026-09", no_double_funding=True)
    answer = school.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert address in school.get(url("sheet", Timesheet.objects.get())).content.decode()
    assert at_desk(holder(october, Role.PAY_CLERK)).get(address).status_code == 404
    assert mentor.get(reverse("hours:signature", args=[row.public_id, "nobody"])).status_code == 404


def test_a_verified_month_is_issued_once_and_handed_out_byte_by_byte(october: Cast, sheet: Timesheet) -> None:
    mentor = at_desk(october.user)
    before = mentor.get(url("sheet_pdf", sheet)).content
    assert (issue_verified(), issue_verified()) == (1, 0)
    issued = streamed(mentor.get(url("sheet_pdf", sheet)))
    assert issued == before
    october.janis.learner.name = "Jānis Pārdēvētais"
    october.janis.learner.save(update_fields=["name"])
    again = streamed(mentor.get(url("sheet_pdf", sheet)))
    assert again == before


def test_a_month_whose_pdf_cannot_be_made_is_tried_again(
    october: Cast, sheet: Timesheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I6"""

    def broken(*_: Any, **__: Any) -> bytes:
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr("celabiedrs.hours.jobs.timesheet_pdf", broken)
        assert issue_verified() == 0
    assert FailedDocument.objects.get().subject_id == sheet.pk
    assert issue_verified() == 0
    with clock.at(datetime(2026, 10, 2, 9, 6, tzinfo=clock.RIGA)):
        assert issue_verified() == 1
    assert not FailedDocument.objects.exists()


def test_verified_anew_after_reopening_it_is_issued_anew_and_the_first_one_kept(
    october: Cast, sheet: Timesheet
) -> None:
    issue_verified()
    actions.reopen_month(
        by=october.responsible, plan=october.janis, month="2026-09", reason="Nepareiza tēma."
    )
    actions.change_meeting(by=october.user, meeting=Meeting.objects.get(), topic="Muzejs", reason="Tēma.")
    with clock.at(datetime(2026, 10, 3, 9, 0, tzinfo=clock.RIGA)):
        actions.submit_month(by=october.user, plan=october.janis, month="2026-09", no_double_funding=True)
        actions.verify_month(by=october.responsible, plan=october.janis, month="2026-09")
        assert issue_verified() == 1
        answer = at_desk(october.user).get(url("sheet_pdf", sheet))
    assert "Muzejs" in pdf_text(streamed(answer))
    assert list(IssuedDocument.objects.order_by("pk").values_list("superseded", flat=True)) == [True, False]


def test_the_pdf_can_leave_the_starts_out_and_add_rows_for_the_pen(october: Cast, sheet: Timesheet) -> None:
    mentor = at_desk(october.user)
    assert "15:00" in pdf_text(mentor.get(url("sheet_pdf", sheet)).content)
    assert "15:00" not in pdf_text(mentor.get(url("sheet_pdf", sheet) + "?start=0").content)
    assert mentor.get(url("sheet_pdf", sheet) + "?blank=10").status_code == 200


def test_the_empty_form_is_printed_by_its_mentor_before_the_month(october: Cast) -> None:
    def printed(month: str) -> str:
        answer = at_desk(october.user).get(
            reverse("hours:empty_sheet", args=[october.janis.public_id, month])
        )
        return pdf_text(answer.content)

    assert "2026. gada novembris" in printed("2026-11")
    assert "SK-" not in printed("2026-11")
    assert "izvērtējums" in printed("2026-12")
    begun = put_september(october.janis, submit=False)
    assert begun.code in printed("2026-09")
    address = reverse("hours:empty_sheet", args=[october.janis.public_id, "2026-13"])
    assert at_desk(october.user).get(address).status_code == 404
    other = reverse("hours:empty_sheet", args=[october.janis.public_id, "2026-11"])
    assert at_desk(october.responsible).get(other).status_code == 404


def test_the_last_sheet_carries_the_review_of_the_cooperation(october: Cast) -> None:
    """LOG-12: on the last timesheet of the plan, and on no other."""
    with clock.at(datetime(2026, 12, 20, 9, 0, tzinfo=clock.RIGA)):
        put_meeting(october.janis, date(2026, 9, 15))
        put_meeting(october.janis, date(2026, 12, 15))
        CooperationReview.objects.create(
            plan=october.janis,
            mentor=october.mentor,
            cooperation="Tikāmies katru nedēļu.",
            recommendation="continue",
            written_by=october.user,
            written_at=clock.now(),
        )
        first, last = Timesheet.objects.order_by("month")
        mentor = at_desk(october.user)
        assert "Tikāmies katru nedēļu." in text_of(mentor.get(url("sheet", last)))
        assert "Tikāmies katru nedēļu." in pdf_text(mentor.get(url("sheet_pdf", last)).content)
        assert "Tikāmies" not in text_of(mentor.get(url("sheet", first)))
    assert first.state == SheetState.OPEN


def test_the_office_prints_the_empty_sheets_of_its_pairs_in_one_file(october: Cast) -> None:
    address = reverse("hours:empty_sheets", args=["2026-10"])
    answer: Any = at_desk(october.responsible).get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert october.janis.learner.name in text and october.user.name in text
    assert at_desk(october.user).get(address).status_code == 403
    assert at_desk(october.responsible).get(reverse("hours:empty_sheets", args=["x"])).status_code == 404
