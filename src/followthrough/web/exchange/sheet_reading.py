"""An uploaded file as it is understood: its sheets, the map that holds for it, and the rows that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from followthrough.io import child_process
from followthrough.spreadsheets.grid import Sheet, grid_of
from followthrough.spreadsheets.known import KnownRegister
from followthrough.spreadsheets.mapping import Map, from_toml, propose, signature_of
from followthrough.spreadsheets.rows import Applied, Problem, apply
from followthrough.spreadsheets.understanding import SheetKind, UnderstoodSheet, understand, understand_sheet
from followthrough.web.accounts.models import User
from followthrough.web.exchange.actions.uploads import bytes_of
from followthrough.web.exchange.known_register import known_register
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.policy import own_maps

TAKEN_KINDS = tuple(kind for kind in SheetKind if kind is not SheetKind.UNKNOWN)
"""The kinds of sheets that reach the register."""
RATED_KINDS = (SheetKind.SCORES, SheetKind.CODERS)
"""The kinds of sheets whose rows become a round of ratings."""
LONGEST_ROUND = 200
SOURCE = ("source_url", "source_title", "publisher", "publisher_kind", "language")
"""What is said once of the source of the whole sheet."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One upload as it is understood: ``known`` is what it may refer to, ``applied`` the rows that follow.

    ``understood`` gives the reasons of the columns, ``remembered`` the name of the saved map that was taken.
    """

    upload: SpreadsheetUpload
    sheets: tuple[Sheet, ...]
    known: KnownRegister
    understood: UnderstoodSheet
    map: Map
    applied: Applied
    remembered: str = ""

    @property
    def problems(self) -> list[Problem]:
        """What stands between the sheet and the register."""
        return self.applied.problems

    @property
    def needs_source(self) -> bool:
        """Whether some row names no address of its own, so that the sheet is its source."""
        columns = [at for at, name in enumerate(self.understood.layout.headings) if self.map.field_of(at) == "url"]
        left = {row - 1 for row in self.map.left_out}
        rows = [self.understood.sheet.rows[at] for at in self.understood.layout.data_rows if at not in left]
        return any(not any(row[at].text for at in columns) for row in rows)


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a file. Raises ``InputRefused`` for what is no spreadsheet, or meets a bound."""
    return grid_of(name, data, child_process.WEB)


def read_upload(upload: SpreadsheetUpload, by: User, source: Mapping[str, str]) -> Reading:
    """Return an upload as it is understood now; ``source`` is what is said of the sheet where nobody said more.

    The map is the one that was decided on, else the one that was saved for these headings, else a proposal. Raises
    ``InputRefused`` where the file is no longer kept or cannot be read.
    """
    sheets = read_sheets(bytes_of(upload), upload.name)
    known = known_register(by)
    text = upload.choices.get("map", "")
    remembered = ""
    if text:
        one = from_toml(text)
        understood = understand_sheet(_named(sheets, one.sheet), known, _from_nought(one.header_rows))
    else:
        understood = best_sheet(sheets, known)
        one, remembered = _first_map(understood, upload, by, source)
    return Reading(upload, sheets, known, understood, one, applied(one, sheets, known), remembered)


def applied(one: Map, sheets: tuple[Sheet, ...], known: KnownRegister) -> Applied:
    """Return the rows of a map, written down today."""
    return apply(one, sheets, known, timezone.localdate().isoformat())


def best_sheet(sheets: tuple[Sheet, ...], known: KnownRegister) -> UnderstoodSheet:
    """Return the sheet that was understood best; where none was, the first that is not hidden."""
    found = understand(sheets, known)
    if found.best is not None and found.best.kind in TAKEN_KINDS:
        return found.best
    visible = [one for one in found.sheets if one.sheet.rows] or list(found.sheets)
    taken = [one for one in visible if one.kind in TAKEN_KINDS]
    if taken or visible:
        return max(taken or visible, key=lambda one: len(one.layout.data_rows))
    return understand_sheet(replace(sheets[0], hidden=False), known)


def proposed_map(understood: UnderstoodSheet, upload: SpreadsheetUpload, source: Mapping[str, str]) -> Map:
    """Return the map that follows from a sheet, about the agreement of the upload."""
    one = propose(understood, upload.name.rpartition(".")[0] or upload.name)
    kind = one.kind if one.kind in TAKEN_KINDS else SheetKind.ACTIVITIES
    named = {"round": one.name[:LONGEST_ROUND]} if kind in RATED_KINDS else {}
    return replace(one, kind=kind, document=upload.document_id, fixed={**source, **named, **one.fixed})


def _first_map(
    understood: UnderstoodSheet, upload: SpreadsheetUpload, by: User, source: Mapping[str, str]
) -> tuple[Map, str]:
    saved = own_maps(by).filter(signature=signature_of(understood.sheet) or "-").first()
    if saved is None:
        return proposed_map(understood, upload, source), ""
    kept = from_toml(saved.map)
    fixed = {**kept.fixed, "source_url": source["source_url"], "source_title": source["source_title"]}
    here = replace(kept, sheet=understood.sheet.name, document=upload.document_id, fixed=fixed, cells={}, left_out=())
    return here, saved.name


def _named(sheets: tuple[Sheet, ...], name: str) -> Sheet:
    return next((one for one in sheets if one.name == name), sheets[0])


def _from_nought(rows: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(row - 1 for row in rows)
