"""Activities of an IATI file into the register: a portion at a time, each with its events, or none of it.

A portion is one transaction and one event that says where the file stands behind it: an import that was cut goes on
there. What a person decided stays: rows that were withdrawn, links that were refused, the state of an activity whose
steps were dated. The same activity by several publishers is one whole with the other reports as its parts, so that its
money is counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from followthrough.packs.cells import Row
from followthrough.packs.schema import TABLES
from followthrough.sources.iati.reading import Accepted, Refused
from followthrough.sources.iati.records import IatiActivity
from followthrough.sources.iati.scanning import Place
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.models import Activity, ActivityEvent
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record, record_all
from followthrough.web.exchange.iati_known import KnownForIati, key_of, own_key
from followthrough.web.exchange.iati_rows import Entered, Whole, rows_of_activity, source_title
from followthrough.web.exchange.importing import Change, Difference, apply_changes, difference_of, row_events
from followthrough.web.links.models import Link

PORTION = 100
"""Activities of one transaction."""
TAKEN = ("sources", "activities", "activity_parties", "links")
_KEPT = ("kind", "fund", "checked", "check_note", "recorded", "withdrawn", "replaced_by")
"""What an import leaves as it is in an activity that is held already."""
_PREVIOUS = ("A3", "A9", "B1", "B9")
"""Types of other identifiers that may be the identifier under which somebody else reports the same activity."""
_PARENT, _THIRD_PARTY = "1", "5"
_INCOMING = ("1", "11")


@dataclass(slots=True)
class Imported:
    """What a portion did: its changes, what could not be kept by activity, and what was refused."""

    changes: Sequence[Change]
    unchanged: dict[str, int]
    told: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class IatiFile:
    """A file that is imported: its name and digest, its public address or empty, and the day of the import."""

    name: str
    sha256: str
    url: str
    today: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an import stands: behind ``after``, with so many wholes ``waiting``.

    ``again`` is true in its second round, ``done`` behind the last portion of a round.
    """

    after: Place | None = None
    waiting: int = 0
    again: bool = False
    done: bool = False


def stands_at(file: IatiFile) -> Standing:
    """Return where an import of this file was cut, or where a new one begins."""
    last = AuditEvent.objects.filter(kind="iati_file", target=file.sha256).order_by("-id").first()
    if last is None or last.detail["done"] or last.detail["url"] != file.url:
        return Standing()
    return Standing(Place(*last.detail["after"]), last.detail["waiting"], last.detail["again"])


def import_portion(
    file: IatiFile, outcomes: Sequence[Accepted | Refused], known: KnownForIati, standing: Standing, *, by: Actor
) -> Imported:
    """Bring the accepted of ``outcomes`` into the register, in one transaction with their events.

    ``standing`` is how the import stands behind them, but for the wholes that they wait for. Raises ``NotAllowed``, and
    ``django.db.Error`` where the database refuses a row; then nothing of the portion is kept.
    """
    require(by, Permission.IMPORT)
    with transaction.atomic():
        made = Imported((), {}, refused=[one for one in outcomes if isinstance(one, Refused)])
        entered = _entered(file, [one for one in outcomes if isinstance(one, Accepted)], known, made)
        rows: dict[str, list[Row]] = {name: [row for one in entered for row in one.rows[name]] for name in TAKEN}
        what = difference_of(_as_decided(rows, {one.key for one in entered if one.own}), alone=True)
        made.changes, made.unchanged = what.changes, what.unchanged
        apply_changes(what.changes)
        _record(file, made, what, standing, by)
    return made


def _record(file: IatiFile, made: Imported, what: Difference, standing: Standing, by: Actor) -> None:
    counts = {name: {verb: what.count(name, verb) for verb in ("added", "changed")} for name in TAKEN}
    waiting = standing.waiting + made.waiting
    about = {
        "file": file.name, "url": file.url, "counts": counts, "refused": len(made.refused),
        "after": list(standing.after or ()), "waiting": waiting, "again": standing.again,
        "done": standing.done and (standing.again or not waiting),
    }  # fmt: skip
    record(name_of(by), EventType.IATI_FILE_IMPORTED, "iati_file", file.sha256, about)
    record_all(name_of(by), row_events(what.changes, {"iati": file.name, "sha256": file.sha256}))


def _entered(file: IatiFile, accepted: Sequence[Accepted], known: KnownForIati, made: Imported) -> list[Entered]:
    """Return the rows of activities, each under its id; what has no identifier is refused here."""
    named = []
    for one in accepted:
        if one.identifier:
            named.append(one)
        else:
            says = "has no identifier: the register cannot tell it from another"
            made.refused.append(Refused(file.name, "", one.line, one.offset, says, one.after))
    held = _Held(one.record for one in named)
    found = []
    for one in named:
        key, whole = held.place(one.record)
        made.waiting += held.awaited(one.record, whole)
        entered = rows_of_activity(one.record, key, whole, known, file.url, file.today)
        made.told += [f"{file.name}, line {one.line}, {one.identifier}: {says}" for says in entered.told]
        if whole:
            made.told.append(f"{file.name}, line {one.line}, {one.identifier}: {whole.why}; its money is counted there")
        found.append(entered)
    return found


