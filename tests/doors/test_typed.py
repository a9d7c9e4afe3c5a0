"""What people type is read alike through every door: the page, the act, a table's cell, a season, a story.

One table of what was typed and what it means; each door hands it to the same act and tells what was stored, None where
it was refused.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from django.db import transaction
from django.urls import reverse

from celabiedrs.hours.actions import record_meeting
from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.tables.columns import Column, day_cell, text_cell
from celabiedrs.lib.tables.reading import Row, read_csv, read_table
from celabiedrs.lib.tables.writing import csv_bytes
from celabiedrs.pay.actions import publish_rate
from celabiedrs.pay.models import UnitRate
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import SupportPlan
from rehearsal.season.diary import Diary
from rehearsal.season.files import Season
from rehearsal.season.people import Staff
from rehearsal.season.report import Report
from rehearsal.stories import files
from rehearsal.stories.scopes import Cast
from rehearsal.stories.story import take
from tests.cast import signed_in
from tests.cast.meetings import NOW, put_calendar, put_mentor, put_plan, put_school

OCTOBER_5, OCTOBER_12 = date(2026, 10, 5), date(2026, 10, 12)
DAYS = {
    "2026-10-05": OCTOBER_5, "05.10.2026.": OCTOBER_5, "5.10.2026": OCTOBER_5, "5.  10. 2026": OCTOBER_5,
    "5.\u00a010.\u00a02026.": OCTOBER_5, "٢٠٢٦-١٠-٠٥": OCTOBER_5, "5. oktobris 2026": OCTOBER_5,
    "2026. gada 5. oktobrī": OCTOBER_5, "05.10.2026. g.": OCTOBER_5, "05.10.26": None, "05.10.26.": None,
    "05/10/2026": None, "46300": None, "31.09.2026.": None, "1.1.1890": None, "1.1.2890": None, "rīt": None, "": None,
}  # fmt: skip
AMOUNTS = {
    "57,00 €": "57.00", "57.00": "57.00", "57": "57.00", "€57,00": "57.00", "1 234,50": "1234.50",
    "1\u00a0234,50": "1234.50", "1\u202f234,50 EUR": "1234.50", "1.234,50": None, "57,005": None, "1e3": None,
    "-57,00": None, "0": None, "": None,
}  # fmt: skip
HOURS = {
    "2": 2, "2,0": 2, "1.0": 1, " 2 ": 2, "2 st.": 2, "٢": 2, "1,5": "LOG-5", "1.5": "LOG-5", "½": "LOG-5",
    "0": "LOG-4", "divas": "LOG-4", "": "LOG-4", "999999999999": "LOG-4",
}  # fmt: skip
CLOCKS = {
    "15:00": "15:00", "15.00": "15:00", "15": "15:00", "1500": "15:00", "15,00": "15:00", "plkst. 15.00": "15:00",
    "25:00": None, "15:60": None, "trijos": None,
}  # fmt: skip

Told = Any


@pytest.fixture(autouse=True)
def the_day(db: None) -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def admin() -> User:
    person = User.objects.create_user(email="a@example.lv", name="Ance Administratore")
    Post.objects.create(person=person, role=Role.PROGRAMME_ADMINISTRATOR, since=date(2026, 1, 1))
    return person


@pytest.fixture
def plan() -> SupportPlan:
    put_calendar()
    return put_plan(put_school(), put_mentor(), "Jānis Bērziņš")


def sheet(cells: dict[str, str]) -> bytes:
    """A workbook whose cells hold text as it was typed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for column, (name, text) in enumerate(cells.items()):
        page.write_string(0, column, name)
        page.write_string(1, column, text)
    book.close()
    return out.getvalue()


def shape(names: Iterable[str]) -> list[Column]:
    return [Column(name, read=day_cell if name in {"from", "day"} else text_cell) for name in names]


