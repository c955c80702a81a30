"""The confirm round: a party checks what is on record of it; the links by which it can; and who decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.policy import Actor, refusal
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Party
from followthrough.web.followup import clock
from followthrough.web.followup.actions import checks as actions
from followthrough.web.followup.actions import confirm_links
from followthrough.web.followup.actions.checks import Said
from followthrough.web.followup.cycle_views import cycle_or_404, run_cycle_or_404
from followthrough.web.followup.models import ConfirmLink, Cycle, Report
from followthrough.web.followup.party_record import FIELDS, NEW, RecordOfParty, field_words, record_of, said_of
from followthrough.web.followup.policy import checks_to_decide, open_proposals, own_reports, run_cycles
from followthrough.web.followup.signed_links import confirm_address, stands, voice_of
from followthrough.web.followup.states import Check
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action
from followthrough.web.kit.requests import whole_number

PAGE = 20
"""Entries on one page of a form: it stays light, and what was read is what is sent."""
SHOWN = 200
NEW_KEY = f"{NEW}:"


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_record(request: SignedInRequest, key: str) -> HttpResponse:
    """Show somebody what is on record of the party that they speak for, and take what they say of it."""
    cycle = cycle_or_404(request, key)
    parties = list(Party.objects.filter(pk__in=own_reports(request.user).filter(cycle=cycle).values("party")))
    party = next((one for one in parties if one.pk == request.GET.get("party")), parties[0] if parties else None)
    if party is None:
        raise Http404(_("This cycle asks nothing of a party that you speak for."))
    here = f"{address('own-record', key)}?party={party.pk}&page="
    excel = f"{address('record-excel', key)}?party={party.pk}"
    return record_page(request, cycle, party, request.user, here, {"parties": parties, "excel": excel})


def record_page(
    request: HttpRequest, cycle: Cycle, party: Party, by: Actor | ConfirmLink, here: str, more: Mapping[str, Any]
) -> HttpResponse:
    """Show what is on record of a party to who speaks for it, and take what is said; ``here`` ends in its page."""
    entries, outcome = record_of(cycle, party.pk, voice_of(by, cycle, party.pk).reader), Outcome()
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        done = list[int]()
        said = _said(request, list(page), set(said_of(cycle, party.pk)))
        outcome = run_action(lambda: done.append(actions.answer_records(cycle, party.pk, said, by=by)))
        if outcome.done:
            messages.success(request, _kept(done[0]))
            return redirect(f"{here}{page.number}")
    answered = said_of(cycle, party.pk)
    context = {
        "cycle": cycle, "party": party, "page": page, "of": len(entries), "here": here,
        "n": sum(one.key in answered for one in entries), "said": answered, "words": field_words(), "fields": FIELDS,
        "checks": [one for one in Check if one is not Check.MISSING], "typed": request.POST, "new": NEW_KEY,
        "missing": [one for key, one in answered.items() if key.startswith(NEW_KEY)],
        "writable": not cycle.closed and clock.now() <= cycle.late_until, **more, **outcome.context,
    }  # fmt: skip
    return render(request, "followup/record.html", context, status=outcome.status)


def _kept(count: int) -> str:
    said = ngettext("%(count)s answer is kept.", "%(count)s answers are kept.", count) % {"count": count}
    return said if count else _("Nothing was chosen, and nothing is kept.")


def _said(request: HttpRequest, shown: Sequence[RecordOfParty], answered: set[str]) -> list[Said]:
    """Return what was said of the entries on a page; what was left alone is right where all the rest was marked so."""
    typed, rest = request.POST, request.POST.get("do") == "rest"
    found = []
    for one in shown:
        answer = typed.get(f"answer.{one.key}") or (Check.RIGHT.value if rest and one.key not in answered else "")
        if answer:
            fields = {name: typed[f"{name}.{one.key}"] for name in FIELDS[one.kind] if f"{name}.{one.key}" in typed}
            words, url = typed.get(f"words.{one.key}", ""), typed.get(f"url.{one.key}", "")
            found.append(Said(one.key, answer, typed.get(f"stamp.{one.key}", ""), fields, words, url))
    words, url = typed.get(f"words.{NEW_KEY}", ""), typed.get(f"url.{NEW_KEY}", "")
    if words.strip() or url.strip():
        found.append(Said(NEW_KEY, Check.MISSING, words=words, url=url))
    return found


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: SignedInRequest, key: str) -> HttpResponse:
    """Make the signed links of a cycle, show them to be copied, and revoke them."""
    cycle = run_cycle_or_404(request, key)
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _change_links(request, cycle))
        if outcome.done:
            return redirect(address("confirm-links", key))
    held = ConfirmLink.objects.filter(cycle=cycle).select_related("party", "cycle").order_by("party__name", "-made")
    site = request.build_absolute_uri("/")
    asked = Report.objects.filter(cycle=cycle).order_by().values("party")
    context = {
        "cycle": cycle, "links": [(one, confirm_address(one, site) if stands(one) else "") for one in held],
        "parties": Party.objects.filter(pk__in=asked).order_by("name"), "typed": request.POST, **outcome.context,
    }  # fmt: skip
    return render(request, "followup/links.html", context, status=outcome.status)


def _change_links(request: SignedInRequest, cycle: Cycle) -> None:
    if request.POST.get("do") == "revoke":
        link = ConfirmLink.objects.filter(cycle=cycle, pk=whole_number(request.POST.get("link", "")) or 0).first()
        if link is None:
            raise Http404(_("There is no such link."))
        confirm_links.revoke_confirm_link(link, by=request.user)
        return
    party = Party.objects.filter(pk=request.POST.get("party", "")).first()
    if party is None:
        raise InvalidEntry({"party": _("choose a party")})
    sent_to, letter = request.POST.get("sent_to", ""), bool(request.POST.get("letter"))
    confirm_links.make_confirm_link(cycle, party, sent_to, by=request.user, letter=letter)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: SignedInRequest) -> HttpResponse:
    """List what parties propose about their records, oldest first; accept or refuse one."""
    if not run_cycles(request.user).exists():
        raise refusal(request.user, Permission.RUN_CYCLE)
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _decide(request))
        if outcome.done:
            return redirect(address("checks"))
    waiting = open_proposals(request.user).select_related("cycle__document", "party").order_by("pk")
    decided = checks_to_decide(request.user).exclude(decision="").select_related("cycle", "party")
    context = {
        "waiting": waiting[:SHOWN], "count": waiting.count(), "field_names": field_words(), "typed": request.POST,
        "decided": decided.order_by("-decided")[:20], **outcome.context,
    }  # fmt: skip
    return render(request, "followup/checks.html", context, status=outcome.status)


def _decide(request: SignedInRequest) -> None:
    one = checks_to_decide(request.user).filter(pk=whole_number(request.POST.get("check", "")) or 0).first()
    if one is None:
        raise Http404(_("There is no such proposal, or it is not yours to decide."))
    reason = request.POST.get("reason", "")
    if request.POST.get("do") == "accept":
        actions.accept_check(one, reason, by=request.user)
    else:
        actions.refuse_check(one, reason, by=request.user)
