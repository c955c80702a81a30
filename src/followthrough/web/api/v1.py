"""The first version of the API, with its OpenAPI document."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from followthrough.web.api import problems, reading, reporting, writing
from followthrough.web.api.described import completed
from followthrough.web.kit.downloads import json_answer

VERSION = "1.0.0"
"""Of the document: the last part for words, the middle one for what is added, the first for what would break."""
ABOUT = (
    "Everything that is published, for everybody; what a person may write, by a token of theirs. What an answer says "
    "is what the pages and their JSON twins say."
)

api = NinjaAPI(
    title="Followthrough", version=VERSION, description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api-v1"
)
problems.register(api)
reading.register(api)
writing.register(api)
reporting.register(api)


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    made = dict(api.get_openapi_schema(path_prefix="api/v1/"))
    return completed(made)


def openapi(_request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document."""
    return json_answer(document())
