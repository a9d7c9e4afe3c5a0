"""A vocational school's own semester that would leave verified hours outside shows them and asks once more (CAL-2)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from celabiedrs.hours.actions import submit_month, verify_month
from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.people.models import Post, Role
from celabiedrs.places.models import Institution, InstitutionKind, SemesterOverride
from celabiedrs.plans.models import SupportPlan
from rehearsal.stories.papers import pdf
from tests.cast import signed_in
from tests.cast.meetings import NOW, Cast, put_meeting, put_person

LATER = datetime(2026, 11, 3, 10, 0, tzinfo=clock.RIGA)
ALL, CUT = "2026-09-01", "2026-10-07"


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Jānis learns at a vocational school; his meetings of 06.10. and 08.10. are verified. It is 03.11.2026."""
    with clock.at(NOW):
        made = Cast()
        Institution.objects.filter(pk=made.school.pk).update(kind=InstitutionKind.VOCATIONAL)
        SupportPlan.objects.filter(pk=made.janis.pk).update(class_year=None, course_year=1)
        plan = SupportPlan.objects.get(pk=made.janis.pk)
        for day, hours in ((6, 2), (8, 3)):
            put_meeting(plan, date(2026, 10, day), hours)
    with clock.at(LATER):
        submit_month(by=made.user, plan=plan, month="2026-10", no_double_funding=True)
        verify_month(by=made.responsible, plan=plan, month="2026-10")
        yield made


@pytest.fixture
def head(cast: Cast) -> Client:
    person = put_person("Dace Direktore")
    Post.objects.create(person=person, role=Role.HEAD, institution=cast.school, since=date(2026, 8, 1))
    return signed_in(person)


def url(cast: Cast) -> str:
    return reverse("programme:own_semester", args=[cast.school.public_id, "2026-27", 1])


def typed(since: str, until: str, **more: Any) -> dict[str, Any]:
    return {"since": since, "until": until, **more}


def order() -> SimpleUploadedFile:
    return SimpleUploadedFile("rikojums.pdf", pdf(), "application/pdf")


def test_verified_hours_outside_are_listed_and_nothing_is_set_until_seen(cast: Cast, head: Client) -> None:
    shown = head.post(url(cast), typed(CUT, "2026-12-18", order=order()))
    assert shown.status_code == 422
    cut = shown.context["cut"]
    assert ([str(row.held_on) for row in cut.meetings], cut.hours, cut.verified) == (["2026-10-06"], 2, 1)
    told = shown.content.decode()
    assert "06.10.2026." in told and cast.janis.number in told and "08.10.2026." not in told
    assert not SemesterOverride.objects.exists()
    form = shown.context["form"].data
    done = head.post(url(cast), typed(CUT, "2026-12-18", seen=form["seen"], kept=form["kept"]))
    assert done.status_code == 302
    assert str(SemesterOverride.objects.get(succeeded_at=None).since) == CUT
    assert Meeting.objects.standing().filter(timesheet__state="verified").count() == 2


def test_other_days_than_those_shown_are_shown_again(cast: Cast, head: Client) -> None:
    form = head.post(url(cast), typed(CUT, "2026-12-18", order=order())).context["form"].data
    again = head.post(url(cast), typed("2026-10-09", "2026-12-18", seen=form["seen"], kept=form["kept"]))
    assert again.status_code == 422 and again.context["cut"].hours == 5
    assert not SemesterOverride.objects.exists()


@pytest.mark.parametrize(
    ("since", "until", "cut"),
    [(ALL, "2026-10-08", 0), (ALL, "2026-10-07", 1), ("2026-10-06", "2026-12-18", 0)],
    ids=["to the last meeting", "a day short", "from the first meeting"],
)
def test_a_semester_that_holds_the_meetings_is_set_at_once(
    cast: Cast, head: Client, since: str, until: str, cut: int
) -> None:
    answer = head.post(url(cast), typed(since, until, order=order()))
    assert answer.status_code == (422 if cut else 302)
    assert SemesterOverride.objects.exists() is not bool(cut)
    if cut:
        assert len(answer.context["cut"].meetings) == cut


def test_without_the_order_the_list_alone_is_not_enough(cast: Cast, head: Client) -> None:
    form = head.post(url(cast), typed(CUT, "2026-12-18")).context["form"]
    assert {finding.clause for finding in form.refused} == {"CAL-2"}
    assert head.post(url(cast), typed(CUT, "2026-12-18", seen=form.data["seen"])).status_code == 422
    assert not SemesterOverride.objects.exists()
