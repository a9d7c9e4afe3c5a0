"""The menu at the top of every page: what a person uses most stands, the rest is under More."""

import re

import pytest
from django.urls import reverse

from celabiedrs.desk.pages import menu
from celabiedrs.people.models import User
from tests.cast import signed_in
from tests.cast.programme import Cast


def bar(person: User, path: str = "/") -> tuple[list[str], str]:
    """The words that stand in the bar, and the part under More."""
    client = signed_in(person)
    menu = client.get(path).content.decode().split("<nav ")[1].split("</nav>")[0]
    stands, _summary, more = menu.partition("<details")
    return re.findall(r"<a [^>]*>([^<]+)</a>", stands), more


def test_of_a_mentors_long_menu_four_places_stand(cast: Cast) -> None:
    stands, more = bar(cast.ilze.user)
    assert len(stands) == 4
    assert stands[:2] == ["Sākums", "Šodien"]
    assert "Vairāk</summary>" in more
    for name in ("contracts:mine", "closing:handing", "registry:mine", "programme:contacts"):
        assert f'href="{reverse(name)}"' in more


def test_more_says_which_of_its_pages_is_open(cast: Cast) -> None:
    stands, more = bar(cast.ilze.user, reverse("programme:contacts"))
    assert f'href="{reverse("programme:contacts")}" aria-current="page"' in more
    assert len(stands) == 4


def test_a_short_menu_stands_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_of_mentor", lambda user: iter([("Šodien", "hours:today")]))
    stands, more = bar(cast.ilze.user)
    assert stands[-1] == "Kontakti"
    assert more == ""
