"""The search over everything."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from followthrough.web.answers.asking import facts_of, share, site, today
from followthrough.web.answers.asks import AskSearch
from followthrough.web.answers.shape import Answer, Item, Share
from followthrough.web.kit.addresses import address
from followthrough.web.search.closed import closed_to
from followthrough.web.search.models import Entry
from followthrough.web.search.query import Found, Hit
from followthrough.web.search.query import search as found_in_register

FORMULA = "records that have the words, each kind counted up to 1,000, of all that are public"
OF_KIND = "of these, records of this kind"


def search(ask: AskSearch) -> Answer:
    """Search everything that is public by words: provisions, commitments, evidence, activities, sources, parties ...

    Hits come best first. A word that nothing holds may be taken for a typing error: `says` then names what was looked
    for instead. Use the ids with the other tools; a hit is where to look, and no answer yet.
    """
    by = AnonymousUser()
    found = found_in_register(by, ask.words)
    every = Entry.objects.count() - len(closed_to(by))
    silent = found.some or not found.total
    hits = [] if silent else [*found.best, *((group.name, hit) for group in found.groups for hit in group.hits)]
    shares = [] if silent else [share(one.name, one.count, found.total, OF_KIND, [], []) for one in found.groups]
    return Answer(
        today(), None, _said(ask.words, found), silent=silent, looked_at=[f"public records: {every}"],
        count=None if silent else Share("records", min(found.total, every), every, FORMULA), shares=shares,
        items=[_hit(str(kind), hit) for kind, hit in list(dict.fromkeys(hits))[: ask.limit]],
        page=site(address("search")),
    )  # fmt: skip


def _said(words: str, found: Found) -> str:
    if not found.total:
        return _("The register is silent: nothing on record has these words.")
    if found.some:
        return _("The register is silent: nothing has all of these words. %(count)s records have some of them.") % {
            "count": found.total
        }
    said = _("%(least)s%(count)s found.") % {"least": _("At least ") if found.more else "", "count": found.total}
    if not found.instead:
        return said
    instead = _("Nothing holds “%(words)s”; this is for “%(instead)s”.") % {"words": words, "instead": found.instead}
    return f"{said} {instead}"


def _hit(kind: str, hit: Hit) -> Item:
    cells = facts_of({"text": hit.text, "about": hit.about})
    return Item(kind, hit.id, hit.name, facts=cells, page=site(hit.link) if hit.link else None)
