"""The page "Noteikumi": public, whole, searchable without JavaScript, with the numbers of the day."""

from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import ProgrammeSetting
from celabiedrs.rules import catalogue

pytestmark = pytest.mark.django_db
PAGE = "/noteikumi/"


def text_of(client: Client, query: str = "", language: str = "lv") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_reads_every_clause_at_its_own_anchor(client: Client) -> None:
    page = text_of(client)
    for clause in catalogue.clauses():
        assert page.count(f'id="{clause.id}"') == 1
        assert clause.title.on(clock.today()).lv in page


def test_the_source_and_its_day_are_named(client: Client) -> None:
    page = text_of(client)
    assert "Valsts izglītības attīstības aģentūra" in page
    assert "05.06.2026." in page


def test_the_page_is_there_in_english_too(client: Client) -> None:
    page = text_of(client, language="en")
    assert "At most 20 hours a month" in page
    assert "Ne vairāk kā 20 stundu mēnesī" not in page


def test_a_search_without_latvian_marks_finds_the_latvian_word(client: Client) -> None:
    page = text_of(client, "?q=neatbrivojas")
    assert 'id="TG-3"' in page
    assert 'id="LOG-5"' not in page


def test_a_search_for_a_clause_finds_that_clause_alone(client: Client) -> None:
    page = text_of(client, "?q=tg-1")
    assert page.count('<article class="card ') == 1
    assert 'id="TG-1"' in page


def test_the_filter_by_kind_leaves_that_kind(client: Client) -> None:
    page = text_of(client, "?kind=informed")
    assert page.count('<article class="card ') == 2


@pytest.mark.parametrize(
    "query", ["?kind=nonsense", "?q=%00", "?q=" + "a" * 500, "?q=%3Cscript%3E", "?other=1"]
)
def test_a_filter_that_makes_no_sense_breaks_nothing(client: Client, query: str) -> None:
    assert "<script>" not in text_of(client, query)


def test_the_number_of_today_stands_with_its_clause(client: Client) -> None:
    page = text_of(client, "?q=TG-5")
    assert "<strong>20</strong>" in page


def test_what_the_programme_decided_otherwise_is_shown_from_its_day_on(client: Client) -> None:
    ProgrammeSetting.objects.create(
        name="suitability_valid_months",
        value=24,
        since="2026-11-01",
        set_at=datetime(2026, 10, 1, tzinfo=clock.RIGA),
    )
    new_edition()
    with clock.at(datetime(2026, 10, 31, 12, 0)):
        assert "<strong>12</strong>" in text_of(client, "?q=MEN-5")
    with clock.at(datetime(2026, 11, 1, 12, 0)):
        assert "<strong>24</strong>" in text_of(client, "?q=MEN-5")
