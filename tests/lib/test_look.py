"""What people type and what they are shown: days, hours, money, texts, and the pages of the house's look."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import escape
from django.utils.translation import override

from celabiedrs.lib.acts import Refused
from celabiedrs.lib.look import band, shown
from celabiedrs.lib.look.fields import (
    RawClock,
    RawDay,
    RawField,
    RawHours,
    RawMoney,
    RawMonth,
    RawNumber,
    RawText,
    TextField,
)
from celabiedrs.lib.look.views import csrf_failure
from celabiedrs.lib.look.widgets import HoursTiles
from celabiedrs.lib.web import ActForm, attempt
from celabiedrs.rules.breach import Breach


@pytest.mark.parametrize("field", [RawDay, RawClock, RawMonth, RawHours, RawNumber, RawMoney, RawField])
@pytest.mark.parametrize("typed", [" 12.  10. 2026 ", "rīt", "1\u00a0234,50 €", "x" * 300, "\u202e5"])
def test_a_raw_field_keeps_what_was_typed_and_gives_it_on_untouched(field, typed):
    class One(forms.Form):
        value = field()

    form = One({"value": typed})
    assert form.is_valid()
    assert form.cleaned_data["value"] == typed
    assert f'value="{escape(typed)}"' in str(form["value"])


@pytest.mark.parametrize("empty", ["", None, "  ", "\u200b"])
def test_a_raw_field_without_a_visible_sign_is_empty_and_no_error_of_the_form(empty):
    assert RawDay().clean(empty) == RawMoney().clean(empty) == ""


def test_a_raw_field_shows_a_value_of_the_database_as_it_is_typed():
    class Known(forms.Form):
        paid, month = RawMoney(), RawMonth()

    form = Known(initial={"paid": Decimal("1234.50"), "month": date(2026, 10, 1)})
    assert 'value="1234,50"' in str(form["paid"])
    assert 'value="10.2026."' in str(form["month"])


def test_text_is_cleaned_on_its_way_in():
    assert (
        TextField().clean("  div\nas   rindas \u200b") == RawText().clean("div as rindas") == "div as rindas"
    )


class Asked(ActForm):
    day, start, paid = RawDay(), RawClock(required=False), RawMoney()


def test_a_refused_form_says_at_each_field_why_it_could_not_be_read():
    def act(**values):
        raise Refused([Breach("PAY-3", "No.")])

    form = Asked({"day": "12.10.26", "start": "", "paid": "57,00"})
    assert form.is_valid()
    with override("lv"):
        assert attempt(form, act, **form.cleaned_data) is None
    assert list(form.errors) == ["day"]
    assert "12.10.26" in form.errors["day"][0]
    assert form.cleaned_data["day"] == "12.10.26"


class Meeting(forms.Form):
    day = RawDay()
    hours = RawHours(widget=HoursTiles)
    topic = TextField(readers="skola", help_text="Īsi", lines=3)


def test_hours_stay_as_they_were_typed():
    form = Meeting({"day": "12.10.2026.", "hours": "more", "hours_more": "2,5", "topic": "Saruna"})
    assert form.is_valid()
    assert form.cleaned_data["hours"] == "2,5"
    assert 'value="2,5"' in str(form["hours"])


def test_a_tile_gives_its_number_even_if_another_stands_in_the_field_beside():
    form = Meeting({"day": "12.10.2026.", "hours": "3", "hours_more": "9", "topic": "Saruna"})
    assert form.is_valid()
    assert form.cleaned_data["hours"] == "3"


def test_a_wrong_day_comes_back_as_it_was_typed_in_a_plain_field():
    html = str(Meeting({"day": "12.13.2026."})["day"])
    assert 'type="text"' in html
    assert 'value="12.13.2026."' in html


def test_a_field_is_tied_to_its_reader_hint_and_error():
    html = str(Meeting({}))
    assert 'aria-describedby="id_topic_readers id_topic_helptext id_topic_error"' in html
    for part in ("readers", "helptext", "error"):
        assert f'id="id_topic_{part}"' in html


def test_the_error_summary_leads_to_controls_that_exist():
    form = Meeting({})
    for name in ("day", "hours"):
        form.add_error(name, "x")
    page = Template("{% load look %}{% error_summary form %}{{ form }}").render(Context({"form": form}))
    for target in ("id_day", "id_hours_1", "id_topic"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page


def test_days_hours_and_money_are_shown_in_the_language_of_the_page():
    at = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)  # half past midnight on the 1st in Riga
    with override("lv"):
        assert shown.moment(at) == "01.10.2026. plkst.\u00a000:30"
        assert shown.day_words(date(2026, 10, 12)) == "pirmdien, 12.\u00a0oktobrī"
        assert shown.month(at) == "2026. gada oktobris"
        assert shown.hours(2) == "2\u00a0st."
        assert shown.money("-1234.5") == "\u22121\u00a0234,50\u00a0€"
    with override("en"):
        assert shown.day(at) == "1\u00a0Oct\u00a02026"
        assert shown.money(Decimal("57")) == "€57.00"


@pytest.mark.parametrize(
    ("used", "words"), [(19, "atlikusi 1"), (14, "atlikušas 6"), (22, "2\u00a0st. virs")]
)
def test_the_meter_says_what_is_left_in_correct_latvian(used, words):
    with override("lv"):
        page = Template("{% load look %}{% hours_meter used 20 %}").render(Context({"used": used}))
    assert words in page


def test_the_band_places_breaks_and_today_by_their_share_of_the_stretch():
    drawn = band.drawn(
        date(2026, 9, 1),
        date(2026, 12, 9),  # a hundred days
        label="",
        breaks=[(date(2026, 9, 11), date(2026, 9, 15), "x")],
        today=date(2026, 10, 21),
        span=None,
        dots=[date(2027, 1, 1)],
    )
    assert (drawn["breaks"][0]["left"], drawn["breaks"][0]["width"]) == (10, 5)
    assert drawn["today_at"] == 50
    assert drawn["dots"] == []


def _refused(origin: str) -> str:
    request = RequestFactory().post(
        "/x/",
        {"topic": "Saruna par mežu", "password": "ļoti slepeni", "mentor_image": "data:image"},
        headers={"origin": origin, "referer": f"{origin}/menesis/?d=1"},
    )
    answer = csrf_failure(request)
    assert answer.status_code == 403
    return answer.content.decode()


def test_an_old_form_shows_what_was_typed_and_the_way_back_but_no_secret():
    page = _refused("http://testserver")
    assert "Saruna par mežu" in page
    assert 'href="/menesis/?d=1"' in page
    assert "slepeni" not in page
    assert "data:image" not in page


def test_a_form_sent_by_another_site_shows_nothing_of_it():
    page = _refused("https://elsewhere.example")
    assert "Saruna" not in page
    assert "elsewhere" not in page
