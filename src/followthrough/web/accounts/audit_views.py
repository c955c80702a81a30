"""The record of who did what: for administrators to read, and for nobody to touch."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followthrough.web.accounts.policy import require
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.requests import whole_number

PAGE = 100
FIELDS = {"who": "by", "what": "verb", "about": "target"}


@sign_in_required
@never_cache
@require_safe
def audit_record(request: SignedInRequest) -> HttpResponse:
    """Show the events, newest first, a hundred a page: of one person, of one kind, or about one record."""
    require(request.user, Permission.ADMINISTER)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FIELDS}
    asked = {name: value for name, value in asked.items() if value}
    found = AuditEvent.objects.filter(**{FIELDS[name]: value for name, value in asked.items()})
    before = request.GET.get("before", "")
    last = whole_number(before)
    if last is not None:
        found = found.filter(pk__lt=last)
    rows = list(found.values("id", "at", "by", "verb", "kind", "target", "detail")[: PAGE + 1])
    older = urlencode({**asked, "before": str(rows[PAGE - 1]["id"])}) if len(rows) > PAGE else ""
    events = [{**row, "said": _said(row["detail"])} for row in rows[:PAGE]]
    context: dict[str, Any] = {"events": events, "asked": asked, "older": older, "newest": not before}
    return render(request, "accounts/audit_record.html", context)


def _said(detail: dict[str, Any]) -> str:
    """Write the particulars of an event on one line, shortened where they are long."""
    said = "; ".join(f"{name}: {_value(value)}" for name, value in detail.items() if value not in (None, "", [], {}))
    return said if len(said) <= 300 else f"{said[:297]}..."


def _value(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
