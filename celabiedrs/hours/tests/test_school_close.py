"""Anna closes the school's month: what is in order together, the rest one by one."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from celabiedrs.hours import actions
from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import SupportPlan
from tests.cast import signed_in
from tests.cast.meetings import Cast, put_meeting, put_mentor, put_person, put_plan, put_school

OCTOBER_2 = datetime(2026, 10, 2, 9, 0, tzinfo=clock.RIGA)


@pytest.fixture
def october(cast: Cast) -> Iterator[Cast]:
    """The second day of October: September is over and can be closed."""
    with clock.at(OCTOBER_2):
        yield cast


@pytest.fixture
def desk(october: Cast) -> Client:
    """Anna's desk, signed in."""
    return at_desk(october.responsible)


def at_desk(user: User) -> Client:
    return signed_in(User.objects.get(pk=user.pk))


def post_for(cast: Cast, role: str, name: str) -> User:
    user = put_person(name)
    Post.objects.create(person=user, role=role, institution=cast.school, since=date(2026, 8, 1))
    return user


def put_september(
    plan: SupportPlan,
    day: int = 15,
    *,
    hours: int = 2,
    paper: bool = False,
    submit: bool = True,
    signed: bool = True,
) -> Timesheet:
    """One meeting in September, signed on the device or in ink, and the month submitted."""
    by = User.objects.get(pk=plan.mentor.user_id)  # type: ignore[union-attr]
    row = put_meeting(plan, date(2026, 9, day), hours, signed=signed and not paper)
    if paper:
        actions.sign_meeting(by=by, meeting=row, party="both", means="paper")
    if submit:
        actions.submit_month(by=by, plan=plan, month="2026-09", no_double_funding=True)
    return Timesheet.objects.get(pk=row.timesheet_id)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def ticked(*sheets: Timesheet, **more: str) -> dict[str, Any]:
    return {
        "once": str(uuid.uuid4()),
        "tick": [str(sheet.public_id) for sheet in sheets],
        **{f"version-{sheet.public_id}": str(sheet.version) for sheet in sheets},
        **more,
    }


CLOSE = "/stundas/skola/?month=2026-09"


def state(sheet: Timesheet) -> str:
    return Timesheet.objects.get(pk=sheet.pk).state


def test_what_is_in_order_is_ticked_and_verified_together(desk: Client, october: Cast) -> None:
    jana = put_plan(october.school, put_mentor("Līga Liepa"), "Jana Otrā")
    sheets = [put_september(october.janis), put_september(jana)]
    page = desk.get(CLOSE)
    assert page.content.decode().count("checked") == 2
    answer = desk.post(CLOSE, ticked(*sheets), follow=True)
    assert "Apstiprināti 2 mēneši." in text_of(answer)
    assert [state(sheet) for sheet in sheets] == [SheetState.VERIFIED] * 2


def test_without_a_month_in_the_address_the_one_before_is_shown(desk: Client, october: Cast) -> None:
    put_september(october.janis)
    assert "2026. gada septembris" in text_of(desk.get(reverse("hours:close")))
    assert "2026. gada septembris" in text_of(desk.get(reverse("hours:close") + "?month=nekas"))


def test_a_row_without_both_signatures_keeps_its_month_out_of_the_bulk(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis, signed=False)
    page = desk.get(CLOSE).content.decode()
    assert "Tikšanās reizes bez abu parakstiem: 1" in page
    assert "disabled" in page
    answer = desk.post(CLOSE, ticked(sheet))
    assert answer.status_code == 422
    assert state(sheet) == SheetState.SUBMITTED


def test_those_that_fail_are_named_and_the_others_go_in(desk: Client, october: Cast) -> None:
    """LOG-10: the paper adds up to 5, the diary to 2."""
    good = put_september(october.janis)
    other = put_september(put_plan(october.school, put_mentor("Līga Liepa"), "Jana Otrā"), paper=True)
    answer = desk.post(CLOSE, ticked(good, **{f"paper-{other.public_id}": "5"}))
    assert answer.status_code == 200
    assert "1 mēnesis netika apstiprināts" in text_of(answer)
    assert "LOG-10" in text_of(answer)
    assert 'value="5"' in answer.content.decode()
    assert (state(good), state(other)) == (SheetState.VERIFIED, SheetState.SUBMITTED)


def test_the_sum_of_the_signed_sheet_is_typed_in_beside_the_diarys(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis, paper=True)
    assert "trūkst parakstītā grafika kopsummas" in text_of(desk.get(CLOSE))
    assert desk.post(CLOSE, ticked(sheet)).status_code == 422
    assert desk.post(CLOSE, ticked(**{f"paper-{sheet.public_id}": "2"})).status_code == 302
    assert Timesheet.objects.get(pk=sheet.pk).paper_hours == 2


