"""A training round comes in from a table: tried row by row, then the right rows together or nobody (MEN-6, MEN-10)."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.tables.reading import Row, read_table
from celabiedrs.lib.tables.writing import csv_bytes, xlsx_bytes
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.models import Municipality, Region
from celabiedrs.registry.actions.rounds import take_in_round, try_round
from celabiedrs.registry.models import Mentor, TrainingCertificate, TrainingRound
from celabiedrs.registry.reading.round_table import COLUMNS, EXAMPLE, NAME, OPTIONAL, SHAPE, WRONG
from tests.cast import signed_in

HEADER = (*COLUMNS, *OPTIONAL)


@pytest.fixture(autouse=True)
def the_twentieth_of_november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 9, 0)):
        yield


@pytest.fixture
def dace(db: None) -> User:
    region = Region.objects.create(name="Pasaku reģions")
    Municipality.objects.create(atvk="9999999", name="Pasaku novads", region=region)
    user = User.objects.create(
        email="dace@example.lv", name="Dace Programma", joined_at=clock.moment_of(date(2026, 8, 1), time(9))
    )
    Post.objects.create(person=user, role=Role.PROGRAMME_ADMINISTRATOR, since=date(2026, 8, 1))
    return user


def line(name: str, number: str, **other: str) -> tuple[str, ...]:
    cells = dict(zip(HEADER, EXAMPLE, strict=True)) | {"pašvaldības": "Pasaku novads"}
    return tuple((cells | {NAME: name, "apliecības numurs": number} | other).values())


def rows(*lines: tuple[str, ...]) -> list[Row]:
    return read_table(csv_bytes(HEADER, lines), columns=SHAPE).rows


def test_a_round_goes_in_whole_with_certificates_and_papers(dace: User) -> None:
    made = take_in_round(by=dace, rows=rows(line("Anna Liepa", "AM-1"), line("Juris Ozols", "am - 2"))).thing
    assert [(each.name, each.certificate.number) for each in made] == [
        ("Anna Liepa", "AM-1"),
        ("Juris Ozols", "am - 2"),
    ]
    assert made[0].education.get().document_number == "VI Nr. 000001"
    assert TrainingRound.objects.get().trainingcertificate_set.count() == 2


def test_trying_writes_nothing_and_two_of_one_number_are_refused_both(dace: User) -> None:
    tried = try_round(
        by=dace,
        rows=rows(line("Anna Liepa", "AM-1"), line("Juris Ozols", "am-1"), line("Ieva Bērza", "AM-3")),
    )
    assert [[finding.clause for finding in each.findings] for each in tried] == [["MEN-6"], ["MEN-6"], []]
    assert not Mentor.objects.exists()


def test_one_wrong_row_and_nobody_goes_in(dace: User) -> None:
    table = rows(line("Anna Liepa", "AM-1"), line("Juris Ozols", "AM-2", stundas="35"))
    with pytest.raises(Refused):
        take_in_round(by=dace, rows=table)
    assert not Mentor.objects.exists()


def test_a_row_says_at_once_all_that_is_wrong_with_it(dace: User) -> None:
    wrong = line("Anna Liepa", "", pašvaldības="Nekurienes novads", izglītība="neviena", kārta="")
    (tried,) = try_round(by=dace, rows=rows(wrong))
    assert {finding.clause for finding in tried.findings} == {"REG-1", "MEN-2", "MEN-6", "MEN-10"}


def test_a_workbook_reads_as_the_csv_does(dace: User) -> None:
    lines = [line("Anna Liepa", "AM-1")]
    assert read_table(xlsx_bytes(HEADER, lines), columns=SHAPE).rows == rows(*lines)


def test_on_the_page_the_right_rows_go_in_and_the_wrong_ones_come_down(dace: User) -> None:
    client = signed_in(dace)
    table = csv_bytes(HEADER, [line("Anna Liepa", "AM-1"), line("Juris Ozols", "AM-2", stundas="35")])
    shown = client.post("/registrs/kartas/imports/", {"table": SimpleUploadedFile("karta.csv", table)})
    assert shown.status_code == 422 and not Mentor.objects.exists()
    kept = {"rows": shown.context["rows"], "count": "1"}
    failed = client.post("/registrs/kartas/imports/", kept | {"do": "failed"})
    assert "Juris Ozols" in failed.content.decode("utf-8-sig") and WRONG in failed.content.decode("utf-8-sig")
    assert "Anna Liepa" not in failed.content.decode("utf-8-sig")
    assert client.post("/registrs/kartas/imports/", kept | {"do": "confirm"}).status_code == 302
    assert [mentor.name for mentor in Mentor.objects.all()] == ["Anna Liepa"]


def test_what_another_person_signed_for_is_not_taken(dace: User) -> None:
    client = signed_in(dace)
    answer = client.post("/registrs/kartas/imports/", {"rows": "forged:1:x", "count": "1", "do": "confirm"})
    assert answer.status_code == 302 and not Mentor.objects.exists()


def test_two_mentors_of_one_number_are_both_shown_with_the_clause_and_neither_can_go_in(dace: User) -> None:
    client = signed_in(dace)
    table = csv_bytes(HEADER, [line("Anna Liepa", "AM-1"), line("Juris Ozols", "am - 1")])
    shown = client.post("/registrs/kartas/imports/", {"table": SimpleUploadedFile("karta.csv", table)})
    words = shown.content.decode()
    assert shown.status_code == 422 and "Anna Liepa" in words and "Juris Ozols" in words
    assert words.count("MEN-6") >= 2 and not shown.context["right"]
    kept = {"rows": shown.context["rows"], "count": "0", "do": "confirm"}
    assert client.post("/registrs/kartas/imports/", kept).status_code == 422
    assert not Mentor.objects.exists()


def test_the_same_person_in_two_rows_goes_in_once_somebody_says_that_they_are_two(dace: User) -> None:
    client = signed_in(dace)
    table = csv_bytes(
        HEADER, [line("Anna Dvīne", "AM-1"), line("DVINE Anna", "AM-2"), line("Ieva Bērza", "AM-3")]
    )
    shown = client.post("/registrs/kartas/imports/", {"table": SimpleUploadedFile("karta.csv", table)})
    assert [each.row.line_no for each in shown.context["asked"]] == [2, 3]
    assert [each.name for each in shown.context["right"]] == ["Ieva Bērza"]
    kept = {"rows": shown.context["rows"], "count": "1", "do": "confirm"}
    assert client.post("/registrs/kartas/imports/", kept | {"another": ["3"]}).status_code == 302
    assert sorted(mentor.name for mentor in Mentor.objects.all()) == ["DVINE Anna", "Ieva Bērza"]


def test_who_is_in_the_registry_already_is_asked_about_before_a_second_entry(dace: User) -> None:
    take_in_round(by=dace, rows=rows(line("Anna Liepa-Kalna", "AM-1")))
    (tried,) = try_round(by=dace, rows=rows(line("KALNA LIEPA ANNA", "AM-2")))
    assert tried.asks and not tried.findings


@pytest.mark.parametrize("written", ["am 1", "AM–1", "am.1", "AM/1"])
def test_one_number_written_otherwise_is_one_number(dace: User, written: str) -> None:
    take_in_round(by=dace, rows=rows(line("Anna Liepa", "AM-1")))
    (tried,) = try_round(by=dace, rows=rows(line("Juris Ozols", written)))
    assert [finding.clause for finding in tried.findings] == ["MEN-6"]


def test_the_database_itself_keeps_two_writings_of_one_number_apart(dace: User) -> None:
    _anna, juris = take_in_round(
        by=dace, rows=rows(line("Anna Liepa", "AM-1"), line("Juris Ozols", "AM-2"))
    ).thing
    with pytest.raises(IntegrityError):
        TrainingCertificate.objects.filter(mentor=juris).update(number="am 1")


def test_two_rows_of_one_address_are_refused_both(dace: User) -> None:
    first, second = (
        line("Anna Liepa", "AM-1", **{"e-pasts": "kopejs@piemers.lv"}),
        line("Juris Ozols", "AM-2", **{"e-pasts": "Kopejs@Piemers.LV\u200b"}),
    )
    assert [[f.clause for f in each.findings] for each in try_round(by=dace, rows=rows(first, second))] == [
        ["REG-1"]
    ] * 2


def test_the_page_names_the_columns_that_it_leaves_out(dace: User) -> None:
    client = signed_in(dace)
    table = csv_bytes(("Nr.p.k.", *HEADER), [("1", *line("Anna Liepa", "AM-1"))])
    shown = client.post("/registrs/kartas/imports/", {"table": SimpleUploadedFile("karta.csv", table)})
    assert shown.status_code == 200 and "Nr.p.k." in shown.content.decode()
