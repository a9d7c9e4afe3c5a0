"""The strict eyes of a test run, each seen to see."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client
from django.urls import path

from celabiedrs.people.models import User
from tests.plugins.reading import WritingGet


@login_not_required
def writes(request: HttpRequest) -> HttpResponse:
    User.objects.filter(pk=0).update(name="")
    return HttpResponse("written")


urlpatterns = [path("raksta/", writes)]


@pytest.mark.django_db
@pytest.mark.urls("tests.architecture.test_guards")
class TestReading:
    def test_a_get_that_writes_fails(self, client: Client) -> None:
        with pytest.raises(WritingGet, match="people_user"):
            client.get("/raksta/")

    def test_a_post_may_write(self, client: Client) -> None:
        assert client.post("/raksta/").content == b"written"

    @pytest.mark.get_may_write("people_user")
    def test_a_listed_table_may_be_written(self, client: Client) -> None:
        assert client.get("/raksta/").content == b"written"


def test_a_query_without_order_is_shuffled() -> None:
    assert "RANDOM()" in str(Session.objects.all().query)


def test_a_query_with_an_order_keeps_it() -> None:
    assert "RANDOM()" not in str(Session.objects.order_by("expire_date").query)


def test_a_template_that_names_an_unknown_variable_fails() -> None:
    with pytest.raises(pytest.fail.Exception):
        Template("{{ nobody.name }}").render(Context())
