"""Suitability checks: both before a contract, good for some months, and what runs out (MEN-4, MEN-5, CON-6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import months_later
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import read_day, read_text

EDUCATION_LAW_50 = "education_law_50"


CHILD_PROTECTION_72_5 = "child_protection_72_5"


CLAUSE_OF_GROUND = {EDUCATION_LAW_50: "MEN-4", CHILD_PROTECTION_72_5: "MEN-5"}


OUTCOMES = ("clear", "obstacle", "permitted")


@dataclass(frozen=True, slots=True)
class Check:
    """A suitability check by one employer: what was asked, when, what came out; never the extract."""

    ground: str
    checked_on: date
    outcome: str
    permission: str = ""


@rule("CON-6", "MEN-4", "MEN-5")
def check_entered(
    *, ground: object, checked_on: object, outcome: object, permission: object, today: date
) -> Iterator[Finding]:
    """[CON-6] [MEN-4] [MEN-5] A check says which law, which day, what came out; a permission says its
    number."""
    clause = CLAUSE_OF_GROUND.get(str(ground))
    if clause is None:
        yield Breach(
            "CON-6",
            N_("A check is of Education law 50 or of Child protection law 72(5)."),
            N_("Choose one."),
            field="ground",
        )
    clause = clause or "CON-6"
    read = read_day(checked_on)
    if read is None or read > today:
        yield Breach(
            clause,
            N_("The day of the check is missing or lies in the future."),
            N_("Enter the day on which the check was made."),
            field="checked_on",
        )
    if outcome not in OUTCOMES:
        yield Breach(
            clause,
            N_("The outcome of the check is missing."),
            N_("Choose clear, obstacle or permitted."),
            field="outcome",
        )
    elif outcome == "permitted" and not read_text(permission):
        yield _no_permission(clause, "permission")


@rule("MEN-4", "MEN-5", "CON-6")
def suitable_for_contract(*, checks: Sequence[Check], today: date) -> Iterator[Finding]:
    """[MEN-4] [MEN-5] [CON-6] Both checks by this employer stand before a contract is signed.

    `checks`: this employer's, in the order in which they were entered; the latest of each ground counts. A
    check is good to the same day some months later, that day included, and warns in its last month.
    """
    for ground, clause in CLAUSE_OF_GROUND.items():
        latest = latest_check(checks, ground)
        if latest is not None:
            yield from _standing(latest, clause, today)
            continue
        yield Breach(
            clause,
            _MISSING[clause],
            N_("The employer makes the check and enters its day and outcome."),
            field="mentor",
        )
        yield Breach(
            "CON-6",
            N_("Before the contract the employer makes both suitability checks."),
            N_("Enter the check that is missing."),
            field="mentor",
        )


_MISSING = {
    "MEN-4": N_("This employer has entered no check of Education law, section 50."),
    "MEN-5": N_("This employer has entered no check of Child protection law, section 72(5)."),
}


@rule("MEN-4", "MEN-5")
def suitable_for_attachment(*, checks: Sequence[Check], today: date) -> Iterator[Finding]:
    """[MEN-4] [MEN-5] A check that has run out, or found an obstacle, blocks the next attachment.

    Only what the employer has entered is asked; that both were made is asked when the contract is signed.
    """
    for ground, clause in CLAUSE_OF_GROUND.items():
        latest = latest_check(checks, ground)
        if latest is not None:
            yield from _standing(latest, clause, today)


def latest_check(checks: Sequence[Check], ground: str) -> Check | None:
    """The latest check of a ground by its day; of two on one day the one entered later."""
    latest: Check | None = None
    for check in checks:
        if check.ground == ground and (latest is None or check.checked_on >= latest.checked_on):
            latest = check
    return latest


def check_good_until(checked_on: date) -> date:
    """The last day on which a check is good: by the value of its own day, so that a new one touches no check that was
    made (MEN-5)."""
    return months_later(checked_on, whole("suitability_valid_months", checked_on))


def check_warns_from(checked_on: date) -> date:
    """The first day on which a check warns."""
    valid, warning = (whole(f"suitability_{name}_months", checked_on) for name in ("valid", "warning"))
    return months_later(checked_on, valid - warning)


def _standing(check: Check, clause: str, today: date) -> Iterator[Finding]:
    """What a check that was made says today: obstacle, no permission, run out, about to run out, or
    nothing."""
    if check.outcome == "obstacle":
        yield Breach(
            clause,
            N_("The latest check, of %(day)s, found an obstacle."),
            N_(
                "The person may not work as a mentor unless the authority permits it; then enter "
                "the permission."
            ),
            {"day": check.checked_on},
            field="mentor",
        )
    elif check.outcome == "permitted" and not check.permission.strip():
        yield _no_permission(clause, "mentor")
    until = check_good_until(check.checked_on)
    if today > until:
        yield Breach(
            clause,
            N_("The check of %(day)s was good until %(until)s."),
            N_("Make the check again and enter its day and outcome."),
            {"day": check.checked_on, "until": until},
            field="mentor",
        )
    elif today >= check_warns_from(check.checked_on):
        yield Caution(
            clause,
            N_("The check of %(day)s is good only until %(until)s."),
            N_("Make the check again soon."),
            {"day": check.checked_on, "until": until},
        )


def _no_permission(clause: str, field: str) -> Breach:
    return Breach(
        clause,
        N_("The outcome “permitted” needs the authority's permission."),
        N_("Enter the number, the day and the limits of the permission."),
        field=field,
    )
