"""The pages of claims and of their sources."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.assess.grading import GRADES
from followthrough.model.vocabulary import ClaimKind, Stance
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.place_tags import place_tags
from followthrough.web.agreements.sources import source_row
from followthrough.web.evidence import summaries
from followthrough.web.evidence.actions.bulk_changes import CLAIMS
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.lists import Column, Filter, Table, below, chip, dated, link, listed, outward
from followthrough.web.kit.wording import capital, plain
from followthrough.web.links.forms import list_actions
from followthrough.web.links.scope import Scope

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


def claim_table(title: str, by: Actor, document: str = "", template: str = "kit/list.html") -> Table[ClaimRow]:
    """Return the table of claims, linked within ``document`` or wherever ``by`` may read; filters read summaries."""
    return Table(
        "claims",
        title,
        "evidence item",
        (
            Column("id", "", lambda claim: claim.id),
            Column("statement", lazy("Evidence"), lambda claim: claim.statement, _says),
            Column("date", lazy("Date of event"), lambda claim: claim.date, lambda claim: dated(claim.date)),
            Column("kind", lazy("Kind"), lambda claim: claim.kind),
            Column("value", "", lambda claim: claim.figure),
            Column("stance", "", lambda claim: claim.stance),
            Column(
                "commitments",
                lazy("Linked to"),
                lambda claim: "; ".join(sorted(tie.place for tie in claim.ties)),
                _places,
            ),
            Column("grade", lazy("Grade"), lambda claim: claim.source.grade, numeric=True),
            Column("source", lazy("Source"), lambda claim: claim.source.url, _source),
            Column("source_id", "", lambda claim: claim.source.id),
            Column("checked", lazy("Checked"), lambda claim: "yes" if claim.checked else "no"),
            Column("check_note", "", lambda claim: claim.check_note),
            Column("recorded", "", lambda claim: claim.recorded),
        ),
        (
            Filter("kind", lazy("Kind"), attrgetter("kind"), capital),
            Filter("stance", lazy("Stance"), attrgetter("stance"), lambda word: str(STANCES.get(word, word))),
            Filter("year", lazy("Year"), lambda claim: claim.date[:4]),
            Filter("publisher", lazy("Published by"), attrgetter("publisher_kind"), plain),
            Filter("checked", lazy("Checked"), lambda claim: "yes" if claim.checked else "no"),
        ),
        lambda claim: claim.words,
        template,
        lambda chosen: summaries.whole_claims(chosen, by, document),
    )


@require_safe
def claims(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the claims that are linked to an agreement."""
    facts = document_or_404(request, doc)
    found = summaries.claims_at(Scope(doc, by=request.user), words="q" in request.GET)
    context = {"doc": facts, "here": "claims", "finding": _finding(doc, found), **_actions(request, doc)}
    return listed(request, claim_table(_("Evidence"), request.user, doc), found, context, ext)


def _actions(request: HttpRequest, doc: str) -> dict[str, Any]:
    choices = {"kind": tuple(ClaimKind), "stance": tuple(Stance)}
    return list_actions(request, doc, "claims", "new-claim", CLAIMS.commands.values(), choices)


def _finding(doc: str, found: list[ClaimSummary]) -> SafeString:
    twin = address("claims", doc) + ".json"
    sources = len({claim.source for claim in found})
    checked = sum(claim.checked for claim in found)
    against = sum(claim.unfavourable for claim in found)
    if not found:
        return format_html("{}", _("No evidence is on record."))
    return format_html(
        _("<strong>{} of {} from {} are adverse.</strong> {} were compared with their source by a second reader."),
        tally(against, twin=twin, path="claims/*/stance", equals="unfavourable"),
        tallied(len(found), "evidence item", twin=twin),
        tallied(sources, "source", twin=twin, path="claims/*/source_id"),
        tally(checked, twin=twin, path="claims/*/checked", equals="yes"),
    )


@require_safe
def source(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one source: what it is, how strong, and everything that rests on it."""
    about = source_row(key, request.user)
    if about is None:
        raise Http404(_("The register holds no source “%(key)s”.") % {"key": key})
    held = summaries.claims_in(visible_claims(request.user).filter(source=key), words="q" in request.GET)
    facts: dict[str, Any] = {
        "source": about,
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
    return listed(request, claim_table(about.title, request.user, template="evidence/source.html"), held, facts, ext)
