"""How a stored file leaves the house: as a download that can do nothing where it lands.

There is no address for files here. The view of the stage that owns a file loads the owner through its
scope and answers with `as_download`.
"""

from django.http import FileResponse

from celabiedrs.lib.files.damage import open_whole
from celabiedrs.lib.files.models import StoredFile


def as_download(stored: StoredFile, *, name: str | None = None) -> FileResponse:
    """The file as an attachment (its name after RFC 5987), never shown inside the house's own pages.

    Raises Damaged where its bytes are not those that were stored; lib.web answers that with a page.
    """
    answer = FileResponse(
        open_whole(stored),
        as_attachment=True,
        filename=name or stored.original_name,
        content_type=stored.media_type,
    )
    answer["Content-Length"] = str(stored.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
