"""Every address of the resolver, filled with what belongs to an agreement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from followthrough.web.followup.models import ConfirmLink
from followthrough.web.followup.signed_links import token_of
from followthrough.web.records.history_views import KEPT
from followthrough.web.records.kinds import KINDS
from two_agreements import SHUT, World

KEYED = {
    "claim": "Claim", "source": "Source", "activity": "Activity", "indicator": "Indicator",
    "embed-indicator": "Indicator", "party": "Party",
    "party-indicators": "Party", "party-ratings": "Party", "assessment": "Assessment", "desk": "Assessment",
    "desk-cell": "Assessment", "result": "Assessment", "result-on": "Assessment",
    "cycle": "Cycle", "cycle-dates": "Cycle", "own-reports": "Cycle", "review-queue": "Cycle",
    "remind": "Cycle", "answer-together": "Cycle", "cycle-leads": "Cycle",
    "file": "StoredFile", "file-download": "StoredFile", "source-files": "Source",
    "own-record": "Cycle", "record-excel": "Cycle", "confirm-links": "Cycle",
    "reports-excel": "Cycle", "workbook": "Workbook", "marked-workbook": "Workbook",
    "confirm-link-workbook": "Workbook", "confirm-link-marked": "Workbook",
    "report": "Report", "review": "Report", "published-report": "Report",
    **{f"correct-{noun}": kind.model.__name__ for noun, kind in KINDS.items()},
    **{f"history-{kind}": {"fundfigure": "FundFigure"}.get(kind, kind.capitalize()) for kind in KEPT},
    "correct-lineage-edge": "Party", "correct-membership": "Party",
}  # fmt: skip
"""Of which model the key in an address is an id."""
ACCOUNTS = (
    "account", "openid_", "socialaccount_", "mfa", "sign-", "people",
    "person", "letters", "webhooks", "tokens", "api-", "invitation",
    "roles", "spreadsheet", "saved-views", "save-view", "discard-spreadsheet", "undo-import",
)  # fmt: skip
"""Beginnings of the names of addresses that hold nothing of the register, or are the API's; their tests ask them."""
FILES = {"json", "csv", "xlsx", "svg", "bib", "ris", "csl.json", "html", ""}


@dataclass(frozen=True)
class Address:
    """One address, with the name of its route and the values that fill it."""

    name: str
    path: str
    values: tuple[str, ...] = ()

    def absent(self) -> Address:
        """Return the address of what is not there at all."""
        swap = {value: _absent(value) for value in self.values}
        path = "/".join(_swapped(part, swap) for part in self.path.split("/"))
        return Address(self.name, path, tuple(swap.values()))


def _absent(value: str) -> str:
    return "987654321" if value.isdecimal() else value.replace(SHUT, "nothing")


def _swapped(part: str, swap: dict[str, str]) -> str:
    stem, dot, ext = part.partition(".")
    return swap.get(part) or (f"{swap.get(stem, stem)}{dot}{ext}" if ext in FILES else part)


def routes() -> Iterator[tuple[str, str]]:
    """Return the name and the pattern of every route."""
    waiting: list[Any] = list(get_resolver().url_patterns)
    for one in waiting:
        if isinstance(one, URLResolver):
            waiting.extend(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield str(one.name), str(one.pattern)


def addresses(world: World) -> list[Address]:
    """Return every address, filled with what belongs to an agreement."""
    found = []
    for name, pattern in routes():
        if name.startswith(ACCOUNTS):
            continue
        endings = re.search(r"\(\?P<ext>([a-z|.]+)\)", pattern.replace("\\.", "."))
        plain = re.sub(r"\(\?:\\\.\(\?P<ext>.*$|[\^$]", "", pattern)
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", re.sub(r"<\w+:(\w+)>", r"<\1>", plain))
        plain = plain.replace("\\.", ".")
        for values in _fills(name, re.findall(r"<(\w+)>", plain), world):
            path = plain
            for argument, value in values.items():
                path = path.replace(f"<{argument}>", value)
            exts = ["", *(f".{ext}" for ext in (endings[1].split("|") if endings else []))]
            found += [Address(name, f"/{path}{ext}", tuple(values.values())) for ext in exts]
    return found


def _fills(name: str, arguments: list[str], world: World) -> Iterable[dict[str, str]]:
    """Return everything that an address can be filled with; an argument that nothing is known of fails here."""
    if not arguments:
        return [{}]
    ids = {model.__name__: world.ids(model) for model in world.held} | {"Party": ["THA", "KHM"]}
    doc, number = ids["Document"][0], "1"
    choices = {
        "doc": [doc],
        "ref": ["1a"] if name == "life-of" else ["1", "1a"],
        "page": [number],
        "key": ids[KEYED[name]] if "key" in arguments else [],
    }
    choices |= {"cell": ids["RatingUnit"], "fund": ids["Instrument"], "series": ids["Series"]}
    choices |= {"paper": ["matrix"], "form": ["html", "bib"], "day": [datetime.now(UTC).date().isoformat()]}
    choices["name"] = ["values.csv", "provisions.csv"]
    choices["kind"] = ["stages", "trends", "lineage"]
    choices["token"] = [token_of(one) for one in world.held[ConfirmLink]]
    found: list[dict[str, str]] = [{}]
    for argument in arguments:
        found = [{**one, argument: value} for one in found for value in choices[argument]]
    return found
