"""The pages of one upload: the sheet as it was understood, what importing it would change, and what is wrong in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.errors import InputRefused
from followthrough.model.letters import to_letters
from followthrough.model.vocabulary import PublisherKind
from followthrough.web.accounts.models import Grant
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.assessments.actions.imported_rounds import RatedRound
from followthrough.web.exchange import forms, sheet_page
from followthrough.web.exchange.actions import saved_maps, spreadsheets, uploads
from followthrough.web.exchange.actions.row_merging import onto_register
from followthrough.web.exchange.difference_page import ratings_table, tables_of
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.sheet_reading import Reading, read_upload
from followthrough.web.exchange.views import imported_context, upload_or_404
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import Sheet, xlsx_answer
from followthrough.web.kit.error_pages import not_possible
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.requests import whole_number

RECORDS = ("activities", "claims", "observations", "ratings")
"""The tables whose rows are what a sheet is about; the others stand around them."""


def _read(request: SignedInRequest, held: SpreadsheetUpload) -> Reading:
    party = Grant.objects.filter(user=held.owner, party__isnull=False).values_list("party__name", flat=True).first()
    source = {
        "source_url": request.build_absolute_uri(address("spreadsheet", held.pk)),
        "source_title": held.name,
        "publisher": party or "",
        "publisher_kind": str(PublisherKind.PARTY),
        "language": "en",
    }
    return read_upload(held, request.user, source)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet(request: SignedInRequest, key: int) -> HttpResponse:
    """Show the sheet as it was understood; a POST keeps the map and reads it again, or goes on to the difference."""
    held = upload_or_404(request, key)
    if held.imported:
        return render(request, "exchange/imported.html", imported_context(held))
    try:
        reading = _read(request, held)
        if request.method == "POST":
            return _decided(request, reading)
    except InputRefused as error:
        return not_possible(request, str(error), address("import"))
    return _page(request, reading)


def _decided(request: SignedInRequest, reading: Reading) -> HttpResponse:
    """Keep what the form says; show the page again with what is still wrong, or go on."""
    problems: dict[str, str] = {}
    one = forms.map_of(request, reading, problems)
    onwards = request.POST.get("do") == "next"
    try:
        seen = whole_number(request.POST.get("revision", "")) or 0
        held = uploads.set_choices(reading.upload, forms.choices_of(one), by=request.user, seen=seen)
        if onwards and request.POST.get("keep", "").strip():
            saved_maps.save_map(
                request.POST["keep"], one.signature, forms.kept_for_next(one), held.document, by=request.user
            )
    except EditConflict as error:
        return _page(request, reading, {"overtaken": error}, 409)
    except InvalidEntry as error:
        problems |= error.problems
        held = upload_or_404(request, reading.upload.pk)
    if not onwards and not problems:
        return redirect(address("spreadsheet", held.pk) + "#sheet")
    again = _read(request, held)
    if again.needs_source and not one.fixed.get("publisher"):
        problems["sources.publisher"] = _("say who published it: your ministry, party or secretariat")
    if problems or again.problems:
        return _page(request, again, {"problems": problems, "refused": bool(again.problems)}, 422)
    return redirect("spreadsheet-difference", held.pk)


def _page(
    request: SignedInRequest, reading: Reading, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    fixed = reading.map.fixed
    context = {
        **sheet_page.page_context(reading),
        "typed": {f"sources.{name}": fixed.get(key, "") for name, key in forms.SOURCE_CELLS.items()},
        "publisher_kinds": tuple(PublisherKind),
        "keep": request.POST.get("keep", reading.remembered or reading.map.name),
        **(more or {}),
    }
    return render(request, "exchange/spreadsheet.html", context, status=status)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: SignedInRequest, key: int) -> HttpResponse:
    """Show what importing the sheet would change; a POST imports it, where nothing changed since it was shown."""
    held = upload_or_404(request, key)
    if held.imported:
        return redirect("spreadsheet", held.pk)
    try:
        reading = _read(request, held)
        if reading.problems:
            return redirect("spreadsheet", held.pk)
        rows = onto_register({k: v for k, v in reading.applied.rows.items() if v}, held.document, by=request.user)
        given = reading.applied.ratings
        rated = spreadsheets.rated_round(held.document, held.name, reading.map, given, by=request.user)
        return _compared(request, reading, rows, rated)
    except (InputRefused, NotAllowed) as error:
        return not_possible(request, str(error), address("spreadsheet", held.pk))


def _compared(
    request: SignedInRequest, reading: Reading, rows: dict[str, list[Any]], rated: RatedRound | None
) -> HttpResponse:
    held, overtaken, status = reading.upload, None, 200
    if request.method == "POST":
        try:
            spreadsheets.import_rows(held, rows, by=request.user, seen=request.POST.get("stamp", ""), rated=rated)
            return redirect("spreadsheet", held.pk)
        except EditConflict as error:
            overtaken, status = error, 409
    what = spreadsheets.compare(held, rows, by=request.user)
    names = {party.id: party.names[-1] for party in reading.known.parties}
    names |= {one.id: f"{one.id.rpartition('/')[2]} {one.summary}" for one in reading.known.commitments}
    names |= {
        str(row["id"]): str(row["title"]) for name in ("activities", "sources", "series") for row in rows.get(name, ())
    }
    names |= {str(row["id"]): str(row["statement"]) for row in rows.get("claims", ())}
    tables = tables_of(what, names) + ([ratings_table(rated)] if rated else [])
    records = [one for one in tables if one.name in RECORDS]
    context = {
        "upload": held,
        "tables": tables,
        "added": sum(one.added for one in records),
        "changed": sum(one.changed for one in records),
        "same": sum(one.same for one in records),
        "records": reading.applied.records,
        "anything": bool(what.changes or rated),
        "misfits": spreadsheets.misfits(what.changes),
        "stamp": spreadsheets.stamp(what, rated),
        "told": reading.applied.told,
        "overtaken": overtaken,
    }
    return render(request, "exchange/difference.html", context, status=status)


@sign_in_required
@never_cache
@require_safe
def errors(request: SignedInRequest, key: int) -> HttpResponse:
    """Answer with a copy of the sheet, its cells as text, with a first column that says what is wrong with each row."""
    held = upload_or_404(request, key)
    try:
        reading = _read(request, held)
    except InputRefused as error:
        return not_possible(request, str(error), address("import"))
    said: dict[int, list[str]] = {}
    for one in reading.problems:
        said.setdefault(one.row, []).append(one.beside_its_row)
    sheet = reading.understood.sheet
    columns = (_("What is wrong"), _("Row"), *(to_letters(at + 1).upper() for at in range(sheet.width)))
    rows: list[tuple[str | int, ...]] = [
        ("\n".join(said.get(at, [])), at, *(cell.text for cell in row)) for at, row in enumerate(sheet.rows, start=1)
    ]
    return xlsx_answer(Sheet(f"{slugify(held.name.rpartition('.')[0])[:60] or 'sheet'}-checked", columns, rows))
