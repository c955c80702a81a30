"""The agreement that a page is about, or 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from followthrough.web.accounts.visibility import hidden
from followthrough.web.agreements import rows


def facts_of(request: HttpRequest, doc: str) -> dict[str, Any]:
    """Return a document that this person may see. Raises ``Http404`` for any other."""
    facts = rows.document_facts(doc, hidden("document", request.user))
    if facts is None:
        raise Http404(f"The register holds no agreement “{doc}”, or it is not published.")
    return facts
