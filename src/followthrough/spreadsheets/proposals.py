"""What a column of a sheet is proposed to hold."""

from __future__ import annotations

from dataclasses import dataclass

from followthrough.spreadsheets.cell_values import DATES

LEFT_OUT = ""
"""The field of a column that is not taken."""
PARTY_COLUMN, YEAR_COLUMN, CODER_COLUMN = "party_column", "year_column", "coder_column"
COMMITMENT_COLUMN = "commitment_column"
ACROSS = (PARTY_COLUMN, YEAR_COLUMN, CODER_COLUMN, COMMITMENT_COLUMN)
"""The fields of columns that stand for one party, year, coder or commitment each."""
MANY = ("note", *ACROSS, LEFT_OUT)
"""The fields that several columns may have."""
READ = (*DATES, "number", "party", "status", "url", "budget", "currency")
"""The fields whose cells may not fit."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column holds: ``field`` (empty: it is left out), why, and how sure that is from 0 to 1.

    ``value`` is the party, year, coder or number of a commitment of a column that stands for one.
    """

    column: int
    heading: str
    field: str
    reason: str
    confidence: float
    value: str = ""
