"""The pages of claims and of their sources."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.assess.dates import Time, side
from followthrough.assess.grading import GRADES, grade
from followthrough.model.vocabulary import ClaimKind, Stance
from followthrough.publish.citations import FORMS
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.citing import cite_source, cited_answer
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.place_tags import place_tags
from followthrough.web.agreements.sources import source_row
from followthrough.web.evidence import summaries
from followthrough.web.evidence.actions.bulk_changes import CLAIMS
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, ListedClaim
from followthrough.web.files.policy import keeps_sources, visible_source_files
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.feeds import Feed
from followthrough.web.kit.list_columns import Column, by_stored, natural
from followthrough.web.kit.lists import EVERY, Filter, Table, below, chip, dated, link, listed, outward
from followthrough.web.kit.wording import capital, plain
from followthrough.web.links.forms import list_actions
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import first_place

STANCES = {
    "neutral": lazy("neither for nor against"),
    "favourable": lazy("supports"),
    "unfavourable": lazy("adverse"),
    "comparison": lazy("a comparison"),
}


def _says(claim: ClaimRow) -> SafeString:
    marks = [
        chip("plain bad", "down", _("adverse")) if claim.unfavourable else "",
        chip("warn", "q", _("not reproducible")) if not claim.reproducible else "",
    ]
    named = link(address("claim", claim.id), claim.id)
    return below(claim.statement, format_html("{} {} {}", named, *marks))


def _places(claim: ClaimRow) -> SafeString:
    return place_tags(sorted({tie.place for tie in claim.ties}))


def _source(claim: ClaimRow) -> SafeString:
    named = link(address("source", claim.source.id), claim.source.publisher)
    return below(named, plain(claim.source.publisher_kind))


def _stance(claim: ClaimRow) -> str:
    return str(STANCES.get(claim.stance, claim.stance))


def _checked(claim: ClaimRow | ClaimSummary | ListedClaim) -> str:
    return "yes" if claim.checked else "no"


COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column("id", lazy("Id"), lambda claim: claim.id, order=lambda one: natural(one.id), extra=True),
    Column(
        "statement", lazy("Evidence"), lambda claim: claim.statement, _says, order=by_stored, stored="statement"
    ),
    Column(
        "date", lazy("Date of event"), lambda claim: claim.date, lambda claim: dated(claim.date),
        order=attrgetter("date"),
    ),
    Column("kind", lazy("Kind"), lambda claim: claim.kind, order=attrgetter("kind")),
    Column(
        "value", lazy("Figure"), lambda claim: claim.figure, order=by_stored, stored="value", extra=True
    ),
    Column(
        "stance", lazy("Stance"), lambda claim: claim.stance, _stance, order=attrgetter("stance"), extra=True
    ),
    Column(
        "commitments", lazy("Linked to"), lambda claim: "; ".join(sorted(tie.place for tie in claim.ties)),
        _places,
    ),
    Column(
        "grade", lazy("Grade"), lambda claim: claim.source.grade, numeric=True,
        order=lambda one: grade(one.publisher_kind),
    ),
    Column(
        "source", lazy("Source"), lambda claim: claim.source.url, _source, order=by_stored,
        stored="source__publisher",
    ),
    Column(
        "source_id", lazy("Source's id"), lambda claim: claim.source.id, order=by_stored, stored="source_id",
        extra=True,
    ),
    Column("checked", lazy("Checked"), _checked, order=_checked),
    Column(
        "check_note", lazy("Note of the check"), lambda claim: claim.check_note, order=by_stored,
        stored="check_note", extra=True,
    ),
    Column(
        "recorded", lazy("Recorded"), lambda claim: claim.recorded, lambda claim: dated(claim.recorded),
        order=by_stored, stored="recorded", extra=True,
    ),
)  # fmt: skip
FILTERS: tuple[Filter[Any], ...] = (
    Filter("kind", lazy("Kind"), attrgetter("kind"), capital),
    Filter("stance", lazy("Stance"), attrgetter("stance"), lambda word: str(STANCES.get(word, word))),
    Filter("year", lazy("Year"), lambda claim: claim.date[:4]),
    Filter("publisher", lazy("Published by"), attrgetter("publisher_kind"), plain),
    Filter("checked", lazy("Checked"), _checked),
)


def claim_table(title: str, by: Actor, document: str = "", template: str = "kit/list.html") -> Table[ClaimRow]:
    """Return the table of claims, linked within ``document`` or wherever ``by`` may read; filters read summaries."""
    places = {"commitments": first_place} if document else {}  # elsewhere whole rows alone tell what is linked
    columns = tuple(replace(one, order=places.get(one.name, one.order)) for one in COLUMNS)
    return Table(
        "claims",
        title,
        "evidence item",
        columns,
        FILTERS,
        lambda claim: claim.words,
        template,
        lambda chosen: summaries.whole_claims(chosen, by, document),
        sort="-date",
        feed=Feed("claim", lambda one: one.statement, lambda one: address("claim", one.id)) if document else None,
    )


PERIODS = {
    "since": lazy("Since the adoption"),
    "earlier": lazy("Earlier than the adoption"),
    "unsure": lazy("Not known on which side of it"),
    EVERY: lazy("All"),
}
"""On which side of the adoption evidence lies; a list begins with what came since."""


@lru_cache(maxsize=8192)
def _period(date: str, adopted: str) -> str:
    return {Time.SINCE: "since", Time.BEFORE: "earlier"}.get(side(date, adopted), "unsure")


def agreement_claims(
    request: HttpRequest, facts: DocumentFacts, query: QueryDict
) -> tuple[Table[ClaimRow], list[ClaimSummary]]:
    """Return the table of the evidence of an agreement, and the rows that the filters of ``query`` choose among."""
    table = claim_table(_("Evidence"), request.user, facts.id)
    scope = Scope(facts.id, by=request.user)
    found = summaries.claims_at(scope, words="q" in query, stored=table.stored(query))
    if not (adopted := facts.begins):
        return table, found
    own = "since" if any(_period(one.date, adopted) == "since" for one in found) else EVERY
    period: Filter[ClaimSummary] = Filter(
        "period", lazy("Period"), lambda one: _period(one.date, adopted), options=PERIODS, default=own
    )
    return replace(table, filters=(*table.filters, period)), found


@require_safe
def claims(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the claims that are linked to an agreement, first those of the time since its adoption."""
    facts = document_or_404(request, doc)
    table, found = agreement_claims(request, facts, request.GET)
    context = {"doc": facts, "here": "claims", "finding": _finding(doc, found), **_actions(request, doc)}
    return listed(request, table, found, context, ext)


