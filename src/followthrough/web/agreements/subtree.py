"""What is under a place of an agreement, at any depth."""

from __future__ import annotations

from django.db.models.expressions import RawSQL

from followthrough.web.agreements.models import Provision

_TABLE = Provision._meta.db_table
_UNDER = (
    f"WITH RECURSIVE under (id) AS (SELECT id FROM {_TABLE} WHERE id = %s"  # noqa: S608
    f" UNION SELECT one.id FROM {_TABLE} one JOIN under ON one.parent_id = under.id) SELECT id FROM under"
)


def under(place: str) -> RawSQL:
    """Return the ids of a provision and of all that are under it, to stand in a query."""
    return RawSQL(_UNDER, (place,))  # noqa: S611 - what is asked for goes in as a parameter
