"""Keeps the index with the register: it follows the audit events, so that nothing that happened is left out.

After every commit the writer brings the index up to the last event; whoever searches does it first where a writer died
in between. What changed is read anew: the records that the events name, or everything after an import.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from followthrough.web.audit.event_types import unsearched
from followthrough.web.audit.models import AuditEvent, Head
from followthrough.web.audit.record import head, settle
from followthrough.web.kit.compiled_queries import compiled
from followthrough.web.kit.database_errors import trouble_of
from followthrough.web.search.groups import Named, groups_of_records, makers, redirects
from followthrough.web.search.models import KIND, Entry, Upto, Word
from followthrough.web.search.vocabulary import count_words, keep_words

log = logging.getLogger(__name__)
BATCH, MANY = 2_000, 500
"""Entries in one statement; events after which everything is read anew."""
OF_DOCUMENTS = ("document", "commitment")
"""Kinds of records whose ids begin with that of a document: what is found of it is read anew with them."""


def follow() -> None:
    """Bring the index up to the last event, or say in one line why not: what was committed stands all the same."""
    followed()


def followed() -> int:
    """Do the same and return the event that the index has come to, as far as it is known."""
    try:
        return catch_up()
    except DatabaseError as error:
        said = trouble_of(error)
        if said is None:
            raise
        log.warning("the search index is behind: %s; the next search brings it up to date", said.what)
    return 0


def catch_up() -> int:
    """Bring the index up to the register's last event, if it is not there yet, and return that."""
    settle()
    known, latest = next(iter(_known_and_last()), (None, 0))
    if known == latest:
        return latest
    with transaction.atomic():
        upto = Upto.objects.select_for_update(no_key=True).order_by("id").first()
        latest = head().count
        if upto is None or upto.event > latest:
            Upto.objects.all().delete()
            written = _everything()
            Upto.objects.create(event=latest)
        elif upto.event < latest:
            written = _follow(upto.event, latest)
            Upto.objects.filter(pk=upto.pk).update(event=latest)
        else:
            written = 0  # somebody else followed while we waited
        if written:
            _tidy()
    return latest


def _tidy() -> None:
    """Let PostgreSQL put what was written into the index now: until then each block that is searched reads it all.

    It does so for those alone who have the index or are of its owner's role; for others autovacuum does it, later.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT gin_clean_pending_list(oid) FROM pg_class"
                " WHERE oid = 'search_words'::regclass AND pg_has_role(relowner, 'USAGE')"
            )


@compiled
def _known_and_last() -> QuerySet[Upto, Any]:
    """Return the last event that the index knows and the last that there is; no row where there is no index."""
    last = Coalesce(Subquery(Head.objects.filter(pk=1).values("count")), 0)
    return Upto.objects.order_by("id").values_list("event", last)[:1]


def state() -> tuple[int, str]:
    """Return what tells one state of the index from another: which index it is, and the end of the audit chain."""
    return next(((key, end) for key, end in _index_and_end()), (0, ""))


@compiled
def _index_and_end() -> QuerySet[Upto, Any]:
    """Return the id of the index and the hash at the end of the chain; no row where there is no index."""
    return Upto.objects.order_by("id").values_list("id", Subquery(Head.objects.filter(pk=1).values("hash")))[:1]


def _everything() -> int:
    """Make the index anew, and return how many entries were written."""
    Entry.objects.all().delete()
    Word.objects.all().delete()
    return sum(_write(make(None)) for make in makers().values())


def _follow(after: int, latest: int) -> int:
    """Read anew what events changed, and return how many entries were written."""
    seen = Q(sequence__gt=after, sequence__lte=latest) & ~Q(verb__in=unsearched())
    named = _redirected(set(AuditEvent.objects.filter(seen).order_by().values_list("kind", "target")[: MANY + 1]))
    kinds, found = {kind for kind, _ in named}, set(groups_of_records())
    if len(named) > MANY or kinds - {*OF_DOCUMENTS, *found}:
        return _everything()
    homes = {target.partition("/")[0] for kind, target in named if kind in OF_DOCUMENTS}
    written = _documents(sorted(homes)) if homes else 0
    for kind in sorted(kinds & found):
        written += _records(kind, [target for at, target in named if at == kind])
    return written


def _redirected(named: Named) -> Named:
    """Put in the place of records that are not found themselves, such as links, those that they change."""
    for kind, follow_kind in redirects().items():
        ids = [target for at, target in named if at == kind][: MANY + 1]
        named = {(at, target) for at, target in named if at != kind} | (follow_kind(ids) if ids else set())
    return named


def _documents(ids: list[str]) -> int:
    groups = {group: make for group, make in makers().items() if not group.record}
    Entry.objects.filter(document__in=ids, group__in=[group.number for group in groups]).delete()
    return sum(_write(make(ids)) for make in groups.values())


def _records(kind: str, ids: list[str]) -> int:
    group = groups_of_records()[kind]
    Entry.objects.filter(group=group.number, record__in=ids).delete()
    return _write(makers()[group](ids))


def _write(entries: Iterable[Entry]) -> int:
    """Write entries of one kind behind those that are there, count their words, and return how many entries."""
    batch: list[Entry] = []
    counts: Counter[str] = Counter()
    place = written = 0
    for entry in entries:
        written += 1
        place = (place or _last(entry.group)) + 1
        entry.id = place
        batch.append(entry)
        if len(batch) == BATCH:
            _keep(batch, counts)
            batch = []
    _keep(batch, counts)
    keep_words(counts)
    return written


def _keep(batch: list[Entry], counts: Counter[str]) -> None:
    Entry.objects.bulk_create(batch)
    count_words((entry.words for entry in batch), counts)


def _last(group: int) -> int:
    held = Entry.objects.filter(id__gte=group * KIND, id__lt=(group + 1) * KIND)
    return held.aggregate(last=Max("id"))["last"] or group * KIND
