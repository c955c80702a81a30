"""The pages of the workbench: the list of drafts, the pages of one, its details; for editors only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.errors import InputRefused
from followthrough.model.vocabulary import CommitmentKind, DocumentKind, MissingElement
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import may, refusal
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.comparison import told
from followthrough.web.agreements.models import Document, Party
from followthrough.web.agreements.policy import document_to, editable_documents
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import csv_answer
from followthrough.web.kit.error_pages import not_possible
from followthrough.web.kit.errors import EditConflict
from followthrough.web.kit.requests import takes_files, whole_number
from followthrough.web.records.actions.parties import add_state
from followthrough.web.records.fields import PARTIES, party_fields, picked_parties
from followthrough.web.records.pickers import party_picker
from followthrough.web.workbench import forms, review, rows
from followthrough.web.workbench.actions import discarded_drafts, document_details, drafts, publications, uploads
from followthrough.web.workbench.actions import visibility as showing
from followthrough.web.workbench.actions.document_details import Details
from followthrough.web.workbench.actions.drafts import BadEdit
from followthrough.web.workbench.models import Draft
from followthrough.web.workbench.policy import visible_drafts

AHEAD = {"open": "open", "add-here": "add"}
STRENGTHS = (
    (1, "1 restates"),
    (2, "2 continues"),
    (3, "3 considers"),
    (4, "4 acts"),
    (5, "5 acts, specific"),
)


@takes_files(uploads.LONGEST_UPLOAD)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workbench(request: SignedInRequest) -> HttpResponse:
    """List the drafts that this person may edit; take a file in."""
    refused, status, alike = "", 200, list[uploads.Twin]()
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None or not file.name:
                raise InputRefused("the form", "no file was chosen", "choose the text of an agreement")
            draft = uploads.take_in(
                file.read(uploads.LONGEST_UPLOAD + 1), file.name, request.POST.get("address", ""), by=request.user,
                anyway=bool(request.POST.get("anyway")),
            )  # fmt: skip
            return redirect("draft", draft.pk)
        except uploads.Alike as error:
            alike, status = error.documents, 409
        except InputRefused as error:
            refused, status = str(error), 422
    may_upload = may(request.user, Permission.EDIT)
    drafts = rows.draft_rows(editable_documents(request.user))
    if not drafts and not may_upload:
        raise refusal(request.user, Permission.EDIT)
    context = {
        "drafts": drafts,
        "uploads": may_upload,
        "refused": refused,
        "alike": alike,
        "address": request.POST.get("address", ""),
    }
    return render(request, "workbench/list.html", context, status=status)


def _draft(request: SignedInRequest, doc: str) -> Draft:
    """Return a draft that this person may edit; nobody else is told whether there is one."""
    draft = visible_drafts(request.user).select_related("document").filter(pk=doc).first()
    if draft is None:
        document_to(request.user, Permission.EDIT, doc)
        raise Http404(_("There is no such draft, or it is not yours to edit."))
    return draft


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, doc: str, page: int = 0) -> HttpResponse:
    """Show a page of a draft, or the first on which a decision waits; a POST saves it and does what its button says."""
    held = _draft(request, doc)
    if held.discarded:
        return redirect("discard", doc)
    if not page:
        page = next((one.number for one in rows.page_rows(held.pk) if one.waiting), 1)
    if request.method == "POST":
        return _changed(request, held, page)
    opened, adding = _pointed(request.GET.get("open", "")), _pointed(request.GET.get("add", ""))[0]
    return _page(request, held, page, opened, adding)


def _pointed(text: str) -> tuple[int, int]:
    first, _, second = text[:30].partition(".")
    numbers = [whole_number(part, 12) or 0 for part in (first, second)]
    return numbers[0], numbers[1]


def _changed(request: SignedInRequest, held: Draft, page: int) -> HttpResponse:
    what = forms.asked(request.POST)
    opened, adding = _pointed(request.POST.get("opened", "")), _pointed(request.POST.get("adding", ""))[0]
    try:
        _do(request, held, what)
    except (BadEdit, EditConflict) as error:
        bad = error if isinstance(error, BadEdit) else None
        kept = forms.kept_of(request.POST, forms.edits_of(request.POST, what), bad)
        more = {"kept": kept, "bad" if bad else "overtaken": error}
        return _page(request, held, page, opened, adding, more, status=422 if bad else 409)
    return _onwards(held, page, what, opened)


def _do(request: SignedInRequest, held: Draft, what: forms.Asked) -> None:
    user, edits = request.user, forms.edits_of(request.POST, what)
    turn = _TURNS.get(what.command)
    if turn is None:
        drafts.save(held, edits, by=user)
    elif drafts.unsaved(held, edits):
        raise BadEdit((0, 0, "undo"), "save what you typed first, then undo; nothing was undone")
    else:
        turn(held, by=user, seen=what.provision_draft)


_TURNS = {"undo": drafts.undo, "redo": drafts.redo}


def _onwards(held: Draft, page: int, what: forms.Asked, opened: tuple[int, int]) -> HttpResponse:
    """Return to where the person was working; after a whole page, to the next one."""
    if what.command == "accept-page":
        last = held.provision_drafts.order_by("-page").values_list("page", flat=True).first() or 1
        return redirect("draft-page", held.pk, page + 1) if page < last else redirect("draft-details", held.pk)
    answer = redirect("draft-page", held.pk, page)
    if what.command in AHEAD:
        place = f"{what.provision_draft}.{what.key}" if what.command == "open" else str(what.provision_draft)
        answer["Location"] += f"?{AHEAD[what.command]}={place}#at-{place}"
    elif what.command in ("save", "set", "split") and opened[0]:
        answer["Location"] += f"?open={opened[0]}.{opened[1]}#at-{opened[0]}.{opened[1]}"
    elif what.provision_draft:
        answer["Location"] += f"#p-{what.provision_draft}"
    return answer


def _page(
    request: SignedInRequest, held: Draft, page: int, opened: tuple[int, int], adding: int,
    more: dict[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    pages = rows.page_rows(held.pk)
    at = next((one for one in pages if one.number == page), None)
    if at is None:
        raise Http404(
            _("%(short_title)s has no page %(page)s among its drafts.")
            % {"short_title": held.document.short_title, "page": page}
        )
    kinds, states = rows.kind_counts(held.pk)
    name = request.user.get_username()
    context: dict[str, Any] = {
        "draft": held,
        "doc": held.document,
        "pages": pages,
        "at": at,
        "doubtful": review.doubtful(held.pk),
        "pairs": rows.pairs(held.pk, page, opened, adding, (more or {}).get("kept", forms.NOTHING_KEPT)),
        "opened": opened,
        "kinds": kinds,
        "states": states,
        "live": states["accepted"] + states["suggested"],
        "decided": states["accepted"] + states["rejected"],
        "all": sum(states.values()),
        "undo": drafts.undoable(held, name),
        "redo": drafts.redoable(held, name),
        "latest": held.steps.order_by("-number").first(),
        "kind_names": tuple(CommitmentKind),
        "strengths": STRENGTHS,
        "missing_names": tuple(MissingElement),
    }
    return _shown(request, "workbench/draft.html", context | (more or {}), status)


def _shown(request: SignedInRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """Render a page; where htmx put it in place of another, the browser's address follows."""
    answer = render(request, template, context, status=status)
    if getattr(request, "htmx", False):
        answer["HX-Push-Url"] = request.get_full_path()
    return answer


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: SignedInRequest, doc: str) -> HttpResponse:
    """Show what is said of the document itself, and what stands between it and its publication."""
    held = _draft(request, doc)
    if held.discarded:
        return redirect("discard", doc)
    bad: BadEdit | EditConflict | None = None
    if request.method == "POST":
        try:
            return _detailed(request, held)
        except (BadEdit, EditConflict) as error:
            bad = error
            held.document.refresh_from_db()
    status = _status_of(bad)
    context = _details_context(request, held) | {"bad" if status == 422 else "overtaken": bad}
    if isinstance(bad, BadEdit) and (bad.where[2] in document_details.LABELS or bad.where[2] in PARTIES):
        context["problems"] = {bad.where[2]: bad.says}
    context["party_fields"] = party_fields(request, context["picker"], context.get("problems", {}))
    return _shown(request, "workbench/details.html", context, status)


