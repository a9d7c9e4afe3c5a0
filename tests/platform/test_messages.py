"""The tool that gathers words: what it takes, what it keeps, what it refuses."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from config import catalogs, messages

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
def words(n, name):
    return [_("Hello %(name)s") % {"name": name}, ngettext("%(n)d hour", "%(n)d hours", n), pgettext("month", "May")]
"""
PAGE = """{% load i18n %}<p title="{% translate 'Save' %}">{% translate "Sign" context "verb" as verb %}
   {% blocktranslate trimmed count hours=total with name=who %}
     {{ hours }} hour of {{ name }}
   {% plural %}
     {{ hours }} hours of {{ name }}
   {% endblocktranslate %} it's "open</p>"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    plans = tmp_path / "celabiedrs/plans"
    (plans / "templates/plans").mkdir(parents=True)
    (tmp_path / "config").mkdir()
    (plans / "views.py").write_text(CODE, "utf-8")
    (plans / "templates/plans/page.html").write_text(PAGE, "utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "celabiedrs")
    assert messages.main([]) == 0
    return tmp_path


def catalog(house: Path) -> Path:
    return house / "celabiedrs/plans/locale/lv/LC_MESSAGES/django.po"


def translate(house: Path, singular: str, *words: str) -> None:
    path = catalog(house)
    before, _, after = path.read_text("utf-8").partition(f'msgid "{singular}"\n')
    for number, word in enumerate(words):
        slot = f"msgstr[{number}]" if len(words) > 1 else "msgstr"
        after = after.replace(f'{slot} ""', f'{slot} "{word}"', 1)
    path.write_text(f'{before}msgid "{singular}"\n{after}', "utf-8")


def test_code_and_pages_are_read(house: Path) -> None:
    assert set(messages.read_book("plans").found) == {
        ("", "Hello %(name)s"), ("", "%(n)d hour"), ("month", "May"), ("", "Save"), ("verb", "Sign"),
        ("", "%(hours)s hour of %(name)s"),
    }  # fmt: skip


def test_gathering_twice_changes_nothing(house: Path) -> None:
    before = catalog(house).read_bytes()
    messages.main([])
    assert catalog(house).read_bytes() == before


def test_a_message_without_latvian_fails_the_check(house: Path) -> None:
    assert messages.main(["--check"]) == 1


def test_a_changed_id_is_never_guessed_and_the_old_words_come_back(house: Path) -> None:
    translate(house, "Save", "Saglabāt")
    page = house / "celabiedrs/plans/templates/plans/page.html"
    page.write_text(PAGE.replace("Save", "Save now"), "utf-8")
    messages.main([])
    assert 'msgid "Save now"\nmsgstr ""' in catalog(house).read_text("utf-8")
    page.write_text(PAGE, "utf-8")
    messages.main([])
    assert 'msgid "Save"\nmsgstr "Saglabāt"' in catalog(house).read_text("utf-8")


@pytest.mark.parametrize("wrong", ["Sveiki", "Sveiki, %(vards)s"])
def test_a_placeholder_that_does_not_fit_is_named(house: Path, wrong: str) -> None:
    translate(house, "Hello %(name)s", wrong)
    assert [line for line in messages.complaints(messages.read_book("plans")) if "form 0 of 'Hello" in line]


def test_latvian_counts_in_three_forms(house: Path) -> None:
    translate(house, "%(n)d hour", "%(n)d stunda", "%(n)d stundas", "%(n)d stundu")
    catalogs.compile_catalogs(house / "celabiedrs")
    with catalog(house).with_suffix(".mo").open("rb") as file:
        latvian = gettext.GNUTranslations(file)
    told = [latvian.ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n} for n in (0, 1, 2, 11, 21, 111)]
    assert told == ["0 stundu", "1 stunda", "2 stundas", "11 stundas", "21 stunda", "111 stundas"]


def test_our_compiler_reads_every_catalog_as_babel_does() -> None:
    paths = sorted(catalogs.PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po"))
    assert len(paths) > 10
    for path in paths:
        text = path.read_text("utf-8")
        assert _words(read_mo(io.BytesIO(catalogs.compiled(text)))) == _words(
            read_po(io.StringIO(text), locale="lv")
        ), path


def _words(catalog: Catalog) -> set[tuple[str, ...]]:
    def flat(words: object) -> tuple[str, ...]:
        return tuple(words) if isinstance(words, list | tuple) else (str(words),)

    def context(one: Message) -> str:  # bytes out of a .mo
        return one.context.decode() if isinstance(one.context, bytes) else one.context or ""

    return {(context(one), *flat(one.id), "→", *flat(one.string)) for one in catalog if one.id}


@pytest.mark.parametrize(
    "text", ['msgid "a"\nmsgid "b"\nmsgstr "c"', 'msgid "a\nmsgstr "b"', 'msgstr "a"', '"a"', "<<<<<<< HEAD"]
)
def test_a_broken_catalog_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"a line of a catalog|without msgid|literal"):
        catalogs.compiled(text)


def test_a_fuzzy_or_empty_message_stays_english() -> None:
    text = '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "e"\n'
    assert _words(read_mo(io.BytesIO(catalogs.compiled(text)))) == set()
