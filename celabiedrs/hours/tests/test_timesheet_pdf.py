"""The printed timesheet: what a school keeps in its folder, and what a screen reader reads."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from celabiedrs.hours.documents import (
    TITLE,
    SheetReview,
    SheetRow,
    SheetSignature,
    SheetVerification,
    TimesheetSheet,
    sheet_for_print,
    timesheet_pdf,
)

NOW = datetime(2026, 11, 2, 14, 5, tzinfo=UTC)
ADDRESS = "https://celabiedrs.example/k/SK-7F3K-92QD"


def drawn() -> bytes:
    canvas = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    ImageDraw.Draw(canvas).line([(20, 150), (200, 40), (380, 160), (560, 60)], fill="navy", width=6)
    out = BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


def row(day: int = 5, hours: int = 2, **more: object) -> SheetRow:
    on = date(2026, 10, day)
    plain = SheetRow(
        on,
        hours,
        "Pastaiga",
        time(15, 30),
        learner=SheetSignature("device", on),
        mentor=SheetSignature("paper", on),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


SHEET = TimesheetSheet(
    learner="Jānis Ķirsis",
    class_name="8.b",
    school="Pļaviņu novada Ģimnāzija",
    plan_number="2026/1-0042",
    mentor="Ilze Žagariņa",
    certificate_number="MA-0117",
    employer="Ūdrīšu jauniešu centrs",
    month=date(2026, 10, 1),
    code="SK-7F3K-92QD",
    code_address=ADDRESS,
    rows=(
        row(5),
        row(6, 3, mentor=None),
        row(7, outcome="learner_absent", topic="", learner=None, mentor=None),
        row(8, outcome="voided", topic="Ekskursija"),
        row(9, outcome="cancelled"),
        row(
            12,
            topic="Āčēģīķļņšūž",
            learner=SheetSignature("drawn", date(2026, 10, 12), picture=drawn()),
            mentor=SheetSignature("typed", date(2026, 10, 12), name="Ilze Žagariņa"),
        ),
    ),
)


def text_of(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def opened(sheet: TimesheetSheet) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(timesheet_pdf(sheet, timestamp=NOW)))


def alternatives(pdf: pikepdf.Pdf) -> list[str]:
    objects = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
    return [str(thing.Alt) for thing in objects if "/Alt" in thing]


def tags(pdf: pikepdf.Pdf) -> set[str]:
    objects = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
    return {
        str(thing.S)
        for thing in objects
        if thing.get("/Type") == "/StructElem" or ("/P" in thing and "/S" in thing)
    }


def test_the_sheet_says_all_that_the_form_asks_for() -> None:
    text = text_of(timesheet_pdf(SHEET, timestamp=NOW))
    for said in (
        TITLE, "2026. gada oktobris", "rekonstrukcija", "Jānis Ķirsis", "8.b",
        "Pļaviņu novada Ģimnāzija", "2026/1-0042",
        "Ilze Žagariņa", "MA-0117", "Ūdrīšu jauniešu centrs", "Datums", "Sākums", "05.10.2026.", "15:30",
        "parakstīts ierīcē", "parakstīts uz papīra", "ierakstīts vārds", "Izglītojamais neieradās",
        "Ieraksts anulēts",
        "Tikšanās atcelta", "Āčēģīķļņšūž", "SK-7F3K-92QD", "1 no 1",
    ):  # fmt: skip
        assert said in text, said


def test_only_held_meetings_count_and_only_what_both_signed_is_paid() -> None:
    assert (SHEET.held_hours, SHEET.signed_hours) == (7, 4)
    text = text_of(timesheet_pdf(SHEET, timestamp=NOW))
    assert "7 st." in text
    assert "4 st." in text
    assert [printed["hours"] for printed in sheet_for_print(SHEET)["rows"]] == [2, 3, 0, 0, 0, 2]


def test_the_sheet_is_tagged_titled_and_in_latvian() -> None:
    pdf = opened(SHEET)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "lv"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"].startswith(TITLE)
        assert "Ķirsis" not in metadata["dc:title"]
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure"} <= tags(pdf)


def test_pictures_are_put_into_words() -> None:
    said = alternatives(opened(SHEET))
    assert "Kvadrātkods ar dokumenta kodu SK-7F3K-92QD" in said
    assert "Izglītojamā ar roku vilkts paraksts, 12.10.2026." in said


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert timesheet_pdf(SHEET, timestamp=NOW) == timesheet_pdf(SHEET, timestamp=NOW)
    assert timesheet_pdf(SHEET, timestamp=NOW) != timesheet_pdf(
        replace(SHEET, class_name="9.b"), timestamp=NOW
    )


def test_every_page_carries_the_code_and_the_code_names_nobody() -> None:
    long = replace(SHEET, rows=tuple(row(day % 31 + 1) for day in range(60)))
    pages = list(pypdfium2.PdfDocument(timesheet_pdf(long, timestamp=NOW)))
    assert len(pages) > 2
    for page in pages:
        (read,) = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())
        assert read.text == ADDRESS
        assert page.get_textpage().get_text_range().count("Jānis") <= 1
    assert "Stundu" in pages[1].get_textpage().get_text_range()


def test_the_column_of_starting_times_can_be_left_out() -> None:
    text = text_of(timesheet_pdf(replace(SHEET, show_starts=False), timestamp=NOW))
    assert "Sākums" not in text
    assert "15:30" not in text


def test_who_signs_on_paper_gets_empty_rows_and_adds_them_up_by_hand() -> None:
    empty = replace(SHEET, rows=(), empty_rows=12)
    printed = text_of(timesheet_pdf(empty, timestamp=NOW))
    assert "0 st." not in printed
    assert "vārds, uzvārds, paraksts, datums" in printed
    pdf = opened(empty)
    cells = [
        thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TD"
    ]
    assert len(cells) == 12 * 6


@pytest.mark.parametrize("asks", [True, False])
def test_the_last_sheet_holds_the_review(asks: bool) -> None:
    prompts = ("sadarbības izvērtējums", "Secinājumi", "Ieteikumi")
    text = text_of(timesheet_pdf(replace(SHEET, asks_review=asks), timestamp=NOW))
    assert all((prompt in text) is asks for prompt in prompts)
    review = SheetReview("Tikāmies katru nedēļu.", "Izdevās.", "Turpināt.", date(2026, 12, 18))
    text = text_of(timesheet_pdf(replace(SHEET, review=review), timestamp=NOW))
    assert all(said in text for said in (*prompts, "Tikāmies katru nedēļu.", "Turpināt.", "18.12.2026."))


def test_the_sheet_says_who_verified_it_and_when_in_riga() -> None:
    verified = replace(
        SHEET, submitted_at=NOW, verification=SheetVerification("Māra Šķēle", "atbildīgā persona", NOW, 4)
    )
    text = text_of(timesheet_pdf(verified, timestamp=NOW))
    assert "Māra Šķēle, atbildīgā persona" in text
    assert "02.11.2026. plkst. 16:05" in text
    assert "nepārklājas" in text


def test_sixty_drawn_signatures_make_a_small_file() -> None:
    by_hand = SheetSignature("drawn", date(2026, 10, 5), picture=drawn())
    rows = tuple(row(day % 31 + 1, learner=by_hand, mentor=by_hand) for day in range(60))
    assert len(timesheet_pdf(replace(SHEET, rows=rows), timestamp=NOW)) < 500_000
