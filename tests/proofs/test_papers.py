"""I6: any text prints, on every form: a PDF each time, its signs shown or marked, nothing off the page."""

from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest

from celabiedrs.lib.documents.printable import MARK, marked, not_shown, printable
from celabiedrs.lib.documents.typesetting import PACKAGE, typeset
from tests.proofs.papers import LONG_NAME, SAMPLES, STRANGE, strange, templates, used

NOW = datetime(2026, 11, 2, 14, 5, tzinfo=UTC)
SAID = "nevar attēlot"
SHOWN = {"arabic": "الأمين", "georgian": "გიორგი", "hebrew": "שלום"}


def made(template: str, data: dict[str, Any]) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(typeset(PACKAGE / template, data, timestamp=NOW))


def text_of(pdf: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def off_the_page(pdf: pypdfium2.PdfDocument) -> list[tuple[float, float]]:
    """Left and right ends of texts that leave the printable width, in points."""
    found = []
    for page in pdf:
        width, text = page.get_width(), page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        found += [
            (box[0], box[2]) for box in boxes if box[2] > width - 20 or (box[0] < 20 and box[2] > box[0])
        ]
    return found


def test_every_form_has_its_sample_and_a_sample_its_form() -> None:
    assert sorted(SAMPLES) == templates()


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_a_form_reads_what_it_is_given_and_bears_the_marks(template: str) -> None:
    path, sample = PACKAGE / template, SAMPLES[template]
    assert used(path) <= set(sample)
    assert "/lib/documents/typst/paper.typ" in path.read_text("utf-8")
    text = text_of(made(template, sample))
    assert "Eiropas Savienība" in text
    assert "attīstības plāns" in text
    assert SAID not in text


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_any_text_prints(template: str, kind: str) -> None:
    pdf = made(template, strange(SAMPLES[template], STRANGE[kind]))
    assert len(pdf) > 0
    assert off_the_page(pdf) == []
    text = text_of(pdf)
    assert (SAID in text) is (kind in {"emoji", "chinese", "thai", "controls", "private", "unbroken chinese"})


@pytest.mark.parametrize("kind", SHOWN)
def test_other_scripts_are_shown_as_they_are(kind: str) -> None:
    template = "supervision/typst/attendance.typ"
    pdf = made(template, strange(SAMPLES[template], STRANGE[kind]))
    assert MARK not in text_of(pdf)


def test_what_is_not_shown_is_marked_and_the_rest_of_the_name_stays() -> None:
    template = "supervision/typst/attendance.typ"
    text = text_of(made(template, strange(SAMPLES[template], STRANGE["emoji"])))
    assert f"Anna {MARK}" in text
    assert "Bērziņa" in text


def test_five_hundred_different_signs_without_a_font_are_replaced() -> None:
    template = "supervision/typst/attendance.typ"
    text = "".join(chr(0x4E00 + number) for number in range(500))
    assert SAID in text_of(made(template, SAMPLES[template] | {"place": text}))


def test_a_longest_name_breaks_and_reads_as_it_was_written() -> None:
    assert len(LONG_NAME) >= 119
    assert printable(LONG_NAME).replace("\u200b", "") == LONG_NAME
    assert printable("Jānis Ķirsis-Bērziņš") == "Jānis Ķirsis-Bērziņš"


def test_the_typesetter_names_what_it_could_not_show() -> None:
    complaint = (
        'error: the text `"中"` could not be displayed\nerror: the PDF contains the codepoint `"\\u{e000}"`'
    )
    assert set(not_shown(complaint)) == {"中", "\ue000"}
    assert marked('{"name":"中x"}', ["中"]) == f'{{"name":"{MARK}\u200bx"}}'
    assert not_shown("error: file not found") == []
