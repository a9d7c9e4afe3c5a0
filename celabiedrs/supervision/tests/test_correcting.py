"""Attendance that was marked wrongly is put right, and a school takes a nomination back (SUP-1, SUP-3, SUP-6)."""

from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.documents.issuing import in_force
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.outbox.models import Message
from celabiedrs.supervision.actions import (
    compose_group,
    correct_attendance,
    withdraw_interest,
    withdraw_nomination,
)
from celabiedrs.supervision.jobs import issue_attended
from celabiedrs.supervision.models import (
    ATTENDANCE,
    AttendanceCorrection,
    Member,
    Nomination,
    SupervisionSession,
)
from celabiedrs.supervision.tests.steps import (
    FIRST,
    at_near_school,
    composed,
    confirmed,
    held,
    nominated,
    planned,
)
from tests.cast import at, signed_in
from tests.cast.programme import Cast

AFTER = "2026-10-21 09:00"


def put_right(cast: Cast, session: SupervisionSession, *there: Any, **changed: Any) -> None:
    values = {"by": cast.supervisor, "reason": "Sajaukti vārdi", "attended": list(there)} | changed
    with at(AFTER):
        correct_attendance(session=session, **values)


def test_whoever_was_not_there_after_all_loses_the_certificate_and_is_told(cast: Cast) -> None:
    session = held(cast)
    with at(AFTER):
        issue_attended()
    put_right(cast, session)
    member = Member.objects.get()
    assert (member.attended, member.certificate) == (False, None)
    assert in_force(kind=ATTENDANCE, subject_kind=ATTENDANCE, subject_id=member.pk) is None
    assert IssuedDocument.objects.get().superseded
    assert Message.objects.get(kind="attendance_corrected").to == cast.ilze.user
    certificate = reverse("supervision:certificate", args=[session.public_id, cast.ilze.public_id])
    with at(AFTER):
        assert issue_attended() == 0
        assert signed_in(cast.ilze.user, language="en").get(certificate).status_code == 404


def test_whoever_was_there_after_all_gets_one_issued_anew(cast: Cast) -> None:
    session = held(cast)
    with at(AFTER):
        issue_attended()
    before = Member.objects.get().certificate
    put_right(cast, session)
    put_right(cast, session, cast.ilze, reason="Bija gan")
    after = Member.objects.get().certificate
    assert after and after != before
    with at(AFTER):
        assert issue_attended() == 1
    numbers = {row.number: row.superseded for row in IssuedDocument.objects.order_by("pk")}
    assert numbers == {before: True, after: False}
    assert [row.reason for row in AttendanceCorrection.objects.order_by("pk")] == [
        "Sajaukti vārdi",
        "Bija gan",
    ]


def test_the_others_of_the_group_keep_their_number_and_are_not_told(cast: Cast) -> None:
    session = held(cast, cast.ilze, other_of(cast))
    kept = Member.objects.get(mentor=cast.ilze).certificate
    put_right(cast, session, cast.ilze)
    assert Member.objects.get(mentor=cast.ilze).certificate == kept
    assert [message.to for message in Message.objects.filter(kind="attendance_corrected")] == [
        cast.andris.user
    ]


def other_of(cast: Cast) -> Any:
    """Another mentor of their own school, with a learner of the same class."""
    cast.planned(cast.learner("Pēteris"), cast.andris, cast.contracted(cast.andris, cast.school))
    return cast.andris


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_correction_says_why(cast: Cast, reason: str) -> None:
    session = held(cast)
    with pytest.raises(Refused) as no:
        put_right(cast, session, reason=reason)
    assert no.value.clauses == ("SUP-1",)
    assert Member.objects.get().attended


def test_nothing_changed_and_somebody_from_outside_are_refused(cast: Cast) -> None:
    session = held(cast)
    for there, clause in (([cast.ilze], "SUP-1"), ([cast.ilze, cast.andris], "SUP-6")):
        with pytest.raises(Refused) as no:
            put_right(cast, session, *there)
        assert no.value.clauses == (clause,)
    assert not AttendanceCorrection.objects.exists()


def test_only_who_led_it_and_only_once_it_was_marked(cast: Cast) -> None:
    session = confirmed(cast)
    with pytest.raises(WrongState):
        put_right(cast, session)
    for person in (cast.other_supervisor, cast.responsible, cast.admin):
        with pytest.raises(NotAllowed):
            put_right(cast, session, by=person)


def test_the_page_begins_with_what_was_marked_and_the_reason_is_read_by_who_watches(cast: Cast) -> None:
    session = held(cast)
    url = reverse("supervision:correct", args=[session.public_id])
    there = reverse("supervision:session", args=[session.public_id])
    with at(AFTER):
        client = signed_in(cast.supervisor, language="en")
        assert url in client.get(there).content.decode()
        assert "checked" in client.get(url).content.decode()
        assert client.post(url, {"mentors": [str(cast.ilze.public_id)], "reason": "x"}).status_code == 422
        assert client.post(url, {"reason": "Sajaukti vārdi"})["Location"] == there
        for reader in (cast.supervisor, cast.admin, cast.expert):
            assert "Sajaukti vārdi" in signed_in(reader, language="en").get(there).content.decode()
        for other in (cast.ilze.user, cast.responsible, cast.far_responsible):
            assert "Sajaukti vārdi" not in signed_in(other, language="en").get(there).content.decode()
    assert "Sajaukti" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_a_nomination_is_taken_back_and_then_the_interest_may_be(cast: Cast) -> None:
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    url = reverse("supervision:unnominate", args=[session.public_id, cast.ilze.public_id])
    with at(FIRST):
        client = signed_in(cast.responsible, language="en")
        there = reverse("supervision:session", args=[session.public_id])
        assert url in client.get(there).content.decode()
        assert client.post(url)["Location"] == there
        assert url not in client.get(there).content.decode()
        assert not Nomination.objects.exists()
        withdraw_interest(by=cast.ilze.user, session=session)
        assert client.post(url).status_code == 403


def test_who_is_in_the_group_is_first_left_out_by_the_supervisor(cast: Cast) -> None:
    session = composed(cast, cast.ilze, other_of(cast))
    url = reverse("supervision:unnominate", args=[session.public_id, cast.andris.public_id])
    with at(FIRST):
        answer = signed_in(cast.responsible, language="en").post(url)
        assert answer.status_code == 422 and "SUP-3" in answer.content.decode()
        compose_group(by=cast.supervisor, session=session, members=[cast.ilze])
        assert signed_in(cast.responsible, language="en").post(url).status_code == 302
    assert [row.mentor for row in Nomination.objects.all()] == [cast.ilze]


def test_a_school_takes_back_its_own_nomination_alone(cast: Cast) -> None:
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    with at(FIRST):
        for person in (cast.near_responsible, cast.preparer, cast.supervisor, cast.ilze.user):
            with pytest.raises(NotAllowed):
                withdraw_nomination(by=person, mentor=cast.ilze, session=session)
    with at(AFTER), pytest.raises(WrongState):
        withdraw_nomination(by=cast.responsible, mentor=cast.ilze, session=session)
    assert Nomination.objects.exists()


def test_the_supervisor_is_told_once_of_nominations_until_that_is_read(cast: Cast) -> None:
    session = planned(cast)
    nominated(cast, session, cast.ilze)
    nominated(cast, session, other_of(cast))
    told = Message.objects.filter(kind="mentor_nominated")
    assert [message.to for message in told] == [cast.supervisor]
    told.update(read_at=told.get().created_at)
    third = at_near_school(cast)
    nominated(cast, session, third, by=cast.near_responsible)
    assert told.count() == 2
