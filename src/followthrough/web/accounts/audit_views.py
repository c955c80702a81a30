"""The record of who did what: for administrators to read and to take with them, and for nobody to touch."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followthrough.model.typed_dates import read_typed_date
from followthrough.web.accounts.policy import require
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.sentences import tells
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.requests import whole_number

PAGE = 100
MOST_TAKEN = 20_000
"""How many events a file holds, the newest ones: dates narrow it, and the whole record is ``followthrough audit``'s."""
FIELDS = {"who": "by", "what": "verb", "about": "target", "kind": "kind"}
COLUMNS = ("at", "by", "event", "kind", "target", "sentence", "particulars")


@sign_in_required
@never_cache
@require_safe
def audit_record(request: SignedInRequest, ext: str = "") -> HttpResponse:
    """Show the events as sentences, newest first: of a person, of a kind, about a record, between two days."""
    require(request.user, Permission.ADMINISTER)
    names = (*FIELDS, "since", "until")
    asked = {name: value for name in names if (value := request.GET.get(name, "").strip()[:200])}
    problems = dict[str, str]()
    found = _between(AuditEvent.objects.filter(**{FIELDS[one]: asked[one] for one in FIELDS if one in asked}), asked,
                     problems)  # fmt: skip
    if ext:
        return _file(found, ext)
    before = request.GET.get("before", "")
    last = whole_number(before)
    if last is not None:
        found = found.filter(pk__lt=last)
    rows: list[Any] = list(found.values("id", "at", "by", "verb", "kind", "target", "detail")[: PAGE + 1])
    older = urlencode({**asked, "before": str(rows[PAGE - 1]["id"])}) if len(rows) > PAGE else ""
    events = [{**row, "sentence": tells(row), "said": _said(row["detail"])} for row in rows[:PAGE]]
    context: dict[str, Any] = {
        "events": events, "asked": asked, "older": older, "newest": not before, "problems": problems,
        "verbs": [one.value for one in EventType], "query": urlencode(asked), "most": MOST_TAKEN,
    }  # fmt: skip
    return render(request, "accounts/audit_record.html", context, status=422 if problems else 200)


def _between(found: QuerySet[AuditEvent], asked: dict[str, str], problems: dict[str, str]) -> QuerySet[AuditEvent]:
    """Return the events from the first day asked for to the last; what is no date goes to ``problems``."""
    for name in ("since", "until"):
        if name in asked:
            try:
                typed = read_typed_date(asked[name])
            except ValueError as error:
                problems[name] = str(error)
                continue
            if name == "since":
                found = found.filter(at__gte=_begin(typed.first_day))
            else:
                found = found.filter(at__lt=_begin(typed.last_day + timedelta(days=1)))
    return found


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _file(found: QuerySet[AuditEvent], ext: str) -> HttpResponse:
    """Answer with the events as a table."""
    held: Any = found.values("id", "at", "by", "verb", "kind", "target", "detail")[:MOST_TAKEN]
    rows = [
        (one["at"].isoformat(timespec="seconds"), one["by"], one["verb"], one["kind"], one["target"], tells(one),
         _said(one["detail"]))
        for one in held
    ]  # fmt: skip
    if ext == "json":
        return json_answer({"count": len(rows), "events": [dict(zip(COLUMNS, row, strict=True)) for row in rows]})
    sheet = Sheet("audit", COLUMNS, rows)
    return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)


def _said(detail: dict[str, Any]) -> str:
    """Write the particulars of an event on one line, shortened where they are long."""
    said = "; ".join(f"{name}: {_value(value)}" for name, value in detail.items() if value not in (None, "", [], {}))
    return said if len(said) <= 300 else f"{said[:297]}..."


def _value(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
