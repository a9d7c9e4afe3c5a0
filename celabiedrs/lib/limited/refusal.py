"""How reading ends without an answer: the file cannot be read, or the process that read it came to an end."""

from typing import Any


class Unreadable(Exception):
    """A file that its reader turns away. `code` says why; the words for it stand where it is shown.

    `values` fill the places in the words: text and numbers only, they cross from one process to another.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


TOO_LONG, TOO_MUCH, BROKE, BUSY = "too_long", "too_much_memory", "broke", "busy"
"""Codes of the process itself: out of time, out of memory, died or answered nothing, no place free."""
