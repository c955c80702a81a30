"""The dimension filter of a series mapping, shared by the checks of packs and the queries to providers."""

from __future__ import annotations


def parse_filter(text: str) -> dict[str, str]:
    """Return “sex=BOTHSEX; location=ALLAREA” as a mapping. Raises ``ValueError`` for another form."""
    found = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise ValueError(f"“{part}” is not of the form dimension=value")
        found[name.strip()] = value.strip()
    return found
