"""Meetings, and what came of what they decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from followthrough.report.record import Decision, Origin
from followthrough.web.activities.rows import MeetingRow, meetings_of
from followthrough.web.answers.asking import (
    Listed,
    answered,
    facts_of,
    inside,
    one_of,
    share,
    source_ref,
    today,
    where,
    with_shares,
)
from followthrough.web.answers.asks import AskMatters, AskMeetings
from followthrough.web.answers.shape import Answer, Item, SourceRef
from followthrough.web.kit.findable import holds, words_of
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.decisions import CONCLUDED, OPEN, UNREPORTED, decisions_of
from followthrough.web.papers.goals import standing_targets
from followthrough.web.papers.ground import ground_of


def meetings(ask: AskMeetings) -> Answer:
    """Find meetings of the bodies that follow an agreement: when, where, and what was decided. Newest first."""
    at = where(ask.agreement)
    every = [one for one in meetings_of(at.scope) if not one.withdrawn]
    one_of("body", ask.body, {one.body for one in every})
    places, words = inside(ask.place, *at.places()) if ask.place else None, words_of(ask.words)
    chosen = [
        one for one in every
        if ask.body in ("", one.body) and one.date.startswith(ask.period)
        and (places is None or places & set(one.places)) and holds(f"{one.body} {one.place} {one.result}", words)
    ]  # fmt: skip
    told = Listed("meetings", "meetings that answer, of all linked to the agreement and not superseded",
                  at.page("meetings"))  # fmt: skip
    return answered(at, told, every, chosen, _meeting, ask.portion)


def _meeting(one: MeetingRow) -> Item:
    cells = {"number": one.number, "venue": one.place, "body": one.body, "result": one.result}
    says = one.result or f"{one.body} {one.number}".strip()
    return Item(
        "meeting", one.id, says, one.date, places=sorted(set(one.places)), facts=facts_of(cells),
        sources=[source_ref(one.source)],
    )  # fmt: skip


def matters_arising(ask: AskMatters) -> Answer:
    """Say of every earlier decision, a result of a meeting or a target, what was heard since, and whose turn it is.

    "unreported" is what nobody has spoken of for a year or more; "concluded" are targets that figures decide.
    """
    at = where(ask.agreement, ask.as_of)
    asked = Asked(at.id, at.as_of, today(), section=ask.section, meeting=ask.meeting)
    ground = ground_of(asked, at.by)
    every = sorted(decisions_of(ground, standing_targets(ground)), key=_in_order)
    words = words_of(ask.words)
    chosen = [
        one for one in every if ask.group in ("", one.group) and holds(f"{one.says} {one.where} {one.turn}", words)
    ]
    told = Listed("decisions", "decisions that answer, of all taken before the day or the meeting", at.page("papers"))
    found = answered(at, told, every, chosen, lambda one: _decision(one, every), ask.portion)
    count = Counter(one.group for one in every)
    formula = "decisions that stand so, of all taken before the day or the meeting"
    shares = [share(group, count[group], len(every), formula, [], []) for group in (UNREPORTED, OPEN, CONCLUDED)]
    return with_shares(found, shares)


def _in_order(one: Decision) -> tuple[int, str, str]:
    """Return where a decision stands: unreported first, the longest silence first, as in the paper."""
    return (UNREPORTED, OPEN, CONCLUDED).index(one.group), one.order, one.says


def _decision(one: Decision, every: Sequence[Decision]) -> Item:
    cells = {
        "where": one.where, "state": one.state, "last_heard": one.heard, "since": one.since, "whose_turn": one.turn,
        "what_is_asked": one.ask,
    }  # fmt: skip
    sources = [_origin(origin) for origin in one.origins]
    return Item("decision", f"decision-{every.index(one) + 1}", one.says, one.order or None, state=one.group,
                facts=facts_of(cells), sources=sources)  # fmt: skip


def _origin(one: Origin) -> SourceRef:
    return SourceRef("", one.title, one.publisher, "", one.date or None, one.url, "")
