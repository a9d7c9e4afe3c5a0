"""The programme gives a number a new value from a day on, and everything counts by it (GEN-3)."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.facts import own_values, rules_edition
from celabiedrs.places.models import ProgrammeSetting
from celabiedrs.programme.actions.settings import set_value
from celabiedrs.programme.reading.touched import COUNTS, touched
from celabiedrs.rules import parameters
from celabiedrs.rules.parameters import at, whole
from celabiedrs.rules.suitability import check_good_until
from celabiedrs.rules.values import changeable, read_value
from tests.cast.meetings import put_mentor, put_plan, put_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    person = User.objects.create_user(
        email="anna@example.invalid", name="Anna Pārzine", password="garā parole 1"
    )
    Post.objects.create(person=person, role=Role.PROGRAMME_ADMINISTRATOR, since=date(2026, 1, 1))
    return person


def test_a_value_holds_from_its_day_on_and_earlier_days_keep_theirs(administrator: User) -> None:
    today = clock.today()
    set_value(by=administrator, name="suitability_valid_months", value="6", since=today, reason="Lēmums 7")
    own_values()
    assert whole("suitability_valid_months", today) == 6
    assert whole("suitability_valid_months", today - timedelta(1)) == 12
    old = today - timedelta(days=200)
    assert check_good_until(old) > today > old + timedelta(days=190), "a check that was made keeps its life"
    assert ProgrammeSetting.objects.get().reason == "Lēmums 7"


def test_a_job_without_a_request_asks_the_rows_itself(administrator: User) -> None:
    set_value(by=administrator, name="keep_until", value="31.12.2036", since=clock.today())
    parameters._OWN.set(None)
    assert at("keep_until", clock.today()).value == date(2036, 12, 31)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("holiday_share", "0,09", Decimal("0.09")),
        ("leaving_class_range", "6–9", [6, 9]),
        ("leaving_class_range", "9-6", None),
        ("learner_hours_per_month", "0", None),
        ("learner_hours_per_month", "401", None),
        ("learner_hours_per_month", "24", 24),
        ("digest_hour", "24", None),
        ("keep_until", "rīt", None),
        ("employer_kinds", "general", None),
        ("nothing", "1", None),
    ],
)
def test_what_a_value_can_be(name: str, typed: str, value: object) -> None:
    assert read_value(name, typed) == value


def test_each_value_that_ships_is_one_that_the_page_would_take() -> None:
    for name, parameter in parameters.parameters().items():
        if changeable(parameter):
            assert read_value(name, parameter.values[-1][2]) == parameter.values[-1][2], name


def test_yesterday_and_an_unknown_name_are_refused(administrator: User) -> None:
    for name, since in (("adult_age_years", clock.today() - timedelta(1)), ("nothing", clock.today())):
        with pytest.raises(Refused) as refused:
            set_value(by=administrator, name=name, value=20, since=since)
        assert refused.value.clauses == ("GEN-3",)


def test_the_page_and_the_command_tell_the_value_its_days_and_who_set_it(
    administrator, client: Client
) -> None:  # type: ignore[no-untyped-def]
    client.force_login(administrator)
    address = "/programma/iestatijumi/learner-hours-per-month/"
    page = client.post(address, {"value": "24", "since": f"{clock.today():%d.%m.%Y}", "reason": "Lēmums 8"})
    assert page.status_code == 302
    assert "Lēmums 8" in client.get(address).content.decode()
    assert "24" in client.get("/programma/iestatijumi/").content.decode()
    refused = client.post(address, {"value": "0", "since": f"{clock.today():%d.%m.%Y}"})
    assert refused.status_code == 422 and 'href="#id_value"' in refused.content.decode()
    told = StringIO()
    call_command("rules", "--values", stdout=told)
    assert "learner_hours_per_month" in told.getvalue() and "24 (the programme's own)" in told.getvalue()


def test_administrators_and_heads_are_told_and_the_one_who_decides_is_not(administrator: User) -> None:
    people = {
        role: User.objects.create_user(
            email=f"{role}@example.invalid", name=f"Persona {role}", password="garā parole 1"
        )
        for role in (Role.PROGRAMME_ADMINISTRATOR, Role.HEAD, Role.PREPARER)
    }
    school = put_school()
    for role, person in people.items():
        place = None if role == Role.PROGRAMME_ADMINISTRATOR else school
        Post.objects.create(person=person, role=role, institution=place, since=date(2026, 1, 1))
    set_value(by=administrator, name="learner_hours_per_month", value="24", since=clock.today())
    told = Message.objects.filter(kind="value_decided")
    assert {message.to for message in told} == {people[Role.PROGRAMME_ADMINISTRATOR], people[Role.HEAD]}


def test_a_refused_value_answers_its_own_clause_and_gen_3(administrator: User) -> None:
    with pytest.raises(Refused) as refused:
        set_value(by=administrator, name="learner_hours_per_month", value="0", since=clock.today())
    assert refused.value.clauses == ("TG-5", "GEN-3")


def test_the_page_says_what_a_value_touches_and_decides_nothing(administrator: User, client: Client) -> None:
    client.force_login(administrator)
    typed = {"value": "4", "since": f"{clock.today():%d.%m.%Y}", "look": "1"}
    page = client.post("/programma/iestatijumi/learner-hours-per-month/", typed)
    assert page.status_code == 200 and not ProgrammeSetting.objects.exists()
    assert 'id="touches"' in page.content.decode()
    page = client.post("/programma/iestatijumi/learner-hours-per-month/", typed | {"value": "0"})
    assert page.status_code == 422 and "GEN-3" in page.content.decode()


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_what_each_value_touches_is_counted(name: str) -> None:
    value = parameters.parameters()[name].values[-1][2]
    assert all(count == 0 for _label, count in touched(name, value, clock.today()))


def test_running_plans_over_the_new_limit_are_counted() -> None:
    plan = put_plan(put_school(), put_mentor("Ilze Kalniņa"), "Jānis Ozols")
    counts = [
        count
        for _label, count in touched("learner_hours_per_month", plan.hours_per_month - 1, plan.starts_on)
    ]
    assert counts[:2] == [1, 1]
    assert [count for _label, count in touched("learners_per_mentor", 0, plan.starts_on)][1] == 1
    assert [count for _label, count in touched("minimum_age_years", 99, plan.starts_on)][1] == 1


def test_a_decision_keeps_the_edition_of_the_rules(administrator: User) -> None:
    set_value(by=administrator, name="learner_hours_per_month", value="24", since=clock.today())
    assert Event.objects.get(verb="setting_decided").facts["edition"] == rules_edition()
