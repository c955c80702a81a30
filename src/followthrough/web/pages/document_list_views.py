"""The list of documents."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.web.agreements import rows
from followthrough.web.agreements.rows import DocumentRow
from followthrough.web.kit.addresses import place_address
from followthrough.web.kit.feeds import Feed
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_columns import Column, natural
from followthrough.web.kit.lists import UNKNOWN, Filter, Table, dated, listed, or_unknown, outward
from followthrough.web.kit.wording import capital, plain

NAMES = (
    "id", "title", "short_title", "kind", "adopted", "place", "period_start", "period_end", "implements", "succeeds",
    "commitments", "publisher",
)  # fmt: skip
"""What every JSON document says of an agreement; the list says also how much evidence there is."""


def document_json(row: DocumentRow) -> dict[str, Any]:
    """Return one document for a JSON twin; what is not known is null."""
    cells = ((name, getattr(row, name)) for name in NAMES)
    return {name: cell if cell != "" else None for name, cell in cells} | {"source": row.url or None}


def listed_json(row: DocumentRow) -> dict[str, Any]:
    """Return one document as the list says it, with how much evidence there is."""
    return {**document_json(row), "evidence": row.evidence}


_title = fragment("agreements/rows.jinja", "document_title")


def _dates(name: str) -> Callable[[DocumentRow], SafeString | str]:
    return lambda row: dated(getattr(row, name))


def _commitments(row: DocumentRow) -> SafeString | str:
    return str(row.commitments) if row.commitments else format_html('<i class="unk">{}</i>', _("not catalogued"))


def _source(row: DocumentRow) -> SafeString | str:
    return outward(row.url, row.publisher) if row.url else UNKNOWN


COLUMNS: tuple[Column[DocumentRow], ...] = (
    Column("id", lazy("Id"), attrgetter("id"), extra=True),
    Column("title", lazy("Document"), attrgetter("title"), lambda row: _title(row, _("draft")),
           order=lambda row: natural(row.short_title)),
    Column("short_title", lazy("Short title"), attrgetter("short_title"), extra=True),
    Column("kind", lazy("Kind"), attrgetter("kind"), lambda row: plain(row.kind)),
    Column("adopted", lazy("Adopted"), attrgetter("adopted"), _dates("adopted")),
    Column("place", lazy("Place"), attrgetter("place"), lambda row: or_unknown(row.place), extra=True),
    Column("period_start", lazy("Period from"), attrgetter("period_start"), _dates("period_start"), extra=True),
    Column("period_end", lazy("Period to"), attrgetter("period_end"), _dates("period_end"), extra=True),
    Column("implements", lazy("Implements"), attrgetter("implements"), extra=True),
    Column("succeeds", lazy("Succeeds"), attrgetter("succeeds"), extra=True),
    Column("commitments", lazy("Commitments"), attrgetter("commitments"), _commitments, numeric=True),
    Column("evidence", lazy("Evidence items"), attrgetter("evidence"), numeric=True),
    Column("publisher", lazy("Published by"), attrgetter("publisher"), extra=True),
    Column("source", lazy("Source"), attrgetter("url"), _source, order=lambda row: natural(row.publisher)),
)  # fmt: skip
DOCUMENTS: Table[DocumentRow] = Table(
    "documents",
    lazy("Agreements"),
    "document",
    COLUMNS,
    (Filter("kind", lazy("Kind"), attrgetter("kind"), lambda kind: capital(plain(kind))),),
    lambda row: f"{row.id} {row.title} {row.short_title} {row.place} {row.adopted}",
    "pages/documents.html",
    json=listed_json,
    file="agreements",
    feed=Feed("document", attrgetter("title"), lambda row: place_address(row.id)),
)


@require_safe
def documents(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the documents, those with evidence first, then those with commitments, the newest first of each."""
    found = rows.document_rows(request.user, evidence=True)[::-1]
    found.sort(key=lambda row: (not row.evidence, not row.commitments))
    return listed(request, DOCUMENTS, found, {"catalogued": sum(bool(row.commitments) for row in found)}, ext)
