"""What the commands that read tables say beside their results: how a table was read, and what could not be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from followthrough.errors import InputRefused, lines_of

MOST_NAMED = 20
"""Number of problems that are listed on standard error; the JSON document has them all."""

strict_option: Callable[[Any], Any] = click.option(
    "--strict", is_flag=True, help="End with code 1 where a row or a file could not be taken."
)


def tell(file: str, notes: Iterable[str], problems: Sequence[InputRefused]) -> None:
    """Say on standard error how ``file`` was read, and what could not be taken from it."""
    for note in notes:
        click.echo(f"{file}: {note}.", err=True)
    for line in lines_of(problems, MOST_NAMED):
        click.echo(line, err=True)


def end(problems: Sequence[InputRefused], *, strict: bool) -> None:
    """Say that the rest was taken; end the command with code 1 where that is not enough."""
    if problems:
        count = len(problems)
        click.echo(f"{count} {'problem' if count == 1 else 'problems'}; the rest was taken.", err=True)
        if strict:
            raise click.exceptions.Exit(1)
