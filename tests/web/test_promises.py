"""What was promised for a year to come in the picture of payments, and series that are the sum of others."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.packs.reading import Pack, PackRefused, finish
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.activities.models import FundFigure
from followthrough.web.activities.rows import funds_of
from followthrough.web.agreements.models import Document
from followthrough.web.charts.payments import payments
from followthrough.web.indicators.models import Observation, Series
from followthrough.web.indicators.observed_figures import ADDED, figures_of
from followthrough.web.indicators.target_families import WHOLE, families
from followthrough.web.indicators.target_rows import targets_of
from followthrough.web.links.scope import Scope
from support import said

pytestmark = pytest.mark.sqlite

DOC = "/agreements/asean-rok-2019"
TODAY = "2026-11-28"


def test_a_promise_is_drawn_beside_what_was_paid_and_said_in_the_first_sentence(
    register: Document, client: Client
) -> None:
    fund = funds_of(register.pk, SYSTEM)[0]
    assert list(fund.promised) == [2027], "what all funds together are to reach is no promise to this one"
    drawn = payments(*fund.payments, TODAY)
    assert drawn is not None
    (bar,) = (one for one in drawn.bars if one.kind == "promised")
    assert bar.label == "32 promised" and bar.height == max(one.height for one in drawn.bars)
    assert drawn.years[-1][1] == 2027 and drawn.years[-1][0] < 890, "its year is not cut off"
    assert (drawn.known, drawn.of) == (9, 37), "a year to come is not one without a figure"
    page = said(client.get(f"{DOC}/money").content.decode())
    assert "USD 20 million in 2023, the newest yearly payment on record" in page
    assert "USD 32 million a year is promised for 2027." in page
    FundFigure.objects.update(due="")
    assert "promised for" not in said(client.get(f"{DOC}/money").content.decode())


def test_a_payment_takes_the_place_of_its_promise(register: Document) -> None:
    FundFigure.objects.filter(kind="pledge", due="2027").update(due="2023")
    drawn = payments(*funds_of(register.pk, SYSTEM)[0].payments, TODAY)
    assert drawn is not None and not [one for one in drawn.bars if one.kind == "promised"]


def test_series_that_add_up_give_figures_where_nobody_published_the_whole(register: Document, client: Client) -> None:
    held = figures_of(["visitors_total"], SYSTEM)["visitors_total"]
    assert [(one.period, one.value) for one in held.sums] == [
        ("2019", "12.751"), ("2019", "13.158"), ("2024", "11.64"), ("2024", "12.14"),
    ]  # fmt: skip
    (family,) = (
        one for one in families(targets_of(Scope(register.pk, by=SYSTEM), TODAY)) if one.series == "visitors_total"
    )
    assert {WHOLE, ADDED} < family.observed.keys() and len(family.observed) == 4
    drawn = family.chart(TODAY)
    assert [span.title for span in drawn.ranges] == [
        "added up, 2019: 12.8 to 13.2 million persons", "added up, 2024: 11.6 to 12.1 million persons",
    ]  # fmt: skip
    assert all(0 <= span.y < drawn.height for span in drawn.ranges) and len(drawn.names) == 5
    rows = {row["id"]: row for row in client.get(f"{DOC}/targets.json").json()["targets"]}
    assert rows["t-06"]["state"] == "insufficient data", "no sum is of the due year"
    assert "12.751 million persons and 13.158 million persons in 2019" in rows["t-06"]["figures"]


def test_a_part_without_a_figure_adds_up_to_nothing(register: Document) -> None:
    Observation.objects.filter(series="visitors_asean_kor").update(value="not published")
    assert figures_of(["visitors_total"], SYSTEM)["visitors_total"].sums == []
    Series.objects.filter(pk="visitors_total").update(parts=[])
    held = figures_of(["visitors_total"], SYSTEM)["visitors_total"]
    assert (held.sums, held.parts, len(held.all)) == ([], {}, 1)


@pytest.mark.parametrize(
    ("part", "says"),
    [("nowhere", "is not in series.csv"), ("visitors_total", "has parts itself"), ("median_age", "is in another unit")],
)
def test_a_pack_whose_series_cannot_add_up_is_refused(bundled: Pack, part: str, says: str) -> None:
    held = {name: list(found) for name, found in bundled.rows.items()}
    held["series"] = [{**row, "parts": [part]} if row["id"] == "visitors_total" else row for row in held["series"]]
    known = {table.name: {str(row["id"]): at for at, row in enumerate(held[table.name])} for table in TABLES}
    with pytest.raises(PackRefused) as refused:
        finish(held, known, [])
    assert says in str(refused.value)
