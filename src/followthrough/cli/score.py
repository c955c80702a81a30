"""``followthrough score`` and ``followthrough agree``: scores of ratings and intercoder agreement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import click

from followthrough.assess.agreement import LEVELS, ROUNDS, SEED, Agreement, Level, alpha
from followthrough.assess.codes import read_code_table
from followthrough.assess.conversions import convert
from followthrough.assess.ratings import read_ratings
from followthrough.assess.scales import Scale, scales, scales_in
from followthrough.assess.scoring import POLICIES, Missing, Scores
from followthrough.assess.scoring import score as scored
from followthrough.cli.told import end, strict_option, tell
from followthrough.errors import InputRefused
from followthrough.io.child_process import TABLE, continue_in_child

table_option = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command("score")
@table_option
@click.option("--scale", "scale_id", required=True, help=f"The scale of the ratings: {', '.join(scales())}.")
@click.option(
    "--scales", "more", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file of further scales.",
)  # fmt: skip
@click.option(
    "--na", type=click.Choice(POLICIES), default="exclude", show_default=True,
    help="What a mean does with a missing rating.",
)  # fmt: skip
@click.option("--as", "target", type=click.Choice(list(scales())), help="Read the ratings on another scale first.")
@strict_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
def score(
    file: Path, scale_id: str, more: Path | None, na: str, target: str | None, strict: bool, as_json: bool
) -> None:
    """Score the ratings in FILE, a table with a column for each party, or with commitment, party and value."""
    known = scales_in(more) if more else scales()
    if scale_id not in known:
        raise click.BadParameter(f"“{scale_id}” is not one of {', '.join(known)}", param_hint="--scale")
    scale = known[scale_id]
    with continue_in_child(file, TABLE):
        problems = _score(file, scale, target, cast("Missing", na), as_json)
        end(problems, strict=strict)


def _score(file: Path, scale: Scale, target: str | None, na: Missing, as_json: bool) -> list[InputRefused]:
    ratings = read_ratings(file, scale, strict=False)
    notes, problems = ratings.notes, ratings.problems
    if target and target != scale.id:
        ratings, scale = convert(ratings, scale.id, target), scales()[target]
    found = scored(ratings, scale, na)
    if as_json:
        document = {**found.to_dict(), "problems": [problem.to_dict() for problem in problems]}
        click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False))
    else:
        _show(found)
    tell(file.name, notes, problems)
    for _, message in found.warnings:
        click.echo(f"warning: {message}", err=True)
    return problems


def _show(found: Scores) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    counts = found.scale.arithmetic == "counts"
    last = "Counts" if counts else "Per cent"
    table = Table("", "Mean", last, "Rated", box=None, pad_edge=False)
    groups = (("Commitments", found.commitments), ("Parties", found.parties), ("Over all", {"all": found.overall}))
    for title, scores in groups:
        table.add_row(Text(title, style="bold"))
        for key, one in scores.items():
            tally = ", ".join(f"{count} {word}" for word, count in one.counts.items() if count)
            percent = tally if counts else "—" if one.percent is None else f"{one.percent:.1f}"
            table.add_row(Text(key), "—" if one.mean is None else f"{one.mean:.2f}", percent, f"{one.n}/{one.of}")
    Console(width=None if Console().is_terminal else 160).print(table)
    click.echo(
        f"{found.scale.title}, version {found.scale.version}. Per cent: {found.scale.formula}. Missing: {found.na}."
    )


@click.command("agree")
@table_option
@click.option(
    "--level", type=click.Choice(LEVELS), default="nominal", show_default=True,
    help="What differences between values mean.",
)  # fmt: skip
@click.option("--order", default="", help="Words from the lowest to the highest, with commas, at ordinal level.")
@click.option(
    "--bootstrap", default=ROUNDS, show_default=True, type=click.IntRange(0, 100_000),
    help="Rounds of the interval.",
)  # fmt: skip
@click.option("--seed", default=SEED, show_default=True, help="Where its random draws begin.")
@strict_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
def agree(file: Path, level: str, order: str, bootstrap: int, seed: int, strict: bool, as_json: bool) -> None:
    """Say how far coders agree, by Krippendorff's alpha.

    FILE is a table of unit, coder and value, or with a column for each coder.
    """
    named = [word for word in order.split(",") if word.strip()]
    with continue_in_child(file, TABLE):
        table = read_code_table(file, cast("Level", level), named)
        found = alpha(table.codes, table.values, cast("Level", level), rounds=bootstrap, seed=seed)
        document = {**found.to_dict(), "problems": [problem.to_dict() for problem in table.problems]}
        click.echo(json.dumps(document, ensure_ascii=False, allow_nan=False) if as_json else _said(found))
        tell(file.name, table.notes, table.problems)
        end(table.problems, strict=strict)


def _said(found: Agreement) -> str:
    rests = f"{found.level}, {found.units} units, {found.coders} coders, {found.pairable} values in pairs"
    if found.alpha is None:
        return f"Krippendorff's alpha cannot be formed ({found.reason}); {rests}."
    between = f", 95 % interval {found.interval[0]:.3f} to {found.interval[1]:.3f}" if found.interval else ""
    return f"Krippendorff's alpha {found.alpha:.3f}{between}; {rests}."
