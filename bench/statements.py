"""One recording POST in this process, and what it says to the database (printed as JSON): python -m bench.statements USER PLAN"""

import json
import sys
import uuid

import django

django.setup()

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.jobs import signed_in
from celabiedrs.lib import clock
from celabiedrs.plans.models import SupportPlan


def main(user: int, plan: int) -> None:
    cookies, token = signed_in(user)
    client = Client(enforce_csrf_checks=True)
    path = reverse("hours:record", args=[SupportPlan.objects.get(pk=plan).public_id])

    def send(day: int) -> None:
        sent = {
            "csrfmiddlewaretoken": token, "once": uuid.uuid4(), "outcome": "held", "hours": "1", "start": "15:00",
            "day": (clock.today() - timedelta(days=day)).isoformat(), "topic": f"Mērķi {uuid.uuid4()}", "end": "",
        }  # fmt: skip
        answer = client.post(
            path, sent, HTTP_COOKIE=cookies, HTTP_HOST="127.0.0.1", HTTP_ORIGIN="https://127.0.0.1", secure=True,
        )  # fmt: skip
        assert answer.status_code == 302, (answer.status_code, answer.content[:3000])

    for day in range(1, 4):
        send(day)
    with CaptureQueriesContext(connection) as said:
        send(4)
    print(json.dumps([query["sql"] for query in said.captured_queries]))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
