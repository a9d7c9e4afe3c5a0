"""Many are invited at once, by letters to themselves alone; who is not in yet and whose link ran out is seen."""

from datetime import timedelta

import pytest
from django.core import mail

from celabiedrs.lib import clock
from celabiedrs.people.actions.accounts import invite_all
from celabiedrs.people.actions.letters import send_letters
from celabiedrs.people.models import AccountLetter, OneTimeLink, Role, User
from celabiedrs.people.reading.invitations import Standing, standing
from celabiedrs.registry.actions import placeholder_address
from tests.cast import signed_in
from tests.cast.preparing import NOW, person

pytestmark = pytest.mark.django_db


def test_invited_waiting_sent_ran_out_and_sent_again() -> None:
    with clock.at(NOW):
        dace = person("Dace Programma", Role.PROGRAMME_ADMINISTRATOR)
        dace.set_password("ļoti-gara-parole")
        dace.save()
        new = [User.objects.create_user(email=f"m{n}@piemers.lv", name=f"Mentors {n}") for n in range(3)]
        nowhere = User.objects.create_user(email=placeholder_address(), name="Bez adreses")
        inside = User.objects.create_user(email="a@piemers.lv", name="A", password="ļoti-gara-parole")
        assert set(standing(Standing.NEW)) == set(new)
        assert invite_all(by=dace, people=[*new, nowhere, inside]).thing == 3
        assert set(standing(Standing.WRITTEN)) == set(new)
        assert invite_all(by=dace, people=new).thing == 0, "the letters are on their way already"
        assert send_letters() == 3
        assert set(standing(Standing.INVITED)) == set(new)
        assert set(standing(Standing.NO_ADDRESS)) == {nowhere}
    assert {letter.to[0] for letter in mail.outbox} == {each.email for each in new}
    assert all("Mentors" not in letter.body for letter in mail.outbox)
    with clock.at(NOW + timedelta(days=14, minutes=1)):
        assert set(standing(Standing.RAN_OUT)) == set(new)
        client = signed_in(dace)
        answer = client.post("/programma/cilveki/uzaicinajumi/?show=ran_out", {"do": "all"})
        assert answer.status_code == 302
        assert AccountLetter.objects.filter(sent_at=None).count() == 3
        send_letters()
        assert set(standing(Standing.INVITED)) == set(new)
        live = OneTimeLink.objects.filter(expires_at__gt=clock.now())
        assert live.count() == 3, "one link each: the older one is gone"
