"""Rounds of fetching: each feed queried once, its data stored whole or not at all; an interrupted round is resumed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from followthrough.errors import InputRefused
from followthrough.model.series_filter import parse_filter
from followthrough.sources import archive
from followthrough.sources.circuit_breaker import CircuitBreaker
from followthrough.sources.connectors.registry import CONNECTORS
from followthrough.sources.errors import Missing, SourceFailed
from followthrough.sources.local.uploads import read_upload
from followthrough.sources.observations import ProviderData
from followthrough.sources.providers import providers
from followthrough.sources.query import SeriesQuery
from followthrough.sources.series_source import SeriesSource
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Party
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.indicators.models import Feed, Fetch, Figure, Indicator, Refresh, Vintage

NEW, SAME, ABSENT, FAILED = "new", "same", "absent", "failed"
OUTCOMES = (NEW, SAME, ABSENT, FAILED)
"""New observations; those of the vintage before; no copy or no such series; none, for the reason given."""
HANDED = "file"
LIVE = "live"
CELLS = ("area", "period", "value", "status")
"""The fields of an observation, beside its vintage."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one feed."""

    feed: str
    outcome: str
    says: str


def _unreported(outcome: Done, total: int) -> None:
    """Take the outcome of a feed without reporting it."""


def refresh(
    source: SeriesSource,
    asked: str,
    *,
    by: Actor,
    indicator: str = "",
    report: Callable[[Done, int], None] = _unreported,
) -> list[Done]:
    """Query ``source`` for every feed that it can answer, one transaction each, and return the outcome of each.

    ``asked`` names the source. An interrupted round over the same source is resumed: its feeds are not queried again.
    ``report`` is given each outcome and the number of feeds. Raises ``NotAllowed``; ``InputRefused`` for an indicator
    that the register does not have.
    """
    require(by, Permission.IMPORT)
    feeds = _feeds(indicator, live=asked == LIVE)
    areas = _areas()
    round_ = _round(f"{asked} {indicator}".strip(), by)
    before = {fetch.feed_id: fetch for fetch in round_.fetches.all()}
    guarded = CircuitBreaker(source)
    outcomes = []
    for feed in feeds:
        earlier = before.get(feed.pk)
        outcome = Done(feed.pk, earlier.outcome, earlier.says) if earlier else _fetch(feed, areas, guarded, round_, by)
        outcomes.append(outcome)
        report(outcome, len(feeds))
    _finish(round_, outcomes, by)
    return outcomes


def _feeds(indicator: str, *, live: bool) -> list[Feed]:
    """Return the feeds to query; live, those of files only and those whose address is not set are left out."""
    if indicator and not Indicator.objects.filter(pk=indicator).exists():
        known = ", ".join(Indicator.objects.values_list("pk", flat=True)[:5]) or "none"
        raise InputRefused(indicator, "is no indicator of the register", f"it has {known} and so on")
    if not Indicator.objects.exists():
        raise InputRefused("the register", "has no indicators", "import a pack that names some")
    feeds = Feed.objects.exclude(provider=HANDED).order_by("indicator", "rank")
    feeds = feeds.filter(indicator=indicator) if indicator else feeds
    return [feed for feed in feeds if not live or _answers(feed.provider)]


def _answers(provider: str) -> bool:
    known = providers().get(provider)
    return known is None or (known.connector in CONNECTORS and bool(known.base))


def _areas() -> tuple[str, ...]:
    return tuple(Party.objects.filter(kind="state").order_by("pk").values_list("pk", flat=True))


def _names() -> dict[str, str]:
    """Return the names by which the register knows its parties, each with its code."""
    states = Party.objects.filter(kind="state").values_list("pk", "name", "short_name")
    return {name: key for key, *names in states for name in names}


def _round(asked: str, by: Actor) -> Refresh:
    with transaction.atomic():
        held = Refresh.objects.filter(asked=asked, finished=None).first()
        if held is None:
            held = Refresh.objects.create(asked=asked[:500], started=timezone.now())
            record(name_of(by), EventType.REFRESH_STARTED, "refresh", str(held.pk), {"asked": held.asked})
    return held


def _finish(round_: Refresh, found: Iterable[Done], by: Actor) -> None:
    outcomes = [one.outcome for one in found]
    with transaction.atomic():
        Refresh.objects.filter(pk=round_.pk).update(finished=timezone.now())
        counts = {name: outcomes.count(name) for name in OUTCOMES}
        record(name_of(by), EventType.REFRESH_FINISHED, "refresh", str(round_.pk), counts)


