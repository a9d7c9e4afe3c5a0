"""A form posted twice has one effect and one answer."""

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import mark_done, once
from celabiedrs.lib.once.jobs import delete_old_keys
from celabiedrs.lib.once.models import PostedKey
from celabiedrs.lib.outbox.models import Message
from celabiedrs.lib.outbox.posting import post

KEY = str(uuid.uuid4())


@once
def tell(request: HttpRequest) -> HttpResponseBase:
    """A view with an effect that can be counted, and an address that is different each time."""
    if request.POST.get("text") == "bad":
        return HttpResponse("what is wrong", status=422)
    made = post(to=request.user, kind="told")
    messages.success(request, "Told.")
    return HttpResponseRedirect(f"/told/{made.public_id}/")


def sent(user: Any, view: Callable[..., HttpResponseBase] = tell, /, **fields: Any) -> HttpResponseBase:
    headers = fields.pop("headers", {})
    request = RequestFactory().post("/tell/", {"once": KEY, **fields}, headers=headers)
    request.user = user
    request._messages = CookieStorage(request)
    return view(request)


def test_the_second_sending_has_no_effect_and_the_first_answer(ilze: Any) -> None:
    first, second = sent(ilze, text="a"), sent(ilze, text="a", csrfmiddlewaretoken="other")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Message.objects.count() == 1


@pytest.fixture
def ilze_for_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Ilze as every connection sees her; taken away by hand, since the event log lets no table be emptied."""
    with django_db_blocker.unblock():
        user = get_user_model().objects.create_user(email="ilze-for-all@example.org", name="Ilze Žagariņa")
        yield user
        user.delete()
        connection.close()


def test_five_at_once_have_one_effect_and_five_equal_answers(ilze_for_all: Any) -> None:
    user = ilze_for_all
    for _round in range(5):
        Message.objects.all().delete()
        PostedKey.objects.all().delete()
        answers, gate = _five_at_once(user)
        assert len(answers) == 5
        assert not gate.broken
        assert len(set(answers)) == 1
        assert Message.objects.count() == 1


def _five_at_once(user: Any) -> tuple[list[str], threading.Barrier]:
    gate = threading.Barrier(5)
    answers: list[str] = []

    @once
    def slow(request: HttpRequest) -> HttpResponseBase:
        made = post(to=request.user, kind="told")
        gate.wait(timeout=10)
        return HttpResponseRedirect(f"/told/{made.public_id}/")

    def one() -> None:
        try:
            answers.append(sent(user, slow)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return answers, gate


def test_whoever_fails_because_the_first_went_through_gets_the_first_answer(ilze: Any) -> None:
    @once
    def only_one(request: HttpRequest) -> HttpResponseBase:
        if Message.objects.exists():
            raise Http404
        return HttpResponseRedirect(f"/told/{post(to=request.user, kind='told').public_id}/")

    first, second = sent(ilze, only_one), sent(ilze, only_one)
    assert first["Location"] == second["Location"]
    with pytest.raises(Http404):
        sent(ilze, only_one, once=str(uuid.uuid4()))


def test_a_form_with_errors_leaves_no_key_and_can_be_sent_again(ilze: Any) -> None:
    assert sent(ilze, text="bad").status_code == 422
    assert not PostedKey.objects.exists()
    assert sent(ilze, text="good").status_code == 302


def test_an_act_that_breaks_leaves_neither_effect_nor_key(ilze: Any) -> None:
    @once
    def breaks(request: HttpRequest) -> HttpResponseBase:
        post(to=request.user, kind="told")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sent(ilze, breaks)
    assert not Message.objects.exists()
    assert not PostedKey.objects.exists()


def test_going_back_and_changing_the_form_is_another_sending(ilze: Any) -> None:
    sent(ilze, text="a")
    sent(ilze, text="b")
    sent(ilze, text="b", paper=SimpleUploadedFile("a.pdf", b"1"))
    sent(ilze, text="b", paper=SimpleUploadedFile("a.pdf", b"2"))
    assert Message.objects.count() == 4


def test_another_person_with_the_same_key_is_another_sending(ilze: Any) -> None:
    other = get_user_model().objects.create_user(email="juris@example.org", name="Juris Ķirsis")
    assert sent(ilze)["Location"] != sent(other)["Location"]


def test_without_a_key_or_a_person_the_view_runs_as_it_is(ilze: Any) -> None:
    sent(ilze, once="")
    sent(ilze, once="not-a-key")
    assert Message.objects.count() == 2
    assert not PostedKey.objects.exists()

    @once
    def hello(request: HttpRequest) -> HttpResponseBase:
        return HttpResponseRedirect("/")

    assert sent(AnonymousUser(), hello).status_code == 302
    assert not PostedKey.objects.exists()


def test_htmx_is_sent_to_the_first_answers_place(ilze: Any) -> None:
    @once
    def fragment(request: HttpRequest) -> HttpResponseBase:
        post(to=request.user, kind="told")
        return mark_done(HttpResponse("<p>Told</p>"), "/told/")

    assert sent(ilze, fragment, headers={"HX-Request": "true"}).status_code == 200
    again = sent(ilze, fragment, headers={"HX-Request": "true"})
    assert (again.status_code, again["HX-Redirect"]) == (204, "/told/")
    assert Message.objects.count() == 1


def test_the_repeat_leaves_no_second_word_for_the_next_page(ilze: Any) -> None:
    sent(ilze)
    request = RequestFactory().post("/tell/", {"once": KEY})
    request.user = ilze
    request._messages = CookieStorage(request)
    tell(request)
    assert list(messages.get_messages(request)) == []


def test_an_ordinary_sending_costs_one_more_statement(ilze: Any) -> None:
    with CaptureQueriesContext(connection) as plain:
        post(to=ilze, kind="told")
    with CaptureQueriesContext(connection) as guarded:
        sent(ilze)
    cost = [query["sql"] for query in guarded if "SAVEPOINT" not in query["sql"]]
    assert len(cost) == len(plain) + 1, cost


def test_old_keys_go_and_young_ones_stay(ilze: Any) -> None:
    sent(ilze)
    with clock.at(clock.now() + timedelta(days=6)):
        assert delete_old_keys() == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert delete_old_keys() == 1


def test_each_form_gets_a_key_of_its_own() -> None:
    drawn = Template("{% load look %}{% once %}").render(Context())
    assert drawn.startswith('<input type="hidden" name="once" value="')
    assert drawn != Template("{% load look %}{% once %}").render(Context())
