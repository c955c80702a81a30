"""Forms: a new claim, the confirmation of links, and the box for readers' suggestions with its queue."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.model.vocabulary import ClaimKind, Stance
from followthrough.web.accounts.policy import NotAllowed, may
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence import actions, ties
from followthrough.web.evidence.actions import Entry
from followthrough.web.evidence.entering import BadEntry
from followthrough.web.evidence.forms import SOURCE_FIELDS, Outcome, attempt, cells, choices, claim_cells, seen, tying
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.evidence.policy import visible_suggestions
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import TooMany
from followthrough.web.pages.agreement_views import facts_of
from followthrough.web.workbench.views import _user


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_claim(request: HttpRequest, doc: str) -> HttpResponse:
    """Enter a claim, with the same checks as an import; what may be here already is pointed out before it is saved."""
    facts = facts_of(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    if not may(_user(request), Permission.ENTER, document):
        return render(request, "403.html", {"said": f"{_user(request)} may not {Permission.ENTER.value}"}, status=403)
    outcome, saved = Outcome(), list[Claim]()
    if request.method == "POST":
        outcome = attempt(lambda: saved.append(actions.enter_claim(document, _entry(request), by=_user(request))))
        if outcome.done:
            return redirect(f"/claims/{saved[0].pk}")
    context = {
        "doc": facts,
        "here": "claims",
        "kinds": tuple(ClaimKind),
        "stances": tuple(Stance),
        **choices(request, doc),
        **outcome.context,
    }
    return render(request, "evidence/new_claim.html", context, status=outcome.status)


def _entry(request: HttpRequest) -> Entry:
    tie = tying(request)
    return Entry(
        cells(request, "sources", SOURCE_FIELDS),
        claim_cells(request),
        tie.places,
        tie.rationale,
        tie.role,
        tuple(request.POST.getlist("parties")),
        bool(request.POST.get("anyway")),
    )


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm links, or take a confirmation back, and return to the page it was pressed on."""
    back = request.POST.get("do") == "back"
    try:
        ties.confirm(request.POST.getlist("link")[:1000], by=_user(request), back=back, seen=seen(request))
    except NotAllowed as error:
        return render(request, "403.html", {"said": str(error)}, status=403)
    except Overtaken as error:
        return render(request, "409.html", {"said": str(error), "back": _here(request)}, status=409)
    return redirect(_here(request))


def _here(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else "/agreements"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, doc: str) -> HttpResponse:
    """Let any reader say what is missing or wrong; it goes to a queue, never straight in."""
    facts = facts_of(request, doc)
    problems: dict[str, str] = {}
    wait = 0
    if request.method == "POST":
        if request.POST.get("website"):  # a field that people do not see and robots fill in
            return redirect(f"/agreements/{doc}/suggest?sent=yes")
        said = [request.POST.get(name, "") for name in ("place", "text", "url", "contact")]
        try:
            document = visible_documents(request.user).get(pk=doc)
            actions.suggest(document, *said, address=client_of(request))
            return redirect(f"/agreements/{doc}/suggest?sent=yes")
        except BadEntry as error:
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
    document = visible_documents(_user(request)).filter(pk=doc).first()
    if document is None or not may(_user(request), Permission.ENTER, document):
        raise Http404("There is no such queue, or it is not yours.")
    problems, overtaken = dict[str, str](), None
    if request.method == "POST":
        chosen = _chosen(request, doc, request.POST.getlist("suggestion"))
        try:
            with transaction.atomic():
                for suggestion in chosen:
                    actions.answer(suggestion, request.POST.get("answer", ""), by=_user(request), seen=seen(request))
            return redirect(f"/agreements/{doc}/suggestions")
        except BadEntry as error:
            problems = error.problems
        except Overtaken as error:
            overtaken = error
    held = visible_suggestions(request.user).filter(document=doc)
    suggestions = list(held.order_by(F("answered").asc(nulls_first=True), "at")[:200])
    context = {
        "doc": facts_of(request, doc),
        "suggestions": [(one, actions.answer_stamp(one)) for one in suggestions],
        "unanswered": actions.answer_stamp(Suggestion()),
        "chosen": request.POST.getlist("suggestion"),
        "typed": request.POST.get("answer", ""),
        "did": "many" if len(request.POST.getlist("suggestion")) > 1 else request.POST.get("suggestion", ""),
        "overtaken": overtaken,
        "waiting": sum(one.answered is None for one in suggestions),
        "problems": problems,
    }
    return render(request, "evidence/queue.html", context, status=422 if problems else 409 if overtaken else 200)


def _chosen(request: HttpRequest, doc: str, numbers: list[str]) -> list[Suggestion]:
    """Return the suggestions that were chosen, all of them or 404."""
    wanted = {int(number) for number in numbers if number.isdecimal() and len(number) < 13}
    found = list(visible_suggestions(request.user).filter(document=doc, pk__in=wanted))
    if not numbers or len(found) != len(set(numbers)):
        raise Http404("There is no such suggestion.")
    return found
