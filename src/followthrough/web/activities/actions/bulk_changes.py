"""What can be done to many activities at once: to their links."""

from __future__ import annotations

from followthrough.web.activities.activity_rows import activities_of
from followthrough.web.links.actions.bulk_changes import LINK_COMMANDS, BulkSubject

ACTIVITIES = BulkSubject("activity", activities_of, lambda row: row.title, LINK_COMMANDS)
"""Activities, as a bulk change takes them."""
