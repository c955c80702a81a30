"""Headings: which blocks head a section, and which sections hold which."""

from __future__ import annotations

import re

from followthrough.read.structure.blocks import Block

SECTION_SCHEMES = frozenset({"ROMAN", "LETTER", "word"})
"""Schemes of numbers that only sections have."""
FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "between", "beyond", "by", "for", "from", "in", "into", "of", "on", "or", "over"}
    | {"our", "the", "their", "to", "towards", "under", "with", "within", "via"}
)
"""Words that a title does not capitalise."""
_CELLS = " | "
"""What every format puts between the cells of a row."""
_ANNEX = re.compile(r"(?:annex|appendix)(?:\s+(?:[IVX]{1,5}|\d{1,2}|[A-Z]))?(?:\s*[.:–—-]\s*[A-Z].{0,120})?$", re.I)
_SPEAKS = re.compile(r"(?:we|they|the (?:leaders|ministers|parties)|hereby|to (?:this|that) end)\b", re.I)
_ORDER = ("annex", "word", "ROMAN", "LETTER", "arabic", "dotted1", "dotted2")
_RANKS = {scheme: at for at, scheme in enumerate(_ORDER)}


def is_section(block: Block, words: str, after: Block | None) -> bool:
    """Tell whether a block heads a section, given its ``words`` and the block ``after`` it."""
    if block.marker is None and is_annex(words):
        return True
    if after is None or not words or not is_heading(words, block.hint == "heading"):
        return False
    if block.marker is None:
        return block.hint == "heading" or (block.hint != "bullet" and looks_titled(words))
    if block.marker.scheme in SECTION_SCHEMES or block.hint == "heading":
        return True
    if block.marker.scheme in {"arabic", "dotted"}:
        return _governs(block, after)
    return False


def _governs(block: Block, after: Block) -> bool:
    """Tell whether what follows a numbered heading stands below it and not beside it."""
    if block.marker is None or after.marker is None:
        return True
    if after.marker.scheme != block.marker.scheme:
        return True
    if block.marker.scheme == "dotted":
        return after.marker.label.startswith(block.marker.label + ".")
    return after.marker.value <= block.marker.value and after.marker.value == 1


def is_above(upper: str, lower: str) -> bool:
    """Tell whether sections of scheme ``upper`` hold those of scheme ``lower``."""
    if upper.startswith("heading") and lower.startswith("heading"):
        return upper < lower
    return _RANKS.get(upper, 0) < _RANKS.get(lower, len(_RANKS))


def is_annex(words: str) -> bool:
    """Tell whether a line begins an annex or an appendix."""
    return bool(_ANNEX.match(words))


def is_heading(words: str, hinted: bool) -> bool:
    """Tell whether a block may be a heading: short, capital first, no stop or comma at its end."""
    if not words[0].isupper() and not words[0].isdigit() and not hinted:
        return False
    if words[-1] == ":" and _SPEAKS.match(words):
        return False
    if _CELLS in words and not hinted:  # a row of a table
        return False
    if words[-1] in ".;,!" or (words[-1] == ":" and not hinted):
        return False
    return len(words.split()) <= (40 if hinted else 22)


def looks_titled(words: str) -> bool:
    """Tell whether most of the words of a line that may be a heading are capitalised, or it is very short."""
    content = [word for word in re.findall(r"[A-Za-z][\w’'-]*", words) if word.lower() not in FUNCTION_WORDS]
    if not content or words.count("\n") > 1:
        return False
    capitals = sum(1 for word in content if word[0].isupper())
    return len(content) <= 1 or capitals >= 0.6 * len(content) or (len(content) <= 8 and "\n" not in words)
