"""Rows of responses -> observations: checked one by one, and everything that is left out is counted and reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from followthrough.measure.series import parse_value, parse_year
from followthrough.sources.errors import SourceFailed
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse

LONGEST = 40
"""Characters of a value or a period."""
MOST_NAMED = 3
"""Malformed rows that a note describes; the others are counted only."""
_DASH = re.compile(r"(?<!\s)\s*+[-–]\s*+")


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as printed ("<2.5" stays so), of a reference area in ISO 3166-1 alpha-3 and a period."""

    ref_area: str
    period: str
    value: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class ProviderData:
    """The observations of one series.

    Attributes:
        observations: sorted by reference area, then period; one per area and period.
        responses: the raw responses that they were read from; at least one.
        connector: id and version of what read them.
        notes: what a reader should know of them, such as how many rows were left out and why.
    """

    observations: tuple[Observation, ...]
    responses: tuple[RawResponse, ...]
    connector: str
    notes: tuple[str, ...] = ()

    def with_note(self, note: str) -> ProviderData:
        """Return the same data with one more note."""
        return replace(self, notes=(*self.notes, note))


@dataclass(slots=True)
class ObservationCollector:
    """Collects the rows of one query's responses. Every row is either collected or counted, and counts are reported.

    Attributes:
        collected: (reference area, period) -> observation.
        rows: how many rows were added.
        empty: rows without a value.
        out_of_area: rows of areas that the query does not name, aggregates among them.
        projected: rows of years after the query's latest year.
        repeated: rows with the same value for the same area and period as an earlier row.
        malformed: what is wrong with each row whose period or value cannot be read.
    """

    query: SeriesQuery
    collected: dict[tuple[str, str], Observation] = field(default_factory=dict)
    rows: int = 0
    empty: int = 0
    out_of_area: int = 0
    projected: int = 0
    repeated: int = 0
    malformed: list[str] = field(default_factory=list)

    def add(self, ref_area: str, period: str, value: str, status: str = "") -> None:
        """Add one row; ``ref_area`` is empty where the row is not of a single country.

        Raises ``SourceFailed`` where a second row gives another value for the same area and period: the series then
        has a dimension that the filter has to fix, and no value may be chosen by chance.
        """
        self.rows += 1
        if ref_area not in self.query.ref_areas:
            self.out_of_area += 1
            return
        try:
            year, known = parse_year(period), parse_value(value)
        except ValueError as error:
            self.malformed.append(f"{ref_area} {period}: {error}")
            return
        if known is None:
            self.empty += 1
        elif year > self.query.latest_year:
            self.projected += 1
        elif len(value.strip()) > LONGEST or len(period.strip()) > LONGEST:
            self.malformed.append(f"{ref_area} {period[:20]}: longer than {LONGEST} characters")
        else:
            self._collect(Observation(ref_area, _period(period, year), value.strip(), status))

    def _collect(self, observation: Observation) -> None:
        key = (observation.ref_area, observation.period)
        first = self.collected.setdefault(key, observation)
        if first.value != observation.value:
            what = f"it has two values for {key[0]} in {key[1]}, {first.value} and {observation.value}"
            raise SourceFailed(self.query.name, what, "choose one with the feed's filter")
        if first is not observation:
            self.repeated += 1

    def data(self, connector: str, responses: Sequence[RawResponse]) -> ProviderData:
        """Return what was collected from ``responses``. Raises ``SourceFailed`` where nothing was."""
        if not self.collected:
            what = f"none of its {self.rows} rows has a figure for the parties" if self.rows else "it has no rows"
            raise SourceFailed(self.query.name, what, "check the code and the filter")
        observations = tuple(self.collected[key] for key in sorted(self.collected))
        return ProviderData(observations, tuple(responses), connector, tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        if self.empty:
            yield f"{self.empty} rows are empty: missing, not zero"
        if self.projected:
            yield f"{self.projected} rows are of years to come: projections, left out"
        if self.malformed:
            yield f"{len(self.malformed)} rows were left out, as {'; '.join(self.malformed[:MOST_NAMED])}"
        if self.out_of_area:
            yield f"{self.out_of_area} rows are of areas other than the parties: left out"
        if self.repeated:
            yield f"{self.repeated} rows repeat a figure"


def _period(text: str, year: int) -> str:
    """Return a period as it is stored: one hyphen without blanks around it; a year printed as 2015.0 is 2015."""
    return str(year) if text.endswith(".0") else _DASH.sub("-", text.strip())
