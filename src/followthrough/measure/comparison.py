"""Aggregation of results: the mean score over series, and the agreement of methods on one series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from followthrough.measure.progress_methods import METHODS, NOT_ASSESSED
from followthrough.measure.results import Result

SCORED = "statcan-opensdg-2.4"
_BANDS = ((2.5, "substantial"), (0.0, "moderate"), (-2.5, "limited"))


@dataclass(frozen=True, slots=True)
class Overall:
    """The mean score of the ``n`` assessed out of ``of`` series, from -5 to 5, and the status of its band."""

    status: str
    score: float | None
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the methods that assessed a series agree, how many there were, and why they differ."""

    agree: bool
    assessed: int
    why: str


def overall(results: Sequence[Result], groups: Sequence[int] = ()) -> Overall:
    """Return the status of an indicator with several series, by ``statcan-opensdg-2.4``.

    The status is the band of the mean score, with bounds at -2.5, 0 and 2.5; it is achieved only if every assessed
    series is. Series that were not assessed are excluded from the mean and counted in ``of``. ``groups`` gives the
    group of each result: every group then weighs as much as any other, however many series it has.
    """
    grouped = zip(results, groups or range(len(results)), strict=True)
    scored = [(one, group) for one, group in grouped if one.method == SCORED]
    known = [(one.score, group) for one, group in scored if one.score is not None]
    if not known:
        return Overall(NOT_ASSESSED, None, 0, len(scored))
    means = [fmean(score for score, of in known if of == group) for group in dict.fromkeys(of for _, of in known)]
    score = fmean(means)
    status = next((word for least, word in _BANDS if score >= least), "deterioration")
    if all(one.status == "achieved" for one, _ in scored if one.score is not None):
        status = "achieved"
    return Overall(status, score, len(known), len(scored))


def compare(results: Sequence[Result]) -> Comparison:
    """Compare the results of several methods for one series.

    Every status corresponds to one or more of four levels; methods agree if one level is common to all.
    """
    known = [one for one in results if one.assessed]
    levels = [METHODS[one.method].levels[METHODS[one.method].words.index(one.status)] for one in known]
    if len(known) < 2 or frozenset.intersection(*levels):
        return Comparison(True, len(known), "")
    return Comparison(False, len(known), "; ".join(_said(one) for one in known))


def _said(one: Result) -> str:
    method = METHODS[one.method]
    compared = one.inputs.get("compared")
    value = f"{compared:.3g}" if isinstance(compared, float) else "the latest value"
    quantity = method.quantity if one.target is not None else "yearly growth towards the desired side"
    return f"{method.title}: {one.status.replace('-', ' ')}, as {quantity} is {value} ({one.because})"
