"""Published results: the heat map with its arithmetic, one cell with its history, a party's results, the data set."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.assess.scoring import Missing
from followthrough.publish.citations import FORMS, Citation
from followthrough.web.accounts.policy import Actor, may
from followthrough.web.accounts.requests import signed_in
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.citing import cite, cited_answer
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.parties import party_facts
from followthrough.web.agreements.policy import visible_commitments
from followthrough.web.agreements.rows import tail
from followthrough.web.assessments.actions import replies
from followthrough.web.assessments.axes import axes_of
from followthrough.web.assessments.datasets import sheet
from followthrough.web.assessments.models import PUBLISHED, REPLY, AdjudicatedRating, Assessment, RatingUnit
from followthrough.web.assessments.policy import own_ratings, visible_assessments, visible_cells
from followthrough.web.assessments.rows import RatingUnitRow, Results, cells_of, results_of, shade
from followthrough.web.assessments.stamps import verdict_stamp
from followthrough.web.assessments.values import REASONS, marked, scale_of
from followthrough.web.kit.addresses import address, on_day
from followthrough.web.kit.downloads import csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text


@require_safe
def results(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show the newest published round of an agreement, or the one that the address names."""
    facts = document_or_404(request, doc)
    published = list(
        visible_assessments(request.user).filter(document=doc, state=PUBLISHED).order_by("example", "-published")
    )
    wanted = request.GET.get("round", "")
    chosen = next((one for one in published if one.pk == wanted or not wanted), None)
    if chosen is None and (wanted or ext):
        raise Http404(_("There is no such published round."))
    found = results_of(chosen, _policy(request)) if chosen else None
    if ext and found:
        return _files(found, request.GET.get("part", ""), ext)
    signed_in = request.user.is_authenticated
    context: dict[str, Any] = {
        "doc": facts, "here": "ratings", "found": found, "rounds": published, "address": address("ratings", doc),
        "may_open": signed_in and may(request.user, Permission.ASSESS, Document(pk=doc)),
        "mine": _mine(request, doc) if signed_in else [], "runs": _runs(request, doc) if signed_in else [],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    if found:
        adopted = facts.begins
        today = timezone.localdate().isoformat()
        context |= {"map": _map(found, request.user), "legend": _legend(found)}
        context["axes"] = axes_of(found.commitments, found.scores, adopted=adopted, today=today, by=request.user)
    return render(request, "assessments/results.html", context)


def _policy(request: HttpRequest) -> Missing:
    """Return what means do with what is not rated: left out, unless the address asks for zero."""
    return "as-zero" if request.GET.get("na") == "as-zero" else "exclude"


def _map(found: Results, by: Actor) -> list[dict[str, Any]]:
    """Return the lines of the heat map as the page shows them; a look never stands without its mark."""
    said = dict(visible_commitments(by).filter(pk__in=found.commitments).values_list("pk", "summary"))
    return [
        {
            "commitment": key, "ref": tail(key), "said": said.get(key, ""), "score": score,
            "cells": [_shown(found, cell) if cell else {} for cell in cells],
        }
        for key, cells, score in found.lines
    ]  # fmt: skip


def _shown(found: Results, cell: RatingUnitRow) -> dict[str, Any]:
    value = cell.last.value if cell.last else ""
    return {
        "id": cell.id, "party": cell.party, "value": value, "mark": found.mark(value) if value else "",
        "shade": shade(found.scale, value), "changed": len(cell.verdicts) > 1,
    }  # fmt: skip


def _legend(found: Results) -> list[dict[str, str]]:
    words_ = [one.word for one in found.scale.values]
    return [{"word": word, "mark": found.mark(word), "shade": shade(found.scale, word)} for word in words_]


def _mine(request: HttpRequest, doc: str) -> list[Assessment]:
    mine = own_ratings(request.user).filter(cell__assessment__document=doc).values("cell__assessment")
    return list(visible_assessments(request.user).filter(pk__in=mine).exclude(state=PUBLISHED))


def _runs(request: HttpRequest, doc: str) -> list[Assessment]:
    if not may(request.user, Permission.ADJUDICATE, Document(pk=doc)):
        return []
    return list(visible_assessments(request.user).filter(document=doc))


def _files(found: Results, part: str, ext: str) -> HttpResponse:
    if ext == "json":
        one = found.assessment
        return json_answer({
            "id": one.pk, "title": one.title, "example": one.example, "state": one.state,
            "published": one.published.isoformat() if one.published else None,
            **found.scores.to_dict(), "agreement": found.agreement.to_dict(),
            "cells": [rating_json(cell) for cell in found.cells],
        })  # fmt: skip
    made = sheet(found, part)
    return csv_answer(made) if ext == "csv" else xlsx_answer(made)


def verdict_json(one: AdjudicatedRating) -> dict[str, Any]:
    """Return one final rating for a JSON twin."""
    return {
        "number": one.number, "value": one.value, "why": one.why, "reason": one.reason or None, "claims": one.claims,
        "at": one.at.isoformat(),
    }  # fmt: skip


def rating_json(cell: RatingUnitRow) -> dict[str, Any]:
    """Return what was published of one cell."""
    return {
        "commitment": cell.commitment, "party": cell.party,
        "verdicts": [verdict_json(one) for one in cell.verdicts],
        "coders": {letter: rating.value for letter, rating in cell.ratings},
        "replies": [{"text": one.text, "at": one.at.isoformat()} for one in cell.replies],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, key: str, cell: str, ext: str = "") -> HttpResponse:
    """Show one cell: its note, its verdicts, its evidence, and the reply of the party concerned.

    Before publication only those who run the round and the focal points of the party see it; coders never see it here.
    """
    about = ("assessment__document", "commitment", "note", "party")
    held = visible_cells(request.user).select_related(*about).filter(pk=cell, assessment=key).first()
    if held is None or not _may_see(request, held):
        raise Http404(_("There is no such rating, or it is not published."))
    cited = cited_rating(request, held, dated=True)
    if ext and held.assessment.state != PUBLISHED:
        raise Http404(_("There is no such rating, or it is not published."))
    if ext in FORMS:
        return cited_answer(cited, ext)
    if ext:
        return json_answer({"id": held.pk, "round": key, **rating_json(cells_of(held.assessment, held.pk)[0])})
    outcome = Outcome()
    if request.method == "POST":
        by = signed_in(request)
        outcome = run_action(lambda: replies.reply(held, typed_text(request, "reply"), by=by, seen=seen_stamp(request)))
        if outcome.done:
            return redirect(address("result", key, cell))
    row = cells_of(held.assessment, held.pk)[0]
    scale = scale_of(held.assessment.scale)
    context = {
        "round": held.assessment, "cell": held, "row": row, "scale": scale, "reasons": REASONS,
        "commitment": held.commitment, "cite": cited, "address": address("result", key, cell),
        "verdicts": [(one, marked(scale, one.value)) for one in reversed(row.verdicts)],
        "may_reply": held.assessment.state == REPLY and replies.speaks_for_cell(request.user, held),
        "published": held.assessment.state == PUBLISHED,
        "may_settle": request.user.is_authenticated
        and may(request.user, Permission.ADJUDICATE, held.assessment.document),
        "coded": [(letter, one, marked(scale, one.value)) for letter, one in row.ratings],
        "typed": request.POST, "stamp": verdict_stamp(row.last), **outcome.context,
    }  # fmt: skip
    return render(request, "assessments/result.html", context, status=outcome.status)


def cited_rating(request: HttpRequest, held: RatingUnit, *, dated: bool = False, as_of: str = "") -> Citation:
    """Return the citation of a final rating: the register itself rates, and publishes first."""
    one, key = held.assessment, f"{held.assessment_id}/{held.pk}"
    part = f"{held.commitment_id}, {held.party.name}"
    published = one.published.date().isoformat() if one.published else ""
    live = address("result", one.pk, held.pk)
    path = on_day(live, as_of) if as_of else live
    about = {"part": part, "author": "Followthrough", "published": published}
    return cite(request, "rating", key, one.title, path, about, dated=dated, as_of=as_of)


def _may_see(request: HttpRequest, held: RatingUnit) -> bool:
    document = held.assessment.document
    if held.assessment.state == PUBLISHED:
        return True
    if not request.user.is_authenticated or held.ratings.filter(coder=request.user.pk, submitted=None).exists():
        return False
    if held.assessment.state == REPLY and replies.speaks_for_cell(request.user, held):
        return True
    coder = held.ratings.filter(coder=request.user.pk).exists()
    return not coder and may(request.user, Permission.ADJUDICATE, document)


@require_safe
def party(request: HttpRequest, key: str) -> HttpResponse:
    """Show a party's published results and replies, and to its focal points what waits for a reply."""
    facts = party_facts(key, request.user)
    if facts is None:
        raise Http404(_("The register holds no party “%(key)s”.") % {"key": key})
    cells, found = visible_cells(request.user).filter(party=key), []
    rated = cells.filter(assessment__state=PUBLISHED).order_by().values("assessment")
    for one in visible_assessments(request.user).filter(pk__in=rated):
        scale = scale_of(one.scale)
        held = results_of(one)
        shown = [(cell, marked(scale, cell.last.value)) for cell in held.cells if cell.party == key and cell.last]
        found.append((one, held.scores.parties[key], held, shown))
    open_cells = cells.select_related("assessment").filter(assessment__state=REPLY)
    waiting = [one for one in open_cells if replies.speaks_for_cell(request.user, one)]
    context = {"party": facts, "found": found, "waiting": waiting}
    return render(request, "assessments/party.html", context)
