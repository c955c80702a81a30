"""``followthrough verify``: was anything lost or invented between files and their readings?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from followthrough.model.verification import Verification


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document, or a list of them for several files.")
@click.option("--controls", is_flag=True, help="Run the comparison on fifty clean files and fifty deliberate damages.")
def verify(files: tuple[Path, ...], as_json: bool, controls: bool) -> None:
    """Compare each FILE with its reading, both ways, by a second reader that shares no code with the first.

    Exit code 0: every word is kept or set aside by name, and none is invented. 1: not so, or a file was refused.
    """
    if controls is bool(files):
        raise click.UsageError("name the files, or give --controls alone")
    if controls:
        _controls()
        return
    found = [(str(file), _verified(file)) for file in files]
    if as_json:
        said = [one.to_dict() for _, one in found]
        click.echo(json.dumps(said[0] if len(said) == 1 else said, ensure_ascii=False, indent=1))
    else:
        for name, one in found:
            _print(name, one)
    if not all(one.ok for _, one in found):
        sys.exit(1)


def _verified(file: Path) -> Verification:
    from followthrough.io import child_process
    from followthrough.model.verification import Verification
    from followthrough.read import bytes_of

    for part in child_process.run_task("verification", bytes_of(file), str(file), child_process.LINE):
        return Verification.from_dict(part["verification"])
    raise InputRefused(str(file), "its comparison gave no answer", "read it alone")


def _print(name: str, found: Verification) -> None:
    click.echo(f"{name}: {'verified' if found.ok else 'NOT verified'}, by {found.reader}: {found.summary()}")
    for what, words in found.set_aside:
        click.echo(f"  set aside: {what}, {words:,} words")
    for words_lost, near in found.missing:
        click.echo(f"  lost: {words_lost[:120]!r}, after {near!r}")
    for eid, words_invented in found.invented:
        click.echo(f"  invented: {words_invented[:120]!r}, in {eid or 'no provision'}")


def _controls() -> None:
    from rich.console import Console
    from rich.table import Table

    from followthrough.pipeline.controls import controls

    rows: dict[str, dict[str, bool]] = {}
    for one in controls():
        kept = rows.setdefault(one.damage or "clean file", {})
        kept[one.format] = kept.get(one.format, True) and one.right
    found = sum(right for damage, row in rows.items() if damage != "clean file" for right in row.values())
    formats = list(next(iter(rows.values())))
    table = Table(pad_edge=False)
    for name in ("what was done", *formats):
        table.add_column(name)
    for damage, row in rows.items():
        words = ("passed", "ALARM") if damage == "clean file" else ("found", "MISSED")
        table.add_row(damage, *(words[0] if row[name] else words[1] for name in formats))
    Console(highlight=False).print(table)
    clean = all(rows["clean file"].values())
    click.echo(
        f"{found} of {(len(rows) - 1) * len(formats)} damages found; {'no' if clean else 'SOME'} alarm on clean files"
    )
    if not clean or found < (len(rows) - 1) * len(formats):
        sys.exit(1)
