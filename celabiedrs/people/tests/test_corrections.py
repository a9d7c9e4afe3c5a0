"""Names and addresses of accounts are corrected with a trace; an account in use is not handed over by one person."""

import pytest
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.actions.corrections import answer_address_change, correct_address, correct_name
from celabiedrs.people.models import AddressChange, Role, User
from celabiedrs.rules.breach import Refused
from tests.cast import signed_in
from tests.cast.preparing import NOW, person

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("audit_look")]


@pytest.fixture
def dace() -> User:
    return person("Dace Programma", Role.PROGRAMME_ADMINISTRATOR)


@pytest.fixture
def otto() -> User:
    return person("Oto Otrais", Role.PROGRAMME_ADMINISTRATOR)


def test_a_name_is_corrected_with_a_reason_and_what_stood_before(dace: User) -> None:
    rasa = person("Rasa Kļava", Role.SUPERVISOR)
    with pytest.raises(Refused):
        correct_name(by=dace, person=rasa, name="Rasa Liepa", reason="")
    with pytest.raises(NotAllowed):
        correct_name(by=rasa, person=rasa, name="Rasa Liepa", reason="Precējusies")
    correct_name(by=dace, person=rasa, name="Rasa Liepa", reason="Precējusies")
    row = rasa.corrections.get()
    assert (row.before, row.after, row.reason) == ("Rasa Kļava", "Rasa Liepa", "Precējusies")


def test_the_address_of_an_account_that_nobody_used_changes_at_once(dace: User) -> None:
    rasa = User.objects.create_user(email="rasa@piemers.lv", name="Rasa Kļava")
    correct_address(by=dace, person=rasa, email="Rasa.K@Piemers.lv", reason="Pārrakstīta")
    rasa.refresh_from_db()
    assert rasa.email == "rasa.k@piemers.lv"
    assert not AddressChange.objects.exists()


def test_the_address_of_an_account_in_use_needs_another_administrator(dace: User, otto: User) -> None:
    """Anyone who has the address has the way to a new password (decision 0061)."""
    with clock.at(NOW):
        rasa = User.objects.create_user(email="rasa@piemers.lv", name="Rasa", password="ļoti-gara-parole")
        correct_address(by=dace, person=rasa, email="cita@piemers.lv", reason="Lūdza")
        rasa.refresh_from_db()
        assert rasa.email == "rasa@piemers.lv"
        assert Message.objects.filter(to=rasa, kind="address_change_asked").exists()
        with pytest.raises(NotAllowed):
            answer_address_change(by=dace, person=rasa, agree=True)
        answer_address_change(by=otto, person=rasa, agree=True)
        rasa.refresh_from_db()
        assert rasa.email == "cita@piemers.lv"


def test_nobody_agrees_to_an_address_of_their_own(dace: User, otto: User) -> None:
    otto.set_password("ļoti-gara-parole")
    otto.save()
    with clock.at(NOW):
        correct_address(by=dace, person=otto, email="cita@piemers.lv", reason="Lūdza")
        with pytest.raises(NotAllowed):
            answer_address_change(by=otto, person=otto, agree=True)


def test_the_pages_lead_through_it(dace: User, otto: User) -> None:
    rasa = User.objects.create_user(email="rasa@piemers.lv", name="Rasa Kļava", password="ļoti-gara-parole")
    url = f"/programma/cilveki/{rasa.public_id}/"
    asking, agreeing = Client(), Client()
    asking.force_login(dace)
    agreeing.force_login(otto)
    typed = {"name": "Rasa Liepa", "email": "liepa@piemers.lv", "reason": "Precējusies"}
    assert asking.post(f"{url}labot/", typed).status_code == 302
    assert "liepa@piemers.lv" in agreeing.get(url).content.decode()
    assert agreeing.post(f"{url}adrese/", {"do": "agree"}).status_code == 302
    rasa.refresh_from_db()
    assert (rasa.name, rasa.email) == ("Rasa Liepa", "liepa@piemers.lv")
    assert "Rasa Kļava" in asking.get(f"{url}labot/").content.decode()


def test_a_search_ignores_marks_case_and_the_order_of_words(dace: User) -> None:
    User.objects.create_user(email="zarina@piemers.lv", name="Māra Zariņa-Šulca")
    client = signed_in(dace)
    for words in ("zarina mara", "SULCA Mara", "māra šulca", "zarina@piemers"):
        page = client.get(client.post("/programma/cilveki/", {"q": words})["Location"]).content.decode()
        assert "Māra Zariņa-Šulca" in page, words
    assert (
        "Zariņa"
        not in client.get(
            client.post("/programma/cilveki/", {"q": "zarina juris"})["Location"]
        ).content.decode()
    )
