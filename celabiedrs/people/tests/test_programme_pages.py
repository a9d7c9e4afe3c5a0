"""The programme keeps settings, places, contacts and accounts; everybody reads the contacts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.people.actions.posts import give_post
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.actions import load_calendar
from celabiedrs.places.facts import edition_token, programme
from celabiedrs.places.models import Institution, Municipality, ProgrammeSetting, Region, RegionalContact
from celabiedrs.programme.actions.settings import set_value
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 12, 0)):
        yield


@pytest.fixture
def administrator() -> User:
    load_calendar()
    person = User.objects.create_user(
        email="anna@example.invalid", name="Anna Pārzine", password="garā parole 1"
    )
    Post.objects.create(person=person, role=Role.PROGRAMME_ADMINISTRATOR, since=date(2026, 1, 1))
    return person


@pytest.fixture
def lake() -> Municipality:
    return Municipality.objects.create(
        atvk="9000001", name="Ezeru novads", region=Region.objects.create(name="Ezeri")
    )


@pytest.fixture
def school(lake: Municipality) -> Institution:
    return Institution.objects.create(name="Ezermalas pamatskola", kind="general", municipality=lake)


@pytest.fixture
def clerk(school: Institution) -> User:
    person = User.objects.create_user(
        email="kaspars@example.invalid", name="Kaspars Kase", password="garā parole 2"
    )
    Post.objects.create(person=person, role=Role.PAY_CLERK, institution=school, since=date(2026, 1, 1))
    return person


def test_a_setting_holds_from_its_day_on_and_not_before(administrator: User) -> None:
    before = edition_token()
    url = reverse("programme:setting", args=["signature_means"])
    answer = signed_in(administrator).post(url, {"value": ["paper"], "since": "01.12.2026."})
    assert answer.status_code == 302
    assert edition_token() != before
    assert programme().setting("signature_means", date(2026, 11, 30)) == ["device", "paper"]
    assert programme().setting("signature_means", date(2026, 12, 1)) == ["paper"]
    told = signed_in(administrator).get(reverse("programme:settings")).content.decode()
    assert "01.12.2026." in told
    assert "Anna Pārzine" in told


@pytest.mark.parametrize(
    ("name", "value", "clause"),
    [
        ("signature_means", [], "LOG-7"),
        ("signature_means", ["fax"], "LOG-7"),
        ("six_learners_count", "none", "TG-3"),
        ("pay_waits_for", "", "PAY-4"),
        ("suitability_valid_months", "0", "MEN-5"),
        ("suitability_valid_months", "12,5", "MEN-5"),
        ("notes_enabled", "maybe", "CNF-1"),
    ],
)
def test_a_value_that_a_setting_cannot_have_names_its_clause(
    administrator: User, name: str, value: object, clause: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_value(by=administrator, name=name, value=value, since=TODAY)
    assert refused.value.clauses == (clause, "GEN-3")
    assert not ProgrammeSetting.objects.exists()


def test_no_setting_is_changed_for_yesterday_or_by_others(administrator: User, clerk: User) -> None:
    with pytest.raises(Refused):
        set_value(by=administrator, name="notes_enabled", value="no", since=TODAY - timedelta(1))
    with pytest.raises(NotAllowed):
        set_value(by=clerk, name="notes_enabled", value="no", since=TODAY)
    set_value(by=administrator, name="notes_enabled", value="no", since=TODAY)
    assert programme().setting("notes_enabled", TODAY) is False


def test_everybody_reads_the_contacts_and_the_own_municipality_comes_first(
    administrator: User, clerk: User, lake: Municipality
) -> None:
    coast = Municipality.objects.create(atvk="9000002", name="Jūras novads", region=lake.region)
    admin = signed_in(administrator)
    for name, place in (("Aija Kontakte", coast), ("Zane Ezera", lake)):
        typed = {"name": name, "duty": "expert", "phone": "20000000", "municipalities": [place.pk]}
        assert admin.post(reverse("programme:contact_new"), typed).status_code == 302
    told = signed_in(clerk).get(reverse("programme:contacts")).content.decode()
    assert told.index("Zane Ezera") < told.index("Aija Kontakte")
    assert "jauns" not in told
    away = reverse("programme:contact_away", args=[RegionalContact.objects.get(name="Zane Ezera").public_id])
    assert admin.post(away).status_code == 302
    assert "Zane Ezera" not in signed_in(clerk).get(reverse("programme:contacts")).content.decode()


def test_a_contact_that_cannot_be_reached_is_refused(administrator: User) -> None:
    answer = signed_in(administrator).post(
        reverse("programme:contact_new"), {"name": "Aija", "duty": "expert"}
    )
    assert answer.status_code == 422
    assert [finding.clause for finding in answer.context["form"].refused] == ["CTC-1", "CTC-1"]


def test_a_municipality_gets_neighbours_on_both_sides_and_an_end(
    administrator: User, lake: Municipality
) -> None:
    admin = signed_in(administrator)
    typed = {"code": "9000003", "name": "Mežu novads", "region": lake.region_id, "since": "01.12.2026."}
    assert admin.post(reverse("programme:municipality_new"), typed).status_code == 302
    assert admin.post(reverse("programme:municipality_new"), typed).status_code == 422
    forest = Municipality.objects.get(atvk="9000003")
    change = {"region": lake.region_id, "since": "", "until": "2026-11-30", "neighbours": [forest.pk]}
    assert admin.post(reverse("programme:municipality", args=["9000001"]), change).status_code == 302
    lake.refresh_from_db()
    assert lake.until == date(2026, 11, 30)
    assert list(forest.neighbours.all()) == [lake]


def test_an_institution_keeps_its_data_protection_contact(administrator: User, school: Institution) -> None:
    typed = {
        "name": school.name, "kind": "general", "municipality": school.municipality_id, "municipal": "on",
        "controller": "Ezeru novada pašvaldība", "data_protection_contact": "das@example.invalid",
    }  # fmt: skip
    url = reverse("programme:institution", args=[school.public_id])
    assert signed_in(administrator).post(url, typed).status_code == 302
    school.refresh_from_db()
    assert (school.municipal, school.data_protection_contact) == (True, "das@example.invalid")


def test_an_account_switched_off_is_out_with_the_next_click(administrator: User, clerk: User) -> None:
    browser = signed_in(clerk)
    assert browser.get(reverse("programme:contacts")).status_code == 200
    switch = reverse("people:account_switch", args=[clerk.public_id])
    assert signed_in(administrator).post(switch).status_code == 302
    assert browser.get(reverse("programme:contacts")).status_code == 302
    signed_in(administrator).post(switch)
    assert browser.get(reverse("programme:contacts")).status_code == 302, "an old sign-in came back"


def test_nobody_switches_the_own_account_off(administrator: User) -> None:
    answer = signed_in(administrator).post(reverse("people:account_switch", args=[administrator.public_id]))
    assert answer.status_code == 422
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_post_is_given_at_its_kind_of_place_once_and_ended(
    administrator: User, clerk: User, school: Institution, lake: Municipality
) -> None:
    url = reverse("people:account", args=[clerk.public_id])
    admin = signed_in(administrator)
    wrong = {"role": "responsible_person", "municipality": lake.pk, "since": "2026-11-20"}
    assert admin.post(url, wrong).status_code == 422
    typed = {"role": "responsible_person", "institution": school.pk, "since": "2026-11-20"}
    assert admin.post(url, {**typed, "since": "2026-11-19"}).status_code == 422, "back-dated"
    assert admin.post(url, typed).status_code == 302
    assert admin.post(url, typed).status_code == 422
    post = Post.objects.get(person=clerk, role="responsible_person")
    end = reverse("people:post_end", args=[clerk.public_id])
    assert admin.post(end, {"post": post.pk, "day": "2026-11-19"}).status_code == 422
    assert admin.post(end, {"post": post.pk, "day": "20.11.2026."}).status_code == 302
    post.refresh_from_db()
    assert post.until == TODAY
    assert Post.objects.get(person=clerk, role="pay_clerk").until is None


def test_a_role_that_does_not_exist_is_refused(administrator: User, clerk: User) -> None:
    with pytest.raises(Refused):
        give_post(by=administrator, person=clerk, role="king", place=None, since=TODAY)
