"""Names of people who do not exist, in good Latvian."""

import unicodedata
from dataclasses import dataclass
from random import Random

WOMEN = (
    "Adele", "Agita", "Alise", "Amanda", "Anete", "Annija", "Baiba", "Dārta", "Dzintra", "Elīna", "Elza", "Emīlija",
    "Estere", "Evelīna", "Gunta", "Ieva", "Inese", "Kadrija", "Katrīna", "Keita", "Laima", "Līga", "Luīze", "Madara",
    "Marta", "Mētra", "Paula", "Renāte", "Rūta", "Sanita", "Sintija", "Vineta", "Ženija", "Undīne", "Tīna", "Zane",
)  # fmt: skip
MEN = (
    "Adrians", "Aigars", "Ansis", "Artis", "Atis", "Bruno", "Dāvis", "Didzis", "Edvards", "Emīls", "Ernests", "Gatis",
    "Gustavs", "Henriks", "Ingus", "Jēkabs", "Kārlis", "Kristers", "Linards", "Markuss", "Mikus", "Niks", "Oto",
    "Pēteris", "Ralfs", "Reinis", "Roberts", "Rūdolfs", "Tomass", "Uģis", "Valters", "Vilnis", "Zigmārs", "Žanis",
)  # fmt: skip
BEGINNINGS = (
    "Saul", "Mēnes", "Zvaigž", "Migl", "Rīt", "Vakar", "Snieg", "Dzintar", "Sudrab", "Zelt", "Vēj", "Jūr", "Mež",
    "Ziem", "Vasar", "Tāl", "Sil", "Varavīksn",
)  # fmt: skip
ENDINGS = (
    ("kalniņš", "kalniņa"), ("starītis", "starīte"), ("putniņš", "putniņa"), ("bērziņš", "bērziņa"),
    ("lapiņš", "lapiņa"), ("zariņš", "zariņa"), ("ceļnieks", "ceļniece"), ("ratnieks", "ratniece"),
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A made-up person's name; `family` the same surname for the other sex, `woman` which of both this is."""

    first: str
    last: str
    family: str
    woman: bool

    def __str__(self) -> str:
        return f"{self.first} {self.last}"


class Names:
    """Gives out names, each once, in the order that the seed says."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.surnames = [(start, end) for start in BEGINNINGS for end in ENDINGS]
        random.shuffle(self.surnames)
        self.firsts: dict[bool, list[str]] = {True: [], False: []}
        self.given = 0

    def next(self, woman: bool | None = None) -> Name:
        woman = self.random.random() < 0.55 if woman is None else woman
        if not self.firsts[woman]:
            self.firsts[woman] = self.random.sample(WOMEN if woman else MEN, len(WOMEN if woman else MEN))
        start, (man_s, woman_s) = self.surnames[self.given % len(self.surnames)]
        self.given += 1
        last, family = (start + woman_s, start + man_s) if woman else (start + man_s, start + woman_s)
        return Name(self.firsts[woman].pop(), last, family, woman)

    def guardian_of(self, child: Name) -> str:
        """A parent with the same surname."""
        woman = self.random.random() < 0.7
        first = self.random.choice(WOMEN if woman else MEN)
        return f"{first} {child.last if woman == child.woman else child.family}"


def address_for(name: Name, kind: str) -> str:
    """An e-mail address that reaches nobody (RFC 2606)."""
    plain = unicodedata.normalize("NFD", f"{name.first}.{name.last}".lower())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return f"{letters}@{kind}.invalid"
