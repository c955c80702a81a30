"""The page of one claim, and the forms that correct it, withdraw it, check it, link it and mark it as conflicting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from followthrough.assess.grading import GRADES
from followthrough.model.vocabulary import ClaimKind, LinkRole
from followthrough.packs.cells import plain as plain_number
from followthrough.publish.citations import FORMS
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.citing import cite_source, cited_answer
from followthrough.web.agreements.rows import history_of
from followthrough.web.audit.sentences import event_says
from followthrough.web.evidence import forms
from followthrough.web.evidence.actions import claims, conflicts, corrections
from followthrough.web.evidence.claim_detail import Detail, detail
from followthrough.web.evidence.forms import counted_again, stances
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.published_comments import comments_about
from followthrough.web.files.quotations import quotation_check
from followthrough.web.kit.addresses import address
from followthrough.web.kit.beside import facts_beside
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.links.actions import links
from followthrough.web.links.forms import link_request
from followthrough.web.links.policy import may_in_all
from followthrough.web.links.stamps import links_stamp


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one claim; those who enter evidence revise it here, and nothing of it is ever overwritten."""
    found = detail(key, request.user)
    if found is None:
        raise Http404(gettext("The register has no evidence item “%(key)s”.") % {"key": key})
    cited = cite_source(request, "claim", key, found.row.statement, address("claim", key), found.row.source)
    if ext in FORMS:
        return cited_answer(cited, ext)
    if ext:
        return json_answer(_json(found) | facts_beside("claim", key, request.user))
    outcome = Outcome()
    if request.method == "POST":
        goal = [address("claim", key)]
        outcome = run_action(lambda: _do(request, key, goal))
        if outcome.done:
            return redirect(goal[0])
        found = detail(key, request.user) or found
    row = found.row
    may_edit = request.user.is_authenticated and may_in_all(request.user, Permission.ENTER, "claim", key)
    context = {
        "one": found, "row": row, "cite": cited,
        "grade_says": GRADES[row.source.grade],
        "quoted": quotation_check(row.quote, row.source.id, request.user),
        "comments": comments_about([key], request.user),
        "address": address("claim", key),
        "typed": request.POST, "did": request.POST.get("do", ""), "editable": may_edit,
        "kinds": tuple(ClaimKind),
        "stances": stances(),
        "counted_again": counted_again(),
        "roles": tuple(LinkRole),
        "filled": _filled(request, found),
        "stamp": claims.claim_stamp(visible_claims(request.user).get(pk=key)) if may_edit else "",
        "links_stamp": links_stamp("claim", key) if may_edit else "",
        "ticked": request.POST.getlist("link"),
        "history": [(event, event_says(event)) for event in history_of("claim", key)],
        **outcome.context,
    }  # fmt: skip
    return render(request, "evidence/claim.html", context, status=outcome.status)


def _filled(request: HttpRequest, one: Detail) -> dict[str, str]:
    """Return what the form of a correction holds: what was typed, or what is on record."""
    if request.POST.get("do") == "correct":
        return request.POST.dict()
    return {f"claims.{name}": _typed(getattr(one.row, name)) for name in claims.CLAIM_CELLS}


def _typed(value: Any) -> str:
    """Return a value as its field in the form holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else plain_number(value) if not isinstance(value, str) else value


def _do(request: HttpRequest, key: str, goal: list[str]) -> None:
    """Do what the pressed button says; ``goal`` is the address to go to afterwards."""
    command = _COMMANDS.get(request.POST.get("do", ""))
    if command is None:
        raise InvalidEntry({"do": gettext("press one of the buttons of this page")})
    goal[0] = command(request, key) or goal[0]


def _correct(request: HttpRequest, key: str) -> str:
    cells, reason = forms.claim_cells(request), typed_text(request, "reason")
    made = corrections.correct(key, cells, reason, by=request.user, seen=seen_stamp(request))
    return address("claim", made.pk)


def _withdraw(request: HttpRequest, key: str) -> str:
    claims.withdraw([key], typed_text(request, "reason"), by=request.user, seen=seen_stamp(request))
    return ""


def _check(request: HttpRequest, key: str) -> str:
    claims.check([key], typed_text(request, "note"), by=request.user, seen=seen_stamp(request))
    return ""


def _link(request: HttpRequest, key: str) -> str:
    links.link("claim", key, link_request(request, "places"), by=request.user, seen=seen_stamp(request))
    return address("claim", key) + "#tied"


def _unlink(request: HttpRequest, key: str) -> str:
    ids, reason = request.POST.getlist("link")[:100], typed_text(request, "reason")
    links.unlink(ids, reason, by=request.user, seen=seen_stamp(request))
    return address("claim", key) + "#tied"


def _mark_conflicting(request: HttpRequest, key: str) -> str:
    others = typed_text(request, "others").replace(";", ",").split(",")
    named = [key, *(one.strip() for one in others)]
    topic, note = typed_text(request, "conflicts.topic"), typed_text(request, "conflicts.note")
    conflicts.mark_conflicting(named, topic, note, by=request.user, seen=seen_stamp(request))
    return address("claim", key) + "#disputes"


_COMMANDS: dict[str, Callable[[HttpRequest, str], str]] = {
    "correct": _correct,
    "withdraw": _withdraw,
    "check": _check,
    "tie": _link,
    "untie": _unlink,
    "oppose": _mark_conflicting,
}


def _json(one: Detail) -> dict[str, Any]:
    row = one.row
    return {
        "id": row.id,
        "statement": row.statement,
        "kind": row.kind,
        "date": row.date or None,
        "value": plain_number(row.value) if row.value is not None else None,
        "unit": row.unit or None,
        "stance": row.stance,
        "reproducible": row.reproducible,
        "quote": row.quote or None,
        "notes": row.notes or None,
        "checked": row.checked,
        "check_note": row.check_note or None,
        "grade": row.source.grade,
        "recorded": row.recorded,
        "known_since": row.known,
        "withdrawn": row.withdrawn or None,
        "corrected_as": row.replaced_by,
        "corrects": one.corrects,
        "parties": [key for key, _ in one.parties],
        "tied_to": [
            {"place": at.id, "role": at.link.role, "rationale": at.link.rationale, "origin": at.link.origin,
             "confirmed": at.link.confirmed or None}
            for at in one.linked
        ],
        "conflicts": [question.id for question in one.conflicts],
        "source": {"id": row.source.id, "url": row.source.url, "publisher": row.source.publisher},
    }  # fmt: skip
