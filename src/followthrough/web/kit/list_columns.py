"""The columns of a list: which of them an address asks for, and in what order the rows stand by one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.safestring import SafeString

from followthrough.web.kit.wording import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Row = TypeVar("Row")
_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name in files and addresses, its heading, the value of a row, and how a page shows it.

    Every column sorts. ``order`` is the key of a row as the list holds it before ``Table.whole`` reads more of it; a
    column without one sorts by its value. ``stored`` is the field of the database that such a key needs and that rows
    in brief hold only on demand. An ``extra`` column stands in files, and on a page where its address asks for it.
    """

    name: str
    heading: str | StrPromise
    value: Callable[[Row], str | int]
    shown: Callable[[Row], SafeString | str] | None = None
    numeric: bool = False
    order: Callable[[Any], Any] | None = None
    stored: str = ""
    extra: bool = False

    def key(self, row: Row) -> Any:
        """Return what a whole row is sorted by."""
        if self.order:
            return self.order(row)
        value = self.value(row)
        return natural(value) if isinstance(value, str) else value

    def cell(self, row: Row) -> SafeString | str:
        """Return what a page shows of a row."""
        return self.shown(row) if self.shown else str(self.value(row))


def natural(text: str) -> list[Any]:
    """Return a sort key for words with numbers in them: ``4.9`` before ``4.10``, letters without case and accents.

    >>> sorted(["4.10", "4.9", "4.9a"], key=natural)
    ['4.9', '4.9a', '4.10']
    """
    parts = _NUMBER.split(fold(text)) if text else []
    return [int(part) if at % 2 else part for at, part in enumerate(parts)]


def by_stored(row: Any) -> Any:
    """Return the key of a row in brief that holds in ``sorting`` the field that its list is sorted by."""
    return natural(row.sorting) if isinstance(row.sorting, str) else row.sorting


def in_order(rows: Iterable[Row], key: Callable[[Row], Any], *, down: bool) -> list[Row]:
    """Return ``rows`` by ``key``, those without a value last in both directions; alike ones keep their order."""
    keyed = [(key(row), row) for row in rows]
    blank = [row for value, row in keyed if _is_blank(value)]
    held = sorted((pair for pair in keyed if not _is_blank(pair[0])), key=lambda pair: pair[0], reverse=down)
    return [row for _, row in held] + blank


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", [], ())


def chosen_columns(columns: Sequence[Column[Row]], names: Sequence[str]) -> tuple[Column[Row], ...]:
    """Return the columns with the ``names`` of an address, in its order; nothing where it has none."""
    by_name: Mapping[str, Column[Row]] = {one.name: one for one in columns}
    return tuple(by_name[name] for name in names)