def _actions(request: HttpRequest, doc: str) -> dict[str, Any]:
    choices = {"kind": tuple(ClaimKind), "stance": tuple(Stance)}
    return list_actions(request, doc, "claims", "new-claim", CLAIMS.commands.values(), choices)


def _finding(doc: str, found: list[ClaimSummary]) -> SafeString:
    twin = f"{address('claims', doc)}.json?period={EVERY}"
    sources = len({claim.source for claim in found})
    checked = sum(claim.checked for claim in found)
    against = sum(claim.unfavourable for claim in found)
    if not found:
        return format_html("{}", _("No evidence is on record."))
    behind = address("sources", doc)
    return format_html(
        _("<strong>{} of {} from {} are adverse.</strong> {} were compared with their source by a second reader."),
        tally(against, twin=twin, path="claims/*/stance", equals="unfavourable"),
        tallied(len(found), "evidence item", twin=twin),
        link(behind, tallied(sources, "source", twin=f"{behind}.json")),
        tally(checked, twin=twin, path="claims/*/checked", equals="yes"),
    )


@require_safe
def source(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one source: what it is, how strong, and everything that rests on it."""
    about = source_row(key, request.user)
    if about is None:
        raise Http404(_("The register holds no source “%(key)s”.") % {"key": key})
    cited = cite_source(request, "source", key, about.title, address("source", key), about)
    if ext in FORMS:
        return cited_answer(cited, ext)
    table = claim_table(about.title, request.user, template="evidence/source.html")
    resting = visible_claims(request.user).filter(source=key)
    held = summaries.claims_in(resting, words="q" in request.GET, stored=table.stored(request.GET))
    facts: dict[str, Any] = {
        "source": about,
        "cite": cited,
        "files": list(visible_source_files(request.user).filter(source=key, withdrawn="").select_related("file")),
        "attaches": keeps_sources(request.user),
        "finding": format_html(
            _("Published by <strong>{}</strong> ({}). Suggested grade {} of 4: {}. {} on it here. {}"),
            about.publisher,
            plain(about.publisher_kind),
            about.grade,
            GRADES[about.grade],
            tallied(len(held), "evidence item rests", twin=address("source", key) + ".json"),
            outward(about.url, _("Open the source")),
        ),
    }
    return listed(request, table, held, facts, ext)
