"""Rounds of fetching: every feed asked once, each answer kept whole or not at all, and gone on with after a stop."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from followthrough.errors import InputRefused
from followthrough.model.series_filter import parse_filter
from followthrough.sources import archive, files
from followthrough.sources.answers import Answer, Query, SourceFailed
from followthrough.sources.connectors import CONNECTORS, FILE, Source
from followthrough.sources.door import Missing, Unreachable
from followthrough.sources.providers import providers
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Party
from followthrough.web.audit.record import record
from followthrough.web.indicators.models import Feed, Fetch, Figure, Indicator, Refresh, Vintage

NEW, SAME, ABSENT, FAILED = "new", "same", "absent", "failed"
OUTCOMES = (NEW, SAME, ABSENT, FAILED)
"""New figures; the figures of the vintage before; no copy or no such series; no figures, for the reason given."""
HANDED = "file"
LIVE = "live"
SILENT = 2
"""Feeds running without an answer after which a provider is left alone for the rest of a round."""
CELLS = ("area", "period", "value", "status")
"""What a figure says, beside the vintage it is of."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one feed."""

    feed: str
    outcome: str
    says: str


def refresh(
    source: Source, asked: str, *, by: Actor, indicator: str = "", each: Callable[[Done, int], None] = lambda *_: None
) -> list[Done]:
    """Ask every feed that ``source`` can answer, one transaction each, and return what came of each.

    ``asked`` names the source. A round over the same that was cut short is gone on with: its feeds are not asked again.
    ``each`` is told the outcome and how many feeds there are. Raises ``NotAllowed``; ``InputRefused`` for an indicator
    that is not there.
    """
    require(by, Permission.IMPORT)
    feeds = _feeds(indicator, live=asked == LIVE)
    areas = _areas()
    round_ = _round(f"{asked} {indicator}".strip(), by)
    before = {one.feed_id: one for one in round_.fetches.all()}
    patient = _patience(source)
    found = []
    for feed in feeds:
        held = before.get(feed.pk)
        one = Done(feed.pk, held.outcome, held.says) if held else _fetched(feed, areas, patient, round_, by)
        found.append(one)
        each(one, len(feeds))
    _finish(round_, found, by)
    return found


def _patience(source: Source) -> Source:
    """Return a source that asks no more of a provider that did not answer twice running, however often it was asked."""
    silent: Counter[str] = Counter()

    def ask(query: Query) -> tuple[Answer, str]:
        if silent[query.provider] >= SILENT:
            raise SourceFailed(query.name, f"not asked, as {query.provider} did not answer {SILENT} times", "try later")
        try:
            found = source(query)
        except Unreachable:
            silent[query.provider] += 1
            raise
        except SourceFailed:
            silent[query.provider] = 0
            raise
        silent[query.provider] = 0
        return found

    return ask


def _feeds(indicator: str, *, live: bool) -> list[Feed]:
    """Return the feeds to ask; live, those of files only and those whose address is not set are left out."""
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


def _round(asked: str, by: Actor) -> Refresh:
    with transaction.atomic():
        held = Refresh.objects.filter(asked=asked, finished=None).first()
        if held is None:
            held = Refresh.objects.create(asked=asked[:500], started=timezone.now())
            record(name_of(by), "refresh.started", "refresh", str(held.pk), {"asked": held.asked})
    return held


def _finish(round_: Refresh, found: Iterable[Done], by: Actor) -> None:
    outcomes = [one.outcome for one in found]
    with transaction.atomic():
        Refresh.objects.filter(pk=round_.pk).update(finished=timezone.now())
        counts = {name: outcomes.count(name) for name in OUTCOMES}
        record(name_of(by), "refresh.finished", "refresh", str(round_.pk), counts)


def _fetched(feed: Feed, areas: tuple[str, ...], source: Source, round_: Refresh, by: Actor) -> Done:
    try:
        answer, connector = _asked(feed, areas, source)
        _archive(answer)
        with transaction.atomic():
            vintage = add_vintage(feed, answer, connector, by=by)
            one = Done(feed.pk, NEW if vintage else SAME, f"{len(answer.figures)} figures")
            _note(one, feed, round_)
    except Missing as error:
        one = _noted(Done(feed.pk, ABSENT, str(error)), feed, round_, by)
    except SourceFailed as error:
        one = _noted(Done(feed.pk, FAILED, str(error)), feed, round_, by)
    except IntegrityError:
        one = Done(feed.pk, SAME, "another refresh was there first")
    except Exception as error:  # whatever one answer does to its reader, the other series are fetched
        log.exception("refresh of %s", feed.pk)
        says = f"{feed.pk}: unexpected {type(error).__name__}, see the log"
        one = _noted(Done(feed.pk, FAILED, says), feed, round_, by)
    return one


