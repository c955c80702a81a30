"""The one list of marks that stand for a missing value, and the error words of spreadsheets, which stand for none."""

from __future__ import annotations

MARKS = frozenset(
    {
        "", "n/a", "na", "n.a.", "n.a", "n.d.", "n.d", "nan", "null", "#n/a", "not available", "not applicable",
        "not rated", "no data", "-", "−", "‐", "–", "—", ".", "..", "...", "…", ":",
    }
)  # fmt: skip
"""Marks in any case: of statistics offices, banks, spreadsheets, and of programs that write tables."""
EXACT_MARKS = frozenset({"None", "x"})
"""Marks in this case alone: ``none`` is a word of some scales, and ``X`` a label."""
ERROR_CELLS = frozenset(
    {"#ref!", "#div/0!", "#name?", "#value!", "#num!", "#null!", "#getting_data", "#spill!", "#calc!"}
)


def is_missing(text: str) -> bool:
    """Return whether a cell denotes a missing value; a missing value is never zero."""
    text = " ".join(text.split())
    return text in EXACT_MARKS or text.casefold() in MARKS


def is_error_cell(text: str) -> bool:
    """Return whether a cell holds the error of a formula, such as #REF!; #N/A is a missing value instead."""
    return text.strip().casefold() in ERROR_CELLS
