"""What a signed link opens: what is on record of its party, on a page and as a workbook, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.followup.confirm_views import record_page
from followthrough.web.followup.models import ConfirmLink, Workbook
from followthrough.web.followup.policy import link_workbooks
from followthrough.web.followup.signed_links import link_of
from followthrough.web.followup.workbook_pages import Desk, give_workbook, marked_workbook, workbook_desk, workbook_page
from followthrough.web.kit.addresses import address
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit, take

BY_LINK = Limit("confirm-link-answers", 60, 3600)
BY_ADDRESS = Limit("confirm-link-unknown", 30, 3600)
LONGEST_BY_LINK = 900_000
"""Bytes of a workbook: who has no account sends no body above a megabyte."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a party by its signed link what is on record of it, and take what it says; opening it changes nothing."""
    here = f"{address('confirm-link', token)}?page="
    more = {"excel": address("confirm-link-excel", token)}
    return _opened(
        request, token, lambda link: record_page(request, link.cycle, link.party, link, here, {"link": link, **more})
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def in_excel(request: HttpRequest, token: str, ext: str = "") -> HttpResponse:
    """Give the workbook of the record of a link's party, and take it back."""

    def shown(link: ConfirmLink) -> HttpResponse:
        desk = _desk(link, token)
        if ext:
            return give_workbook(desk)
        waiting = link_workbooks(link).filter(written=None).defer("cells")
        return workbook_desk(request, desk, list(waiting), {"link": link, "files": [(link.party, f"{desk.here}.xlsx")]})

    return _opened(request, token, shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, token: str, key: int) -> HttpResponse:
    """Show row by row what a workbook that came by a link would change; write all of it, or discard it."""
    return _opened(
        request, token, lambda link: workbook_page(request, _of_link(link, key), _desk(link, token), {"link": link})
    )


@never_cache
@require_safe
def marked(request: HttpRequest, token: str, key: int) -> HttpResponse:
    """Answer with the table of a workbook that came by a link, with what is wrong beside each row."""
    return _opened(request, token, lambda link: marked_workbook(request, _of_link(link, key), _desk(link, token)))


def _opened(request: HttpRequest, token: str, shown: Callable[[ConfirmLink], HttpResponse]) -> HttpResponse:
    """Answer with what a link opens, or say that it does not stand; either is counted."""
    link = link_of(token)
    if link is None:
        take(BY_ADDRESS, client_of(request))
        answer = render(request, "followup/link_ended.html", status=404)
    else:
        if request.method == "POST":
            take(BY_LINK, str(link.pk))
        answer = shown(link)
    answer["Referrer-Policy"] = "same-origin"  # not even the name of this site goes to a source that is opened
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _desk(link: ConfirmLink, token: str) -> Desk:
    return Desk(
        link, link.cycle, link.party, "record", address("confirm-link-excel", token), address("confirm-link", token),
        partial(address, "confirm-link-workbook", token), partial(address, "confirm-link-marked", token),
        LONGEST_BY_LINK,
    )  # fmt: skip


def _of_link(link: ConfirmLink, key: int) -> Workbook:
    held = link_workbooks(link).select_related("cycle__document", "party", "link").filter(pk=key).first()
    if held is None:
        raise Http404(_("There is no such workbook, or it did not come by this link, or it was discarded."))
    return held