def _asked(feed: Feed, areas: tuple[str, ...], source: Source) -> tuple[Answer, str]:
    if feed.provider not in providers():
        raise SourceFailed(feed.pk, f"“{feed.provider}” is no provider", f"choose one of {', '.join(providers())}")
    try:
        chosen = parse_filter(feed.filter)
    except ValueError as error:
        raise SourceFailed(feed.pk, str(error), "correct the filter") from None
    return source(Query(feed.provider, feed.code, areas, chosen))


def _archive(answer: Answer) -> None:
    """Keep the raw answers before anything points to them: a stop in between leaves a file too many, never too few."""
    for raw in answer.raws:
        archive.keep(Path(settings.DATA_DIR) / "archive", raw.sha256, raw.body)


def _note(one: Done, feed: Feed, round_: Refresh) -> None:
    Fetch.objects.create(refresh=round_, feed=feed, at=timezone.now(), outcome=one.outcome, says=one.says[:500])


def _noted(one: Done, feed: Feed, round_: Refresh, by: Actor) -> Done:
    with transaction.atomic():
        _note(one, feed, round_)
        record(name_of(by), f"fetch.{one.outcome}", "feed", feed.pk, {"refresh": round_.pk, "says": one.says})
    return one


def add_vintage(feed: Feed, answer: Answer, connector: str, *, by: Actor) -> Vintage | None:
    """Add an answer as the feed's next vintage, inside a transaction; nothing where its figures are the last ones."""
    last = feed.vintages.order_by("-number").first()
    rows = [(one.area, one.period, one.value, one.status[:60]) for one in answer.figures]
    if last and set(last.figures.order_by().values_list(*CELLS)) == set(rows):
        return None
    number = last.number + 1 if last else 1
    raw = answer.raws[0]
    vintage = Vintage.objects.create(
        id=f"{feed.pk}/v{number}", feed=feed, number=number, fetched=f"{raw.fetched:%Y-%m-%dT%H:%M:%SZ}",
        connector=connector, url=raw.url[:1000], raws=[one.sha256 for one in answer.raws],
        notes="; ".join(answer.notes)[:1000],
    )  # fmt: skip
    figures = [
        Figure(id=f"{vintage.pk}/{row[0]}/{row[1]}", vintage=vintage, **dict(zip(CELLS, row, strict=True)))
        for row in rows
    ]
    Figure.objects.bulk_create(figures, batch_size=500)
    record(name_of(by), "vintage.added", "vintage", vintage.pk, {"figures": len(figures), "connector": connector})
    return vintage


def hand_in(indicator: str, path: Path, note: str, *, by: Actor) -> tuple[Vintage | None, int]:
    """Take the figures of a file for one indicator, with the note of where it is from; return the vintage and a count.

    The file's feed goes before the others. Raises ``NotAllowed``, ``InputRefused``, ``ManyRefused``; then nothing is
    kept.
    """
    require(by, Permission.IMPORT)
    if not note.strip():
        raise InputRefused(path.name, "has no source note", "say where it is from")
    _feeds(indicator, live=False)
    answer = files.fetch(Query(HANDED, path.name, _areas()), path, note.strip())
    _archive(answer)
    with transaction.atomic():
        feed = Feed.objects.filter(indicator=indicator, provider=HANDED).first()
        if feed is None:
            lowest = Feed.objects.filter(indicator=indicator).order_by("rank").values_list("rank", flat=True).first()
            feed = Feed.objects.create(
                id=f"{indicator}/{HANDED}", indicator_id=indicator, rank=(lowest or 1) - 1, provider=HANDED,
                code=path.name[:200], verified=True, note="handed in as a file",
            )  # fmt: skip
            record(name_of(by), "feed.added", "feed", feed.pk, {"rank": feed.rank})
        return add_vintage(feed, answer, FILE, by=by), len(answer.figures)
