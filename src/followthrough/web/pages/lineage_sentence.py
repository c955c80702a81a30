"""What the page of the lineage says first: which plan carried out the catalogued text, and which plan is live."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from followthrough.web.agreements.rows import DocumentRow
from followthrough.web.charts.documents_in_time import group, start_of
from followthrough.web.charts.scales import year_of
from followthrough.web.kit.wording import day


def sentence(rows: Sequence[DocumentRow], hot: DocumentRow | None, today: str) -> str:
    """Say which plan carried out the catalogued text, and which plan is live."""
    chains = group(rows).chains
    names = {row.id: row.short_title for row in rows}
    ours = next((p for chain in chains for p in chain if hot and p.implements == hot.id), None)
    now = year_of(today)
    live = next(
        (
            p
            for chain in chains
            for p in chain
            if (ours is None or ours in chain) and p.period_end and year_of(start_of(p)) <= now
            and year_of(p.period_end, end=True) >= now
        ),
        None,
    )  # fmt: skip
    said = []
    if hot and ours and ours.period_end and ours is not live:
        said.append(
            _("%(plan)s, the plan that carried out the %(text)s, ended in %(date)s.")
            % {"plan": ours.short_title, "text": hot.short_title, "date": day(ours.period_end)}
        )
    if live and hot and live.implements == hot.id:
        said.append(
            _("The live plan, %(plan)s, carries out the %(text)s.")
            % {"plan": live.short_title, "text": hot.short_title}
        )
    elif live and live.implements in names:
        said.append(
            _("The live plan, %(plan)s, carries out another text: %(text)s.")
            % {"plan": live.short_title, "text": names[live.implements]}
        )
    return " ".join(said)
