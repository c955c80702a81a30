"""Forms: a new claim, the confirmation of links, and the box for readers' suggestions with its queue."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.packs.evidence import CLAIM_KINDS, ROLES, STANCES
from followthrough.packs.schema import PUBLISHER_KINDS
from followthrough.web.accounts.policy import NotAllowed, may, visible_documents
from followthrough.web.accounts.roles import Deed
from followthrough.web.agreements import rows as agreement_rows
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.views import facts_of
from followthrough.web.evidence import actions
from followthrough.web.evidence.actions import BadEntry, Duplicate, Entry
from followthrough.web.evidence.models import Suggestion
from followthrough.web.workbench.views import _user

SOURCE_FIELDS = ("url", "title", "publisher", "publisher_kind", "published", "language")
CLAIM_FIELDS = ("kind", "date", "statement", "value", "unit", "stance", "quote", "notes")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_claim(request: HttpRequest, doc: str) -> HttpResponse:
    """Enter a claim, with the same checks as an import; what may be here already is pointed out before it is saved."""
    facts = facts_of(request, doc)
    document = Document.objects.get(pk=doc)
    if not may(_user(request), Deed.ENTER, document):
        return render(request, "403.html", {"said": f"{_user(request)} may not {Deed.ENTER.value}"}, status=403)
    problems: dict[str, str] = {}
    like: list[str] = []
    if request.method == "POST":
        try:
            claim = actions.enter_claim(document, _entry(request), by=_user(request))
            return redirect(f"/agreements/{doc}/claims?q={claim.pk}#all")
        except BadEntry as error:
            problems = error.problems
        except Duplicate as error:
            like = error.like
    provisions = agreement_rows.provision_rows([doc])
    context = {
        "doc": facts,
        "here": "claims",
        "typed": request.POST,
        "problems": problems,
        "like": like,
        "commitments": agreement_rows.commitment_rows([doc], provisions, full=False),
        "chosen": set(request.POST.getlist("commitments") or request.GET.getlist("for")),
        "kinds": CLAIM_KINDS,
        "stances": STANCES,
        "publisher_kinds": PUBLISHER_KINDS,
        "roles": ROLES,
    }
    return render(request, "evidence/new_claim.html", context, status=422 if problems else 409 if like else 200)


def _entry(request: HttpRequest) -> Entry:
    def cells(table: str, names: tuple[str, ...]) -> dict[str, str]:
        return {name: " ".join(request.POST.get(f"{table}.{name}", "").split()) for name in names}

    return Entry(
        cells("sources", SOURCE_FIELDS),
        cells("claims", CLAIM_FIELDS),
        tuple(request.POST.getlist("commitments")),
        " ".join(request.POST.get("links.rationale", "").split()),
        request.POST.get("links.role", ""),
        bool(request.POST.get("anyway")),
    )


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm links, or take a confirmation back, and return to the page it was pressed on."""
    back = request.POST.get("do") == "back"
    try:
        actions.confirm(request.POST.getlist("link")[:1000], by=_user(request), back=back)
    except NotAllowed as error:
        return render(request, "403.html", {"said": str(error)}, status=403)
    return redirect(_here(request))


def _here(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/agreements"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, doc: str) -> HttpResponse:
    """Let any reader say what is missing or wrong; it goes to a queue, never straight in."""
    facts = facts_of(request, doc)
    problems: dict[str, str] = {}
    sent = request.GET.get("sent") == "yes"
    if request.method == "POST":
        if request.POST.get("website"):  # a field that people do not see and robots fill in
            return redirect(f"/agreements/{doc}/suggest?sent=yes")
        said = [request.POST.get(name, "") for name in ("place", "text", "url", "contact")]
        try:
            actions.suggest(Document.objects.get(pk=doc), *said)
            return redirect(f"/agreements/{doc}/suggest?sent=yes")
        except BadEntry as error:
            problems = error.problems
    context = {
        "doc": facts,
        "typed": request.POST,
        "problems": problems,
        "sent": sent,
        "about": request.GET.get("about", ""),
    }
    return render(request, "evidence/suggest.html", context, status=422 if problems else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, doc: str) -> HttpResponse:
    """Show the suggestions of readers to those who enter evidence, and take their answers."""
    document = visible_documents(_user(request)).filter(pk=doc).first()
    if document is None or not may(_user(request), Deed.ENTER, document):
        raise Http404("There is no such queue, or it is not yours.")
    problems: dict[str, str] = {}
    if request.method == "POST":
        number = request.POST.get("suggestion", "")
        found = Suggestion.objects.filter(
            document=doc, pk=int(number) if number.isdecimal() and len(number) < 13 else 0
        )
        suggestion = found.first()
        if suggestion is None:
            raise Http404("There is no such suggestion.")
        try:
            actions.answer(suggestion, request.POST.get("answer", ""), by=_user(request))
            return redirect(f"/agreements/{doc}/suggestions")
        except BadEntry as error:
            problems = error.problems
    waiting: Any = Suggestion.objects.filter(document=doc).order_by("answered", "at")
    context = {"doc": facts_of(request, doc), "suggestions": list(waiting[:200]), "problems": problems}
    return render(request, "evidence/queue.html", context, status=422 if problems else 200)
