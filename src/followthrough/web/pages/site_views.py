"""The pages that belong to no single agreement: search, method, and what every site owes its readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.model.rules import Rule
from followthrough.register.accuracy import DEVELOPED_ON, FIRST_LOOK, Accuracy, Share, accuracy_card
from followthrough.rules import all_rules
from followthrough.web.audit.record import head
from followthrough.web.kit.addresses import place_address
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.wording import capital
from followthrough.web.pages.numbered_places import place_numbered
from followthrough.web.pages.search_page import best_of, meanings, parts_of
from followthrough.web.search.query import search as search_register
from followthrough.web.workbench.rows import agreement

AREAS = {
    "read": lazy("Reading a text"),
    "split": lazy("What is one commitment"),
    "kind": lazy("Kinds of commitment"),
    "strength": lazy("Strength of an undertaking"),
    "terms": lazy("Deadlines and quantities"),
    "agreement": lazy("How far machine and person agree"),
    "coverage": lazy("How far a commitment has come"),
    "grade": lazy("How strong the evidence is"),
    "targets": lazy("Targets"),
    "money": lazy("Money"),
    "cycle": lazy("The project cycle"),
    "lineage": lazy("Lineage"),
    "life": lazy("Life of a commitment"),
    "indicators": lazy("Indicators"),
    "ratings": lazy("Ratings"),
}


@require_safe
def search(request: HttpRequest, ext: str = "") -> HttpResponse:
    """Search the register. The number of a place opens it, unless all results are asked for."""
    q = request.GET.get("q", "").strip()[:200]
    if not ext and not {"all", "only", "kind"} & request.GET.keys() and (place := place_numbered(q, request.user)):
        return redirect(f"{place_address(place)}?{urlencode({'found': q})}")
    found = search_register(request.user, q, only="only" in request.GET)
    if ext:
        said = {
            "instead": found.instead,
            "perhaps": found.perhaps,
            "some": found.some,
            "best": [hit.id for _, hit in found.best],
            "alike": {unit.written: unit.alike for unit in found.units},
        }
        return json_answer(
            {
                "q": q,
                "count": found.total,
                "more": found.more,
                **said,
                "groups": [asdict(group) for group in found.groups],
            }
        )
    parts = parts_of(found, q, request.GET.get("kind", ""))
    context = {
        "q": q, "found": found, "total": found.total, "parts": parts, "best": best_of(found, parts),
        "meanings": meanings(found), "chosen": any(part.chosen for part in parts),
    }  # fmt: skip
    return render(request, "pages/search.html", context)


@require_safe
def methodology(request: HttpRequest, ext: str = "") -> HttpResponse:
    """Publish the rules, straight from the registry that the software follows."""
    rules = all_rules()
    agreed, texts = agreement()
    card = accuracy_card()
    if ext:
        together = {"texts": texts, **asdict(agreed)}
        return json_answer(
            {
                "rules": [asdict(rule) for rule in rules],
                "agreement": together,
                "accuracy": [asdict(row) for row in card],
            }
        )
    areas: dict[str, list[Rule]] = {}
    for rule in rules:
        areas.setdefault(rule.area, []).append(rule)
    named = [(area, AREAS.get(area, capital(area)), held) for area, held in areas.items()]
    context = {"areas": named, "count": len(rules), "agreed": agreed, "texts": texts, "accuracy": _accuracy(card)}
    return render(request, "pages/methodology.html", context)


def _accuracy(card: Sequence[Accuracy]) -> list[dict[str, Any]]:
    """Return the accuracy card as tables: texts at their first look, texts that were developed on, sentences."""
    looks = {FIRST_LOOK: _("Texts at their first look"), DEVELOPED_ON: _("Texts that were developed on")}
    tables = [
        _table_of_texts(title, [r for r in card if r.seen == seen and r.documents]) for seen, title in looks.items()
    ]
    of_sentences: dict[str, dict[str, Share]] = {}
    for row in card:
        if row.sentences:
            of_sentences.setdefault(capital(row.genre.replace("_", " ")), {})[row.seen] = row.shares["sentences"]
    rows = [
        (genre, [(title, shares.get(seen, Share(0, 0))) for seen, title in looks.items()])
        for genre, shares in of_sentences.items()
    ]
    sentences = {"title": _("Invented sentences"), "corner": _("Genre"), "columns": list(looks.values()), "rows": rows}
    return [*tables, sentences]


def _table_of_texts(title: str, rows: Sequence[Accuracy]) -> dict[str, Any]:
    columns = [f"{capital(row.genre.replace('_', ' '))} ({row.documents})" for row in rows]
    figures = [name for name in rows[0].shares if name != "sentences"] if rows else []
    shown = [
        (
            capital(name.replace("_", " ")),
            [(column, row.shares[name]) for column, row in zip(columns, rows, strict=True)],
        )
        for name in figures
    ]
    return {"title": title, "corner": _("Figure"), "columns": columns, "rows": shown}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is."""
    return render(request, "pages/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible the pages are."""
    return render(request, "pages/accessibility.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "pages/components.html")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, and where the record ends: whoever keeps that can tell later what is gone."""
    try:
        end = head()
    except DatabaseError:
        return JsonResponse({"status": str(lazy("the database does not answer"))}, status=503)
    return JsonResponse({"status": "ok", "audit": {"events": end.count, "head": end.hash}})
