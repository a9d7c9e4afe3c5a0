"""Anyone who asks gets a copy of what is held about them, and of nobody else (T4)."""

import json

import pytest
from django.apps import apps
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.people.models import User
from tests.cast.preparing import Cast

pytestmark = pytest.mark.django_db


def copy_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.post("/konts/mani-dati/").content.decode()


def test_a_mentor_s_copy_holds_the_account_and_the_contract_and_no_child() -> None:
    cast = Cast(clock.today())
    cast.contracted(cast.ilze, cast.other_school)
    cast.attached(cast.draft(cast.learner("Undīne Jūrkalniņa")))
    person = User.objects.get(pk=cast.ilze.user_id)
    copy = copy_of(person)
    told = json.loads(copy)["data"]
    assert told["people.User"][0]["email"] == person.email
    for table in ("registry.Mentor", "contracts.Contract", "plans.MentorAssignment"):
        assert told[table], table
    for other in User.objects.exclude(pk=person.pk):
        assert other.name not in copy
        assert other.email not in copy
    assert "Undīne" not in copy
    assert "password" not in told["people.User"][0]
    assert Event.objects.filter(verb="own_data_copied", actor=person).exists()


def test_every_table_that_names_a_mentor_is_in_the_copy_or_on_the_list() -> None:
    from celabiedrs.desk.reading.own_data import LEFT_OUT, _tables

    cast = Cast(clock.today())
    user = User.objects.get(pk=cast.ilze.user_id)
    looked_at = {model._meta.label for model, _rows in _tables(user)} | set(LEFT_OUT)
    missing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model._meta.label == "registry.Mentor"
    } - looked_at
    print(f"T4: {len(looked_at)} tables looked at")
    assert missing == set()
