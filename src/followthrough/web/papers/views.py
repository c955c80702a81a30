"""The page on which a person chooses a paper, and the paper itself as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followthrough.errors import InputRefused
from followthrough.publish.citations import FORMS as CITED
from followthrough.publish.citations import Citation, plain
from followthrough.report.papers import MADE_BY
from followthrough.report.rendering import FORMS, KINDS
from followthrough.web.accounts.models import User
from followthrough.web.accounts.requests import signed_in
from followthrough.web.activities.rows import meetings_of
from followthrough.web.agreements import rows
from followthrough.web.agreements.citing import cite, cited_answer
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.models import Party
from followthrough.web.followup.policy import visible_cycles
from followthrough.web.kit.addresses import address
from followthrough.web.kit.list_state import State, choices
from followthrough.web.kit.wording import day
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit, take
from followthrough.web.links.scope import Scope
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.gathering import register_of

MADE = Limit("papers", 120, 3600)
"""How many papers are made for one address or person in an hour: each takes a second of computing."""
INTERNAL = "internal"
EDITIONS = {"": lazy("public: what everybody may read"), INTERNAL: lazy("internal: what you may read")}
PAPERS = {
    "report": (lazy("Progress report with its matrix"), lazy("Both papers for the committee, in one file.")),
    "progress": (
        lazy("Progress report"),
        lazy("What came of each section, where the evidence is silent, what is contested, money, targets, reports."),
    ),
    "matrix": (
        lazy("Implementation matrix"),
        lazy("A row a paragraph: commitments, lead, activities, stage, evidence, next step, remarks."),
    ),
    "matters": (
        lazy("Matters arising"),
        lazy("Every earlier decision, what was last heard of it and whose turn it is; unreported ones first."),
    ),
    "brief": (lazy("Party brief"), lazy("What is on record of one party, where nothing names it, and what is open.")),
}
"""The papers with what each is, in the order of the page."""
NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML"}
NAMES |= {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
NAMED = ("section", "party", "cycle", "meeting")
"""What is chosen from a list."""


@require_safe
def papers(request: HttpRequest, doc: str) -> HttpResponse:
    """Show the papers of an agreement, and what they can be of."""
    facts = document_or_404(request, doc)
    state, today = State(request.GET), timezone.localdate().isoformat()
    held = {name: _options(request, doc, name) for name in NAMED}
    asked = {name: state.one_of(name, options) for name, options in held.items()}
    asked |= {"as_of": state.date("as_of"), "since": state.date("since")}
    asked["edition"] = state.one_of("edition", EDITIONS) if isinstance(request.user, User) else ""
    query = state.with_(**{name: asked.get(name, "") for name in {*asked, *state.kept()}})
    context = {
        "doc": facts, "here": "papers", "asked": asked, "problems": state.problems,
        "fields": [(name, *_labels(name), choices({"": _labels(name)[1], **held[name]}, asked[name])) for name in NAMED
                   if held[name]],
        "editions": choices(EDITIONS, asked["edition"]) if isinstance(request.user, User) else [],
        "papers": [
            (name, title, says, _files(doc, name, query), plain(_cited(request, facts, name, asked["as_of"] or today)))
            if name != "brief" or asked["party"] else (name, title, says, [], "")
            for name, (title, says) in PAPERS.items()
        ],
        "today": today,
    }  # fmt: skip
    return render(request, "papers/papers.html", context)


def _files(doc: str, paper: str, query: str) -> list[tuple[str, str]]:
    """Return the forms of a paper and of its citation, each with what it is called and its address."""
    return [(NAMES[form], f"{address('paper', doc, paper, form)}{query}") for form in (*FORMS, *CITED)]


def _labels(name: str) -> tuple[str, str]:
    """Return what a field is called, and what it says where nothing is chosen."""
    return {
        "section": (_("Section"), _("the whole agreement")), "party": (_("Party, for a brief"), _("none")),
        "cycle": (_("Reporting cycle"), _("none")), "meeting": (_("Meeting, for matters arising"), _("none")),
    }[name]  # fmt: skip


def _options(request: HttpRequest, doc: str, name: str) -> dict[str, str]:
    """Return what can be chosen: ids with their names."""
    if name == "section":
        return {
            one.ref: f"{one.num} {one.title}".strip() for one in rows.provision_rows([doc]) if one.kind == "section"
        }
    if name == "party":
        keys = rows.states_of(rows.signatories([doc])[doc])
        return dict(Party.objects.filter(pk__in=keys).order_by("name").values_list("id", "name"))
    if name == "cycle":
        return dict(visible_cycles(request.user).filter(document=doc).order_by("-opened").values_list("id", "title"))
    held = [one for one in meetings_of(Scope(doc, by=request.user)) if not one.withdrawn]
    return {one.id: f"{one.body} {one.number}, {day(one.date)}".replace(" ,", ",") for one in held}


@never_cache
@require_safe
def paper(request: HttpRequest, doc: str, paper: str, form: str) -> HttpResponse:
    """Make a paper, and answer with it as a file."""
    facts = document_or_404(request, doc)
    if paper not in MADE_BY or form not in {*FORMS, *CITED}:
        raise Http404(_("There is no such paper."))
    asked = _asked(request, doc)
    if paper == "brief" and not asked.party:
        raise Http404(_("A brief is on a party: choose one."))
    if form in CITED:
        return cited_answer(_cited(request, facts, paper, asked.as_of), form)
    by = request.user
    take(MADE, f"person {by.pk}" if isinstance(by, User) else client_of(request))
    try:
        made = MADE_BY[paper](register_of(asked, by))
    except InputRefused as error:
        raise Http404(f"{error.file}: {error.what}.") from error
    headers = {"Content-Disposition": f'attachment; filename="{made.stem}.{form}"'}
    return HttpResponse(FORMS[form](made), content_type=KINDS[form], headers=headers)


def _cited(request: HttpRequest, facts: DocumentFacts, paper: str, as_of: str) -> Citation:
    """Return the citation of a paper, as of the day that it is of; its address is that of its pages."""
    asked = {name: request.GET[name] for name in (*NAMED, "as_of", "since") if request.GET.get(name)}
    path = f"{address('paper', facts.id, paper, 'html')}{'?' if asked else ''}{urlencode(asked)}"
    about = {"part": str(PAPERS[paper][0]), "author": "Followthrough", "published": as_of}
    return cite(request, "paper", f"{facts.id}/{paper}", facts.title, path, about, as_of=as_of)


def _asked(request: HttpRequest, doc: str) -> Asked:
    """Return what the address asks for; what is internal is asked by somebody who is signed in."""
    state, today = State(request.GET), timezone.localdate().isoformat()
    internal = state.text("edition") == INTERNAL
    if internal:
        signed_in(request)
    named: dict[str, Any] = {name: state.text(name) for name in NAMED}
    return Asked(doc, state.date("as_of") or today, today, internal=internal, since=state.date("since"), **named)
