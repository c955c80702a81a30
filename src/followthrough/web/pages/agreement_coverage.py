"""The coverage of an agreement as its page shows it: asked by a query, computed by the library, with both lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from followthrough.assess.implementation_stages import ROLLUPS, Coverage, CoverageStage, Evidence, counts, coverage
from followthrough.packs.cells import plain
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow, tail
from followthrough.web.kit.list_state import Choice, State, choices

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

UNITS = {"paragraphs": lazy("paragraphs"), "commitments": lazy("commitments")}
ATTRIBUTION = {
    "any": lazy("any party"), "all": lazy("all parties"), "mean": lazy("average of parties"),
    "joint": lazy("joint body"),
}  # fmt: skip
"""The attribution rules in the words of the screen; ``ROLLUPS`` has the names that the JSON answer gives."""
WIDE = 14.0
"""Per cent of the bar from which a segment holds its words; a narrower one holds its number alone."""
EVIDENCE = {"suggested": lazy("suggested links too"), "confirmed": lazy("confirmed links only")}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the ladder, from the address of the page."""

    as_of: str
    rollup: str
    unit: str
    confirmed_only: bool
    forms: list[tuple[str, str, list[Choice]]]

    @property
    def rule(self) -> str:
        """The name of the roll-up in the JSON answer."""
        return ROLLUPS[self.rollup]

    @property
    def attribution(self) -> str:
        """The attribution rule in the words of the screen."""
        return str(ATTRIBUTION[self.rollup])

    @property
    def counted(self) -> str:
        """What is counted, in words: paragraphs or commitments."""
        return str(UNITS[self.unit])


