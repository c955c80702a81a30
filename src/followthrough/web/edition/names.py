"""Which file an address of the site is: a page is the ``index.html`` of a folder, every other file bears its own name.

The folders are the addresses: an edition that is put where the site was answers the addresses that people cited. Names
hold no letter that a memory stick or another system refuses, and no two differ in capitals alone.
"""

from __future__ import annotations

import re
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, quote, unquote

_REFUSED = re.compile(r"[^A-Za-z0-9._~-]")
_DEVICE = re.compile(r"\A(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
LONGEST = 120
"""Letters of a name; a longer one is cut and numbered."""


def page_number(query: str) -> int:
    """Return which page of a list a query asks for."""
    asked = dict(parse_qsl(query)).get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 8 and int(asked) > 1 else 1


def is_default(query: str) -> bool:
    """Say whether a query asks for a list as it begins, or for a later page of that."""
    return {name for name, _ in parse_qsl(query)} <= {"page"}


class Names:
    """The names that were given to addresses, each once."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def of(self, path: str, page: int, *, html: bool) -> str:
        """Return the name of the file for the ``page``-th page of ``path``, below the folder of the edition."""
        parts = [_safe(part) for part in unquote(path).split("/") if part]
        if html:
            parts.append(f"index-{page}.html" if page > 1 else "index.html")
        wanted, number, key = "/".join(parts), 1, f"{path} {page}"
        name = wanted
        while self._given.setdefault(name.lower(), key) != key:
            number += 1
            stem, dot, end = wanted.rpartition("/") if html else wanted.rpartition(".")
            name = f"{stem}~{number}{dot}{end}"
        return name


def _safe(part: str) -> str:
    """Return a part of an address as the name of a file: what is refused anywhere is written in hexadecimal."""
    written = _REFUSED.sub(lambda found: "".join(f"={byte:02x}" for byte in found[0].encode()), part)
    plain = written.rstrip(".")
    written = plain + "=2e" * (len(written) - len(plain))
    written = _DEVICE.sub(lambda found: f"={ord(found[0][0]):02x}{found[0][1:]}", written, count=1)
    return written[:LONGEST]


def between(here: str, there: str) -> str:
    """Return the relative address of the file ``there`` on the page ``here``."""
    return quote(relpath(there, dirname(here) or "."), safe="/~=")
