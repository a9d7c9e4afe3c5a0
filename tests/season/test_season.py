"""A small season with people's mistakes: what goes in, what is left out and why, what is paid; and files that are
none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from celabiedrs.hours.models import Meeting
from celabiedrs.lib.audit.models import Event
from celabiedrs.places.actions import load_calendar, load_municipalities
from celabiedrs.places.models import Institution
from rehearsal.season.files import SeasonRefused, read_season
from rehearsal.season.replay import Replay, refuse_if_there

AUTUMN = Path(__file__).parent / "autumn"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    load_calendar()
    load_municipalities()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(AUTUMN, tmp_path / "season"))


def replayed(folder: Path) -> str:
    return Replay(read_season(folder), lambda part, done, total: None).run().text()


def test_every_mistake_is_listed_and_the_rest_is_paid() -> None:
    assert json.loads(replayed(AUTUMN)) == json.loads((AUTUMN.parent / "expected.json").read_text("utf-8"))


def test_the_report_is_the_same_byte_for_byte_with_a_mark_and_other_line_ends(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert replayed(folder) == (AUTUMN.parent / "expected.json").read_text("utf-8")


def test_a_file_that_a_spreadsheet_wrote_in_utf_16_is_read_like_any_other(folder: Path) -> None:
    path = folder / "learners.csv"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    assert replayed(folder) == (AUTUMN.parent / "expected.json").read_text("utf-8")


def test_a_second_replay_on_one_database_is_refused_and_changes_nothing() -> None:
    replayed(AUTUMN)
    before = Meeting.objects.count(), Event.objects.count()
    with pytest.raises(SeasonRefused, match="already"):
        replayed(AUTUMN)
    with pytest.raises(SeasonRefused, match="--throwaway"):
        refuse_if_there(read_season(AUTUMN))
    assert (Meeting.objects.count(), Event.objects.count()) == before


def rewritten(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes())) and None


MISTAKES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file is missing": (lambda folder: (folder / "rates.csv").unlink(), r"rates\.csv: it cannot be opened"),
    "a column is missing": (
        rewritten("meetings.csv", lambda text: text.replace(b"topic,", b"", 1)),
        r"meetings\.csv.*topic",
    ),
    "a column is unknown": (
        rewritten("plans.csv", lambda text: text.replace(b"hours_per_month", b"hours", 1)),
        r"plans\.csv.*hours_per_month",
    ),
    "another encoding": (
        rewritten("learners.csv", lambda text: text.decode().encode("cp1257")),
        r"learners\.csv",
    ),
    "half a file": (
        rewritten("meetings.csv", lambda text: text[: len(text) // 2].rsplit(b",", 1)[0]),
        r"meetings\.csv, row \d+",
    ),
    "one key twice": (
        rewritten("mentors.csv", lambda text: text.replace(b"juris,", b"marta,", 1)),
        r"mentors\.csv, row 3, column key",
    ),
    "a key that leads nowhere": (
        rewritten("meetings.csv", lambda text: text.replace(b"p3,", b"p9,", 1)),
        r"meetings\.csv, row 5, column plan: plans\.csv has no “p9”",
    ),
    "an unknown municipality": (
        rewritten("institutions.csv", lambda text: text.replace(b"0026000", b"0026001", 1)),
        r"institutions\.csv, row 2, column municipality_atvk",
    ),
    "an unknown kind": (
        rewritten("institutions.csv", lambda text: text.replace(b"general", b"genral", 1)),
        r"institutions\.csv, row 2, column kind",
    ),
    "neither yes nor no": (
        rewritten("meetings.csv", lambda text: text.replace(b"yes,yes", b"da,yes", 1)),
        r"meetings\.csv, row 2, column learner_signed",
    ),
    "an empty file": (rewritten("contracts.csv", lambda text: b""), r"contracts\.csv"),
    "no folder at all": (lambda folder: shutil.rmtree(folder), "there is no such folder"),
}


@pytest.mark.parametrize(("spoil", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_season_that_cannot_be_read_says_where_and_stores_nothing(
    spoil: Callable[[Path], object], said: str, folder: Path
) -> None:
    spoil(folder)
    with pytest.raises(SeasonRefused, match=said):
        replayed(folder)
    assert not Institution.objects.exists()
