"""The programme enters one person and, when the training is complete, the certificate (REG-1, MEN-2, MEN-3, MEN-6)."""

from datetime import date

import pytest
from django.test import Client

from celabiedrs.people.models import Role
from celabiedrs.registry.models import Mentor, TrainingCertificate
from tests.cast import signed_in
from tests.cast.preparing import Cast, person

pytestmark = pytest.mark.get_may_write("audit_look")
NEW = "/registrs/jauns/"


@pytest.fixture
def dace(cast: Cast) -> Client:
    return signed_in(person("Dace Programma", Role.PROGRAMME_ADMINISTRATOR))


def typed(**more: object) -> dict[str, object]:
    values: dict[str, object] = {
        "name": "Lauma Jaunzeme",
        "born": "02.04.1990.",
        "email": "lauma@example.lv",
        "municipalities": ["T1"],
        "education": ["secondary"],
        "paper": "VI Nr. 17",
    }
    return values | more


def test_a_person_is_entered_and_listed_once_the_certificate_is_there(cast: Cast, dace: Client) -> None:
    answer = dace.post(NEW, typed(works_at=str(cast.school.pk)))
    lauma = Mentor.objects.get(user__name="Lauma Jaunzeme")
    page = f"/registrs/{lauma.public_id}/"
    assert answer.status_code == 302 and answer["Location"] == f"{page}aplieciba/"
    assert list(lauma.works_at.all()) == [cast.school]
    assert lauma.education.get().document_number == "VI Nr. 17"
    anna = signed_in(cast.anna)
    assert anna.get(page).status_code == 404
    paper = {"number": "am - 77", "issued_on": "01.09.2026.", "hours": "36", "training_round": "2"}
    assert dace.post(f"{page}aplieciba/", paper).status_code == 302
    assert TrainingCertificate.objects.get(mentor=lauma).number == "am - 77"
    assert anna.get(page).status_code == 200


def test_what_is_wrong_is_said_at_once_by_its_clauses_and_what_was_typed_stays(dace: Client) -> None:
    answer = dace.post(NEW, typed(name="Lauma", born="31.02.1990.", education=["coach_c"], municipalities=[]))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert {finding.clause for finding in answer.context["form"].refused} == {"REG-1", "MEN-1", "MEN-3"}
    assert 'value="31.02.1990."' in words and 'value="Lauma"' in words and "VI Nr. 17" in words
    assert not Mentor.objects.filter(user__email="lauma@example.lv").exists()


@pytest.mark.parametrize(
    "wrong", [{"number": ""}, {"hours": "35"}, {"issued_on": "08.09.2026."}, {"issued_on": "rudenī"}]
)
def test_a_certificate_that_is_none_is_refused(cast: Cast, dace: Client, wrong: dict[str, str]) -> None:
    before = TrainingCertificate.objects.get(mentor=cast.ilze)
    paper = {"number": "AM-77", "issued_on": "01.09.2026.", "hours": "36", "training_round": "2"} | wrong
    answer = dace.post(f"/registrs/{cast.ilze.public_id}/aplieciba/", paper)
    assert answer.status_code == 422 and "MEN-6" in answer.content.decode()
    assert TrainingCertificate.objects.get(mentor=cast.ilze).number == before.number


def test_one_number_is_one_persons(cast: Cast, dace: Client) -> None:
    taken = TrainingCertificate.objects.get(mentor=cast.andris).number
    paper = {"number": taken.lower(), "issued_on": "01.09.2026.", "hours": "36", "training_round": "2"}
    answer = dace.post(f"/registrs/{cast.ilze.public_id}/aplieciba/", paper)
    assert answer.status_code == 422 and "MEN-6" in answer.content.decode()


def test_who_has_an_account_keeps_it_and_another_name_does_not_get_it(cast: Cast, dace: Client) -> None:
    refused = dace.post(NEW, typed(email=cast.anna.email))
    assert refused.status_code == 422 and "REG-1" in refused.content.decode()
    assert dace.post(NEW, typed(email=cast.anna.email.upper(), name="Anna Liepa")).status_code == 302
    assert Mentor.objects.get(user=cast.anna).born_on == date(1990, 4, 2)
    again = dace.post(NEW, typed(email=cast.anna.email, name="Anna Liepa"))
    assert again.status_code == 422 and Mentor.objects.filter(user=cast.anna).count() == 1
    assert dace.post(NEW, typed(email="tas nav e-pasts")).status_code == 422


def test_schools_enter_nobody(cast: Cast) -> None:
    assert signed_in(cast.anna).get(NEW).status_code == 404
    assert signed_in(cast.anna).post(NEW, typed()).status_code == 404
