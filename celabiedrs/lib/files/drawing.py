"""A page of a stored paper as a picture, to be read inside a page of the house. The file itself is never shown there.

A PDF is drawn in the reading process; a photograph was drawn again when it came in. A signed container has no pages.
"""

import io
from dataclasses import dataclass
from typing import Any

from celabiedrs.lib.files.damage import open_whole
from celabiedrs.lib.files.kinds import JPEG, PDF, PNG
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.limited import process
from celabiedrs.lib.limited.refusal import Unreadable

TASK = "celabiedrs.lib.files.page_drawing:draw"


@dataclass(frozen=True)
class Drawn:
    """`number` of `pages`, and the picture."""

    number: int
    pages: int
    media_type: str
    content: bytes


def draw_page(stored: StoredFile, number: int) -> Drawn | None:
    """None where the file has no such page, or cannot be drawn: then it can be downloaded. Raises Damaged."""
    with open_whole(stored) as file:
        content = file.read()
    if stored.media_type in (JPEG, PNG):
        return Drawn(1, 1, stored.media_type, content)
    if stored.media_type != PDF:
        return None
    try:
        answer: Any = process.read(TASK, content, page=number)
    except Unreadable:
        return None
    return Drawn(number, int(answer.result["pages"]), JPEG, io.BytesIO(answer.payload).getvalue())
