"""What a party answers: read as it was typed, and checked when it is sent.

Answers are kept by the names of their fields, ``stage.stage``, as text; those of check boxes as a list of words. A
draft is kept as typed, whatever it says. A field that is empty means that nothing is said, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.model.typed_dates import read_typed_date
from followthrough.model.typed_figures import read_figure
from followthrough.web.followup.questions import FIGURES, Asked, QuestionKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Answers: TypeAlias = "dict[str, str | list[str]]"
LONGEST = 8000
"""Characters of one answer, 4,000 of most: a draft may be longer than what can be sent, so that nothing is cut."""
LONGEST_SENT = 4000
MOST_ADDRESSES = 20
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,900}", re.IGNORECASE)


class Choice(StrEnum):
    """What a party's answer is; all but the first close the other questions."""

    REPORT = "report"
    NO_CHANGE = "no_change"
    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"


class Step(StrEnum):
    """The furthest step that a party says it can show."""

    OUTCOME = "outcome"
    OUTPUT = "output"
    UNDER_WAY = "under_way"
    PLANNED = "planned"


CHOICES: Mapping[str, tuple[StrPromise, StrPromise]] = {
    Choice.REPORT: (gettext_lazy("There is something to report"), gettext_lazy("The questions below follow.")),
    Choice.NO_CHANGE: (
        gettext_lazy("No change since the last report"),
        gettext_lazy("The last accepted report counts again, with the new date; it is shown as “no change”."),
    ),
    Choice.NOT_YET: (gettext_lazy("Not yet, because"), gettext_lazy("It is meant to be done, and has not begun.")),
    Choice.NOT_APPLICABLE: (
        gettext_lazy("Not applicable to us, because"),
        gettext_lazy("It counts as an answer, and as asked of one party fewer."),
    ),
}
STEPS: Mapping[str, tuple[StrPromise, StrPromise]] = {
    Step.OUTCOME: (
        gettext_lazy("Outcome indicated"),
        gettext_lazy("What the commitment wanted can be seen in a figure or in an independent finding."),
    ),
    Step.OUTPUT: (
        gettext_lazy("Output delivered"),
        gettext_lazy("Something finished can be shown: people trained, a law passed, a course opened."),
    ),
    Step.UNDER_WAY: (gettext_lazy("Under way"), gettext_lazy("Work or payments have begun and go on.")),
    Step.PLANNED: (gettext_lazy("Planned"), gettext_lazy("Decided or announced; nothing has begun.")),
}
OBSTACLES: Mapping[str, StrPromise] = {
    "money": gettext_lazy("Money"),
    "people": gettext_lazy("People and skills"),
    "law": gettext_lazy("Law or procedure"),
    "others": gettext_lazy("Waiting for another party"),
    "data": gettext_lazy("Data"),
    "nothing": gettext_lazy("Nothing"),
}


def read_answers(questions: Sequence[Asked], typed: Mapping[str, list[str]]) -> Answers:
    """Return what was typed into the fields of ``questions``, empty ones left out; nothing is checked or changed.

    Text longer than ``LONGEST`` characters is cut, which the form's own limit does before.
    """
    found: Answers = {}
    for one in questions:
        for name in one.fields:
            values = [value.replace("\r\n", "\n").strip()[:LONGEST] for value in typed.get(name, [])]
            if one.kind is QuestionKind.OBSTACLES and name.endswith(".any"):
                chosen = [value for value in OBSTACLES if value in values]
                if chosen:
                    found[name] = chosen
            elif values and values[-1]:
                found[name] = values[-1]
    return found


def problems_of(questions: Sequence[Asked], answers: Answers, *, follows: bool) -> dict[str, str]:
    """Return what keeps answers from being sent, by the name of the field; ``follows`` is a report that came before."""
    problems: dict[str, str] = {}
    first = next(one for one in questions if one.kind is QuestionKind.ANSWER)
    choice = text_of(answers, f"{first.key}.choice")
    because = text_of(answers, f"{first.key}.because")
    if choice not in CHOICES:
        problems[f"{first.key}.choice"] = _("choose one of these answers")
    elif choice == Choice.NO_CHANGE and not follows:
        problems[f"{first.key}.choice"] = _("no report of yours came before that could count again")
    elif choice in (Choice.NOT_YET, Choice.NOT_APPLICABLE) and not because:
        problems[f"{first.key}.because"] = _("say why")
    for one in questions:
        if choice == Choice.REPORT and (check := _CHECKS.get(one.kind)):
            check(one, answers, problems)
        for name in one.fields:
            if len(text_of(answers, name)) > LONGEST_SENT:
                problems[name] = _("write at most 4,000 characters")
    return problems


