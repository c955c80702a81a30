"""The pages on which a spreadsheet is uploaded, understood, compared with the register and imported."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.errors import InputRefused
from followthrough.web.accounts.policy import refusal
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import documents_where
from followthrough.web.exchange.actions import undone_imports, uploads
from followthrough.web.exchange.difference_page import labels
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.policy import visible_uploads
from followthrough.web.exchange.sheet_reading import read_sheets
from followthrough.web.kit.addresses import address
from followthrough.web.kit.error_pages import not_possible
from followthrough.web.kit.errors import EditConflict
from followthrough.web.kit.requests import takes_files


@takes_files(uploads.LONGEST_UPLOAD)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheets(request: SignedInRequest) -> HttpResponse:
    """Take a spreadsheet in, and list those that wait."""
    documents = _documents(request)
    if not documents:
        raise refusal(request.user, Permission.ENTER)
    chosen = request.POST.get("document") or request.GET.get("document", "")
    refused, status = "", 200
    if request.method == "POST":
        try:
            return redirect("spreadsheet", _taken_in(request, documents, chosen).pk)
        except InputRefused as error:
            refused, status = str(error), 422
    shown = visible_uploads(request.user).select_related("document", "owner").defer("written", "choices")
    context: dict[str, Any] = {
        "documents": documents,
        "chosen": chosen,
        "refused": refused,
        "waiting": shown.filter(imported=None),
        "imported": shown.exclude(imported=None)[:10],
        "days": uploads.KEPT_FOR.days,
        "megabytes": uploads.LONGEST_UPLOAD // 1_000_000,
    }
    return render(request, "exchange/spreadsheets.html", context, status=status)


def _documents(request: SignedInRequest) -> list[Document]:
    """Return the agreements about which this person may enter evidence, those with most commitments first."""
    found = documents_where(request.user, Permission.ENTER)
    return list(found.annotate(held=Count("provisions__commitments")).order_by("-held", "-adopted", "pk"))


def _taken_in(request: SignedInRequest, documents: list[Document], chosen: str) -> SpreadsheetUpload:
    file = request.FILES.get("file")
    if file is None or not file.name:
        raise InputRefused(_("the form"), _("no file was chosen"), _("choose a spreadsheet"))
    document = next((one for one in documents if one.pk == chosen), None)
    if document is None:
        raise InputRefused(_("the form"), _("no agreement was chosen"), _("choose the one that the rows are about"))
    data, name = file.read(uploads.LONGEST_UPLOAD + 1), file.name
    return uploads.keep_upload(data, name, document, lambda: read_sheets(data, name), by=request.user)


def upload_or_404(request: SignedInRequest, key: int) -> SpreadsheetUpload:
    """Return an upload that this person may see; for anybody else it does not exist."""
    found = visible_uploads(request.user).select_related("document", "owner").filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such spreadsheet, or it is not yours, or it was discarded."))
    return found


@sign_in_required
@require_http_methods(["POST"])
def discard(request: SignedInRequest, key: int) -> HttpResponse:
    """Discard an upload: its bytes are deleted."""
    try:
        uploads.discard(upload_or_404(request, key), by=request.user)
    except EditConflict as error:
        return not_possible(request, error.says, address("import"))
    return redirect("import")


@sign_in_required
@require_http_methods(["POST"])
def undo(request: SignedInRequest, key: int) -> HttpResponse:
    """Take an import back; what stands against it is named on its page."""
    held = upload_or_404(request, key)
    try:
        undone_imports.undo_import(held, by=request.user)
    except EditConflict as error:
        return render(request, "exchange/imported.html", imported_context(held, error), status=409)
    return redirect("spreadsheet", held.pk)


def imported_context(held: SpreadsheetUpload, refused: EditConflict | None = None) -> dict[str, Any]:
    """Return what the page of an import shows; ``refused`` is why it was not taken back."""
    counts = held.choices.get("counts", {})
    told = [(words, counts[name]) for name, words in labels().items() if any(counts.get(name, {}).values())]
    return {"upload": held, "counts": told, "refused": refused}
