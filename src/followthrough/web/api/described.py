"""What the OpenAPI document says of every operation beside its own types: refusals, headers, who may ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from inspect import Signature
from typing import Any, TypeVar

from ninja import Schema
from pydantic import Field

View = TypeVar("View", bound=Callable[..., Any])


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Schema):
    """A refusal, as RFC 9457 says; ``errors`` and ``like`` where there is more to say."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = Field(default_factory=list)
    like: list[str] = Field(default_factory=list)


SCHEME = "token"
"""What the document calls the way in."""
REFUSED = (401, 422, 429)
"""The refusals that every operation may answer with."""
NOT_THERE = (404, *REFUSED)
WRITTEN = (400, 403, 404, 409, *REFUSED)
"""Those of every operation that writes."""
REFERENCE = "#/components/schemas/"
"""Where the document keeps a type, before its name."""
_HEADERS = {
    "ETag": "The tag of this answer: sent back as If-None-Match it spares the answer.",
    "Link": "The addresses of the first, previous, next and last page.",
    "Location": "The address of what was made.",
}


def refuses(statuses: Sequence[int]) -> dict[int, Any]:
    """Return what the document says of refusals: all are of one type, which ninja would make anew for each of them."""
    content = {"application/problem+json": {"schema": {"$ref": f"{REFERENCE}{Problem.__name__}"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def answers_reads(
    *headers: str, content: str = "", token: bool = False, refused: Sequence[int] = REFUSED
) -> dict[str, Any]:
    """Return what the document says of an address that reads; it answers everybody unless a ``token`` is needed."""
    told_headers = {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in headers}
    good: dict[str, Any] = {"headers": told_headers}
    if content:
        good["content"] = {content: {"schema": {"type": "string"}}}
    known = {"description": "What you hold is still so."}
    return {
        "security": [*([] if token else [{}]), {SCHEME: []}],
        "responses": {200: good, 304: known, **refuses(refused)},
    }


def writes(*headers: str) -> dict[str, Any]:
    """Return what the document says of an address that writes: the key by which a write is done once."""
    about = "A text of your choice, new for each write: sent again with the same, it is done once."
    key = {"in": "header", "name": "Idempotency-Key", "required": False, "description": about,
           "schema": {"type": "string", "maxLength": 200, "pattern": "^[ -~]*$"}}  # fmt: skip
    headers_told = {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in headers}
    made: dict[int, Any] = {201: {"headers": headers_told}} if headers else {}
    return {"parameters": [key], "responses": {**made, **refuses(WRITTEN)}}


def first_sentence(view: Callable[..., Any]) -> str:
    """Return what an operation does, in the first words of its docstring."""
    return (view.__doc__ or "").partition(".")[0].partition(";")[0].strip()


def told(view: View, signature: Signature, about: str) -> View:
    """Give a view that was made for many addresses its own signature, which its types are read from, and docstring."""
    view.__signature__ = signature  # type: ignore[attr-defined]
    view.__doc__ = about
    return view


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document with the way in, and the type of refusals, which no operation of ours returns."""
    document["components"]["securitySchemes"] = {SCHEME: {"type": "http", "scheme": "bearer"}}
    problem = Problem.model_json_schema(ref_template=REFERENCE + "{model}")
    document["components"]["schemas"] |= {**problem.pop("$defs"), Problem.__name__: problem}
    for operations in document["paths"].values():
        for operation in operations.values():
            if any("TokenNeeded" in one for one in operation["security"]):
                operation["security"] = [{SCHEME: []}]
    return document
