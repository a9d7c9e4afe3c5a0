"""The floors: the same jobs as plain Django does them, without sign-in, rules, events, languages or looks.

Served like ours (bench/serve_floors.py): the same server, as many processes and threads, the same
database. Their table holds as many rows as ours.
"""

import os
from datetime import datetime, timedelta
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from celabiedrs.lib.supervisor import end_with_parent
from config.database import database_settings
from config.web import THREADS


def _plain(database: dict[str, Any]) -> dict[str, Any]:
    """As Django connects unless told otherwise; the pool is left, because without it the floor would be slower."""
    for ours in ("server_side_binding", "prepare_threshold"):
        database["OPTIONS"].pop(ours)
    return database


if not settings.configured:
    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench.floors",
        USE_TZ=True,
        TIME_ZONE="Europe/Riga",
        LANGUAGE_CODE="lv",
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        DATABASES={"default": _plain(database_settings(os.environ["DATABASE_URL"], pool=THREADS + 1))},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [os.path.join(os.path.dirname(__file__), "templates")],
            }
        ],
    )
    django.setup()


class Pair(models.Model):
    name = models.TextField()

    class Meta:
        app_label = "floor"
        db_table = "floor_pair"


class Line(models.Model):
    pair = models.ForeignKey(Pair, models.PROTECT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"
        db_table = "floor_line"


class Row(models.Model):
    """Ours, seen with nothing around it."""

    timesheet_id = models.BigIntegerField()
    held_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=200)
    outcome = models.CharField(max_length=15)
    learner_means = models.CharField(max_length=10)
    mentor_means = models.CharField(max_length=10)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "hours_meeting"


def _read(request: HttpRequest) -> tuple[int, datetime, datetime, int, str]:
    sent = request.POST
    starts, hours = datetime.fromisoformat(sent["starts_at"]), int(sent["hours"])
    return int(sent["pair"]), starts, starts + timedelta(minutes=40 * hours), hours, sent["topic"]


def bare(request: HttpRequest) -> HttpResponse:
    """One row, nothing asked."""
    pair, starts, ends, hours, topic = _read(request)
    Line.objects.create(pair_id=pair, starts_at=starts, ends_at=ends, hours=hours, topic=topic)
    return HttpResponse(status=201)


def checked(request: HttpRequest) -> HttpResponse:
    """One row under a lock, after the month's sum and a look for overlaps."""
    pair, starts, ends, hours, topic = _read(request)
    month = starts.replace(day=1, hour=0, minute=0)
    with transaction.atomic():
        Pair.objects.select_for_update().get(pk=pair)
        lines = Line.objects.filter(pair_id=pair)
        after = (month + timedelta(days=32)).replace(day=1)
        used = (
            lines.filter(starts_at__gte=month, starts_at__lt=after).aggregate(Sum("hours"))["hours__sum"] or 0
        )
        if used + hours > 1_000_000 or lines.filter(starts_at__lt=ends, ends_at__gt=starts).exists():
            return HttpResponse(status=409)
        Line.objects.create(pair_id=pair, starts_at=starts, ends_at=ends, hours=hours, topic=topic)
    return HttpResponse(status=201)


def hello(request: HttpRequest) -> HttpResponse:
    """A first page."""
    return render(request, "floor_month.html", {"rows": ()})


def month(request: HttpRequest, sheet: int) -> HttpResponse:
    """The rows of one month in one query and one plain template."""
    rows = Row.objects.filter(timesheet_id=sheet).order_by("starts_at")
    return render(request, "floor_month.html", {"rows": rows})


urlpatterns = [
    path("hello", hello),
    path("bare", bare),
    path("checked", checked),
    path("month/<int:sheet>", month),
]
end_with_parent()
application = get_wsgi_application()
