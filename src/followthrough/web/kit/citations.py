"""How to cite a page of the register: in words, as BibTeX and as RIS."""

from __future__ import annotations

import re
from dataclasses import dataclass

from followthrough.web.kit.wording import day

_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIAL |= {sign: f"\\{sign}" for sign in "&%$#_"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, where it stands, and when it was adopted and read (ISO dates)."""

    id: str
    title: str
    parties: str
    place: str
    adopted: str
    part: str
    url: str
    read: str

    @property
    def text(self) -> str:
        """The citation as a sentence."""
        where = ", ".join(part for part in (self.title, self.place, day(self.adopted), self.part) if part)
        return f"{where}. In: Followthrough, register of commitments, {self.id}, read {day(self.read)}, {self.url}"

    @property
    def bibtex(self) -> str:
        """The citation as a BibTeX entry."""
        fields = {
            "title": f"{{{_tex(self._titled)}}}",
            "author": f"{{{_tex(self.parties)}}}" if self.parties else "",
            "year": self.adopted[:4],
            "address": _tex(self.place),
            "howpublished": _tex(f"Followthrough, register of commitments, {self.id}"),
            "url": self.url,
            "urldate": self.read,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{re.sub(r'[^A-Za-z0-9.-]+', '-', self.id)},\n{lines}}}\n"

    @property
    def ris(self) -> str:
        """The citation as an RIS record."""
        fields = [
            ("TY", "ELEC"), ("TI", self._titled), ("AU", self.parties), ("PY", self.adopted[:4]),
            ("DA", self.adopted.replace("-", "/")), ("CY", self.place), ("PB", "Followthrough"), ("ID", self.id),
            ("UR", self.url), ("Y2", self.read.replace("-", "/")),
        ]  # fmt: skip
        return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value) + "ER  - \r\n"

    @property
    def _titled(self) -> str:
        return ", ".join(part for part in (self.title, self.part) if part)


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in text)
