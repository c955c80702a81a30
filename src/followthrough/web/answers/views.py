"""What a machine reads first: what the register is, how to ask it, and how to quote it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from followthrough.web.agreements import rows
from followthrough.web.agreements.rows import DocumentRow
from followthrough.web.answers.tools import TOOLS
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.pages.current_stage import lines, read_today
from followthrough.web.pages.home import featured

MOST = 400
"""Places that the full text tells of; the rest are counted."""
LISTS = ("commitments", "claims", "activities", "money", "targets", "indicators", "instruments", "meetings", "life")
"""The lists of an agreement, by the names of their routes."""
LIVE = ("search", "search-words")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """Say what the register is, where its data are, and the rules for quoting it."""
    return _text("answers/llms.txt", _about(request))


@require_safe
def llms_full(request: HttpRequest) -> HttpResponse:
    """Say the same, and of each catalogued place where it stands today."""
    return _text("answers/llms-full.txt", _about(request) | _places())


def _text(template: str, context: dict[str, Any]) -> HttpResponse:
    written = render_to_string(template, context)
    return HttpResponse(written, content_type="text/plain; charset=utf-8")


def _about(request: HttpRequest) -> dict[str, Any]:
    """Return what a stranger may know: nobody signed in reads more here."""
    documents = rows.document_rows(AnonymousUser(), evidence=True)
    held = [one for one in documents if one.commitments]
    first = featured(documents)
    return {
        "site": request.build_absolute_uri("/").rstrip("/"),
        "today": timezone.localdate().isoformat(),
        "documents": len(documents),
        "held": [(one, f"{place_address(one.id)}.json") for one in sorted(held, key=lambda one: one is not first)],
        "first": first,
        "lists": [(name, f"{address(name, first.id)}.json") for name in LISTS] if first else [],
        "tools": [(tool.name, tool.says.splitlines()[0]) for tool in TOOLS.values()],
    }


def _places() -> dict[str, Any]:
    """Return each paragraph of the catalogued agreements with its stage today and its evidence, up to a number."""
    today, found, left = timezone.localdate().isoformat(), list[tuple[DocumentRow, list[Any]]](), MOST
    total = 0
    for document in rows.document_rows(AnonymousUser(), evidence=True):
        if document.commitments:
            told = _of_document(document, today)
            total += len(told)
            found.append((document, told[:left]))
            left = max(0, left - len(told))
    return {"found": found, "left_out": max(0, total - MOST)}


def _of_document(document: DocumentRow, today: str) -> list[tuple[str, str, Any, str]]:
    read = read_today(document, today, AnonymousUser())
    about = lines(read.today, today)
    return [
        (f"{one.num or one.ref} {one.title}".strip(), one.id, about[one.id], f"{place_address(one.id)}.json")
        for one in read.provisions if one.id in about
    ]  # fmt: skip
