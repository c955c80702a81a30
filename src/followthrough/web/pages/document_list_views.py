"""The list of documents."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.web.agreements import rows
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.agreements.rows import DocumentRow
from followthrough.web.kit.addresses import address
from followthrough.web.kit.lists import Column, Filter, Table, listed
from followthrough.web.kit.wording import capital, plain

NAMES = (
    "id",
    "title",
    "short_title",
    "kind",
    "adopted",
    "place",
    "period_start",
    "period_end",
    "implements",
    "succeeds",
    "commitments",
    "publisher",
)


def document_json(row: DocumentRow) -> dict[str, Any]:
    """Return one document for a JSON twin; what is not known is null."""
    cells = ((column.name, column.value(row)) for column in DOCUMENTS.columns)
    return {name: cell if cell != "" else None for name, cell in cells}


DOCUMENTS: Table[DocumentRow] = Table(
    "documents",
    lazy("Agreements"),
    "document",
    (*(Column(name, "", attrgetter(name)) for name in NAMES), Column("source", "", attrgetter("url"))),
    (Filter("kind", lazy("Kind"), attrgetter("kind"), lambda kind: capital(plain(kind))),),
    lambda row: f"{row.id} {row.title} {row.short_title} {row.place} {row.adopted}",
    "pages/documents.html",
    json=document_json,
    file="agreements",
)


@require_safe
def documents(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the documents; the same query gives files."""
    found = rows.document_rows(visible_documents(request.user))
    context = {
        "catalogued": sum(bool(row.commitments) for row in found),
        "names": {row.id: row.short_title for row in found},
        "here": address("documents"),
    }
    return listed(request, DOCUMENTS, found, context, ext)
