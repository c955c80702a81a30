"""Open data for everybody: what there is, each file, what every column holds, and texts with their commitments."""

from __future__ import annotations

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.packs.schema import TABLES
from followthrough.web.exchange.marked_texts import marked_text, texts_held
from followthrough.web.exchange.open_files import open_register
from followthrough.web.kit.downloads import text_answer

MEDIA = {".csv": "text/csv", ".json": "application/json", ".jsonld": "application/ld+json"}


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Show what of the register can be taken away as a whole, with its licence, day and citation."""
    context = {"found": open_register(), "texts": texts_held(request.user)}
    return render(request, "exchange/open_data.html", context)


@require_safe
def data_file(_request: HttpRequest, name: str) -> HttpResponse:
    """Answer with one file of the open data."""
    found = open_register().files.get(name)
    if found is None:
        raise Http404(_("The open data has no file “%(name)s”.") % {"name": name})
    return text_answer(found.content.decode(), MEDIA[PurePath(name).suffix], name)


@require_safe
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """Show what every column of every table holds, as the schema says it."""
    return render(request, "exchange/data_dictionary.html", {"tables": TABLES})


@require_safe
def text(request: HttpRequest, doc: str) -> HttpResponse:
    """Answer with a document as Akoma Ntoso, its commitments marked; only where its official words are held."""
    found = marked_text(doc, request.user)
    if found is None:
        raise Http404(_("No official words of this document are held."))
    return text_answer(found.decode(), "application/akn+xml", f"{doc}.akn.xml")
