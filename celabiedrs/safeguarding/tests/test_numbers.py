"""The numbers to call are the programme's; 112 and 110 ship, and the page of danger is never without 112 (CNF-2)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.safeguarding.models import ServiceNumber
from tests.cast import at, signed_in
from tests.cast.programme import Cast


@pytest.fixture(autouse=True)
def morning(cast: Cast) -> Iterator[None]:
    with at("2026-10-06 09:00"):
        yield


def calls(cast: Cast) -> list[str]:
    page = signed_in(cast.ilze.user).get(reverse("safeguarding:door")).content.decode()
    return re.findall(r'href="tel:([^"]+)"', page)


def keep(cast: Cast, number: ServiceNumber | None = None, **changed: Any) -> Any:
    values = {
        "name": "Bāriņtiesa",
        "phone": "6 410 0000",
        "purpose": "bērna drošība",
        "region": "",
        "position": "50",
    }
    where = "number" if number else "number_new"
    address = reverse(f"safeguarding:{where}", args=[number.public_id] if number else [])
    return signed_in(cast.admin).post(address, values | changed)


def test_two_ship(cast: Cast) -> None:
    assert calls(cast) == ["112", "110"]


def test_a_table_without_any_shows_them_as_well(cast: Cast) -> None:
    ServiceNumber.objects.all().delete()
    assert calls(cast) == ["112", "110"]


def test_the_programme_enters_one_for_a_region(cast: Cast) -> None:
    assert keep(cast, region=cast.vidzeme.pk).status_code == 302
    keep(cast, name="Cita", phone="61000000", region=cast.zemgale.pk)
    keep(cast, name="Visiem", phone="116 111", position="10")
    assert calls(cast) == ["112", "110", "116111", "64100000"]


def test_one_that_is_taken_away_is_shown_no_more(cast: Cast) -> None:
    keep(cast)
    number = ServiceNumber.objects.get(emergency=False)
    signed_in(cast.admin).post(reverse("safeguarding:number_away", args=[number.public_id]))
    assert calls(cast) == ["112", "110"]


def test_the_last_emergency_number_stays(cast: Cast) -> None:
    client = signed_in(cast.admin)
    answers = [
        client.post(reverse("safeguarding:number_away", args=[number.public_id])).status_code
        for number in ServiceNumber.objects.filter(emergency=True).order_by("-position")
    ]
    assert answers == [302, 422]
    assert calls(cast) == ["112"]


def test_an_emergency_number_holds_in_every_region(cast: Cast) -> None:
    number = ServiceNumber.objects.get(phone="112")
    assert keep(cast, number, phone="112", region=cast.zemgale.pk).status_code == 422
    assert keep(cast, number, phone="112", name="Palīdzība").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"phone": "zvani"}, {"phone": "javascript:1"}, {"purpose": ""}, {"position": "-1"}],
)
def test_a_number_that_nobody_could_dial_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    assert keep(cast, **wrong).status_code == 422
    assert not ServiceNumber.objects.filter(emergency=False).exists()
