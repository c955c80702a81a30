"""Keeps the index with the register: it follows the audit events, so that nothing that happened is left out.

After every commit the writer brings the index up to the last event; whoever searches does it first where a writer died
in between. What changed is read anew: the records that the events name, or everything after an import.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.db.models import Max, Q

from followthrough.model.vocabulary import LinkSubject
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import head, settle
from followthrough.web.kit.database_errors import trouble_of
from followthrough.web.links.models import Link
from followthrough.web.search.entries import EVERYTHING, GROUPS, OF_DOCUMENT, OF_RECORD
from followthrough.web.search.models import KIND, Entry, Upto

log = logging.getLogger(__name__)
BATCH, MANY = 2_000, 500
"""Entries in one statement; events after which everything is read anew."""
UNSEEN = (
    "draft.", "role.", "suggestion.", "link.confirmed", "link.unconfirmed", "refresh.", "fetch.", "vintage.", "feed.",
    "figure.", "assessment.", "cell.", "rating.",
)  # fmt: skip
"""Beginnings of the verbs of events that change nothing a reader could find."""


def follow() -> None:
    """Bring the index up to the last event, or say in one line why not: what was committed stands all the same."""
    try:
        catch_up()
    except DatabaseError as error:
        said = trouble_of(error)
        if said is None:
            raise
        log.warning("the search index is behind: %s; the next search brings it up to date", said.what)


def catch_up() -> None:
    """Bring the index up to the register's last event, if it is not there yet."""
    settle()
    if _behind() is None:
        return
    with transaction.atomic():
        upto = Upto.objects.select_for_update(no_key=True).order_by("id").first()
        latest = head().count
        if upto is None or upto.event > latest:
            Upto.objects.all().delete()
            _everything()
            Upto.objects.create(event=latest)
        elif upto.event < latest:
            _follow(upto.event, latest)
            Upto.objects.filter(pk=upto.pk).update(event=latest)


def _behind() -> int | None:
    """Return the register's last event where the index does not know it."""
    latest = head().count
    known = Upto.objects.order_by("id").values_list("event", flat=True).first()
    return None if known == latest else latest


def _everything() -> None:
    Entry.objects.all().delete()
    for make in EVERYTHING:
        _write(make(None))


def _follow(after: int, latest: int) -> None:
    seen = Q(sequence__gt=after, sequence__lte=latest) & ~Q(kind="user")
    for verb in UNSEEN:
        seen &= ~Q(verb__startswith=verb)
    named = set(AuditEvent.objects.filter(seen).order_by().values_list("kind", "target")[: MANY + 1])
    named = _of_links(named)
    kinds = {kind for kind, _ in named}
    if len(named) > MANY or kinds - {"document", "commitment", *OF_RECORD}:
        _everything()
        return
    homes = {target.partition("/")[0] for kind, target in named if kind in ("document", "commitment")}
    if homes:
        _documents(sorted(homes))
    for kind in sorted(kinds & set(OF_RECORD)):
        _records(kind, [target for at, target in named if at == kind])


def _of_links(named: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Put in the place of links the things that they tie."""
    links = [target for kind, target in named if kind == "link"][: MANY + 1]
    things = [thing for thing in LinkSubject if thing in OF_RECORD]
    found = {(kind, target) for kind, target in named if kind != "link"}
    for row in Link.objects.filter(pk__in=links).values(*things):
        found |= {(thing, row[thing]) for thing in things if row[thing]}
    return found


def _documents(ids: list[str]) -> None:
    groups = [GROUPS.index(name) for name in ("Documents", "Paragraphs and sections", "Commitments")]
    Entry.objects.filter(document__in=ids, group__in=groups).delete()
    for make in OF_DOCUMENT:
        _write(make(ids))


def _records(kind: str, ids: list[str]) -> None:
    group, make = OF_RECORD[kind]
    Entry.objects.filter(group=GROUPS.index(group), record__in=ids).delete()
    _write(make(ids))


def _write(entries: Iterable[Entry]) -> None:
    """Write entries of one kind behind those that are there."""
    batch: list[Entry] = []
    place = 0
    for entry in entries:
        place = (place or _last(entry.group)) + 1
        entry.id = place
        batch.append(entry)
        if len(batch) == BATCH:
            Entry.objects.bulk_create(batch)
            batch = []
    Entry.objects.bulk_create(batch)


def _last(group: int) -> int:
    held = Entry.objects.filter(id__gte=group * KIND, id__lt=(group + 1) * KIND)
    return held.aggregate(last=Max("id"))["last"] or group * KIND
