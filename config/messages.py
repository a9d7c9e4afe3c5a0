"""`celabiedrs messages`: takes message ids out of code and templates, keeps the Latvian, checks it.

Made with Babel and Django's own template reader, so that no gettext of the system is needed
(docs/decisions/0002). Only developers need it; `config.catalogs` compiles. One catalog for each stage; everything
that is no stage goes to celabiedrs/locale.
English is the language of the ids and so complete by itself.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract_python
from babel.messages.pofile import normalize, read_po

from config.catalogs import PACKAGE, compile_catalogs

ROOT = PACKAGE.parent
STAGES = (
    "places", "people", "registry", "contracts", "plans", "hours", "pay",
    "closing", "supervision", "notes", "safeguarding", "evidence", "retention", "programme", "desk",
)  # fmt: skip
HOUSE = "house"
"""Name of the catalog of what is no stage: rules, lib, templates of the house, config."""
PLURALS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)"
FORMS = 3

KEYWORDS: dict[str, Any] = {
    "_": None, "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")

Id = tuple[str, str]
"""Context ("" for none) and singular: what gettext looks a message up by."""


@dataclass
class Found:
    """A message of the sources: its plural ("" for none) and the files it stands in."""

    singular: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def id(self) -> Id:
        return (self.context, self.singular)

    @property
    def placeholders(self) -> set[str]:
        return set(PLACEHOLDER.findall(self.singular + " " + self.plural))


@dataclass
class Book:
    """One catalog file and the sources it speaks for."""

    name: str
    path: Path
    found: dict[Id, Found] = field(default_factory=dict)
    known: dict[Id, Message] = field(default_factory=dict)
    obsolete: dict[Id, Message] = field(default_factory=dict)


# ---------------------------------------------------------------------- reading


def _sources(name: str) -> Iterator[Path]:
    if name != HOUSE:
        roots, kept_out = [PACKAGE / name], set()
    else:
        roots, kept_out = [PACKAGE, ROOT / "config"], {PACKAGE / stage for stage in STAGES}
    for root in roots:
        for path in sorted(root.rglob("*")):
            inner = path.relative_to(root).parts
            if kept_out & set(path.parents) or {"tests", "migrations", "locale", "__pycache__"} & set(inner):
                continue
            if path.suffix == ".py" or ("templates" in inner and path.suffix in {".html", ".txt"}):
                yield path


def _messages_of(path: Path) -> Iterator[tuple[str, str, str]]:
    """Context, singular, plural of each message in one file."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        text = _template_as_python(text, path)
    reader = extract_python(io.BytesIO(text.encode("utf-8")), KEYWORDS, [], {"encoding": "utf-8"})
    for _, called, given, _ in reader:
        function = str(called or "")
        words = [given] if isinstance(given, str) else [word for word in given or () if word]
        if not words or not all(isinstance(word, str) for word in words):
            continue
        context = words.pop(0) if "pgettext" in function else ""
        if words and words[0]:
            plural = words[1] if function.startswith("n") and len(words) > 1 else ""
            yield context, words[0], plural


