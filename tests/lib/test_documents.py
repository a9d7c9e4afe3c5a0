"""Documents as issued: bytes kept, versions known, the older superseded."""

from pathlib import Path
from typing import Any

import pytest
import typst

from celabiedrs.lib import clock
from celabiedrs.lib.codes import new_code
from celabiedrs.lib.documents.issuing import in_force, issue
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.documents.typesetting import qr_svg, template_version, typeset
from celabiedrs.lib.files.damage import open_whole

TEMPLATE = """#let d = json(bytes(sys.inputs.data))
#set document(title: "Proof")
#set text(lang: "lv")
= Proof
#d.text"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "proof.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def issued(ilze: Any, template: Path, number: str) -> IssuedDocument:
    content = typeset(template, {"text": number}, timestamp=clock.now())
    return issue(
        content,
        kind="proof",
        subject_kind="thing",
        subject_id=7,
        number=number,
        name="p.pdf",
        by=ilze,
        template=template,
    )


def test_the_newer_document_supersedes_the_older_and_both_are_kept(ilze: Any, template: Path) -> None:
    first = issued(ilze, template, "P-1")
    second = issued(ilze, template, "P-2")
    first.refresh_from_db()
    assert first.superseded
    open_whole(first.stored_file).close()
    assert in_force(kind="proof", subject_kind="thing", subject_id=7) == second
    assert in_force(kind="proof", subject_kind="thing", subject_id=8) is None
    assert second.sha256 == second.stored_file.sha256
    assert (second.template, second.template_version) == ("proof", template_version(template))


def test_a_changed_template_is_another_version(template: Path) -> None:
    before = template_version(template)
    template.write_text(TEMPLATE + "!", encoding="utf-8")
    assert template_version(template) != before


def test_numbers_say_nothing_and_differ() -> None:
    drawn = {new_code("SK") for _ in range(200)}
    assert len(drawn) == 200
    assert not set("".join(number[3:] for number in drawn)) & set("01ILO")


def test_text_never_becomes_markup(template: Path) -> None:
    made = typeset(template, {"text": '#panic() *x* $y$ "]'}, timestamp=clock.now())
    assert made.startswith(b"%PDF-")


def test_a_document_without_a_title_is_not_let_out(template: Path) -> None:
    template.write_text("= No title", encoding="utf-8")
    with pytest.raises(typst.TypstError):
        typeset(template, {}, timestamp=clock.now())


def test_the_square_code_is_plain_svg() -> None:
    assert qr_svg("SK-7F3K-92QD").startswith("<svg")
    assert "<text" not in qr_svg("SK-7F3K-92QD")
