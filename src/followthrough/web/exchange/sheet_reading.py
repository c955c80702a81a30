"""The sheets of an uploaded file, read in a process of their own with bounds of memory and time."""

from __future__ import annotations

from followthrough.io import child_process
from followthrough.io.csv import Line
from followthrough.io.xlsx import sheets


def read_sheets(data: bytes, name: str) -> dict[str, list[Line]]:
    """Return the rows of each sheet. Raises ``InputRefused`` for what is no workbook, or meets a bound."""
    return sheets(name, data, child_process.WEB)
