"""``followthrough import`` of a spreadsheet that is no pack: what was understood of it, and its import by a map."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from followthrough.errors import InputRefused
    from followthrough.packs.reading import Pack
    from followthrough.spreadsheets.grid import Sheet
    from followthrough.spreadsheets.known import KnownRegister
    from followthrough.spreadsheets.mapping import Map
    from followthrough.spreadsheets.records import Applied, Problem, RatedCell
    from followthrough.spreadsheets.understanding import Understanding, UnderstoodSheet


def propose(path: Path, known: KnownRegister, document: str = "", *, as_json: bool = False) -> None:
    """Print the map that is proposed for a spreadsheet, as TOML with its reasons, or as JSON with every doubt."""
    from followthrough.errors import InputRefused
    from followthrough.spreadsheets.grid import read_grid
    from followthrough.spreadsheets.understanding import understand

    found = understand(read_grid(path), known)
    if as_json:
        click.echo(json.dumps(_as_json(path, found), ensure_ascii=False, indent=1))
        return
    for line in (*found.told, *(_said(one) for one in found.sheets)):
        click.echo(line, err=True)
    best = found.best
    if best is None:
        raise InputRefused(path.name, "has no sheet that was understood", "give its columns a row of headings")
    for doubt in best.doubts:
        click.echo(f"{doubt.place}: {doubt.what}; {doubt.do}", err=True)
    click.echo(_toml(path, best, document), nl=False)


def _toml(path: Path, best: UnderstoodSheet, document: str) -> str:
    from dataclasses import replace

    from followthrough.spreadsheets import mapping

    one = mapping.propose(best, path.stem)
    reasons = {letter: _reason(best, at) for at, letter in enumerate(one.columns)}
    return mapping.to_toml(replace(one, document=document or one.document), reasons)


def _reason(best: UnderstoodSheet, at: int) -> str:
    one = best.proposals[at]
    return f"“{one.heading}”: {one.reason} ({one.confidence:.0%})" if one.heading else one.reason


def _said(one: UnderstoodSheet) -> str:
    headings = " and ".join(str(row + 1) for row in one.layout.header_rows)
    rows = len(one.layout.data_rows)
    where = f"headings in row {headings}, {rows} rows of data" if headings else "no row of headings was found"
    return f"sheet “{one.sheet.name}”: {one.kind}; {where}, {len(one.layout.aside)} rows left out"


def _as_json(path: Path, found: Understanding) -> dict[str, Any]:
    return {
        "file": path.name,
        "told": list(found.told),
        "sheets": [
            {
                "name": one.sheet.name,
                "kind": str(one.kind),
                "document": one.document,
                "header_rows": [row + 1 for row in one.layout.header_rows],
                "rows": len(one.layout.data_rows),
                "left_out": {str(row + 1): what for row, what in one.layout.aside.items()},
                "columns": [asdict(proposal) for proposal in one.proposals],
                "doubts": [{"cell": doubt.place, **asdict(doubt)} for doubt in one.doubts],
            }
            for one in found.sheets
        ],
    }


def no_pack(path: Path) -> None:
    """Raise the refusal of a workbook that is no pack: each column with what it could be, and the next command."""
    from followthrough.errors import InputRefused, ManyRefused
    from followthrough.spreadsheets.grid import read_grid
    from followthrough.spreadsheets.understanding import understand

    found = understand(read_grid(path))
    next_step = f"see what it becomes with: followthrough import {path.name} --propose"
    problems = [InputRefused(path.name, "is no pack: it has no sheet “pack” with name, title and version", next_step)]
    for one in found.sheets:
        problems += [
            InputRefused(
                f"{path.name}, sheet {one.sheet.name}",
                f"“{proposal.heading}” could be {proposal.field}"
                if proposal.field
                else f"“{proposal.heading}” is not known",
                "say so in a map",
                f"column {letter}",
            )
            for letter, proposal in zip(_letters(len(one.proposals)), one.proposals, strict=True)
            if proposal.heading and one.layout.header_rows
        ]
    raise ManyRefused(problems)


def _letters(number: int) -> list[str]:
    from followthrough.model.letters import to_letters

    return [to_letters(at + 1).upper() for at in range(number)]


def by_map(
    path: Path, map_file: Path, document: str, errors: Path | None, known: KnownRegister
) -> tuple[Pack, Map, list[RatedCell]]:
    """Return the rows that a spreadsheet becomes by a map, as a pack of its name, the map, and the ratings it holds.

    Raises ``ManyRefused`` with its problems by cell; with ``errors`` they are also written into a copy of the sheet.
    """
    from dataclasses import replace

    from followthrough.errors import ManyRefused
    from followthrough.io.bounded import read_bounded
    from followthrough.packs.reading import Pack
    from followthrough.spreadsheets.grid import read_grid
    from followthrough.spreadsheets.mapping import from_toml
    from followthrough.spreadsheets.rows import apply

    data = read_bounded(map_file, 1 << 20, "name a map")
    one = from_toml(data.decode("utf-8-sig", "replace"), map_file.name)
    one = replace(one, document=document) if document else one
    sheets = read_grid(path)
    done = apply(one, sheets, known, datetime.now(UTC).date().isoformat())
    for line in done.told:
        click.echo(line, err=True)
    if done.problems:
        if errors:
            _write_errors(errors, sheets, done)
        raise ManyRefused([_refused(path.name, problem) for problem in done.problems])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Pack(one.name[:100], path.name, digest[:12], "", "", digest, done.rows), one, done.ratings


def _refused(file: str, problem: Problem) -> InputRefused:
    from followthrough.errors import InputRefused

    where = f"cell {problem.cell}" if problem.cell else f"row {problem.row}" if problem.row else None
    return InputRefused(f"{file}, sheet {problem.sheet}", problem.what, problem.do, where)


def _write_errors(path: Path, sheets: tuple[Sheet, ...], done: Applied) -> None:
    from followthrough.spreadsheets.errors_copy import write_errors

    write_errors(path, sheets, done.problems)
    click.echo(f"{path}: a copy with the problems in its last column", err=True)
