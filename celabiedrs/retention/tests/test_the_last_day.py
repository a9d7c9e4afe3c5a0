"""The end of keeping, through the pages: one prepares, another agrees, a job does it, and nothing is left (T5).

Every person, text, paper and picture of a made-up case holds a token of its own. Afterwards the whole database is
searched, every column of every table, and every stored file.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.files.storage import files_root
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import Post
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.retention.actions import erasure, hold, proposal
from celabiedrs.retention.jobs import carry_out
from celabiedrs.retention.models import Disposal, Fell, Proposal, ProposalState
from celabiedrs.retention.reading import due as dues
from celabiedrs.retention.tests.test_disposing import a_whole_life
from tests.cast import at, signed_in
from tests.cast.programme import Cast

LAST, NEXT = "2034-12-31 10:00", "2035-01-01 10:00"
BEFORE = "2035-01-01"


def marked(cast: Cast, plan: SupportPlan, token: str) -> None:
    """A case with something in every table, and the token in every text of it."""
    a_whole_life(cast, plan)
    Learner.objects.filter(pk=plan.learner_id).update(name=f"Vārds {token}", guardian=f"Māte {token}")
    for model, way in erasure.OF_A_PLAN:
        texts = {field.name: f"Teksts {token}" for field in model._meta.concrete_fields if is_a_text(field)}
        if texts:
            model._base_manager.filter(**{way: plan}).update(**texts)
    sheet = plan.timesheets.get()
    scan = sheet.paper_scan
    assert scan is not None
    (files_root() / scan.path).write_bytes(f"%PDF bilde {token}".encode())


def is_a_text(field: Any) -> bool:
    """Whether people write it in words of their own."""
    if field.choices or field.name == "void_reason":  # a meeting that stands has none
        return False
    return field.get_internal_type() == "TextField" or (field.max_length or 0) >= 200


def columns() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY', 'uuid')"
        )
        yield from cursor.fetchall()


def canaries(token: str) -> list[str]:
    """Where the token still stands: columns of the database, and stored files."""
    found = []
    with connection.cursor() as cursor:
        for table, column in columns():
            hexed = token.encode().hex()
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s OR "{column}"::text LIKE %s',
                [f"%{token}%", f"%{hexed}%"],
            )
            row = cursor.fetchone()
            found += [f"{table}.{column}"] * (row[0] if row else 0)
    for path in files_root().rglob("*"):
        if path.is_file() and token.encode() in path.read_bytes():
            found.append("file")
    return found


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cases(cast: Cast) -> Cast:
    """One case that ended, one on hold, one that nobody has closed."""
    cast.held = cast.planned(cast.learner("B"), cast.andris, cast.contracted(cast.andris, cast.school))  # type: ignore[attr-defined]
    with at("2026-08-30 10:00"):
        third = cast.mentor("Trešā Mentore")
    cast.open = cast.planned(cast.learner("C"), third, cast.contracted(third, cast.school))  # type: ignore[attr-defined]
    marked(cast, cast.plan, "kanarijputns1")
    marked(cast, cast.held, "kanarijputns2")  # type: ignore[attr-defined]
    Learner.objects.filter(pk=cast.open.learner_id).update(name="kanarijputns3")  # type: ignore[attr-defined]
    with at("2034-06-01 10:00"):
        hold(by=cast.admin, thing=cast.held, reason="Tiesvedība")  # type: ignore[attr-defined]
    return cast


def proposed(cast: Cast) -> Proposal:
    answer = signed_in(cast.admin).post(reverse("retention:prepare"), {"before": BEFORE})
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.objects.get(state=ProposalState.PROPOSED)


def agreed(cast: Cast) -> Proposal:
    proposal = proposed(cast)
    answer = signed_in(cast.admin2).post(reverse("retention:proposal", args=[proposal.public_id]))
    assert answer.status_code == 302
    proposal.refresh_from_db()
    return proposal


def carried_out(callbacks: Any) -> None:
    with callbacks(execute=True):
        carry_out(0)


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


def test_on_the_last_day_nothing_can_be_proposed_and_nothing_is_touched(cases: Cast, callbacks: Any) -> None:
    before = {token: len(canaries(token)) for token in ("kanarijputns1", "kanarijputns2", "kanarijputns3")}
    assert all(before.values())
    with at(LAST):
        page = signed_in(cases.admin).get(reverse("retention:prepare"), {"before": BEFORE})
        assert cases.plan.number in page.content.decode()
        answer = signed_in(cases.admin).post(reverse("retention:prepare"), {"before": BEFORE})
        assert answer.status_code == 422 and "ARC-1" in answer.content.decode()
        carried_out(callbacks)
    assert not Proposal.objects.exists() and not Disposal.objects.exists()
    assert {token: len(canaries(token)) for token in before} == before


def test_the_day_after_two_people_dispose_of_what_ended_and_of_nothing_else(
    cases: Cast, callbacks: Any
) -> None:
    kept = {token: sorted(canaries(token)) for token in ("kanarijputns2", "kanarijputns3")}
    assert "file" in canaries("kanarijputns1") and len(canaries("kanarijputns1")) > 20
    with at(NEXT):
        listed = signed_in(cases.admin).get(reverse("retention:prepare"), {"before": BEFORE}).content.decode()
        assert cases.plan.number in listed and "kanarijputns" not in listed
        proposal = agreed(cases)
        assert Disposal.objects.count() == 0 and canaries("kanarijputns1")
        carried_out(callbacks)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.DONE and proposal.disposal is not None
        counts = proposal.disposal.counts
        assert (counts["plans"], counts["held"], counts["open"]) == (1, 1, 1)
        page = signed_in(cases.admin2).get(
            reverse("retention:certificate", args=[proposal.disposal.public_id])
        )
        file = signed_in(cases.admin).get(
            reverse("retention:certificate_file", args=[proposal.disposal.public_id])
        )
    assert canaries("kanarijputns1") == []
    assert {token: sorted(canaries(token)) for token in kept} == kept
    assert "kanarijputns" not in page.content.decode()
    assert b"".join(file).startswith(b"%PDF")  # type: ignore[arg-type]
    assert IssuedDocument.objects.filter(kind="disposal_certificate").count() == 1
    told = Message.objects.filter(kind="disposal_done").values_list("to", flat=True)
    assert set(told) == {cases.admin.pk, cases.admin2.pk}


@pytest.mark.parametrize("guard", ["events", "files", "holds"])
def test_without_a_guard_the_search_sees_what_is_wrong(
    cases: Cast, callbacks: Any, monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    if guard == "events":
        monkeypatch.setattr(erasure, "OF_A_LEARNER", ())
        monkeypatch.setattr(erasure, "erase_learners", lambda keys, counts: None)
    elif guard == "files":
        monkeypatch.setattr(erasure, "erase_files", lambda keys: 0)
    else:
        nothing = SupportPlan.objects.none()
        monkeypatch.setattr(dues, "held_plans", lambda: nothing)
    with at(NEXT):
        agreed(cases)
        carried_out(callbacks)
    if guard == "holds":
        assert canaries("kanarijputns2") == []
    else:
        assert canaries("kanarijputns1")


def test_without_the_border_the_last_day_is_not_safe(cases: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dues, "keep_until", lambda day: date(2034, 12, 30))
    with at(LAST):
        assert dues.due(date(2034, 12, 31)).plans


def test_who_prepared_cannot_agree_and_nobody_else_can_either(cases: Cast) -> None:
    with at(NEXT):
        proposal = proposed(cases)
        url = reverse("retention:proposal", args=[proposal.public_id])
        own = signed_in(cases.admin).post(url)
        assert own.status_code == 422 and "ARC-1" in own.content.decode()
        assert signed_in(cases.head).post(url).status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED


def test_a_list_that_changed_before_the_agreement_cannot_be_agreed_to(cases: Cast) -> None:
    with at(NEXT):
        proposal = proposed(cases)
        cases.end(cases.open, "2035-01-01 10:00")  # type: ignore[attr-defined]
        url = reverse("retention:proposal", args=[proposal.public_id])
        assert signed_in(cases.admin2).post(url).status_code == 422
        declined = signed_in(cases.admin2).post(
            reverse("retention:decline", args=[proposal.public_id]), {"reason": "Saraksts mainījies"}
        )
    assert declined.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (ProposalState.DECLINED, "Saraksts mainījies")
    assert Message.objects.filter(kind="disposal_declined", to=cases.admin).exists()


def test_a_list_that_changes_after_it_lets_the_agreement_fall_and_both_are_told(
    cases: Cast, callbacks: Any
) -> None:
    with at(NEXT):
        proposal = agreed(cases)
        hold(by=cases.admin2, thing=cases.plan, reason="Jauna lieta")
        carried_out(callbacks)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.fell) == (ProposalState.FALLEN, Fell.CHANGED)
    assert not Disposal.objects.exists() and canaries("kanarijputns1")
    told = Message.objects.filter(kind="disposal_fell").values_list("to", flat=True)
    assert set(told) == {cases.admin.pk, cases.admin2.pk}


def test_an_administrator_who_is_none_any_more_lets_it_fall(cases: Cast, callbacks: Any) -> None:
    with at(NEXT):
        proposal = agreed(cases)
        Post.objects.filter(person=cases.admin2).update(until=date(2034, 12, 31))
        carried_out(callbacks)
    proposal.refresh_from_db()
    assert proposal.fell == Fell.NO_TWO and not Disposal.objects.exists()


def test_a_deed_that_fails_halfway_has_done_nothing_and_both_are_told(
    cases: Cast, callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*anything: object) -> None:
        raise OSError("disks")

    monkeypatch.setattr(erasure, "_erase_contracts", broken)
    before = sorted(canaries("kanarijputns1"))
    with at(NEXT):
        proposal = agreed(cases)
        carried_out(callbacks)
    proposal.refresh_from_db()
    assert proposal.fell == Fell.FAILED and not Disposal.objects.exists()
    assert sorted(canaries("kanarijputns1")) == before
    assert SupportPlan.objects.filter(state=PlanState.ENDED).exists()


def test_one_disposal_waits_at_a_time_and_declining_says_why(cases: Cast) -> None:
    with at(NEXT):
        proposal = proposed(cases)
        again = signed_in(cases.admin2).post(reverse("retention:prepare"), {"before": BEFORE})
        assert again.status_code == 422
        url = reverse("retention:decline", args=[proposal.public_id])
        assert signed_in(cases.admin2).post(url, {"reason": " "}).status_code == 422
        assert signed_in(cases.admin).post(url, {"reason": "Kļūda"}).status_code == 302
        assert signed_in(cases.admin2).post(url, {"reason": "Vēlreiz"}).status_code == 409


def test_a_deed_is_done_once_however_often_the_job_runs(cases: Cast, callbacks: Any) -> None:
    with at(NEXT):
        agreed(cases)
        carried_out(callbacks)
        carried_out(callbacks)
        assert proposal.carry_out_agreed() == 0
    assert Disposal.objects.count() == 1


def test_every_personal_table_has_been_filled(cases: Cast) -> None:
    """The search would prove nothing about an empty table."""
    empty = [model.__name__ for model, way in erasure.OF_A_PLAN if not model._base_manager.exists()]
    assert empty == []
    tables = {table for table, _column in columns()}
    assert {"plans_learner", "hours_meeting", "audit_event", "outbox_message", "django_session"} <= tables
