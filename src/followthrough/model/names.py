"""Names as people type them: one name in composed or decomposed letters, and with any white space."""

from __future__ import annotations

import unicodedata


def folded_name(text: str) -> str:
    """Return a name in composed letters (NFC), each run of white space as one space; its case is kept."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(composed.split())
