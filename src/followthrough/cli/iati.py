"""``followthrough import`` of an IATI activity file."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from followthrough.errors import InputRefused
    from followthrough.web.exchange.actions.iati_files import Imported


def import_iati(path: Path, url: str, *, dry_run: bool, strict: bool) -> None:
    """Bring the activities of a file into the register, or with ``dry_run`` show what would change, row by row."""
    from django.db import transaction

    from followthrough.cli.told import end
    from followthrough.errors import InputRefused, ManyRefused
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.exchange.iati_importing import iati_file, import_file

    file = iati_file(path, url, datetime.now(UTC).astimezone().date().isoformat())
    refused: list[InputRefused] = []
    counts: Counter[tuple[str, str]] = Counter()
    with ExitStack() as undone:
        if dry_run:
            undone.enter_context(transaction.atomic())
        for made in import_file(path, file, by=SYSTEM):
            refused += _said(made, counts, rows=dry_run)
        if dry_run:
            transaction.set_rollback(True)
    for table in dict.fromkeys(table for table, _ in counts):
        added, changed, same = (counts[table, verb] for verb in ("added", "changed", "unchanged"))
        click.echo(f"{table:18} {added:6} added {changed:6} changed {same:6} unchanged")
    if dry_run:
        click.echo("Dry run: nothing was changed.", err=True)
    if refused and not sum(count for (table, _), count in counts.items() if table == "activities"):
        raise ManyRefused([InputRefused(path.name, "holds no activity that can be taken", "see the problems above")])
    end(refused, strict=strict)


def _said(made: Imported, counts: Counter[tuple[str, str]], *, rows: bool) -> list[InputRefused]:
    """Say what a portion did, and return what was refused of it."""
    problems = [one.as_error() for one in made.refused]
    for line in (*made.told, *problems):
        click.echo(line, err=True)
    for change in made.changes:
        counts[change.table, change.verb] += 1
        if rows:
            fields = "; ".join(f"{name}: {old!r} -> {new!r}" for name, (old, new) in change.fields.items())
            click.echo(f"{change.verb:8} {change.table:18} {change.id}" + (f"  {fields}" if fields else ""))
    for table, same in made.unchanged.items():
        counts[table, "unchanged"] += same
    return problems


def export_iati(path: Path, document: str, reporting_org: str) -> None:
    """Write the activities that everybody may see into one file, and say which are left out and why."""
    from io import BytesIO

    from django.contrib.auth.models import AnonymousUser

    from followthrough.errors import InputRefused
    from followthrough.io.atomic import write_atomic
    from followthrough.sources.iati.writing import write_activities
    from followthrough.web.agreements.policy import visible_documents
    from followthrough.web.exchange.iati_export import UNREGISTERED, export_activities, publisher_of

    nobody = AnonymousUser()
    if document and not visible_documents(nobody).filter(pk=document).exists():
        raise InputRefused(document, "is no public agreement of the register", "give the id of one")
    now = datetime.now(UTC)
    publisher = publisher_of(reporting_org or UNREGISTERED, "Register of commitments")
    found = export_activities(nobody, now.astimezone().date().isoformat(), publisher, document)
    out = BytesIO()
    write_activities(found.records, out, now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    write_atomic(path, out.getvalue())
    for key, why in found.left_out.items():
        click.echo(f"{key}: {why}", err=True)
    if not reporting_org:
        click.echo(f"published as {UNREGISTERED}: give --reporting-org to publish under your own identifier", err=True)
    click.echo(f"{path}: {len(found.records)} activities", err=True)
