"""``followthrough measure``: progress of the series in a table, by one or all methods."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followthrough.cli.told import end, strict_option, tell
from followthrough.io.child_process import TABLE, continue_in_child
from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import Result, measure
from followthrough.measure.tables import SpecTable, read_observation_table, read_specs

if TYPE_CHECKING:
    from followthrough.sources.opensdg.progress import IndicatorProgress


@click.command("measure")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--series", "meta", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of series: series,direction,target,target_year,limit,base_year,breaks.",
)  # fmt: skip
@click.option("--method", "method_id", type=click.Choice(list(METHODS)), help="One method; all of them without it.")
@strict_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
def measure_(file: Path, meta: Path | None, method_id: str | None, strict: bool, as_json: bool) -> None:
    """Measure the progress of the series in FILE, a table of series, year and value, or with a column for each year.

    FILE is a CSV or a workbook. It may be the folder of an Open SDG data repository: its own settings
    say what is measured, and how.
    """
    with continue_in_child(file, TABLE):
        if file.is_dir():
            _repository(file, strict, as_json)
        else:
            _table(file, meta, method_id, strict, as_json)


def _table(file: Path, meta: Path | None, method_id: str | None, strict: bool, as_json: bool) -> None:
    table = read_observation_table(file)
    held = read_specs(meta) if meta else SpecTable([], [], [])
    methods = [METHODS[method_id]] if method_id else list(METHODS.values())
    results = measure(table.observations, held.specs, methods)
    problems = [*table.problems, *held.problems]
    if as_json:
        document = {"results": [one.to_dict() for one in results], "problems": [one.to_dict() for one in problems]}
        click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False))
    else:
        _show(results)
    tell(file.name, table.notes, [])
    tell(meta.name if meta else "", held.notes, problems)
    end(problems, strict=strict)


def _repository(root: Path, strict: bool, as_json: bool) -> None:
    from followthrough.sources.opensdg.progress import measure_repository
    from followthrough.sources.opensdg.repository import read_repository

    repository = read_repository(root)
    found = measure_repository(repository)
    problems = [*repository.problems, *(problem for one in found for problem in one.refused())]
    if as_json:
        document = {
            "results": [result.to_dict() for one in found for result in one.series],
            "indicators": [_indicator(one) for one in found],
            "problems": [problem.to_dict() for problem in problems],
        }
        click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False))
    else:
        _show([result for one in found for result in one.series])
    measured = [one for one in found if one.series]
    click.echo(f"{len(measured)} of {len(found)} indicators ask to be measured.", err=True)
    tell(root.name, [], problems)
    end(problems, strict=strict)


def _indicator(one: IndicatorProgress) -> dict[str, Any]:
    held = one.overall
    return {"id": one.id, "status": held.status, "score": held.score, "n": held.n, "of": held.of,
            "problems": one.problems}  # fmt: skip


def _show(results: list[Result]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Series", "Method", "Status", "Score", "Base", "Latest", "Target", "Why", box=None, pad_edge=False)
    before = ""
    for one in results:
        name, before = ("" if one.series == before else one.series), one.series
        score = "" if one.score is None else f"{one.score:.2f}"
        points = [_point(point) for point in (one.base, one.latest, one.target)]
        table.add_row(Text(name), one.method, one.status, score, *points, one.reason or one.because)
    Console(width=None if Console().is_terminal else 200).print(table)


def _point(point: tuple[int, float | str] | None) -> str:
    if point is None:
        return "—"
    year, value = point
    return f"{value if isinstance(value, str) else format(value, 'g')} ({year})"
