"""`celabiedrs rules`: every clause of the source with its kind, its place in the code and its tests.

Only --values asks the database.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from celabiedrs.lib import clock
from celabiedrs.places.facts import own_values
from celabiedrs.rules import catalogue
from celabiedrs.rules.breach import in_words
from celabiedrs.rules.catalogue import Clause, Place
from celabiedrs.rules.parameters import parameters

SHOWN = 3
"""So many places of each kind on a line; --all shows every one."""


class Command(BaseCommand):
    help = "List every clause of the source with its rule functions and its tests."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", metavar="CLAUSE", help="only these clauses, for example TG-5")
        parser.add_argument("--kind", choices=catalogue.KINDS, help="only clauses of this kind")
        parser.add_argument(
            "--missing", action="store_true", help="only clauses that lack a rule and a home, or a test"
        )
        parser.add_argument("--all", action="store_true", help="every place, not only the first of them")
        parser.add_argument(
            "--language", choices=("lv", "en"), default="en", help="of the titles (default en)"
        )

        parser.add_argument(
            "--values",
            action="store_true",
            help="every dated value by name, with its days; asks the database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["values"]:
            self._write_values()
            return
        chosen = _chosen(options["ids"], options["kind"])
        if options["missing"]:
            chosen = [clause for clause in chosen if _lacks(clause)]
        limit = None if options["all"] else SHOWN
        for clause in chosen:
            self._write(clause, options["language"], limit)
        self.stdout.write(_counts(chosen, options["missing"]))

    def _write(self, clause: Clause, language: str, limit: int | None) -> None:
        mark = self.style.SUCCESS if catalogue.rules_of(clause.id) else self.style.NOTICE
        self.stdout.write(
            f"{mark(f'{clause.id:<7}')} {clause.kind:<9}  {clause.title.on(clock.today()).within(language)}"
        )
        self._line("rule", _places(catalogue.rules_of(clause.id), limit))
        self._line("home", f"{clause.stage}. {clause.home}" if clause.home else clause.stage)
        self._line("tests", _places(catalogue.tests_of(clause.id), limit))
        for lack in _lacks(clause):
            self._line("MISSING", lack)

    def _write_values(self) -> None:
        """Each value by the name that `set_value` takes; the programme's own after those that came with the system."""
        own = own_values()
        for name, parameter in parameters().items():
            days = [(since, value, "") for since, _until, value in parameter.values]
            days += [(since, value, " (the programme's own)") for since, value in own.get(name, ())]
            for since, value, whose in days:
                self.stdout.write(
                    f"{name:<32} {parameter.clause:<7} from {since:%Y-%m-%d}  {in_words(value)}{whose}"
                )

    def _line(self, name: str, text: str) -> None:
        if text:
            self.stdout.write(f"        {name:<9} {text}")


def _chosen(ids: Sequence[str], kind: str | None) -> list[Clause]:
    try:
        chosen = [catalogue.clause(ident.upper()) for ident in ids] or list(catalogue.clauses())
    except LookupError as error:
        raise CommandError(f"{error!s}. Clauses are called like TG-5.") from error
    return [clause for clause in chosen if kind in (None, clause.kind)]


def _lacks(clause: Clause) -> list[str]:
    """What an enforced clause has to have and has not: a rule or a written home, and a test."""
    if clause.kind != "enforced":
        return []
    lacks = (
        []
        if catalogue.rules_of(clause.id) or clause.home
        else ["a rule function, or the reason why there is none"]
    )
    return lacks if catalogue.tests_of(clause.id) else [*lacks, "a test or a case that names it"]


def _places(places: Sequence[Place], limit: int | None) -> str:
    more = len(places) - limit if limit is not None and len(places) > limit else 0
    text = ", ".join(str(place) for place in places[:limit])
    return f"{text} (+{more})" if more else text


def _counts(chosen: Sequence[Clause], missing: bool) -> str:
    kinds = ((kind, sum(clause.kind == kind for clause in chosen)) for kind in catalogue.KINDS)
    parts = ", ".join(f"{number} {kind}" for kind, number in kinds if number)
    what = "with something missing" if missing else "in all"
    return f"{len(chosen)} clauses {what}" + (f": {parts}" if parts else "")
