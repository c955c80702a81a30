"""The workbooks of a party for those who have an account: of its reports, and of what is on record of it."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.agreements.models import Party
from followthrough.web.followup.actions.workbooks import LONGEST_UPLOAD
from followthrough.web.followup.cycle_views import cycle_or_404
from followthrough.web.followup.models import Cycle, Workbook
from followthrough.web.followup.policy import own_reports, own_workbooks
from followthrough.web.followup.workbook_pages import Desk, give_workbook, marked_workbook, workbook_desk, workbook_page
from followthrough.web.kit.addresses import address
from followthrough.web.kit.requests import takes_files

_AFTER = {"reports": "own-reports", "record": "own-record"}
"""The pages on which what was written stands."""


def _desk(request: SignedInRequest, cycle: Cycle, party: Party, of: str) -> Desk:
    return Desk(
        request.user, cycle, party, of, address(f"{of}-excel", cycle.pk), address(_AFTER[of], cycle.pk),
        partial(address, "workbook"), partial(address, "marked-workbook"), LONGEST_UPLOAD,
    )  # fmt: skip


@takes_files(LONGEST_UPLOAD)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reports_in_excel(request: SignedInRequest, key: str, ext: str = "") -> HttpResponse:
    """Give the workbook of a party's reports, and take it back."""
    return _in_excel(request, key, ext, "reports")


@takes_files(LONGEST_UPLOAD)
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
    desk = _desk(request, cycle, party, of)
    if ext:
        return give_workbook(desk)
    waiting = own_workbooks(request.user).filter(cycle=cycle, party=party, of=of, written=None).defer("cells")
    files = [(one, f"{desk.here}.xlsx?party={one.pk}") for one in parties]
    return workbook_desk(request, desk, list(waiting), {"parties": parties, "files": files})


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
    return workbook_page(request, held, _desk(request, held.cycle, held.party, held.of), {})


@sign_in_required
@never_cache
@require_safe
def marked(request: SignedInRequest, key: int) -> HttpResponse:
    """Answer with the table as it came, with what is wrong beside each row."""
    held = _own_or_404(request, key)
    return marked_workbook(request, held, _desk(request, held.cycle, held.party, held.of))
