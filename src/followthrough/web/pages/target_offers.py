"""What a text itself sets as a measure, offered to an editor as a target that is ready to be checked and saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from followthrough.web.agreements.document_facts import DocumentFacts
from followthrough.web.agreements.rows import CommitmentRow
from followthrough.web.kit.addresses import address

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(.*)", re.S)


def target_offers(facts: DocumentFacts, shown: Sequence[CommitmentRow]) -> list[tuple[str, str]]:
    """Return the commitments with a quantity or a deadline: the number of each, and the form filled in for it.

    A quantity that does not begin with its number is left for the person to write. The source is that of the text.
    """
    return [
        (row.ref, f"{address('new-target', facts.id)}?{urlencode(_filled(row, facts.source_url or ''))}")
        for row in shown
        if row.quantity or row.deadline
    ]


def _filled(row: CommitmentRow, source: str) -> dict[str, str]:
    number = _NUMBER.match(row.quantity)
    filled = {
        "targets.statement": row.summary or row.said,
        "targets.value": number[1].replace(",", "") if number else "",
        "targets.unit": number[2].strip() if number else row.quantity,
        "targets.due": row.deadline,
        "sources.url": source,
        "linked": row.ref,
        "links.rationale": _("%(ref)s sets it in its own words.") % {"ref": row.ref},
    }
    return {name: value for name, value in filled.items() if value}
