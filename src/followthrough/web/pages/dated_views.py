"""The page of a place of an agreement as the register held it on a day: an address that is cited, and stays."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.publish.citations import Citation
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows
from followthrough.web.agreements.citing import cite
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404, nothing_numbered
from followthrough.web.agreements.models import Commitment, Provision
from followthrough.web.agreements.policy import visible_commitments, visible_provisions
from followthrough.web.audit.as_of import State
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.kit.addresses import on_day, place_address
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.field_labels import label
from followthrough.web.kit.wording import day as in_words
from followthrough.web.links.models import Link
from followthrough.web.pages import agreement_sentences
from followthrough.web.records.history_views import said_of
from followthrough.web.records.on_a_day import day_of, kept, states_on


class Held(NamedTuple):
    """A place of an agreement: a provision or a commitment of it."""

    kind: str
    record: Any


class HeldEvidence(NamedTuple):
    """An item of evidence as it was on a day."""

    id: str
    state: State
    source: Any


@require_safe
def place_on(request: HttpRequest, doc: str, ref: str, day: str, ext: str = "") -> HttpResponse:
    """Show a provision or a commitment as the register held it at the end of a day."""
    facts = document_or_404(request, doc)
    held, then = _held(f"{doc}/{ref}", facts, ref, request.user), day_of(day)
    key = str(held.record.pk)
    state = states_on(held.kind, [held.record], then)[key]
    if not state.there or state.values.get("withdrawn"):
        told = {"ref": ref, "agreement": facts.short_title, "day": in_words(day)}
        raise Http404(_("%(ref)s of %(agreement)s was not on record on %(day)s.") % told)
    evidence = _evidence(held, then, request.user)
    live = place_address(key)
    if ext:
        shown = _json(facts, held, state, evidence) | {"as_of": day, "live": request.build_absolute_uri(live)}
        return kept(json_answer(shown), request, then, live)
    cells = [(label(f"{held.kind}s.{name}"), said_of(value)) for name, value in state.values.items() if value != ""]
    context = {
        "doc": facts, "day": then, "ref": ref, "held": held.record, "state": state, "cells": cells, "live": live,
        "said": state.values.get("summary") or state.values.get("title") or ref, "evidence": evidence,
        "cite": _citation(request, facts, held, day), "address": on_day(live, day), "kind": held.kind,
    }  # fmt: skip
    return kept(render(request, "pages/on_a_day.html", context), request, then, live)


def _held(key: str, facts: DocumentFacts, ref: str, by: Actor) -> Held:
    """Return what stands at an address, withdrawn or not; raises ``Http404`` where nothing is that may be seen."""
    if commitment := visible_commitments(by).filter(pk=key).first():
        return Held("commitment", commitment)
    if provision := visible_provisions(by).filter(pk=key).first():
        return Held("provision", provision)
    raise Http404(nothing_numbered(facts, ref))


def _evidence(held: Held, day: date, by: Actor) -> list[HeldEvidence]:
    """Return the evidence that was linked to a place on a day, as it was then; oldest first."""
    record = held.record
    places = (
        Q(commitment=record) | Q(provision=record.provision_id)
        if isinstance(record, Commitment)
        else Q(provision=record) | Q(commitment__provision=record)
    )
    links = list(Link.everything.filter(places, claim__isnull=False).order_by("id"))
    tied = states_on("link", links, day)
    ids = {one.claim_id for one in links if _stood(tied[str(one.pk)])}
    claims = list(visible_claims(by).filter(pk__in=ids).select_related("source"))
    states = states_on("claim", claims, day)
    found = [HeldEvidence(one.pk, states[one.pk], one.source) for one in claims if _stood(states[one.pk])]
    return sorted(found, key=lambda one: (str(one.state.values["date"]) or "9999", one.id))


def _stood(state: State) -> bool:
    return state.there and not state.values["withdrawn"]


def _citation(request: HttpRequest, facts: DocumentFacts, held: Held, day: str) -> Citation:
    """Return the citation of the page: that of the live page, as of its day."""
    key = str(held.record.pk)
    about = agreement_sentences.cited_of(facts, rows.signatories([facts.id])[facts.id])
    ref = key.partition("/")[2]
    named = held.record if isinstance(held.record, Provision) else held.record.provision
    part = f"{named.kind} {named.num}".strip() + (f", commitment {ref}" if held.kind == "commitment" else "")
    path = on_day(place_address(key), day)
    return cite(request, held.kind, key, facts.title, path, {**about, "part": part}, as_of=day)


def _json(facts: DocumentFacts, held: Held, state: State, evidence: list[HeldEvidence]) -> dict[str, Any]:
    shown = ("statement", "kind", "date", "value", "unit", "stance", "quote", "checked", "recorded")
    return {
        "id": str(held.record.pk),
        "kind": held.kind,
        "document": {"id": facts.id, "title": facts.title},
        "fields": {name: _plain(value) for name, value in state.values.items()},
        "untold": state.untold,
        "evidence": [
            {
                "id": one.id,
                **{name: _plain(one.state.values[name]) for name in shown},
                "source": {"id": one.source.pk, "url": one.source.url, "publisher": one.source.publisher},
            }
            for one in evidence
        ],
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: exact decimals as words."""
    return value if value is None or isinstance(value, (bool, int, str, list)) else str(value)
