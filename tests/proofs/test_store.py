"""The folder of files and the database know each other, and no damaged paper goes unseen (R13)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.files import damage, jobs, marks, sweeping
from celabiedrs.lib.files.marks import MARK, check_store
from celabiedrs.lib.files.models import StoredFile, StoreMark
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.lib.files.verification import verify
from celabiedrs.lib.watch.alarms import open_alarms, tell_operator
from celabiedrs.lib.web import Answers

pytestmark = pytest.mark.django_db
PAPERS = 40


def paper(number: int) -> StoredFile:
    content = f"%PDF-1.7 paper {number}".encode()
    return store_bytes(content, kind="request", media_type="application/pdf", name="paper.pdf")


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A store of forty papers, tied to the database, two days later."""
    settings.FILES_ROOT = tmp_path
    assert check_store() == ""
    for number in range(PAPERS):
        paper(number)
    with clock.at(clock.now() + timedelta(days=2)):
        yield tmp_path


def papers(store: Path) -> int:
    return sum(1 for path in store.rglob("*") if path.is_file() and path.name != MARK)


def another_database() -> None:
    StoredFile.objects.all().delete()
    StoreMark.objects.update(token="f" * 32)


def empty_database() -> None:
    StoredFile.objects.all().delete()
    StoreMark.objects.all().delete()


def earlier_database() -> None:
    StoredFile.objects.filter(pk__in=StoredFile.objects.order_by("-pk")[: PAPERS - 5].values("pk")).delete()


@pytest.mark.parametrize("become", [another_database, empty_database, earlier_database])
def test_a_night_with_the_wrong_database_takes_no_file(store: Path, become: Any) -> None:
    become()
    jobs.sweep.func()
    assert papers(store) == PAPERS
    assert not (store / sweeping.QUARANTINE).exists()
    assert [alarm.kind for alarm in open_alarms()] == ["sweep_stopped"]


@pytest.mark.parametrize("become", [another_database, empty_database, earlier_database])
def test_without_the_guards_the_night_would_take_them(
    store: Path, become: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "check_store", lambda: "")
    monkeypatch.setattr(sweeping, "HANDFUL", PAPERS)
    become()
    jobs.sweep.func()
    assert (store / sweeping.QUARANTINE).exists()


@pytest.mark.parametrize(("become", "word"), [(another_database, "another"), (empty_database, "another")])
def test_a_start_over_a_foreign_folder_is_refused(store: Path, become: Any, word: str) -> None:
    become()
    assert word in check_store()


def test_a_folder_without_its_files_is_refused_until_the_operator_accepts(store: Path, settings: Any) -> None:
    settings.FILES_ROOT = store / "elsewhere"
    assert "none of them lies in" in check_store()
    marks.tie_store()
    assert check_store() == ""


def test_a_handful_lies_in_quarantine_for_a_month_and_comes_back_with_its_row(store: Path) -> None:
    gone = StoredFile.objects.order_by("pk")[0]
    StoredFile.objects.filter(pk=gone.pk).delete()
    assert sweeping.sweep_orphans() == 1
    assert papers(store) == PAPERS
    gone.save(force_insert=True)
    assert verify().brought_back == 1
    damage.open_whole(gone).close()
    StoredFile.objects.filter(pk=gone.pk).delete()
    sweeping.sweep_orphans()
    for days, left in ((30, PAPERS), (31, PAPERS - 1)):
        with clock.at(clock.now() + timedelta(days=days)):
            sweeping.empty_quarantine()
        assert papers(store) == left


def hurt(store: Path) -> list[StoredFile]:
    """One missing, one altered by a byte, two swapped."""
    missing, altered, one, other = StoredFile.objects.order_by("pk")[:4]
    (store / missing.path).unlink()
    content = bytearray((store / altered.path).read_bytes())
    content[9] ^= 1
    (store / altered.path).write_bytes(content)
    first, second = (store / one.path).read_bytes(), (store / other.path).read_bytes()
    (store / one.path).write_bytes(second)
    (store / other.path).write_bytes(first)
    return [missing, altered, one, other]


def test_verify_finds_what_is_missing_altered_or_swapped(store: Path, settings: Any) -> None:
    settings.OPERATOR = "uzturetajs@example.org"
    wrong = hurt(store)
    verdict = verify()
    assert [found for _, _, found in verdict.damaged] == ["missing", "altered", "altered", "altered"]
    assert {public_id for public_id, _, _ in verdict.damaged} == {str(stored.public_id) for stored in wrong}
    assert Event.objects.filter(kind="StoredFile", verb__in=["file_missing", "file_altered"]).count() == 4
    with pytest.raises(CommandError):
        call_command("verify")
    assert Event.objects.filter(kind="StoredFile").count() == 4, "told once"
    assert (tell_operator(), tell_operator(), len(mail.outbox)) == (1, 0, 1)
    print(f"store: {len(verdict.damaged)} of 4 damaged papers found among {verdict.compared}")


def test_the_nightly_part_comes_round_to_every_file(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celabiedrs.lib.files.verification.A_NIGHT", PAPERS // 4)
    wrong = hurt(store)
    for night in range(4):
        with clock.at(clock.now() + timedelta(days=night)):
            jobs.verify_nightly.func()
    assert set(StoredFile.objects.exclude(damaged_at=None)) == set(wrong)


def test_what_is_brought_back_ends_the_alarm(store: Path) -> None:
    stored = StoredFile.objects.order_by("pk")[0]
    content = (store / stored.path).read_bytes()
    (store / stored.path).unlink()
    verify()
    assert open_alarms().exists()
    (store / stored.path).write_bytes(content)
    assert verify().damaged == []
    assert not open_alarms().exists()


@pytest.mark.parametrize("number", range(4))
def test_the_reader_gets_a_page_and_the_operator_an_alarm(store: Path, number: int, ilze: Any) -> None:
    stored = hurt(store)[number]
    request = RequestFactory().get("/")
    request.user = ilze
    request.session = {}

    def page(_: HttpRequest) -> HttpResponse:
        return as_download(stored)  # type: ignore[return-value]

    with pytest.raises(damage.Damaged) as found:
        page(request)
    answer = Answers(page).process_exception(request, found.value)
    assert answer is not None
    assert answer.status_code == 409
    assert b"<h1>" in answer.content
    stored.refresh_from_db()
    assert stored.damaged_at is not None
    assert open_alarms().exists()


@pytest.fixture
def ilze(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user(email="ilze@example.org", name="Ilze Žagariņa")
