"""What a file is that is no spreadsheet which can be read cell by cell: told by its bytes, with what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection

from followthrough.errors import InputRefused

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of the files of Office before 2007, and of those with a password."""
_SAVE = "open it and save it as .xlsx, .ods or .csv"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", "ask for the spreadsheet that it was printed from, or type its table into one"),
    (b"\x89PNG", "a picture", "type its table into a spreadsheet"),
    (b"\xff\xd8\xff", "a picture", "type its table into a spreadsheet"),
    (b"GIF8", "a picture", "type its table into a spreadsheet"),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it and send what is in it"),
    (b"7z\xbc\xaf", "a compressed file (7z)", "unpack it and send what is in it"),
    (b"Rar!", "a compressed file (rar)", "unpack it and send what is in it"),
    (b"SQLite format 3", "a database (SQLite)", "export the table as .csv"),
    (b"{\\rtf", "a text of a word processor (RTF)", "copy its table into a spreadsheet"),
)
_PARTS: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "open it in Excel and save it as .xlsx"),
    ("word/document.xml", "a Word file", "copy its table into a spreadsheet"),
    ("ppt/presentation.xml", "a presentation", "copy its table into a spreadsheet"),
    ("Index/Document.iwa", "a workbook of Numbers", "export it as Excel or CSV"),
    ("Index/Tables/DataList.iwa", "a workbook of Numbers", "export it as Excel or CSV"),
)
_OPEN_DOCUMENT = {"text": "an OpenDocument text", "presentation": "an OpenDocument presentation",
                  "graphics": "an OpenDocument drawing"}  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BEGINNING = 4_096


def no_spreadsheet(file: str, data: bytes) -> InputRefused | None:
    """Return the refusal of a file that is none of .xlsx, .xlsm, .ods and separated text; ``None`` for one that is."""
    start = data[:_BEGINNING].lstrip()
    if data.startswith(OLD_OFFICE):
        if _ENCRYPTED in data:
            return InputRefused(file, "is protected by a password", "open it, take the password off, and save it")
        return InputRefused(file, "is an Excel workbook of before 2007 (.xls)", _SAVE)
    for magic, what, do in _MAGIC:
        if data.startswith(magic):
            return InputRefused(file, f"is {what}, not a spreadsheet", do)
    if data.startswith(b"PK"):
        return _container(file, data)
    return _markup(file, start)


def _container(file: str, data: bytes) -> InputRefused | None:
    """Look at the names of the parts of a ZIP container."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            kind = packed.open("mimetype").read(80).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        return InputRefused(file, f"is no workbook ({error})", "it may be cut short: send it again, or save it anew")
    return _told(file, names, kind)


def _told(file: str, names: Collection[str], kind: str) -> InputRefused | None:
    for part, what, do in _PARTS:
        if part in names:
            return InputRefused(file, f"is {what}", do)
    opened = kind.partition("opendocument.")[2].removesuffix("-template")
    if opened and opened != "spreadsheet":
        return InputRefused(file, f"is {_OPEN_DOCUMENT.get(opened, kind)}", "copy its table into a spreadsheet")
    if opened or any(name.startswith("xl/") for name in names):
        return None
    listed = ", ".join(sorted(names)[:3]) or "nothing"
    return InputRefused(file, f"is a ZIP container that holds {listed[:120]}", "unpack it and send the spreadsheet")


def _markup(file: str, start: bytes) -> InputRefused | None:
    """Tell web pages, XML and JSON, which programs save under the names of spreadsheets."""
    head = start.removeprefix(b"\xef\xbb\xbf")[:400].lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table")) or b"<html" in head:
        return InputRefused(file, "is a web page with the name of a spreadsheet", _SAVE)
    if b"office:spreadsheet" in start[:_BEGINNING] and b"mso-application" in start[:_BEGINNING]:
        return InputRefused(file, "is an XML spreadsheet of 2003", _SAVE)
    if head.startswith(b"<?xml"):
        return InputRefused(file, "is an XML file", _SAVE)
    if head.startswith((b"{", b"[{", b"[[")):
        return InputRefused(file, "is a JSON file", "save its rows as .csv")
    return None


def is_text(data: bytes) -> bool:
    """Return whether bytes look like text: by a mark, or without control characters at their beginning."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or not _CONTROLS.search(data[:_BEGINNING])
