"""The rows of a spreadsheet into the register: the difference first, then all of it or nothing.

What a row says of a record that is there already replaces what stood; the audit record holds both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.errors import InputRefused
from followthrough.packs.cells import Row
from followthrough.packs.checks import check
from followthrough.packs.schema import TABLES, Table
from followthrough.spreadsheets.mapping import Map
from followthrough.spreadsheets.records import RatedCell
from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, Document, Party, Provision
from followthrough.web.assessments.actions.imported_rounds import RatedRound, import_round
from followthrough.web.assessments.models import Assessment
from followthrough.web.assessments.values import all_scales
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.actions.undone_imports import written_by
from followthrough.web.exchange.actions.uploads import lock_upload
from followthrough.web.exchange.importing import Change, Difference, apply_changes, difference_of, row_events
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.pack_tables import MODELS, rows_of
from followthrough.web.kit.errors import EditConflict
from followthrough.web.links.models import Link
from followthrough.web.links.policy import require_in_all

TAKEN = ("sources", "claims", "claim_parties", "activities", "activity_parties", "series", "observations", "links")
"""The tables that a spreadsheet of evidence or figures may write; the others come with a pack."""
_SUBJECTS = {"claims": "claim", "activities": "activity"}


def compare(upload: SpreadsheetUpload, rows: Mapping[str, list[Row]], *, by: Actor) -> Difference:
    """Return what importing ``rows`` would change. Raises ``NotAllowed`` where ``by`` may not change all of it."""
    require(by, Permission.ENTER, upload.document)
    if other := sorted(name for name in rows if rows[name] and name not in TAKEN):
        raise NotAllowed(_("a spreadsheet of evidence does not change: %(tables)s") % {"tables": ", ".join(other)})
    what = difference_of({name: rows[name] for name in TAKEN if name in rows})
    _require_all(what.changes, by)
    return what


def rated_round(
    document: Document, file: str, one: Map, rated: Sequence[RatedCell], *, by: Actor
) -> RatedRound | None:  # fmt: skip
    """Return the round that the ratings of a sheet become, or ``None`` where it holds none.

    Raises ``NotAllowed``; ``InputRefused`` where the agreement has a round of this name already.
    """
    if not rated:
        return None
    require(by, Permission.ASSESS, document)
    title = one.fixed["round"]
    if Assessment.objects.filter(document=document, title=title).exists():
        what = _("there is a round of the name “%(title)s” already") % {"title": title}
        raise InputRefused(file, what, _("give it another name, or take the other import back"))
    commitments = Commitment.objects.filter(provision__document=document).in_bulk()
    parties = Party.objects.in_bulk()
    if strange := [cell for cell in rated if cell.commitment not in commitments or cell.party not in parties]:
        what = _("row %(row)s is about a commitment or a party of another agreement") % {"row": strange[0].row}
        raise InputRefused(file, what, _("choose the agreement that the rows are about"))
    cells = [(commitments[cell.commitment], parties[cell.party], cell.value, cell.by_coder) for cell in rated]
    return RatedRound(title, all_scales()[one.fixed["scale"]], one.fixed.get("source_title") or file, cells)


def stamp(what: Difference, rated: RatedRound | None = None) -> str:
    """Return a stamp of a difference: another one where the register, the file or its map changed in between."""
    told: list[object] = [(one.table, one.id, one.verb, one.row, one.fields) for one in what.changes]
    if rated:
        told += [rated.title, rated.scale.id, [(one.pk, party.pk, *said) for one, party, *said in rated.cells]]
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()[:32]


def import_rows(
    upload: SpreadsheetUpload, rows: Mapping[str, list[Row]], *, by: Actor, seen: str, rated: RatedRound | None = None
) -> Difference:
    """Write ``rows`` into the register with their audit events, in one transaction; ``seen`` is the stamp on the page.

    Raises ``NotAllowed``; ``EditConflict`` where the register or the upload is not as the page showed it; and
    ``InputRefused`` where the rows do not fit together with what the register holds.
    """
    with transaction.atomic():
        held = lock_upload(upload.pk, by, None)
        _lock_rows(rows)
        what = compare(held, rows, by=by)
        if stamp(what, rated) != seen:
            raise EditConflict(
                _("The register changed since this difference was shown. Nothing was imported; look at it again.")
            )
        if problems := misfits(what.changes):
            raise problems[0]
        apply_changes(what.changes)
        _sign(what.changes, by)
        made = import_round(held.document, rated, by=by).pk if rated else ""
        held.imported = timezone.now()
        counts = {name: {verb: what.count(name, verb) for verb in ("added", "changed")} for name in TAKEN}
        held.choices = {**held.choices, "counts": counts}
        if rated:
            counts["ratings"] = {"added": len(rated.cells), "changed": 0}
        held.written, held.undone = written_by(what.changes, made), None
        held.save(update_fields=["imported", "choices", "written", "undone"])
        about = {"spreadsheet": held.name, "sha256": held.sha256}
        record(name_of(by), EventType.SPREADSHEET_IMPORTED, "spreadsheet", str(held.pk), {**about, "counts": counts})
        record_all(name_of(by), row_events(what.changes, about))
    return what


def _lock_rows(rows: Mapping[str, list[Row]]) -> None:
    """Lock the records that the rows are of: nobody changes them between the comparison and the writing."""
    for name in TAKEN:
        keys = [str(row["id"]) for row in rows.get(name, ())]
        if keys:
            list(
                MODELS[name]
                ._base_manager.select_for_update(of=("self",), no_key=True)
                .filter(pk__in=keys)
                .values_list("pk", flat=True)
            )


def _sign(changes: Sequence[Change], by: Actor) -> None:
    """Say who entered what is new: nobody is the second reader of his own words."""
    added = [one.id for one in changes if (one.table, one.verb) == ("claims", "added")]
    Claim.objects.filter(pk__in=added).update(entered_by=name_of(by))


def _require_all(changes: Sequence[Change], by: Actor) -> None:
    new = {one.id for one in changes if (one.table, one.verb) == ("series", "added")}
    for one in changes:
        if one.verb == "changed" and one.table in _SUBJECTS:
            require_in_all(by, Permission.ENTER, _SUBJECTS[one.table], one.id)
        elif one.verb == "changed" and one.table == "sources":
            require(by, Permission.ENTER)
    for series in sorted({str(one.row["series"]) for one in changes if one.table == "observations"} - new):
        require_in_all(by, Permission.ENTER, "series", series)
    links = [one for one in changes if one.table == "links"]
    for document in _documents(links):
        require(by, Permission.ENTER, document)


def _documents(links: Sequence[Change]) -> list[Document]:
    """Return the documents into which links lead, by what is written and by what stands."""
    places = {name: {str(one.row[name]) for one in links if one.row[name]} for name in ("commitment", "provision")}
    provisions = Provision.objects.filter(pk__in=places["provision"])
    commitments = Commitment.objects.filter(pk__in=places["commitment"])
    standing = Link.everything.filter(pk__in=[one.id for one in links if one.verb == "changed"])
    keys = {
        *provisions.values_list("document", flat=True),
        *commitments.values_list("provision__document", flat=True),
        *standing.values_list("commitment__provision__document", flat=True),
        *standing.values_list("provision__document", flat=True),
    }
    return list(Document.objects.filter(pk__in=[key for key in keys if key]))


def misfits(changes: Sequence[Change]) -> list[InputRefused]:
    """Return what does not fit between changed rows and those that the register holds.

    An id that is nowhere, money counted twice, a period that ends before it begins.
    """
    whole: dict[str, dict[str, Row]] = {table.name: {} for table in TABLES}
    for table in TABLES:
        if table.name in TAKEN:
            whole[table.name] = rows_of(table)
    for one in changes:
        whole[one.table][one.id] = one.row
    touched = {one.id for one in changes}
    between = check({name: list(rows.values()) for name, rows in whole.items()})
    mine = [one for one in between if any(f"id {key}" in (one.where or "").split(",")[0] for key in touched)]
    return [*_unknown(changes, whole), *mine]


def _unknown(changes: Sequence[Change], whole: Mapping[str, Mapping[str, Row]]) -> Iterator[InputRefused]:
    tables: dict[str, Table] = {table.name: table for table in TABLES}
    for one in changes:
        for column in tables[one.table].columns:
            wanted = one.row[column.name] if column.points_to else None
            if wanted is None or str(wanted) in whole[column.points_to]:
                continue
            if not MODELS[column.points_to]._base_manager.filter(pk=wanted).exists():
                what = _("“%(key)s” is not in the register") % {"key": wanted}
                yield InputRefused(f"{one.table}.csv", what, _("correct it"), f"id {one.id}, column {column.name}")
