"""The exact words of an agreement with their place in it, or why they cannot be given."""

from __future__ import annotations

from django.utils.translation import gettext as _

from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.answers.shape import Quote


def quotes_of(home: ProvisionRow, row: CommitmentRow | None, sha256: str) -> list[Quote]:
    """Return the words of a provision, or those of one commitment of it: one quote for each of its spans."""
    document = home.id.partition("/")[0]
    why = None if home.words else _("no verified copy of the official text is attached; see the source")
    spans = (
        [(int(start), int(end)) for start, end in row.spans] if row else [(0, len(home.words))] if home.words else []
    )
    if not spans:
        return [Quote(None, document, home.id, None, None, sha256 or None, why or _("no span is on record"))]
    return [
        Quote(home.words[start:end] or None if home.words else None, document, home.id, start, end, sha256 or None, why)
        for start, end in spans
    ]
