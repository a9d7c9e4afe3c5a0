"""The evidence pack is whole, and any change of a byte is seen without a database."""

import io
import random
import zipfile
from datetime import date
from pathlib import Path
from time import perf_counter

import pikepdf
import pytest
from django.core.management import call_command

from celabiedrs.evidence.documents import pack_pdf
from celabiedrs.evidence.jobs import make_packs
from celabiedrs.evidence.models import DrawnPlan, SampleDraw
from celabiedrs.evidence.reading.chain import chains
from celabiedrs.lib.documents.sealed import fingerprint, seal, verify
from celabiedrs.lib.files.storage import files_root, open_file
from celabiedrs.plans.models import SupportPlan
from tests.cast import at, fresh, riga, signed_in
from tests.cast.programme import Cast

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def plan(cast: Cast) -> SupportPlan:
    made = cast.planned(cast.learner("Jānis Noslēpums"), cast.ilze, cast.contracted(cast.ilze, cast.school))
    cast.month(made, OCTOBER)
    return made


@pytest.fixture
def pack(plan: SupportPlan) -> bytes:
    with at("2026-12-01 10:00"):
        return pack_pdf(chains([plan], OCTOBER)[0])


def test_it_is_a_pdf_a_3_with_every_paper_inside(pack: bytes) -> None:
    with pikepdf.open(io.BytesIO(pack)) as opened:
        assert sorted(opened.attachments) == [
            "grafiks-1.pdf", "iesniegums.pdf", "ligums.pdf", "sums.json",
        ]  # fmt: skip
        assert b"<pdfaid:part>3</pdfaid:part>" in opened.Root.Metadata.read_bytes()
    verdict = verify(pack)
    assert verdict.troubles == ()
    assert (verdict.files, verdict.fingerprint) == (3, fingerprint())


def test_every_change_is_seen(pack: bytes) -> None:
    dice = random.Random(7)
    unseen = 0
    for _ in range(500):
        at_ = dice.randrange(len(pack))
        changed = pack[:at_] + bytes([pack[at_] ^ (1 << dice.randrange(8))]) + pack[at_ + 1 :]
        unseen += not verify(changed).troubles
    assert unseen == 0
    assert verify(pack[:-200]).troubles and verify(pack + b"%\n").troubles
    print("evidence packs: 500 changes, 0 unseen")


def test_a_file_that_is_left_out_is_seen_though_the_seal_is_ours(pack: bytes) -> None:
    with pikepdf.open(io.BytesIO(pack)) as opened:
        del opened.attachments["ligums.pdf"]
        bare = io.BytesIO()
        opened.save(bare)
    assert "ligums.pdf is missing" in verify(seal(bare.getvalue())).troubles


def test_a_file_that_storage_lost_is_named_and_the_rest_is_there(plan: SupportPlan) -> None:
    scan = plan.request.scan
    (Path(files_root()) / scan.path).unlink()
    with at("2026-12-01 10:00"):
        made = pack_pdf(chains([plan], OCTOBER)[0])
    assert verify(made).troubles == ()
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "iesniegums.pdf" not in opened.attachments


def test_the_command_needs_no_database(
    pack: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, changed = tmp_path / "whole.pdf", tmp_path / "changed.pdf"
    whole.write_bytes(pack)
    changed.write_bytes(pack.replace(b"xref", b"xreg", 1))
    call_command("evidence", "verify", str(whole), key=fingerprint())
    assert "whole and unchanged, 3 files" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("evidence", "verify", str(whole), str(changed))
    with pytest.raises(SystemExit):
        call_command("evidence", "verify", str(whole), key="0000")


@pytest.mark.slow
@pytest.mark.get_may_write("audit_look")
def test_a_sample_is_one_zip(cast: Cast, plan: SupportPlan) -> None:
    for number in range(8):  # and the cast's own plan
        cast.planned(cast.learner(f"Bērns {number}"), cast.ilze, plan.contract)
    post = cast.auditor.posts.get()
    draw = SampleDraw.objects.create(
        post=post, month=OCTOBER, least=10, start=0, population=10, drawn_by=cast.expert,
        drawn_at=riga("2026-12-01 09:00"),
    )  # fmt: skip
    DrawnPlan.objects.bulk_create(
        DrawnPlan(draw=draw, plan=one, amount=0) for one in SupportPlan.objects.order_by("pk")
    )
    with at("2026-12-01 10:00"):
        client = signed_in(fresh(cast.auditor))
        assert client.post(f"/revizija/izlases/{draw.public_id}/paketes/").status_code == 302
        began = perf_counter()
        assert make_packs() == 10
        took = perf_counter() - began
        assert make_packs() == 0
        answer = client.get(f"/revizija/izlases/{draw.public_id}/paketes.zip")
        assert answer.status_code == 200 and b"".join(answer)[:2] == b"PK"
    draw.refresh_from_db()
    assert draw.packs is not None
    with open_file(draw.packs) as opened, zipfile.ZipFile(opened) as archive:
        assert [verify(archive.read(name)).troubles for name in archive.namelist()] == [()] * 10
    print(f"evidence packs: {took / 10:.2f} s each")
    assert took / 10 < 0.6
