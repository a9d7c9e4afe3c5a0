"""One recording POST in this process, and what it says to the database, printed as JSON.

python -m bench.statements USER PLAN
"""

import json
import sys
import uuid
from datetime import timedelta


def main(user: int, plan: int) -> None:
    """Three sendings to warm up (the month's timesheet is made), then the one that is counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from bench.jobs import signed_in
    from celabiedrs.lib import clock
    from celabiedrs.plans.models import SupportPlan

    cookies, token = signed_in(user)
    client = Client(enforce_csrf_checks=True)
    path = reverse("hours:record", args=[SupportPlan.objects.get(pk=plan).public_id])

    def send(back: int) -> None:
        day = clock.today() - timedelta(days=back)
        sent = {
            "csrfmiddlewaretoken": token,
            "once": uuid.uuid4(),
            "outcome": "held",
            "hours": "1",
            "start": "15:00",
        }
        sent |= {"day": day.isoformat(), "topic": f"Mērķi {uuid.uuid4()}", "end": ""}
        headers = {"cookie": cookies, "host": "127.0.0.1", "origin": "https://127.0.0.1"}
        answer = client.post(path, sent, secure=True, headers=headers)
        assert answer.status_code == 302, (answer.status_code, answer.content[:3000])

    for back in (3, 2, 1):
        send(back)
    with CaptureQueriesContext(connection) as said:
        send(4)
    print(json.dumps([query["sql"] for query in said.captured_queries]))


if __name__ == "__main__":
    import django

    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
