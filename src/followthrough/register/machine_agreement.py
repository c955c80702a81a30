"""How a person's catalogue agrees with the machine's: what is published as the machine's own record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followthrough.model.rules import Rule
from followthrough.register.editing import Item, Items, Span

SAME = 0.5
"""Two quotations speak of the same undertaking when they share at least half of what they cover together."""

RULES = (
    Rule(
        "A1",
        1,
        "agreement",
        "Machine and person",
        "A proposal and a decision belong together when their words overlap by at least half of what both cover "
        "(IoU 0.5), best overlap first, one to one. Kept is the share of proposals so matched; found is the share "
        "of decisions so matched; ends, kind and strength are counted over the matched pairs, each with its n/N. "
        "Only published catalogues count.",
        "followthrough.register.machine_agreement.compare",
    ),
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts over paragraphs: proposals, decisions, matched pairs, and of those the ones that agree."""

    proposals: int = 0
    decisions: int = 0
    matched: int = 0
    ends: int = 0
    kind: int = 0
    strength: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        """Return the counts of both together."""
        return Agreement(
            self.proposals + other.proposals,
            self.decisions + other.decisions,
            self.matched + other.matched,
            self.ends + other.ends,
            self.kind + other.kind,
            self.strength + other.strength,
        )

    @property
    def f1(self) -> float | None:
        """The F1 of the machine against the person, or nothing where neither has any commitment."""
        both = self.proposals + self.decisions
        return 2 * self.matched / both if both else None


def compare(proposals: Items, decided: Items) -> Agreement:
    """Compare the machine's proposals for one paragraph with what a person made of them."""
    kept = [item for item in decided if item.live]
    pairs = _pairs(proposals, kept)
    return Agreement(
        len(proposals),
        len(kept),
        len(pairs),
        sum(a.spans == b.spans for a, b in pairs),
        sum(a.kind == b.kind for a, b in pairs),
        sum(a.strength == b.strength for a, b in pairs),
    )


def _pairs(left: Sequence[Item], right: Sequence[Item]) -> list[tuple[Item, Item]]:
    overlaps = [(_iou(a.spans, b.spans), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    taken_left, taken_right = set[int](), set[int]()
    pairs = []
    for share, i, j in sorted(overlaps, key=lambda one: (-one[0], one[1], one[2])):
        if share >= SAME and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j]))
    return pairs


def _iou(one: Sequence[Span], other: Sequence[Span]) -> float:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    covered = sum(b - a for a, b in (*one, *other)) - shared
    return shared / covered if covered else 0.0
