"""The pages of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from followthrough.publish.citations import FORMS
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.citing import cite, cited_answer
from followthrough.web.agreements.parties import documents_signed, party_facts
from followthrough.web.evidence import summaries
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.summaries import ListedClaim
from followthrough.web.evidence.views import claim_table
from followthrough.web.followup.confirmations import confirmed_steps
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.list_columns import Column
from followthrough.web.kit.lists import Filter, Table, link, listed
from followthrough.web.kit.wording import plural, with_article
from followthrough.web.pages import party_sentences as sentences
from followthrough.web.pages.party_rows import PartyRow, claims_naming, party_rows
from followthrough.web.pages.party_story import story_of

NEWEST = 2_000
"""Claims of one party that its page lists before anybody filters them."""
SIGNED = 3
"""Documents that a party's page shows before the older ones are folded away."""
PARTIES: Table[PartyRow] = Table(
    "parties",
    lazy("Parties"),
    "party",
    (
        Column("id", lazy("Code"), lambda one: one.id),
        Column("name", lazy("Party"), lambda one: one.name, lambda one: link(address("party", one.id), one.name)),
        Column("kind", lazy("Kind"), lambda one: one.kind),
        Column("claims", lazy("Evidence items"), lambda one: one.claims, numeric=True),
        Column("activities", lazy("Activities"), lambda one: one.activities, numeric=True),
        Column("events", lazy("Treaty actions"), lambda one: one.events, numeric=True),
    ),
    (Filter("kind", lazy("Kind"), attrgetter("kind")),),
    lambda one: f"{one.id} {one.name}",
)


@require_safe
def parties(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the parties, with how much of the register speaks of each."""
    found = party_rows(request.user)
    named = [one for one in found if one.claims]
    twin = address("parties") + ".json"
    most = max(named, key=lambda one: (one.claims, one.id), default=None)
    finding = format_html(
        _("<strong>Evidence names {} of {}{}.</strong>"),
        tally(len(named), twin=twin, path="parties/*/claims", equals="!0"),
        tallied(len(found), "party", twin=twin),
        format_html(_(", most often {}: {}"), with_article(most.name), plural(most.claims, "time")) if most else "",
    )  # fmt: skip
    return listed(request, PARTIES, found, {"finding": finding}, ext)


@require_safe
def party(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one party: what an agreement's evidence says of it, what it signed, and every item that names it."""
    facts = party_facts(key, request.user)
    if facts is None:
        raise Http404(_("The register holds no party “%(key)s”.") % {"key": key})
    cited = cite(request, "party", key, facts["name"], address("party", key))
    if ext in FORMS:
        return cited_answer(cited, ext)
    table = claim_table(facts["name"], request.user, template="pages/party.html")
    asked = any(
        request.GET.get(name) for name in ("q", "page", "sort", "columns", *(one.name for one in table.filters))
    )
    naming = visible_claims(request.user).filter(parties__party=key)
    newest = None if ext or asked else NEWEST
    stored = table.stored(request.GET)
    claims = summaries.claims_in(naming, words="q" in request.GET, newest=newest, stored=stored)
    signed = documents_signed(key, request.user)
    story = None
    if ext in ("", "json"):
        story = story_of(key, {one["id"] for one in signed}, timezone.localdate().isoformat(), request.user)
    context = {
        "party": facts,
        "confirmed": {} if ext else confirmed_steps(key, request.user),
        "cite": cited,
        "finding": _found(key, facts, claims, request.user),
        "newest_signed": signed[::-1][:SIGNED],
        "older_signed": signed[::-1][SIGNED:],
        "story": story,
        "asked": asked,
        "twin": address("party", key) + ".json",
    }
    if story:
        context["headline"] = sentences.headline(facts["name"], key, story)
        context["lead"] = sentences.lead(facts["name"], key, story)
        table = replace(table, about={"story": story.as_json()})
    return listed(request, table, claims, context, ext)


def _found(key: str, facts: dict[str, Any], claims: Sequence[ListedClaim], by: Actor) -> SafeString:
    """Say how much of all that names a party is adverse, and how many treaty actions are on record."""
    said, against = _counted(key, claims, by)
    return format_html(
        _("<strong>{} of {} adverse</strong>{}; {} on record."),
        tally(against, twin=address("party", key) + ".json", path="claims/*/stance", equals="unfavourable"),
        format_html(ngettext("{} that name it is", "{} that name it are", against), said),
        _(" (the newest %(count)s are listed; filters and files look at all)") % {"count": f"{NEWEST:,}"}
        if len(claims) >= NEWEST
        else "",
        plural(facts["count"], "treaty action"),
    )  # fmt: skip


def _counted(key: str, claims: Sequence[ListedClaim], by: Actor) -> tuple[SafeString, int]:
    """Say how many claims name a party, and count the adverse ones; both of all claims, also of those not listed."""
    count, against = len(claims), sum(claim.stance == "unfavourable" for claim in claims)
    if len(claims) >= NEWEST:
        count, against = claims_naming(key, by)
    return tallied(count, "evidence item", twin=address("party", key) + ".json"), against
