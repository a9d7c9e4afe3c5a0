"""Signed containers (eDoc, ASiC-E): a zip that says what it is and is signed. Looked into, never unpacked or changed.

Runs in the reading process. Two programs must see the same documents in it: the entries follow one another without
gaps from the first byte on, each is called and measured alike in its own heading and in the directory, and the one
directory stands at the end. A zip's comment is allowed (ETSI lets a container say its kind there).
"""

import re
import struct
import zipfile
from io import BytesIO

from celabiedrs.lib.limited.refusal import Unreadable

ASICE, ASICS = b"application/vnd.etsi.asic-e+zip", b"application/vnd.etsi.asic-s+zip"
SIGNATURE = re.compile(r"META-INF/[^/]*signatures?[^/]*\.(xml|p7s)", re.IGNORECASE)
TIME_STAMP = re.compile(r"META-INF/[^/]*\.tst", re.IGNORECASE)
ENTRIES_AT_MOST = 200
INFLATED_AT_MOST = 200 * 1024 * 1024
_END, _HEADING, _FOLLOWS = b"PK\x05\x06", b"PK\x03\x04", b"PK\x07\x08"
_OFFICE = (
    ("word/", "word"), ("xl/", "excel"), ("ppt/", "slides"),
    ("package/services/digital-signature/", "old_edoc"),
)  # fmt: skip
_OPEN_OFFICE = b"application/vnd.oasis.opendocument."


def check_container(content: bytes) -> None:
    """Unreadable for a zip that is not a whole signed container. Whose signature it is, is not asked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            entries = container.infolist()
            _check_kind(container, entries)
            _check_directory(content, len(entries))
            _check_entries(content, entries, container.start_dir)
            if container.testzip() is not None:
                raise Unreadable("container_damaged")
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a broken zip raises BadZipFile, zlib.error, EOFError, NotImplementedError, …
        raise Unreadable("container_damaged") from error


def _check_kind(container: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    by_name = {entry.filename: entry for entry in entries}
    kind = by_name.get("mimetype")
    says = (
        container.read(kind).removeprefix(b"\xef\xbb\xbf").strip() if kind and kind.file_size < 100 else b""
    )
    if says not in (ASICE, ASICS):
        raise Unreadable(_other_kind(says, list(by_name)))
    if not any(name != "mimetype" and not name.startswith("META-INF/") for name in by_name):
        raise Unreadable("container_empty")
    if not any(SIGNATURE.fullmatch(name) for name in by_name):
        stamped = any(TIME_STAMP.fullmatch(name) for name in by_name)
        raise Unreadable("time_stamp_only" if stamped else "container_unsigned")


def _other_kind(says: bytes, names: list[str]) -> str:
    if says.startswith(_OPEN_OFFICE):
        return "word" if says.endswith(b".text") else "excel" if says.endswith(b".spreadsheet") else "slides"
    return next((word for folder, word in _OFFICE if any(name.startswith(folder) for name in names)), "zip")


def _check_directory(content: bytes, count: int) -> None:
    """One end of the directory, whose comment reaches exactly to the end of the file, and which counts all entries."""
    at = content.rfind(_END)
    disk, first_disk, here, entries, size, offset, comment = struct.unpack(
        "<HHHHIIH", content[at + 4 : at + 22]
    )
    alone = content.find(_END, offset) == at and at + 22 + comment == len(content)
    if not alone or disk or first_disk or here != entries or entries != count or offset + size != at:
        raise Unreadable("container_ambiguous")


def _check_entries(content: bytes, entries: list[zipfile.ZipInfo], directory: int) -> None:
    names = [entry.filename for entry in entries]
    if (
        len(entries) > ENTRIES_AT_MOST
        or sum(entry.file_size for entry in entries) > INFLATED_AT_MOST
        or any(entry.flag_bits & 0x1 for entry in entries)
    ):
        raise Unreadable("container_damaged")
    strange = any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names)
    if strange or len({name.casefold() for name in names}) != len(names):
        raise Unreadable("container_ambiguous")
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset != reached:
            raise Unreadable("container_ambiguous")
        reached = _end_of(content, entry)
    if reached != directory:
        raise Unreadable("container_ambiguous")


def _end_of(content: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the next entry begins, if the entry's own heading says the same as the directory."""
    at = entry.header_offset
    signature, flags, method, crc, packed, size, name_length, extra = struct.unpack(
        "<4s2xHH4xIIIHH", content[at : at + 30]
    )
    name = content[at + 30 : at + 30 + name_length].decode("utf-8" if flags & 0x800 else "cp437")
    told_later = bool(flags & 0x8)
    same = (crc, packed, size) == (entry.CRC, entry.compress_size, entry.file_size)
    if (
        signature != _HEADING
        or name != entry.orig_filename
        or method != entry.compress_type
        or not (same or (told_later and not (crc or packed or size)))
    ):
        raise Unreadable("container_ambiguous")
    end = int(at + 30 + name_length + extra + entry.compress_size)
    if told_later:
        end += 16 if content[end : end + 4] == _FOLLOWS else 12
    return end
