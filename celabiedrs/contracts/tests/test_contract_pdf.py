"""The contract as a PDF: two copies from the data, no hour paid twice, readable by a screen reader (CON-7, CON-2)."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from celabiedrs.contracts.documents import contract_pdf
from tests.cast import signed_in
from tests.cast.preparing import Cast

pytestmark = pytest.mark.get_may_write("audit_look")


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(content)]


def test_there_are_two_copies_one_for_each_and_both_forbid_double_pay(cast: Cast) -> None:
    pages = pages_of(
        contract_pdf(cast.ilze, cast.school, ("2026/27-1", "2026/27-2"), cast.contract.signed_on)
    )
    assert len(pages) == 4
    copies = (" ".join(pages[:2]), " ".join(pages[2:]))
    for page, whose in zip(
        copies, ("1. eksemplārs – darba devējam", "2. eksemplārs – mentoram"), strict=True
    ):
        assert whose in page
        for said in (
            "Priežu pamatskola", "Ilze Kalniņa", "2 eksemplāros", "Darba stundas nedrīkst sakrist", "28.08.2026.",
            "no 01.09.2026. līdz 15.05.2027.", "2026/27 mācību gada 1. un 2. semestris", "rekonstrukcija",
            "Personas kods", "Reģistrācijas numurs", "Darba vieta", "Darba samaksa", "atvaļinājums", "uzteic",
        ):  # fmt: skip
            assert said in page, said


def test_a_contract_signed_within_the_semester_begins_on_that_day(cast: Cast) -> None:
    page = pages_of(contract_pdf(cast.ilze, cast.school, ("2026/27-1",), date(2026, 9, 7)))[0]
    assert "no 07.09.2026. līdz 16.12.2026." in page
    assert "mācību gada 1. semestris" in page


def test_the_pdf_is_tagged_and_says_its_language_and_title(cast: Cast) -> None:
    pdf = pikepdf.open(BytesIO(contract_pdf(cast.ilze, cast.school, ("2026/27-1",))))
    assert bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang) == "lv"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Darba līgums par mentora atbalstu"
    objects = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
    assert {"/H1", "/H2"} <= {str(thing.S) for thing in objects if "/P" in thing and "/S" in thing}


def test_the_print_before_signing_is_for_who_may_sign_for_the_employer(cast: Cast) -> None:
    url = reverse("contracts:print", args=[cast.andris.public_id])
    answer = signed_in(cast.anna).get(url, {"term": "2026/27-2", "employer": str(cast.school.public_id)})
    assert answer["Content-Type"] == "application/pdf" and "attachment" in answer["Content-Disposition"]
    page = pages_of(answer.content)[0]
    assert "Andris Ozols" in page
    assert "parakstīšanas dienā, bet ne agrāk kā 30.12.2026. un ir spēkā līdz 15.05.2027." in page
    foreign = signed_in(cast.gints).get(url, {"employer": str(cast.school.public_id)})
    assert "Kalnu vidusskola" in pages_of(foreign.content)[0]
    for reader in (cast.responsible, cast.andris.user, cast.expert):
        assert signed_in(reader).get(url).status_code == 404
