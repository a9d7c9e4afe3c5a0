"""What is asked of a PDF that comes in: that readers open it, and that it does nothing by itself.

Runs in the reading process. PDFium, the reader of a widely used browser, opens it; pypdf walks through every object
that it holds, listed or not, so that a script is found by what it is and not by how it is written. No byte is changed.
"""

import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pypdf._codecs._codecs  # these two would be loaded when it is too late
import pypdf.filters
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
    read_object,
)

from celabiedrs.lib.files.kinds import HEADER_WITHIN
from celabiedrs.lib.limited.refusal import Unreadable

PAGES_AT_MOST = 2000
WIDEST_PAGE = 14_400
"""Points: 200 inches, the largest page that readers draw."""
INFLATED_AT_MOST = 96 * 1024 * 1024
PICTURE_AT_MOST = 400_000_000
OBJECTS_AT_MOST = 300_000
STREAM_OF_OBJECTS_AT_MOST = 32 * 1024 * 1024
ACTIONS = {
    "/JavaScript": "pdf_script", "/SubmitForm": "pdf_script", "/ImportData": "pdf_script",
    "/Launch": "pdf_action", "/GoToR": "pdf_action", "/GoToE": "pdf_action", "/Rendition": "pdf_action",
    "/Movie": "pdf_action", "/Sound": "pdf_action", "/RichMediaExecute": "pdf_action",
    "/GoTo3DView": "pdf_action",
}  # fmt: skip
BY_ITSELF = ("/GoTo", "/Named")
"""What a document may do without being asked: show a page."""
EMBEDDING = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/FileAttachment", "/3D"}
_LISTED = re.compile(rb"(?<![0-9])([0-9]{1,8})[ \r\n\t]{1,4}([0-9]{1,5})[ \r\n\t]{1,4}obj\b")
logging.disable(logging.CRITICAL)


def check_pdf(content: bytes) -> None:
    """Unreadable for a PDF that is cut off, locked, scripted, made to swell, or another kind of file as well."""
    if zipfile.is_zipfile(BytesIO(content)):
        raise Unreadable("two_kinds")
    _check_opens(content)
    start = content.index(b"%PDF-", 0, HEADER_WITHIN + 5)
    try:
        _check_harmless(content[start:])
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # a broken PDF makes its reader raise almost anything
        raise Unreadable("pdf_damaged") from error


