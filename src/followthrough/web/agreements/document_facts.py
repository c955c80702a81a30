"""What a page says of the agreement it belongs to, and the guard that answers 404 where there is none to be seen."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from followthrough.web.accounts.record_registry import hidden
from followthrough.web.agreements.comparison import told
from followthrough.web.agreements.models import Document
from followthrough.web.kit.compiled_queries import compiled


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """An agreement with its source and the state of its official text. Dates are as far as they are known, or empty.

    Attributes:
        implements_id, succeeds_id: the agreements that it implements and succeeds, if any.
        official_verified, official_expected: how many parts of the official text agree with their hashes, and of how
            many; ``official_attached`` is when it was attached, or nothing.
        official_comparison: what a second reader found of its file, as ``comparison.kept`` gives it.
    """

    id: str
    title: str
    short_title: str
    kind: str
    adopted: str
    place: str
    period_start: str
    period_end: str
    implements_id: str | None
    succeeds_id: str | None
    summary: str
    language: str
    public: bool
    source_url: str | None
    source_title: str | None
    source_publisher: str | None
    official_verified: int | None
    official_expected: int | None
    official_attached: Any
    official_mismatches: list[str] | None
    official_filename: str | None
    official_comparison: dict[str, Any] | None

    @property
    def comparison(self) -> dict[str, Any]:
        """What a second reader found of the file, as a page tells it; empty where none compared it."""
        return told(self.official_comparison)

    @property
    def begins(self) -> str:
        """The date it was adopted; where that is not known, the first of its period."""
        return self.adopted or self.period_start


_COLUMNS = tuple(
    name.replace("_", "__", 1) if name.startswith(("source_", "official_")) else name
    for name in (field.name for field in fields(DocumentFacts))
)


@compiled
def _facts(documents: list[str], hidden_ids: RawSQL | None) -> QuerySet[Document, Any]:
    return all_but(hidden_ids).filter(pk__in=documents).values_list(*_COLUMNS)


def all_but(hidden_ids: RawSQL | None) -> QuerySet[Document]:
    """Return the documents without those that ``record_registry.hidden`` names, for a query that is kept."""
    return Document.objects.all() if hidden_ids is None else Document.objects.exclude(pk__in=hidden_ids)


def document_facts(document: str, hidden_ids: RawSQL | None) -> DocumentFacts | None:
    """Return one document; nothing where there is none, or it is among those that are hidden."""
    return next((DocumentFacts(*row) for row in _facts([document], hidden_ids)), None)


def nothing_numbered(facts: DocumentFacts, ref: str) -> str:
    """Say that a document has no place of a number."""
    return _("%(agreement)s has nothing numbered “%(ref)s”.") % {"agreement": facts.short_title, "ref": ref}


def document_or_404(request: HttpRequest, doc: str) -> DocumentFacts:
    """Return a document that this person may see. Raises ``Http404`` for any other."""
    facts = document_facts(doc, hidden("document", request.user))
    if facts is None:
        raise Http404(_("The register holds no agreement “%(doc)s”, or it is not published.") % {"doc": doc})
    return facts
