"""Hostile files, made where they are needed: small to keep, large or endless to read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
AKN = b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
SHEET = "xl/worksheets/sheet1.xml"
_TENFOLD = ("".join(("<!ENTITY ", chr(98 + n), ' "', f"&{chr(97 + n)};" * 10, '">')) for n in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{"".join(_TENFOLD)}]>'
LAUGHING = f"{LAUGHS}<akomaNtoso>&j;</akomaNtoso>"


def zipped(entries: dict[str, bytes]) -> bytes:
    """A packed file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


def word(document: bytes) -> bytes:
    """A Word file with this as its text."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document})


def nested(levels: int) -> bytes:
    """A Word file in a Word file, and so on."""
    data = word(b"x" * 1_000_000)
    for _ in range(levels):
        data = word(data)
    return data


def workbook(rows: str, dimension: str = "", before: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet called ``pack`` whose rows are this XML."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("pack").write_string(0, 0, "x")
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[SHEET] = f'{before}<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>'.encode()
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>{strings}</t></si></sst>'.encode()
    return zipped(parts)


def cell(place: str, text: str) -> str:
    """A cell with its place and its words."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def far(row: int, place: str) -> str:
    """Two rows: one cell in A1, and one in ``place``."""
    return f'<row r="1">{cell("A1", "name")}</row><row r="{row}">{cell(place, "x")}</row>'


def same(times: int) -> str:
    """So many rows of one cell that all hold the first string."""
    return "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1))


def understated(data: bytes, name: str) -> bytes:
    """A packed file in which the part ``name`` says that it unpacks to 100 bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.getinfo(name).file_size
    return data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def repeated(rows: int, columns: int) -> bytes:
    """An OpenDocument workbook of one cell, which says that it stands so often."""
    content = (
        f'<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="pack"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'.encode()
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


def pdf(pages: str, box: int = 600, stream: bytes = b"S") -> bytes:
    """A PDF file with this tree of ``pages``; object 3 is a page, and ``stream`` stands deflated on it."""
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box} {box}] /Contents 4 0 R /Resources << >> >>"
    packed = zlib.compress(stream, 6)
    drawn = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages {pages} >>".encode(), page.encode(), drawn]
    out, places = io.BytesIO(b"%PDF-1.7\n"), list[int]()
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def attributes(number: int) -> bytes:
    """A tag with so many of them."""
    return b"<html><body><p " + b"".join(b'a%d="1" ' % n for n in range(number)) + b">1. Mend it."


Maker = Callable[[], bytes]
ONE = "/Kids [3 0 R] /Count"

TEXTS: dict[str, Maker] = {
    "a word file of 120 MB": lambda: word(b"<w:document><w:body><w:p>" + b" " * 120_000_000),
    "a word file of deep tables": lambda: word(f'<w:body xmlns:w="{WORD}">'.encode() + b"<w:tbl><w:tr>" * 15_000),
    "a word file in a word file in a word file": lambda: nested(6),
    "a word file of laughs": lambda: word(LAUGHING.encode()),
    "a word file that is gzip inside": lambda: word(gzip.compress(b"<w:document/>" * 100_000)),
    "a page of a million nested tags": lambda: b"<html><body>" + b"<div>" * 1_000_000,
    "a page of nested lists": lambda: b"<html><body>" + b"<ul><li>1. Mend it." * 100_000,
    "a page of a million attributes": lambda: attributes(1_000_000),
    "a deep tree": lambda: AKN + b"<section>" * 1_000_000,
    "a tree of laughs": LAUGHING.encode,
    "laughs in UTF-16": lambda: f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHING}'.encode("utf-16"),
    "a pdf of 130 MB a page": lambda: pdf(f"{ONE} 1", stream=b"0 0 m 1 1 l S\n" * 9_500_000),
    "a pdf that is its own page": lambda: pdf("/Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R"),
    "a pdf of a thousand million pages": lambda: pdf(f"{ONE} 1000000000"),
    "a pdf of 300,000 pages": lambda: pdf(f"/Kids [{'3 0 R ' * 300_000}] /Count 300000"),
    "a pdf of a page as wide as the world": lambda: pdf(f"{ONE} 1", box=10**12),
    "50 MB of dashes": lambda: b"-" * 50_000_000,
    "20 MB of empty lines": lambda: b"\n" * 20_000_000 + b"x",
    "20 MB of numbers": lambda: b"1. a\n\n" * 3_300_000,
    "a line of a million columns": lambda: b"a," * 1_000_000,
    "rows with NULs and half characters": lambda: b"a,b\n\x00,\xed\xa0\x80\n" * 1_000,
    "a million brackets": lambda: b"# A\n\n" + b"[" * 1_000_000,
    "a million images": lambda: b"# A\n\n" + b"![" * 500_000 + b"](" * 500_000,
    "a million quotations": lambda: b"# A\n\n" + b"> " * 1_000_000,
    "lists in lists in lists": lambda: b"# A\n\n" + b"".join(b"  " * n + b"- a\n" for n in range(2_000)),
    "a million stars": lambda: b"# A\n\n1. We will mend it " + b"*" * 1_000_000,
}

BOOKS: dict[str, Maker] = {
    "two cells far apart": lambda: workbook(far(1_048_576, "XFD1048576")),
    "a cell far down": lambda: workbook(far(1_048_576, "C1048576")),
    "a cell far out": lambda: workbook(f"<row>{cell('A1', 'x')}{cell('XFD1', 'y')}</row>"),
    "a far cell that hides its place": lambda: workbook(far(1_048_576, 'XFD1048576" x=">')),
    "cells without places": lambda: workbook(
        f"<row>{'<c><v>1</v></c>' * 20_000}</row>" + "<row><c><v>1</v></c></row>" * 100_000
    ),
    "a place of a thousand digits": lambda: workbook(far(1, "A" + "9" * 1_000)),
    "a dimension that lies": lambda: workbook(far(2, "B2"), dimension='<dimension ref="A1:XFD1048576"/>'),
    "laughs in a sheet": lambda: workbook(far(2, "B2").replace("name", "&j;"), before=LAUGHS),
    "100 MB of cells": lambda: workbook('<row r="1">' + '<c r="A1"><v>1</v></c>' * 5_300_000 + "</row>"),
    "100 MB that say they are 100 bytes": lambda: understated(BOOKS["100 MB of cells"](), SHEET),
    "a string of 60 MB": lambda: workbook(same(1), strings="x" * 60_000_000),
    "a string of 6 MB in a thousand cells": lambda: workbook(same(1_000), strings="x" * 6_000_000),
    "a row a million times": lambda: repeated(1_048_576, 16_384),
    "a row of a thousand cells a million times": lambda: repeated(1_048_576, 1_000),
    "sheets in an old file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + b"\xff" * 100_000,
    "a zip in a zip": lambda: nested(3),
}

TABLES: dict[str, Maker] = {
    "a million columns": lambda: b"series,year,value" + b",a" * 1_000_000 + b"\n",
    "a million columns in its second row": lambda: b"unit,coder,value\n" + b"1," * 1_000_000,
    "a cell without end": lambda: b'commitment,party,value\n"' + b"x" * 20_000_000,
    "NULs": lambda: b"commitment,party,value\n\x00,\x00,\x00\n" * 10_000,
    "half a character": lambda: b"series,year,value\na,2015,1\n" * 100_000 + b"\xed\xa0\x80,2015,1\n",
    "a workbook that is called a table": BOOKS["two cells far apart"],
}
