"""A theme that a mentor sends for a supervision session: short, and without a learner's name (CNF-1)."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.reading import read_text

THEME_CHARACTERS = 400


def names_somebody(text: str, names: Collection[str]) -> bool:
    """Whether a word of the text is, in whatever case, a part of one of the names."""
    parts = {_bare(part) for name in names for part in name.split() if len(part) > 2}
    words = [word for word in re.findall(r"\w+", text) if word[:1].isupper()]
    return any(_same_name(_bare(word), part) for word in words for part in parts)


def _bare(word: str) -> str:
    """Without capitals and marks, since Latvian softens the end of a stem: Kārlis, Kārļa."""
    spread = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def _same_name(word: str, name: str) -> bool:
    stem = name[:-1] if len(name) < 5 else name[:-2]
    return word.startswith(stem) and abs(len(word) - len(name)) <= 1


@rule("CNF-1")
def theme(*, text: object, names: Collection[str]) -> Iterator[Finding]:
    """[CNF-1] A theme for a session is short and names no learner; `names`: of those whom the sender supports."""
    words = read_text(text)
    if not words:
        yield Breach(
            "CNF-1", N_("The theme is empty."), N_("Write what you would like to talk about."), field="text"
        )
    if len(words) > THEME_CHARACTERS:
        yield Breach(
            "CNF-1",
            N_("The theme is longer than %(limit)s characters."),
            N_("Keep to what the session should take up; the rest can be told there."),
            {"limit": THEME_CHARACTERS},
            field="text",
        )
    if names_somebody(words, names):
        yield Breach(
            "CNF-1",
            N_("The theme seems to name a learner whom you support."),
            N_("Write it without names: the supervisor and the group know no learner."),
            field="text",
        )
