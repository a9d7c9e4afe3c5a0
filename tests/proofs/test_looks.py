"""Looks are seen: the data protection officer's page over a million looks, and its answers (T1)."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import SupportPlan
from tests.cast.preparing import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 1_000_000
PAGE = "/parskati/skatijumi/"
MANY_LOOKS = """
INSERT INTO audit_look (at, viewer_id, role, what, thread)
SELECT now() - n * interval '1 second', %s, 'preparer', 'plan',
       ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
  FROM generate_series(1, %s) n
"""


def officer(institution: object = None) -> User:
    made = User.objects.create_user(email="das@example.invalid", name="Dace Sargs")
    Post.objects.create(
        person=made, role=Role.DATA_PROTECTION_OFFICER, institution=institution, since=date(2026, 1, 1)
    )
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_case() -> tuple[Cast, SupportPlan]:
    cast = Cast(clock.today())
    return cast, cast.requested(cast.draft(cast.learner("Undīne Jūrkalniņa")))


def test_who_touched_whom_is_answered_within_five_seconds_over_a_million_looks() -> None:
    cast, plan = a_case()
    with connection.cursor() as cursor:
        cursor.execute(MANY_LOOKS, [cast.gints.pk, MANY])
        cursor.execute("ANALYZE audit_look")
    Look.objects.create(at=clock.now(), viewer=cast.anna, role="preparer", what="plan", thread=plan.public_id)
    client = signed_in(officer())
    slowest = 0.0
    for asked in (None, {"name": "jurkalnina undine"}, {"who": cast.anna.name}, {"who": cast.gints.name}):
        began = time.monotonic()
        answer = client.get(PAGE) if asked is None else client.post(PAGE, asked)
        slowest = max(slowest, time.monotonic() - began)
        assert answer.status_code == 200
        if asked is not None and asked.get("who") != cast.gints.name:
            assert cast.anna.name in answer.content.decode()
    print(f"T1: {MANY:,} looks, slowest answer {slowest:.2f} s")
    assert slowest < 5
    assert Event.objects.filter(verb="looks_searched").count() == 3


def test_an_institution_s_officer_sees_its_own_cases_only_and_no_learner_s_name() -> None:
    cast, plan = a_case()
    for user in (cast.anna, cast.gints):
        Look.objects.create(at=clock.now(), viewer=user, role="preparer", what="plan", thread=plan.public_id)
    own = signed_in(officer(plan.institution)).get(PAGE).content.decode()
    assert cast.anna.name in own
    assert "Undīne" not in own
    User.objects.filter(email="das@example.invalid").update(email="old@example.invalid")
    elsewhere = signed_in(officer(cast.other_school)).get(PAGE).content.decode()
    assert cast.anna.name not in elsewhere
    assert signed_in(cast.anna).get(PAGE).status_code == 404


def test_asking_whether_a_child_is_in_the_programme_leaves_a_look() -> None:
    cast, plan = a_case()
    before = Look.objects.count()
    typed = {"name": plan.learner.name, "born": plan.learner.born_on.isoformat()}
    assert signed_in(cast.gints).post("/plani/izglitojamie/jauns/", typed).status_code == 422
    look = Look.objects.order_by("-pk").first()
    assert Look.objects.count() == before + 1
    assert look is not None
    assert (look.viewer, look.what, look.thread) == (cast.gints, "enrol_search", plan.learner.public_id)


def test_the_event_log_is_read_filtered_and_kept() -> None:
    cast, _plan = a_case()
    reader = signed_in(officer())
    page = reader.get("/parskati/notikumi/", {"verb": "learner_enrolled"}).content.decode()
    assert "Undīne" not in page
    assert reader.get("/parskati/notikumi/", {"since": "2099-01-01"}).status_code == 200
    table = reader.post("/parskati/notikumi/tabula/")
    assert table.status_code == 200
    assert table["Content-Type"].startswith("application/vnd.openxml")
    assert Event.objects.filter(verb="events_exported").exists()
    assert signed_in(cast.anna).get("/parskati/notikumi/").status_code == 404