def by_csv(cells: dict[str, str]) -> Row:
    return read_table(csv_bytes(list(cells), [list(cells.values())]), columns=shape(cells)).rows[0]


def by_xlsx(cells: dict[str, str]) -> Row:
    return read_table(sheet(cells), columns=shape(cells)).rows[0]


def by_yaml(by: str, do: str, arguments: dict[str, Any], tmp: Path) -> files.Step:
    """A step of a story, its values written as they were typed wherever YAML takes them so."""
    lines = [f"      {name}: {yaml_of(value)}" for name, value in arguments.items()]
    path = tmp / "one.yaml"
    path.write_text(
        "\n".join(["- scenario: one", "  steps:", f"    - by: {by}", f"      do: {do}", *lines]) + "\n",
        "utf-8",
    )
    (story,) = files.stories(files.load(path))
    assert isinstance(story, files.Story)
    return story.steps[0]


def yaml_of(value: str) -> str:
    if re.fullmatch(r"[\d.:,]*\d", value):
        return value
    return yaml.safe_dump(value, allow_unicode=True, width=1000).removesuffix("...\n").strip()


def undone(do: Callable[[], Told]) -> Told:
    """What was stored, or the clauses that refused; nothing stays."""
    with transaction.atomic():
        try:
            return do()
        except Refused as refused:
            return refused.clauses
        finally:
            transaction.set_rollback(True)


# ------------------------------------------------------------------ a rate: money and day


def rate_by(door: str, admin: User, amount: str, since: str, tmp: Path) -> Told:
    cells = {"amount": amount, "from": since}

    def stored() -> Told:
        rate = UnitRate.objects.get()
        return str(rate.amount), rate.since

    def act(row: Any) -> Told:
        publish_rate(by=admin, amount=row["amount"], since=row["from"], source="x")
        return stored()

    def page() -> Told:
        client = signed_in(admin)
        answer = client.post(
            reverse("pay:rates"), {"amount": amount, "since": since, "source": "x", "do": "publish"}
        )
        if answer.status_code != 302:
            typed = {answer.context["form"][name].value() for name in ("amount", "since")}
            assert typed == {amount, since}, "what was typed comes back as it was typed"
            return tuple(finding.clause for finding in answer.context["form"].refused)
        return stored()

    def story() -> Told:
        step = by_yaml("keeper", "publish_rate", cells, tmp)
        answer = take(Cast({("person", "keeper"): admin.pk}), step)
        return stored() if answer.kind == "ok" else answer.clauses

    def season() -> Told:
        path = tmp / "rates.csv"
        path.write_bytes(csv_bytes(list(cells), [list(cells.values())]))
        return act(read_csv(path, columns=["amount", "from"])[0])

    doors: dict[str, Callable[[], Told]] = {
        "page": page,
        "act": lambda: act(cells),
        "csv": lambda: act(by_csv(cells)),
        "xlsx": lambda: act(by_xlsx(cells)),
        "season": season,
        "story": story,
    }
    return undone(doors[door])


RATE_DOORS = ("page", "act", "csv", "xlsx", "season", "story")


@pytest.mark.parametrize("door", RATE_DOORS)
def test_a_day_is_read_alike(door: str, admin: User, tmp_path: Path) -> None:
    for typed, day in DAYS.items():
        told = rate_by(door, admin, "57,00", typed, tmp_path)
        assert told == (("57.00", day) if day else ("PAY-3",)), (door, typed)


@pytest.mark.parametrize("door", RATE_DOORS)
def test_an_amount_is_read_alike(door: str, admin: User, tmp_path: Path) -> None:
    for typed, amount in AMOUNTS.items():
        if door in ("csv", "season") and typed.startswith("-"):
            continue  # our own writer defuses it as a formula
        told = rate_by(door, admin, typed, "2026-10-05", tmp_path)
        assert told == ((amount, OCTOBER_5) if amount else ("PAY-1",)), (door, typed)


