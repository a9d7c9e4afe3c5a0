"""A real uploaded PDF, made on the spot, where a story says that there is a scan."""

from typing import Any

from django.core.files.base import ContentFile

from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.uploads import PDF, store_upload

_PARTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
)


def pdf() -> bytes:
    """One empty A4 page."""
    out = b"%PDF-1.7\n"
    starts = []
    for number, part in enumerate(_PARTS, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(_PARTS) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(out))
    )


def scan(kind: str, *, by: Any = None) -> StoredFile:
    """Upload it as a page would."""
    return store_upload(ContentFile(pdf(), name=f"{kind}.pdf"), by=by, kind=kind, allowed={PDF})
