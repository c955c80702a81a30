"""What keeps an exported table harmless: no cell of it is run as a formula, on the command line or on the web."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How XlsxWriter opens a workbook in which every text stays text."""


def neutral(value: str | int) -> str | int:
    """Return ``value`` with an apostrophe before anything that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
