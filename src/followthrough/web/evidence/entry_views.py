"""Forms: a new claim, also from what a reader suggested, and the box for suggestions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.model.vocabulary import ClaimKind, LinkRole
from followthrough.web.accounts.policy import require
from followthrough.web.accounts.roles import Permission
from followthrough.web.accounts.standing import parties_spoken_for
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.entry_forms import SOURCE_FIELDS, asks_for_sources, entry_choices
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_commitments, visible_documents, visible_sources
from followthrough.web.evidence.actions import suggestions
from followthrough.web.evidence.actions.claims import enter_claim
from followthrough.web.evidence.actions.suggestions import Wish
from followthrough.web.evidence.forms import counted_again, entry, stances
from followthrough.web.evidence.models import COMMENT, SUGGESTION, Claim, Suggestion
from followthrough.web.evidence.suggestion_views import chosen_suggestions
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import TooMany


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_claim(request: HttpRequest, doc: str) -> HttpResponse:
    """Enter a claim, with the same checks as an import; what may be here already is pointed out before it is saved."""
    facts = document_or_404(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, Permission.ENTER, document)
    outcome, saved, suggestion = Outcome(), list[Claim](), _suggestion(request, doc)
    if request.method == "POST" and not asks_for_sources(request):
        outcome = run_action(lambda: saved.append(_enter(request, document, suggestion)))
        if outcome.done:
            return redirect(address("claim", saved[0].pk))
    context = {
        "suggestion": suggestion,
        "answer": request.POST.get("answer") or request.GET.get("answer", ""),
        "doc": facts,
        "here": "claims",
        "kinds": tuple(ClaimKind),
        "stances": stances(),
        "counted_again": counted_again(),
        **entry_choices(request, doc),
        "roles": tuple(LinkRole),
        **outcome.context,
        **(_filled(request, suggestion) if request.method != "POST" else {}),
    }
    return render(request, "evidence/new_claim.html", context, status=outcome.status)


def _suggestion(request: HttpRequest, doc: str) -> Suggestion | None:
    """Return the suggestion of a reader from which this item is made, or nothing where it is made from none."""
    number = request.POST.get("suggestion") or request.GET.get("suggestion", "")
    return chosen_suggestions(request, [number], doc)[0] if number else None


def _enter(request: HttpRequest, document: Document, suggestion: Suggestion | None) -> Claim:
    if suggestion is None:
        return enter_claim(document, entry(request), by=request.user)
    return suggestions.take_over(suggestion, entry(request), request.POST.get("answer", ""), by=request.user)


def _filled(request: HttpRequest, suggestion: Suggestion | None) -> dict[str, object]:
    """Return what the form is filled with: from what a reader wrote, or from words picked in the file of a source."""
    if suggestion:
        return _suggested(request, suggestion)
    source = visible_sources(request.user).filter(pk=request.GET.get("source", "")).first()
    if source is None:
        return {}
    typed = {f"sources.{name}": getattr(source, name) for name in SOURCE_FIELDS}
    return {"typed": {**typed, "claims.quote": request.GET.get("quote", "")[:1_000]}}


def _suggested(request: HttpRequest, suggestion: Suggestion) -> dict[str, object]:
    """Return what the form is filled with from what a reader wrote."""
    place = f"{suggestion.document_id}/{suggestion.place}"
    meant = visible_commitments(request.user).filter(Q(pk=place) | Q(provision=place), withdrawn="")
    typed = {"sources.url": suggestion.url, "claims.statement": suggestion.text}
    return {"typed": typed, "chosen": set(meant.values_list("pk", flat=True))}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, doc: str) -> HttpResponse:
    """Let any reader say what is missing or wrong; it goes to a queue, never straight in."""
    facts = document_or_404(request, doc)
    problems: dict[str, str] = {}
    wait = 0
    if request.method == "POST":
        if request.POST.get("website"):  # a field that people do not see and robots fill in
            return redirect(address("suggest", doc) + "?sent=yes")
        said = [request.POST.get(name, "") for name in ("place", "text", "url", "contact")]
        try:
            document = visible_documents(request.user).get(pk=doc)
            suggestions.suggest(document, *said, by=request.user, address=client_of(request), wish=_wish(request))
            return redirect(address("suggest", doc) + "?sent=yes")
        except InvalidEntry as error:
            problems = error.problems
        except TooMany as error:
            problems, wait = {"text": str(error)}, error.wait
    context = {
        "doc": facts,
        "typed": request.POST,
        "problems": problems,
        "sent": request.GET.get("sent") == "yes",
        "about": request.GET.get("about", ""),
        "parties": parties_spoken_for(request.user, doc),
        "kind": request.POST.get("kind", SUGGESTION),
    }
    answer = render(request, "evidence/suggest.html", context, status=429 if wait else 422 if problems else 200)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _wish(request: HttpRequest) -> Wish:
    """Return what a reader wants their words to become; the reply of a party is chosen as ``reply-`` and its id."""
    kind, _dash, party = request.POST.get("kind", SUGGESTION).partition("-")
    return Wish(kind, request.POST.get("shown_name", "") if kind == COMMENT else "", party)
