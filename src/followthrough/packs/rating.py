"""The tables of rating scales that a pack brings beside those of the library."""

from __future__ import annotations

from followthrough.model.vocabulary import Arithmetic, MeasurementLevel, PercentFormula
from followthrough.packs.columns import Column, Table, key

RATING: tuple[Table, ...] = (
    Table(
        "scales",
        (
            key("stable id of the scale: kept-or-not"),
            Column("version", required=True, longest=20),
            Column("title", required=True, longest=200),
            Column("published", required=True, longest=300, says="where its authors published it"),
            Column("arithmetic", required=True, one_of=tuple(Arithmetic)),
            Column("percent", one_of=tuple(PercentFormula), says="half is (mean + 1)/2 x 100, plain is mean x 100"),
            Column("level", required=True, one_of=tuple(MeasurementLevel)),
            Column("aside", "list", says="answers that are no rating"),
        ),
        "scales of rating, beside those that come with the software",
    ),
    Table(
        "scale_values",
        (
            key("scale/word", longest=200),
            Column("scale", required=True, points_to="scales"),
            Column("position", "integer", required=True, says="from the best, 1, to the worst"),
            Column("word", required=True, longest=60),
            Column("number", "decimal", says="where the scale calculates"),
            Column("also", "list", says="other spellings"),
        ),
        "the values of a scale",
    ),
)
