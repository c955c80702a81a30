"""One party in an agreement, as its own page tells it, for its brief."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from followthrough.assess.dates import newest
from followthrough.errors import InputRefused
from followthrough.report.record import Answers, Part, PartyRecord, Round, Treaty
from followthrough.web.agreements.parties import party_name
from followthrough.web.followup.policy import cycles_for
from followthrough.web.followup.rows import by_section
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.pages import party_sentences
from followthrough.web.pages.instrument_status import CONTESTED, NONE
from followthrough.web.pages.party_story import PartyStory, story_of
from followthrough.web.papers.goals import goal
from followthrough.web.papers.ground import Ground
from followthrough.web.papers.places import act, disputes, fact
from followthrough.web.papers.rounds import answers, asked_rows
from followthrough.web.papers.words import sentence


def party_record(ground: Ground, parts: tuple[Part, ...], cycle: Round | None) -> PartyRecord:
    """Return what the brief says of a party. Raises ``InputRefused`` for one that the agreement does not bind."""
    key = ground.asked.party
    about = party_name(key)
    story = story_of(key, {ground.facts.id}, ground.asked.as_of, ground.reader, ground.asked.past) if about else None
    if about is None or story is None:
        raise InputRefused(key, _("is no party of this register"), _("name its code, as in the list of parties"))
    mine = {one.id for one in story.items}
    whole = [one for one in ground.claims if one.id in mine]
    adverse = [one for one in whole if one.unfavourable]
    name = str(about["name"])
    return PartyRecord(
        name=name, headline=sentence(party_sentences.headline(name, key, story)),
        lead=sentence(party_sentences.lead(name, key, story)), noted=len(story.items), adverse=story.adverse,
        alone=story.alone, sources=story.sources, covered=story.reported, paragraphs=story.paragraphs,
        sections=_sections(ground, parts, story), facts=tuple(fact(ground, one) for one in whole if one.date),
        adverse_facts=tuple(fact(ground, one) for one in adverse),
        acts=tuple(act(ground, one) for one in ground.activities if key in ground.named.get(one.id, ())),
        disputes=disputes(ground, story.conflicts), due=tuple(goal(ground, one.row) for one in story.due),
        treaties=_treaties(story), answers=_answers(ground) if cycle and cycle.parties else (),
    )  # fmt: skip


def _sections(
    ground: Ground, parts: tuple[Part, ...], story: PartyStory
) -> tuple[tuple[str, int, str, tuple[str, ...]], ...]:
    """Return each section with the items that name the party, the newest date, and the paragraphs with none."""
    quiet = {one.num or one.ref for one, _stage in story.silent}
    numbers = {one.id: one.num or one.ref for one in ground.provisions}
    found = []
    for part in parts:
        inside = {one.num for one in part.places}
        held = [
            one for one in story.items
            if inside & {numbers.get(ground.homes.get(tie.place, tie.place), "") for tie in one.ties}
        ]  # fmt: skip
        last = newest(one.date for one in held)
        silent = tuple(one.num for one in part.places if one.num in quiet)
        found.append((part.name, len(held), day(last) if last else "", silent))
    return tuple(found)


def _treaties(story: PartyStory) -> tuple[Treaty, ...]:
    words = {CONTESTED: _("contested"), NONE: _("does not apply"), "": ""}
    return tuple(
        Treaty(one.name, capital(words.get(tile.step, plain(tile.step))), day(tile.date) if tile.date else "")
        for one, tile in story.treaties
    )


def _answers(ground: Ground) -> tuple[Answers, ...]:
    held: Any = cycles_for(ground.reader).get(pk=ground.asked.cycle)
    rows = asked_rows(ground.asked, held, ground.reader, runs=held.runs)
    return answers(by_section([one for one in rows if one.party == ground.asked.party]))
