"""Taking a table in: every row is tried first, then the right ones go in together, or none."""

import json
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, NotAllowed, Refused, WrongState, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.tables.reading import Row, Table, row_of
from celabiedrs.people.models import User
from celabiedrs.programme.actions.entering import KINDS, Kind
from celabiedrs.programme.models import ImportState, TableImport
from celabiedrs.programme.workflow import ImportObstacle
from celabiedrs.rules import tables as rules
from celabiedrs.rules.breach import N_, Breach, Caution, Finding, in_words
from celabiedrs.rules.parameters import whole

AT_ONCE = 60
"""Rows up to which a table is looked at while the person waits; more of them are a job with progress."""
BATCH = 25


class _Undo(Exception):
    """Only tried: nothing of it stays."""


def begin_import(*, by: User, kind: str, table: Table, given: dict[str, Any]) -> TableImport:
    """Keep what was uploaded until it is confirmed. An earlier table of this kind that nobody confirmed goes."""
    require(kind in KINDS and KINDS[kind].may(by))
    TableImport.objects.filter(made_by=by, kind=kind).exclude(state=ImportState.ENTERING).delete()
    return TableImport.objects.create(
        kind=kind,
        made_by=by,
        made_at=clock.now(),
        given=given,
        left_out=list(table.left_out),
        rows=json.dumps([[row.line_no, row.typed] for row in table.rows], ensure_ascii=False),
        total=len(table.rows),
    )


def rows_of(held: TableImport) -> list[Row]:
    columns = KINDS[held.kind].columns
    return [row_of(int(line), typed, columns) for line, typed in json.loads(held.rows)]


def run_import(key: int) -> None:
    """Go on with a table: look at its rows, or enter them. What was said of each row stays with it."""
    held = TableImport.objects.filter(pk=key).select_related("made_by").first()
    if held is None:
        return
    if held.state == ImportState.LOOKING:
        _look(held)
    elif held.state == ImportState.ENTERING:
        _enter(held)


def _look(held: TableImport) -> None:
    """Try batches of rows, each undone; between them the progress is seen by everybody who asks."""
    kind, rows, found = KINDS[held.kind], rows_of(held), []
    against = _against(kind, rows)
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        found += _tried(held, kind, batch, against)
        TableImport.objects.filter(pk=held.pk).update(done=first + len(batch))
    TableImport.objects.filter(pk=held.pk, state=ImportState.LOOKING).update(
        found=[_stored(each) for each in found], state=ImportState.READY
    )


def _tried(
    held: TableImport, kind: Kind, rows: Sequence[Row], against: dict[int, list[Finding]]
) -> list[list[Finding]]:
    found: list[list[Finding]] = []
    try:
        with transaction.atomic():
            for row in rows:
                own = against[row.line_no]
                found.append(own if breaches(own) else [*own, *_one(held, kind, row)])
            raise _Undo
    except _Undo:
        return found


def _one(held: TableImport, kind: Kind, row: Row) -> list[Finding]:
    try:
        with transaction.atomic():
            return list(kind.enter(held.made_by, row, held.given))
    except Refused as refusal:
        return list(refusal.findings)
    except (NotAllowed, WrongState):
        return [Breach(kind.clause, _NOT_ALLOWED, "")]


_NOT_ALLOWED = N_("You may not enter this row.")


def _against(kind: Kind, rows: Sequence[Row]) -> dict[int, list[Finding]]:
    """What the table itself says against each row: by the kind's own look, or that another one is of the same thing."""
    if kind.said is not None:
        return {row.line_no: said for row, said in zip(rows, kind.said(rows), strict=True)}
    lines: dict[Hashable, list[int]] = defaultdict(list)
    for row in rows:
        lines[kind.one(row)].append(row.line_no)
    return {
        line: list(rules.once_in_table(clause=kind.clause, others=[other for other in same if other != line]))
        for same in lines.values()
        for line in same
    }


def forget_old() -> int:
    """Tables that lie since longer than passing records are kept; how many went."""
    oldest = clock.now() - timedelta(days=whole("passing_kept_days", clock.today()))
    return TableImport.objects.filter(made_at__lt=oldest).delete()[0]


@transaction.atomic
def confirm_import(*, by: User, held: TableImport, another: Collection[str] = ()) -> Done[TableImport]:
    """Have the rows entered that nothing stands against. `another`: lines of which somebody says that it is another
    person than the one it looks like (decision 0060)."""
    row = TableImport.objects.select_for_update(of=("self",)).get(pk=held.pk)
    require(row.made_by_id == by.pk and KINDS[row.kind].may(by))
    row.given = {**row.given, "another": [line for line in another if line.isdecimal()]}
    if row.state != ImportState.READY or not right_rows(row):
        raise WrongState(None, ImportObstacle.NOT_READY)
    row.state, row.done = ImportState.ENTERING, 0
    row.save(update_fields=["state", "done", "given"])
    return Done(row)


def right_rows(held: TableImport) -> list[Row]:
    """Those that go in: nothing stands against them, and where one was asked about, it is ticked."""
    ticked = set(held.given.get("another", ()))
    return [
        row
        for row, found in zip(rows_of(held), findings_of(held), strict=True)
        if not breaches(found) and (not is_asked(held, found) or str(row.line_no) in ticked)
    ]


def is_asked(held: TableImport, findings: Iterable[Finding]) -> bool:
    """Whether somebody has to say that a row is another person than the one it looks like."""
    return any(each.text in KINDS[held.kind].asks for each in findings)


def _enter(held: TableImport) -> None:
    """All of the right rows, or nobody: what has changed since the look leads back to it."""
    kind, rows = KINDS[held.kind], right_rows(held)
    try:
        with transaction.atomic():
            for row in rows:
                kind.enter(held.made_by, row, held.given)
            record(held, "table_entered", by=held.made_by, kind_of_table=held.kind, rows=len(rows))
            held.state, held.entered, held.done, held.rows, held.found = (
                ImportState.DONE,
                len(rows),
                len(rows),
                "[]",
                [],
            )
            held.save(update_fields=["state", "entered", "done", "rows", "found"])
    except (Refused, NotAllowed, WrongState):
        TableImport.objects.filter(pk=held.pk).update(state=ImportState.LOOKING, done=0)
        _look(TableImport.objects.select_related("made_by").get(pk=held.pk))


# ---------------------------------------------------------------------- what was said of a row, as it is kept


def _stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "breach": isinstance(each, Breach),
            "clause": each.clause,
            "text": each.text,
            "remedy": each.remedy,
            "values": {name: in_words(value) for name, value in each.values.items()},
        }
        for each in findings
    ]


def findings_of(held: TableImport) -> Iterator[list[Finding]]:
    for row in held.found:
        yield [
            (Breach if each["breach"] else Caution)(
                each["clause"], each["text"], each["remedy"], each["values"]
            )
            for each in row
        ]


def breaches(findings: Iterable[Finding]) -> list[Breach]:
    return [each for each in findings if isinstance(each, Breach)]
