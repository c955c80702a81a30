"""The page of a file with its text, its download, and the files of a source: attached, shared, withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.errors import InputRefused
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Source
from followthrough.web.agreements.policy import documents_where, require_somewhere, visible_sources
from followthrough.web.files import scanning
from followthrough.web.files.actions import attachments
from followthrough.web.files.actions.attachments import Attached
from followthrough.web.files.actions.receiving import LONGEST_FILE
from followthrough.web.files.kinds import download_name, kinds
from followthrough.web.files.models import StoredFile
from followthrough.web.files.policy import names_of, visible_files, visible_source_files
from followthrough.web.files.quotes import passages
from followthrough.web.files.storage import FileGone, storage
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action, typed_text
from followthrough.web.kit.requests import takes_files, whole_number
from followthrough.web.limits.limiter import TooMany

SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A file that somebody opens in the browser all the same runs nothing, loads nothing and belongs to no origin."""
SHOWN = 1_500
"""Characters of the text with which the page of a file begins."""


def _file_or_404(request: HttpRequest, key: int) -> StoredFile:
    found = visible_files(request.user).filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such file, or you may not see it."))
    return found


@never_cache
@require_safe
def file(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a file is, where it is attached, and its text: passages with some words can be quoted."""
    held = _file_or_404(request, key)
    query = request.GET.get("q", "").strip()[:200]
    links = list(visible_source_files(request.user).filter(file=held, withdrawn="").select_related("source"))
    documents = list(documents_where(request.user, Permission.ENTER).order_by("-adopted", "pk")[:50]) if links else []
    chosen = next((one for one in documents if one.pk == request.GET.get("doc")), documents[0] if documents else None)
    kind = kinds().get(held.kind)
    context: dict[str, Any] = {
        "file": held, "names": names_of(held, request.user), "kind": kind, "links": links, "query": query,
        "found": passages(held.words, query), "beginning": held.words[:SHOWN].strip(),
        "more": len(held.words) > SHOWN, "documents": documents, "chosen": chosen,
    }  # fmt: skip
    return render(request, "files/file.html", context)


@never_cache
@require_safe
def download(request: HttpRequest, key: int) -> HttpResponse | StreamingHttpResponse:
    """Hand out a file as it was sent: to be saved, never shown as a page of ours."""
    held = _file_or_404(request, key)
    kind = kinds().get(held.kind)
    pieces = storage().pieces(held.sha256)
    try:
        first = next(pieces, b"")
    except FileGone:
        raise Http404(_("This file is on record, and its storage does not have it or does not answer.")) from None
    names = names_of(held, request.user)
    name = download_name(names[0], kind) if kind and names else held.sha256

    def whole() -> Any:
        yield first
        yield from pieces

    answer = StreamingHttpResponse(whole(), content_type=kind.type if kind else "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Length"] = str(held.size)
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Encoding"] = "identity"  # not packed again: its length is told
    return answer


@takes_files(LONGEST_FILE)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def source_files(request: SignedInRequest, key: str) -> HttpResponse:
    """List the files of a source and attach one; share one with everybody, or withdraw it."""
    source = visible_sources(request.user).filter(pk=key).first()
    if source is None:
        raise Http404(_("The register holds no source “%(key)s”.") % {"key": key})
    require_somewhere(request.user, Permission.ENTER)
    outcome, refused, status, done = Outcome(), "", 200, list[Attached]()
    if request.method == "POST":
        try:
            outcome = run_action(lambda: _do(request, source, done))
            if outcome.done and not done:
                return redirect(address("source-files", key))
            status = outcome.status
        except (InputRefused, TooMany) as error:
            refused, status = str(error), 429 if isinstance(error, TooMany) else 422
    held = visible_source_files(request.user).filter(source=source).select_related("file")
    context = {
        "source": source, "held": [one for one in held if not one.withdrawn],
        "gone": [one for one in held if one.withdrawn],
        "refused": refused, "done": done[0] if done else None, "megabytes": LONGEST_FILE // 1_000_000,
        "kinds": kinds(), "scanned": scanning.is_configured(), "typed": request.POST, **outcome.context,
    }  # fmt: skip
    return render(request, "files/source_files.html", context, status=status)


def _do(request: SignedInRequest, source: Source, done: list[Attached]) -> None:
    """Do what the pressed button says; what was attached goes to ``done``."""
    do = request.POST.get("do", "")
    if do == "attach":
        shared = request.POST.get("shared") == "yes"
        note = typed_text(request, "note")
        done.append(
            attachments.attach_to_source(source, request.FILES.get("file"), note, shared=shared, by=request.user)
        )
        return
    number = whole_number(request.POST.get("link", ""))
    link = visible_source_files(request.user).filter(source=source, pk=number).first() if number else None
    if link is None:
        raise InvalidEntry({"link": _("choose one of the files of this page")})
    if do == "withdraw":
        attachments.withdraw(link, typed_text(request, "reason"), by=request.user)
    elif do in ("share", "keep"):
        attachments.share(link, do == "share", by=request.user)
    else:
        raise InvalidEntry({"do": _("press one of the buttons of this page")})
