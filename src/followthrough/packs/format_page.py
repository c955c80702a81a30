"""The page on the format of packs, for whoever has a pack and not this program's documentation."""

from __future__ import annotations

from pathlib import Path

_PAGE = "pack-format.md"


def format_page() -> str:
    """Return docs/reference/pack-format.md: a built package holds a copy of it, a checkout the page itself."""
    here = Path(__file__).resolve()
    packaged = here.parent / _PAGE
    return (packaged if packaged.is_file() else here.parents[3] / "docs" / "reference" / _PAGE).read_text("utf-8")
