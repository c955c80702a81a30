"""The script of a text: letters outside the Latin alphabet, and the language that they alone give away."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

_RANGES = (
    (0x0041, 0x02AF, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x077F, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "el"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x4DBF, "zh"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
    (0xFB50, 0xFDFF, "ar"),
    (0xFE70, 0xFEFE, "ar"),
)
"""First and last code point of each script (Unicode 16, chapter on blocks), and the commonest language in it."""
_STARTS = [first for first, _, _ in _RANGES]
_TELLING = (
    ("ru", "uk", "іїєґ", 0.02),
    ("ru", "be", "ўі", 0.02),
    ("ru", "kk", "қғұңәһ", 0.02),
    ("ru", "mn", "өү", 0.02),
    ("ru", "bg", "ъ", 0.01),
    ("ar", "ur", "ٹڈڑے", 0.01),
    ("ar", "fa", "پچژگ", 0.01),
)
"""Letters that one language of a script has and its commonest does not, and the share of letters that tells it."""


def beyond_latin(text: str) -> float:
    """Return the share of the letters of ``text`` that are not Latin, from 0 to 1; 0 where it has no letter."""
    if text.isascii():
        return 0.0
    counts = _scripts(Counter(text))
    return 1 - counts["latin"] / counts.total() if counts else 0.0


def language_of_script(text: str) -> str | None:
    """Return the ISO 639-1 code of the language that the commonest other script of ``text`` gives away, or ``None``."""
    letters = Counter(text.casefold())
    counts = _scripts(letters)
    del counts["latin"], counts[""]
    if not counts:
        return None
    language = counts.most_common(1)[0][0]
    if language == "zh" and counts["ja"] > 0.05 * counts["zh"]:
        return "ja"
    for script, told, own, share in _TELLING:
        if script == language and sum(letters[letter] for letter in own) > share * counts[language]:
            if told == "bg" and letters["ы"] + letters["э"]:
                continue  # Russian has them, Bulgarian has not
            return told
    return language


def _scripts(chars: Counter[str]) -> Counter[str]:
    """Return how many letters there are of each script, by the language it is named for; ``""`` for no known one."""
    found: Counter[str] = Counter()
    for char, times in chars.items():
        if char.isalpha() or "\u0e00" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff":  # vowel signs are no letters
            first, last, script = _RANGES[max(0, bisect_right(_STARTS, ord(char)) - 1)]
            found[script if first <= ord(char) <= last else ""] += times
    return found
