"""Pictures of the register that stand on the pages of others: an SVG file, and a page for a frame around it.

Neither has a script, a cookie or a request to another host; both are of what everybody may read, whoever looks.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from followthrough.web.activities.rows import funds_of
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.indicators.indicator_views import indicator_picture
from followthrough.web.indicators.target_rows import targets_of
from followthrough.web.indicators.target_views import target_picture
from followthrough.web.kit.addresses import address
from followthrough.web.kit.pictures import THEMES, Picture, picture_of, source_of
from followthrough.web.kit.security_headers import EMBED_POLICY
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_coverage, agreement_record
from followthrough.web.pages.money_views import money_picture
from followthrough.web.pages.place_pictures import ladder_drawn, lineage_picture, stages_picture, trends_picture

KEPT = 3600
"""Seconds for which a picture may be kept."""


def coverage(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show how many paragraphs of an agreement have come how far."""
    return _embedded(request, "embed-coverage", (doc,), ext, lambda: _coverage(document_or_404(request, doc)))


def money(request: HttpRequest, doc: str, fund: str, ext: str = "") -> HttpResponse:
    """Show the payments into a fund, by year."""

    def drawn() -> Picture:
        facts = document_or_404(request, doc)
        return money_picture(facts, funds_of(doc, AnonymousUser()), fund)

    return _embedded(request, "embed-money", (doc, fund), ext, drawn)


def targets(request: HttpRequest, doc: str, series: str, ext: str = "") -> HttpResponse:
    """Show the targets of a series with the figures."""

    def drawn() -> Picture:
        facts, today = document_or_404(request, doc), timezone.localdate().isoformat()
        found = [one for one in targets_of(Scope(doc, by=AnonymousUser()), today) if not one.withdrawn]
        return target_picture(facts, found, today, series)

    return _embedded(request, "embed-targets", (doc, series), ext, drawn)


def indicator(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show an indicator, a panel a party."""
    return _embedded(request, "embed-indicator", (key,), ext, lambda: indicator_picture(key, AnonymousUser()))


PLACES = {"stages": stages_picture, "trends": trends_picture, "lineage": lineage_picture}
"""What is drawn of a place, by the end of its address."""


def place(request: HttpRequest, doc: str, ref: str, kind: str, ext: str = "") -> HttpResponse:
    """Show the stages of a section, or the trends around a paragraph, or the texts before and after it."""
    if kind not in PLACES:
        raise Http404(_("There is no such picture of a place: ask for stages, trends or lineage."))
    return _embedded(request, "embed-place", (doc, ref, kind), ext, lambda: PLACES[kind](request, doc, ref))


@xframe_options_exempt
@require_safe
def _embedded(
    request: HttpRequest, name: str, values: tuple[str, ...], ext: str, drawn: Callable[[], Picture]
) -> HttpResponse:
    """Answer with a picture, or with a page that holds it, to stand on a page of another site."""
    theme = request.GET.get("theme", "auto")
    if theme not in THEMES:
        raise Http404(_("There is no such theme: write light or dark."))
    one = drawn()
    if ext:
        answer = HttpResponse(picture_of(one, request, theme), content_type="image/svg+xml; charset=utf-8")
    else:
        file = f"{address(name, *values)}.svg"
        context = {"one": one, "file": file, "theme": theme, "source": source_of(one, request)}
        answer = render(request, "pages/embed.html", context)
    answer["Content-Security-Policy"] = EMBED_POLICY
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


def _coverage(facts: DocumentFacts) -> Picture:
    """Return the bar of stages of an agreement, as its page shows it to everybody."""
    provisions = rows.provision_rows([facts.id])
    commitments = rows.commitment_rows([facts.id], provisions)
    signed = rows.signatories([facts.id])[facts.id]
    asked = agreement_coverage.standard(timezone.localdate().isoformat())
    scope = Scope(facts.id, by=AnonymousUser())
    _claims, evidence = agreement_record.evidence_of(scope, asked, provisions, commitments, signed)
    ladder = agreement_coverage.ladder(
        asked, evidence, provisions, commitments,
        adopted=facts.begins, parties=rows.states_of(signed), joint=rows.bodies_of(signed),
    )  # fmt: skip
    if not ladder.total:
        raise Http404(_("Nothing of this document is catalogued yet."))
    title = _("Implementation stages: %(agreement)s") % {"agreement": facts.short_title}
    return Picture(title, *ladder_drawn(ladder), f"{facts.id}-stages", address("document", facts.id))
