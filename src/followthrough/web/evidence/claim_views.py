"""The page of one claim, and the forms that correct it, withdraw it, check it, tie it and set it against others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from followthrough.assess.grading import GRADES
from followthrough.model.vocabulary import ClaimKind, LinkRole, Stance
from followthrough.packs.cells import plain as plain_number
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.rows import history_of
from followthrough.web.audit.sentences import event_says
from followthrough.web.evidence import forms, revising, ties
from followthrough.web.evidence.claim_detail import Detail, detail
from followthrough.web.evidence.entering import BadEntry, may_in_all
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.kit.downloads import json_answer


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one claim; those who enter evidence revise it here, and nothing of it is ever overwritten."""
    found = detail(key, request.user)
    if found is None:
        raise Http404(f"The register holds no claim “{key}”.")
    if ext:
        return json_answer(_json(found))
    outcome = forms.Outcome()
    if request.method == "POST":
        goal = [f"/claims/{key}"]
        try:
            outcome = forms.attempt(lambda: _do(request, key, goal))
        except NotAllowed as error:
            return render(request, "403.html", {"said": str(error)}, status=403)
        if outcome.done:
            return redirect(goal[0])
        found = detail(key, request.user) or found
    row = found.row
    may_edit = request.user.is_authenticated and may_in_all(request.user, Permission.ENTER, "claim", key)
    context = {
        "one": found,
        "row": row,
        "grade_says": GRADES[row.source.grade],
        "address": f"/claims/{key}",
        "typed": request.POST,
        "did": request.POST.get("do", ""),
        "editable": may_edit,
        "kinds": tuple(ClaimKind),
        "stances": tuple(Stance),
        "roles": tuple(LinkRole),
        "filled": _filled(request, found),
        "stamp": revising.claim_stamp(visible_claims(request.user).get(pk=key)) if may_edit else "",
        "ties_stamp": ties.ties_stamp("claim", key) if may_edit else "",
        "ticked": request.POST.getlist("link"),
        "history": [(event, event_says(event)) for event in history_of("claim", key)],
        "today": timezone.localdate().isoformat(),
        "permalink": request.build_absolute_uri(f"/claims/{key}"),
        **outcome.context,
    }
    return render(request, "evidence/claim.html", context, status=outcome.status)


def _filled(request: HttpRequest, one: Detail) -> dict[str, str]:
    """Return what the form of a correction holds: what was typed, or what is on record."""
    if request.POST.get("do") == "correct":
        return request.POST.dict()
    return {f"claims.{name}": _typed(getattr(one.row, name)) for name in revising.WORDS}


def _typed(value: Any) -> str:
    """Return a value as its field in the form holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else plain_number(value) if not isinstance(value, str) else value


def _do(request: HttpRequest, key: str, goal: list[str]) -> None:
    """Do what the pressed button says; ``goal`` is the address to go to afterwards."""
    command = _COMMANDS.get(request.POST.get("do", ""))
    if command is None:
        raise BadEntry({"do": "press one of the buttons of this page"})
    goal[0] = command(request, key) or goal[0]


def _correct(request: HttpRequest, key: str) -> str:
    made = revising.correct(key, forms.claim_cells(request), forms.words(request, "reason"),
                            by=request.user, seen=forms.seen(request))  # fmt: skip
    return f"/claims/{made.pk}"


def _withdraw(request: HttpRequest, key: str) -> str:
    revising.withdraw([key], forms.words(request, "reason"), by=request.user, seen=forms.seen(request))
    return ""


def _check(request: HttpRequest, key: str) -> str:
    revising.check([key], forms.words(request, "note"), by=request.user, seen=forms.seen(request))
    return ""


def _tie(request: HttpRequest, key: str) -> str:
    ties.tie("claim", key, forms.tying(request, "places"), by=request.user, seen=forms.seen(request))
    return f"/claims/{key}#tied"


def _untie(request: HttpRequest, key: str) -> str:
    links, reason = request.POST.getlist("link")[:100], forms.words(request, "reason")
    ties.untie(links, reason, by=request.user, seen=forms.seen(request))
    return f"/claims/{key}#tied"


def _oppose(request: HttpRequest, key: str) -> str:
    others = forms.words(request, "others").replace(";", ",").split(",")
    named = [key, *(one.strip() for one in others)]
    topic, note = forms.words(request, "conflicts.topic"), forms.words(request, "conflicts.note")
    revising.oppose(named, topic, note, by=request.user, seen=forms.seen(request))
    return f"/claims/{key}#disputes"


_COMMANDS: dict[str, Callable[[HttpRequest, str], str]] = {
    "correct": _correct, "withdraw": _withdraw, "check": _check, "tie": _tie, "untie": _untie, "oppose": _oppose,
}  # fmt: skip


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
            {"place": at.tie.place, "role": at.tie.role, "rationale": at.tie.rationale, "origin": at.tie.origin,
             "confirmed": at.tie.confirmed or None}
            for at in one.tied
        ],
        "conflicts": [question.id for question in one.conflicts],
        "source": {"id": row.source.id, "url": row.source.url, "publisher": row.source.publisher},
    }  # fmt: skip
