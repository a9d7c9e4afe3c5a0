"""Compiles the catalogs of words: every django.po into the django.mo that gettext reads.

With the standard library alone, because every installation does it and Babel (31 MB) is needed by nobody who only
runs the program (docs/decisions/0002). It reads the form that `celabiedrs messages` writes and refuses any other.
"""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "celabiedrs"
MAGIC = 0x950412DE
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) )?(".*")')

Message = dict[str, str]
"""One entry: the words after each keyword."""


def compile_catalogs(package: Path = PACKAGE) -> int:
    """Every .po into its .mo (where older); how many were written."""
    count = 0
    for path in sorted(package.glob("**/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        making = target.with_suffix(".mo.new")
        making.write_bytes(compiled(path.read_text("utf-8")))
        making.replace(target)
        count += 1
    return count


def compiled(text: str) -> bytes:
    """The .mo of a .po's text. Messages without a translation and fuzzy ones are left out: English stands in."""
    table: dict[bytes, bytes] = {}
    for message in _messages(text):
        forms = [words for keyword, words in sorted(message.items()) if keyword.startswith("msgstr")]
        if not any(forms):
            continue
        key = message["msgid"]
        if "msgid_plural" in message:
            key += "\0" + message["msgid_plural"]
        if "msgctxt" in message:
            key = message["msgctxt"] + "\x04" + key
        table[key.encode()] = "\0".join(forms).encode()
    return _written(table)


def _messages(text: str) -> Iterator[Message]:
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line.strip()]
        if any(line.startswith("#,") and "fuzzy" in line for line in lines):
            continue
        message: Message = {}
        keyword = ""
        for line in lines:
            if line.startswith("#"):
                continue
            read = LINE.fullmatch(line)
            if read is None or not (read[1] or keyword) or read[1] in message:
                raise ValueError(f"not a line of a catalog: {line!r}")
            keyword = read[1] or keyword
            message[keyword] = message.get(keyword, "") + ast.literal_eval(read[2])
        if message:
            if "msgid" not in message:
                raise ValueError(f"a message without msgid: {block!r}")
            yield message


def _written(table: dict[bytes, bytes]) -> bytes:
    """Header, two tables of (length, offset), then the strings, each ended by NUL; ids sorted as gettext wants it."""
    ids = sorted(table)
    strings = [*ids, *(table[key] for key in ids)]
    offset = 28 + 8 * len(strings)
    head = struct.pack("<7I", MAGIC, 0, len(ids), 28, 28 + 8 * len(ids), 0, offset)
    places = b""
    for string in strings:
        places += struct.pack("<2I", len(string), offset)
        offset += len(string) + 1
    return head + places + b"".join(string + b"\0" for string in strings)
