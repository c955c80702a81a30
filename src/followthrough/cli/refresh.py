"""``followthrough refresh``: fetches the observations of the indicators from providers or local copies."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followthrough.cli.boot import boot, migrate
from followthrough.cli.pack import data_dir_option
from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from rich.console import Console

    from followthrough.sources.series_source import SeriesSource
    from followthrough.web.indicators.actions.refreshes import Done


@click.command("refresh")
@click.option("--indicator", default="", help="One indicator, by its id; all of them without it.")
@click.option(
    "--offline-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of local copies, read instead of the providers.",
)
@click.option(
    "--file",
    "handed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file or workbook of figures to hand in for one indicator.",
)
@click.option("--source-note", default="", help="Where that file is from.")
@click.option("--json", "as_json", is_flag=True, help="Write what came of each feed as one JSON document.")
@data_dir_option
def refresh(
    indicator: str,
    offline_dir: Path | None,
    handed: Path | None,
    source_note: str,
    as_json: bool,
    data_dir: Path | None,
) -> None:
    """Fetch the figures of the indicators; an interrupted round is resumed."""
    if handed and not (indicator and source_note):
        raise click.UsageError("--file needs --indicator and --source-note")
    boot(data_dir)
    migrate()
    if handed:
        _hand_in(indicator, handed, source_note, as_json)
        return
    with _source(offline_dir) as (source, asked):
        found = _round(source, asked, indicator)
    _say(found, as_json)


def _hand_in(indicator: str, path: Path, note: str, as_json: bool) -> None:
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.indicators.actions.refreshes import HANDED, hand_in

    vintage, count = hand_in(indicator, path, note, by=SYSTEM)
    outcome = "new" if vintage else "same"
    says = f"{count} {'figure' if count == 1 else 'figures'}, {vintage.pk if vintage else 'the same as before'}"
    if as_json:
        row = {"feed": f"{indicator}/{HANDED}", "outcome": outcome, "says": says, "figures": count}
        click.echo(json.dumps({"counts": {outcome: 1}, "feeds": [row]}, ensure_ascii=False))
    if vintage and vintage.notes:
        click.echo(vintage.notes, err=True)
    click.echo(f"{path.name}: {says}.", err=True)


@contextmanager
def _source(offline_dir: Path | None) -> Iterator[tuple[SeriesSource, str]]:
    """Yield the source, a local folder or a client of the providers, and its name in the record of the run."""
    from django.conf import settings
    from django.utils import timezone

    from followthrough.sources.client import HttpClient
    from followthrough.sources.local.source import LocalSource
    from followthrough.sources.series_source import LiveSource
    from followthrough.web.indicators.actions.refreshes import LIVE

    if offline_dir is not None:
        yield LocalSource(offline_dir, timezone.now), f"copies in {offline_dir.resolve()}"
        return
    with HttpClient(timezone.now, Path(settings.DATA_DIR) / "http-cache.sqlite3") as client:
        yield LiveSource(client), LIVE


def _round(source: SeriesSource, asked: str, indicator: str) -> list[Done]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.indicators.actions.refreshes import refresh as run

    shown = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(outcome: Done, total: int) -> None:
            bar.update(task, total=total, advance=1, description=outcome.feed)

        return run(source, asked, by=SYSTEM, indicator=indicator, report=advance)


def _say(found: list[Done], as_json: bool) -> None:
    from rich.console import Console

    counts = Counter(one.outcome for one in found)
    if as_json:
        rows: list[dict[str, Any]] = [{"feed": one.feed, "outcome": one.outcome, "says": one.says} for one in found]
        click.echo(json.dumps({"counts": counts, "feeds": rows}, ensure_ascii=False))
    _failures(found, Console(stderr=True))
    words = (("new", "with new figures"), ("same", "as before"), ("absent", "not there"), ("failed", "failed"))
    click.echo(f"{len(found)} feeds: {', '.join(f'{counts[key]} {says}' for key, says in words)}.", err=True)
    if found and counts["failed"] == len(found):
        raise InputRefused("refresh", "no feed gave figures", "see the lines above")


def _failures(found: list[Done], console: Console) -> None:
    for one in found:
        if one.outcome == "failed":
            says = one.says if one.says.startswith(one.feed) else f"{one.feed}, {one.says}"
            console.print(says, markup=False, highlight=False, soft_wrap=True)
