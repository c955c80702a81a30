"""``followthrough import`` and ``followthrough export``: import and export of packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followthrough.cli.boot import boot, migrate
from followthrough.cli.told import strict_option

if TYPE_CHECKING:
    from followthrough.packs.reading import Pack
    from followthrough.spreadsheets.known import KnownRegister
    from followthrough.spreadsheets.mapping import Map
    from followthrough.spreadsheets.records import RatedCell
    from followthrough.web.exchange.importing import Difference

data_dir_option = click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the register is kept."
)


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show the row-by-row difference and change nothing.")
@click.option("--propose", is_flag=True, help="Say what the columns of a spreadsheet are, as a map in TOML.")
@click.option("--json", "as_json", is_flag=True, help="With --propose: everything that was understood, as JSON.")
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The map by which a spreadsheet of anybody's is imported.")  # fmt: skip
@click.option("--errors", type=click.Path(dir_okay=False, path_type=Path),
              help="With --map: write a copy of the spreadsheet with its problems here (.xlsx).")  # fmt: skip
@click.option("--document", default="", help="The agreement that a spreadsheet or a table of ratings is about.")
@click.option("--scale", default="", help="The scale of these ratings.")
@click.option("--title", default="", help="What the round of these ratings is called.")
@click.option("--source-note", default="", help="Where the table of ratings is from.")
@click.option("--source-url", default="", help="Where an IATI file was published.")
@strict_option
@data_dir_option
def import_(path: Path, dry_run: bool, document: str, data_dir: Path | None, **given: Any) -> None:
    """Bring the pack in PATH, a folder or a workbook, into the register: all of it, or nothing.

    Any other spreadsheet is imported with --map, by a map that --propose writes. A CSV file without either is a table
    of ratings; it needs --document, --scale, --title and --source-note. An .xml file is an IATI activity file: it is
    taken activity by activity, goes on where it was cut, and what is refused of it is named.
    """
    proposed, map_file, errors = given["propose"], given["map_file"], given["errors"]
    if (given["as_json"] and not proposed) or (errors and not map_file) or (proposed and map_file):
        raise click.UsageError("--json goes with --propose, --errors with --map, and --propose without --map")
    if proposed:
        _propose(path, document, data_dir, as_json=given["as_json"])
    elif map_file:
        _by_map(path, (map_file, errors), document, data_dir, dry_run=dry_run)
    elif path.suffix.lower() == ".xml":
        from followthrough.cli.iati import import_iati

        boot(data_dir)
        migrate()
        import_iati(path, given["source_url"], dry_run=dry_run, strict=given["strict"])
    elif path.suffix.lower() == ".csv":
        scale, title, source_note = given["scale"], given["title"], given["source_note"]
        if not (document and scale and title and source_note):
            raise click.UsageError("a table of ratings needs --document, --scale, --title and --source-note")
        boot(data_dir)
        migrate()
        _ratings(path, document, scale, title, source_note)
    else:
        _pack(path, data_dir, dry_run)


def _pack(path: Path, data_dir: Path | None, dry_run: bool) -> None:
    from followthrough.packs.reading import read_pack
    from followthrough.packs.workbook import NoPack, read_workbook

    try:
        pack = read_pack(path) if path.is_dir() else read_workbook(path)
    except NoPack:
        from followthrough.cli.spreadsheet import no_pack

        no_pack(path)
        raise
    for line in pack.told:
        click.echo(line, err=True)
    boot(data_dir)
    migrate()
    _import(pack, dry_run)


def _propose(path: Path, document: str, data_dir: Path | None, *, as_json: bool) -> None:
    from followthrough.cli.spreadsheet import propose

    propose(path, _known(data_dir), document, as_json=as_json)


def _by_map(
    path: Path, files: tuple[Path, Path | None], document: str, data_dir: Path | None, *, dry_run: bool
) -> None:  # fmt: skip
    """Import a spreadsheet by a map; ``files`` are the map, and where the copy with the problems is written."""
    from followthrough.cli.spreadsheet import by_map

    map_file, errors = files
    pack, one, rated = by_map(path, map_file, document, errors, _known(data_dir))
    if rated:
        _rated_sheet(path, one, rated, dry_run=dry_run)
    else:
        _import(pack, dry_run, part=True)


def _rated_sheet(path: Path, one: Map, rated: list[RatedCell], *, dry_run: bool) -> None:
    """Import the round of ratings of a spreadsheet, or show its cells."""
    from django.db import transaction

    from followthrough.errors import InputRefused
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.models import Document
    from followthrough.web.assessments.actions.imported_rounds import import_round
    from followthrough.web.exchange.actions.spreadsheets import rated_round

    document = Document.objects.filter(pk=one.document).first()
    if document is None:
        raise InputRefused(path.name, "does not say which agreement was rated", "give --document")
    given = rated_round(document, path.name, one, rated, by=SYSTEM)
    for cell in rated if dry_run else ():
        click.echo(f"added    ratings            {cell.commitment} {cell.party} {cell.value or 'not rated'}")
    if given and not dry_run:
        with transaction.atomic():
            click.echo(f"{path.name}: {len(rated)} cells as {import_round(document, given, by=SYSTEM).pk}", err=True)
    else:
        click.echo("Dry run: nothing was changed.", err=True)


def _known(data_dir: Path | None) -> KnownRegister:
    boot(data_dir)
    migrate()
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.exchange.known_register import known_register

    return known_register(SYSTEM)


def _import(pack: Pack, dry_run: bool, *, part: bool = False) -> None:
    """Import a pack and show what changed; with ``part`` its rows may point to those of the register."""
    from followthrough.errors import ManyRefused
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.exchange.actions.spreadsheets import misfits
    from followthrough.web.exchange.importing import difference, import_pack

    what = difference(pack) if dry_run or part else None
    if part and what and (problems := misfits(what.changes)):
        raise ManyRefused(problems)
    if dry_run and what:
        show(what, rows=True)
        click.echo("Dry run: nothing was changed.", err=True)
        return
    show(import_pack(pack, by=SYSTEM, progress=lambda table: click.echo(f"  {table}", err=True)))


@click.command("export")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["pack", "open-data", "open-sdg", "iati"]), default="pack",
    show_default=True,
    help="The register as a pack, with all that goes beside it as open data, its indicators as an Open SDG data "
    "repository, or its activities as an IATI file.",
)  # fmt: skip
@click.option("--document", default="", help="With --format iati: the agreement whose activities are written.")
@click.option("--reporting-org", default="", help="With --format iati: your identifier, such as XM-DAC-41114.")
@data_dir_option
def export(path: Path, form: str, document: str, reporting_org: str, data_dir: Path | None) -> None:
    """Write the register as a pack into the folder PATH, or as one file: .xlsx, .db (SQLite), .jsonld (description)."""
    boot(data_dir)
    migrate()
    if form == "iati":
        from followthrough.cli.iati import export_iati

        export_iati(path, document, reporting_org)
        return
    if form != "pack":
        (_open_sdg if form == "open-sdg" else _open_data)(path)
        return
    from datetime import UTC, datetime

    from followthrough.io.atomic import write_atomic
    from followthrough.packs.catalogue import catalogue
    from followthrough.packs.database import write_database
    from followthrough.web.exchange.pack_tables import register_as_pack

    pack = register_as_pack()
    today = datetime.now(UTC).astimezone().date().isoformat()
    ending = path.suffix.lower()
    if ending in (".db", ".sqlite"):
        write_database(pack, path, today)
    elif ending == ".jsonld":
        write_atomic(path, catalogue(pack, today))
    else:
        _write(pack, path)
    click.echo(f"{path}: {sum(map(len, pack.rows.values()))} rows", err=True)


def _write(pack: Pack, path: Path) -> None:
    """Write a workbook, or a folder with how each text compares with its file beside the tables."""
    from followthrough.packs.workbook import write_workbook
    from followthrough.packs.writing import write_pack
    from followthrough.web.agreements.comparison import package_file

    if path.suffix.lower() == ".xlsx":
        write_workbook(pack, path)
    else:
        write_pack(pack, path, package_file([str(row["id"]) for row in pack.rows["documents"]]))


def _open_data(path: Path) -> None:
    from followthrough.packs.open_data import write_open_data
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.comparison import package_file
    from followthrough.web.exchange.marked_texts import marked_text, texts_held
    from followthrough.web.exchange.pack_tables import register_as_pack

    pack = register_as_pack()
    texts = {f"{one.pk}.akn.xml": marked_text(one.pk, SYSTEM) or b"" for one in texts_held(SYSTEM)}
    write_open_data(pack, path, texts | package_file([str(row["id"]) for row in pack.rows["documents"]]))
    click.echo(f"{path}: {sum(map(len, pack.rows.values()))} rows", err=True)


def _ratings(path: Path, document: str, scale: str, title: str, source: str) -> None:
    from followthrough.assess.ratings import read_ratings
    from followthrough.errors import InputRefused
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.models import Document
    from followthrough.web.assessments.actions.imported_rounds import import_ratings
    from followthrough.web.assessments.values import all_scales
    from followthrough.web.kit.errors import InvalidEntry

    known, found = all_scales(), Document.objects.filter(pk=document).first()
    if scale not in known:
        raise InputRefused(scale, "is no scale", f"choose one of {', '.join(known)}")
    if found is None:
        raise InputRefused(document, "is no agreement of the register", "import its pack first")
    ratings = read_ratings(path, known[scale])
    try:
        made = import_ratings(found, title, ratings, known[scale], source, by=SYSTEM)
    except InvalidEntry as error:
        raise InputRefused(path.name, str(error), "correct the table") from None
    for _, message in ratings.warnings:
        click.echo(f"warning: {message}", err=True)
    click.echo(f"{path.name}: {len(ratings.value)} cells as {made.pk}", err=True)


def _open_sdg(path: Path) -> None:
    from followthrough.sources.opensdg.writing import write_repository
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.indicators.open_sdg_export import as_repository
    from followthrough.web.links.scope import Scope

    repository = as_repository(Scope(by=SYSTEM))
    write_repository(repository, path)
    click.echo(f"{path}: {len(repository.indicators)} indicators", err=True)


def show(what: Difference, *, rows: bool = False) -> None:
    """Print the changes of an import: one line per table and, with ``rows``, one per row."""
    for change in what.changes if rows else ():
        fields = "; ".join(f"{name}: {old!r} -> {new!r}" for name, (old, new) in change.fields.items())
        click.echo(f"{change.verb:8} {change.table:18} {change.id}" + (f"  {fields}" if fields else ""))
    for table, same in what.unchanged.items():
        added, changed = what.count(table, "added"), what.count(table, "changed")
        left = what.left_alone[table]
        click.echo(f"{table:18} {added:6} added {changed:6} changed {same:6} unchanged {left:6} not in the pack, kept")