# ------------------------------------------------------------------ a meeting: day, clock and hours


def meeting_by(door: str, plan: SupportPlan, tmp: Path, **typed: str) -> Told:
    row = {"day": "2026-10-12", "start": "15:00", "hours": "2", "topic": "Saruna par mērķiem"} | typed
    assert plan.mentor is not None
    user = plan.mentor.user

    def stored() -> Told:
        meeting = Meeting.objects.get()
        starts = meeting.starts_at.astimezone(clock.RIGA)
        return meeting.held_on, f"{starts:%H:%M}", meeting.hours

    def act(cells: Any) -> Told:
        values = {name: cells[name] for name in row}
        record_meeting(by=user, plan=plan, **values)
        return stored()

    def page() -> Told:
        client = signed_in(user)
        sent = row | {"outcome": "held", "hours": "more", "hours_more": row["hours"]}
        answer = client.post(reverse("hours:record", args=[plan.public_id]), sent)
        if answer.status_code == 302:
            return stored()
        form = answer.context["form"]
        assert {name: form[name].value() or "" for name in typed} == typed, "comes back as it was typed"
        return tuple(finding.clause for finding in form.refused)

    def season() -> Told:
        cells = {
            "plan": "p", "on": row["day"], "start": row["start"], "hours": row["hours"], "topic": row["topic"],
            "outcome": "held", "learner_signed": "no", "mentor_signed": "no", "means": "",
        }  # fmt: skip
        known = Season({"meetings.csv": (by_csv(cells),)})
        report = Report()
        Diary(known, Staff(), report, {"p": plan}, lambda part, done, total: None).meetings()
        if report.meetings:
            return stored()
        (refused,) = report.refused.values()
        return tuple(refused)

    def story() -> Told:
        step = by_yaml("ilze", "record_meeting", {"plan": "iap", **row}, tmp)
        answer = take(Cast({("person", "ilze"): user.pk, ("plan", "iap"): plan.pk}), step)
        return stored() if answer.kind == "ok" else answer.clauses

    doors: dict[str, Callable[[], Told]] = {
        "page": page,
        "act": lambda: act(row),
        "csv": lambda: act(by_csv(row)),
        "xlsx": lambda: act(by_xlsx(row)),
        "season": season,
        "story": story,
    }
    return undone(doors[door])


@pytest.mark.parametrize("door", RATE_DOORS)
def test_hours_are_read_alike(door: str, plan: SupportPlan, tmp_path: Path) -> None:
    for typed, hours in HOURS.items():
        told = meeting_by(door, plan, tmp_path, hours=typed)
        if isinstance(hours, int):
            assert told == (OCTOBER_12, "15:00", hours), (door, typed)
        else:
            assert hours in told, (door, typed, told)


@pytest.mark.parametrize("door", RATE_DOORS)
def test_a_time_of_day_is_read_alike(door: str, plan: SupportPlan, tmp_path: Path) -> None:
    for typed, at in CLOCKS.items():
        told = meeting_by(door, plan, tmp_path, start=typed)
        if at:
            assert told == (OCTOBER_12, at, 2), (door, typed)
        else:
            assert told and isinstance(told[0], str), (door, typed, told)


def test_a_day_and_a_number_of_a_workbook_are_read_as_what_they_are(admin: User) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    day = book.add_format({"num_format": "dd.mm.yyyy."})
    page.write_row(0, 0, ["amount", "from", "hours"])
    page.write_number(1, 0, 57.5)
    page.write_datetime(1, 1, datetime(2026, 10, 5), day)
    page.write_number(1, 2, 2)
    book.close()
    row = read_table(out.getvalue(), columns=shape(["amount", "from", "hours"])).rows[0]
    rate = publish_rate(by=admin, amount=row["amount"], since=row["from"], source="x").thing
    assert (str(rate.amount), rate.since, row["hours"]) == ("57.50", OCTOBER_5, "2")
