"""What can be found of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from followthrough.model.vocabulary import Stance
from followthrough.web.evidence.models import Claim
from followthrough.web.kit.addresses import address
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.links.search_entries import home_documents
from followthrough.web.search.entries import entry, some
from followthrough.web.search.groups import Group, Some, register_group
from followthrough.web.search.models import Entry

CLAIMS = Group(2, "Evidence", record="claim", own_page=True, weight=2)


def claims(ids: Some = None) -> Iterator[Entry]:
    """Return the claims that are tied to something and stand, newest first."""
    homes = home_documents("claim", ids)
    rows = some(Claim.objects.filter(withdrawn="").order_by("-date", "id"), ids).values_list(
        "id", "statement", "kind", "stance", "date", "source__publisher", "source__title"
    )
    for key, statement, kind, stance, date, publisher, title in rows.iterator():
        against = plain(stance) if stance == Stance.UNFAVOURABLE else ""
        if document := homes.get(key, ""):
            yield entry(
                CLAIMS, key, document, f"{statement} {kind} {stance} {date} {publisher} {title}", name=statement,
                link=address("claim", key),
                about=", ".join(part for part in (capital(kind), against, publisher, day(date)) if part),
            )  # fmt: skip


def register() -> None:
    """Register what can be found: called once all models are loaded."""
    register_group(CLAIMS, claims)
