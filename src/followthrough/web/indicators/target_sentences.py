"""What a page says of a target: its state, and what the figures say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from followthrough.web.indicators.target_rows import TargetRow
from followthrough.web.kit.lists import below, chip
from followthrough.web.kit.wording import capital, measured

LOOKS = {
    "met": ("good", "check"),
    "missed": ("bad", "cross"),
    "contested": ("split", "ne"),
    "insufficient data": ("unknown none", "q"),
    "not yet due": ("info", "ring"),
    "no date set": ("none", "ring"),
    "superseded": ("none", "dia"),
}


def figures(one: TargetRow) -> str:
    """Say what the figures say: those of the due year, else the newest before it."""
    found = one.judgement.due_year or one.judgement.latest
    if not found:
        return "No figure on record."
    values = " and ".join(dict.fromkeys(measured(observed.value, one.unit) for observed in found))
    when = found[0].period
    if one.judgement.due_year or not one.due or one.judgement.state == "not yet due":
        return f"{values} in {when}."
    return f"No figure for {one.due[:4]}. Last before: {values} in {when}."


def state_chip(one: TargetRow) -> SafeString:
    """Show the state of a target: shape, word and colour; of one that was superseded, why too."""
    state = chip(*LOOKS[one.state], one.state)
    return below(state, capital(one.withdrawn)) if one.withdrawn else state


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target as the page of a paragraph shows it."""

    row: TargetRow
    state: SafeString
    figures: str


def shown_targets(targets: Sequence[TargetRow]) -> list[ShownTarget]:
    """Return targets with their state and their figures as a page shows them."""
    return [ShownTarget(one, state_chip(one), figures(one)) for one in targets]
