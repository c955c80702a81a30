"""What the cells of a column say against its heading: running numbers, units, sentences, periods, marks of coders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from followthrough.assess.scales import is_word
from followthrough.model.missing import is_missing
from followthrough.spreadsheets.commitments import number_in
from followthrough.spreadsheets.dates import understand_date
from followthrough.spreadsheets.figures import figure
from followthrough.spreadsheets.folding import folded, words_of
from followthrough.spreadsheets.grid import Cell
from followthrough.spreadsheets.known import KnownRegister
from followthrough.spreadsheets.proposals import LEFT_OUT, Proposal
from followthrough.spreadsheets.words import state_of

_PLAIN_NUMBER = frozenset(
    map(folded, ("no", "no.", "number", "n", "nr", "num", "item", "ref", "№", "ลำดับ", "stt", "#"))
)
"""Headings of numbers that need not be those of paragraphs."""
SENTENCE = 4
"""Words from which on a cell of a status is rather a report."""
FEW = 7
"""Different values that a column of marks may have."""


def by_cells(
    proposals: Sequence[Proposal], columns: Mapping[int, list[Cell]], known: KnownRegister
) -> list[Proposal]:  # fmt: skip
    """Return the proposals with those corrected whose cells say something else than their headings."""
    named = {one.field for one in proposals}
    if "coder" in named and not named & {"score", "value"}:
        marks = next((one for one in proposals if _are_marks(one, columns[one.column])), None)
    else:
        marks = None
    numbers = {number_in(one.num) for one in known.provisions} | {
        number_in(one.id.rpartition("/")[2]) for one in known.commitments
    }
    return [
        _as(one, "score", "few different marks beside a coder")
        if one is marks
        else _by_cells(one, [cell for cell in columns[one.column] if cell.text], named, numbers)
        for one in proposals
    ]


def _by_cells(one: Proposal, cells: list[Cell], named: set[str], numbers: set[str]) -> Proposal:
    if not cells:
        return one
    if one.field == "number":
        return _number(one, cells, numbers)
    if one.field == "status" and "statement" not in named and _are_sentences(cells):
        return _as(one, "statement", "its cells are sentences and no stages")
    if one.field == "ends" and "starts" not in named and _are_periods(cells):
        return _as(one, "starts", "its cells are periods")
    return one


def _as(one: Proposal, name: str, reason: str) -> Proposal:
    return replace(one, field=name, reason=reason, confidence=0.7)


def _number(one: Proposal, cells: list[Cell], numbers: set[str]) -> Proposal:
    """Tell numbers of rows and units of figures from those of paragraphs."""
    texts = [cell.text.strip() for cell in cells]
    heading = folded(one.heading.rpartition(" / ")[2])
    if texts == [str(at) for at in range(1, len(texts) + 1)] and (len(texts) > 1 or heading in _PLAIN_NUMBER):
        return _as(one, "row_id", "its cells are running numbers")
    if not any(any(letter.isdigit() for letter in text) for text in texts) and "unit" in words_of(one.heading):
        return _as(one, "unit", "its cells are units")
    if numbers and heading in _PLAIN_NUMBER and not any(number_in(text) in numbers for text in texts):
        return _as(one, "row_id", "none of its cells is a paragraph")
    return one


def _are_sentences(cells: list[Cell]) -> bool:
    long = sum(len(words_of(cell.text)) >= SENTENCE and not state_of(cell.text) for cell in cells)
    return long >= 0.6 * len(cells)


def _are_periods(cells: list[Cell]) -> bool:
    return sum(understand_date(cell.text).until is not None for cell in cells) >= 0.5 * len(cells)


def _are_marks(one: Proposal, cells: list[Cell]) -> bool:
    texts = {cell.text for cell in cells if cell.text}
    numeric = all(cell.kind in ("number", "empty") for cell in cells)
    return one.field in ("row_id", LEFT_OUT) and 1 <= len(texts) <= FEW and numeric


def are_scores(cells: Sequence[Cell], known: KnownRegister) -> bool:
    """Return whether the cells below parties are scores: numbers, or words of one of the scales."""
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return False
    numbers = sum(figure(cell.text) is not None or is_missing(cell.text) for cell in filled)
    if numbers >= 0.9 * len(filled):
        return True
    texts = {cell.text for cell in filled}
    return len(texts) <= FEW and any(
        all(is_word(scale, text) for text in texts) for scale in known.all_scales().values()
    )
