"""The page about the API: made of the OpenAPI document, by templates of ours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.web.api.described import REFERENCE
from followthrough.web.api.v1 import document


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a record: its name, its type in words, whether it is needed, what it means."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    about: str
    token: bool
    parameters: list[Field]
    sent: list[Field]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one tag, and the fields of the records that they speak of."""

    name: str
    about: str
    operations: list[Operation]
    fields: list[Field]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every operation of the API."""
    held = document()
    found = [
        (operation["tags"][0], method, path, operation)
        for path, operations in held["paths"].items()
        for method, operation in operations.items()
    ]
    order = list(dict.fromkeys(tag for tag, *_ in found))
    found.sort(key=lambda one: order.index(one[0]))
    groups = [_group(held, tag, list(some)) for tag, some in groupby(found, key=lambda one: one[0])]
    context = {"groups": groups, "count": len(found), "version": held["info"]["version"]}
    return render(request, "api/page.html", context)


def _group(held: dict[str, Any], tag: str, found: list[tuple[str, str, str, dict[str, Any]]]) -> Group:
    operations = [_operation(held, method, path, one) for _, method, path, one in found]
    single = next((one for _, _, _, one in found if one["operationId"].startswith("get_")), None)
    answer = single["responses"][200]["content"]["application/json"]["schema"] if single else {}
    about = next((one["description"] for _, _, _, one in found if one["operationId"].startswith("list_")), "")
    return Group(tag, about, operations, _fields(held, _found(held, answer)))


def _operation(held: dict[str, Any], method: str, path: str, one: dict[str, Any]) -> Operation:
    parameters = [
        Field(asked["name"], _kind(held, asked["schema"]), asked.get("required", False),
              asked.get("description") or asked["schema"].get("description", ""))
        for asked in one["parameters"]
    ]  # fmt: skip
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    sent = _fields(held, _found(held, body))
    about = one.get("description", "")
    return Operation(method.upper(), path, one["summary"], about, {} not in one.get("security", [{}]), parameters, sent)


def _found(held: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema refers to."""
    named = schema.get("$ref", "")
    found: dict[str, Any] = held["components"]["schemas"][named.removeprefix(REFERENCE)] if named else schema
    return found


def _fields(held: dict[str, Any], schema: dict[str, Any]) -> list[Field]:
    needed = schema.get("required", [])
    return [
        Field(name, _kind(held, one), name in needed, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]


def _kind(held: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return a type in words: ``text``, ``list of text``, ``whole number or null``."""
    if "anyOf" in schema:
        return _(" or ").join(_kind(held, one) for one in schema["anyOf"])
    if "$ref" in schema or "properties" in schema:
        whole = _found(held, schema)
        inner = ", ".join(whole.get("properties", {}))
        return f"{{{inner}}}" if inner else _kind(held, whole)
    if "enum" in schema:
        return ", ".join(one for one in schema["enum"] if one)
    if schema.get("type") == "array":
        return _("list of %(kind)s") % {"kind": _kind(held, schema.get("items", {}))}
    names = {"string": _("text"), "integer": _("whole number"), "boolean": _("true or false")}
    kind = str(schema.get("type", "object"))
    return names.get(kind, kind)
