"""Conversion between the cells of a pack and values; parsing and formatting are inverse."""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias
from urllib.parse import urlsplit

from followthrough.model.dates import NotInCalendar, PartialDate, parse_written_date
from followthrough.model.missing import is_error_cell
from followthrough.packs.columns import Column
from followthrough.packs.currencies import CURRENCIES

Value: TypeAlias = str | int | bool | Decimal | list[str] | list[list[int]] | None
Row: TypeAlias = dict[str, Value]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/()-]*")
_DECIMAL = re.compile(r"-?\d{1,24}(?:\.\d{1,9})?")
_REWRITTEN_MONTH = re.compile(r"[A-Z][a-z]{2}-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


LABEL = "no. "
NOT_AVAILABLE = "#N/A"
"""Of a formula that finds nothing; tables of figures take it as missing, a pack does not."""


class BadCell(ValueError):
    """A cell that is not valid in its column; the message says why."""


def parse(column: Column, text: str) -> Value:
    """Return the value of a cell. Raises ``BadCell`` if ``text`` is not valid in this column."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        if column.required:
            raise BadCell("is empty; this column needs a value")
        return empty(column)
    if column.kind != "text" and (is_error_cell(text) or text.upper() == NOT_AVAILABLE):
        raise BadCell(f"holds {text}, the error of a formula; write the value, or empty the cell")
    if _CONTROL.search(text):
        raise BadCell("holds a control character; remove it")
    length = len(text.removeprefix(LABEL)) if column.kind == "label" else len(text)
    if length > column.longest and column.kind in ("string", "text", "url", "label", "period"):
        raise BadCell(f"is {length} characters long; at most {column.longest} are kept")
    value = _PARSERS.get(column.kind, _string)(text)
    _check_words(column, value)
    return value


def write(column: Column, value: Value) -> str:
    """Return the text of a cell, from which ``parse`` returns ``value``."""
    if value is None:
        return ""
    if column.kind == "boolean":
        return "true" if value else "false"
    if column.kind == "list":
        return "; ".join(str(item) for item in value) if isinstance(value, list) else ""
    if column.kind == "spans":
        return json.dumps(value) if value else ""
    if isinstance(value, Decimal):
        return plain(value)
    return f"{LABEL}{value}" if column.kind == "label" and value else str(value)


def clean(text: str) -> str:
    """Return typed words as a cell takes them: no control characters, lines that end alike, no outer blanks."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def plain(value: Decimal) -> str:
    """Return a decimal in canonical form, without exponent and trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def empty(column: Column) -> Value:
    """Return the value of an empty cell of ``column``."""
    if column.kind in ("list", "spans"):
        return []
    if column.kind in ("integer", "decimal") or column.points_to:
        return None
    return ""


def _check_words(column: Column, value: Value) -> None:
    if (column.name == "id" or column.points_to) and not _ID.fullmatch(str(value)):
        raise BadCell(f"“{value}” is no id; letters, digits, dots, dashes, slashes and parentheses make one")
    if column.name == "id" and re.fullmatch(r"[\d./-]+", str(value)):
        raise BadCell(f"“{value}” could be taken for a number or a date; put a word before it")
    words = value if isinstance(value, list) else [value]
    for word in words if column.one_of else ():
        if word not in column.one_of:
            raise BadCell(f"“{word}” is not one of {', '.join(column.one_of)}")


def _string(text: str) -> Value:
    return text


def _integer(text: str) -> Value:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise BadCell(f"“{text}” is not a whole number")
    return int(text)


def _decimal(text: str) -> Value:
    if not _DECIMAL.fullmatch(text):
        raise BadCell(f"“{text}” is not a number; write 1234.5, without spaces, commas or units")
    return Decimal(text)


def _currency(text: str) -> Value:
    if text not in CURRENCIES:
        raise BadCell(f"“{text}” is no currency; write its ISO 4217 code, as USD or KRW")
    return text


def _boolean(text: str) -> Value:
    if text.lower() not in ("true", "false"):
        raise BadCell(f"“{text}” is neither true nor false")
    return text.lower() == "true"


def _date(text: str) -> Value:
    try:
        return str(PartialDate.parse(text))
    except NotInCalendar:
        raise BadCell(f"“{text}” is not in the calendar") from None
    except ValueError:
        return _as_spreadsheets_write(text)


def _moment(text: str) -> Value:
    try:
        if not _MOMENT.fullmatch(text):
            raise ValueError
        datetime.fromisoformat(text)
    except ValueError:
        raise BadCell(f"“{text}” is no moment; write 2026-11-25T21:50:00Z, in universal time") from None
    return text


def _as_spreadsheets_write(text: str) -> str:
    """Return a date that a spreadsheet has rewritten when it saved the file: ``Mar-24``, ``14/03/2024``."""
    try:
        return str(parse_written_date(text))
    except ValueError as error:
        if "could be" in str(error):
            raise BadCell(str(error)) from None
        raise BadCell(f"“{text}” is not a date; write 2019-11-26, 2019-11 or 2019") from None


def _period(text: str) -> Value:
    """Keep a period as it is published; a month that a spreadsheet wrote anew, ``Sep-18``, is a month again."""
    if not _REWRITTEN_MONTH.fullmatch(text):
        return text
    try:
        return str(parse_written_date(text))
    except ValueError:
        return text


def _list(text: str) -> Value:
    return [item.strip() for item in text.split(";") if item.strip()]


def _spans(text: str) -> Value:
    try:
        spans = json.loads(text)
        pairs = [(int(start), int(end)) for start, end in spans]
    except (ValueError, TypeError, RecursionError):
        raise BadCell(f"“{text[:40]}” is no list of spans; write [[0, 120]]") from None
    flat = [offset for pair in pairs for offset in pair]
    if not flat or flat[0] < 0 or any(left >= right for left, right in pairwise(flat)):
        raise BadCell(f"{text[:40]} is not in ascending order; write [[0, 120], [130, 160]]")
    return [list(pair) for pair in pairs]


def _sha256(text: str) -> Value:
    if not _SHA256.fullmatch(text):
        raise BadCell("is not a SHA-256 in lower-case hexadecimal")
    return text


def _label(text: str) -> Value:
    if not text.startswith(LABEL):
        raise BadCell(f"“{text}” could be taken for a number or a date; write “{LABEL}{text}”")
    return text.removeprefix(LABEL)


def _url(text: str) -> Value:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", text):
        raise BadCell(f"“{text[:60]}” is no web address")
    return text


_PARSERS = {
    "decimal": _decimal,
    "currency": _currency,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "moment": _moment,
    "list": _list,
    "spans": _spans,
    "sha256": _sha256,
    "url": _url,
    "label": _label,
    "period": _period,
}
