"""The draft of a commitment's summary: its own words, the verb first, cut at a clause. A person edits or accepts it.

The lists of words stand in ``summaries.toml``. Nothing is lower-cased but the verb, so names stay as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from followthrough.register.verbs import lexicon
from followthrough.register.word_lists import alternation

LONG = 100
"""Characters from which on a summary is cut."""
SHORT = 25
"""Characters that are left at least."""

_WORD = re.compile(r"\b\w+")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]%”])(?:\.(?=\s+[A-Z“])|\s*[;:](?=\s)|\s*—)")
_EDGES = " \t\n,;:.-–—"
_OPENING, _CLOSING = "([“‘", ")]”’"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _words(name: str) -> str:
    return alternation("summaries", name)


_CLAUSES = _compiled(rf",\s++{_words('clauses')}\b|(?<!\s)\s++{_words('openers')}\b")
_PHRASES = _compiled(rf"(?<!\s)\s++{_words('phrases')}\b")
_DANGLING = _compiled(rf"(?:^|\s){_words('dangling')}$")
_MODALS = _compiled(rf"(?:[^\s,]+\s+){{0,6}}?{_words('modals')}\s+")
_UNDERTAKINGS = _compiled(rf"{_words('undertakings')}\s+to\s+(?!\w+ing\b)")
_ADVERBS = _compiled(rf"^(?:{_words('adverbs')}\s+)+")
_ASIDES = _compiled(rf"^(\w+),? {_words('asides')},? ")


def draft_summary(words: str, spans: Iterable[tuple[int, int]], verb: str = "") -> str:
    """Return a short summary made of the ``spans`` of ``words``, which begins with its verb in the base form.

    ``verb`` is the operative verb as it was found; where the text begins with a subject, the summary begins behind it.
    """
    text = " ".join(" ".join(words[start:end] for start, end in spans).split()).strip(_EDGES)
    text = _begun(_without_subject(text, verb), verb)
    whole = _SENTENCE_END.split(text, maxsplit=1)[0].strip(_EDGES)
    said = shortened(whole)
    return said[:1].upper() + said[1:]


def opening_words(words: str, longest: int = 60) -> str:
    """Return how ``words`` begin, up to the end of a clause: what a paragraph without a heading is called."""
    return shortened(_SENTENCE_END.split(words, maxsplit=1)[0].strip(_EDGES), longest)


def shortened(text: str, longest: int = LONG) -> str:
    """Return ``text``, or what of it stands before the last clause or phrase that begins within ``longest`` letters."""
    if len(text) <= longest:
        return text
    for openers, least in ((_CLAUSES, longest // 2), (_PHRASES, SHORT)):
        places = [at for match in openers.finditer(text) if least <= (at := match.start()) <= longest]
        for at in reversed(places):
            kept = _closed(text[:at])
            if len(kept) >= SHORT:
                return kept
    return _closed(text[: longest + 1].rpartition(" ")[0] or text[:longest])


def _closed(text: str) -> str:
    """Drop what hangs at the end: a bracket or quotation that is not closed, commas, words that lead on."""
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if text.count(opening) > text.count(closing):
            text = text[: text.rfind(opening)]
    text = text.rstrip(_EDGES)
    dangling = _DANGLING
    while match := dangling.search(text):
        text = text[: match.start()].rstrip(_EDGES)
    return text


def _first_word(text: str, begun: str) -> re.Match[str] | None:
    """Return the first word of ``text`` that begins like ``begun``, in any case."""
    return next((word for word in _WORD.finditer(text) if word.group().lower().startswith(begun.lower())), None)


def _without_subject(text: str, verb: str) -> str:
    """Drop the words before the verb: ``Each Party shall submit`` gives ``submit``, ``also urges`` gives ``urges``."""
    if match := _MODALS.match(text):
        text = text[match.end() :]
    elif verb and (found := _first_word(text[:SHORT], verb.split(maxsplit=1)[0][:4])):
        text = text[found.start() :]
    if match := _UNDERTAKINGS.match(text):
        text = text[match.end() :]
    return _ADVERBS.sub("", text, count=1)


def _begun(text: str, verb: str) -> str:
    """Begin ``text`` with its verb in the base form, and drop an aside right behind it."""
    text = _ASIDES.sub(r"\1 ", text, count=1)
    first, _, rest = text.partition(" ")
    known = lexicon().get(first.lower(), ())
    if known and known[0][0] != "base":
        first = _as_spelt(known[0][1].lemma, first)
    shared = not known and bool(verb) and not text.lower().startswith(verb[:4].lower())
    return f"{f'{verb} ' if shared else ''}{first} {rest}".strip()


def _as_spelt(lemma: str, printed: str) -> str:
    """Return the base form in the spelling of what is printed: ``recognise`` of ``recognised``."""
    british = re.sub(r"(?<=[iy])z(?=e$)", "s", lemma)
    return british if printed.lower().startswith(british[:-1]) and british != lemma else lemma
