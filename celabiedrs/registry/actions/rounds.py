"""Taking a training round in from a table: every row is tried first, then the right ones go in together, or none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Refused, permit, refuse
from celabiedrs.lib.tables.reading import Row
from celabiedrs.people.models import User
from celabiedrs.places.models import Municipality
from celabiedrs.registry.access import may_keep_registry
from celabiedrs.registry.actions import enrol_mentor, record_certificate
from celabiedrs.registry.models import Mentor
from celabiedrs.registry.reading import round_table
from celabiedrs.rules import mentor as mentor_rules
from celabiedrs.rules.breach import Breach, Finding


@dataclass(frozen=True)
class Tried:
    """A row and why it cannot go in; nothing where it can."""

    row: Row
    findings: tuple[Breach, ...] = ()

    @property
    def name(self) -> str:
        return self.row[round_table.NAME]

    @property
    def number(self) -> str:
        return self.row[round_table.NUMBER]


class _Undo(Exception):
    """Only tried: nothing of it stays."""


def try_round(*, by: User, rows: Sequence[Row]) -> list[Tried]:
    """What the acts say of each row, as if the rows before it were in; nothing is written. Two rows with one
    certificate number are refused both: which of the two is right only the paper tells (MEN-6)."""
    permit(may_keep_registry(by))
    tried: list[Tried] = []
    try:
        with transaction.atomic():
            tried = _each(by, rows)
            raise _Undo
    except _Undo:
        return tried


@transaction.atomic
def take_in_round(*, by: User, rows: Sequence[Row]) -> Done[list[Mentor]]:
    """[REG-1] [MEN-6] [MEN-10] Enter the mentors of a round with their certificates, all of them or nobody."""
    permit(may_keep_registry(by))
    wrong = [finding for tried in _each(by, rows) for finding in tried.findings]
    refuse(wrong)
    numbers = [mentor_rules.certificate_number(row[round_table.NUMBER]) for row in rows]
    return Done(list(Mentor.objects.filter(certificate__number__in=numbers).order_by("pk")))


def _each(by: User, rows: Sequence[Row]) -> list[Tried]:
    known = round_table.known_municipalities()
    numbers = Counter(mentor_rules.certificate_number(row[round_table.NUMBER]) for row in rows)
    tried = []
    for row in rows:
        number = mentor_rules.certificate_number(row[round_table.NUMBER])
        found = _twice(row, twice=bool(number) and numbers[number] > 1)
        if not found:
            found = _enter(by, row, known)
        tried.append(Tried(row, tuple(finding for finding in found if isinstance(finding, Breach))))
    return tried


def _enter(by: User, row: Row, known: Mapping[str, Municipality]) -> list[Finding]:
    """Both acts in one savepoint; what they refuse, each act asked, so that a row is put right in one go."""
    try:
        with transaction.atomic():
            mentor = enrol_mentor(by=by, **round_table.enrolment_of(row.cells, known)).thing
            record_certificate(by=by, mentor=mentor, **round_table.certificate_of(row.cells))
            return []
    except Refused as refusal:
        entry = list(refusal.findings)
    own = mentor_rules.certificate(
        **round_table.certificate_of(row.cells), taken_by_another=False, today=clock.today()
    )
    return [*entry, *(finding for finding in own if finding not in entry)]


def _twice(row: Row, *, twice: bool) -> list[Finding]:
    if not twice:
        return []
    return list(
        mentor_rules.certificate(
            **round_table.certificate_of(row.cells), taken_by_another=True, today=clock.today()
        )
    )