def _details_context(request: SignedInRequest, held: Draft) -> dict[str, Any]:
    name, typed = request.user.get_username(), document_details.details_of(held.document)
    kinds, states = rows.kind_counts(held.pk)
    if request.method == "POST":
        typed = forms.details_of(request.POST)
    return {
        "draft": held,
        "doc": held.document,
        "typed": typed,
        "comparison": told(getattr(getattr(held.document, "official", None), "comparison", None)),
        "reason": request.POST.get("reason", ""),
        "stamp": document_details.details_stamp(held.document),
        "catalogue_stamp": publications.catalogue_stamp(held),
        "document_kinds": tuple(DocumentKind),
        "parties": Party.objects.filter(_named(held, typed.parties)).distinct().order_by("kind", "name"),
        "picker": party_picker(),
        "states": states,
        "kinds": kinds,
        "live": states["accepted"] + states["suggested"],
        "unsummarised": rows.unsummarised(held.pk),
        "pages": rows.page_rows(held.pk),
        "undo": drafts.undoable(held, name),
        "redo": drafts.redoable(held, name),
        "may_publish": may(request.user, Permission.PUBLISH, held.document),
        "may_hide": held.document.public and may(request.user, Permission.HIDE, held.document),
        "obstacle": publications.obstacle(held),
    }


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, doc: str) -> HttpResponse:
    """Put a draft aside, with a reason, or take it up again."""
    held, user, bad = _draft(request, doc), request.user, None
    if request.method == "POST":
        seen = request.POST.get("stamp", "")
        try:
            if request.POST.get("do") == "recover":
                discarded_drafts.recover(held, by=user, seen=seen)
                return redirect("draft", doc)
            discarded_drafts.discard(held, request.POST.get("reason", ""), by=user, seen=seen)
            return redirect("workbench")
        except (BadEdit, EditConflict) as error:
            bad = error
            held.refresh_from_db()
    status = _status_of(bad)
    context = {
        "draft": held,
        "doc": held.document,
        "typed": request.POST.get("reason", ""),
        "stamp": discarded_drafts.discarded_stamp(held),
        "discardable": discarded_drafts.discardable(held),
        "overtaken": bad if status == 409 else None,
        "problems": {bad.where[2]: bad.says} if isinstance(bad, BadEdit) else {},
    }
    return render(request, "workbench/discard.html", context, status=status)


