"""Getting a plan ready: the learner's way through school, the personal code, who prepares (GEN-2, REG-2)."""

import re
from collections.abc import Hashable, Iterator

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.reading import read_text

_CODE = re.compile(r"(\d{6})-?(\d{5})")
_WEIGHTS = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@rule("GEN-2")
def changes_school(*, here: Hashable, there: Hashable, there_kind: str | None) -> Iterator[Finding]:
    """[GEN-2] A learner changes over to another school, and to no other kind of institution."""
    if there is None or there == here:
        yield Breach(
            "GEN-2",
            N_("The learner is at this school already."),
            N_("Choose the school of the change."),
            field="school",
        )
    elif there_kind not in ("general", "vocational"):
        yield Breach(
            "GEN-2",
            N_("A learner is registered at a school, not at another kind of institution."),
            field="school",
        )


@rule("REG-2")
def successor_prepares(*, holds_post: bool) -> Iterator[Finding]:
    """[REG-2] Plans are handed over only to a preparer of the learner's school."""
    if not holds_post:
        yield Breach(
            "REG-2",
            N_("This person is no plan preparer of the learner's school today."),
            N_("Choose another preparer, or ask the programme to give the post."),
            field="to",
        )


def read_personal_code(raw: object) -> str | None:
    """A personal code as 010203-12345; None when it has not eleven digits."""
    found = _CODE.fullmatch(re.sub(r"\s", "", read_text(raw)))
    return f"{found[1]}-{found[2]}" if found else None


@rule("GEN-2")
def personal_code(*, code: object) -> Iterator[Finding]:
    """[GEN-2] A personal code has eleven digits, in the old form or in the new; its check digit at most warns."""
    read = read_personal_code(code)
    if read is None:
        yield Breach(
            "GEN-2",
            N_("A personal code has eleven digits."),
            N_("Write it like this: 010203-12345. It can also stay empty."),
            field="code",
        )
    elif not _check_digit_fits(read):
        yield Caution(
            "GEN-2",
            N_("The check digit of the personal code does not fit; it was kept as it was written."),
            N_("Compare it with the document once more."),
        )


def _check_digit_fits(code: str) -> bool:
    digits = [int(sign) for sign in code if sign.isdigit()]
    total = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (1101 - total) % 11 % 10 == digits[10]
