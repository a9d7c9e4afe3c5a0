"""What an act is about has to be named; a name fits its line. Asked by whichever clause needs the thing."""

import re
import unicodedata
from collections.abc import Iterator

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.reading import read_text

NAME_CHARACTERS = 120


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters whose mark does not come off by itself."""


def plain_text(text: object) -> str:
    """A text without marks, case and invisible signs, in which words are looked for."""
    decomposed = unicodedata.normalize("NFKD", read_text(text).casefold())
    kept = (sign for sign in decomposed if unicodedata.category(sign) not in ("Mn", "Cf"))
    return "".join(kept).translate(_LETTERS)


def name_key(name: object) -> tuple[str, ...]:
    """A name as two are compared (decision 0057): its words in any order, without marks, case, hyphen or dash."""
    return tuple(sorted(re.findall(r"\w+", plain_text(name))))


def _joined_key(name: object) -> tuple[str, ...]:
    """The same, where a hyphen or an apostrophe joins what it divides: Anna-Marija is Annamarija."""
    words = (re.sub(r"\W", "", word) for word in plain_text(name).split())
    return tuple(sorted(word for word in words if word))


def same_name(one: object, other: object) -> bool:
    """Whether two names are the same words (decision 0057)."""
    ones, others = ({key for key in (name_key(name), _joined_key(name)) if key} for name in (one, other))
    return bool(ones & others)


def shares_a_name(one: object, other: object) -> bool:
    """Whether two names that are not the same have a word in common: a surname, or one that was married into."""
    return not same_name(one, other) and bool(set(name_key(one)) & set(name_key(other)))


def certificate_number(raw: object) -> str:
    """A certificate's number as it is compared: its letters and digits alone, in capitals (decision 0057)."""
    text = unicodedata.normalize("NFKC", read_text(raw))
    return "".join(sign for sign in text if sign.isalnum()).upper()


def written_number(raw: object) -> str:
    """A certificate's number as it is shown: as it was written, with single spaces."""
    return " ".join(read_text(raw).split())


@rule("MEN-6", "CON-1", "CON-6", "REG-2", "REG-3", "SUP-3")
def mentor_named(*, named: bool, clause: str) -> Iterator[Finding]:
    """[MEN-6] [CON-1] [CON-6] [REG-2] [REG-3] [SUP-3] A certificate, a contract, a check, a talk, a
    plan and a nomination are of one mentor each."""
    if not named:
        yield Breach(
            clause, N_("It is not said which mentor is meant."), N_("Choose the mentor."), field="mentor"
        )


@rule("CON-3", "CON-6", "GEN-2", "PAY-1", "CAL-2", "REG-3")
def institution_named(*, named: bool, clause: str, field: str = "institution") -> Iterator[Finding]:
    """[CON-3] [CON-6] [GEN-2] [PAY-1] [CAL-2] [REG-3] A contract, a check and a pay run have one
    employer; a talk, a learner and a semester of its own have a school."""
    if not named:
        yield Breach(
            clause,
            N_("It is not said which institution is meant."),
            N_("Choose the institution from the list."),
            field=field,
        )


@rule("GEN-2")
def learner_named(*, named: bool) -> Iterator[Finding]:
    """[GEN-2] A plan is one learner's."""
    if not named:
        yield Breach(
            "GEN-2", N_("It is not said which learner is meant."), N_("Choose the learner."), field="learner"
        )


@rule("REG-1", "GEN-2", "MEN-2", "MEN-6", "CON-6", "CON-7", "SUP-2")
def fits(*, text: object, field: str, clause: str, characters: int = NAME_CHARACTERS) -> Iterator[Finding]:
    """[REG-1] [GEN-2] [MEN-2] [MEN-6] [CON-6] [CON-7] [SUP-2] A name or a number that is longer than its line is a
    slip of the pen; nothing is cut."""
    if len(read_text(text)) > characters:
        yield Breach(
            clause,
            N_("This is longer than %(limit)s characters."),
            N_("Shorten it."),
            {"limit": characters},
            field=field,
        )