def _status_of(bad: BadEdit | EditConflict | None) -> int:
    """Return what a form answers with: 422 for what cannot be saved, 409 for who was overtaken."""
    if bad is None:
        return 200
    return 422 if isinstance(bad, BadEdit) else 409


def _named(held: Draft, typed: tuple[str, ...]) -> Q:
    """Return the condition of the parties of a draft: those on record, and those that were ticked."""
    return Q(signed__document=held.document) | Q(pk__in=typed)


def _with_picked(request: SignedInRequest, held: Draft, said: Details) -> Details:
    """Return the details with the parties that were written beside those that are ticked.

    Raises ``BadEdit`` where one is not known; not to who was overtaken, who has to be told that first.
    """
    problems: dict[str, str] = {}
    picked = picked_parties(request, party_picker(), problems)
    if problems and request.POST.get("stamp", "") == document_details.details_stamp(held.document):
        name, says = next(iter(problems.items()))
        raise BadEdit((0, 0, name), says)
    for key in picked:
        add_state(key, by=request.user)
    return replace(said, parties=(*said.parties, *picked))


@transaction.atomic
def _detailed(request: SignedInRequest, held: Draft) -> HttpResponse:
    user, what = request.user, forms.asked(request.POST)
    said, seen = forms.details_of(request.POST), request.POST.get("stamp", "")
    if what.command in _TURNS:
        if said != document_details.details_of(held.document):
            raise BadEdit((0, 0, "undo"), "save what you typed first, then undo; nothing was undone")
        _TURNS[what.command](held, by=user, seen=what.provision_draft)
        return redirect("draft-details", held.pk)
    said = _with_picked(request, held, said)
    if what.command == "publish":
        publications.publish_as(held, said, by=user, seen=request.POST.get("catalogue", ""), described=seen)
        return redirect("document", held.pk)
    document_details.describe(held, said, by=user, seen=seen)
    return redirect("draft-details", held.pk)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: SignedInRequest, doc: str) -> HttpResponse:
    """Take an agreement off the public site, with a reason, or put it back on it."""
    user = request.user
    document = document_to(user, Permission.HIDE, doc)
    bad: BadEdit | EditConflict | None = None
    if request.method == "POST":
        try:
            _turn_visibility(request, document, user)
            return redirect("visibility", doc)
        except (BadEdit, EditConflict) as error:
            bad = error
            document.refresh_from_db()
    status = _status_of(bad)
    context = {
        "doc": document,
        "reason": request.POST.get("reason", ""),
        "stamp": showing.visibility_stamp(document),
        "was_hidden": showing.was_hidden(document),
        "bad" if status == 422 else "overtaken": bad,
    }
    return render(request, "workbench/visibility.html", context, status=status)


def _turn_visibility(request: SignedInRequest, document: Document, user: User) -> None:
    seen = request.POST.get("stamp", "")
    if request.POST.get("do") == "show":
        showing.show_again(document, by=user, seen=seen)
    else:
        showing.hide(document, request.POST.get("reason", ""), by=user, seen=seen)


@require_safe
@sign_in_required
@never_cache
def corrections(request: SignedInRequest, doc: str) -> HttpResponse:
    """Hand out what people decided beside what was proposed, as a set for tests: places, and no words of the text."""
    return csv_answer(review.corrections(_draft(request, doc).pk))


@sign_in_required
@require_http_methods(["POST"])
def correct(request: SignedInRequest, doc: str) -> HttpResponse:
    """Lay a catalogue of the register on the workbench."""
    document = document_to(request.user, Permission.EDIT, doc)
    try:
        uploads.open_catalogue(document, by=request.user)
    except InputRefused as error:
        return not_possible(request, str(error), address("document", doc))
    return redirect("draft", doc)