def test_a_month_submitted_anew_meanwhile_is_not_verified_unseen(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    Timesheet.objects.filter(pk=sheet.pk).update(version=sheet.version + 2)
    answer = desk.post(CLOSE, ticked(sheet))
    assert "iesniegts no jauna" in text_of(answer)
    assert state(sheet) == SheetState.SUBMITTED


def test_sending_the_ticked_ones_twice_verifies_once(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    form = ticked(sheet)
    assert desk.post(CLOSE, form).status_code == desk.post(CLOSE, form).status_code == 302
    assert Event.objects.filter(verb="verified", thing_id=sheet.pk).count() == 1


def test_of_a_month_that_is_with_the_mentor_only_that_is_shown(desk: Client, october: Cast) -> None:
    """LOG-11: no day, no hours, no topic; a month that the mentor has begun looks like one that has nothing."""
    sheet = put_september(october.janis, submit=False)
    page = text_of(desk.get(CLOSE))
    assert "Vēl nav iesniegti" in page
    assert "Pastaiga" not in page
    assert "2 st." not in page
    assert str(sheet.public_id) not in page
    answer = desk.get(reverse("hours:pair", args=[sheet.public_id]), follow=True)
    assert "Pastaiga" not in text_of(answer)
    assert "2 st." not in text_of(answer)


def test_a_month_said_to_be_empty_waits_for_nobody(desk: Client, october: Cast) -> None:
    actions.declare_no_meetings(by=october.user, plan=october.janis, month="2026-09")
    assert "Mentora vārds: tikšanās nebija" in text_of(desk.get(CLOSE))


def test_who_is_the_mentor_does_not_verify_the_own_hours(october: Cast) -> None:
    """DUT-1: the mentor has become the school's responsible person."""
    Post.objects.create(
        person=october.user, role=Role.RESPONSIBLE_PERSON, institution=october.school, since=date(2026, 8, 1)
    )
    sheet = put_september(october.janis)
    desk = at_desk(october.user)
    assert "Neviens nepārbauda pats savas stundas" in text_of(desk.get(CLOSE))
    answer = desk.post(CLOSE, ticked(sheet))
    assert answer.status_code == 422
    assert "DUT-1" in text_of(answer)
    assert "Savas stundas neviens nepārbauda" in text_of(
        desk.get(reverse("hours:pair", args=[sheet.public_id]))
    )
    assert state(sheet) == SheetState.SUBMITTED


def test_the_head_reads_and_does_not_verify(october: Cast) -> None:
    sheet = put_september(october.janis)
    desk = at_desk(post_for(october, Role.HEAD, "Māra Direktore"))
    page = desk.get(CLOSE)
    assert "Jānis Paraugs" in text_of(page)
    assert 'name="tick"' not in page.content.decode()
    assert desk.post(CLOSE, ticked(sheet)).status_code == 403
    url = reverse("hours:pair", args=[sheet.public_id])
    assert desk.post(url, {"act": "verify", "verify-version": sheet.version}).status_code == 403
    assert state(sheet) == SheetState.SUBMITTED


def test_another_schools_month_is_not_there(october: Cast) -> None:
    sheet = put_september(october.janis)
    stranger = put_person("Zane Svešā")
    Post.objects.create(
        person=stranger,
        role=Role.RESPONSIBLE_PERSON,
        institution=put_school("Cita skola"),
        since=date(2026, 8, 1),
    )
    desk = at_desk(stranger)
    assert "Jānis" not in text_of(desk.get(CLOSE))
    assert desk.get(f"{CLOSE}&school={october.school.public_id}").status_code == 404
    assert desk.get(reverse("hours:pair", args=[sheet.public_id])).status_code == 404
    desk.post(CLOSE, ticked(sheet))
    assert state(sheet) == SheetState.SUBMITTED


def test_who_has_no_school_has_no_month_to_close(october: Cast) -> None:
    assert at_desk(october.user).get(CLOSE).status_code == 404


def test_with_posts_at_two_schools_each_has_its_month(desk: Client, october: Cast) -> None:
    other = put_school("Āgenskalna skola")
    Post.objects.create(
        person=october.responsible, role=Role.RESPONSIBLE_PERSON, institution=other, since=date(2026, 8, 1)
    )
    put_september(october.janis)
    assert "Jānis Paraugs" not in text_of(desk.get(f"{CLOSE}&school={other.public_id}"))
    assert "Jānis Paraugs" in text_of(desk.get(f"{CLOSE}&school={october.school.public_id}"))


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_pairs(
    desk: Client, october: Cast
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(CLOSE)
        return len(queries)

    put_september(october.janis)
    asked()
    before = asked()
    for number in range(4):
        put_september(
            put_plan(october.school, put_mentor(f"Mentors {number}"), f"Jaunietis {number}"), day=16 + number
        )
    assert asked() == before


# ---------------------------------------------------------------------- one pair


def pair_url(sheet: Timesheet) -> str:
    return reverse("hours:pair", args=[sheet.public_id])


def test_a_month_goes_back_with_a_reason_and_the_mentor_reads_it(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    form = {"act": "return", "return-version": sheet.version, "once": str(uuid.uuid4())}
    refused = desk.post(pair_url(sheet), form)
    assert refused.status_code == 422
    assert "DUT-1" in text_of(refused)
    more = {"return-common": ["signature"], "return-words": "15. septembrī.", "once": str(uuid.uuid4())}
    assert desk.post(pair_url(sheet), form | more).status_code == 302
    sheet = Timesheet.objects.get(pk=sheet.pk)
    assert (sheet.state, sheet.returned_reason) == (SheetState.RETURNED, "Trūkst paraksta. 15. septembrī.")
    assert "Trūkst paraksta." in text_of(desk.get(CLOSE))


def test_the_paper_that_differs_is_refused_on_the_pairs_page(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis, paper=True)
    form = {"act": "verify", "verify-version": sheet.version, "verify-paper_hours": "3"}
    answer = desk.post(pair_url(sheet), form)
    assert answer.status_code == 422
    assert "LOG-10" in text_of(answer)
    assert 'value="3"' in answer.content.decode()
    assert desk.post(pair_url(sheet), form | {"verify-paper_hours": "2"}).status_code == 302
    assert state(sheet) == SheetState.VERIFIED


def test_two_people_at_one_month_the_second_is_told(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    form = {"act": "verify", "verify-version": sheet.version - 1}
    answer = desk.post(pair_url(sheet), form)
    assert answer.status_code == 409
    assert pair_url(sheet) in answer.content.decode()
    assert state(sheet) == SheetState.SUBMITTED


def test_a_verified_month_is_opened_again_until_it_is_settled(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    actions.verify_month(by=october.responsible, plan=october.janis, month="2026-09")
    sheet.refresh_from_db()
    form = {"act": "reopen", "reopen-version": sheet.version, "reopen-reason": "Nepareiza diena."}
    Timesheet.objects.filter(pk=sheet.pk).update(settled_at=clock.now())
    assert desk.post(pair_url(sheet), form).status_code == 409
    Timesheet.objects.filter(pk=sheet.pk).update(settled_at=None)
    assert desk.post(pair_url(sheet), form).status_code == 302
    assert state(sheet) == SheetState.RETURNED


def test_a_paid_month_gets_a_supplement_beside_it(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    actions.verify_month(by=october.responsible, plan=october.janis, month="2026-09")
    Timesheet.objects.filter(pk=sheet.pk).update(settled_at=clock.now())
    form = {"act": "supplement", "supplement-reason": "Aizmirsta tikšanās 16.09."}
    assert desk.post(pair_url(sheet), form).status_code == 302
    assert Timesheet.objects.filter(plan=october.janis, supplement=1, state=SheetState.OPEN).exists()


def test_both_signatures_and_what_asks_for_a_look_stand_beside_each_row(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis, signed=False)
    row = Meeting.objects.get()
    page = text_of(desk.get(pair_url(sheet)))
    assert "Nav parakstījis neviens" in page
    assert page.count("trūkst") >= 2
    Meeting.objects.filter(pk=row.pk).update(late=True, changed_after_signing=True, disputed_at=clock.now())
    page = text_of(desk.get(pair_url(sheet)))
    for said in ("Jaunietis teica: nav pareizi", "Ierakstīts", "Mainīts pēc parakstīšanas"):
        assert said in page, said


def test_the_learners_hours_are_counted_over_all_mentors(desk: Client, october: Cast) -> None:
    """TG-5: nineteen of twenty by two mentors is near the limit for both."""
    sheet = put_september(october.janis)
    other = put_plan(october.school, put_mentor("Līga Liepa"), "Jana Otrā")
    SupportPlan.objects.filter(pk=other.pk).update(hours_per_month=20)
    second = put_september(other, 22, hours=17)
    Meeting.objects.filter(timesheet=second).update(learner=october.janis.learner)
    assert "Tuvu robežai: 19 no 20 stundām" in text_of(desk.get(pair_url(sheet)))


@pytest.mark.parametrize("who", ["mentor", "school"])
def test_the_signed_sheet_is_scanned_by_mentor_or_school_and_the_earlier_one_kept(
    desk: Client, october: Cast, who: str
) -> None:
    sheet = put_september(october.janis, paper=True)
    client = desk if who == "school" else at_desk(october.user)
    url = reverse("hours:scan", args=[sheet.public_id])
    for shade in ("white", "black"):
        answer = client.post(
            url, {"scan": SimpleUploadedFile("lapa.png", picture(shade)), "once": str(uuid.uuid4())}
        )
        assert answer.status_code == 302
    assert StoredFile.objects.filter(kind="paper_sheet").count() == 2
    first, second = Event.objects.filter(verb="scan_attached").order_by("pk")
    assert second.facts["before"] == first.facts["file"]
    answer = desk.get(url)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]


def picture(shade: str) -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (20, 20), shade).save(out, "PNG")
    return out.getvalue()


def test_a_scan_that_may_not_come_in_is_refused_with_words(desk: Client, october: Cast) -> None:
    sheet = put_september(october.janis)
    url = reverse("hours:scan", args=[sheet.public_id])
    answer = desk.post(url, {"scan": SimpleUploadedFile("lapa.exe", b"MZ nothing")})
    assert answer.status_code == 422
    assert not StoredFile.objects.filter(kind="paper_sheet").exists()
