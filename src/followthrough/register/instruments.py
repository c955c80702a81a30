"""The named instruments of an undertaking: agreements, plans, funds, networks, resolutions (S10)."""

from __future__ import annotations

import re

_CAP = r"(?:(?:el-|al-)?[A-Z][\w’'/&-]*|[IVX]+\b|\d{1,4}(?:-\d{2,4})?\b|U\.[SKN]\.(?:-[A-Z][\w-]*)?|ASEAN\+\d)"
_LINK = (
    r"(?:of|on|for|and|the|a|an|to|in|against|with|from|between|among|concerning|relating|towards"
    r"|under|through|at|by|de|as|its)"
)
_NAME = re.compile(
    rf"(?<![\w-])(?:(?:1[89]|20)\d\d\s+)?(?:[A-Z][\w+-]*-)?(?:U\.[SKN]\.(?:-[A-Z][\w-]*)?"
    rf"|[A-Z][\w’'/&-]*)(?:(?:[ \n]|:\s|\s\([A-Z][\w+-]*\)[ \n]?)(?:{_LINK}[ \n]){{0,3}}{_CAP}){{0,30}}"
    rf"(?:\s\([A-Z][\w&+-]{{1,14}}\)(?:\s(?:19|20)\d\d(?:[-–]\d{{2,4}})?)?)?"
)
_HEADS = r"""(?:
    Agreement | Convention | Treaty | Protocol | Covenant | Charter | Declaration | Compact | Accord |
    Accords | Pact | Plan | Plans | Strategy | Fund | Funds | Programme | Program | Initiative | Partnership
    | Framework | Agenda | Roadmap | Network | Centre | Center | Facility | Platform | Outlook | Mechanism |
    Principles | Guidelines | Statement | Arrangement | Arrangements | Alliance | House | Blueprint |
    Masterplan | Resolution | Institute | Foundation | Coalition | Observatory | Consensus | Code |
    Memorandum | Scheme | Tribunal | Register | Registry | Campaign | Commitment | Decision | Rules |
    Standards | Hub | Taskforce | Corridor | Recommendation | Statute
    )"""
_ORGANISATION = re.compile(
    r"^(?:United Nations .*(?:Fund|Programme|Office|Secretariat)|.*World Bank|International Monetary Fund"
    r"|.*Development Bank"
    r"|World Food Programme|International Fund .*|.*\bSecretariat|European .*Bank)$"
)
_HEAD = re.compile(rf"\b{_HEADS}s?\b", re.X)
_TITLED_YEAR = re.compile(r"\b[A-Z][\w-]+ (?:19|20)\d\d: [A-Z]")
_VISION = re.compile(r"\b(?:Vision|Agenda|ASEAN Community Vision) (?:19|20)\d\d\b|\b(?:19|20)\d\d (?:Agenda|Vision)\b")
_RELATION = re.compile(
    r"^(?:[\w.’'&+-]+[ \n])*?(?:(?:Comprehensive|Special|Global|Enhanced)[ \n])*(?:Strategic|Dialogue"
    r"|Comprehensive|Global)[ \n]Partnership(?:s)?$"
)
_RESOLUTIONS = re.compile(
    r"(?:(?:United Nations |UN )?(?:Security Council|General Assembly|UNSC|UNGA|its)[ \n])?[Rr]esolutions?[ \n]"
    r"(?:[A-Z]-?)?\d{1,4}(?:/\d{1,4})?(?:[ \n]\((?:19|20)\d\d\))?"
)
_CLASSES = re.compile(
    r"\b(?:Nationally Determined Contributions?(?: \(NDCs?\))?|NDCs?|National Adaptation Plans?(?: \(NAPs?\))?)\b"
)
_GENERIC = re.compile(
    r"^(?:(?:the|this|our|joint|Joint|Leaders[’']?)[ \n]*)*(?:Agreement|Statement|Declaration|Plan|Fund"
    r"|Framework|Initiative|Partnership|Mechanism|"
    r"Strategy|Programme|Program|Dialogue|Principles|Resolution|Decision|Charter|Convention|Treaty"
    r"|Secretariat|Agenda)s?$"
)
_KNOWN_ACRONYM = re.compile(
    r"^(?:UNCLOS|UNFCCC|NPT|CTBT|RCEP|MPAC|AKCF|CITES|CPTPP|TAC|AOIP|ACRF|JCPOA|START|New START|CBD|WTO Agreement)$"
)
_SPLIT = re.compile(
    r"[ \n](?:and|to|with|in|for|of|as|on|from)[ \n](?:its|the)[ \n]|[ \n](?:under|through|by|with|its"
    r"|at)(?:[ \n](?:its|the))?[ \n]"
)
_INNER = frozenset({"of", "on", "for", "in", "to", "as"})
_DANGLING = re.compile(r"(?:[ \n](?:on|of|in|from|to|at|by|and)(?:[ \n]\d{1,2})?)+$|[’']s?$")
_JOIN = re.compile(r"[ \n]and[ \n]")
_EVENT = re.compile(
    r"\b(?:Summit|Meeting|Conference|Session|Ministerial|Anniversary|Revolution|Goals?|Day|Year|Decade|Ministers)$"
)


def instruments(text: str, start: int, end: int) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Return the instruments that ``text[start:end]`` names, each once as printed, and the ranges they take up."""
    found: list[tuple[int, int]] = []
    for pattern in (_RESOLUTIONS, _CLASSES):
        found.extend(match.span() for match in pattern.finditer(text, start, end))
    for match in _NAME.finditer(text, start, end):
        for low, high in _pieces(text, *match.span()):
            kept = low + len(_DANGLING.sub("", text[low:high]))
            if _is_instrument(text[low:kept]) and not any(low < b and a < kept for a, b in found):
                found.append((low, kept))
    found.sort()
    names: list[str] = []
    for low, high in found:
        name = " ".join(text[low:high].split())
        if not any(name == known or name in known for known in names):
            names.append(name)
    return tuple(names), tuple(found)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a run of capitalised words into names: "A and the B", "A under the B", and "objectives of the A"."""
    pieces: list[tuple[int, int]] = []
    at = start
    for split in _SPLIT.finditer(text, start, end):
        link = split.group().split()[0]
        left, right = _complete(text[at : split.start()]), _complete(text[split.end() : end])
        if link in _INNER and (left or not right):
            continue  # "Convention on the Law of the Sea" is one name
        if link == "and" and not right and not text[split.end() : end].isupper():
            continue
        pieces.append((at, split.start()))
        at = split.end()
    pieces.append((at, end))
    return [part for piece in pieces for part in _joined(text, *piece)]


def _joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    for join in _JOIN.finditer(text, start, end):
        left, right = text[start : join.start()], text[join.end() : end]
        if _complete(left) and _complete(right):
            return [(start, join.start()), *_joined(text, join.end(), end)]
    return [(start, end)]


def _complete(name: str) -> bool:
    return bool(_HEAD.search(name)) or bool(_TITLED_YEAR.search(name))


def _is_instrument(name: str) -> bool:
    bare = re.sub(r"\s\([^)]*\)", "", name)
    if _KNOWN_ACRONYM.match(bare):
        return True
    if (
        len(bare.split()) < 2
        or _GENERIC.match(bare)
        or _RELATION.match(bare)
        or _EVENT.search(bare)
        or _ORGANISATION.match(bare)
    ):
        return False
    return bool(_HEAD.search(bare) or _TITLED_YEAR.search(bare) or _VISION.search(bare))
