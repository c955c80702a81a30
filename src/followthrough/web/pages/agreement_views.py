"""The pages of agreements, their provisions and commitments, and the files at the same addresses."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from followthrough.assess.coverage import Evidence
from followthrough.assess.dates import end_of, newest
from followthrough.web.accounts.policy import Actor, may
from followthrough.web.accounts.roles import Permission
from followthrough.web.accounts.visibility import hidden
from followthrough.web.agreements import rows
from followthrough.web.agreements.edges import edges_of, stands
from followthrough.web.agreements.marking import marked, quotation
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.agreements.undertakings import undertakings
from followthrough.web.audit.sentences import event_says
from followthrough.web.evidence import rows as evidence_rows
from followthrough.web.evidence import summaries
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimBrief
from followthrough.web.kit.citations import Citation
from followthrough.web.kit.downloads import csv_answer, json_answer, text_answer, xlsx_answer
from followthrough.web.kit.list_state import State, page_of
from followthrough.web.kit.wording import capital
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_coverage as coverage
from followthrough.web.pages import agreement_findings as findings
from followthrough.web.pages import agreement_lists as tables
from followthrough.web.pages import agreement_overview as overview
from followthrough.web.pages import agreement_sentences as sentences
from followthrough.web.pages import coverage_charts as pictures
from followthrough.web.pages.current_stage import lines, stands_today
from followthrough.web.pages.provision_record import about_place


@require_safe
def documents(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the documents; the same query gives files."""
    state = State(request.GET)
    everything = rows.document_rows(visible_documents(request.user))
    found, kind, q = tables.select_documents(everything, state)
    if ext == "json":
        shown = [tables.document_json(row) for row in found]
        return json_answer({"count": len(found), "of": len(everything), "documents": shown})
    if ext:
        sheet = tables.document_sheet(found)
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    context = {
        "page": page_of(found, state),
        "total": len(everything),
        "catalogued": sum(bool(row.commitments) for row in everything),
        "names": {row.id: row.short_title for row in everything},
        "filters": [kind],
        "q": q,
        "active": bool(q or state.text("kind")),
        "problems": state.problems,
        "query": request.GET.urlencode(),
        "here": "/agreements",
    }
    return render(request, "pages/documents.html", context)


