"""What is asked of a provider, and what it answers: figures with the raw words that they were read from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from followthrough.errors import FollowthroughError
from followthrough.measure.series import parse_value, parse_year

_DASH = re.compile(r"(?<!\s)\s*+[-–]\s*+")
LONGEST = 40
"""Characters of a value or a period."""
_ODD = re.compile(r"[^a-z0-9]")
_CODE = re.compile(r"[\w.,:@+*{}-]++(?:/[\w.,:@+*{}-]++)*+", re.ASCII)
"""What a code of a series is made of: the signs of SDMX's flows and keys among them, no blank, query or escape."""


class SourceFailed(FollowthroughError):
    """A provider did not answer, or not with figures: who, what happened, and what to do."""

    def __init__(self, who: str, what: str, do: str = "") -> None:
        super().__init__(f"{who}: {what}{f': {do}' if do else ''}")
        self.what, self.do = what, do


@dataclass(frozen=True, slots=True)
class Query:
    """One series for ``areas`` in ISO 3166-1 alpha-3; ``filter`` maps dimensions to the one value wanted."""

    provider: str
    code: str
    areas: tuple[str, ...]
    filter: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"{self.provider} {self.code}"


def check_code(query: Query) -> None:
    """Raise ``SourceFailed`` for a code that could lead away from the provider's base address."""
    if not _CODE.fullmatch(query.code) or {".", ".."} & set(query.code.split("/")):
        what = f"“{query.code[:60]}” is no code of a series"
        raise SourceFailed(query.provider, what, "write it as the provider does: letters, digits and . , : @ + * - _ /")


@dataclass(frozen=True, slots=True)
class Request:
    """One page of an answer: ``path`` follows the provider's base address."""

    provider: str
    code: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    accept: str = "application/json"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came: where from, when, and its bytes."""

    url: str
    body: bytes
    fetched: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def sha256(self) -> str:
        """The hash by which the archive holds it."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as printed ("<2.5" stays so), of an area in ISO 3166-1 alpha-3 and a period."""

    area: str
    period: str
    value: str
    status: str = ""


@dataclass(slots=True)
class Answer:
    """Figures by area and period, the raw answers, and what a reader should know of them."""

    figures: list[Figure]
    raws: list[Raw]
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Gathering:
    """Takes rows of an answer one by one; counts what it leaves out, so that nothing goes missing silently."""

    query: Query
    found: dict[tuple[str, str], Figure] = field(default_factory=dict)
    empty: int = 0
    elsewhere: int = 0
    odd: list[str] = field(default_factory=list)
    ahead: int = 0
    rows: int = 0

    def take(self, area: str, period: str, value: str, status: str = "") -> None:
        """Take one row; ``area`` is empty where it is no single country.

        Raises ``SourceFailed`` where a second row gives another value for the same area and period: then the series
        has a dimension that the feed has to choose from, and nobody may choose for it.
        """
        self.rows += 1
        if area not in self.query.areas:
            self.elsewhere += 1
            return
        try:
            year, known = parse_year(period), parse_value(value)
        except ValueError as error:
            self.odd.append(f"{area} {period}: {error}")
            return
        if known is None:
            self.empty += 1
            return
        if year > datetime.now(UTC).year:
            self.ahead += 1
            return
        if len(value.strip()) > LONGEST or len(period.strip()) > LONGEST:
            self.odd.append(f"{area} {period[:20]}: longer than {LONGEST} characters")
            return
        one = Figure(
            area, f"{year}" if period.endswith(".0") else _DASH.sub("-", period.strip()), value.strip(), status
        )
        held = self.found.setdefault((area, one.period), one)
        if held.value != one.value:
            what = f"it has two values for {area} in {one.period}, {held.value} and {one.value}"
            raise SourceFailed(self.query.name, what, "choose one with the feed's filter")

    def answer(self, raws: Sequence[Raw]) -> Answer:
        """Return what was taken; raises ``SourceFailed`` where that is nothing."""
        if not self.found:
            says = f"none of its {self.rows} rows has a figure for the parties" if self.rows else "it has no rows"
            raise SourceFailed(self.query.name, says, "check the code and the filter")
        figures = sorted(self.found.values(), key=lambda one: (one.area, one.period))
        return Answer(figures, list(raws), list(self._notes()))

    def _notes(self) -> Iterable[str]:
        if self.empty:
            yield f"{self.empty} rows are empty: missing, not zero"
        if self.ahead:
            yield f"{self.ahead} rows are of years to come: projections, left out"
        if self.odd:
            yield f"{len(self.odd)} rows were left out, as {'; '.join(self.odd[:3])}"


def parsed(raw: Raw) -> Any:
    """Return the JSON of an answer, its numbers as they are printed. Raises ``SourceFailed`` where it is none."""
    try:
        return json.loads(raw.body.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError):
        begins = raw.body[:60].decode("utf-8", "replace").strip()
        raise SourceFailed(raw.url, f"it is not JSON; it begins “{begins}”", "try later") from None


def folded(word: str) -> str:
    """Return a dimension or its value without case, spaces and underscores: providers spell one word in many ways."""
    return _ODD.sub("", word.lower())


def wanted(dimensions: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    """Whether a row with ``dimensions`` is one that ``chosen`` asks for; a dimension that it lacks says no."""
    held = {folded(name): folded(value) for name, value in dimensions.items()}
    return all(held.get(folded(name)) == folded(value) for name, value in chosen.items())
