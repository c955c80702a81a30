"""The workbook of a party: taken, uploaded, compared row by row with what is saved, written or discarded."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.errors import InputRefused
from followthrough.spreadsheets.row_form_writing import row_form_bytes
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.agreements.models import Party
from followthrough.web.followup.actions import workbooks as actions
from followthrough.web.followup.cycle_views import cycle_or_404
from followthrough.web.followup.models import Cycle, Workbook
from followthrough.web.followup.policy import own_reports, own_workbooks
from followthrough.web.followup.workbooks import KINDS, own_headings, plan_of, plan_stamp, sheet_of
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import Sheet, workbook_answer, xlsx_answer
from followthrough.web.kit.error_pages import not_possible
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp
from followthrough.web.kit.requests import takes_files

SHOWN = 300
"""Rows of a difference that a page shows."""
FILE = "file"
_AFTER = {"reports": "own-reports", "record": "own-record"}
"""The pages on which what was written stands."""


@takes_files(actions.LONGEST_UPLOAD)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reports_in_excel(request: SignedInRequest, key: str, ext: str = "") -> HttpResponse:
    """Give the workbook of a party's reports, and take it back."""
    return _in_excel(request, key, ext, "reports")


@takes_files(actions.LONGEST_UPLOAD)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_in_excel(request: SignedInRequest, key: str, ext: str = "") -> HttpResponse:
    """Give the workbook of what is on record of a party, and take it back."""
    return _in_excel(request, key, ext, "record")


def _in_excel(request: SignedInRequest, key: str, ext: str, of: str) -> HttpResponse:
    cycle = cycle_or_404(request, key)
    parties = list(Party.objects.filter(pk__in=own_reports(request.user).filter(cycle=cycle).values("party")))
    chosen = request.POST.get("party") or request.GET.get("party", "")
    party = next((one for one in parties if one.pk == chosen), parties[0] if parties else None)
    if party is None:
        raise Http404(_("This cycle asks nothing of a party that you speak for."))
    if ext:
        return _workbook(request, cycle, party, of)
    refused = ""
    if request.method == "POST":
        try:
            return redirect(address("workbook", _taken_in(request, cycle, party, of).pk))
        except InputRefused as error:
            refused = str(error)
    waiting = own_workbooks(request.user).filter(cycle=cycle, party=party, of=of, written=None).defer("cells")
    context = {
        "cycle": cycle, "party": party, "parties": parties, "of": of, "refused": refused, "waiting": list(waiting),
        "instructions": KINDS[of].instructions(cycle, party)[2:], "days": actions.KEPT_FOR.days,
        "megabytes": actions.LONGEST_UPLOAD // 1_000_000,
    }  # fmt: skip
    return render(request, "followup/excel.html", context, status=422 if refused else 200)


def _workbook(request: SignedInRequest, cycle: Cycle, party: Party, of: str) -> HttpResponse:
    kind = KINDS[of]
    form, said = kind.form(cycle, party, request.user), kind.instructions(cycle, party)
    heads = own_headings()
    data = row_form_bytes(form, said, id_heading=heads[0], version_heading=heads[1])
    return workbook_answer(data, f"{slugify(f'{cycle.pk} {party.pk} {of}')}.xlsx")


def _taken_in(request: SignedInRequest, cycle: Cycle, party: Party, of: str) -> Workbook:
    file = request.FILES.get(FILE)
    if file is None or not file.name:
        raise InputRefused(_("the form"), _("no file was chosen"), _("choose the workbook that you filled in"))
    data = file.read(actions.LONGEST_UPLOAD + 1)
    return actions.keep_workbook(cycle, party, of, (file.name, data), by=request.user)


def _own_or_404(request: SignedInRequest, key: int) -> Workbook:
    held = own_workbooks(request.user).select_related("cycle__document", "party").filter(pk=key).first()
    if held is None:
        raise Http404(_("There is no such workbook, or it is not your party's, or it was discarded."))
    return held


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: SignedInRequest, key: int) -> HttpResponse:
    """Show row by row what a workbook would change; write all of it, or discard it."""
    held = _own_or_404(request, key)
    back = address(f"{held.of}-excel", held.cycle_id)
    if held.written:
        return redirect(back)
    outcome, written = Outcome(), list[int]()
    if request.method == "POST":
        if request.POST.get("do") == "discard":
            outcome = run_action(lambda: actions.discard_workbook(held, by=request.user))
        else:
            outcome = run_action(lambda: written.append(_write(request, held)))
        if outcome.done:
            said = actions.written_words(written[0]) if written else _("The workbook was discarded.")
            messages.success(request, said)
            return redirect(address(_AFTER[held.of], held.cycle_id) if written else back)
    try:
        found = plan_of(held, request.user)
    except InputRefused as error:
        return not_possible(request, str(error), back)
    context = {
        "workbook": held, "cycle": held.cycle, "plan": found, "stamp": plan_stamp(found), "back": back,
        "changes": found.changes[:SHOWN], "refusals": found.refused[:SHOWN], "typed": request.POST,
        "same": found.read - found.changed_rows - found.refused_rows, **outcome.context,
    }  # fmt: skip
    return render(request, "followup/workbook.html", context, status=outcome.status)


def _write(request: SignedInRequest, held: Workbook) -> int:
    decided = {
        name.removeprefix("take."): value == FILE for name, value in request.POST.items() if name.startswith("take.")
    }
    return actions.write_workbook(held, decided, by=request.user, seen=seen_stamp(request))


@sign_in_required
@never_cache
@require_safe
def marked(request: SignedInRequest, key: int) -> HttpResponse:
    """Answer with the table as it came, row for row, with a first column that says what is wrong."""
    held = _own_or_404(request, key)
    try:
        found = plan_of(held, request.user)
    except InputRefused as error:
        return not_possible(request, str(error), address(f"{held.of}-excel", held.cycle_id))
    said: dict[int, list[str]] = {}
    for one in found.refused:
        said.setdefault(one.number, []).append(f"{one.cell}: {one.what}; {one.do}")
    head, *rows = [
        ("\n".join(said.get(at, [])), *(cell.text for cell in row)) for at, row in enumerate(sheet_of(held).rows, 1)
    ]
    columns = (_("What to correct"), *head[1:])
    return xlsx_answer(Sheet(f"{slugify(held.name.rpartition('.')[0])[:60] or 'workbook'}-marked", columns, rows))
