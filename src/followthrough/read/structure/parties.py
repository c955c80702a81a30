"""What kind of text a document is, and who adopted it: from its title, and from the words in which its authors speak.

The names are data: states under their ISO 3166 codes in ``model/countries.csv``, and bodies that sign or adopt texts
in ``bodies.csv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise

from followthrough.io.csv import package_rows
from followthrough.model.countries import countries
from followthrough.model.document import Document

_KINDS = (
    ("resolution", r"resolution"),
    ("plan_of_action", r"(?:plan|programme|program)s?(?: of|s? for)? action|action plan|work ?plan|roadmap"),
    ("agreement", r"agreement|treaty|convention|protocol|memorandum|accord|pact|charter|covenant|arrangement"),
    ("communique", r"communiqu[eé]"),
    ("declaration", r"declaration"),
    ("statement", r"statement|readout|consensus|pledge|commitments?"),
    ("framework", r"framework|vision|agenda|principles|blueprint|compact|partnership|initiative"),
)
_KIND = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})(?:\b|(?=(?-i:[A-Z]))))" for kind, words in _KINDS), re.I)
_ABOUT = re.compile(
    r"\b(?:on|regarding|concerning|about|against|towards?|in support of|following|to|for|condemning|commemorating"
    r"|marking|at|after)\b|:",
    re.I,
)
_NUMBERED = re.compile(
    r"^(?:[A-Z]-?)?\d{1,3}/\d{1,4}(?:\s?[A-Z])?\.|\bResolution \d+ \(\d{4}\)|^[A-Z]/(?:RES|HRC)", re.M
)
_BODY = re.compile(
    r"^[^\w\n]*+(?>(?:_++[^\w\n]*+)*)"
    r"The (?P<body>General Assembly|Security Council|Human Rights Council|Economic and Social Council),",
    re.M,
)
_BODIES = {
    "General Assembly": "UNGA",
    "Security Council": "UNSC",
    "Human Rights Council": "HRC",
    "Economic and Social Council": "ECOSOC",
}
_WE = re.compile(
    r"(?:\bWe|\bThe (?:\w+ )?(?:[Ll]eaders|[Pp]residents|[Hh]eads|[Mm]inisters|[Gg]overnments|[Cc]ountries)|^)\W"
    r"[^.;\n]{0,900}?(?=\b(?:met|gathered|convened|meeting|assembled|held|welcome[ds]?|reaffirm\w*|affirm\w*|are|have|issued"
    r"|commend\w*|agree[ds]?|announce[ds]?|underscore[ds]?|recogni[sz]\w+|intend|hereby|declare|stand)\b|[.;\n]|$)",
    re.M,
)
OPENING = 1800
"""Characters of the text after its title in which its authors name themselves."""


def with_kind_and_parties(document: Document) -> Document:
    """Return ``document`` with its kind and its parties, each left empty where it does not say."""
    first = document.provisions[0].start if document.provisions else 0
    front, opening = document.text[:first], document.text[first : first + OPENING]
    title = document.title or ""
    kind = kind_of(title, front)
    return replace(document, kind=kind, parties=parties_of(title, front, opening, kind))


def kind_of(title: str, front: str = "") -> str | None:
    """Return the kind of a text by its title: the last word for one before it says on what."""
    if _NUMBERED.search(front[:2000]) or _BODY.search(front[:4000]):
        return "resolution"
    about = _ABOUT.search(title)
    for part in (title[: about.start()] if about else title, title):
        found = [match.lastgroup for match in _KIND.finditer(part)]
        if found:  # what a statement is of, an initiative or a partnership, is no kind of text beside it
            return next((kind for kind in reversed(found) if kind != "framework"), found[-1])
    return None


def parties_of(title: str, front: str, opening: str, kind: str | None) -> tuple[str, ...]:
    """Return the codes of those who adopted a text, in the order in which it names them.

    They are the body that resolves; or the parties that the title names before it says on what; or else those of the
    clause in which its authors begin to speak. One state alone adopts no text with others: it is left out.
    """
    if kind == "resolution" and (body := _BODY.search(f"{front[-4000:]}\n{opening}")):
        return (_BODIES[body["body"]],)
    about = _ABOUT.search(title)
    named = named_in(title[: about.start()] if about else title)
    if len(named) == 1 and named[0] in _CLOSED:
        return named
    if len(named) < 2:
        spoken = next((found for clause in _WE.finditer(opening) if (found := named_in(clause.group()))), ())
        named = tuple(dict.fromkeys((*named, *spoken)))
    if len(named) < 2:
        named = _paired(title) or named
    return named if len(named) > 1 or set(named) <= _SPEAKERS else ()


def _paired(title: str) -> tuple[str, ...]:
    """Return the parties of "Statement on the Norland-Sutherland Agreement", which name themselves with a dash."""
    pattern, codes = _names()
    plain = " ".join(title.replace("’", "'").split())
    found = list(pattern.finditer(plain))
    joined = [
        (codes[one.group()], codes[other.group()])
        for one, other in pairwise(found)
        if plain[one.end() : other.start()].strip() in {"-", "–", "—"}
    ]
    return tuple(dict.fromkeys(code for pair in joined for code in pair))


_CLOSED = frozenset({"APEC", "AUKUS", "BRICS", "G20", "G7", "G77", "NATO", "QUAD"})
"""Groups whose texts are of nobody but their members, whomever they speak of."""
_SPEAKERS = _CLOSED | {"ASEAN", "AU", "CARICOM", "ECOWAS", "EU", "GCC", "LAS", "OAS", "PIF", "SAARC", "SADC", "SCO"}
"""Bodies that adopt a text alone."""


def named_in(text: str) -> tuple[str, ...]:
    """Return the codes of the parties that ``text`` names, each once, in its order."""
    pattern, codes = _names()
    plain = " ".join(text.replace("’", "'").split())
    return tuple(dict.fromkeys(codes[match.group()] for match in pattern.finditer(plain)))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern over all names, the longest first, and the code of each name."""
    codes = {name: country.iso3 for country in countries() for name in country.names}
    bodies = package_rows(__package__, "bodies.csv")
    codes |= {name: row["code"] for row in bodies for name in row["names"].split("|")}
    firsts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(codes, key=len, reverse=True):
        firsts[name[0]].append(re.escape(name[1:]))
    by_letter = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in firsts.items())
    return re.compile(rf"(?<![\w.])(?=[A-ZÀ-Þ])(?:{by_letter})(?![\w’'])"), codes
