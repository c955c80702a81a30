"""The named instruments of an undertaking: agreements, plans, funds, networks, resolutions (S10)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence

from followthrough.register import gazetteer
from followthrough.register.names_by_context import is_spoken_of, unheaded_names
from followthrough.register.spans import Span
from followthrough.register.word_lists import alternation, entries, word_set

_BLANK = r"[ \n]"


def _any(name: str, space: str = " ") -> str:
    return alternation("instruments", name, space=space)


_CAP = (
    r"(?:U\.[SKN]\.(?:-[A-Z][\w-]*)?|[A-Z][\w’'/&]*-U\.S\.(?![\w-])|(?:el-|al-)?[A-Z][\w’'/&-]*|[IVX]+\b"
    rf"|\d{{1,4}}(?:[-–]\d{{2,4}})?\b|{_any('groups_of_numbers')}\+\d)"
)
_LINK = _any("links")
_NAME = re.compile(
    rf"(?<![\w-])(?:(?:1[89]|20)\d\d\s+)?(?:[A-Z][\w+-]*-)?(?:U\.[SKN]\.(?:-[A-Z][\w-]*)?"
    rf"|[A-Z][\w’'/&-]*)(?:(?:[ \n]|(?<=\d):\s|\s\([A-Z][\w+-]*\)[ \n]?)(?:{_LINK}[ \n]){{0,4}}{_CAP}){{0,30}}"
    rf"(?:\s\([A-Z][\w&+-]{{1,14}}\)(?:\s(?:19|20)\d\d(?:[-–]\d{{2,4}})?)?|\s\((?:19|20)\d\d[-–](?:20)?\d\d\))?"
)
_HEADS = _any("heads")
_ORGANISATIONS = "|".join(
    ".*".join(map(re.escape, name.split("*"))) for name in entries("instruments", "organisations")
)
_ORGANISATION = re.compile(rf"^(?:{_ORGANISATIONS}|.*\bSecretariat)$")
_FIRST_OF_HEADS = tuple({entry.split()[0] for entry in entries("instruments", "heads")})
_BEFORE_ACRONYM = 160
"""Characters before an acronym in brackets within which the name that it stands for is looked for."""
_HEAD = re.compile(rf"\b{_HEADS}s?\b")
_TITLED_YEAR = re.compile(rf"\b(?!{_any('years_before')}\b)[A-Z][\w-]{{1,40}}+ (?:19|20)\d\d: [A-Z]")
_VISION = re.compile(rf"\b{_any('year_titles')} (?:19|20)\d\d\b|\b(?:19|20)\d\d {_any('year_titles')}\b")
_RELATION = re.compile(rf"^(?:[\w.’'&+-]++[ \n])*{_any('relations')}[ \n]Partnerships?$")
_PAIRED = re.compile(r"\bComprehensive[ \n]Strategic[ \n]")
_TECHNOLOGY = re.compile(rf"\b{_any('technologies')}[ \n]Networks?$")
_SYMBOL = (
    r"(?:(?:ES|[A-Z])-?)?\d{1,4}(?:/\d{1,4}(?:[ \n][A-Z](?![\w’']))?)?"
    r"(?:[ \n]\((?:(?:19|20)\d\d|[IVXLC]{1,8}(?:-[IVX]{1,4})?)\))?"
)
_RESOLUTIONS = re.compile(
    rf"(?:(?:United Nations |UN |U\.N\. )?{_any('resolving_bodies')}[ \n]|(?<![\w-])[A-Z]{{2,8}}[ \n])?"
    rf"[Rr]esolutions?[ \n]{_SYMBOL}"
)
_NEXT_SYMBOL = re.compile(
    rf"(?:[ \n]of[ \n]\d{{1,2}}[ \n][A-Z][a-z]+[ \n]\d{{4}})?(?:,(?:[ \n]and)?|[ \n]and)[ \n](?P<symbol>{_SYMBOL})"
    r"(?=[ \n,.;)]|$)"
)
_DOCUMENT_SYMBOL = re.compile(r"(?<![\w/])[A-Z]{1,2}/(?:RES|CONF|HRC|C|AC|PV|INF|SR|L|DEC)[./][\w./-]{0,60}\d")
_CLASSES = re.compile(
    r"\b(?:Nationally Determined Contributions?(?: \(NDCs?\))?|NDCs?|National Adaptation Plans?(?: \(NAPs?\))?)\b"
)
_GENERIC = re.compile(rf"^(?:{_any('generic_qualifiers')}[ \n]*)*{_any('generic_names', _BLANK)}s?$")
_SPLIT = re.compile(
    r"[ \n](?:and|to|with|in|for|of|as|on|from)[ \n](?:its|the)[ \n]|[ \n](?:under|through|by|with|its"
    r"|at)(?:[ \n](?:its|the))?[ \n]"
)
_OWNER = re.compile(rf"{_any('officers', _BLANK)}[ \n](?:[A-Z][\w.&-]*[ \n]){{0,4}}[A-Z][\w.&-]*[’'](?:s[ \n]|[ \n])")
_HEADING = re.compile(r"[^:\n]{3,60}(?<!\d):[ \n](?:The[ \n])?")
_ARTICLE = re.compile(rf"(?:{_any('opening_prepositions')}[ \n](?:(?:the|our|its)[ \n])?|(?:The|Our|A)[ \n])")
_POSSESSOR = re.compile(
    rf"(?:[A-Z][\w.&-]{{0,60}}[ \n](?:and[ \n])?){{0,7}}(?!{_any('names_in_possession')}\b)"
    r"(?:[A-Z][\w.&-]{0,60}[’']s(?:[ \n]\([A-Z][\w&-]*(?:[’']s)?\))?|States[’'])[ \n]"
)
"""Whose it is: "Otterland’s Masterplan" names the Masterplan, and "Children’s Fund" is one name."""
_AFTERWARDS = re.compile(
    rf"(?:[ \n]{_any('stages_of_review')}){{0,4}}[ \n]{_any('reviews')}s?$"
    r"|[ \n]\(Annex[^)]{0,8}\)$|[ \n]COP\d*$|[ \n](?:of|worth)[ \n](?:EUR|USD|US\$|JPY|KRW)?(?:[ \n]?\d[\d.,]*)?$"
    r"|(?<=\))[ \n]in[ \n](?:the[ \n])?[A-Z].*$"
)
"""What is said of an instrument and is not its name: its review, its sum, its place behind its acronym."""
_CLOSED = re.compile(rf"(?:\b{_HEADS}s?|\([A-Z][\w&+-]{{1,14}}\)|\b(?:19|20)\d\d)$")
_SCHOOL = re.compile(rf"\b{_any('schools')}\b")
_INNER = word_set("instruments", "inner_prepositions")
_MONTH = rf"(?:{'|'.join(calendar.month_name[1:])})(?:[ \n]\d{{1,2}})?(?:[ \n](?:19|20)\d\d)?"
_DANGLING = re.compile(
    rf"(?:[ \n](?:on|of|in|from|to|at|by|and|with|for)(?:[ \n](?:\d{{1,2}}|(?:\d{{1,2}}[ \n])?{_MONTH}))?"
    r"|[ \n]No\.?){1,12}$|[’']s?$"
)
_JOIN = re.compile(r"[ \n]and[ \n]")
_PARENTHESIS = re.compile(r"\s\([^)]*+(?P<closed>\))?")
"""A parenthesis and the space before it; one that is not closed runs to the end, so that the search stays linear."""
_EVENT = re.compile(rf"\b{_any('events')}$")
_NTH_CONFERENCE = re.compile(
    rf"(?:(?:{_any('ordinals')}|\d+(?:st|nd|rd|th)|(?:19|20)\d\d)[ \n]).*\b(?:Conference|Convention)\b"
)


def definitions(text: str) -> dict[str, str]:
    """Return the acronyms that ``text`` defines for instruments: ``Otter Cooperation Fund (OCF)`` defines OCF."""
    defined: dict[str, str] = {}
    for at, acronym in gazetteer.definitions(text):
        start, close = max(0, at - _BEFORE_ACRONYM), text.find(")", at) + 1
        window = text[start:close]
        if not any(word in window for word in _FIRST_OF_HEADS):
            continue  # "(WHO)", "(US)" and their like
        names, _ = instruments(text, start, close, {})
        name = next((name for name in reversed(names) if name.endswith(")") and acronym in name), "")
        if name and _stands_for(acronym, name[: name.rindex("(")]):
            defined.setdefault(acronym, name)
    return defined


def _stands_for(acronym: str, name: str) -> bool:
    """Tell whether an acronym is made of the initials of a name's last words, its head among them."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isupper()]
    for at in range(len(words)):
        initials = "".join(word[0] for word in words[at:])
        headed = initials[0] == acronym[0] and _HEAD.search(" ".join(words[at:]))
        if headed and _in_turn(acronym.upper(), initials) >= len(acronym) - 1:
            return True
    return False


