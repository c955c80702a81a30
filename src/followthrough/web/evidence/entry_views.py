"""Forms: a new claim, and the box for readers' suggestions with its queue."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.model.vocabulary import ClaimKind, LinkRole, Stance
from followthrough.web.accounts.policy import may, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.entry_forms import entry_choices
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.evidence.actions import suggestions
from followthrough.web.evidence.actions.claims import enter_claim
from followthrough.web.evidence.forms import counted_again, entry
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.evidence.policy import visible_suggestions
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp
from followthrough.web.kit.requests import whole_number
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
    outcome, saved = Outcome(), list[Claim]()
    if request.method == "POST":
        outcome = run_action(lambda: saved.append(enter_claim(document, entry(request), by=request.user)))
        if outcome.done:
            return redirect(address("claim", saved[0].pk))
    context = {
        "doc": facts,
        "here": "claims",
        "kinds": tuple(ClaimKind),
        "stances": tuple(Stance),
        "counted_again": counted_again(),
        **entry_choices(request, doc),
        "roles": tuple(LinkRole),
        **outcome.context,
    }
    return render(request, "evidence/new_claim.html", context, status=outcome.status)


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
            suggestions.suggest(document, *said, by=request.user, address=client_of(request))
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
    }
    answer = render(request, "evidence/suggest.html", context, status=429 if wait else 422 if problems else 200)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, doc: str) -> HttpResponse:
    """Show the suggestions of readers to those who enter evidence, and take their answers."""
    document = visible_documents(request.user).filter(pk=doc).first()
    if document is None or not may(request.user, Permission.ENTER, document):
        raise Http404(_("There is no such queue, or it is not yours."))
    problems, conflict = dict[str, str](), None
    if request.method == "POST":
        chosen = _chosen(request, doc, request.POST.getlist("suggestion"))
        try:
            with transaction.atomic():
                for suggestion in chosen:
                    suggestions.answer(
                        suggestion, request.POST.get("answer", ""), by=request.user, seen=seen_stamp(request)
                    )
            return redirect(address("suggestions", doc))
        except InvalidEntry as error:
            problems = error.problems
        except EditConflict as error:
            conflict = error
    held = visible_suggestions(request.user).filter(document=doc)
    shown = list(held.order_by(F("answered").asc(nulls_first=True), "at")[:200])
    context = {
        "doc": document_or_404(request, doc),
        "suggestions": [(one, suggestions.answer_stamp(one)) for one in shown],
        "unanswered": suggestions.answer_stamp(Suggestion()),
        "chosen": request.POST.getlist("suggestion"),
        "typed": request.POST.get("answer", ""),
        "did": "many" if len(request.POST.getlist("suggestion")) > 1 else request.POST.get("suggestion", ""),
        "overtaken": conflict,
        "waiting": sum(one.answered is None for one in shown),
        "problems": problems,
    }
    return render(request, "evidence/queue.html", context, status=422 if problems else 409 if conflict else 200)


def _chosen(request: HttpRequest, doc: str, numbers: list[str]) -> list[Suggestion]:
    """Return the suggestions that were chosen, all of them or 404."""
    wanted = {number for text in numbers if (number := whole_number(text)) is not None}
    found = list(visible_suggestions(request.user).filter(document=doc, pk__in=wanted))
    if not numbers or len(found) != len(set(numbers)):
        raise Http404(_("There is no such suggestion."))
    return found
