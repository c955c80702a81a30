"""Targets as the papers say them, and their pictures."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string

from followthrough.assess.dates import end_of
from followthrough.assess.targets import OPEN
from followthrough.report.record import Goal, Trend
from followthrough.web.indicators.target_families import families
from followthrough.web.indicators.target_rows import TargetRow, targets_of
from followthrough.web.indicators.target_sentences import figures
from followthrough.web.indicators.target_views import SHOWN, targets_finding
from followthrough.web.kit.pictures import figure
from followthrough.web.kit.wording import capital, day
from followthrough.web.papers.ground import Ground
from followthrough.web.papers.words import origin, sentence


def standing_targets(ground: Ground) -> list[TargetRow]:
    """Return the targets that were set by the day of the papers, each judged on it."""
    until, mine = end_of(ground.asked.as_of), {one.id for one in ground.places}
    held = targets_of(ground.scope, ground.asked.as_of)
    return [
        one for one in held
        if (not (told := one.announced or one.source.published) or end_of(told) <= until)
        and any(ground.homes.get(place, place) in mine for place in one.places)
    ]  # fmt: skip


def goal(ground: Ground, one: TargetRow) -> Goal:
    """Return a target."""
    return Goal(
        one.statement, day(one.announced) if one.announced else "", day(one.due) if one.due else "",
        capital(one.state), figures(one), ground.at(one.places), origin(one.source), one.state in OPEN,
    )  # fmt: skip


def trends_of(ground: Ground, found: Sequence[TargetRow]) -> tuple[Trend, ...]:
    """Return the series of targets as pictures, those that the page of targets draws."""
    drawn = []
    for family in families(list(found))[:SHOWN]:
        chart = family.chart(ground.asked.as_of)
        svg = render_to_string("indicators/_family_chart.html", {"family": family, "chart": chart})
        drawn.append(Trend(family.title, f"{family.title}. {family.says}", figure(svg, chart.width, chart.height)))
    return tuple(drawn)


def goals_finding(ground: Ground, found: list[TargetRow]) -> str:
    """Say how the targets stand, as their page does."""
    return sentence(targets_finding(found, ground.facts.id))
