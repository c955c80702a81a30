"""How to cite a thing of the register: BibTeX, RIS, CSL-JSON and plain text, each made by one function.

A citation names who published first beside the register that says so, version and licence of the register, the day that
it is cited as of, and the address that stays. Sources: the BibTeX manual (btxdoc, 1988) for fields and braces; the RIS
format of Research Information Systems (tags and line form); the CSL-JSON input schema 1.0.2 of citationstyles.org.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

OURS = "Followthrough, register of commitments"
"""What the register is called in a citation: the same in every language, so that two citations of a thing are one."""
_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIAL |= {sign: f"\\{sign}" for sign in "&%$#_"}
_KEY = re.compile(r"[^A-Za-z0-9.-]+")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}\Z")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
TYPES = {
    "document": "document", "provision": "document", "commitment": "document", "source": "webpage", "claim": "webpage",
    "activity": "webpage", "party": "webpage", "indicator": "dataset", "rating": "dataset", "paper": "report",
}  # fmt: skip
"""The type of CSL for each kind of thing that is cited."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. Dates are ISO, as far as they are known (``2019``, ``2019-11``, ``2019-11-26``), or empty.

    Attributes:
        kind: one of ``TYPES``.
        id: what the register calls it, such as ``accord-2021/4.3a``.
        title, part: the work, and which part of it is cited.
        author: who said it first: the parties of an agreement, the publisher of a source.
        publisher, original: who published it first, and where on the web.
        published, place: when and where.
        url: the address of it in the register, which stays.
        as_of: the day whose state is cited.
        version, licence: those of the register's data.
    """

    kind: str
    id: str
    title: str
    url: str
    as_of: str
    part: str = ""
    author: str = ""
    publisher: str = ""
    original: str = ""
    published: str = ""
    place: str = ""
    version: str = ""
    licence: str = ""

    @property
    def titled(self) -> str:
        """The work with the part of it that is cited."""
        return ", ".join(filter(None, map(_flat, (self.title, self.part))))


def plain(one: Citation) -> str:
    """Return the citation as a sentence of plain text, on one line."""
    said = [_flat(one.author), one.titled, _flat(one.place), _spelled(one.published)]
    first = _flat(one.publisher) if one.publisher != one.author else ""
    origin = ", ".join(filter(None, (first and f"Published by {first}", one.original)))
    here = ", ".join(filter(None, (OURS, _versioned(one), one.id, f"as of {_spelled(one.as_of)}", _licensed(one))))
    parts = (", ".join(filter(None, said)).rstrip("."), origin, f"In: {here}, {one.url}")
    return ". ".join(filter(None, parts))


def bibtex(one: Citation) -> str:
    """Return the citation as one BibTeX entry; every sign that TeX takes for an order is written out."""
    fields = {
        "title": f"{{{_tex(one.titled)}}}",
        "author": f"{{{_tex(one.author)}}}" if _flat(one.author) else "",
        "year": one.published[:4],
        "address": _tex(one.place),
        "howpublished": _tex(", ".join(filter(None, (OURS, _versioned(one), one.id)))),
        "note": _tex("; ".join(_notes(one))),
        "url": _address(one.url),
        "urldate": one.as_of,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(one.id)},\n{lines}}}\n"


def ris(one: Citation) -> str:
    """Return the citation as one RIS record: a tag and a value a line, lines ended by CR LF."""
    fields = [
        ("TY", "RPRT" if one.kind == "paper" else "ELEC"), ("TI", one.titled), ("AU", one.author),
        ("PY", one.published[:4]), ("DA", one.published.replace("-", "/")), ("CY", one.place), ("T2", OURS),
        ("PB", "Followthrough"), ("ET", one.version), ("ID", one.id), ("UR", one.url),
        ("Y2", one.as_of.replace("-", "/")), *(("N1", note) for note in _notes(one)),
    ]  # fmt: skip
    return "".join(f"{tag}  - {_flat(value)}\r\n" for tag, value in fields if _flat(value)) + "ER  - \r\n"


def csl(one: Citation) -> str:
    """Return the citation as CSL-JSON: a list of one item."""
    item: dict[str, Any] = {
        "id": one.id,
        "type": TYPES[one.kind],
        "title": one.titled,
        "author": [{"literal": _flat(one.author)}] if _flat(one.author) else [],
        "issued": _parts(one.published),
        "publisher-place": _flat(one.place),
        "original-publisher": _flat(one.publisher),
        "container-title": OURS,
        "publisher": "Followthrough",
        "version": _flat(one.version),
        "URL": one.url,
        "accessed": _parts(one.as_of),
        "note": "; ".join(_notes(one)),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


FORMS: Mapping[str, tuple[str, Callable[[Citation], str]]] = MappingProxyType(
    {
        "bib": ("application/x-bibtex", bibtex),
        "ris": ("application/x-research-info-systems", ris),
        "csl.json": ("application/vnd.citationstyles.csl+json", csl),
    }
)
"""The forms that are files, by their endings: the kind of content, and the function that makes it."""


def _notes(one: Citation) -> list[str]:
    """Return what has no field of its own everywhere: the first publisher, the licence, the day."""
    first = ", ".join(filter(None, (_flat(one.publisher), one.original)))
    return [
        *([f"Originally published by {first}"] if first else []),
        *filter(None, [_licensed(one)]),
        f"As of {one.as_of}",
    ]


def _versioned(one: Citation) -> str:
    return f"version {_flat(one.version)}" if _flat(one.version) else ""


def _licensed(one: Citation) -> str:
    return f"licence {_flat(one.licence)}" if _flat(one.licence) else ""


def _spelled(date: str) -> str:
    """Return a date in words, as far as it is known."""
    year, *rest = date.split("-")
    if not _DATE.match(date) or (rest and not 1 <= int(rest[0]) <= 12):
        return _flat(date)
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    return " ".join(filter(None, (str(int(rest[1])) if len(rest) > 1 else "", month, year)))


def _parts(date: str) -> dict[str, Any]:
    """Return a date as CSL has it; nothing for one that is no date."""
    return {"date-parts": [[int(part) for part in date.split("-")]]} if _DATE.match(date) else {}


def _flat(text: str) -> str:
    """Return words on one line, without signs that steer a program."""
    return " ".join("".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text).split())


def _key(id_: str) -> str:
    """Return an id as BibTeX takes it for a key."""
    return _KEY.sub("-", id_).strip("-") or "followthrough"


def _address(url: str) -> str:
    """Return an address in which no brace or percent sign is left that BibTeX would take for its own."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in _flat(text))
