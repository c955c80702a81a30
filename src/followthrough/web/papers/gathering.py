"""Gathers what the papers of an agreement say, from the functions that its pages are made by."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from followthrough.report.record import Register, Stage
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_paper_words
from followthrough.web.kit.pictures import figure
from followthrough.web.kit.wording import capital, day, noun_for, plural
from followthrough.web.pages import agreement_sentences
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.decisions import decisions_of, meeting_of
from followthrough.web.papers.goals import goal, goals_finding, standing_targets, trends_of
from followthrough.web.papers.ground import Ground, ground_of
from followthrough.web.papers.money import money_of
from followthrough.web.papers.party import party_record
from followthrough.web.papers.places import parts_of
from followthrough.web.papers.rounds import round_of
from followthrough.web.papers.words import sentence

BAR = (900, 40)
"""The size of the bar of stages, in pixels."""


def register_of(asked: Asked, by: Actor) -> Register:
    """Return what the papers of an agreement say, of what ``by`` may read, or of what everybody may.

    Raises ``InputRefused`` for an agreement, section, cycle, party or meeting that is not there to be read.
    """
    ground = ground_of(asked, by)
    cycle = round_of(asked, ground.reader) if asked.cycle else None
    targets = standing_targets(ground)
    goals = tuple(goal(ground, one) for one in targets)
    parts = parts_of(ground, goals, cycle)
    money, came_in = money_of(ground)
    heat = ground.heat
    return Register(
        document=ground.facts.id, title=ground.facts.title, short_title=ground.facts.short_title,
        over=_over(ground), as_of=day(asked.as_of), day=asked.as_of, internal=asked.internal,
        language=get_language() or "en", finding=sentence(ground.shown["finding"]),
        gaps=sentence(ground.shown["gaps"]), counts=_counts(ground),
        links=(ground.ladder.confirmed, ground.ladder.links), bar=_bar(ground), stages=_stages(ground), parts=parts,
        years=tuple(heat.years) if heat else (), silent=heat.silent if heat else 0, slots=heat.slots if heat else 0,
        goals_finding=goals_finding(ground, targets), goals=goals, trends=trends_of(ground, targets),
        money_finding=came_in, money=money, round=cycle, meeting=meeting_of(asked, ground.reader)[1],
        decisions=decisions_of(ground, targets),
        party=party_record(ground, parts, cycle) if asked.party else None,
        words=dict(visible_paper_words(ground.reader).filter(document=ground.facts.id).values_list("name", "words")),
    )  # fmt: skip


def _over(ground: Ground) -> str:
    """Return the line over a title: the agreement, its place and date, and the section, where it is of one."""
    facts = ground.facts
    section = next((f"{one.num} {one.title}" for one in ground.provisions if one.kind == "section"), "")
    said = [facts.title, facts.place, day(facts.begins) if facts.begins else ""]
    return ", ".join(part for part in (*said, section if ground.asked.section else "") if part)


def _counts(ground: Ground) -> tuple[tuple[str, str], ...]:
    """Return how much is on record, as the page of the agreement counts it."""
    claims = ground.shown["claims"]
    within = _("%(commitments)s in %(paragraphs)s") % {
        "commitments": noun_for(ground.shown["total"], "commitment"),
        "paragraphs": plural(agreement_sentences.paragraph_count(ground.provisions), "paragraph"),
    }
    adverse = ngettext("evidence item, %(count)s adverse", "evidence items, %(count)s adverse", len(claims))
    against = adverse % {"count": sum(one.unfavourable for one in claims)}
    acts, sources = len(ground.activities), ground.shown["sources"]
    return (
        (str(ground.shown["total"]), within), (str(len(claims)), against),
        (str(acts), noun_for(acts, "activity")), (str(sources), noun_for(sources, "source")),
    )  # fmt: skip


def _bar(ground: Ground) -> str:
    return figure(render_to_string("pages/_ladder_bar.html", {"ladder": ground.ladder}), *BAR)


def _stages(ground: Ground) -> tuple[Stage, ...]:
    names = {one.id: f"{one.num or one.ref} {one.title}".strip() for one in ground.provisions}
    return tuple(
        Stage(int(step.rung), capital(step.rung.label), step.on, step.at, step.total,
              tuple(names.get(key, name) for key, name in step.places))
        for step in ground.ladder.steps
    )  # fmt: skip
