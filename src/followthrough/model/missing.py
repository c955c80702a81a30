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
UNDECIDED = frozenset(
    {"tbc", "tbd", "tba", "to be confirmed", "to be determined", "?", "unknown", "not known", "none", "nil", "x"}
)
"""What people write beside these marks where something is not known yet."""
ERROR_CELLS = frozenset(
    {"#ref!", "#div/0!", "#name?", "#value!", "#num!", "#null!", "#getting_data", "#spill!", "#calc!"}
)


def is_missing(text: str) -> bool:
    """Return whether a cell denotes a missing value; a missing value is never zero."""
    text = " ".join(text.split())
    return text in EXACT_MARKS or text.casefold() in MARKS


def is_undecided(text: str) -> bool:
    """Return whether a cell that a person filled says that nothing is known, by a mark for missing or in words."""
    return is_missing(text) or " ".join(text.split()).casefold() in UNDECIDED


def is_error_cell(text: str) -> bool:
    """Return whether a cell holds the error of a formula, such as #REF!; #N/A is a missing value instead."""
    return text.strip().casefold() in ERROR_CELLS
