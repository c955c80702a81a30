"""The tables of indicators: definitions, series mappings, and vintages with their observations."""

from __future__ import annotations

from followthrough.model.vocabulary import Aggregation, Direction
from followthrough.packs.columns import Column, Table, key

MEASURED: tuple[Table, ...] = (
    Table(
        "indicators",
        (
            key("stable id of the indicator: i-internet-use"),
            Column("title", required=True, longest=200),
            Column("definition", required=True, longest=1000, says="in our own words"),
            Column("unit", required=True, longest=60),
            Column(
                "direction",
                required=True,
                one_of=tuple(Direction),
                says="parity is towards the target, a value; context and none are never scored",
            ),
            Column("target", "decimal", says="empty where the 2030 Agenda or its like sets no number"),
            Column("target_year", "integer", says="2030 where empty"),
            Column("target_says", longest=300, says="who set the target, and where"),
            Column("limit", "decimal", says="the natural end in the desired direction: 100 for a percentage"),
            Column("base_year", "integer", says="2015 where empty"),
            Column("breaks", "list", says="years from which figures cannot be compared with earlier ones"),
            Column("aggregation", required=True, one_of=tuple(Aggregation), says="how the parties are summed up"),
            Column("derived_from", points_to="indicators", says="the indicator whose figures a gap is formed of"),
            Column("above", "list", says="parties over whose median a gap is taken"),
            Column("below", "list", says="parties under it"),
            Column("group_name", longest=120, says="what the parties of both groups are called together"),
            Column("verified", "boolean", required=True, says="its codes were seen to answer with its figures"),
            Column("note", longest=500),
        ),
        "statistics around an agreement; they are a trend, never its implementation",
    ),
    Table(
        "feeds",
        (
            key("stable id of the feed: i-internet-use/world-bank"),
            Column("indicator", required=True, points_to="indicators"),
            Column("rank", "integer", required=True, says="the lowest one with figures is shown"),
            Column("provider", required=True, longest=40, says="an id of the providers, as world-bank"),
            Column("code", required=True, longest=200, says="as the provider spells it"),
            Column("filter", longest=300, says="sex=BOTHSEX; age=ALLAGE"),
            Column("verified", "boolean", required=True, says="it was seen to answer"),
            Column("note", longest=500),
        ),
        "where the figures of an indicator may come from",
    ),
    Table(
        "vintages",
        (
            key("feed/v and number", longest=160),
            Column("feed", required=True, points_to="feeds"),
            Column("number", "integer", required=True, says="0 is what came with a pack, the fetched ones follow"),
            Column("fetched", required=True, longest=32, says="2026-11-25T21:50:00Z"),
            Column("connector", required=True, longest=60, says="what read the answer, with its version"),
            Column("url", required=True, longest=1000, says="what was asked"),
            Column("raws", "list", says="SHA-256 of each raw answer that the archive keeps"),
            Column("notes", longest=1000, says="what a reader of the figures should know"),
        ),
        "what a provider said on a day; a vintage never changes, the next one stands beside it",
    ),
    Table(
        "figures",
        (
            key("vintage/area/period", longest=400),
            Column("vintage", required=True, points_to="vintages"),
            Column("area", required=True, longest=12),
            Column("period", "period", required=True, longest=40, says="as published"),
            Column("value", required=True, longest=40, says="a number, or a censored one: <2.5"),
            Column("status", longest=60, says="the provider's own flag"),
        ),
        "the figures of a vintage",
    ),
)
