"""An address of e-mail is one thing whatever its case, form and invisible signs."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client

from celabiedrs.lib.mail_address import one_form
from celabiedrs.people.actions.accounts import open_account
from celabiedrs.people.models import Role, User
from celabiedrs.rules.breach import Refused
from tests.cast.preparing import person

WAYS = (
    "Ilze.Liela@Āboliņi.LV",
    "ilze.liela@āboliņi.lv",
    "ilze.liela@xn--bolii-ewa10c.lv",
    " ilze.liela\u200b@a\u0304bolin\u0327i.lv.\u2060",
)


@pytest.mark.parametrize("written", WAYS)
def test_every_way_of_writing_it_has_one_form(written: str) -> None:
    assert one_form(written) == "ilze.liela@āboliņi.lv" == one_form(one_form(written))


@pytest.mark.django_db
@pytest.mark.parametrize("registered", WAYS)
@pytest.mark.parametrize("written", WAYS)
def test_who_was_registered_in_one_way_signs_in_in_another(registered: str, written: str) -> None:
    user = User.objects.create_user(email=registered, name="Ilze Lielā", password="garāka-par-visām")
    assert user.email == "ilze.liela@āboliņi.lv"
    client = Client()
    answer = client.post("/ienakt/", {"login": written, "password": "garāka-par-visām"})
    assert answer.status_code == 302 and client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_nobody_has_the_address_a_second_time() -> None:
    dace = person("Dace Programma", Role.PROGRAMME_ADMINISTRATOR)
    open_account(by=dace, name="Ilze Lielā", email=WAYS[0])
    for written in WAYS:
        with pytest.raises(Refused):
            open_account(by=dace, name="Ilze Mazā", email=written)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user(email=written, name="Ilze Mazā")


@pytest.mark.django_db
def test_accounts_made_before_are_put_right() -> None:
    """Written past the field, as they stood: the one who has signed in keeps the address."""
    first, second, third = (
        User.objects.create_user(email=f"{n}@example.lv", name=f"Persona {n}") for n in range(3)
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_user DROP CONSTRAINT IF EXISTS one_account_an_address")
        cursor.execute("DROP INDEX IF EXISTS one_account_an_address")
        for user, email in (
            (first, "Rasa@Piemers.lv"),
            (second, "rasa@piemers.lv"),
            (third, "Juris@Piemers.lv"),
        ):
            cursor.execute("UPDATE people_user SET email = %s WHERE id = %s", [email, user.pk])
        cursor.execute("UPDATE people_user SET last_login = now() WHERE id = %s", [second.pk])
    import_module("celabiedrs.people.migrations.0006_one_address").bring_into_form(apps, None)
    for user in (first, second, third):
        user.refresh_from_db()
    assert (second.email, third.email) == ("rasa@piemers.lv", "juris@piemers.lv")
    assert first.email.endswith("@example.invalid")
