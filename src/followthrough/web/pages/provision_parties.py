"""Which parties the evidence of a paragraph names since the adoption, and of which it is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.assess.dates import Time
from followthrough.web.agreements.rows import bodies_of
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.wording import listing, plural, with_article
from followthrough.web.pages.party_tiles import PartyTile, party_tiles
from followthrough.web.pages.timeline import of_adoption


def by_party(
    signed: Sequence[dict[str, Any]],
    claims: Sequence[ClaimRow],
    named: Mapping[str, frozenset[str]],
    adopted: str,
) -> dict[str, Any]:
    """Return the governments of an agreement as ``parties`` with the items that name each, and a sentence on them.

    What names an organisation names none of its members: it is counted apart, in the sentence.
    """
    later = [one for one in claims if of_adoption(one.date, adopted) is Time.SINCE]
    counts = Counter(party for one in later for party in named.get(one.id, ()))
    tiles = party_tiles(list(signed), counts)
    names = {row["party__id"]: row["party__short_name"] or row["party__name"] for row in signed}
    bodies = [(names[body], counts[body]) for body in bodies_of(list(signed)) if counts[body]]
    return {"parties": tiles, "parties_said": _said(tiles, bodies)}


def _said(tiles: Sequence[PartyTile], bodies: Sequence[tuple[str, int]]) -> SafeString:
    heard, silent = [one for one in tiles if one.items], [one for one in tiles if not one.items]
    of = tallied(len(tiles), "government", "party-named,party-silent")
    named = tally(len(heard), "party-named")
    if heard and len(heard) <= len(silent):
        parts = [format_html(_("Evidence since the adoption names {} of {}: {}."), named, of, _listed(heard))]
    else:
        parts = [format_html(_("Evidence since the adoption names {} of {}."), named, of)]
        parts += [format_html(_("It says nothing of {}."), _listed(silent))] if heard and silent else []
    for name, items in bodies:
        words = ngettext("{} names {} as a whole, and is counted for no member.",
                         "{} name {} as a whole, and are counted for no member.", items)  # fmt: skip
        parts.append(format_html(words, plural(items, "item"), name))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _listed(tiles: Sequence[PartyTile]) -> str:
    return listing([with_article(one.name) for one in tiles])
