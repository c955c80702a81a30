"""What an agreement has of each kind of record, the form for a new one, and the form that corrects one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.accounts.policy import may, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.records.actions import records as actions
from followthrough.web.records.fields import typed_texts
from followthrough.web.records.forms import RecordForm, entry_of, texts_of
from followthrough.web.records.kinds import KINDS, RecordKind
from followthrough.web.records.policy import VISIBLE, records_of, require_correction

SHOWN = 60
"""The most records of a kind that the page lists."""


@require_safe
@login_required
@never_cache
def records(request: HttpRequest, doc: str) -> HttpResponse:
    """Show what can be entered for an agreement, and of one kind what is on record, each with its correction."""
    facts = document_or_404(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, Permission.ENTER, document)
    kinds = [one for one in KINDS.values() if one.noun != "document" and may(request.user, one.permission, document)]
    chosen = KINDS.get(request.GET.get("of", ""), kinds[0])
    held = records_of(chosen, doc, request.user)
    columns = [ask for ask in chosen.asks if not ask.long or ask.name in ("statement",)][:3]
    context = {
        "doc": facts,
        "kinds": [(one, address(f"new-{one.noun}", doc)) for one in kinds],
        "edits": may(request.user, Permission.EDIT, document),
        "chosen": chosen,
        "held": [
            (_said(one, columns), address(f"correct-{chosen.noun}", doc, one.pk)) for one in held.order_by("pk")[:SHOWN]
        ],
        "count": held.count(),
        "shown": SHOWN,
    }
    return render(request, "records/records.html", context)


def _said(record: Any, columns: list[Any]) -> str:
    """Return a record in a line: what its first columns hold."""
    values = [str(getattr(record, one.name) or "").rstrip(".") for one in columns]
    return ", ".join(filter(None, values)) or str(record.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_record(request: HttpRequest, doc: str, noun: str) -> HttpResponse:
    """Enter a record, with the same checks as an import; what may be here already is pointed out before it is saved."""
    facts, kind = document_or_404(request, doc), KINDS[noun]
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, kind.permission, document)
    typed = typed_texts(request) if request.method == "POST" else request.GET.dict()
    form, outcome = RecordForm(kind, request.user, typed), Outcome()
    if request.method == "POST":
        entry = entry_of(request, form)
        outcome = run_action(lambda: actions.enter_record(kind, document, entry, by=request.user))
        if outcome.done:
            return redirect(f"{address('records', doc)}?of={noun}")
    form.problems = outcome.problems
    return _drawn(request, form, outcome, {"doc": facts})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_record(request: HttpRequest, doc: str, noun: str, key: str) -> HttpResponse:
    """Correct a record of an agreement, with a reason where something on record is replaced."""
    facts, kind = document_or_404(request, doc), KINDS[noun]
    held = records_of(kind, doc, request.user).filter(pk=key).first()
    if held is None:
        raise Http404(_("This agreement has no such record: “%(key)s”.") % {"key": key})
    require_correction(kind, held, request.user)
    form, outcome = RecordForm(kind, request.user, typed_texts(request), correcting=True), Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _correct(request, kind, key, form))
        if outcome.done:
            return redirect(_after(kind, doc))
        held = VISIBLE[noun](request.user).get(pk=key)
    else:
        form.typed = texts_of(form, held)
    form.problems = outcome.problems
    more = {"doc": facts, "correcting": True, "stamp": actions.record_stamp(kind, held), "record": held}
    return _drawn(request, form, outcome, more)


def _correct(request: HttpRequest, kind: RecordKind, key: str, form: RecordForm) -> None:
    entry, reason = entry_of(request, form), typed_text(request, "reason")
    actions.correct_record(kind, key, entry, reason, by=request.user, seen=seen_stamp(request))


def _after(kind: RecordKind, doc: str) -> str:
    """Return the page to go to: of the agreement itself, or of its records of this kind."""
    return address("document", doc) if kind.noun == "document" else f"{address('records', doc)}?of={kind.noun}"


def _drawn(request: HttpRequest, form: RecordForm, outcome: Outcome, more: dict[str, Any]) -> HttpResponse:
    context = {
        "kind": form.kind,
        "sets": form.sets,
        "pickers": form.pickers.values(),
        "typed": form.typed,
        **more,
        **outcome.context,
    }
    return render(request, "records/record.html", context, status=outcome.status)