def _in_turn(letters: str, initials: str) -> int:
    """Count the letters that stand among the initials, each behind the one before it."""
    count = at = 0
    for letter in letters:
        found = initials.find(letter, at)
        if found >= 0:
            count, at = count + 1, found + 1
    return count


def instruments(
    text: str, start: int, end: int, defined: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Return the instruments that ``text[start:end]`` names, each once, and the ranges they take up.

    A name is as printed, in its longest form; an acronym counts where the text itself defines it (``defined``, from
    ``definitions``) or where it is well known.
    """
    listed = gazetteer.named(text, start, end)
    others = [(one.start, one.end) for one in listed if one.organisation]
    found = [(one.start, one.end) for one in listed if not one.organisation]
    _symbols(text, start, end, found)
    for match in _NAME.finditer(text, start, end):
        for piece in _pieces(text, *match.span()) if _may_name(match.group()) else ():
            _shaped(text, _trimmed(text, *piece), found, others)
    for low, high in gazetteer.acronyms(text, start, end, defined):
        if not _touching(low, high, [*found, *others]):
            found.append((low, high))
    found = sorted(unheaded_names(text, start, end, found, others))
    found = [place for place in found if not is_spoken_of(text, *place)]
    return _distinct(text, found), tuple(found)


def _may_name(words: str) -> bool:
    """Tell whether capitalised words may hold an instrument's name: two words at least, and a head among them.

    A parenthesis may part a head, and is taken out later.
    """
    return "(" in words or (len(words.split()) > 1 and _complete(words))


def _shaped(text: str, piece: tuple[int, int], found: list[Span], others: list[Span]) -> None:
    """Add a name that has the shape of an instrument's, unless it is no more than a listed one with others joined."""
    low, high = piece
    inside = _touching(low, high, [*found, *others])
    covered = any(place[0] <= low and high <= place[1] for place in inside)
    if covered or not _is_instrument(text[low:high]) or (inside and not _holds(text, low, high, inside)):
        return
    found[:] = [place for place in found if not (low <= place[0] and place[1] <= high)]
    found.append((low, high))


def _touching(low: int, high: int, places: Sequence[Span]) -> list[Span]:
    return [place for place in places if low < place[1] and place[0] < high]


def _symbols(text: str, start: int, end: int, found: list[Span]) -> None:
    """Add numbered resolutions, every one of a list, the symbols of documents, and classes of treaty documents."""
    resolved = text.find("esolution", start, end) >= 0  # a search for letters costs a tenth of one for the pattern
    for match in _RESOLUTIONS.finditer(text, start, end) if resolved else ():
        found.append(match.span())
        at = match.end()
        while following := _NEXT_SYMBOL.match(text, at, end):
            found.append(following.span("symbol"))
            at = following.end()
    for pattern, held in ((_CLASSES, "N"), (_DOCUMENT_SYMBOL, "/")):
        for match in pattern.finditer(text, start, end) if text.find(held, start, end) >= 0 else ():
            if not any(match.start() < place[1] and place[0] < match.end() for place in found):
                found.append(match.span())


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    """Cut what is not of the name: a heading or a person before it ("President X’s Plan"), what dangles behind it."""
    for before in (_HEADING, _OWNER, _ARTICLE, _POSSESSOR):
        cut = before.match(text, low, high)
        rest = text[cut.end() : high] if cut else ""
        if cut and _complete(rest) and not (before is _POSSESSOR and _GENERIC.match(rest)):
            low = cut.end()
    name = _AFTERWARDS.sub("", text[low:high])
    name = name if _complete(name) else text[low:high]
    return low, low + len(_DANGLING.sub("", name))


def _holds(text: str, low: int, high: int, inside: Sequence[Span]) -> bool:
    """Tell whether a name is more than a listed name with others joined to it: then the longest form is the name."""
    rest = text[low:high]
    for place in inside:
        rest = rest.replace(text[max(low, place[0]) : min(high, place[1])], " ")
    return not _JOIN.search(text, low, high) and len(inside) == 1 and bool(_HEAD.search(rest))


def _distinct(text: str, found: Sequence[Span]) -> tuple[str, ...]:
    names: list[str] = []
    for low, high in found:
        name = " ".join(text[low:high].split())
        if not any(name == known or name in known for known in names):
            names.append(name)
    return tuple(names)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a run of capitalised words into names: "A and the B", "A under the B", and "objectives of the A"."""
    pieces: list[tuple[int, int]] = []
    at = start
    for split in _SPLIT.finditer(text, start, end):
        link = split.group().split()[0]
        left, right = _complete(text[at : split.start()]), _complete(text[split.end() : end])
        if link in _INNER and (left or not right):
            continue  # "Convention on the Law of the Sea" is one name
        if link == "at" and left and _SCHOOL.search(text, split.end(), end):
            continue  # "the Mansfield Academy at Hill University"
        if link == "and" and not right and not text[split.end() : end].isupper():
            continue
        pieces.append((at, split.start()))
        at = split.end()
    pieces.append((at, end))
    return [part for piece in pieces for part in _joined(text, *piece)]


def _joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part "A and B" where both are names, or A is a whole name that nothing can follow."""
    for join in _JOIN.finditer(text, start, end):
        left, right = text[start : join.start()], text[join.end() : end]
        closed = bool(_CLOSED.search(left)) and not _GENERIC.match(left)
        if (closed or (_complete(left) and _complete(right))) and not _GENERIC.match(right):
            return [(start, join.start()), *_joined(text, join.end(), end)]
    return [(start, end)]


def _complete(name: str) -> bool:
    return bool(_HEAD.search(name) or _TITLED_YEAR.search(name) or _VISION.search(name))


def _is_instrument(name: str) -> bool:
    bare = _PARENTHESIS.sub(lambda match: "" if match["closed"] else match[0], name)
    if (
        len(bare.split()) < 2
        or _GENERIC.match(bare)
        or (_RELATION.match(bare) and not _PAIRED.search(bare))
        or _TECHNOLOGY.search(bare)
        or _EVENT.search(bare)
        or _ORGANISATION.match(bare)
        or _NTH_CONFERENCE.match(bare)
    ):
        return False
    return bool(_HEAD.search(bare) or _TITLED_YEAR.search(bare) or _VISION.search(bare))
