"""The pages of a party's workbook, whoever brings it back: taken, compared row by row, written or discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from followthrough.errors import InputRefused
from followthrough.spreadsheets.row_form_writing import row_form_bytes
from followthrough.web.agreements.models import Party
from followthrough.web.followup.actions import workbooks as actions
from followthrough.web.followup.actions.workbooks import Sender
from followthrough.web.followup.models import Cycle, Workbook
from followthrough.web.followup.signed_links import voice_of
from followthrough.web.followup.workbooks import KINDS, own_headings, plan_of, plan_stamp, sheet_of
from followthrough.web.kit.downloads import Sheet, workbook_answer, xlsx_answer
from followthrough.web.kit.error_pages import not_possible
from followthrough.web.kit.errors import EditConflict
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp

SHOWN = 300
"""Rows of a difference that a page shows."""
FILE = "file"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the workbooks of a kind are worked on, by an account or a signed link, for a party.

    Attributes:
        by: who speaks for the party.
        here: the page on which a workbook is taken and brought back.
        after: the page on which what was written stands.
        workbook: returns the page of one that came back.
        marked: returns the address of its table with what is wrong.
        longest: how many bytes it may have.
    """

    by: Sender
    cycle: Cycle
    party: Party
    of: str
    here: str
    after: str
    workbook: Callable[[int], str]
    marked: Callable[[int], str]
    longest: int


def give_workbook(desk: Desk) -> HttpResponse:
    """Answer with the workbook of a party, to be filled in."""
    cycle, party, kind, heads = desk.cycle, desk.party, KINDS[desk.of], own_headings()
    form, said = kind.form(cycle, party, voice_of(desk.by, cycle, party.pk)), kind.instructions(cycle, party)
    data = row_form_bytes(form, said, id_heading=heads[0], version_heading=heads[1])
    return workbook_answer(data, f"{slugify(f'{cycle.pk} {party.pk} {desk.of}')}.xlsx")


def workbook_desk(request: HttpRequest, desk: Desk, waiting: list[Workbook], more: Mapping[str, Any]) -> HttpResponse:
    """Show where the workbook is taken and brought back, and what waits; take one."""
    refused = ""
    if request.method == "POST":
        try:
            return redirect(desk.workbook(_taken_in(request, desk).pk))
        except (InputRefused, EditConflict) as error:
            refused = str(error)
    context = {
        "cycle": desk.cycle, "party": desk.party, "of": desk.of, "refused": refused, "back": desk.after,
        "waiting": [(one, desk.workbook(one.pk)) for one in waiting],
        "instructions": KINDS[desk.of].instructions(desk.cycle, desk.party)[2:], "days": actions.KEPT_FOR.days,
        "megabytes": f"{desk.longest / 1_000_000:.2g}", **more,
    }  # fmt: skip
    return render(request, "followup/excel.html", context, status=422 if refused else 200)


def _taken_in(request: HttpRequest, desk: Desk) -> Workbook:
    file = request.FILES.get(FILE)
    if file is None or not file.name:
        raise InputRefused(_("the form"), _("no file was chosen"), _("choose the workbook that you filled in"))
    data = file.read(actions.LONGEST_UPLOAD + 1)
    return actions.keep_workbook(desk.cycle, desk.party, desk.of, (file.name, data), by=desk.by)


def workbook_page(request: HttpRequest, held: Workbook, desk: Desk, more: Mapping[str, Any]) -> HttpResponse:
    """Show row by row what a workbook would change; write all of it, or discard it."""
    if held.written:
        return redirect(desk.here)
    outcome, written = Outcome(), list[int]()
    if request.method == "POST":
        if request.POST.get("do") == "discard":
            outcome = run_action(lambda: actions.discard_workbook(held, by=desk.by))
        else:
            outcome = run_action(lambda: written.append(_write(request, held, desk.by)))
        if outcome.done:
            said = actions.written_words(written[0]) if written else _("The workbook was discarded.")
            messages.success(request, said)
            return redirect(desk.after if written else desk.here)
    try:
        found = plan_of(held, voice_of(desk.by, desk.cycle, desk.party.pk))
    except InputRefused as error:
        return not_possible(request, str(error), desk.here)
    context = {
        "workbook": held, "cycle": held.cycle, "plan": found, "stamp": plan_stamp(found), "back": desk.here,
        "marked": desk.marked(held.pk), "changes": found.changes[:SHOWN], "refusals": found.refused[:SHOWN],
        "typed": request.POST, "same": found.read - found.changed_rows - found.refused_rows, **more, **outcome.context,
    }  # fmt: skip
    return render(request, "followup/workbook.html", context, status=outcome.status)


def _write(request: HttpRequest, held: Workbook, by: Sender) -> int:
    decided = {
        name.removeprefix("take."): value == FILE for name, value in request.POST.items() if name.startswith("take.")
    }
    return actions.write_workbook(held, decided, by=by, seen=seen_stamp(request))


def marked_workbook(request: HttpRequest, held: Workbook, desk: Desk) -> HttpResponse:
    """Answer with the table as it came, row for row, with a first column that says what is wrong."""
    try:
        found = plan_of(held, voice_of(desk.by, desk.cycle, desk.party.pk))
    except InputRefused as error:
        return not_possible(request, str(error), desk.here)
    said: dict[int, list[str]] = {}
    for one in found.refused:
        said.setdefault(one.number, []).append(f"{one.cell}: {one.what}; {one.do}")
    head, *rows = [
        ("\n".join(said.get(at, [])), *(cell.text for cell in row)) for at, row in enumerate(sheet_of(held).rows, 1)
    ]
    columns = (_("What to correct"), *head[1:])
    return xlsx_answer(Sheet(f"{slugify(held.name.rpartition('.')[0])[:60] or 'workbook'}-marked", columns, rows))
