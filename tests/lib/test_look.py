"""What people type and what they are shown: days, hours, money, texts, and the pages of the house's look."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from celabiedrs.lib.look import band, shown
from celabiedrs.lib.look.fields import (
    ClockField,
    DayField,
    HoursField,
    MoneyField,
    MonthField,
    TextField,
    clean_text,
)
from celabiedrs.lib.look.views import csrf_failure


@pytest.mark.parametrize(
    "typed", ["12.10.2026.", "12.10.2026", "2026-10-12", " 12. 10. 2026. ", "\ufeff12.10.2026."]
)
def test_a_day_is_read_in_latvian_and_in_iso_form(typed):
    assert DayField().clean(typed) == date(2026, 10, 12)


@pytest.mark.parametrize(
    "typed", ["12.13.2026.", "29.02.2026.", "rīt", "12/10/2026", "١٢.١٠.٢٠٢٦.", "12.10.26."]
)
def test_what_is_no_day_is_named_in_the_refusal(typed):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)
    assert typed in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "read"), [("15:00", time(15)), ("15.30", time(15, 30)), ("9:05", time(9, 5))]
)
def test_a_time_may_be_written_with_a_colon_or_a_full_stop(typed, read):
    assert ClockField().clean(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "15:60", "15", "١٥:٠٠"])
def test_what_is_no_time_of_day_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        ClockField().clean(typed)


def test_a_month_is_read_in_both_forms_as_its_first_day():
    assert MonthField().clean("2026-10") == MonthField().clean("10.2026.") == date(2026, 10, 1)
    with pytest.raises(forms.ValidationError):
        MonthField().clean("13.2026.")


@pytest.mark.parametrize("typed", ["57,00", "57.00", "57", "57,00 €", "€57.00"])
def test_an_amount_is_read_however_the_clerk_writes_it(typed):
    assert MoneyField().clean(typed) == Decimal("57.00")


@pytest.mark.parametrize("typed", ["57,005", "1e3", "NaN", "٥٧", "5,7,0"])
def test_what_is_no_amount_is_refused_and_never_rounded(typed):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(typed)


def test_text_is_normalised_and_loses_controls_but_keeps_its_lines():
    assert clean_text("a\u0304\x00\x07\u202e b\r\nc ") == "ā b\nc"
    assert TextField().clean("  div\nas   rindas ") == "div as rindas"


class Meeting(forms.Form):
    day = DayField()
    hours = HoursField()
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


def test_the_band_places_breaks_and_today_by_their_share_of_the_semester():
    drawn = band.semester(
        date(2026, 9, 1),
        date(2026, 12, 9),  # a hundred days
        label="",
        breaks=[(date(2026, 9, 11), date(2026, 9, 15), "x")],
        today=date(2026, 10, 21),
        plan=None,
        meetings=[date(2027, 1, 1)],
    )
    assert (drawn["breaks"][0]["left"], drawn["breaks"][0]["width"]) == (10, 5)
    assert drawn["today_at"] == 50
    assert drawn["meetings"] == []


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
