"""Two entries of one person, or of one institution, become one; what would be wrong with it is said before."""

from collections.abc import Iterator
from datetime import date

import pytest

from celabiedrs.hours.actions import record_meeting, sign_meeting
from celabiedrs.hours.models import Meeting, MeetingSignature
from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.programme.actions.merging import merge
from celabiedrs.programme.actions.places import close_institution, keep_institution
from celabiedrs.programme.models import Merge
from celabiedrs.programme.reading.doubles import doubles
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.breach import Refused
from tests.cast import signed_in
from tests.cast.preparing import NOW, Cast, person

pytestmark = pytest.mark.get_may_write("audit_look")


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with clock.at(NOW):
        yield Cast()


@pytest.fixture
def dace(cast: Cast) -> User:
    return person("Dace Programma", Role.PROGRAMME_ADMINISTRATOR)


def running(cast: Cast, name: str) -> SupportPlan:
    """A plan of a learner with Ilze that was approved in the night."""
    plan = cast.ready(name)
    SupportPlan.objects.filter(pk=plan.pk).update(state="active", approved_at=NOW.replace(hour=1))
    return SupportPlan.objects.get(pk=plan.pk)


def signed(plan: SupportPlan, mentor: Mentor, start: str) -> Meeting:
    """A meeting of today, signed by both."""
    meeting = record_meeting(
        by=mentor.user, plan=plan, day=NOW.date(), start=start, hours=1, topic="Saruna"
    ).thing
    sign_meeting(by=mentor.user, meeting=meeting, party="both", means="device")
    return meeting


def test_two_entries_of_a_learner_become_one(cast: Cast, dace: User) -> None:
    one, two = cast.learner("Anna-Marija Kļava"), cast.learner("klava anna marija")
    plan = cast.draft(two)
    assert (one, two) in doubles("learner")
    done = merge(by=dace, kind="learner", keep=one, gone=two, reason="Viena persona").thing
    assert SupportPlan.objects.get(pk=plan.pk).learner == one
    assert not Learner.objects.filter(pk=two.pk).exists()
    assert (done.kept, done.gone, done.moved["plans.SupportPlan"]) == (one.public_id, two.public_id, 1)


def test_only_the_programme_merges_and_says_why(cast: Cast, dace: User) -> None:
    one, two = cast.learner("Anna Kļava"), cast.learner("Anna Klava")
    with pytest.raises(NotAllowed):
        merge(by=cast.anna, kind="learner", keep=one, gone=two, reason="Viena persona")
    with pytest.raises(Refused):
        merge(by=dace, kind="learner", keep=one, gone=two, reason="")


def test_other_names_and_open_plans_in_one_semester_are_refused(cast: Cast, dace: User) -> None:
    one, two, third = cast.learner("Anna Kļava"), cast.learner("Anna Klava"), cast.learner("Zane Kļava")
    with pytest.raises(Refused):
        merge(by=dace, kind="learner", keep=one, gone=third, reason="Viena persona")
    cast.draft(one)
    cast.draft(two)
    with pytest.raises(Refused):
        merge(by=dace, kind="learner", keep=one, gone=two, reason="Viena persona")
    assert Merge.objects.count() == 0


def second_ilze(cast: Cast) -> Mentor:
    double = cast.mentor("Kalniņa Ilze")
    Mentor.objects.filter(pk__in=(double.pk, cast.ilze.pk)).update(born_on=date(1990, 4, 2))
    return Mentor.objects.get(pk=double.pk)


def test_two_entries_of_a_mentor_become_one_and_signatures_hold(cast: Cast, dace: User) -> None:
    double = second_ilze(cast)
    plan = running(cast, "Jānis Bērziņš")
    with clock.at(NOW.replace(hour=20)):
        meeting = signed(plan, cast.ilze, "07:00")
    merge(by=dace, kind="mentor", keep=double, gone=cast.ilze, reason="Viena persona")
    assert SupportPlan.objects.get(pk=plan.pk).mentor == double
    assert not User.objects.get(pk=cast.ilze.user_id).is_active
    meeting.refresh_from_db()
    assert meeting.mentor == double
    hashes = MeetingSignature.objects.filter(meeting=meeting).values_list("content_hash", flat=True)
    assert set(hashes) == {meeting.content_hash()}


def test_both_with_signed_papers_in_one_month_are_refused(cast: Cast, dace: User) -> None:
    double = second_ilze(cast)
    plans = [running(cast, "Jānis Bērziņš"), running(cast, "Rūta Ozola")]
    with clock.at(NOW.replace(hour=20)):
        signed(plans[0], cast.ilze, "07:00")
        other = signed(plans[1], cast.ilze, "09:00")
    Meeting.objects.filter(pk=other.pk).update(mentor=double)
    with pytest.raises(Refused) as refusal:
        merge(by=dace, kind="mentor", keep=cast.ilze, gone=double, reason="Viena persona")
    assert "REG-1" in refusal.value.clauses


def test_an_institution_is_looked_for_renamed_closed_and_merged(cast: Cast, dace: User) -> None:
    entered = {"kind": "general", "municipality": cast.municipality, "municipal": True}
    with pytest.raises(Refused):
        keep_institution(by=dace, institution=None, name="pamatskola PRIEZU", **entered)
    twin = keep_institution(
        by=dace, institution=None, name="Priežu pamatskola", another=True, **entered
    ).thing
    plan = cast.draft()
    with pytest.raises(Refused):
        close_institution(by=dace, institution=cast.school, day="2026-09-07")
    keep_institution(by=dace, institution=cast.school, name="Priežu skola", **entered)
    school = Institution.objects.get(pk=cast.school.pk)
    assert (school.name_on(date(2026, 9, 1)), school.name_on(date(2026, 9, 7))) == (
        "Priežu pamatskola",
        "Priežu skola",
    )
    merge(by=dace, kind="institution", keep=twin, gone=school, reason="Viena skola")
    assert SupportPlan.objects.get(pk=plan.pk).institution == twin
    assert cast.anna.posts.get().institution == twin
    close_institution(by=dace, institution=cast.other_school, day="2026-09-07")
    assert cast.other_school not in Institution.objects.still_open()


def test_the_pages_show_what_moves_and_no_name_of_a_learner(cast: Cast, dace: User) -> None:
    one, two = cast.learner("Anna-Marija Kļava"), cast.learner("klava anna marija")
    plan = cast.draft(two)
    client = signed_in(dace)
    listed = client.get("/programma/dubulti/").content.decode()
    assert plan.number in listed and "ļava" not in listed
    url = f"/programma/dubulti/learner/{one.public_id}/{two.public_id}/"
    shown = client.get(url).content.decode()
    assert plan.number in shown and "ļava" not in shown
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Viena persona"}).status_code == 302
    assert Merge.objects.get().merged_by == dace