@dataclass(frozen=True, slots=True)
class Step:
    """One rung as a row of the table: who stands on it, and n at or above it of N."""

    rung: CoverageStage
    on: int
    at: str
    total: int
    places: list[tuple[str, str]]
    x: str
    width: str
    label_x: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder of an agreement: the question, its steps from the highest rung down, and the rung of each place."""

    question: Question
    steps: list[Step]
    rungs: dict[str, CoverageStage]
    total: int
    links: int
    confirmed: int
    undecided: list[str]

    def on(self, rung: CoverageStage) -> list[str]:
        """Return the short names of the places that stand on ``rung``."""
        return next([name for _, name in step.places] for step in self.steps if step.rung is rung)

    def only(self, ids: Collection[str]) -> Ladder:
        """Return the part of it that some places make."""
        steps, at, total = list[Step](), 0, sum(key in ids for key in self.rungs)
        for step in self.steps:
            standing = [(key, name) for key, name in step.places if key in ids]
            at += len(standing)
            steps.append(replace(step, on=len(standing), at=str(at), total=total, places=standing))
        rungs = {key: rung for key, rung in self.rungs.items() if key in ids}
        return replace(self, steps=steps, rungs=rungs, total=total)


def question(state: State, today: str) -> Question:
    """Read what is asked; without a word, what is known today, by any party, of paragraphs, suggestions included."""
    rollup = state.one_of("rollup", ATTRIBUTION) or "any"
    unit = state.one_of("unit", UNITS) or "paragraphs"
    basis = state.one_of("basis", EVIDENCE) or "suggested"
    forms = [
        ("rollup", _("Attribution"), choices(_shown(ATTRIBUTION), rollup)),
        ("unit", _("Counted in"), choices(_shown(UNITS), unit)),
        ("basis", _("Evidence"), choices(_shown(EVIDENCE), basis)),
    ]
    return Question(state.date("as_of") or today, rollup, unit, basis == "confirmed", forms)


def _shown(words: Mapping[str, StrPromise]) -> dict[str, str]:
    return {key: str(word) for key, word in words.items()}


def standard(today: str) -> Question:
    """Return the question of a page that asks none: what is known today, by any party, suggested links too."""
    return Question(today, "any", "paragraphs", confirmed_only=False, forms=[])


def homes(
    asked: Question, commitments: Sequence[CommitmentRow], provisions: Sequence[ProvisionRow]
) -> dict[str, str]:  # fmt: skip
    """Return where the evidence of each commitment and item is counted: at its paragraph, or at itself."""
    if asked.unit != "paragraphs":
        return {}
    within = paragraphs(provisions)
    moved = {key: home for key, home in within.items() if key != home}
    return moved | {row.id: within.get(row.provision, row.provision) for row in commitments}


def paragraphs(provisions: Sequence[ProvisionRow]) -> dict[str, str]:
    """Return the paragraph that each place of a text stands in; a place in none is its own."""
    by_id = {one.id: one for one in provisions}
    found: dict[str, str] = {}
    for one in provisions:
        at: ProvisionRow | None = one
        while at is not None and at.kind != "paragraph":
            at = by_id.get(at.parent)
        found[one.id] = at.id if at else one.id
    return found


def ladder(
    asked: Question,
    evidence: Sequence[Evidence],
    provisions: Sequence[ProvisionRow],
    commitments: Sequence[CommitmentRow],
    *,
    adopted: str,
    parties: Sequence[str],
    joint: Sequence[str],
) -> Ladder:
    """Compute the ladder that is asked for; ``evidence`` stands where ``homes`` puts it."""
    if asked.unit == "paragraphs":
        within = paragraphs(provisions)
        held = {within.get(row.provision, row.provision) for row in commitments}
        places = [(one.id, one.num or one.ref) for one in provisions if one.kind == "paragraph" or one.id in held]
    else:
        places = [(row.id, row.ref) for row in commitments]
    kept = [
        one for one in evidence
        if counts(one, since=adopted, as_of=asked.as_of, confirmed_only=asked.confirmed_only)
    ]  # fmt: skip
    recorded = {one.place for one in kept}
    needs = asked.rollup in ("all", "mean") and not parties
    found = coverage(
        kept,
        [key for key, _ in places],
        rollup="any" if needs else asked.rollup,
        parties=parties,
        joint=joint,
    )
    return Ladder(
        asked,
        _steps(found, dict(places)),
        found.stages,
        len(places),
        len(evidence),
        sum(one.confirmed for one in evidence),
        [name for key, name in places if key not in recorded],
    )


def _steps(found: Coverage, names: dict[str, str]) -> list[Step]:
    steps, at = [], 0.0
    for rung in reversed(CoverageStage):
        standing = [(key, names[key]) for key in found.standing_on(rung)]
        width = 100 * len(standing) / len(names) if names else 0
        gap = 0.3 if at else 0
        share = _figure(found.at(rung))
        wide = width > WIDE
        label = at + 1.4 if wide else at + (width + gap) / 2
        place = (f"{at + gap:.2f}%", f"{max(width - gap, 0):.2f}%", f"{label:.2f}%")
        steps.append(Step(rung, len(standing), share, len(names), standing, *place, wide))
        at += width
    return steps


def _figure(share: Fraction) -> str:
    """Write n: a whole number, or under the mean of parties one with two places."""
    return (
        str(share.numerator)
        if share.denominator == 1
        else plain(round(Decimal(share.numerator) / share.denominator, 2))
    )


def ladder_json(one: Ladder) -> dict[str, Any]:
    """Return the ladder with both lists behind each figure."""
    asked = one.question
    return {
        "rule": {"rollup": asked.rollup, "name": asked.rule, "version": 2, "ids": ["C1", "C2", "C3", "C4", "C5", "C6"]},
        "as_of": asked.as_of,
        "unit": asked.unit,
        "basis": "confirmed" if asked.confirmed_only else "suggested",
        "denominator": list(one.rungs),
        "links": {"all": one.links, "confirmed": one.confirmed},
        "rungs": [
            {"rung": step.rung.label, "n": step.at, "N": step.total, "standing": [key for key, _ in step.places]}
            for step in one.steps
        ],
        "places": {tail(key): rung.label for key, rung in one.rungs.items()},
    }
