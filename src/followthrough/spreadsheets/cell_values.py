"""One cell read as a field: its value, a question with choices, or a refusal; used to propose and to import."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from followthrough.io.xlsx import NO_RESULT
from followthrough.model.dates import PartialDate
from followthrough.model.missing import is_missing, is_undecided
from followthrough.packs.currencies import CURRENCIES
from followthrough.spreadsheets.commitments import CommitmentFinder, number_in
from followthrough.spreadsheets.dates import understand_date
from followthrough.spreadsheets.figures import decimal_of, figure
from followthrough.spreadsheets.folding import folded
from followthrough.spreadsheets.grid import Cell
from followthrough.spreadsheets.known import NOTHING, KnownRegister
from followthrough.spreadsheets.legends import BY_FILL
from followthrough.spreadsheets.parties import match_party
from followthrough.spreadsheets.words import state_of

DATES = ("starts", "ends", "date")
FIGURE = "figure"
"""What the cells of figures are read as: those below years, and those of a column of values."""
_TIMES = {
    **dict.fromkeys(("k", "thousand"), 1_000),
    **dict.fromkeys(("m", "mn", "million"), 1_000_000),
    **dict.fromkeys(("bn", "billion"), 1_000_000_000),
}
_SIGNS = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "฿": "THB", "₫": "VND", "₱": "PHP"}
_AMOUNT = re.compile(
    r"(?P<before>[^\d\s.,-]{1,4}\s?)?(?P<number>-?\d[\d.,\s']*)"
    r"(?:\s?(?P<times>k|thousand|mn?|million|bn|billion))?\s?(?P<after>[^\d\s.,-]{1,4})?"
)
_THOUSANDS = re.compile(r"['’‘`]\s?000|\b000s?\b|thousand", re.IGNORECASE)
_MILLIONS = re.compile(r"million|\bmn\b|\bmln\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell says: ``value`` as the text of a pack, or why it says nothing.

    ``until`` is the end where it names a period. ``choices`` pairs each possible answer with its words.
    """

    value: str = ""
    until: str = ""
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells of one sheet. ``values`` translates the words of a field, folded, into its value."""

    known: KnownRegister = NOTHING
    finder: CommitmentFinder = field(default_factory=lambda: CommitmentFinder(NOTHING))
    era: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def read(self, name: str, cell: Cell, order: str = "", times: int = 1) -> CellValue:
        """Return what ``cell`` says as the field ``name``; ``order`` and ``times`` are those of its column."""
        if cell.kind == "error":
            if cell.text == NO_RESULT:
                return CellValue(refusal=f"holds {NO_RESULT}: open the file in a spreadsheet program and save it")
            return CellValue(refusal=f"holds {cell.text}, an error of the spreadsheet")
        if not cell.text.strip():
            return CellValue(self.values.get(name, {}).get(f"{BY_FILL}{cell.fill}", "") if cell.fill else "")
        told = {folded(word) or word: value for word, value in self.values.get(name, {}).items()}
        translated = told.get(folded(cell.text) or cell.text.strip())
        if translated is not None:
            return CellValue(translated)
        special: dict[str, Callable[[Cell], CellValue]] = {
            **dict.fromkeys(DATES, lambda cell: self._date(cell, order)),
            "number": self._number,
            "party": self._party,
            "status": _status,
            "url": _url,
            "currency": _currency,
            "budget": lambda cell: amount(cell.text, times),
            "year": self._year,
            FIGURE: _figure,
        }
        return special[name](cell) if name in special else CellValue(cell.text.strip())

    def _date(self, cell: Cell, order: str) -> CellValue:
        found = understand_date(cell.text, order, self.era)
        if found.value is None:
            return CellValue(question=found.question, choices=found.choices, refusal=found.refusal)
        return CellValue(str(found.value), _last(found.until), note=found.note)

    def _year(self, cell: Cell) -> CellValue:
        """Keep a year or period as it is printed; one of the Buddhist era is asked about."""
        found = understand_date(cell.text, "", self.era)
        if found.question and found.value is None:
            return CellValue(question=found.question, choices=found.choices)
        shifted = found.value is not None and bool(found.note) and str(found.value.year) not in cell.text
        return CellValue(str(found.value) if shifted else cell.text.strip().removeprefix("YR"))

    def _number(self, cell: Cell) -> CellValue:
        """Read the number of a paragraph; a date there was one before the spreadsheet changed it."""
        if cell.kind == "date":
            day = PartialDate.parse(cell.text)
            pairs = (
                (f"{day.day}.{day.month}", f"{day.month}.{day.day}") if day.day else (f"{day.month}.{day.year % 100}",)
            )
            likely = [pair for pair in dict.fromkeys(pairs) if self.finder.has_number(pair)] or list(
                dict.fromkeys(pairs)
            )
            choices = tuple((one, one) for one in likely)
            return CellValue(
                question=f"“{cell.text}” is a date: was it paragraph {' or '.join(likely)}?", choices=choices
            )
        return CellValue(number_in(cell.text) or cell.text.strip())

    def _party(self, cell: Cell) -> CellValue:
        if is_undecided(cell.text):
            return CellValue()
        found = match_party(cell.text, self.known.parties)
        if not found.ids:
            return CellValue(question=found.question, choices=tuple((key, key) for key in found.choices))
        held = {party.id for party in self.known.parties}
        strangers = [key for key in found.ids if held and key not in held]
        if strangers:
            return CellValue(
                refusal=f"“{cell.text}” is {', '.join(strangers)}, which the register does not have as a party"
            )
        return CellValue("; ".join(found.ids))


def _last(until: PartialDate | None) -> str:
    return str(until) if until else ""


def _figure(cell: Cell) -> CellValue:
    if is_missing(cell.text):
        return CellValue()
    found = figure(cell.text)
    return CellValue(found[0], note=found[1]) if found else CellValue(refusal=f"“{cell.text[:40]}” is no figure")


def _status(cell: Cell) -> CellValue:
    if is_undecided(cell.text) and cell.text.strip().lower() != "x":
        return CellValue("unknown")
    state = state_of(cell.text)
    if not state and re.fullmatch(r"\d{1,3} ?%|0?\.\d+|1|0", cell.text.strip()):
        share = Decimal(cell.text.strip().rstrip(" %")) / (100 if "%" in cell.text else 1)
        state = "completed" if share == 1 else "proposed" if share == 0 else "running"
    if state:
        return CellValue(state)
    words = tuple((one, one) for one in ("proposed", "approved", "running", "completed", "cancelled", "unknown"))
    return CellValue(question=f"“{cell.text}”: how far is it?", choices=words)


def _url(cell: Cell) -> CellValue:
    text = cell.text.strip()
    found = re.search(r"https?://\S+", text)
    if found:
        return CellValue(found[0].rstrip(".,;)"))
    if re.fullmatch(r"www\.[^\s/.]++\.\S++", text):
        return CellValue(f"https://{text}")
    return CellValue(refusal=f"“{text[:60]}” is no web address")


def _currency(cell: Cell) -> CellValue:
    text = cell.text.strip()
    code = _SIGNS.get(text.lower(), text.upper())
    return CellValue(code) if code in CURRENCIES else CellValue(refusal=f"“{text}” is no currency; write USD or KRW")


def currency_in(text: str) -> str:
    """Return the currency that a heading or a cell names by its ISO 4217 code or a sign, or nothing."""
    codes: list[str] = re.findall(r"(?<![A-Z])[A-Z]{3}(?![A-Z])", text)
    for code in codes:
        if code in CURRENCIES:
            return code
    return next((code for sign, code in _SIGNS.items() if sign in text.lower() and not sign.isalpha()), "")


def times_in(heading: str) -> int:
    """Return what the amounts below a heading are multiplied by: 1,000 below ``Budget (USD '000)``."""
    return 1_000_000 if _MILLIONS.search(heading) else 1_000 if _THOUSANDS.search(heading) else 1


def amount(text: str, times: int = 1) -> CellValue:
    """Return an amount of money, its currency in ``note`` where the cell names one; a mark for unknown is nothing."""
    plain = " ".join(text.split()).strip()
    if is_undecided(plain):
        return CellValue()
    found = _AMOUNT.fullmatch(plain.lower())
    number = decimal_of(found["number"].strip()) if found else None
    if found is None or number is None:
        return CellValue(refusal=f"“{plain[:60]}” is no amount of money")
    factor = _TIMES.get(found["times"] or "", times)
    result = format((number * factor).normalize(), "f")
    return CellValue(result, note=currency_in(plain) or _SIGNS.get((found["before"] or "").strip(), ""))
