"""What the page of a party says of its part in an agreement: silence first, counts second."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.wording import day, with_article
from followthrough.web.pages.party_story import PartyStory


def headline(party: str, key: str, story: PartyStory) -> SafeString:
    """Return the finding of the page: in how many paragraphs nothing on record names the party, or that none is so."""
    of = _count(story.paragraphs, key, "paragraphs")
    if not story.silent:
        return format_html(_("{}: something on record in all {} paragraphs"), party, of)
    if len(story.silent) == story.paragraphs:
        return format_html(_("{}: nothing on record in any of {} paragraphs"), party, of)
    silent = _count(len(story.silent), key, "silent")
    return format_html(_("{}: nothing on record in {} of {} paragraphs"), party, silent, of)


def lead(party: str, key: str, story: PartyStory) -> SafeString:
    """Return what was promised and what came of it, how much names the party since, and what silence is."""
    twin = address("party", key) + ".json"
    named = with_article(party)
    promised = _promised(key, story)
    since = _("Since %(day)s,") % {"day": day(story.document.adopted)} if story.document.adopted else _("So far,")
    items = tallied(len(story.items), "evidence item", twin=twin, path="story/items")
    first = format_html(ngettext("{} {} {} names {}", "{} {} {} name {}", len(story.items)),
                        promised, since, items, named)  # fmt: skip
    if not story.items:
        return format_html("{}. {}", first, _silence())
    alone = _count(story.alone, key, "naming_it_alone")
    against = _count(story.adverse, key, "adverse")
    sources = tallied(story.sources, "source", twin=twin, path="story/sources")
    second = format_html(_(", from {}; {} of them name no other party, and {} are adverse."), sources, alone, against)
    return format_html("{}{} {}", first, second, _silence() if story.silent else "")


def _promised(key: str, story: PartyStory) -> SafeString:
    """Return what the agreement promises, and in how much of it an output of anybody is on record."""
    twin = address("party", key) + ".json"
    held = tallied(story.commitments, "commitment", twin=twin, path="story/commitments")
    places = tallied(story.paragraphs, "paragraph", twin=twin, path="story/paragraphs")
    words = _("The {} holds {} in {}; in {} of these an output is on record, by whichever party.")
    return format_html(words, story.document.short_title, held, places, _count(story.outputs, key, "outputs"))


def _silence() -> str:
    return _("Silence is a gap in what was found, not a finding that nothing was done.")


def _count(count: int, key: str, what: str) -> SafeString:
    return tally(count, twin=address("party", key) + ".json", path=f"story/{what}")