class _Held:
    """The activities that the register holds, as far as those of a portion may be or belong to one of them."""

    def __init__(self, records: Iterable[IatiActivity]) -> None:
        self.sources, self.parents = dict[str, str](), dict[str, str]()
        wanted = {key for one in records for key in self._keys(one)}
        asked = Activity.objects.filter(pk__in=wanted).values_list("pk", "source__title", "parent")
        for key, title, parent in asked:
            self.add(key, title, parent or "")

    def add(self, key: str, title: str, parent: str) -> None:
        """Take note of an activity that is held, or that is entered."""
        self.sources[key] = title
        if parent:
            self.parents[key] = parent

    @staticmethod
    def _keys(one: IatiActivity) -> set[str]:
        refs = {one.identifier, *_same(one), *_wholes(one), *_payers(one)}
        return {*(key_of(ref) for ref in refs if ref), _beside(one), own_key(one), one.own.get("parent", "")}

    def place(self, one: IatiActivity) -> tuple[str, Whole | None]:
        """Return the id under which an activity is entered, and the one that it is counted in, if any."""
        key, whole = key_of(one.identifier), None
        if own := own_key(one):
            key, at = own, one.own.get("parent", "")
            whole = Whole(at, f"it is a part of {at}") if at in self.sources and at != key else None
        elif self.sources.get(key, source_title(one)) != source_title(one):
            whole = Whole(key, f"the same activity is reported by another publisher as {key}")
            key = _beside(one)
        whole = whole if whole or own else self._whole(one, key)
        self.add(key, source_title(one), whole.key if whole else "")
        return key, whole

    def _whole(self, one: IatiActivity, key: str) -> Whole | None:
        for refs, says in (
            (_same(one), "the same activity is reported as"),
            (_wholes(one), "it is a part of"),
            (_payers(one), "it is paid from"),
        ):
            for ref in refs:
                at = key_of(ref)
                if at in self.sources and at != key and not self._leads_to(at, key):
                    return Whole(at, f"{says} {ref}")
        return None

    def _leads_to(self, start: str, key: str) -> bool:
        """Say whether the wholes of an activity lead to ``key``."""
        seen = set[str]()
        while start and start not in seen:
            if start == key:
                return True
            seen.add(start)
            start = self.parents.get(start) or str(
                Activity.objects.filter(pk=start).values_list("parent", flat=True).first() or ""
            )
        return False

    def awaited(self, one: IatiActivity, whole: Whole | None) -> int:
        """Return 1 where an activity names a whole that is not here yet."""
        return int(
            whole is None
            and not one.own
            and any(key_of(ref) not in self.sources for ref in (*_same(one), *_wholes(one)))
        )


def _beside(one: IatiActivity) -> str:
    return key_of(f"{one.identifier} by {one.reporting.ref}")


def _same(one: IatiActivity) -> list[str]:
    other = [held.ref for held in one.other_identifiers if held.type in _PREVIOUS]
    return [*(held.ref for held in one.related if held.type == _THIRD_PARTY), *filter(None, other)]


def _wholes(one: IatiActivity) -> list[str]:
    return [held.ref for held in one.related if held.type == _PARENT]


def _payers(one: IatiActivity) -> list[str]:
    """Return the one activity that all incoming money of this one is paid from, if it is one."""
    incoming = [held for held in one.transactions if held.type in _INCOMING]
    payers = {held.provider.activity if held.provider else "" for held in incoming}
    return [*payers] if len(payers) == 1 and "" not in payers else []


def _as_decided(rows: dict[str, list[Row]], own: set[str]) -> dict[str, list[Row]]:
    """Return rows as they would stand: what a person decided of those that are held stays.

    ``own`` are the ids of activities that come from an export of a register: held ones are left as they are.
    """
    keys = [str(row["id"]) for row in rows["activities"]]
    columns = [one.name for one in next(table for table in TABLES if table.name == "activities").columns]
    names = {name: f"{name}_id" if name in ("fund", "parent", "source", "replaced_by") else name for name in columns}
    held = {
        str(row["id"]): {name: row[stored] for name, stored in names.items()}
        for row in Activity.objects.filter(pk__in=keys).values(*names.values())
    }
    moved = set(ActivityEvent.objects.filter(activity__in=keys).values_list("activity", flat=True))
    linked = Link.everything.filter(activity__in=keys).values_list("id", "activity", "commitment")
    ids, pairs = {one[0] for one in linked}, {one[1:] for one in linked}
    gone = {key for key, row in held.items() if row["withdrawn"]} | (own & held.keys())
    return {
        "sources": [row for row in rows["sources"] if str(row["id"]).removeprefix("s-") not in gone],
        "activities": [
            _onto(row, held.get(str(row["id"])), str(row["id"]) in moved)
            for row in rows["activities"]
            if row["id"] not in gone
        ],
        "activity_parties": [row for row in rows["activity_parties"] if row["activity"] not in gone],
        "links": [
            row
            for row in rows["links"]
            if row["activity"] not in gone
            and row["id"] not in ids
            and (row["activity"], row["commitment"]) not in pairs
        ],
    }


def _onto(row: Row, held: Row | None, moved: bool) -> Row:
    if held is None:
        return row
    kept = (*_KEPT, "state") if moved else _KEPT
    whole = {"parent": held["parent"]} if row["parent"] is None else {}
    return {**row, **{name: held[name] for name in kept}, **whole}
