"""The texts before and after a paragraph as one strip: which of them a commitment of it is linked to, and which not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts
from followthrough.web.agreements.edges import EdgeRow, edges_of
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.agreements.rows import CommitmentRow

SHOWN = 4
"""Texts on the strip, this one among them; those linked to the paragraph come first."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text on the strip: how it stands to this one, and whether it is linked to the paragraph."""

    id: str
    title: str
    date: str
    words: str
    says: str
    linked: bool
    here: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The texts in the order of time, and how many more there are."""

    texts: list[Text]
    more: int


def strip_around(facts: DocumentFacts, shown: Sequence[CommitmentRow], by: Actor) -> Strip:
    """Return the texts before and after a paragraph with the commitments ``shown``, as far as ``by`` sees them."""
    edges = edges_of(by, timezone.localdate().isoformat())
    return strip(facts, rows.neighbours(visible_documents(by), facts), edges, {one.id for one in shown})


def strip(
    facts: DocumentFacts,
    neighbours: Sequence[tuple[str, dict[str, Any]]],
    edges: Sequence[EdgeRow],
    mine: Collection[str],
) -> Strip:
    """Lay out the texts around a document; ``mine`` are the commitments of the paragraph, ``edges`` all that are seen.

    ``neighbours`` are the documents one step away, as ``rows.neighbours`` returns them.
    """
    linked = _linked(edges, mine)
    around = [_text(words, near, linked.get(near["id"], set())) for words, near in neighbours]
    kept = sorted(around, key=lambda one: not one.linked)[: SHOWN - 1]
    count = ngettext("%(count)s commitment", "%(count)s commitments", len(mine)) % {"count": len(mine)}
    here = Text(facts.id, facts.short_title, facts.begins, _("this paragraph"), count, linked=True, here=True)
    return Strip(sorted([*kept, here], key=lambda one: (one.date, not one.here, one.id)), len(around) - len(kept))


def _linked(edges: Sequence[EdgeRow], mine: Collection[str]) -> dict[str, set[str]]:
    """Return the commitments of other documents that an edge links to one of ``mine``, by document."""
    found: dict[str, set[str]] = {}
    for edge in edges:
        for here, there in ((edge.earlier, edge.later), (edge.later, edge.earlier)):
            if here.id in mine:
                found.setdefault(there.id.rpartition("/")[0], set()).add(there.ref)
    return found


def _text(words: str, near: dict[str, Any], refs: set[str]) -> Text:
    says = _("linked: %(refs)s") % {"refs": ", ".join(sorted(refs))} if refs else _("no commitment of it is linked")
    return Text(near["id"], near["short_title"], near["date"], words, says, bool(refs))
