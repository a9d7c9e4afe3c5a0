"""Ilze opens her first page."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from celabiedrs.hours.actions import return_month, submit_month
from celabiedrs.lib import clock
from celabiedrs.plans.words import PlanState
from tests.cast import signed_in
from tests.cast.meetings import Cast, put_meeting, put_mentor, put_person

TODAY = "/stundas/"


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_each_learner_has_a_card_with_the_hours_left_and_the_last_meeting(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 10, 9), 3)
    text = read(phone, TODAY)
    assert "Jānis Paraugs" in text
    assert "Oktobrī <b>3</b> no 20 st." in text
    assert "atlikušas 17 st." in text
    assert "Pēdējā tikšanās pirms 3 dienām." in text


def test_hours_of_another_mentor_count_for_the_learner(phone: Client, cast: Cast) -> None:
    """[TG-5] The meter is the learner's, over all mentors."""
    other = put_mentor("Oskars Otrs")
    row = put_meeting(cast.janis, date(2026, 10, 9), 3)
    row.mentor = other
    row.save(update_fields=["mentor"])
    assert "<b>3</b> no 20 st." in read(phone, TODAY)


def test_a_plan_that_waits_for_the_expert_says_do_not_start(phone: Client, cast: Cast) -> None:
    text = read(phone, TODAY)
    assert "Vēl nav apstiprināts – nesākt." in text
    assert reverse("hours:record", args=[cast.elza.public_id]) not in text


def test_a_suspended_plan_stands_apart(phone: Client, cast: Cast) -> None:
    now, apart = read(phone, TODAY).split("Apturētie un beigušies")
    assert "Markuss Izdomāts" in apart
    assert "Markuss Izdomāts" not in now


def test_a_returned_month_stands_there_with_its_reason(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15))
    submit_month(by=cast.user, plan=cast.janis, month=date(2026, 9, 1), no_double_funding=True)
    return_month(by=cast.responsible, plan=cast.janis, month=date(2026, 9, 1), reason="Papīrā 1 stunda.")
    text = read(phone, TODAY)
    assert "Atdots labošanai: 2026. gada septembris" in text
    assert "Papīrā 1 stunda." in text


def test_unsigned_meetings_and_a_month_to_submit_wait(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 9, 15), signed=False)
    text = read(phone, TODAY)
    assert "1 tikšanās bez parakstiem" in text
    assert "Var iesniegt: 2026. gada septembris" in text


def test_a_month_over_without_a_word_is_asked_for(phone: Client, cast: Cast) -> None:
    assert "Nekas nav pierakstīts: 2026. gada septembris" in read(phone, TODAY)
    phone.post(reverse("hours:no-meetings", args=[cast.janis.public_id, date(2026, 9, 1)]))
    assert "Nekas nav pierakstīts" not in read(phone, TODAY)


def test_the_missing_review_waits_when_the_plan_has_run_out(phone: Client, cast: Cast) -> None:
    put_meeting(cast.janis, date(2026, 10, 9))
    cast.janis.state = PlanState.ENDED
    cast.janis.ended_at = clock.now()
    cast.janis.save(update_fields=["state", "ended_at"])
    with clock.at(clock.now() + timedelta(days=1)):
        phone.force_login(cast.user)
        text = read(phone, TODAY)
    assert "Trūkst sadarbības izvērtējuma" in text
    assert reverse("closing:review", args=[cast.janis.public_id]) in text


def test_a_mentor_without_plans_reads_what_comes_next(cast: Cast) -> None:
    client = signed_in(put_mentor("Jauna Mentore").user)
    assert "Vēl nav neviena izglītojamā" in read(client, TODAY)
    assert "nevienā plānā tikties nevar" in read(client, reverse("hours:record"))


def test_who_is_no_mentor_has_no_such_page(cast: Cast) -> None:
    client = signed_in(put_person("Kāds Cits"))
    assert client.get(TODAY).status_code == 404


def test_another_mentors_pages_are_not_there(cast: Cast) -> None:
    row = put_meeting(cast.janis, date(2026, 10, 9))
    client = signed_in(put_mentor("Oskars Otrs").user)
    plan = cast.janis.public_id
    for url in (
        reverse("hours:plan", args=[plan]),
        reverse("hours:record", args=[plan]),
        reverse("hours:month", args=[plan, date(2026, 10, 1)]),
        *(
            reverse(f"hours:{name}", args=[row.public_id])
            for name in ("meeting", "change", "void", "sign", "hand-back", "sign-mentor")
        ),
        reverse("closing:review", args=[plan]),
    ):
        assert client.get(url).status_code == 404, url
        assert client.post(url).status_code in (404, 405), url


def test_a_thirteenth_month_is_no_address(phone: Client, cast: Cast) -> None:
    assert phone.get(f"/stundas/menesis/{cast.janis.public_id}/2026-13/").status_code == 404
    assert phone.get(f"/stundas/menesis/{cast.janis.public_id}/2025-01/").status_code == 404


def test_the_first_visit_stays_small(phone: Client, cast: Cast) -> None:
    """[S11] Page, styles and scripts of the mentor's first visit: at most 60 kB on the wire."""
    import gzip
    import re
    from pathlib import Path

    from django.contrib.staticfiles import finders

    for url in (TODAY, reverse("hours:record")):
        html = phone.get(url).content
        size = len(gzip.compress(html))
        for path in re.findall(rb'(?:src|href)="/static/([^"]+)"', html):
            found = finders.find(path.decode())
            assert found, path
            size += len(gzip.compress(Path(found).read_bytes()))
        print(f"first visit of {url}: {size} bytes")
        assert size <= 60 * 1024
