"""The register's indicators as an Open SDG data repository."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from followthrough.measure.series import parse_value
from followthrough.model.values import Censor
from followthrough.sources.opensdg.repository import BASIC, UNITS, VALUE, YEAR, Indicator, Repository
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.rows import tail
from followthrough.web.indicators import indicator_rows
from followthrough.web.indicators.indicator_rows import IndicatorRow
from followthrough.web.indicators.vintages import Areas, VintageRow
from followthrough.web.links.scope import Scope

PARTY, PRINTED = "Party", "Printed value"
CONFIG = {
    "languages": ["en"],
    "indicator_options": {"non_disaggregation_columns": [*BASIC, PRINTED]},
}


def as_repository(scope: Scope) -> Repository:
    """Return the indicators within ``scope`` that have figures; each is called after its paragraph: 3.3 is 3-3-1.

    Such a site takes numbers only: a censored value stands in the column of printed ones, with no number beside it.
    Rows without a party are the parties together, in years in which all of them have a figure.
    """
    rows = indicator_rows.indicators(scope)
    figures, vintages = indicator_rows.figures_for(rows)
    names = dict(Party.objects.values_list("pk", "short_name"))
    count: dict[str, int] = defaultdict(int)
    found = {}
    for row in sorted(rows, key=lambda one: (tail(one.places[0][0]), one.title)):
        if not figures[row.id]:
            continue
        paragraph = tail(row.places[0][0]).replace(".", "-")
        count[paragraph] += 1
        one = _indicator(f"{paragraph}-{count[paragraph]}", row, figures[row.id], vintages[row.id], names)
        found[one.id] = one
    return Repository(CONFIG, found)


def _indicator(key: str, row: IndicatorRow, areas: Areas, vintage: VintageRow, names: dict[str, str]) -> Indicator:
    together = {} if row.derived_from else indicator_rows.summed(row, areas)
    lines = [[str(year), "", row.unit, "", repr(value)] for year, value in together.items()]
    for area, held in sorted(areas.items()):
        for year, text in sorted(held.items()):
            party = "" if row.derived_from else names.get(area, area)
            lines.append([str(year), party, row.unit, text, _number(text)])
    headline = any(not line[1] for line in lines)
    return Indicator(key, [YEAR, PARTY, UNITS, PRINTED, VALUE], lines, _meta(key, row, vintage, headline))


def _number(text: str) -> str:
    known = parse_value(text)
    return text.replace("−", "-") if known and known[1] == Censor.EXACT else ""


def _meta(key: str, row: IndicatorRow, vintage: VintageRow, headline: bool) -> dict[str, Any]:
    option: dict[str, Any] = {"direction": "positive" if row.direction == "up" else "negative"}
    numbers = {"target": row.target, "limit": row.limit}
    option |= {name: float(value) for name, value in numbers.items() if value is not None}
    option |= {"target_year": row.target_year or 2030, "base_year": row.base_year or 2015}
    measured = headline and row.direction in ("up", "down")
    return {
        "indicator_name": row.title, "indicator_number": key.replace("-", "."), "graph_title": row.title,
        "graph_type": "line", "reporting_status": "complete", "data_non_statistical": False,
        "national_indicator_description": row.definition, "computation_units": row.unit,
        "auto_progress_calculation": measured, **({"progress_calculation_options": [option]} if measured else {}),
        "source_active_1": True, "source_organisation_1": vintage.publisher, "source_url_1": vintage.url,
        "source_release_date_1": vintage.fetched[:10], "data_footnote": vintage.notes,
        "other_info": f"{row.id}; around {', '.join(place for place, _ in row.places)}",
    }  # fmt: skip
