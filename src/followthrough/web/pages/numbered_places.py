"""A query that is the number of a place, such as ``4.3``, ``4(3)(a)`` or ``§ 4.3``, and the one place that bears it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_commitments, visible_provisions
from followthrough.web.agreements.rows import document_rows
from followthrough.web.kit.wording import fold
from followthrough.web.pages.home import featured

_NAMED = re.compile(r"(?:§+|(?:no|paras?|paragraph|art|article|sec|section|item|point)\b\.?) ?")
_NUMBER = re.compile(r"\d+[a-z]?(?:[. ()]+(?:\d+[a-z]?|[a-z])(?![a-z\d]))*[.) ]*")
_PART = re.compile(r"\d+|[a-z]")


def parts_of_number(q: str) -> tuple[str, ...]:
    """Return the parts of the number that a query is: ``4``, ``3`` and ``a`` of ``para 4(3)(a)``.

    A whole number alone may be a year or an amount: it is that of a place where a word says so.
    """
    folded = fold(q).strip()
    named = _NAMED.match(folded)
    number = folded[named.end() :] if named else folded
    if not _NUMBER.fullmatch(number):
        return ()
    parts = tuple(_PART.findall(number))
    return parts if named or len(parts) > 1 else ()


def place_numbered(q: str, by: Actor) -> str:
    """Return the id of the place whose number ``q`` is, of those that ``by`` may see; nothing where that is not plain.

    It is where one agreement alone has the number, or where the agreement that the home page shows has it too.
    """
    parts = parts_of_number(q)
    if not parts:
        return ""
    found: dict[str, str] = {}
    for key in _places(parts, by):
        found.setdefault(key.partition("/")[0], key)
    if len(found) < 2:
        return next(iter(found.values()), "")
    if settings.FEATURED in found:
        return found[settings.FEATURED]
    first = featured(document_rows(by, evidence=True))
    return found.get(first.id, "") if first else ""


def _places(parts: Sequence[str], by: Actor) -> list[str]:
    """Return the provisions and then the commitments that bear a number, however the text or its id writes it."""
    written = sorted(_written(parts))
    provisions = visible_provisions(by).filter(num__in=written).order_by("document", "position")
    found = list(provisions.values_list("pk", flat=True))
    if parts[-1].isalpha():
        held = visible_commitments(by).filter(withdrawn="", provision__num__in=_stems(parts)).order_by("pk")
        tails = tuple(f"/{one}" for one in written)
        found += [key for key in held.values_list("pk", flat=True) if key.endswith(tails)]
    return found


def _stems(parts: Sequence[str]) -> list[str]:
    return sorted(_written(parts[:-1])) if len(parts) > 1 else []


def _written(parts: Sequence[str]) -> set[str]:
    """Return the ways in which a number is written: with points, with brackets after the first parts, joined."""
    found = set()
    for plain in range(1, len(parts) + 1):
        for joined in ("", ".", " "):
            text = parts[0]
            for part in parts[1:plain]:
                text += f"{joined if part.isalpha() else '.'}{part}"
            found |= {text + gap.join(("", *(f"({part})" for part in parts[plain:]))) for gap in ("", " ")}
    return found
