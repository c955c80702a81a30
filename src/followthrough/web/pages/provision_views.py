"""The pages of the sections, paragraphs and commitments of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.publish.citations import FORMS, Citation
from followthrough.web.accounts.policy import may
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import rows
from followthrough.web.agreements.citing import cite as cite_page
from followthrough.web.agreements.citing import cited_answer
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404, nothing_numbered
from followthrough.web.agreements.edges import edges_of, stands
from followthrough.web.agreements.marking import marked, quotation
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.audit.sentences import event_says
from followthrough.web.evidence.views import claim_table
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.downloads import csv_answer, json_answer, xlsx_answer
from followthrough.web.pages import (
    agreement_findings,
    agreement_json,
    agreement_sentences,
)
from followthrough.web.pages.current_stage import lines, stands_today
from followthrough.web.pages.lineage_strip import strip_around
from followthrough.web.pages.provision_record import about_place, claims_about
from followthrough.web.pages.target_offers import target_offers


@require_safe
def place(request: HttpRequest, doc: str, ref: str, ext: str = "") -> HttpResponse:
    """Show what stands at an address inside an agreement: a section, a paragraph or one commitment."""
    facts = document_or_404(request, doc)
    provisions = rows.provision_rows([doc], full=True)
    commitments = rows.commitment_rows([doc], provisions)
    row = next((row for row in commitments if row.ref == ref), None)
    home = next((one for one in provisions if one.ref == (row.provision_ref if row else ref)), None)
    if home is None:
        raise Http404(_why_not(facts, ref))
    signed = rows.signatories([doc])[doc]
    cite = _citation(request, facts, signed, home, row)
    if ext in FORMS:
        return cited_answer(cite, ext)
    shown = [row] if row else [one for one in commitments if one.provision == home.id]
    if ext in ("csv", "xlsx"):
        return _evidence_sheet(request, facts, home, shown, ext)
    details = rows.instrument_details([one.id for one in shown])
    for one in shown:
        one.instruments.extend((named["id"], named["name"]) for named in details[one.id])
    record = about_place(facts, signed, home, shown, details, request.user)
    if ext == "json":
        return json_answer(_place_json(facts, home, shown, row) | agreement_json.record_json(record))
    context = _place_context(facts, provisions, commitments, home, row) | record
    context |= {"shown": shown, "details": details, "cite": cite, "beside": True}
    context["found_by"] = request.GET.get("found", "")[:200]
    signed_in = request.user.is_authenticated
    context["may_enter"] = signed_in and may(request.user, Permission.CONFIRM, Document(id=doc))
    offers = [] if record.get("targets") or not signed_in else target_offers(facts, shown)
    if offers and may(request.user, Permission.ENTER, Document(id=doc)):
        context["target_offers"] = offers
    if row is not None:
        return render(request, "pages/commitment.html", context | _commitment(request, facts, row, details))
    if home.kind == "section":
        context |= _section(request, facts, signed, home, provisions, commitments)
    else:
        context["strip"] = strip_around(facts, shown, request.user)
    return render(
        request, "pages/provision.html", context | {"finding": agreement_sentences.provision_says(home, shown)}
    )


def _evidence_sheet(
    request: HttpRequest, facts: DocumentFacts, home: ProvisionRow, shown: Sequence[CommitmentRow], ext: str
) -> HttpResponse:
    """Return the evidence of a place as a table; a section has none of its own."""
    if home.kind == "section":
        raise Http404(_("A section has no evidence of its own; its paragraphs do."))
    title = f"{facts.short_title}, {home.name}"
    table = replace(claim_table(title, request.user, facts.id), stem=f"{facts.id}-{home.ref}-evidence")
    sheet = table.sheet(claims_about(home, shown, request.user))
    return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)


def _commitment(
    request: HttpRequest, facts: DocumentFacts, row: CommitmentRow, details: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """Return what the page of one commitment has beyond that of its paragraph."""
    today = timezone.localdate().isoformat()
    edges = edges_of(request.user, today, row.id)
    return {
        "history": [(event, event_says(event)) for event in rows.history(row.id)],
        "named": details[row.id],
        "note": rows.latest_note(row.id),
        "edges": edges,
        "stands": stands(row.id, facts.period_end, today, request.user, edges),
    }


def _why_not(facts: DocumentFacts, ref: str) -> str:
    """Say why there is nothing at an address inside an agreement."""
    if why := rows.withdrawn(f"{facts.id}/{ref}"):
        told = {"ref": ref, "agreement": facts.short_title, "why": why}
        return _("%(ref)s of %(agreement)s was withdrawn: %(why)s.") % told
    return nothing_numbered(facts, ref)


def _section(
    request: HttpRequest,
    facts: DocumentFacts,
    signed: list[dict[str, Any]],
    home: ProvisionRow,
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
) -> dict[str, Any]:
    """Return where the paragraphs of a section stand today, and that as a sentence."""
    day, adopted = timezone.localdate().isoformat(), facts.begins
    among = [one for one in provisions if one.parent == home.id]
    found = stands_today(facts.id, adopted, day, provisions, commitments, signed, request.user, among)
    if not found.ladder.total:
        return {}
    since = agreement_findings.age(adopted, day)
    said = (
        agreement_findings.stages(found.ladder, since)
        if found.claims
        else agreement_findings.nothing(found.ladder.total)
    )
    about = lines(found, day)
    silence = agreement_findings.silence([(one.num or one.ref, about[one.id]) for one in among if one.id in about])
    return {"about": about, "section_finding": said, "silence": silence}


def _place_json(
    facts: DocumentFacts, home: ProvisionRow, shown: list[CommitmentRow], row: CommitmentRow | None
) -> dict[str, Any]:
    about = {"document": {"id": facts.id, "title": facts.title, "adopted": facts.adopted or None}}
    if row is None:
        listed = [agreement_json.commitment_json(one) for one in shown]
        return {**agreement_json.provision_json(home), **about, "commitments": listed}
    quoted = quotation(home.words, row) or None
    return {**agreement_json.commitment_json(row), **about, "quotation": quoted}


def _place_context(
    facts: DocumentFacts,
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
    home: ProvisionRow,
    row: CommitmentRow | None,
) -> dict[str, Any]:
    mine = [one for one in commitments if one.provision == home.id]
    inside = [one for one in provisions if one.parent == home.id]
    around = [one.ref for one in commitments] if row else [one.ref for one in provisions if one.kind == home.kind]
    at = around.index(row.ref if row else home.ref)
    titles = {one.ref: f"{one.num} {one.title}".strip() for one in provisions}
    titles |= {one.ref: f"{one.ref} {one.said}" for one in commitments}
    steps = [(step, titles[step]) for step in around]
    return {
        "doc": facts,
        "home": home,
        "row": row,
        "section": next((one for one in provisions if one.id == home.parent), None),
        "words": marked(home.words, mine, row.id if row else "") if home.words else "",
        "held": sum(one.section == home.ref for one in commitments),
        "inside": [(one, [c for c in commitments if c.provision == one.id]) for one in inside],
        "previous": steps[at - 1] if at else None,
        "next": steps[at + 1] if at + 1 < len(steps) else None,
        "address": address("place", facts.id, row.ref if row else home.ref),
    }


def _citation(
    request: HttpRequest,
    facts: DocumentFacts,
    signed: list[dict[str, Any]],
    home: ProvisionRow,
    row: CommitmentRow | None,
) -> Citation:
    thing, kind = (row.id, "commitment") if row else (home.id, "provision")
    part = f"{home.name}, commitment {row.ref}" if row else home.name
    about = {**agreement_sentences.cited_of(facts, signed), "part": part}
    return cite_page(request, kind, thing, facts.title, place_address(thing), about, dated=True)
