"""A list as a page shows it: searched by words, sorted by a column, in pages, and as a table to keep. One way for all.

A view answers a POST with `lib.searched.search`, builds the listing, gives `table()` where it was asked for, and hands
the listing to its template, which includes `components/list_search.html`, `list_heads.html` and `list_foot.html`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from celabiedrs.lib.ordering import latvian
from celabiedrs.lib.searched import FIELD, KEY, words_of
from celabiedrs.lib.searching import holds
from celabiedrs.lib.tables.writing import Cell, xlsx_response

Row = TypeVar("Row")
LENGTH = 50
SORT, TABLE, PAGE = "sort", "table", "page"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`cell`: what the kept table says and by what the list is sorted, unless `order` says otherwise."""

    name: str
    label: Any
    cell: Callable[[Row], Cell]
    order: Callable[[Row], Any] | None = None

    def key(self, row: Row) -> tuple[bool, Any]:
        """By what a row stands where it stands; rows that say nothing stand last."""
        value = (self.order or self.cell)(row)
        if value is None or value == "":
            return True, 0
        return False, latvian(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Head:
    """The heading of a column: where a press on it leads, and how the list is sorted by it now."""

    label: str
    url: str
    sorted: str


class Listing(Generic[Row]):
    """The rows that are left after the search, in their order; `rows` are those of the page."""

    def __init__(
        self,
        request: HttpRequest,
        rows: Iterable[Row],
        columns: Sequence[Column[Row]],
        *,
        text: Callable[[Row], str],
    ) -> None:
        self._request, self.columns = request, columns
        self.words = words_of(request)
        every = list(rows)
        self.any_at_all = bool(every)
        found = [row for row in every if holds(self.words, text(row))] if self.words else every
        self.sort = request.GET.get(SORT, "")
        column = next((each for each in columns if each.name == self.sort.removeprefix("-")), None)
        if column is not None:
            said = [row for row in found if not column.key(row)[0]]
            silent = [row for row in found if column.key(row)[0]]
            said.sort(key=lambda row: column.key(row)[1], reverse=self.sort.startswith("-"))
            found = [*said, *silent]
        self.found, self.total = found, len(found)
        self.pager = Paginator(found, LENGTH).get_page(request.GET.get(PAGE))
        self.rows: list[Row] = list(self.pager.object_list)

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column[Row]) -> Head:
        ways = {column.name: "ascending", f"-{column.name}": "descending"}
        turned = f"-{column.name}" if self.sort == column.name else column.name
        return Head(str(column.label), self._url(**{SORT: turned}), ways.get(self.sort, ""))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search form carries on of the address: filters and order, not the page."""
        return [
            (name, str(value))
            for name, value in self._request.GET.items()
            if name not in (KEY, PAGE, TABLE, FIELD)
        ]

    @property
    def table_url(self) -> str:
        return self._url(**{TABLE: "xlsx"})

    @property
    def everything_url(self) -> str:
        return self._url(**{KEY: ""})

    def _url(self, **changed: str) -> str:
        query = self._request.GET.copy()
        for name in (PAGE, TABLE):
            query.pop(name, None)
        for name, value in changed.items():
            query[name] = value
            if not value:
                del query[name]
        return f"{self._request.path}?{query.urlencode()}"

    def table(self, name: str) -> HttpResponse | None:
        """What is seen as XLSX, all pages, where the address asks for it."""
        if self._request.GET.get(TABLE) != "xlsx":
            return None
        header = [str(column.label) for column in self.columns]
        return xlsx_response(
            name, header, [[column.cell(row) for column in self.columns] for row in self.found]
        )