def _fetch(feed: Feed, areas: tuple[str, ...], source: SeriesSource, round_: Refresh, by: Actor) -> Done:
    try:
        data = source.fetch(_query(feed, areas))
        _archive(data)
        with transaction.atomic():
            vintage = add_vintage(feed, data, by=by)
            one = Done(feed.pk, NEW if vintage else SAME, f"{len(data.observations)} figures")
            _note(one, feed, round_)
    except Missing as error:
        one = _noted(Done(feed.pk, ABSENT, str(error)), feed, round_, by)
    except SourceFailed as error:
        one = _noted(Done(feed.pk, FAILED, str(error)), feed, round_, by)
    except IntegrityError:
        one = Done(feed.pk, SAME, "another refresh was there first")
    except Exception as error:  # one response that breaks its reader must not stop the other series
        log.exception("refresh of %s", feed.pk)
        says = f"{feed.pk}: unexpected {type(error).__name__}, see the log"
        one = _noted(Done(feed.pk, FAILED, says), feed, round_, by)
    return one


def _query(feed: Feed, areas: tuple[str, ...]) -> SeriesQuery:
    """Return the query of a feed. Raises ``SourceFailed`` for an unknown provider or a filter that cannot be read."""
    if feed.provider not in providers():
        raise SourceFailed(feed.pk, f"“{feed.provider}” is no provider", f"choose one of {', '.join(providers())}")
    try:
        dimensions = parse_filter(feed.filter)
    except ValueError as error:
        raise SourceFailed(feed.pk, str(error), "correct the filter") from None
    return SeriesQuery(feed.provider, feed.code, areas, timezone.now().year, dimensions)


def _archive(data: ProviderData) -> None:
    """Keep the raw responses before anything refers to them: a stop in between leaves a file too many, not too few."""
    for response in data.responses:
        archive.keep(Path(settings.DATA_DIR) / "archive", response.sha256, response.body)


def _note(one: Done, feed: Feed, round_: Refresh) -> None:
    Fetch.objects.create(refresh=round_, feed=feed, at=timezone.now(), outcome=one.outcome, says=one.says[:500])


def _noted(one: Done, feed: Feed, round_: Refresh, by: Actor) -> Done:
    with transaction.atomic():
        _note(one, feed, round_)
        record(
            name_of(by), EventType(f"fetch.{one.outcome}"), "feed", feed.pk, {"refresh": round_.pk, "says": one.says}
        )
    return one


def add_vintage(feed: Feed, data: ProviderData, *, by: Actor) -> Vintage | None:
    """Store data as the feed's next vintage, inside a transaction; none where it is the same as the last one."""
    last = feed.vintages.order_by("-number").first()
    rows = [(one.ref_area, one.period, one.value, one.status[:60]) for one in data.observations]
    if last and set(last.figures.order_by().values_list(*CELLS)) == set(rows):
        return None
    number = last.number + 1 if last else 1
    first = data.responses[0]
    vintage = Vintage.objects.create(
        id=f"{feed.pk}/v{number}",
        feed=feed,
        number=number,
        fetched=f"{first.fetched:%Y-%m-%dT%H:%M:%SZ}",
        connector=data.connector,
        url=first.url[:1000],
        raws=[response.sha256 for response in data.responses],
        notes="; ".join(data.notes)[:1000],
    )
    figures = [
        Figure(id=f"{vintage.pk}/{row[0]}/{row[1]}", vintage=vintage, **dict(zip(CELLS, row, strict=True)))
        for row in rows
    ]
    Figure.objects.bulk_create(figures, batch_size=500)
    details = {"figures": len(figures), "connector": data.connector}
    record(name_of(by), EventType.VINTAGE_ADDED, "vintage", vintage.pk, details)
    return vintage


def hand_in(indicator: str, path: Path, note: str, *, by: Actor) -> tuple[Vintage | None, int]:
    """Store the data of a file for one indicator, with the note of where it is from; return the vintage and a count.

    The file's feed ranks before the others. Raises ``NotAllowed``, ``InputRefused``, ``ManyRefused``; nothing is
    stored then.
    """
    require(by, Permission.IMPORT)
    if not note.strip():
        raise InputRefused(path.name, "has no source note", "say where it is from")
    _feeds(indicator, live=False)
    now = timezone.now()
    query = SeriesQuery(HANDED, path.name, _areas(), now.year)
    data = read_upload(query, path, note.strip(), now, _names())
    _archive(data)
    with transaction.atomic():
        feed = Feed.objects.filter(indicator=indicator, provider=HANDED).first() or _upload_feed(indicator, path, by)
        return add_vintage(feed, data, by=by), len(data.observations)


def _upload_feed(indicator: str, path: Path, by: Actor) -> Feed:
    lowest = Feed.objects.filter(indicator=indicator).order_by("rank").values_list("rank", flat=True).first()
    feed = Feed.objects.create(
        id=f"{indicator}/{HANDED}",
        indicator_id=indicator,
        rank=(lowest or 1) - 1,
        provider=HANDED,
        code=path.name[:200],
        verified=True,
        note="handed in as a file",
    )
    record(name_of(by), EventType.FEED_ADDED, "feed", feed.pk, {"rank": feed.rank})
    return feed
