"""What a form for a new claim or activity of an agreement offers to choose from, and the checks of what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from followthrough.model.vocabulary import PartyKind, PublisherKind
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import visible_sources
from followthrough.web.agreements.sources import SourceRow, find_sources, source_row
from followthrough.web.kit.forms import typed_cells, typed_text

SOURCE_FIELDS = ("url", "title", "publisher", "publisher_kind", "published", "language", "archived")


def entry_choices(request: HttpRequest, document: str) -> dict[str, Any]:
    """Return what a form for a new record of ``document`` offers to choose from, and what was chosen."""
    return {
        "typed": request.POST,
        "commitments": _commitments(document),
        "chosen": set(request.POST.getlist("commitments") or request.GET.getlist("for")),
        "parties": _parties(),
        "named": set(request.POST.getlist("parties")),
        "publisher_kinds": tuple(PublisherKind),
        "sources": _sources(request, request.user),
        "script": "js/picker.js",
    }


def _commitments(document: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the commitments of a document under the heading of their section."""
    provisions = rows.provision_rows([document])
    headings = {one.ref: one.heading for one in provisions if one.kind == "section"}
    found = rows.commitment_rows([document], provisions, full=False)
    return [
        (headings.get(section) or _("Without a section"), [(one.id, f"{one.ref} {one.said}") for one in some])
        for section, some in groupby(found, key=lambda one: one.section)
    ]


def _parties() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all parties: organisations first, then states."""
    found = list(Party.objects.order_by("kind", "name").values_list("kind", "id", "name"))
    headings = {PartyKind.ORGANISATION: _("Organisations"), PartyKind.STATE: _("States")}
    return [(said, [(key, name) for of, key, name in found if of == kind]) for kind, said in headings.items()]


def asks_for_sources(request: HttpRequest) -> bool:
    """Whether a form was sent to look for sources that are here already, and not to be saved."""
    return bool(request.POST.get("find"))


def source_cells(request: HttpRequest) -> dict[str, str]:
    """Return the cells of the source that a form names.

    Those of a source that is here already stand where it was chosen and, where its address was typed, in the fields
    that were left empty.
    """
    typed = typed_cells(request, "sources", SOURCE_FIELDS)
    return known_source(typed, typed_text(request, "source"), request.user)


def known_source(typed: Mapping[str, str], chosen: str, by: Actor) -> dict[str, str]:
    """Return the cells of the source with the id ``chosen``; else those typed, filled where its address is known."""
    if held := visible_sources(by).filter(pk=chosen).first():
        return {name: getattr(held, name) for name in SOURCE_FIELDS}
    same = visible_sources(by).filter(url=typed["url"]).first() if typed["url"] else None
    return {name: typed.get(name, "") or getattr(same, name, "") for name in SOURCE_FIELDS}


def _sources(request: HttpRequest, by: Actor) -> list[SourceRow]:
    """Return the source that was chosen, and those with the words that were looked for."""
    words = typed_text(request, "source.words") if asks_for_sources(request) else ""
    chosen = source_row(typed_text(request, "source"), by)
    found = find_sources(words, by) if words else []
    return [*filter(None, [chosen]), *(one for one in found if chosen is None or one.id != chosen.id)]


def known_parties(ids: Sequence[str], problems: dict[str, str]) -> list[str]:
    """Return the ids of parties, once each; one that the register does not have goes to ``problems``."""
    known = set(Party.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if missing := [one for one in ids if one not in known]:
        problems["parties"] = _("the register holds no party %(missing)s") % {"missing": ", ".join(missing)}
    return sorted(known)
