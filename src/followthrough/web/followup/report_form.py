"""The reports of a party as the form of a workbook: a row a report, a column a field of its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from followthrough.spreadsheets.row_form import SEVERAL, ColumnKind, FormColumn, FormRow, RowForm
from followthrough.spreadsheets.row_form_plan import Versions
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.models import Party
from followthrough.web.followup.answers import CHOICES, OBSTACLES, STEPS, Answers
from followthrough.web.followup.clock import local
from followthrough.web.followup.models import Assignment, Cycle, Report, SavedDraft
from followthrough.web.followup.policy import own_reports
from followthrough.web.followup.questions import Asked, QuestionKind
from followthrough.web.followup.reading import asked_of
from followthrough.web.followup.states import Answering
from followthrough.web.kit.wording import day

ROW = "report-"
"""What the id of a row begins with: no spreadsheet takes it for a number."""
_LONGEST_FIXED = 1500


def reports_form(cycle: Cycle, party: Party, by: Actor) -> RowForm:
    """Return the form of what a cycle asks of a party that ``by`` speaks for."""
    held = own_reports(by).filter(cycle=cycle, party=party).select_related("provision__parent").order_by("position")
    reports = list(held)
    promised: dict[int, list[str]] = {}
    asked = Assignment.objects.filter(report__in=[one.pk for one in reports]).order_by("commitment__position")
    for key, summary, verb in asked.values_list("report", "commitment__summary", "commitment__verb"):
        promised.setdefault(key, []).append(summary or verb)
    rows = [_row(one, promised.get(one.pk, [])) for one in reports]
    return RowForm(f"{cycle.pk}/{party.pk}/reports", _("Reports"), _columns(asked_of(cycle.pk)), tuple(rows))


def _row(report: Report, promised: Iterable[str]) -> FormRow:
    home = report.provision
    title = f"{home.num} {home.title}".strip()
    section = f"{home.parent.num} {home.parent.title}".strip() if home.parent else ""
    fixed = {"section": section, "paragraph": title, "commitments": "\n".join(promised)[:_LONGEST_FIXED]}
    closed = ""
    if report.answered_with_id:
        closed = _("it is answered together with another report")
    elif report.state == Answering.SENT:
        closed = _("it was sent, and waits for the secretariat")
    elif report.state in (Answering.ACCEPTED, Answering.PUBLISHED):
        closed = _("it was accepted already")
    return FormRow(f"{ROW}{report.pk}", title, report.number, values_of(report.answers) | fixed, closed)


def values_of(answers: Answers) -> dict[str, str]:
    """Return answers as the cells of a row hold them."""
    return {name: said if isinstance(said, str) else SEVERAL.join(said) for name, said in answers.items()}


def answers_of(questions: Iterable[Asked], values: Mapping[str, str]) -> Answers:
    """Return the cells of a row as the answers of a report."""
    found: Answers = {}
    for one in questions:
        for name in one.fields:
            if said := values.get(name, ""):
                several = one.kind is QuestionKind.OBSTACLES and name.endswith(".any")
                found[name] = said.split(SEVERAL) if several else said
    return found


def report_versions(cycle: Cycle, party: Party, wanted: Iterable[tuple[str, int]]) -> Versions:
    """Return what reports of a party said in earlier drafts, by the id of the row and the number of the draft."""
    numbers = {(int(key.removeprefix(ROW)), version) for key, version in wanted}
    held = SavedDraft.objects.filter(
        report__cycle=cycle, report__party=party, number__in={version for _key, version in numbers}, aside=False
    )
    found: dict[tuple[str, int], dict[str, str]] = {(f"{ROW}{key}", 0): {} for key, at in numbers if at == 0}
    for key, number, answers in held.values_list("report", "number", "answers"):
        if (key, number) in numbers:
            found[f"{ROW}{key}", number] = values_of(answers)
    return found


def _columns(questions: Iterable[Asked]) -> tuple[FormColumn, ...]:
    fixed = (
        FormColumn("section", _("Section"), ColumnKind.FIXED, width=18),
        FormColumn("paragraph", _("Paragraph"), ColumnKind.FIXED, width=26),
        FormColumn("commitments", _("What was agreed"), ColumnKind.FIXED, width=40),
    )
    return (*fixed, *(column for one in questions for column in _of_question(one)))


def _of_question(one: Asked) -> Iterable[FormColumn]:
    for name in one.fields:
        part, _dash, number = name.removeprefix(f"{one.key}.").partition("-")
        label = _part_words().get(part, "")
        heading = f"{one.words} {number}".strip() + (f" ({label})" if label else "")
        kind, choices = _kind(one, part)
        wide = 48 if one.kind in (QuestionKind.TEXT, QuestionKind.OPTIONAL_TEXT) else 24
        hint = _("one or more of the list, with a semicolon between them") if kind is ColumnKind.CHOICES else one.hint
        yield FormColumn(name, heading, kind, choices, hint, width=wide, folded=bool(number) and number != "1")


def _kind(one: Asked, part: str) -> tuple[ColumnKind, tuple[tuple[str, str], ...]]:
    if part in ("choice", "stage"):
        listed = CHOICES if part == "choice" else STEPS
        return ColumnKind.CHOICE, tuple((value, str(words[0])) for value, words in listed.items())
    if one.kind is QuestionKind.OBSTACLES and part == "any":
        return ColumnKind.CHOICES, tuple((value, str(words)) for value, words in OBSTACLES.items())
    kinds = {"by": ColumnKind.DATE, "value": ColumnKind.FIGURE}
    return kinds.get(part, ColumnKind.TEXT), ()


def _part_words() -> dict[str, str]:
    return {
        "because": _("because"), "of": _("what it counts"), "value": _("figure"), "unit": _("unit"),
        "by": _("by when: a year, a month or a day"), "addresses": _("public addresses, one on a line"),
    }  # fmt: skip


def report_instructions(cycle: Cycle, party: Party) -> list[str]:
    """Return what the first sheet of the workbook says."""
    dates = {"due": day(local(cycle.due, cycle.zone).date().isoformat()), "zone": cycle.zone}
    return [
        _("%(title)s: the reports of %(party)s") % {"title": cycle.title, "party": party.name},
        _("Due on %(due)s (%(zone)s). One row of the sheet “Reports” is one report.") % dates,
        _("Fill in the white cells. The grey ones are fixed: what is changed there is not taken."),
        _("Leave the first two columns as they are: by them each row is found again. Rows and columns may be moved."),
        _("A row that you take out is not touched. A cell that you empty takes that answer back."),
        _("Choose from the lists where there are any. Write figures as 68181 or 68,181; dates as 2026-12-31."),
        _("Further figures stand in columns that are folded away: open them with the plus sign above the columns."),
        _("Then upload the file. You see the difference row by row first; all of it is written, or nothing."),
        _("It is saved as your office's drafts: reports are sent in the browser, one by one."),
    ]
