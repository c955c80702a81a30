"""The sources that the evidence of an agreement rests on, with how much of it rests on each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.assess.grading import grade
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.policy import visible_sources
from followthrough.web.evidence.summaries import ClaimSummary, claims_at
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.list_columns import Column, natural
from followthrough.web.kit.lists import Filter, Table, below, dated, link, listed, outward
from followthrough.web.kit.locales import language_name
from followthrough.web.kit.portions import portions
from followthrough.web.kit.wording import plain
from followthrough.web.links.scope import Scope

SOURCE = ("id", "title", "publisher", "publisher_kind", "published", "language", "url", "archived")
"""The columns of ``ListedSource`` that the database holds, in its order."""


@dataclass(slots=True)
class ListedSource:
    """A source as the list shows it; ``newest`` is the date of the newest event that an item on it tells, or empty."""

    id: str
    title: str
    publisher: str
    publisher_kind: str
    published: str
    language: str
    url: str
    archived: str
    items: int = 0
    adverse: int = 0
    checked: int = 0
    newest: str = ""

    def add(self, claim: ClaimSummary) -> None:
        """Count an evidence item that rests on it."""
        self.items += 1
        self.adverse += claim.unfavourable
        self.checked += claim.checked
        self.newest = max(self.newest, claim.date)


def sources_behind(claims: Iterable[ClaimSummary], by: Actor) -> list[ListedSource]:
    """Return the sources of ``claims``, of those that ``by`` may see, in the order of their first claim."""
    resting: dict[str, list[ClaimSummary]] = {}
    for claim in claims:
        resting.setdefault(claim.source, []).append(claim)
    found: dict[str, ListedSource] = {
        row[0]: ListedSource(*row)
        for some in portions(list(resting))
        for row in visible_sources(by).filter(pk__in=some).order_by().values_list(*SOURCE)
    }
    for key, one in found.items():
        for claim in resting[key]:
            one.add(claim)
    return [found[key] for key in resting if key in found]


def _titled(one: ListedSource) -> SafeString:
    return below(one.title, link(address("source", one.id), one.id))


def _published_by(one: ListedSource) -> SafeString:
    return below(one.publisher, plain(one.publisher_kind))


COLUMNS: tuple[Column[ListedSource], ...] = (
    Column("id", lazy("Id"), attrgetter("id"), order=lambda one: natural(one.id), extra=True),
    Column("title", lazy("Source"), attrgetter("title"), _titled),
    Column("publisher", lazy("Published by"), attrgetter("publisher"), _published_by),
    Column("publisher_kind", lazy("Kind of publisher"), attrgetter("publisher_kind"), extra=True),
    Column("grade", lazy("Grade"), lambda one: grade(one.publisher_kind), numeric=True),
    Column("published", lazy("Published"), attrgetter("published"), lambda one: dated(one.published)),
    Column("language", lazy("Language"), attrgetter("language"), lambda one: language_name(one.language)),
    Column("items", lazy("Evidence items"), attrgetter("items"), numeric=True),
    Column("adverse", lazy("Adverse"), attrgetter("adverse"), numeric=True),
    Column("checked", lazy("Checked"), attrgetter("checked"), numeric=True, extra=True),
    Column("newest", lazy("Newest event"), attrgetter("newest"), lambda one: dated(one.newest), extra=True),
    Column("url", lazy("Address"), attrgetter("url"), lambda one: outward(one.url, one.url), extra=True),
    Column("archived", lazy("Archived copy"), attrgetter("archived"), extra=True),
)
FILTERS: tuple[Filter[ListedSource], ...] = (
    Filter("kind", lazy("Published by"), attrgetter("publisher_kind"), plain),
    Filter("language", lazy("Language"), attrgetter("language"), language_name),
    Filter("year", lazy("Year"), lambda one: one.published[:4]),
    Filter("against", lazy("Stance"), lambda one: "adverse" if one.adverse else "other",
           options={"adverse": lazy("with adverse items"), "other": lazy("without adverse items")}),
)  # fmt: skip


@require_safe
def sources(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the sources that the evidence of an agreement rests on, those of most items first."""
    facts = document_or_404(request, doc)
    found = sources_behind(claims_at(Scope(doc, by=request.user)), request.user)
    table: Table[ListedSource] = Table(
        "sources",
        _("Sources"),
        "source",
        COLUMNS,
        FILTERS,
        lambda one: f"{one.id} {one.title} {one.publisher}",
        sort="-items",
    )
    context: dict[str, Any] = {"doc": facts, "here": "claims", "finding": _finding(doc, found)}
    return listed(request, table, found, context, ext)


def _finding(doc: str, found: list[ListedSource]) -> SafeString:
    if not found:
        return format_html("{}", _("No evidence is on record, and so no source."))
    twin = f"{address('sources', doc)}.json"
    media = sum(one.publisher_kind == "media" for one in found)
    return format_html(
        _("<strong>{} from {} stand behind {}.</strong> {} of them are reports of the media."),
        tallied(len(found), "source", twin=twin),
        tallied(len({one.publisher for one in found}), "publisher", twin=twin, path="sources/*/publisher"),
        tallied(sum(one.items for one in found), "evidence item", twin=f"{address('claims', doc)}.json?period=all"),
        tally(media, twin=twin, path="sources/*/publisher_kind", equals="media"),
    )
