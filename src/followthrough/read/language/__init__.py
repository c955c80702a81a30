"""The language of a text: stated by its file, or told from its script and its commonest words.

``with_language(document, stated)`` names it, and what else a bilingual text is in. The rules of the register read
English: ``is_english`` tells whether they apply. The words are data (``languages.csv``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from followthrough.io.csv import package_rows
from followthrough.model.document import Document, Notice
from followthrough.read.language.scripts import beyond_latin, language_of_script

ENGLISH = "en"
UNKNOWN = "und"
"""The tag of ISO 639 for a language that could not be told."""
MOST_LINES = 120
"""Lines of a text that are looked at, spread over all of it; each by its first ``LINE`` characters."""
LINE = 240
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 2.0
"""The least weight of common words that tells a language; one alone may be a name."""
_DENSE = 0.06
"""The least share of the words of running text that are among the commonest of its language."""
_RUNNING = 80
"""Words from which on a text is running text: without one known common word its language is unknown."""
_OTHER_SHARE = 0.1
_ENGLISH_SHARE = 0.35
"""Share of a bilingual text from which on its English is what is read."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code of ISO 639-1, its codes of ISO 639-2, its English name and its commonest words."""

    code: str
    codes: tuple[str, ...]
    name: str
    words: frozenset[str]


@cache
def languages() -> dict[str, Language]:
    """Return the languages that are told apart, by their code."""
    found = {}
    for row in package_rows(__package__, "languages.csv"):
        words = frozenset(row["words"].split())
        found[row["code"]] = Language(row["code"], tuple(row["codes"].split("|")), row["name"], words)
    return found


def tag_of(stated: str) -> str | None:
    """Return what a file states as its language as a tag of BCP 47 with the shortest code, or ``None`` for none."""
    code, _, rest = stated.strip().replace("_", "-").partition("-")
    code = code.lower()
    if not re.fullmatch(r"[a-z]{2,3}", code) or code in {UNKNOWN, "mul", "zxx"}:
        return None
    short = next((one.code for one in languages().values() if code in one.codes), code)
    return f"{short}-{rest}" if re.fullmatch(r"[A-Za-z0-9]{2,8}(?:-[A-Za-z0-9]{1,8})*", rest) else short


def name_of_language(tag: str) -> str:
    """Return the English name of the language of a tag, or the tag where it is not known."""
    known = languages().get(_code(tag))
    return known.name if known else tag


def told(text: str) -> str | None:
    """Return the code of the language that the letters and words of ``text`` tell, or ``None`` where they do not."""
    return _told(text, _WORD.findall(text))


def _told(text: str, words: Sequence[str]) -> str | None:
    if beyond_latin(text) > 0.5:
        return language_of_script(text)
    scores: dict[str, float] = defaultdict(float)
    tokens = [word.casefold() for word in words if len(word) > 1]
    for word, times in Counter(tokens).items():
        for code, weight in _weights().get(word, ()):
            scores[code] += weight * times
    best = max(scores, key=lambda code: (scores[code], code == ENGLISH), default=None)
    if best is None or scores[best] < _FEWEST or scores[best] < _DENSE * len(tokens):
        return None
    return ENGLISH if scores[ENGLISH] >= 0.9 * scores[best] else best


@cache
def _weights() -> dict[str, list[tuple[str, float]]]:
    """Return what each common word says for each of its languages: the less, the more of them share it."""
    homes: dict[str, list[str]] = defaultdict(list)
    for one in languages().values():
        for word in one.words:
            homes[word].append(one.code)
    return {word: [(code, max(0.4, 1.2 - 0.2 * len(codes))) for code in codes] for word, codes in homes.items()}


def is_english(document: Document) -> bool:
    """Tell whether the English rules apply: the document is English, or too short to tell."""
    return document.language is None or _code(document.language) == ENGLISH


def english_part(document: Document) -> Document:
    """Return ``document`` without the provisions whose words tell another language than English."""
    kept = [one for one in document.provisions if told(document.slice(one)) in {None, ENGLISH}]
    return replace(document, provisions=tuple(kept))


def with_language(
    document: Document, stated: str = "", *, binding: bool = False
) -> tuple[Document, tuple[Notice, ...]]:
    """Return ``document`` with its language, and what there is to warn of: another language, or a second one.

    ``stated`` is what the file says. It holds where it is ``binding`` (a record's own metadata) or the words do not
    tell another: word processors state the language of whoever set them up.
    """
    shares = _shares(document.text)
    main = _main(shares, document.text)
    tag = tag_of(stated)
    if tag and (binding or main in {None, UNKNOWN} or _code(tag) == main):
        main = tag
    document = replace(document, language=main)
    return document, (*_foreign(document), *_second(main, shares))


def _shares(text: str) -> dict[str, float]:
    """Return the share of the letters of each language that the lines of ``text`` tell, the largest first."""
    lines = [line for line in text.split("\n") if line.strip()]
    step = -(-len(lines) // MOST_LINES) or 1
    letters: Counter[str] = Counter()
    for line in lines[::step]:
        words = _WORD.findall(line[:LINE])
        if language := _told(line[:LINE], words):
            dense = 2.5 if language in {"zh", "ja", "ko"} else 1.0  # a syllable, or a word, a letter
            letters[language] += round(dense * sum(map(len, words)))
    if letters["ja"] > 0.5 * letters["zh"]:
        letters["ja"] += letters.pop("zh", 0)  # a line of Chinese characters alone, as titles in Japanese are
    return {language: count / letters.total() for language, count in letters.most_common()}


def _main(shares: dict[str, float], text: str) -> str | None:
    if shares.get(ENGLISH, 0.0) >= _ENGLISH_SHARE:
        return ENGLISH
    if shares:
        return next(iter(shares))
    sample = text[: MOST_LINES * LINE]
    return told(sample) or (UNKNOWN if len(_WORD.findall(sample)) >= _RUNNING else None)


def _foreign(document: Document) -> tuple[Notice, ...]:
    if is_english(document):
        return ()
    if document.language == UNKNOWN:
        what = "the language of this text could not be told"
    else:
        what = f"this text is in {name_of_language(document.language or '')}"
    return (Notice("language", f"{what}; the rules read English, so no commitment is claimed"),)


def _second(main: str | None, shares: dict[str, float]) -> tuple[Notice, ...]:
    others = [(code, share) for code, share in shares.items() if main and code != _code(main) and share >= _OTHER_SHARE]
    if not main or not others:
        return ()
    named = ", ".join(f"{name_of_language(code)} ({share:.0%} of its letters)" for code, share in others)
    message = f"this text is also in {named}; it is read as {name_of_language(main)} alone"
    return (Notice("languages", message),)


def _code(tag: str) -> str:
    return tag.partition("-")[0]
