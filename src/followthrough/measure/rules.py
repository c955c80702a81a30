"""The rules of measuring, as the methodology page shows them."""

from __future__ import annotations

from followthrough.measure.progress_methods import METHODS
from followthrough.model.rules import Rule


def _text(method_id: str) -> str:
    method = METHODS[method_id]
    words = "; ".join(f"{word}: {band}" for word, band in zip(method.words, method.bands, strict=True))
    return f"{method.title}. {words}. Source: {method.source}."


RULES = (
    Rule(
        "I1",
        2,
        "indicators",
        "What is compared",
        "The base is the value of the base year (2015 unless another is set), else the first after it; 2015-16 counts "
        "as 2015. Two years at least: a series with one figure, or with 0 throughout, is assessed by no method, and "
        "the reason says where it stands against its target. "
        "Growth g = (v/b)^(1/(t-t0)) - 1, required growth r = (T/b)^(1/(tT-t0)) - 1. "
        "After a break in a series only the figures from the break on are compared. Where all values are negative the "
        "direction flips; where their signs differ nothing is assessed.",
        "followthrough.measure.inputs.gather",
    ),
    Rule(
        "I2",
        1,
        "indicators",
        "statcan-opensdg-2.4",
        _text("statcan-opensdg-2.4"),
        "followthrough.measure.progress_methods.statcan",
    ),
    Rule(
        "I3",
        1,
        "indicators",
        "un-progress-chart-2022",
        _text("un-progress-chart-2022"),
        "followthrough.measure.progress_methods.un_chart",
    ),
    Rule(
        "I4",
        1,
        "indicators",
        "un-progress-2024",
        _text("un-progress-2024"),
        "followthrough.measure.progress_methods.un_2024",
    ),
    Rule(
        "I5",
        1,
        "indicators",
        "escap-current-status",
        f"D (v - b)/|T - b|, D = +10 or -10. {_text('escap-current-status')}",
        "followthrough.measure.progress_methods.escap",
    ),
    Rule(
        "I6",
        1,
        "indicators",
        "Values known only in part",
        "A value such as <2.5 is kept as it is. A series with one is assessed only where every value that it may be "
        "leads to the same status; otherwise the result says between which statuses it lies.",
        "followthrough.measure.results.measure",
    ),
    Rule(
        "I7",
        1,
        "indicators",
        "Where methods differ",
        "Each status stands for one or more of four levels: on course, some progress, little, backwards. Methods "
        "differ where their words have no level in common; the page then says what each compared with which threshold.",
        "followthrough.measure.comparison.compare",
    ),
    Rule(
        "I8",
        1,
        "indicators",
        "Development gap",
        "The median of the figures of one group of parties over that of another, year by year, only where every party "
        "of both groups has a figure. The indicator names the two groups. 1 is no gap.",
        "followthrough.measure.derived.ratio_of_medians",
    ),
)
