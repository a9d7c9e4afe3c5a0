"""What a password may not be: made of the programme's words, the person's own, a year, a row of keys, or few signs."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from celabiedrs.rules.naming import plain_text

OWN = (
    "celabiedrs", "skolakopiena", "skola", "kopiena", "mentors", "mentori", "mentoru", "mentorings", "viaa", "iap",
    "parole", "paroles", "password", "passw", "latvija", "riga", "administrators", "admin", "demo", "sveiki",
    "ziema", "pavasaris", "vasara", "rudens", "janvaris", "februaris", "marts", "aprilis", "maijs", "junijs", "julijs",
    "augusts", "septembris", "oktobris", "novembris", "decembris", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh",
    "zxcvbnm", "abcdefgh", "abcdef", "letmein", "welcome",
)  # fmt: skip
LEFT = 8
"""So many letters are left when the words that anybody would try are taken out."""
DIFFERENT = 6


class OwnWords:
    """Refuses a password from which nothing is left without words of the programme and of the person."""

    def validate(self, password: str, user: Any = None) -> None:
        said = re.sub(r"[\W\d_]", "", plain_text(password))
        if len(set(password)) < DIFFERENT or len(_without(said, user)) < LEFT:
            raise ValidationError(
                _("Anybody would try this password soon. Take four words that belong to nobody.")
            )

    def get_help_text(self) -> str:
        return _("Four words that have nothing to do with each other are easy to keep and hard to guess.")


def _without(said: str, user: Any) -> str:
    parts = re.findall(
        r"[^\W\d_]{3,}", plain_text(f"{getattr(user, 'name', '')} {getattr(user, 'email', '')}")
    )
    for word in sorted({*OWN, *parts}, key=len, reverse=True):
        said = said.replace(word, "")
    return said