def _template_as_python(text: str, path: Path) -> str:
    """Django writes the translatable parts as calls, all else as XXX; the indentation must not count."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    calls: str = templatize(text, origin=str(path.relative_to(ROOT)))
    return "\n".join(line.strip() for line in calls.splitlines())


def read_book(name: str) -> Book:
    """The sources of one catalog and what its file says already. A file that cannot be read ends it all."""
    home = PACKAGE if name == HOUSE else PACKAGE / name
    book = Book(name, home / "locale" / "lv" / "LC_MESSAGES" / "django.po")
    for path in _sources(name):
        for context, singular, plural in _messages_of(path):
            entry = book.found.setdefault((context, singular), Found(singular, plural, context))
            entry.plural = entry.plural or plural
            entry.files.add(path.relative_to(ROOT).as_posix())
    if book.path.exists():
        with book.path.open("rb") as file:
            catalog = read_po(file, locale="lv", abort_invalid=True)
        book.known = {_id(message): message for message in catalog if message.id}
        book.obsolete = {_id(message): message for message in catalog.obsolete.values()}
    return book


def _id(message: Message) -> Id:
    singular = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return (message.context or "", str(singular))


# ---------------------------------------------------------------------- the text of a catalog


def translation(book: Book, entry: Found, elsewhere: dict[Id, Message]) -> tuple[str, ...]:
    """The Latvian that is known for this very id: here, once here, or in another catalog. No guesses."""
    size = FORMS if entry.plural else 1
    for source in (book.known, book.obsolete, elsewhere):
        message = source.get(entry.id)
        if message is not None and "fuzzy" not in message.flags:
            words = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if len(words) == size and any(words):
                return tuple(str(word) for word in words)
    return ("",) * size


def written(book: Book, elsewhere: dict[Id, Message], *, prune: bool = False) -> str:
    """The whole .po file: sorted, without line numbers and dates, so that a difference is a real one."""
    header = (
        "Project-Id-Version: celabiedrs\nLanguage: lv\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {PLURALS};\n"
    )
    blocks = [f'msgid ""\nmsgstr {normalize(header)}\n']
    for entry in sorted(book.found.values(), key=lambda entry: (entry.singular, entry.context)):
        blocks.append(_block(entry, translation(book, entry, elsewhere)))
    if not prune:
        gone = {**book.obsolete, **book.known}.items()
        for key, message in sorted(gone, key=lambda item: item[0][::-1]):
            if key not in book.found and message.string and any(message.string):
                blocks.append(_obsolete_block(message))
    return "\n".join(blocks)


def _block(entry: Found, words: tuple[str, ...]) -> str:
    lines = [f"#: {name}" for name in sorted(entry.files)]
    if "%(" in entry.singular + entry.plural or re.search(r"%[sd]", entry.singular + entry.plural):
        lines.append("#, python-format")
    return "\n".join(lines + _body(entry.context, entry.singular, entry.plural, words)) + "\n"


def _body(context: str, singular: str, plural: str, words: tuple[str, ...]) -> list[str]:
    lines = [f"msgctxt {normalize(context)}"] if context else []
    lines.append(f"msgid {normalize(singular)}")
    if not plural:
        return [*lines, f"msgstr {normalize(words[0])}"]
    lines.append(f"msgid_plural {normalize(plural)}")
    return lines + [f"msgstr[{number}] {normalize(word)}" for number, word in enumerate(words)]


def _obsolete_block(message: Message) -> str:
    plural = str(message.id[1]) if isinstance(message.id, (tuple, list)) else ""
    words = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    body = "\n".join(
        _body(message.context or "", _id(message)[1], plural, tuple(str(word) for word in words))
    )
    return "\n".join(f"#~ {line}" for line in body.splitlines()) + "\n"


# ---------------------------------------------------------------------- checking


def complaints(book: Book) -> Iterator[str]:
    """One sentence for each thing that keeps this catalog from being complete."""
    where = book.path.relative_to(ROOT)
    for key in sorted(book.found.keys() - book.known.keys()):
        yield f"{where}: out of date, lacks {key[1]!r}"
    for key in sorted(book.known.keys() - book.found.keys()):
        yield f"{where}: out of date, {key[1]!r} is in no source any more"
    for key in sorted(book.obsolete):
        yield f"{where}: obsolete {key[1]!r}"
    for key, message in sorted(book.known.items()):
        if key not in book.found:
            continue
        entry = book.found[key]
        if "fuzzy" in message.flags:
            yield f"{where}: fuzzy {key[1]!r}"
            continue
        words = translation(Book(book.name, book.path, known=book.known), entry, {})
        if not all(words):
            yield f"{where}: missing {key[1]!r}"
        yield from _wrong_placeholders(str(where), entry, [word for word in words if word])


def _wrong_placeholders(where: str, entry: Found, words: list[str]) -> Iterator[str]:
    for number, word in enumerate(words):
        used = set(PLACEHOLDER.findall(word))
        lost = entry.placeholders - used
        # a plural form may leave out the number ("viena stunda"), never anything else
        if used - entry.placeholders or (lost and not (entry.plural and len(lost) == 1)):
            yield f"{where}: form {number} of {entry.singular!r} has {sorted(used)}, not {sorted(entry.placeholders)}"


# ---------------------------------------------------------------------- the command


def main(arguments: list[str]) -> int:
    """`celabiedrs messages [--check] [--prune] [STAGE…]`; the exit code."""
    flags = {argument for argument in arguments if argument.startswith("-")}
    wrong = flags - {"--check", "--prune"}
    names = [argument for argument in arguments if not argument.startswith("-")]
    unknown = set(names) - {HOUSE, *STAGES}
    if wrong or unknown:
        print(f"messages: unknown {', '.join(sorted(wrong | unknown))}", file=sys.stderr)
        return 2
    books = [read_book(name) for name in (HOUSE, *STAGES)]
    elsewhere: dict[Id, Message] = {}
    for book in books:
        elsewhere |= {
            key: message for key, message in book.known.items() if message.string and key not in elsewhere
        }
    chosen = [book for book in books if not names or book.name in names]
    if "--check" in flags:
        return _check(chosen)
    for book in chosen:
        _update(book, elsewhere, prune="--prune" in flags)
    compile_catalogs(PACKAGE)
    return 0


def _check(books: list[Book]) -> int:
    told = [line for book in books for line in complaints(book)]
    print(
        "\n".join(told) if told else f"messages: {sum(len(book.found) for book in books)} complete in Latvian"
    )
    if told:
        print(f"{len(told)} to fix; `celabiedrs messages --prune` brings the catalogs up to date.")
    return 1 if told else 0


def _update(book: Book, elsewhere: dict[Id, Message], *, prune: bool) -> None:
    if not book.found and not book.path.exists():
        return
    text = written(book, elsewhere, prune=prune)
    if not book.path.exists() or book.path.read_text("utf-8") != text:
        book.path.parent.mkdir(parents=True, exist_ok=True)
        making = book.path.with_suffix(".po.new")
        making.write_text(text, "utf-8")
        making.replace(book.path)
    missing = sum(not all(translation(book, entry, elsewhere)) for entry in book.found.values())
    print(f"{book.name}: {len(book.found)} messages, {missing} without Latvian")
