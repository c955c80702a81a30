"""How the follow-up cycle shows moments, states and typed answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from followthrough.web.followup.answers import Answers, list_of, text_of
from followthrough.web.followup.clock import local
from followthrough.web.followup.models import RecordCheck
from followthrough.web.followup.party_record import ACTIVITY, CLAIM, FIGURE, NAMES, STEP
from followthrough.web.followup.questions import Asked
from followthrough.web.followup.states import Answering, Check
from followthrough.web.kit.addresses import address
from followthrough.web.kit.fragments import register_fragments
from followthrough.web.kit.wording import day, listing

register = template.Library()
register_fragments(register, "followup/matrix.jinja", "reported_lines")
register_fragments(register, "followup/life.jinja", "life_chip")

SILENT = "silent"


@register.filter
def in_zone(moment: datetime | None, zone: str) -> str:
    """Write a moment with its time of day, in the time zone of a cycle: ``31 Oct 2026, 23:59 (Africa/Nairobi)``."""
    if moment is None:
        return ""
    there = local(moment, zone)
    return f"{day(there.date().isoformat())}, {there:%H:%M} ({zone.replace('_', ' ')})"


@register.filter
def day_in(moment: datetime | None, zone: str) -> str:
    """Write the day of a moment in the time zone of a cycle."""
    return day(local(moment, zone).date().isoformat()) if moment else ""


@register.filter
def state_words(mark: str) -> str:
    """Return a state of a report in words; ``silent`` is one that was not sent when it was due."""
    return _("silent: nothing was sent") if mark == SILENT else str(Answering(mark).label)


@register.filter
def check_told(answer: str) -> str:
    """Return in words what a party has said of a record."""
    return str(Check(answer).told)


@register.filter
def kind_of_record(kind: str) -> str:
    """Return what a kind of record is called that a party checks."""
    return _(NAMES[kind])


@register.filter
def page_of_record(one: RecordCheck) -> str:
    """Return the page of the record that a party speaks of; nothing where it is on no record."""
    if one.kind == STEP:
        return f"{address('instruments', one.cycle.document_id)}#i-{one.record.partition('/')[0]}"
    route = {CLAIM: "claim", ACTIVITY: "activity", FIGURE: "indicator"}.get(one.kind)
    return address(route, one.record) if route else ""


@register.filter
def of_entry(key: str) -> str:
    """Return the anchor of the entry that a key, or the name of one of its fields, belongs to."""
    field, dot, rest = key.partition(".")
    return "entry-" + (rest if dot and ":" not in field else key).replace(":", "-")


@register.filter
def listed(names: list[str]) -> str:
    """Write names one after the other: ``Norland, Ostia and Westmark``."""
    return listing(names)


@register.filter
def said_in(answers: Answers, name: str) -> str:
    """Return the text of a field of a report."""
    return text_of(answers, name)


@register.filter
def chosen_in(answers: Answers, name: str) -> list[str]:
    """Return the words chosen in a field of a report."""
    return list_of(answers, name)


@register.filter
def more_figures(answers: Answers, asked: Asked) -> bool:
    """Say whether a report gives more than the first figure."""
    first = [f"{asked.key}.{part}-1" for part in ("of", "value", "unit")]
    return any(name in answers for name in asked.fields if name not in first)


@register.simple_tag
def field_name(*parts: object) -> str:
    """Return the name of a field from its parts: the key of its question, and what it is of it."""
    return "".join(str(part) for part in parts)


@register.filter
def told(problems: Mapping[str, str] | None, name: str) -> str:
    """Return what is wrong with a field, or nothing."""
    return (problems or {}).get(name, "")