def _check_opens(content: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise Unreadable("pdf_locked" if locked else "pdf_damaged") from error
    pages = len(document)
    if not 1 <= pages <= PAGES_AT_MOST:
        raise Unreadable("pdf_pages" if pages else "pdf_damaged", most=PAGES_AT_MOST)
    try:
        widest = max(max(document.get_page_size(number)) for number in range(pages))
    except pypdfium2.PdfiumError as error:
        raise Unreadable("pdf_damaged") from error
    if widest > WIDEST_PAGE:
        raise Unreadable("pdf_endless_page")


def _check_harmless(content: bytes) -> None:
    reader = _reader(content)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("pdf_locked")
    swelling = 0
    for thing in _objects(reader, content):
        for part in _parts(thing):
            _check_part(part)
            swelling += _inflated(part, INFLATED_AT_MOST - swelling)
    root = reader.trailer["/Root"].get_object()
    if not isinstance(root, DictionaryObject):
        raise Unreadable("pdf_damaged")


def _reader(content: bytes) -> pypdf.PdfReader:
    """pypdf on the bytes; where their end leads it nowhere, it looks for the objects themselves, as PDFium does."""
    try:
        return pypdf.PdfReader(BytesIO(content), strict=False)
    except (pypdf.errors.PyPdfError, ValueError, KeyError):
        return pypdf.PdfReader(BytesIO(content + b"\nstartxref\n0\n%%EOF\n"), strict=False)


def _objects(reader: pypdf.PdfReader, content: bytes) -> Iterator[Any]:
    """The trailer, every object that the tables list, and every one that stands in the file without being listed."""
    yield reader.trailer
    listed = {(number, generation) for generation, places in reader.xref.items() for number in places}
    listed |= {(number, 0) for number in reader.xref_objStm}
    if len(listed) > OBJECTS_AT_MOST:
        raise Unreadable("pdf_swells")
    _check_whole(reader, content)
    for number, generation in sorted(listed):
        try:
            yield reader.get_object(IndirectObject(number, generation, reader))
        except (pypdf.errors.PdfReadError, KeyError, ValueError, AttributeError):
            continue  # a reader takes it for nothing as well; its bytes are looked at below
    places = {place for rows in reader.xref.values() for place in rows.values()}
    for count, found in enumerate(_LISTED.finditer(content)):
        if count > OBJECTS_AT_MOST:
            raise Unreadable("pdf_swells")
        if found.start() not in places:
            yield from _unlisted(reader, content, found.end())


def _check_whole(reader: pypdf.PdfReader, content: bytes) -> None:
    """A file whose table counts on more bytes than there are was cut off, though its first page may still be seen."""
    furthest = max((place for rows in reader.xref.values() for place in rows.values()), default=0)
    found = re.search(rb"/Linearized\b[^>]{0,300}?/L\s+(\d{1,10})", content[:1024])
    if furthest >= len(content) or (found and int(found[1]) > len(content)):
        raise Unreadable("pdf_damaged")


def _unlisted(reader: pypdf.PdfReader, content: bytes, at: int) -> Iterator[Any]:
    """What stands after "12 0 obj" where no table leads: an earlier edition, or something hidden for a reader that
    rebuilds a broken table. Of its streams only one of objects is read."""
    end = content.find(b"endobj", at, at + 65_536)
    words = content[at : end if end >= 0 else at + 65_536]
    stream = words.find(b"stream")
    found = _read_at(reader, words[:stream] if stream >= 0 else words)
    if found is not None:
        yield found
    if stream >= 0 and _name(found, "/Type") == "/ObjStm":
        start = at + stream + len(b"stream")
        packed = content[start : content.find(b"endstream", start)].lstrip(b"\r\n")
        unpacker = zlib.decompressobj()
        try:
            inside = unpacker.decompress(packed, STREAM_OF_OBJECTS_AT_MOST)
        except zlib.error:
            inside = packed
        if unpacker.unconsumed_tail:
            raise Unreadable("pdf_swells")
        for beginning in re.finditer(rb"<<", inside):
            yield _read_at(reader, inside[beginning.start() : beginning.start() + 65_536])


def _read_at(reader: pypdf.PdfReader, words: bytes) -> Any:
    try:
        return read_object(BytesIO(words.lstrip() + b"\nendobj"), reader)
    except (RecursionError, MemoryError):
        raise
    except Exception:  # bytes of a picture may look like the beginning of an object
        return None


def _parts(thing: Any) -> Iterator[Any]:
    """Every dictionary in an object; what is only pointed to comes as an object of its own."""
    left, seen = [thing], 0
    while left:
        part = left.pop()
        seen += 1
        if seen > OBJECTS_AT_MOST:
            raise Unreadable("pdf_swells")
        if isinstance(part, DictionaryObject):
            yield part
            left.extend(part.values())
        elif isinstance(part, ArrayObject):
            left.extend(part)


def _check_part(part: DictionaryObject) -> None:
    kind, name = _name(part, "/Type"), _name(part, "/S")
    if name in ACTIONS and kind != "/StructElem":
        raise Unreadable(ACTIONS[name])
    if _holds(part, "/JavaScript") or isinstance(_value(part, "/JS"), (TextStringObject, StreamObject)):
        raise Unreadable("pdf_script")
    if "/XFA" in part:
        raise Unreadable("pdf_xfa")
    if (
        kind == "/EmbeddedFile"
        or isinstance(_value(part, "/EF"), DictionaryObject)
        or _holds(part, "/EmbeddedFiles")
    ):
        raise Unreadable("pdf_embedded")
    if kind in ("", "/Annot") and _name(part, "/Subtype") in EMBEDDING and "/Rect" in part:
        raise Unreadable("pdf_embedded")
    for action in _automatic(part):
        if _name(action, "/S") not in BY_ITSELF:
            raise Unreadable(ACTIONS.get(_name(action, "/S"), "pdf_action"))


def _automatic(part: DictionaryObject) -> Iterator[DictionaryObject]:
    """The actions that nobody has to ask for: on opening, on turning a page, and what follows them."""
    more = _value(part, "/AA")
    left = [_value(part, "/OpenAction"), *(more.values() if isinstance(more, DictionaryObject) else ())]
    for _ in range(1000):
        if not left:
            return
        action = _resolved(left.pop())
        if isinstance(action, ArrayObject):
            action = next((each for each in map(_resolved, action) if _name(each, "/S")), None)
        if isinstance(action, DictionaryObject) and "/S" in action:
            yield action
            left.append(_value(action, "/Next"))


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _value(part: DictionaryObject, key: str) -> Any:
    return _resolved(part.raw_get(key)) if key in part else None


def _name(part: Any, key: str) -> str:
    value = _value(part, key) if isinstance(part, DictionaryObject) else None
    return str(value) if isinstance(value, NameObject) else ""


def _holds(part: DictionaryObject, key: str) -> bool:
    """Whether a tree of names under this key has anything in it."""
    tree = _value(part, key)
    return isinstance(tree, DictionaryObject) and bool(_value(tree, "/Names") or _value(tree, "/Kids"))


def _inflated(part: DictionaryObject, most: int) -> int:
    """Bytes to which the part's own stream unpacks; pictures are measured by their size."""
    if not isinstance(part, StreamObject):
        return 0
    if _name(part, "/Subtype") == "/Image":
        width, height = _value(part, "/Width"), _value(part, "/Height")
        if isinstance(width, int) and isinstance(height, int) and width * height > PICTURE_AT_MOST:
            raise Unreadable("pdf_swells")
        return 0
    packings = _value(part, "/Filter")
    first = _resolved(packings[0]) if isinstance(packings, ArrayObject) and packings else packings
    if first not in ("/FlateDecode", "/Fl"):
        return 0
    unpacker, left, total = zlib.decompressobj(), bytes(part._data), 0
    while left and not unpacker.eof:
        try:
            total += len(unpacker.decompress(left, 1024 * 1024))
        except zlib.error:
            break
        left = unpacker.unconsumed_tail
        if total > most:
            raise Unreadable("pdf_swells")
    return total
