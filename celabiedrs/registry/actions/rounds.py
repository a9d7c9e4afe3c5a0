"""Taking a training round in from a table: every row is tried first, then the right ones go in together, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Refused, refuse, require
from celabiedrs.lib.tables.reading import Row
from celabiedrs.people.models import User
from celabiedrs.places.models import Municipality
from celabiedrs.registry.access import may_keep_registry
from celabiedrs.registry.actions import enrol_mentor, record_certificate
from celabiedrs.registry.models import LETTERS_AND_DIGITS, Mentor, TrainingCertificate
from celabiedrs.registry.reading import round_table
from celabiedrs.rules import mentor as mentor_rules
from celabiedrs.rules import naming
from celabiedrs.rules.breach import Breach, Caution, Finding
from celabiedrs.rules.registry import SAME_PERSON, SAME_PERSON_IN_TABLE

ASKED = (SAME_PERSON, SAME_PERSON_IN_TABLE)


@dataclass(frozen=True)
class Tried:
    """A row, why it cannot go in (nothing where it can), and what it warns of."""

    row: Row
    findings: tuple[Breach, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def name(self) -> str:
        return self.row[round_table.NAME]

    @property
    def number(self) -> str:
        return self.row[round_table.NUMBER]

    @property
    def asks(self) -> bool:
        """Whether somebody has to say that this is another person than the one it looks like (decision 0057)."""
        return any(caution.text in ASKED for caution in self.cautions)


def tried(row: Row, found: Iterable[Finding]) -> Tried:
    """The row with what was found, each thing once."""
    said = {(finding.clause, finding.said()): finding for finding in found}
    return Tried(
        row,
        tuple(finding for finding in said.values() if isinstance(finding, Breach)),
        tuple(finding for finding in said.values() if isinstance(finding, Caution)),
    )


class _Undo(Exception):
    """Only tried: nothing of it stays."""


def try_round(*, by: User, rows: Sequence[Row]) -> list[Tried]:
    """What the acts say of each row, as if the rows before it were in; nothing is written. Two rows with one
    certificate number are refused both: which of the two is right only the paper tells (MEN-6)."""
    require(may_keep_registry(by))
    each: list[Tried] = []
    try:
        with transaction.atomic():
            each = _each(by, rows)
            raise _Undo
    except _Undo:
        return each


@transaction.atomic
def take_in_round(*, by: User, rows: Sequence[Row]) -> Done[list[Mentor]]:
    """[REG-1] [MEN-6] [MEN-10] Enter the mentors of a round with their certificates, all of them or nobody."""
    require(may_keep_registry(by))
    refuse(finding for each in _each(by, rows) for finding in each.findings)
    numbers = {naming.certificate_number(row[round_table.NUMBER]) for row in rows}
    entered = Mentor.objects.alias(compared=Subquery(_compared())).filter(compared__in=numbers)
    return Done(list(entered.order_by("pk")))


def _compared() -> QuerySet[Any, Any]:
    """The certificate's number of each mentor, as numbers are compared."""
    own = TrainingCertificate.objects.filter(mentor=OuterRef("pk")).annotate(compared=LETTERS_AND_DIGITS)
    return own.values("compared")


def _each(by: User, rows: Sequence[Row]) -> list[Tried]:
    """Rows that the table itself is against are not entered, so that what follows them is tried as it will be."""
    known = round_table.known_municipalities()
    found: list[Tried] = []
    for row, own in zip(rows, round_table.findings_of_table(rows), strict=True):
        against = any(isinstance(finding, Breach) for finding in own)
        found.append(tried(row, [*own, *([] if against else enter_row(by, row, known))]))
    return found


def enter_row(by: User, row: Row, known: Mapping[str, Municipality]) -> list[Finding]:
    """Both acts in one savepoint; what they refuse, each act asked, so that a row is put right in one go."""
    try:
        with transaction.atomic():
            entered = enrol_mentor(by=by, **round_table.enrolment_of(row.cells, known))
            certified = record_certificate(
                by=by, mentor=entered.thing, **round_table.certificate_of(row.cells)
            )
            return [*entered.cautions, *certified.cautions]
    except Refused as refusal:
        entry: list[Finding] = list(refusal.findings)
    own = mentor_rules.certificate(
        **round_table.certificate_of(row.cells), taken_by_another=False, today=clock.today()
    )
    return [*entry, *own]
