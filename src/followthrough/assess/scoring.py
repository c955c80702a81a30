"""Ratings to scores per commitment, per party and overall, each with the number of ratings behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

import numpy as np

from followthrough.assess.ratings import MISSING, Ratings, numbers
from followthrough.assess.scales import Scale
from followthrough.errors import InputRefused
from followthrough.measure.series import Bools, Floats, Ints

Missing = Literal["exclude", "as-zero"]
POLICIES: tuple[Missing, ...] = get_args(Missing)
"""How a mean treats missing ratings: exclude them, or count them as zero, as some published tables do."""
SLACK = 0.0051
"""Tolerance when a computed mean is compared with a published one, which is printed to two decimal places."""


@dataclass(frozen=True, slots=True)
class Score:
    """A mean of ratings, ``n`` of ``of`` cells rated, and how often each value occurs (``counts``)."""

    mean: float | None
    percent: float | None
    n: int
    of: int
    counts: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {"mean": self.mean, "percent": self.percent, "n": self.n, "N": self.of, "counts": self.counts}


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a table under one scale and one policy for missing ratings (``na``)."""

    scale: Scale
    na: Missing
    commitments: dict[str, Score]
    parties: dict[str, Score]
    overall: Score
    warnings: list[tuple[str, str]]
    sections: dict[str, Score] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            "scale": self.scale.id,
            "na": self.na,
            "commitments": {key: one.to_dict() for key, one in self.commitments.items()},
            "parties": {key: one.to_dict() for key, one in self.parties.items()},
            **({"sections": {key: one.to_dict() for key, one in self.sections.items()}} if self.sections else {}),
            "overall": self.overall.to_dict(),
            "formula": self.scale.formula,
            "version": self.scale.version,
            "warnings": [{"code": code, "message": message} for code, message in self.warnings],
        }


def score(ratings: Ratings, scale: Scale, na: Missing = "exclude", sections: Mapping[str, str] | None = None) -> Scores:
    """Return the scores of a table. The mean is over rated cells under ``exclude``, over all under ``as-zero``.

    ``sections`` maps ids of commitments to the sections that get scores of their own. Raises ``InputRefused`` for
    ``as-zero`` on a scale whose values are only counted.
    """
    if na == "as-zero" and scale.arithmetic == "counts":
        raise InputRefused(scale.id, "only counts, so nothing can be taken as zero", "use --na exclude")
    by_commitment = _scores(ratings, scale, na, ratings.commitment, ratings.commitments)
    by_party = _scores(ratings, scale, na, ratings.party, ratings.parties)
    whole = np.zeros(len(ratings.value), dtype=np.int64)
    overall = _scores(ratings, scale, na, whole, ["all"])["all"]
    if scale.arithmetic == "all":
        by_commitment = {key: _all_or_nothing(one, scale, na) for key, one in by_commitment.items()}
        overall = _of_commitments(by_commitment, scale)
    warnings = [*ratings.warnings, *_warnings(ratings, scale, by_commitment)]
    by_section = _sections(ratings, scale, na, sections or {}, by_commitment)
    return Scores(scale, na, by_commitment, by_party, overall, warnings, by_section)


def _sections(
    ratings: Ratings, scale: Scale, na: Missing, sections: Mapping[str, str], found: dict[str, Score]
) -> dict[str, Score]:
    names = list(dict.fromkeys(sections[key] for key in ratings.commitments if key in sections))
    if scale.arithmetic == "all":
        members = {name: {k: found[k] for k in found if sections.get(k) == name} for name in names}
        return {name: _of_commitments(scores, scale) for name, scores in members.items()}
    place = np.array([names.index(sections[key]) if key in sections else -1 for key in ratings.commitments])
    group = place[ratings.commitment] if len(ratings.commitment) else ratings.commitment
    inside = group >= 0
    part = replace(
        ratings, commitment=ratings.commitment[inside], party=ratings.party[inside], value=ratings.value[inside]
    )
    return _scores(part, scale, na, group[inside], names)


