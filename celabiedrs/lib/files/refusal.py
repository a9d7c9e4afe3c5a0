"""The one way in which an upload is turned away: what is wrong, and what to do about it."""

from typing import Any


class UploadRefused(Exception):
    """A file that may not come in. `text` says what is wrong, `remedy` what to do now.

    Both may be lazy messages and are translated when shown. Nothing has been stored.
    """

    def __init__(self, text: Any, remedy: Any) -> None:
        super().__init__(text, remedy)
        self.text = text
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.text} {self.remedy}"
