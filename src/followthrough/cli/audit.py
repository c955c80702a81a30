"""``followthrough audit``: verification and export of the audit record."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.cli.boot import boot, require_current
from followthrough.cli.pack import data_dir_option
from followthrough.io.atomic import atomic_file

if TYPE_CHECKING:
    from followthrough.web.audit.verifying import Verification

UNKNOWN = (
    "Without a head that was kept elsewhere (--head) nobody can tell whether events at the end were removed, "
    "or the whole chain was made anew."
)


@click.group("audit")
def audit() -> None:
    """Ask whether the audit record is whole, or write it out."""


@audit.command("verify")
@click.option("--head", "kept", default="", metavar="HASH", help="A head hash that was kept from before.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
@data_dir_option
def verify_(kept: str, as_json: bool, data_dir: Path | None) -> None:
    """Hash every event again; end with 1 where one was changed, removed, put elsewhere or added."""
    from followthrough.cli.progress import counting

    boot(data_dir)
    require_current()
    from followthrough.web.audit.verifying import verify

    with counting("events") as progress:
        found = verify(kept, progress)
    if as_json:
        click.echo(json.dumps(_document(found, kept), ensure_ascii=False))
    else:
        for line in lines(found, kept):
            click.echo(line)
    if not found.whole:
        sys.exit(1)


@audit.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_dir_option
def export_(file: Path, data_dir: Path | None) -> None:
    """Write the record to FILE, one event a line as JSON, in the order of the chain."""
    boot(data_dir)
    require_current()
    from followthrough.web.audit.export import lines as events

    count = 0
    with atomic_file(file) as out:
        for line in events():
            out.write(line)
            count += 1
    click.echo(f"{file}: {count} events", err=True)


def lines(found: Verification, kept: str) -> list[str]:
    """Print a verdict."""
    said = []
    if found.wrong is None:
        said.append(f"The record is whole: {found.events} events, head {found.head}.")
    else:
        place = f"Event {found.wrong.sequence}" if found.wrong.sequence else "The record"
        named = f" ({found.wrong.event})" if found.wrong.event else ""
        said.append(f"{place}{named}: {found.wrong.what}. {found.events} events before it are as they were written.")
    if kept and found.kept is not None:
        said.append(f"The head that was kept is that of event {found.kept}: all up to there is as it was then.")
    if not kept:
        said.append(UNKNOWN)
    if not found.guarded:
        said.append("The database does not refuse changes of the record: its triggers are missing.")
    return said


def _document(found: Verification, kept: str) -> dict[str, object]:
    wrong = found.wrong and {"sequence": found.wrong.sequence, "event": found.wrong.event, "what": found.wrong.what}
    return {
        "whole": found.whole, "events": found.events, "head": found.head, "wrong": wrong,
        "kept": {"hash": kept, "sequence": found.kept} if kept else None, "guarded": found.guarded,
        "unknown": None if kept else UNKNOWN,
    }  # fmt: skip
