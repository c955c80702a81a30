"""``followthrough read``: the document and commitments of a file as a table, JSON, CSV, a workbook or XML."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from followthrough.errors import InputRefused
from followthrough.io.atomic import write_atomic
from followthrough.io.csv import csv_text
from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.model.commitment import Commitment
from followthrough.model.reading import Reading
from followthrough.model.vocabulary import ProvisionKind

COLUMNS = (
    "commitment",
    "provision",
    "text",
    "verb",
    "kind",
    "strength",
    "instruments",
    "deadline",
    "quantity",
    "missing",
    "actors",
    "addressees",
    "start",
    "end",
)
_NUMERIC = frozenset({"strength", "start", "end"})


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document to standard output.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the register to a .json, .csv, .xlsx or .jsonld file, the document to .xml, or a folder to .parquet "
    "or .jsonl; to a folder without an ending, a pack to begin a register with.",
)
@click.option(
    "--format",
    "format_",
    metavar="F",
    help="Read FILE as txt, md, html, docx, odt, rtf, epub, eml, pdf or akn, whatever its content looks like.",
)
@click.option(
    "--annotations", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Say where the annotations of a .jsonld file stand in this text; exit 1 where one stands nowhere.",
)  # fmt: skip
@click.option("--recognise", is_flag=True, help="Recognise print on pages of a PDF file that are pictures (OCR).")
@click.option("--workers", type=click.IntRange(1, 256), help="For a folder: how many processes; default, every core.")
def read(
    file: Path,
    as_json: bool,
    out: Path | None,
    format_: str | None,
    annotations: Path | None,
    recognise: bool,
    workers: int | None,
) -> None:  # fmt: skip
    """Read FILE, a declaration in any of the formats that --format names, and catalogue its commitments.

    FILE may be a folder: then every file below it is read into one table, --out corpus.parquet or corpus.jsonl.
    """
    if file.is_dir() and out is not None:
        from followthrough.cli.corpus import read_all

        read_all(file, out, workers or 0)
        return
    writer = _writer(out) if out is not None and out.suffix else None
    from followthrough.io import child_process

    with child_process.continue_in_child(file, child_process.SCANS if recognise else child_process.LINE):
        if annotations is not None:
            _find(file, annotations, format_, as_json=as_json)
            return
        _read(file, as_json, out, writer, format_, recognise=recognise)


def _read(
    file: Path,
    as_json: bool,
    out: Path | None,
    writer: Callable[[Reading], bytes] | None,
    format_: str | None,
    *,
    recognise: bool,
) -> None:
    from followthrough.pipeline import register_file

    reading = register_file(file, format_, recognise=recognise)
    codes = {notice.code for notice in reading.warnings}
    if "no-provisions" in codes and "language" not in codes:
        raise InputRefused(
            str(file), "no operative paragraph was found in this text", "check that it is the whole text"
        )
    if out is not None and writer is None:
        _begin(reading, out)
    elif out is not None and writer is not None:
        write_atomic(out, writer(reading))
        written = "the document" if out.suffix.lower() == ".xml" else f"{len(reading.commitments)} commitments"
        click.echo(f"{out}: {written} written", err=True)
    if as_json:
        click.echo(to_json(reading), nl=False)
    elif out is None:
        _print_table(reading)
    for notice in reading.warnings:
        where = f", offset {notice.start}" if notice.start is not None else ""
        click.echo(f"{file}{where}: {notice.message}", err=True)


def _begin(reading: Reading, folder: Path) -> None:
    """Write the pack that a register of this text begins with."""
    from followthrough.packs.writing import write_pack
    from followthrough.pipeline.first_pack import first_pack, pack_name

    pack = first_pack(reading, pack_name(folder.resolve().name))
    write_pack(pack, folder)
    held = ", ".join(f"{len(pack.rows[name])} {name}" for name in ("provisions", "commitments"))
    click.echo(f"{folder}: the pack {pack.name} with {held}; add sources, claims and links", err=True)


def _find(file: Path, annotations: Path, format_: str | None, *, as_json: bool) -> None:
    """Say where annotations stand in a text; exit 1 where one stands nowhere."""
    from followthrough.io.bounded import read_bounded
    from followthrough.pipeline import register_file
    from followthrough.publish.annotations import LARGEST, anchored

    data = read_bounded(annotations, LARGEST, "name a .jsonld file")
    found = anchored(data, annotations.name, register_file(file, format_).document.text)
    if as_json:
        click.echo(json.dumps({"annotations": [one.to_dict() for one in found]}, ensure_ascii=False, indent=1))
    for one in found if not as_json else ():
        where = ", ".join(f"{start} to {end}" for start, end in one.spans)
        click.echo(f"{one.id.rpartition('#')[2]}: {one.why or where}")
    orphans = sum(one.orphan for one in found)
    click.echo(f"{annotations}: {len(found) - orphans} of {len(found)} annotations stand in {file}", err=True)
    if orphans:
        sys.exit(1)


def _writer(out: Path) -> Callable[[Reading], bytes]:
    writers: dict[str, Callable[[Reading], bytes]] = {
        ".json": lambda reading: to_json(reading).encode(),
        ".csv": lambda reading: to_csv(reading).encode(),
        ".xlsx": to_xlsx,
        ".xml": to_xml,
        ".jsonld": to_jsonld,
    }
    if out.suffix.lower() not in writers:
        known = ", ".join(sorted(writers))
        what = f"a register cannot be written as {out.suffix or 'a file without an extension'} yet"
        raise InputRefused(str(out), what, f"give a name that ends in one of: {known}")
    return writers[out.suffix.lower()]


def to_json(reading: Reading) -> str:
    """Return the JSON document of ``read --json``, with a newline at its end."""
    return json.dumps(reading.to_dict(), ensure_ascii=False, indent=1) + "\n"


def rows(reading: Reading) -> list[dict[str, str | int]]:
    """Return one row of ``COLUMNS`` per commitment; spreadsheets read no identifier as a number or a date."""
    return [_row(reading, commitment) for commitment in reading.commitments]


def _row(reading: Reading, commitment: Commitment) -> dict[str, str | int]:
    quantity = commitment.quantity or {}
    return {
        "commitment": commitment.id,
        "provision": f"paragraph {commitment.num}" if commitment.num else commitment.provision,
        "text": " ".join(reading.document.text[commitment.start : commitment.end].split()),
        "verb": commitment.verb,
        "kind": commitment.kind,
        "strength": commitment.strength,
        "instruments": "; ".join(commitment.instruments),
        "deadline": commitment.deadline or "",
        "quantity": str(quantity.get("text", "")),
        "missing": "; ".join(commitment.missing),
        "actors": "; ".join(commitment.actors),
        "addressees": "; ".join(commitment.addressees),
        "start": commitment.start,
        "end": commitment.end,
    }


def to_csv(reading: Reading) -> str:
    """Return the register as CSV that opens right in a spreadsheet; cells that it would evaluate are escaped."""
    return csv_text([COLUMNS, *(row.values() for row in rows(reading))], mark=True)


def to_xlsx(reading: Reading) -> bytes:
    """Return the register as a workbook: strings stay strings, and the header is frozen and filtered."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WRITER_OPTIONS) as book:
        sheet = book.add_worksheet("Commitments")
        head, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, head)
        table = rows(reading)
        for line, row in enumerate(table, start=1):
            for column, name in enumerate(COLUMNS):
                if name in _NUMERIC:
                    sheet.write_number(line, column, int(row[name]), wrap)
                else:
                    sheet.write_string(line, column, str(row[name])[:32767], wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table), 1), len(COLUMNS) - 1)
        sheet.set_column(0, 1, 24)
        sheet.set_column(2, 2, 80)
        sheet.set_column(3, len(COLUMNS) - 1, 18)
    return buffer.getvalue()