@require_safe
def document(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show one agreement: what came of it, where the evidence is silent, what is contested and what is new."""
    facts = facts_of(request, doc)
    provisions = rows.provision_rows([doc], full=ext == "json")
    commitments = (
        rows.with_instruments(rows.commitment_rows([doc], provisions, full=ext == "json"), [doc]) if provisions else []
    )
    signed = rows.signatories([doc])[doc]
    parties = sentences.parties_of(signed, facts["adopted"] or facts["period_start"])
    context: dict[str, Any] = {
        "doc": facts,
        "eyebrow": sentences.eyebrow(facts, parties),
        "parties": capital(parties),
        "editable": request.user.is_authenticated and may(request.user, Permission.EDIT, Document(id=doc)),
        "neighbours": _around(request, facts),
        "address": f"/agreements/{doc}",
        "query": request.GET.urlencode(),
        "here": "overview",
    }
    if not commitments:
        shown = _document_json(facts, parties, provisions, [])
        if ext and ext != "json":
            raise Http404("Nothing of this document is catalogued yet; its facts are in the JSON.")
        return json_answer(shown) if ext else render(request, "pages/uncatalogued.html", context)
    state = State(request.GET)
    today = timezone.localdate().isoformat()
    asked = coverage.question(state, today)
    claims, evidence = evidence_of(Scope(doc, by=request.user), asked, provisions, commitments, signed)
    found = coverage.ladder(
        asked, evidence, provisions, commitments,
        adopted=facts["adopted"] or facts["period_start"], parties=rows.states_of(signed), joint=rows.bodies_of(signed),
    )  # fmt: skip
    if ext == "json":
        whole = _document_json(facts, parties, provisions, commitments)
        return json_answer(whole | {"coverage": coverage.ladder_json(found)})
    context |= _overview(found, claims, provisions, commitments, facts, request.user)
    if ext:
        sheet = tables.coverage_sheet(doc, found, context["heat"])
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    return render(request, "pages/overview.html", context | {"problems": state.problems})


def _around(request: HttpRequest, facts: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the documents one step away; one that this person may not see is taken out of ``facts`` too."""
    found = rows.neighbours(visible_documents(request.user), facts)
    seen = {near["id"] for _, near in found}
    facts |= {name: facts[name] if facts[name] in seen else None for name in ("implements_id", "succeeds_id")}
    return found


def evidence_of(
    scope: Scope,
    asked: coverage.Question,
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
    signed: list[dict[str, Any]],
) -> tuple[list[ClaimBrief], list[Evidence]]:
    """Return the claims about a document, and all its evidence as coverage takes it for a question."""
    named = evidence_rows.parties_named(scope)
    claims, activities = summaries.claims_at(scope), summaries.activities_at(scope)
    promised = undertakings(signed, ((row.id, row.provision, row.verb, row.kind) for row in commitments))
    homes = coverage.homes(asked, commitments, provisions)
    return claims, summaries.evidence_from(claims, activities, named, homes, promised)


def _overview(
    found: coverage.Ladder,
    claims: list[ClaimBrief],
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
    facts: dict[str, Any],
    by: Actor,
) -> dict[str, Any]:
    as_of, today = found.question.as_of, timezone.localdate().isoformat()
    until = end_of(as_of)
    known = [claim for claim in claims if claim.known <= until]
    held = overview.by_paragraph(known, coverage.homes(coverage.standard(today), commitments, provisions))
    titles = names_of(provisions, commitments)
    adopted = facts["adopted"] or facts["period_start"]
    in_paragraphs = found.rungs if found.question.unit == "paragraphs" else {}
    ids = {claim.id for claim in known}
    disputes = evidence_rows.conflicts_of(sorted(ids), by)
    heat = overview.heat(provisions, held, adopted=adopted, today=as_of) if claims else None
    years = heat.years if heat else []
    return {
        "ladder": found,
        "finding": findings.stages(found, findings.age(adopted, end_of(as_of))) if claims else "",
        "gaps": findings.gaps(found, held, titles) if claims else sentences.says(commitments, provisions),
        "heat": heat,
        "tiles": overview.section_tiles(provisions, in_paragraphs, held, years) if in_paragraphs else [],
        "news": _news(known, {row.id: row.num or row.ref for row in commitments}, by),
        "conflicts": disputes,
        "claims": known,
        "political": rows.political(facts["id"]),
        "total": len(commitments),
        "actions": sum(row.kind == "action" for row in commitments),
        "newest": newest((claim.date for claim in known), as_of),
        "recorded": max((claim.recorded for claim in known), default=""),
        "days": _days(adopted, today),
    }


def names_of(provisions: list[ProvisionRow], commitments: list[CommitmentRow]) -> dict[str, str]:
    """Return what a sentence calls each place: its number and title, or a commitment's number and what it says."""
    named = {one.id: f"{one.num or one.ref} {one.title}".strip() for one in provisions}
    return named | {row.id: f"{row.ref} {row.said}" for row in commitments}


def _news(claims: list[ClaimBrief], homes: dict[str, str], by: Actor) -> list[tuple[ClaimRow, list[str]]]:
    """Return the newest dated claims, each with the paragraphs it speaks to."""
    newest = overview.news(claims)
    places = [sorted({homes.get(tie.place, tie.place) for tie in one.ties}) for one in newest]
    return list(zip(summaries.whole_claims(newest, by, tied=False), places, strict=True))


def _days(adopted: str, today: str) -> list[str]:
    """Return the ends of the years since adoption, for the slider of days."""
    first = int((adopted or today)[:4])
    return [f"{year}-12-31" for year in range(first, int(today[:4]))] + [today]


@require_safe
def commitments(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the commitments of one agreement; the same query gives files."""
    facts = facts_of(request, doc)
    provisions = rows.provision_rows([doc])
    held = rows.with_instruments(rows.commitment_rows([doc], provisions, full=bool(ext)), [doc]) if provisions else []
    state = State(request.GET)
    chosen = tables.select(held, provisions, state)
    if ext == "json":
        shown = [tables.commitment_json(row) for row in chosen.rows]
        return json_answer({"document": doc, "count": len(shown), "of": len(held), "commitments": shown})
    if ext:
        sheet = tables.commitment_sheet(doc, chosen.rows)
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    context = {
        "doc": facts,
        "here": "commitments",
        "address": f"/agreements/{doc}/commitments",
        "finding": sentences.says(held, provisions),
        "ladder": pictures.ladder(held),
        "total": len(held),
        "chosen": chosen,
        "page": page_of(chosen.rows, state),
        "problems": state.problems,
        "query": request.GET.urlencode(),
    }
    return render(request, "pages/commitments.html", context)


def facts_of(request: HttpRequest, doc: str) -> dict[str, Any]:
    """Return a document that this person may see. Raises ``Http404`` for any other."""
    facts = rows.document_facts(doc, hidden("document", request.user))
    if facts is None:
        raise Http404(f"The register holds no agreement “{doc}”, or it is not published.")
    return facts


def _document_json(
    facts: dict[str, Any], parties: str, provisions: list[ProvisionRow], held: list[CommitmentRow]
) -> dict[str, Any]:
    plain = ("id", "title", "short_title", "kind", "adopted", "place", "period_start", "period_end", "summary")
    official = {"verified": facts["official__verified"], "expected": facts["official__expected"]}
    return {
        **{name: facts[name] or None for name in plain},
        "implements": facts["implements_id"],
        "succeeds": facts["succeeds_id"],
        "parties": parties,
        "source": {"url": facts["source__url"], "title": facts["source__title"]} if facts["source__url"] else None,
        "official_text": official if facts["official__attached"] else None,
        "provisions": [tables.provision_json(row) for row in provisions],
        "commitments": [tables.commitment_json(row) for row in held],
        "count": len(held),
    }


@require_safe
def place(request: HttpRequest, doc: str, ref: str, ext: str = "") -> HttpResponse:
    """Show what stands at an address inside an agreement: a section, a paragraph or one commitment."""
    facts = facts_of(request, doc)
    provisions = rows.provision_rows([doc], full=True)
    commitments = rows.commitment_rows([doc], provisions)
    row = next((row for row in commitments if row.ref == ref), None)
    home = next((one for one in provisions if one.ref == (row.provision_ref if row else ref)), None)
    if home is None:
        why = rows.withdrawn(f"{doc}/{ref}")
        gone = f"{ref} of {facts['short_title']} was withdrawn: {why}."
        raise Http404(gone if why else f"{facts['short_title']} has nothing numbered “{ref}”.")
    if ext in ("bib", "ris"):
        cited = _citation(request, facts, rows.signatories([doc])[doc], home, row)
        stem = f"{doc}-{ref}"
        if ext == "bib":
            return text_answer(cited.bibtex, "application/x-bibtex", f"{stem}.bib")
        return text_answer(cited.ris, "application/x-research-info-systems", f"{stem}.ris")
    shown = [row] if row else [one for one in commitments if one.provision == home.id]
    details = rows.instrument_details([one.id for one in shown])
    for one in shown:
        one.instruments.extend((named["id"], named["name"]) for named in details[one.id])
    if ext == "json":
        return json_answer(_place_json(facts, home, shown, row))
    signed = rows.signatories([doc])[doc]
    context = _place_context(facts, provisions, commitments, home, row)
    context |= {"shown": shown, "details": details, "cite": _citation(request, facts, signed, home, row)}
    context |= about_place(facts, signed, home, shown, details, request.user)
    signed_in = request.user.is_authenticated
    context["may_enter"] = signed_in and may(request.user, Permission.CONFIRM, Document(id=doc))
    if row is not None:
        context |= {"history": [(event, event_says(event)) for event in rows.history(row.id)]}
        context |= {"named": details[row.id], "note": rows.latest_note(row.id)}
        today = timezone.localdate().isoformat()
        context["edges"] = edges_of(request.user, today, row.id)
        context["stands"] = stands(row.id, facts["period_end"], today, request.user, context["edges"])
        return render(request, "pages/commitment.html", context)
    context |= _section(request, facts, signed, home, provisions, commitments) if home.kind == "section" else {}
    return render(request, "pages/provision.html", context | {"finding": sentences.provision_says(home, shown)})


def _section(
    request: HttpRequest,
    facts: dict[str, Any],
    signed: list[dict[str, Any]],
    home: ProvisionRow,
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
) -> dict[str, Any]:
    """Return where the paragraphs of a section stand today, and that as a sentence."""
    day, adopted = timezone.localdate().isoformat(), facts["adopted"] or facts["period_start"]
    among = [one for one in provisions if one.parent == home.id]
    found = stands_today(facts["id"], adopted, day, provisions, commitments, signed, request.user, among)
    if not found.ladder.total:
        return {}
    since = findings.age(adopted, day)
    said = findings.stages(found.ladder, since) if found.claims else findings.nothing(found.ladder.total)
    return {"about": lines(found), "section_finding": said}


def _place_json(
    facts: dict[str, Any], home: ProvisionRow, shown: list[CommitmentRow], row: CommitmentRow | None
) -> dict[str, Any]:
    about = {"document": {"id": facts["id"], "title": facts["title"], "adopted": facts["adopted"] or None}}
    if row is None:
        listed = [tables.commitment_json(one) for one in shown]
        return {**tables.provision_json(home), **about, "commitments": listed}
    quoted = quotation(home.words, row) or None
    return {**tables.commitment_json(row), **about, "quotation": quoted}


def _place_context(
    facts: dict[str, Any],
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
        "address": f"/agreements/{facts['id']}/{row.ref if row else home.ref}",
    }


def _citation(
    request: HttpRequest,
    facts: dict[str, Any],
    signed: list[dict[str, Any]],
    home: ProvisionRow,
    row: CommitmentRow | None,
) -> Citation:
    thing = row.id if row else home.id
    return Citation(
        id=thing,
        title=facts["title"],
        parties=sentences.parties_of(signed, facts["adopted"] or facts["period_start"]),
        place=facts["place"],
        adopted=facts["adopted"],
        part=f"{home.name}, commitment {row.ref}" if row else home.name,
        url=request.build_absolute_uri(f"/agreements/{thing}"),
        read=timezone.localdate().isoformat(),
    )
