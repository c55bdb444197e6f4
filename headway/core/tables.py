"""Tables that are sorted and paged on the server, from `?sort=-key` and `?page=2`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, OrderBy
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.functional import Promise

from headway.core.errors import Message

RowT = TypeVar("RowT")
PAGE_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
PAGE_SIZE = 50


@dataclass(frozen=True)
class Column:
    """One column; `sort` is the queryset path (or attribute) it sorts by, empty for none."""

    key: str
    label: Message
    sort: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class TextLink:
    """A cell that leads somewhere."""

    text: object
    href: str


@dataclass(frozen=True)
class Mark:
    """A cell that shows a state by shape and word; the states are those of `state_mark`."""

    state: str
    label: Message = ""


@dataclass(frozen=True)
class SectorCell:
    """A cell that shows a sector by colored shape and word."""

    sector: str
    label: Message


@dataclass(frozen=True)
class Head:
    """A column's heading as the page shows it."""

    key: str
    label: Message
    numeric: bool
    href: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Cell:
    """One value under its heading; the first of a row names the row."""

    head: Head
    value: object
    kind: str


@dataclass(frozen=True)
class PageLink:
    """One step of the paging."""

    label: Message
    href: str
    current: bool = False


@dataclass(frozen=True)
class TablePage:
    """One page of a table, ready for `{% table %}`."""

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    number: int
    pages: int
    total: int
    first: int
    last: int
    links: tuple[PageLink, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Order:
    column: Column | None
    backwards: bool


def _order(columns: Sequence[Column], asked: str) -> _Order:
    """The wanted order; a column that nobody offers counts as none."""
    key = asked.removeprefix("-")
    found = next((column for column in columns if column.key == key and column.sort), None)
    return _Order(found, asked.startswith("-"))


def _page_number(asked: str) -> int:
    return max(1, int(asked)) if PAGE_NUMBER.fullmatch(asked) else 1


def _is_text(rows: models.QuerySet[Any], path: str) -> bool:
    """Whether a queryset path ends at text, which is sorted without regard to case."""
    if path in rows.query.annotations:
        kind = rows.query.annotations[path].output_field
        return isinstance(kind, (models.CharField, models.TextField))
    model: Any = rows.model
    field: Any = None
    for step in path.split("__"):
        field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        model = field.related_model
    return isinstance(field, (models.CharField, models.TextField))


def _sorted_queryset(rows: models.QuerySet[Any], order: _Order) -> models.QuerySet[Any]:
    """The rows in the wanted order, unknown values last, ties always broken alike."""
    if order.column is None:
        asked: list[Any] = list(rows.query.order_by or rows.model._meta.ordering or ())
        return rows.order_by(*asked, "pk")
    path = order.column.sort
    by = Lower(path) if _is_text(rows, path) else F(path)
    return rows.order_by(OrderBy(by, descending=order.backwards, nulls_last=True), "pk")


def _value(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = row.get(step) if isinstance(row, Mapping) else getattr(row, step, None)
    return row


def _sorted_sequence(rows: Sequence[RowT], order: _Order) -> Sequence[RowT]:
    if order.column is None:
        return rows
    path = order.column.sort
    known = [row for row in rows if _value(row, path) is not None]
    unknown = [row for row in rows if _value(row, path) is None]

    def key(row: RowT) -> Any:
        value = _value(row, path)
        return str(value).casefold() if isinstance(value, (str, Promise)) else value

    return [*sorted(known, key=key, reverse=order.backwards), *unknown]


@dataclass(frozen=True)
class _Slice:
    rows: list[Any]
    number: int
    total: int


def _slice(rows: Any, number: int, size: int) -> _Slice:
    """One page of rows; they are counted at most once, and not where the page itself tells."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if len(found) <= size and (found or number == 1):
        return _Slice(found, number, start + len(found))
    total = rows.count() if isinstance(rows, models.QuerySet) else len(rows)
    last = max(1, -(-total // size))
    if found or number <= last:
        return _Slice(found[:size], number, total)
    return _Slice(list(rows[(last - 1) * size : last * size]), last, total)


@dataclass(frozen=True)
class _Address:
    """The page's own query, with one or two things changed."""

    params: QueryDict
    name: str

    def parameter(self, what: str) -> str:
        """The name of this table's parameter."""
        return f"{self.name}-{what}" if self.name else what

    def asked(self, what: str) -> str:
        """What the address says, or nothing."""
        return self.params.get(self.parameter(what)) or ""

    def with_(self, **values: str) -> str:
        """The query string after a change; an empty value takes the parameter out."""
        changed = self.params.copy()
        for what, value in values.items():
            if value:
                changed[self.parameter(what)] = value
            else:
                changed.pop(self.parameter(what), None)
        return f"?{changed.urlencode()}"


def _head(column: Column, order: _Order, address: _Address) -> Head:
    head = Head(column.key, column.label, column.numeric)
    if not column.sort:
        return head
    if order.column != column:
        return replace(head, href=address.with_(sort=column.key, page=""))
    turned = column.key if order.backwards else f"-{column.key}"
    direction = "descending" if order.backwards else "ascending"
    return replace(head, href=address.with_(sort=turned, page=""), direction=direction)


def _kind(value: object) -> str:
    if isinstance(value, TextLink):
        return "link"
    if isinstance(value, Mark):
        return "mark"
    if isinstance(value, SectorCell):
        return "sector"
    return "unknown" if value is None or value == "" else "value"


def _cells(heads: Sequence[Head], values: Any) -> tuple[Cell, ...]:
    shown = [_value(values, head.key) for head in heads]
    return tuple(Cell(head, value, _kind(value)) for head, value in zip(heads, shown, strict=True))


def _paging(address: _Address, number: int, pages: int) -> tuple[PageLink, ...]:
    """Links to the first, the last and the neighbouring pages; gaps show as an ellipsis."""
    near = sorted({1, pages, *(p for p in range(number - 1, number + 2) if 1 <= p <= pages)})
    links: list[PageLink] = []
    for before, page in zip([0, *near], near, strict=False):
        if page - before > 1:
            links.append(PageLink("…", ""))
        links.append(PageLink(str(page), address.with_(page=str(page)), page == number))
    return tuple(links) if pages > 1 else ()


def table_page(
    rows: models.QuerySet[Any] | Sequence[Any],
    columns: Sequence[Column],
    params: QueryDict,
    *,
    size: int = PAGE_SIZE,
    build: Callable[[Any], Any] | None = None,
    name: str = "",
) -> TablePage:
    """One page of rows as the address asks for it.

    `build` turns a row into a mapping or an object with a value for each column's key; without it
    the row itself is read. Values may be text, numbers, dates, `TextLink`, `Mark` or None. `name`
    keeps two tables on one page apart. Nonsense in the address counts as not said.
    """
    address = _Address(params, name)
    order = _order(columns, address.asked("sort"))
    ordered = (
        _sorted_queryset(rows, order)
        if isinstance(rows, models.QuerySet)
        else _sorted_sequence(rows, order)
    )
    part = _slice(ordered, _page_number(address.asked("page")), size)
    heads = tuple(_head(column, order, address) for column in columns)
    pages = max(1, -(-part.total // size))
    start = (part.number - 1) * size
    return TablePage(
        name=name,
        heads=heads,
        rows=tuple(_cells(heads, build(row) if build else row) for row in part.rows),
        number=part.number,
        pages=pages,
        total=part.total,
        first=start + 1 if part.rows else 0,
        last=start + len(part.rows),
        links=_paging(address, part.number, pages),
        before=address.with_(page=str(part.number - 1)) if part.number > 1 else "",
        after=address.with_(page=str(part.number + 1)) if part.number < pages else "",
    )
