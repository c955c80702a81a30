"""Progress of the indicators of a repository, by the options that its own settings give.

Source: https://open-sdg.readthedocs.io/en/latest/metadata-format/, progress_calculation_options.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from followthrough.errors import InputRefused
from followthrough.measure.comparison import SCORED, Overall, overall
from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import Result, measure
from followthrough.measure.series import Observations, SeriesSpec, observations, parse_value
from followthrough.model.vocabulary import Direction
from followthrough.sources.opensdg.repository import (
    PROGRESS,
    SERIES,
    UNITS,
    VALUE,
    Indicator,
    Repository,
    year,
)

GROUP = "group"
"""An option that holds options; its score is the mean of theirs, and weighs as much as that of any other option."""


@dataclass(frozen=True, slots=True)
class SelectedSeries:
    """One series of an indicator: year -> (value, whether it is censored), or the problem why there is none.

    ``group`` is the place of its option in the settings; the series of one group of options share it.
    """

    name: str
    spec: SeriesSpec
    figures: dict[int, tuple[float, int]]
    group: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorProgress:
    """The progress of an indicator: the result of each series, and all of them together."""

    id: str
    series: list[Result]
    overall: Overall
    problems: list[str]

    def refused(self) -> list[InputRefused]:
        """Return the problems of its settings."""
        do = "mend its progress_calculation_options"
        parts = [problem.partition(": ") for problem in self.problems]
        return [InputRefused(f"{self.id}.yml", what, do, f"option {name.partition('/')[2]}") for name, _, what in parts]


def measure_repository(repository: Repository) -> list[IndicatorProgress]:
    """Measure every indicator whose settings ask for it by ``statcan-opensdg-2.4``, all at once."""
    selected = {key: selected_series(one, repository.basic) for key, one in repository.indicators.items()}
    every = [series for held in selected.values() for series in held]
    results = iter(measure(table(every), [series.spec for series in every], [METHODS[SCORED]]))
    found = []
    for key, held in selected.items():
        own = [next(results) for _ in held]
        problems = [series.problem for series in held if series.problem]
        found.append(IndicatorProgress(key, own, overall(own, [series.group for series in held]), problems))
    return found


def table(selected: Sequence[SelectedSeries]) -> Observations:
    """Return the figures of several series as one table."""
    rows = [(at, when, *known) for at, one in enumerate(selected) for when, known in one.figures.items()]
    return observations([one.spec.series for one in selected], rows)


def selected_series(one: Indicator, basic: frozenset[str]) -> list[SelectedSeries]:
    """Return the series that an indicator's options name: the headline, or a disaggregation, a unit, a series.

    An option that is a ``group`` of options gives a series for each of them.
    """
    if one.meta.get("auto_progress_calculation") is not True:
        return []
    options = one.meta.get("progress_calculation_options") or [{}]
    found = []
    for at, option in enumerate(_options(options), 1):
        if GROUP in option:
            members = enumerate(_options(option[GROUP]), 1)
            found += [_selected(one, member, basic, f"{one.id}/{at}.{sub}", at) for sub, member in members]
        else:
            found.append(_selected(one, option, basic, f"{one.id}/{at}", at))
    return found


def _options(held: Any) -> list[Mapping[str, Any]]:
    return [option for option in held if isinstance(option, dict)] if isinstance(held, list) else []


def _selected(
    one: Indicator, option: Mapping[str, Any], basic: frozenset[str], name: str, group: int
) -> SelectedSeries:
    try:
        if GROUP in option:
            raise ValueError("it is a group inside a group; name its options in one list")
        spec = _spec(option, name)
        return SelectedSeries(name, spec, select(one, option, basic), group)
    except (TypeError, ValueError) as error:
        return SelectedSeries(name, SeriesSpec(name), {}, group, f"{name}: {error}")


def _spec(option: Mapping[str, Any], name: str) -> SeriesSpec:
    """Return how a series should move; without a direction it should fall, as the site's own builder takes it."""
    target, limit = (None if option.get(key) is None else float(option[key]) for key in ("target", "limit"))
    years = [int(option.get(key) or default) for key, default in (("target_year", 2030), ("base_year", 2015))]
    direction = Direction.UP if option.get("direction") == "positive" else Direction.DOWN
    return SeriesSpec(name, direction, target, years[0], limit, years[1])


def select(one: Indicator, option: Mapping[str, Any], basic: frozenset[str]) -> dict[int, tuple[float, int]]:
    """Return the figures by year of the one series that ``option`` names.

    Raises ``ValueError`` where it names none, or where several values of one year are left.
    """
    value = one.columns.index(PROGRESS if PROGRESS in one.columns else VALUE)
    found: dict[int, tuple[float, int]] = {}
    for row in _rows(one, option, basic):
        known = parse_value(row[value])
        if known is not None and found.setdefault(year(row[0]), known) != known:
            raise ValueError(f"it has two values for {row[0]}: name a unit, a series or a disaggregation")
    if not found:
        raise ValueError("no row is of the series that its options name")
    return found


def _rows(one: Indicator, option: Mapping[str, Any], basic: frozenset[str]) -> Iterator[list[str]]:
    """Give the rows that ``option`` names: its cells as named, every other disaggregation empty."""
    wanted = {UNITS: option.get("unit"), SERIES: option.get("series")}
    named = {str(part["field"]): str(part["value"]) for part in option.get("disaggregation") or ()}
    cells = {name: str(text) for name, text in {**wanted, **named}.items() if text is not None}
    absent = [name for name in cells if name not in one.columns]
    if absent:
        raise ValueError(f"it has no column {', '.join(absent)}")
    places = [(one.columns.index(name), text) for name, text in cells.items()]
    blank = [at for at, name in enumerate(one.columns) if name not in basic and name not in cells]
    for row in one.rows:
        if not any(row[at] != text for at, text in places) and not any(row[at] for at in blank):
            yield row


def headline(one: Indicator, basic: frozenset[str], cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (year, value), as printed, of the whole population, or of the ``cells`` named.

    Raises ``ValueError`` where there is no such series, or where the cells leave more than one.
    """
    option = {"disaggregation": [{"field": name, "value": text} for name, text in cells.items()]}
    select(one, option, basic)
    return [(row[0], row[-1]) for row in _rows(one, option, basic)]