def to_xml(reading: Reading) -> bytes:
    """Return the document as Akoma Ntoso 3.0, which cannot represent commitments."""
    from followthrough.publish.akn import to_akn

    return to_akn(reading)


def to_jsonld(reading: Reading) -> bytes:
    """Return the commitments as W3C Web Annotations in JSON-LD."""
    from followthrough.publish.annotations import to_annotations

    return to_annotations(reading)


def _print_table(reading: Reading) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from followthrough.read.language import is_english, name_of_language

    document = reading.document
    console = Console(highlight=False)
    console.print(Text(document.title or "Untitled document", style="bold"))
    kind = (document.kind or "").replace("_", " ").capitalize()
    language = name_of_language(document.language) if document.language and not is_english(document) else ""
    genre = (document.genre or "").replace("_", " ")
    genre = "" if genre == kind.lower() else genre
    said = (kind, genre, ", ".join(document.parties), document.place, document.date, language)
    facts = " · ".join(part for part in said if part)
    provisions = sum(1 for provision in document.provisions if provision.kind == ProvisionKind.PARAGRAPH)
    console.print(
        Text(f"{facts + ' · ' if facts else ''}{provisions} paragraphs, {len(reading.commitments)} commitments")
    )
    table = Table(pad_edge=False)
    for name, share in (("No.", 3), ("Commitment", 12), ("Kind", 3), ("Strength", 2), ("Instruments", 5), ("Due", 2)):
        table.add_column(name, ratio=share, overflow="fold")
    for commitment in reading.commitments:
        words = " ".join(document.text[commitment.start : commitment.end].split())
        table.add_row(
            Text(commitment.num or commitment.provision),
            Text(words),
            commitment.kind,
            str(commitment.strength),
            Text("; ".join(commitment.instruments)),
            commitment.deadline or "",
        )
    console.print(table)
