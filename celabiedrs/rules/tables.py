"""Tables that are taken in: a thing stands in one of them once, and a place in it exists (GEN-2, CON-3, CNF-1)."""

from collections.abc import Collection, Iterator

from celabiedrs.rules.breach import N_, Breach, Finding, rule


@rule("GEN-2", "CON-3", "CNF-1", "CTC-1", "SUP-5")
def once_in_table(*, clause: str, others: Collection[int]) -> Iterator[Finding]:
    """[GEN-2] [CON-3] [CNF-1] [CTC-1] [SUP-5] Of two rows about one thing only the reader of the papers knows which is
    right."""
    if others:
        yield Breach(
            clause,
            N_("The same as in row %(rows)s."),
            N_("Delete one of the rows."),
            {"rows": sorted(others)},
        )


@rule("CON-3", "CNF-1", "CTC-1", "SUP-5")
def place_of_table(*, clause: str, cell: str, known: int) -> Iterator[Finding]:
    """[CON-3] [CNF-1] [CTC-1] [SUP-5] A place that a table names is entered, and only once. `known`: how many there are
    of that name."""
    if cell and known != 1:
        yield Breach(
            clause,
            N_("“%(cell)s” is not found, or there are several of that name."),
            N_("Write it as in the list of the programme."),
            {"cell": cell},
        )
