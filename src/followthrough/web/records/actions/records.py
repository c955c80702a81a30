"""Enter a record of any kind of ``kinds.py``, and correct one: with its source, its links and its audit events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from followthrough.packs.schema import TABLES
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.agreements.actions.sources import get_or_create_source
from followthrough.web.agreements.models import Commitment, Document, Source
from followthrough.web.agreements.policy import require_somewhere, visible_sources
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import row_event
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict, InvalidEntry, PossibleDuplicate
from followthrough.web.kit.field_labels import label
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create
from followthrough.web.links.actions.links import LinkRequest, create_links, find_targets, read_link_cells, target_of
from followthrough.web.links.models import Link
from followthrough.web.records.actions.parties import add_state
from followthrough.web.records.kinds import SOURCE, RecordKind
from followthrough.web.records.policy import VISIBLE, picker, require_correction
from followthrough.web.records.rules import check_values

EXACT = ("lineage-edge", "treaty-action", "membership")
"""Kinds of which no second record can say the same."""


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """A record as a person typed it.

    Attributes:
        cells: the columns of its table; those that refer to other records hold ids.
        source: the columns of a source, or the ``id`` of one that the register has.
        places: the paragraphs and commitments that it is linked to, by their numbers, with commas between them.
        rationale: why it is linked to them.
        anyway: to be saved even where something like it is here.
        problems: what was wrong before the action was asked, by field.
    """

    cells: Mapping[str, str]
    source: Mapping[str, str]
    places: str = ""
    rationale: str = ""
    anyway: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)


def enter_record(kind: RecordKind, document: Document, entry: RecordEntry, *, by: Actor) -> Any:
    """Enter a record of ``document`` with its source and its links; all, or nothing.

    Raises ``NotAllowed``; ``InvalidEntry`` for cells that the importer would refuse too; ``PossibleDuplicate`` where a
    record of the same thing is here, unless ``entry.anyway``.
    """
    require(by, kind.permission, document)
    problems = dict(entry.problems)
    values = _values(kind, {**kind.fixed, **entry.cells}, problems)
    if any(one.name == "recorded" for one in kind.model._meta.get_fields()):
        values["recorded"] = timezone.localdate().isoformat()
    source = _source_cells(kind, entry, problems)
    linked = _linked(kind, document, entry, problems, by)
    check_values(kind, values, problems)
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        _add_states(kind, values, by)
        _require_later(kind, values, by)
        _refuse_twins(kind, values, entry, by)
        values |= _sourced(kind, source, by)
        made = create(kind.model, _base(kind, values), **values)
        about = {"document": document.pk, "source": values.get("source_id")}
        record(name_of(by), row_event(kind.event_kind, "added"), kind.event_kind, made.pk, about)
        if kind.subject:
            create_links(kind.subject, made.pk, *linked, by=by)
    return made


def correct_record(
    kind: RecordKind, key: str, entry: RecordEntry, reason: str, *, by: Actor, seen: str | None = None
) -> Any:
    """Correct a record; where its kind keeps what was superseded, a new one takes the place of the old.

    A reason is needed where something on record is replaced, not where a blank is filled. Raises ``NotAllowed``;
    ``InvalidEntry``; ``EditConflict`` where it changed since the page with the stamp ``seen``.
    """
    require_somewhere(by, kind.permission)
    with transaction.atomic():
        held = _locked(kind, key, by, seen)
        problems = dict(entry.problems)
        cells = {name: text for name, text in entry.cells.items() if name not in kind.ident}
        new = _values(kind, cells, problems)
        source = _source_cells(kind, entry, problems)
        check_values(kind, _kept(kind, held) | new, problems, key)
        if problems:
            raise InvalidEntry(problems)
        _add_states(kind, new, by)
        _require_later(kind, new, by)
        new |= _sourced(kind, source, by)
        changes = {name: [getattr(held, name), value] for name, value in new.items() if getattr(held, name) != value}
        changes = {name: pair for name, pair in changes.items() if not _unseen(kind, name, pair, by)}
        _check_reason(kind, changes, reason)
        return _write(kind, held, changes, " ".join(reason.split())[:250], by)


def _unseen(kind: RecordKind, name: str, pair: list[Any], by: Actor) -> bool:
    """Whether a blank stands for a record that the person may not see: what they were not shown they do not clear."""
    old, new = pair
    asked = next((ask.picker for ask in kind.asks if ask.picker and f"{ask.name}_id" == name), "")
    return bool(asked) and new is None and old is not None and not picker(asked, by).shown(old)


def record_stamp(kind: RecordKind, held: Any) -> str:
    """Return the stamp of a record: everything of it that a form shows, and whether it was withdrawn."""
    return edit_conflicts.stamp(_kept(kind, held), getattr(held, "withdrawn", ""))


def _kept(kind: RecordKind, held: Any) -> dict[str, Any]:
    names = [f"{ask.name}_id" if ask.picker else ask.name for ask in kind.asks]
    return {name: getattr(held, name) for name in (*names, *(["source_id"] if kind.sourced != "no" else []))}


def _locked(kind: RecordKind, key: str, by: Actor, seen: str | None) -> Any:
    """Lock a record that ``by`` may see and correct, and that is as the page showed it."""
    held = VISIBLE[kind.noun](by).select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    if held is None:
        raise InvalidEntry({"record": _("the register has no %(key)s") % {"key": key}})
    require_correction(kind, held, by)
    stored = [
        (label(f"{kind.table}.{name.removesuffix('_id')}"), str(value)) for name, value in _kept(kind, held).items()
    ]
    if getattr(held, "withdrawn", ""):
        raise EditConflict(_("This was corrected by somebody since. Nothing of yours was saved."), stored=stored)
    edit_conflicts.compare(seen, record_stamp(kind, held), kind.event_kind, key, stored)
    return held


def _values(kind: RecordKind, cells: Mapping[str, str], problems: dict[str, str]) -> dict[str, Any]:
    """Return the values of the fields of a record, by the names of the model; what is wrong goes to ``problems``."""
    table = next(table for table in TABLES if table.name == kind.table)
    columns = {column.name: column for column in table.columns}
    given = dict(cells)
    for name, text in cells.items():
        if columns[name].kind == "label" and text:
            given[name] = f"no. {text.removeprefix('no.').strip()}"
    read = _read(kind.table, given, problems)
    return {f"{name}_id" if columns[name].points_to else name: value for name, value in read.items()}


def _read(table: str, cells: Mapping[str, str], problems: dict[str, str]) -> dict[str, Any]:
    """Read cells as the importer does; what was wrong before with a field stays what is said of it."""
    wrong: dict[str, str] = {}
    read = read_cells(table, cells, wrong)
    for name, says in wrong.items():
        problems.setdefault(name, says)
    return read


def _source_cells(kind: RecordKind, entry: RecordEntry, problems: dict[str, str]) -> dict[str, Any] | None:
    """Return the cells of the source, ``id`` alone of one that the register has; nothing where none was given."""
    if kind.sourced == "no":
        return None
    if entry.source.get("id"):
        return {"id": entry.source["id"]}
    typed = {name: entry.source.get(name, "") for name in SOURCE}
    if kind.sourced == "optional" and not any(typed[name] for name in ("url", "title", "publisher")):
        return None
    return _read("sources", typed, problems)


def _sourced(kind: RecordKind, source: dict[str, Any] | None, by: Actor) -> dict[str, Any]:
    """Return the source of a record by the name of its field: one of the register, or made from its cells."""
    if kind.sourced == "no":
        return {}
    if source is None:
        return {"source_id": None}
    if "id" in source:
        held: Source | None = visible_sources(by).filter(pk=source["id"]).first()
        if held is None:
            raise InvalidEntry({"sources.url": _("the register has no source %(id)s") % source})
        return {"source_id": held.pk}
    return {"source_id": get_or_create_source(source, by=by).pk}


def _linked(
    kind: RecordKind, document: Document, entry: RecordEntry, problems: dict[str, str], by: Actor
) -> tuple[dict[str, Any], list[Any]]:
    """Return the cells of the links of a new record, and what it is linked to."""
    if not kind.subject:
        return {}, []
    cells = read_link_cells(kind.subject, LinkRequest((), kind.role, entry.rationale), problems)
    named = [one.strip() for one in entry.places.replace(";", ",").split(",") if one.strip()]
    ids = [one if one.startswith(f"{document.pk}/") else f"{document.pk}/{one}" for one in named]
    found = find_targets(ids, by)
    if missing := [name for name, key in zip(named, ids, strict=True) if key not in {one.pk for one in found}]:
        problems["linked"] = _("this agreement has no %(missing)s; write numbers as 4.3 or 4.3a") % {
            "missing": ", ".join(missing)
        }
    elif not found:
        problems["linked"] = _("write the paragraph or the commitment that it belongs to")
    return cells, found


def _add_states(kind: RecordKind, values: dict[str, Any], by: Actor) -> None:
    for ask in kind.asks:
        if ask.picker == "parties" and values.get(f"{ask.name}_id"):
            add_state(values[f"{ask.name}_id"], by=by)


def _require_later(kind: RecordKind, values: Mapping[str, Any], by: Actor) -> None:
    """See to the right over the agreement of the later commitment, of which an edge says something."""
    if "later_id" in values:
        later = Commitment.objects.select_related("provision__document").get(pk=values["later_id"])
        require(by, kind.permission, later.provision.document)


def _refuse_twins(kind: RecordKind, values: Mapping[str, Any], entry: RecordEntry, by: Actor) -> None:
    names = [f"{name}_id" if f"{name}_id" in values else name for name in kind.twins]
    alike = {name if name.endswith("_id") or not isinstance(values[name], str) else f"{name}__iexact": values[name]
             for name in names}  # fmt: skip
    twin = VISIBLE[kind.noun](by).filter(**alike, **({"withdrawn": ""} if kind.supersedes else {})).first()
    if twin is None:
        return
    if kind.noun in EXACT:
        raise InvalidEntry({f"{kind.table}.{kind.twins[-1]}": _("this is on record already: %(id)s") % {"id": twin.pk}})
    if not entry.anyway:
        raise PossibleDuplicate([_("the register has %(id)s, which says the same: %(words)s")
                                 % {"id": twin.pk, "words": values[names[0]]}])  # fmt: skip


def _base(kind: RecordKind, values: Mapping[str, Any]) -> str:
    """Return the id of a new record, or the stem that a number follows."""
    if kind.ident:
        return "/".join(str(values.get(f"{name}_id", values.get(name))) for name in kind.ident)
    words = slugify(str(values[kind.named]))[:60].strip("-") if kind.named else ""
    if kind.named and not any(letter.isalpha() for letter in words):
        words = f"{kind.noun}-{words}".rstrip("-")
    return f"{kind.stem}{words}"


def _check_reason(kind: RecordKind, changes: Mapping[str, list[Any]], reason: str) -> None:
    """Refuse what changes nothing, and what replaces something on record without a reason."""
    if not changes:
        first = next(ask.name for ask in kind.asks if ask.name not in kind.ident)
        raise InvalidEntry({f"{kind.table}.{first}": _("nothing differs from what is on record")})
    if not reason.strip() and any(old not in (None, "") for old, _new in changes.values()):
        raise InvalidEntry({"reason": _("say why what is on record is replaced")})


def _write(kind: RecordKind, held: Any, changes: Mapping[str, list[Any]], reason: str, by: Actor) -> Any:
    event, said = row_event(kind.event_kind, "changed"), {
        name.removesuffix("_id"): [None if one is None else str(one) for one in pair] for name, pair in changes.items()
    }  # fmt: skip
    if kind.supersedes:
        return _supersede(kind, held, changes, reason, by)
    for name, (_old, new) in changes.items():
        setattr(held, name, new)
    held.save(update_fields=list(changes))
    record(name_of(by), event, kind.event_kind, held.pk, {"changes": said, **({"reason": reason} if reason else {})})
    return held


def _supersede(kind: RecordKind, old: Any, changes: Mapping[str, list[Any]], reason: str, by: Actor) -> Any:
    """Make the corrected record, with the links of the old one, which is withdrawn and names what replaced it."""
    kept = {one.attname: getattr(old, one.attname) for one in kind.model._meta.concrete_fields if not one.primary_key}
    fresh = {"withdrawn": "", "replaced_by_id": None} | ({"checked": False} if "checked" in kept else {})
    new = {name: pair[1] for name, pair in changes.items()}
    made: Any = create(kind.model, _base(kind, kept | new), **(kept | fresh | new))
    record(name_of(by), row_event(kind.event_kind, "added"), kind.event_kind, made.pk, {"corrects": old.pk})
    for one in Link.objects.filter(**{kind.subject: old}).select_related("commitment__provision__document",
                                                                         "provision__document"):  # fmt: skip
        cells = {"role": one.role, "rationale": one.rationale, "origin": one.origin, "share": None}
        create_links(kind.subject, made.pk, cells, [target_of(one)], by=by, confirm=bool(one.confirmed))
    today = timezone.localdate().isoformat()
    said = _("corrected on %(day)s as %(key)s: %(reason)s")
    told = said % {"day": today, "key": made.pk, "reason": reason or _("completed")}
    old.withdrawn, old.replaced_by = told[:300], made
    old.save(update_fields=["withdrawn", "replaced_by"])
    about = {"replaced_by": made.pk, "reason": reason}
    record(name_of(by), row_event(kind.event_kind, "changed"), kind.event_kind, old.pk, about)
    return made
