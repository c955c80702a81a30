"""The operations that read: for each collection its pages, one record, and all of it as CSV or JSON Lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import Parameter, Signature
from typing import Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Schema
from ninja.params.functions import Query
from pydantic import Field, create_model

from followthrough.web.api import answers, described
from followthrough.web.api.authentication import TokenNeeded, TokenOrNobody
from followthrough.web.api.collection import Collection
from followthrough.web.api.collections import COLLECTIONS
from followthrough.web.api.collections.own_reports import OWN
from followthrough.web.api.described import NOT_THERE, told

MOST = 500
"""Records of one page."""
LONGEST = 200
"""Characters of a filter."""
KINDS = {"csv": "text/csv", "jsonl": "application/jsonl"}
"""The forms of a download, each with its media type."""


def register(api: NinjaAPI) -> None:
    """Add the operations of every collection."""
    for of in COLLECTIONS:
        _register(api, of, TokenOrNobody())
    _register(api, OWN, TokenNeeded())


def _register(api: NinjaAPI, of: Collection[Any], who: TokenNeeded) -> None:
    """Add the operations of one collection, for whom ``who`` lets in."""
    name = of.name.replace("-", "_")
    common: dict[str, Any] = {"auth": who, "tags": [of.name]}
    said = partial(described.answers_reads, token=not isinstance(who, TokenOrNobody))
    items = Field(description="The records of this page.")
    page = create_model(
        f"{of.row.__name__}Page", __base__=Schema, count=(int, Field(description="How many records pass.")),
        page=(int, ...), size=(int, ...), items=(list[of.row], items),  # type: ignore[name-defined]
    )  # fmt: skip
    api.get(
        f"/{of.name}", response={200: page}, summary=f"List of {of.name}", description=of.about,
        operation_id=f"list_{name}", url_name=f"api-{of.name}", openapi_extra=said("ETag", "Link"), **common,
    )(_list(of))  # fmt: skip
    api.get(
        f"/{of.name}/{{{of.key}:key}}", response={200: of.row}, summary=f"One {of.one}",
        operation_id=f"get_{name}", url_name=f"api-{of.name}-one",
        openapi_extra=said("ETag", refused=NOT_THERE), **common,
    )(_one(of))  # fmt: skip
    for ext, kind in KINDS.items():
        api.get(
            f"/{of.name}.{ext}", summary=f"All {of.name} as {ext.upper()}", operation_id=f"download_{name}_{ext}",
            response={200: None}, url_name=f"api-{of.name}-{ext}",
            description="Streamed, in the order of the ids, with the filters of the list.",
            openapi_extra=said("ETag", content=kind), **common,
        )(_download(of, ext))  # fmt: skip


def _list(of: Collection[Any]) -> Callable[..., HttpResponseBase]:
    paged = {
        "page": (int, Field(1, ge=1, le=1_000_000, description="Which page.")),
        "size": (int, Field(50, ge=1, le=MOST, description="Records of a page.")),
    }
    model = _query(of, f"{of.row.__name__}Query", paged)

    def view(request: HttpRequest, query: Schema) -> HttpResponseBase:
        return answers.listed(request, of, query.dict())

    return _asks(view, query=model)


def _download(of: Collection[Any], ext: str) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, query: Schema) -> HttpResponseBase:
        return answers.download(request, of, query.dict(), ext)

    return _asks(view, query=_query(of, f"{of.row.__name__}Filters", {}))


def _one(of: Collection[Any]) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, key: str | int) -> HttpResponseBase:
        return answers.one(request, of, key)

    parameters = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD)]
    parameters.append(Parameter("key", Parameter.KEYWORD_ONLY, annotation=int if of.key == "id" else str))
    return told(view, Signature(parameters), f"Answer with one {of.one}.")


def _query(of: Collection[Any], name: str, more: dict[str, Any]) -> type[Schema]:
    """Return what a list may be asked: its filters, its search and its orders, and ``more``."""
    fields: dict[str, Any] = {
        one.name: (str, Field("", max_length=LONGEST, description=one.about)) for one in of.filters
    }
    for worked in of.told:
        fields[worked.name] = (Literal[("", *worked.values)], Field("", description=worked.about))
    if of.words:
        fields["q"] = (str, Field("", max_length=LONGEST, description="Words, all of which a record has."))
    if of.sorts and more:
        orders = ["", *(f"{sign}{one}" for one in of.sorts for sign in ("", "-"))]
        order = Field("", description="The order, downwards with a minus; without one, that of the ids.")
        fields["sort"] = (Literal[tuple(orders)], order)
    return create_model(name, __base__=Schema, **fields, **more)


def _asks(view: Callable[..., HttpResponseBase], query: type[Schema]) -> Callable[..., HttpResponseBase]:
    """Let a view take the query that a model describes."""
    parameters = [
        Parameter("request", Parameter.POSITIONAL_OR_KEYWORD),
        Parameter("query", Parameter.KEYWORD_ONLY, annotation=query, default=Query(...)),
    ]
    return told(view, Signature(parameters), "Answer with what passes the filters.")
