"""The tools that machines ask by: each with its name, what it answers, and the input that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from pydantic import ValidationError

from followthrough.errors import FollowthroughError, InputRefused
from followthrough.web.answers import asks
from followthrough.web.answers.evidence import contested, evidence
from followthrough.web.answers.figures import indicators, targets
from followthrough.web.answers.instruments import instruments, reports
from followthrough.web.answers.meetings import matters_arising, meetings
from followthrough.web.answers.money import activities, money
from followthrough.web.answers.places import agreements, life, place
from followthrough.web.answers.searching import search
from followthrough.web.answers.shape import Answer
from followthrough.web.answers.stages import coverage


@dataclass(frozen=True, slots=True)
class Tool:
    """A question that can be asked: the function that answers it, and the input it takes."""

    answer: Callable[[Any], Answer]
    takes: type[asks.Ask]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.answer.__name__

    @property
    def says(self) -> str:
        """What it answers, in the words of its own documentation."""
        return getdoc(self.answer) or ""


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(agreements, asks.AskAgreements),
        Tool(search, asks.AskSearch),
        Tool(place, asks.AskPlace),
        Tool(coverage, asks.AskCoverage),
        Tool(evidence, asks.AskEvidence),
        Tool(contested, asks.AskContested),
        Tool(activities, asks.AskActivities),
        Tool(money, asks.AskMoney),
        Tool(targets, asks.AskTargets),
        Tool(indicators, asks.AskIndicators),
        Tool(meetings, asks.AskMeetings),
        Tool(instruments, asks.AskInstruments),
        Tool(reports, asks.AskReports),
        Tool(life, asks.AskLife),
        Tool(matters_arising, asks.AskMatters),
    )
}
"""Every tool, in the order in which a machine may best read them."""


def ask(name: str, given: Mapping[str, Any]) -> Answer:
    """Answer a question. Raises ``InputRefused`` for a tool that is not there and for what it cannot take."""
    tool = TOOLS.get(name)
    if tool is None:
        raise InputRefused("tool", f"there is none called “{name[:40]}”", f"name one of: {', '.join(TOOLS)}")
    try:
        asked = tool.takes.model_validate(dict(given))
    except ValidationError as error:
        raise _refused(name, tool, error) from error
    return tool.answer(asked)


def _refused(name: str, tool: Tool, error: ValidationError) -> FollowthroughError:
    """Return what is wrong with an input, in one line: the first thing, and how many more there are."""
    first, *more = error.errors(include_url=False, include_input=False)
    where = ".".join(str(part)[:40] for part in first["loc"]) or "input"
    takes = ", ".join(tool.takes.model_fields)
    others = f" ({len(more)} more)" if more else ""
    return InputRefused(name, f"{first['msg'].lower()}{others}", f"it takes: {takes}", where)
