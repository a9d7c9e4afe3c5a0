"""The shape of a table that comes in: what its columns are called, and how a cell of each is read.

A shape is a list of columns; finding the heading row, cells that spill over and columns nobody knows are the same for
every table (`lib.tables.reading`). A cell that cannot be read stays as it was typed, for the rules to refuse and quote.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from celabiedrs.lib.mail_address import one_form
from celabiedrs.rules.reading import clean_text, read_day

_PROTECTED = re.compile(r"^'(?=[=+\-@'])")
_ADDRESS = re.compile(r"[^\s@;,]+@[^\s@;,]+")
NO_ADDRESS = {"nav", "nav e-pasta", "nezināms", "n/a", "-", "–", "—", "0"}


def tidy(cell: str) -> str:
    """A cell in normal form: no invisible signs, one space for any white space, none outside."""
    visible = "".join(sign for sign in clean_text(cell) if unicodedata.category(sign) != "Cf")
    return _PROTECTED.sub("", " ".join(visible.split()))


def heading(cell: str) -> str:
    """A heading as it is compared: whatever its case, spaces and the marks behind it."""
    return tidy(cell).casefold().rstrip(" :*.")


def text_cell(cell: str) -> str:
    return tidy(cell)


def day_cell(cell: str) -> str:
    """A day as 1990-04-02 where one can be read."""
    day = read_day(cell)
    return day.isoformat() if day is not None else tidy(cell)


def address_cell(cell: str) -> str:
    """An address of e-mail in the form in which two are compared; of several the first, "" for "none"."""
    text = tidy(cell).removeprefix("mailto:").strip("<> ")
    if text.casefold() in NO_ADDRESS:
        return ""
    several = [part for part in re.split(r"[;,\s]+", text) if "@" in part]
    return one_form(several[0] if len(several) > 1 else text)


@dataclass(frozen=True)
class Column:
    """One column. `name` is its heading in the programme's own table; `also` are others that people write.

    `spills`: whether a surplus cell behind it belongs to it, where somebody wrote the dividing sign inside a cell.
    """

    name: str
    also: Sequence[str] = ()
    needed: bool = True
    read: Callable[[str], str] = text_cell
    spills: Callable[[str], bool] | None = None


def is_address(cell: str) -> bool:
    return _ADDRESS.fullmatch(tidy(cell)) is not None


def by_heading(columns: Sequence[Column]) -> Mapping[str, Column]:
    """Every heading that is known, in the form in which headings are compared."""
    return {heading(word): column for column in columns for word in (column.name, *column.also)}
