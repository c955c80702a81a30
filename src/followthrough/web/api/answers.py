"""Answers of collections: a page with links to its neighbours, one record, and whole collections as streams."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

from followthrough.io.csv import csv_text
from followthrough.web.accounts.policy import Actor
from followthrough.web.api.authentication import READS, TOKEN_READS, caller
from followthrough.web.api.collection import Collection, Said
from followthrough.web.api.etags import is_known, state_of, tag_of
from followthrough.web.kit.downloads import json_answer
from followthrough.web.limits.address import client_of
from followthrough.web.limits.portions import take_some

PORTION = 1_000
"""Records of a download that are in memory at one time."""
MOST_COUNTS = 1_000
"""Counts that one process keeps, the newest."""
PRIVATE = ("private", "no-store")
DOWNLOAD = 20
"""How much a download counts beside one page."""


def listed(request: HttpRequest, of: Collection[Any], asked: Mapping[str, Any]) -> HttpResponseBase:
    """Answer with one page of a collection: how many records pass, and those of the page."""
    who = caller(request)
    state = state_of(who)
    tag = tag_of(request, state)
    if is_known(request, tag):
        return _with_tag(request, HttpResponseNotModified(), tag)
    page, size = int(asked["page"]), int(asked["size"])
    chosen = of.chosen(who.by, asked)
    start = (page - 1) * size
    key = _asked(state, of, asked)
    keys, passing = of.page(chosen, start, size, counted=key not in _counts)
    if len(keys) < size and (keys or page == 1):
        passing = start + len(keys)
    count = _count(key, chosen, passing)
    answer = json_answer({"count": count, "page": page, "size": size, "items": of.said_of(keys, who.by)})
    answer["Link"] = _neighbours(request, page, max(1, -(-count // size)))
    return _with_tag(request, answer, tag)


_counts: OrderedDict[tuple[Any, ...], int] = OrderedDict()
"""How many records pass, by the state of the register and what is asked: to count them all takes longer than a page."""


def _asked(state: str, of: Collection[Any], asked: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what tells one choice of records, in a state of the register, from another."""
    return (state, of.name, *((name, value) for name, value in asked.items() if name not in ("page", "size", "sort")))


def _count(key: tuple[Any, ...], chosen: QuerySet[Any], known: int | None) -> int:
    """Return how many records pass, counted once for each state of the register and each choice of filters."""
    found = _counts.get(key) if known is None else known
    found = _counts[key] = chosen.order_by().count() if found is None else found
    if len(_counts) > MOST_COUNTS:
        _counts.popitem(last=False)
    return found


def one(request: HttpRequest, of: Collection[Any], key: str | int) -> HttpResponseBase:
    """Answer with one record. Raises ``Http404`` where who asks sees none."""
    who = caller(request)
    tag = tag_of(request, state_of(who))
    if is_known(request, tag):
        return _with_tag(request, HttpResponseNotModified(), tag)
    said = of.one_said(key, who.by)
    if said is None:
        raise Http404
    return _with_tag(request, json_answer(said), tag)


def download(request: HttpRequest, of: Collection[Any], asked: Mapping[str, Any], ext: str) -> HttpResponseBase:
    """Answer with every record of a collection that passes the filters, a portion at a time, as CSV or JSON Lines."""
    who = caller(request)
    tag = tag_of(request, state_of(who))
    if is_known(request, tag):
        return _with_tag(request, HttpResponseNotModified(), tag)
    chosen = of.chosen(who.by, {**asked, "sort": ""})
    limit, subject = (TOKEN_READS, str(who.token.pk)) if who.token else (READS, client_of(request))
    take_some(limit, subject, DOWNLOAD)
    write, kind = (_csv, "text/csv; charset=utf-8") if ext == "csv" else (_json_lines, "application/jsonl")
    answer = StreamingHttpResponse(write(of, _portions(of, chosen, who.by)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{of.name}.{ext}"'
    return _with_tag(request, answer, tag)


def _portions(of: Collection[Any], chosen: QuerySet[Any], by: Actor) -> Iterator[list[Said]]:
    """Read a collection in the order of its ids: what is added meanwhile moves nothing from one portion to another."""
    last = None
    while True:
        some = chosen if last is None else chosen.filter(pk__gt=last)
        found = of.said(some[:PORTION], by)
        if found:
            yield found
        if len(found) < PORTION:
            return
        last = found[-1]["id"]


def _csv(of: Collection[Any], portions: Iterator[list[Said]]) -> Iterator[bytes]:
    """Write CSV as all of ours: with a mark, and with no cell that would run as a formula."""
    names = tuple(of.row.model_fields)
    yield csv_text([names], "\r\n", mark=True).encode()
    for some in portions:
        yield csv_text(([_cell(said[name]) for name in names] for said in some), "\r\n").encode()


def _cell(value: Any) -> str | int:
    """Return a value as a cell: nothing for what is not known, lists of words with semicolons, the rest as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return _json(value).strip('"') if not isinstance(value, list | dict) else _json(value)


def _json_lines(_of: Collection[Any], portions: Iterator[list[Said]]) -> Iterator[bytes]:
    for some in portions:
        yield "".join(f"{_json(said)}\n" for said in some).encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _neighbours(request: HttpRequest, page: int, last: int) -> str:
    """Return the header with the addresses of the first, previous, next and last page (RFC 8288)."""
    pages = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    path = request.build_absolute_uri(request.path)
    return ", ".join(
        f'<{path}?{urlencode({**kept, "page": number})}>; rel="{name}"'
        for name, number in pages.items()
        if 1 <= number <= last
    )


def _with_tag(request: HttpRequest, answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    """Tag an answer; what was said to a token is kept in no cache between."""
    answer["ETag"] = tag
    answer["Cache-Control"] = ", ".join(PRIVATE) if caller(request).token else "no-cache"
    return answer
