"""Any text prints: what no font shows is replaced with a visible mark, what would run off the page may break (I6)."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

MARK = "\N{WHITE VERTICAL RECTANGLE}"
UNBROKEN = re.compile(r"\S{25,}")
PIECE = 8
BREAK = "\N{ZERO WIDTH SPACE}"
LEFT_OUT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control signs, and those that would turn the direction of the words printed after them."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
NAMED = re.compile(r'(?:the text|the codepoint) `"((?:[^"\\]|\\.)*)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class Markup(str):
    """A text for the typesetter, such as a picture as SVG: printed as it is."""


def printable(value: Any) -> Any:
    """The same data with every text fit to be set."""
    match value:
        case Markup():
            return value
        case str():
            return _text(value)
        case Mapping():
            return {name: printable(each) for name, each in value.items()}
        case list() | tuple():
            return [printable(each) for each in value]
    return value


def _text(text: str) -> str:
    text = LEFT_OUT.sub("", SURROGATE.sub(MARK, text.replace("\r\n", "\n").replace("\r", "\n")))
    text = UNBROKEN.sub(lambda run: _breakable(run[0]), unicodedata.normalize("NFC", text))
    return "\n".join(_isolated(line) for line in text.split("\n"))


def _isolated(line: str) -> str:
    """A line that runs from the right keeps its direction to itself: a date after an Arabic name stays after it."""
    right = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in line)
    return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" if right else line


def _breakable(run: str) -> str:
    """Places to break in a run of signs without a space, never before a sign that belongs to the one before it."""
    pieces = [""]
    for sign in run:
        joins = unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"}
        if len(pieces[-1]) >= PIECE and not joins:
            pieces.append("")
        pieces[-1] += sign
    return BREAK.join(pieces)


def not_shown(complaint: str) -> list[str]:
    """The texts that the typesetter could not show, longest first, as its complaint names them."""
    found = {ESCAPED.sub(_unescaped, name) for name in NAMED.findall(complaint)}
    return sorted((text for text in found if not text.isascii()), key=len, reverse=True)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def marked(data: str, texts: list[str]) -> str:
    """The data with each of these texts replaced with the mark; unchanged where it holds none of them."""
    for text in texts:
        if text in data:
            data = data.replace(text, MARK + BREAK)
        else:
            for sign in text:
                data = data if sign.isascii() else data.replace(sign, MARK + BREAK)
    return data