def _scores(ratings: Ratings, scale: Scale, na: Missing, group: Ints, names: list[str]) -> dict[str, Score]:
    size = len(names)
    rated: Bools = ratings.value != MISSING
    of, n = np.bincount(group, minlength=size), np.bincount(group[rated], minlength=size)
    counts = np.zeros((size, len(scale.values)), dtype=np.int64)
    np.add.at(counts, (group[rated], ratings.value[rated]), 1)
    words = [one.word for one in scale.values]
    means = _means(ratings, scale, na, group, n, of)
    found = {}
    for at, name in enumerate(names):
        mean = None if np.isnan(means[at]) else float(means[at])
        percent = None if mean is None else scale.in_percent(mean)
        tally = {word: int(count) for word, count in zip(words, counts[at], strict=True)}
        found[name] = Score(mean, percent, int(n[at]), int(of[at]), tally)
    return found


def _means(ratings: Ratings, scale: Scale, na: Missing, group: Ints, n: Ints, of: Ints) -> Floats:
    if scale.arithmetic == "counts":
        return np.full(len(n), np.nan)
    value = np.nan_to_num(numbers(scale, ratings.value), nan=0.0)
    sums = np.bincount(group, weights=value, minlength=len(n))
    under = of if na == "as-zero" else n
    found: Floats = np.divide(sums, under, out=np.full(len(n), np.nan), where=under > 0)
    return found


def _all_or_nothing(one: Score, scale: Scale, na: Missing) -> Score:
    """Return 1 where every party has fulfilled the commitment, else 0; missing ratings follow the policy ``na``."""
    if one.mean is None:
        return one
    done = one.mean == 1.0 and (na == "exclude" or one.n == one.of)
    return Score(float(done), scale.in_percent(float(done)), one.n, one.of, one.counts)


def _of_commitments(found: dict[str, Score], scale: Scale) -> Score:
    """Return the share of fulfilled commitments; ``n`` and ``of`` count commitments here, not cells."""
    known = [one.mean for one in found.values() if one.mean is not None]
    mean = sum(known) / len(known) if known else None
    done = int(sum(known))
    words = [one.word for one in scale.values]
    counts = {words[0]: done, words[1]: len(known) - done}
    return Score(mean, None if mean is None else scale.in_percent(mean), len(known), len(found), counts)


def _warnings(ratings: Ratings, scale: Scale, found: dict[str, Score]) -> list[tuple[str, str]]:
    warnings = []
    if ratings.excluded:
        warnings.append(("set_aside", f"{ratings.excluded} answers are no rating ({', '.join(scale.excluded)})"))
    if scale.arithmetic == "counts":
        return warnings
    means = {na: _both(ratings, scale, na) for na in POLICIES}
    differ = [
        (key, means["exclude"][at], means["as-zero"][at])
        for at, key in enumerate(ratings.commitments)
        if found[key].n and not np.isclose(means["exclude"][at], means["as-zero"][at])
    ]
    if differ:
        says = "; ".join(f"{key} {left:.2f} left out, {zero:.2f} as zero" for key, left, zero in differ)
        warnings.append(("na_policies_differ", f"missing ratings change {len(differ)} means: {says}"))
    return [*warnings, *_reproduced(ratings, means)]


def _both(ratings: Ratings, scale: Scale, na: Missing) -> Floats:
    size = len(ratings.commitments)
    n = np.bincount(ratings.commitment[ratings.value != MISSING], minlength=size)
    return _means(ratings, scale, na, ratings.commitment, n, np.bincount(ratings.commitment, minlength=size))


def _reproduced(ratings: Ratings, means: dict[Missing, Floats]) -> list[tuple[str, str]]:
    """Return a warning that says which published means each policy reproduces, and which none does."""
    if not ratings.published:
        return []
    at = {key: place for place, key in enumerate(ratings.commitments)}
    fits = {
        na: [key for key, printed in ratings.published.items() if abs(means[na][at[key]] - printed) <= SLACK]
        for na in POLICIES
    }
    neither = [key for key in ratings.published if not any(key in fitting for fitting in fits.values())]
    of = len(ratings.published)
    left, zero = len(fits["exclude"]), len(fits["as-zero"])
    rest = f"; by neither: {', '.join(neither)}" if neither else ""
    says = f"of {of} printed means {left} come about with missing left out, {zero} with missing as zero{rest}"
    return [("published_means", says)]