def text_of(answers: Answers, name: str) -> str:
    """Return the text of a field, empty where nothing was said."""
    value = answers.get(name, "")
    return value if isinstance(value, str) else ""


def list_of(answers: Answers, name: str) -> list[str]:
    """Return the words chosen in a field of check boxes."""
    value = answers.get(name, [])
    return value if isinstance(value, list) else []


def figures_of(asked: Asked, answers: Answers) -> list[tuple[str, str, str]]:
    """Return the figures of a report: of what, the value as written, the unit; empty rows left out."""
    rows = [
        (
            text_of(answers, f"{asked.key}.of-{at}"),
            text_of(answers, f"{asked.key}.value-{at}"),
            text_of(answers, f"{asked.key}.unit-{at}"),
        )
        for at in range(1, FIGURES + 1)
    ]
    return [row for row in rows if any(row)]


def addresses_of(asked: Asked, answers: Answers) -> list[str]:
    """Return the public addresses that a report gives as evidence."""
    return text_of(answers, f"{asked.key}.addresses").split()


def _check_stage(asked: Asked, answers: Answers, problems: dict[str, str]) -> None:
    if text_of(answers, f"{asked.key}.stage") not in STEPS:
        problems[f"{asked.key}.stage"] = _("choose the furthest step that you can show")


def _check_text(asked: Asked, answers: Answers, problems: dict[str, str]) -> None:
    if not text_of(answers, f"{asked.key}.text"):
        problems[f"{asked.key}.text"] = _("write at least a sentence")


def _check_figures(asked: Asked, answers: Answers, problems: dict[str, str]) -> None:
    for at in range(1, FIGURES + 1):
        of, value, unit = (text_of(answers, f"{asked.key}.{part}-{at}") for part in ("of", "value", "unit"))
        if (of or unit) and not value:
            problems[f"{asked.key}.value-{at}"] = _("give the figure, or empty this row")
        elif value and not of:
            problems[f"{asked.key}.of-{at}"] = _("say what the figure counts")
        elif value:
            try:
                read_figure(value)
            except ValueError:
                problems[f"{asked.key}.value-{at}"] = _("“%(value)s” is no number; write 68181 or 68,181") % {
                    "value": value[:40]
                }


def _check_obstacles(asked: Asked, answers: Answers, problems: dict[str, str]) -> None:
    chosen = list_of(answers, f"{asked.key}.any")
    if "nothing" in chosen and len(chosen) > 1:
        problems[f"{asked.key}.any"] = _("“nothing” cannot stand beside something else")


def _check_next_step(asked: Asked, answers: Answers, problems: dict[str, str]) -> None:
    by = text_of(answers, f"{asked.key}.by")
    if by:
        try:
            read_typed_date(by)
        except ValueError as error:
            problems[f"{asked.key}.by"] = str(error)


def _check_evidence(asked: Asked, answers: Answers, problems: dict[str, str]) -> None:
    addresses = addresses_of(asked, answers)
    wrong = [one for one in addresses if not _ADDRESS.fullmatch(one)]
    if wrong:
        problems[f"{asked.key}.addresses"] = _("“%(wrong)s” is no address of a page; write https://...") % {
            "wrong": wrong[0][:80]
        }
    elif len(addresses) > MOST_ADDRESSES:
        problems[f"{asked.key}.addresses"] = _("give at most 20 addresses")


_CHECKS: Mapping[QuestionKind, Callable[[Asked, Answers, dict[str, str]], None]] = {
    QuestionKind.STAGE: _check_stage,
    QuestionKind.TEXT: _check_text,
    QuestionKind.FIGURES: _check_figures,
    QuestionKind.OBSTACLES: _check_obstacles,
    QuestionKind.NEXT_STEP: _check_next_step,
    QuestionKind.EVIDENCE: _check_evidence,
}
