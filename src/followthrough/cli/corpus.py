"""``followthrough read`` for a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


def read_all(folder: Path, out: Path, workers: int) -> None:
    """Read a folder into one table with a progress bar; list refused files and, if there are any, exit with 1."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from followthrough.corpus.cluster import SCHEDULER
    from followthrough.corpus.run import read_folder

    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        outcome = read_folder(
            folder,
            out,
            workers=workers,
            scheduler=os.environ.get(SCHEDULER, ""),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    for line in outcome.refused:
        click.echo(line, err=True)
    before = f", {outcome.resumed} of them by an earlier run" if outcome.resumed else ""
    click.echo(
        f"{out}: {outcome.rows} rows from {outcome.files} files{before}; {len(outcome.refused)} refused", err=True
    )
    click.echo("; ".join(f"{count} {bucket}" for bucket, count in outcome.buckets.items()), err=True)
    if outcome.refused:
        sys.exit(1)
