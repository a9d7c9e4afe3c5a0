"""The programme's calendar, and a school's own semester: what would fall outside is shown first (CAL-1, CAL-2)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Semester, SemesterOverride
from rehearsal.stories.papers import pdf
from tests.access.world import NOW, World, make_world
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
GENERAL = {"year": "2026-27", "number": 1, "group": "classes_1_8_10_11"}


@pytest.fixture
def world(db: None) -> Any:
    made = make_world()
    with clock.at(NOW):
        yield made


def client_of(world: World, who: str) -> Client:
    return signed_in(world.people[who])


def test_a_correction_that_leaves_meetings_outside_lists_them_and_asks_again(world: World) -> None:
    admin = client_of(world, "admin")
    url = reverse("programme:semester", kwargs=GENERAL)
    typed = {"since": "2026-10-12", "until": "2026-12-18", "source": "MK noteikumi Nr. 1", "reason": "Kļūda"}
    shown = admin.post(url, typed)
    assert shown.status_code == 422
    told = shown.content.decode()
    assert told.count("06.10.2026.") == 3
    assert "Kļūda" in told
    assert Semester.objects.get(year="2026/27", number=1, group=GENERAL["group"]).since.month == 9
    seen = shown.context["form"].data["seen"]
    done = admin.post(url, {**typed, "seen": seen})
    assert done.status_code == 302
    row = Semester.objects.get(year="2026/27", number=1, group=GENERAL["group"])
    assert str(row.since) == "2026-10-12"
    event = Event.objects.get(verb="semester_corrected")
    assert event.facts["from_since"] == "2026-09-01"
    assert event.facts["reason"] == "Kļūda"
    assert any(one.since == row.since for one in programme().calendar.semesters)


def test_a_mark_of_other_days_is_not_taken_for_seen(world: World) -> None:
    admin = client_of(world, "admin")
    url = reverse("programme:semester", kwargs=GENERAL)
    typed = {"since": "2026-10-12", "until": "2026-12-18", "source": "MK", "reason": "Kļūda"}
    seen = admin.post(url, typed).context["form"].data["seen"]
    assert admin.post(url, {**typed, "since": "2026-10-13", "seen": seen}).status_code == 422


def test_without_reason_or_with_days_that_overlap_nothing_is_corrected(world: World) -> None:
    admin = client_of(world, "admin")
    url = reverse("programme:semester", kwargs=GENERAL)
    answer = admin.post(url, {"since": "2026-09-01", "until": "2027-01-20", "source": "", "reason": ""})
    assert answer.status_code == 422
    assert {finding.clause for finding in answer.context["form"].refused} == {"CAL-1"}
    assert len(answer.context["form"].refused) == 3
    assert not Event.objects.filter(verb="semester_corrected").exists()


def test_a_new_school_year_is_entered_whole_and_once(world: World) -> None:
    admin = client_of(world, "admin")
    typed = {
        "year": "2027/28", "source": "MK noteikumi Nr. 2",
        "first_since": "01.09.2027.", "first_until": "17.12.2027.", "second_since": "2028-01-03",
        "second_until": "2028-05-31", "second_until_9": "2028-06-09", "second_until_12": "2028-06-16",
        "autumn_since": "2027-10-18", "autumn_until": "2027-10-22",
    }  # fmt: skip
    assert not programme().calendar.knows("2027/28-1")
    assert admin.post(reverse("programme:year_new"), typed).status_code == 302
    assert programme().calendar.knows("2027/28-1")
    assert Semester.objects.filter(year="2027/28").count() == 6
    again = admin.post(reverse("programme:year_new"), typed)
    assert again.status_code == 422
    assert "2027/28" in again.content.decode()


def test_a_school_year_with_a_semester_that_ends_before_it_begins_is_refused_whole(world: World) -> None:
    typed = {"year": "2027/28", "source": "MK", "first_since": "2027-09-01", "first_until": "2027-12-17",
             "second_since": "2028-06-03", "second_until": "2028-05-31", "second_until_9": "2028-06-09",
             "second_until_12": ""}  # fmt: skip
    answer = client_of(world, "admin").post(reverse("programme:year_new"), typed)
    assert answer.status_code == 422
    assert not Semester.objects.filter(year="2027/28").exists()


def test_the_head_of_a_college_sets_its_semester_by_an_order(world: World) -> None:
    head = client_of(world, "college_head")
    url = reverse("programme:own_semester", args=[world.things["college"]["far"], "2026-27", 1])
    typed = {"since": "2026-09-01", "until": "2026-12-21"}
    assert head.post(url, typed).status_code == 422
    order = SimpleUploadedFile("rikojums.pdf", pdf(), "application/pdf")
    assert head.post(url, {**typed, "order": order}).status_code == 302
    assert SemesterOverride.objects.filter(succeeded_at=None).count() == 1
    admins = client_of(world, "admin").get(reverse("programme:year", args=["2026-27"])).content.decode()
    assert "21.12.2026." in admins
    assert "Bāku tehnikums" in admins


def test_a_file_that_is_no_order_is_said_at_its_field(world: World) -> None:
    head = client_of(world, "college_head")
    url = reverse("programme:own_semester", args=[world.things["college"]["far"], "2026-27", 1])
    bad = SimpleUploadedFile("rikojums.pdf", b"MZ not a pdf", "application/pdf")
    answer = head.post(url, {"since": "2026-09-01", "until": "2026-12-21", "order": bad})
    assert answer.status_code == 422
    assert "order" in answer.context["form"].errors


def test_the_order_is_kept_while_the_days_are_put_right(world: World) -> None:
    head = client_of(world, "college_head")
    url = reverse("programme:own_semester", args=[world.things["college"]["far"], "2026-27", 1])
    order = SimpleUploadedFile("rikojums.pdf", pdf(), "application/pdf")
    wrong = head.post(url, {"since": "2026-12-21", "until": "2026-09-01", "order": order})
    assert wrong.status_code == 422
    kept = wrong.context["form"].data["kept"]
    assert kept
    assert head.post(url, {"since": "2026-09-01", "until": "2026-12-21", "kept": kept}).status_code == 302
    far = client_of(world, "far_head")
    assert far.post(url, {"since": "2026-09-01", "until": "2026-12-21", "kept": kept}).status_code == 404


def test_the_programme_page_says_when_the_next_year_is_missing(world: World) -> None:
    told = client_of(world, "admin").get(reverse("programme:programme")).content.decode()
    assert "2027/28" in told
