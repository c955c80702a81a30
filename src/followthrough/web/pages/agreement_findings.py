"""What an agreement's evidence amounts to, in two sentences: how far it has come, and what is missing from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.assess.implementation_stages import CoverageStage
from followthrough.web.evidence.summaries import ClaimSummary
from followthrough.web.kit.addresses import place_address
from followthrough.web.kit.counted_sentences import joined, opening, tallied, tally
from followthrough.web.kit.lists import link
from followthrough.web.kit.wording import capital, number_word
from followthrough.web.pages.agreement_coverage import Ladder
from followthrough.web.pages.current_stage import Line

NAMED = 4
"""Places that a sentence names, those least far first; of more it says how many."""
NOUN = {"paragraphs": "paragraph", "commitments": "commitment"}
OUTPUTS = (CoverageStage.OUTPUT, CoverageStage.OUTCOME)


def age(adopted: str, today: str) -> str:
    """Return how long ago the agreement was adopted, to begin a sentence: ``Seven years on, ``; or nothing."""
    if not adopted:
        return ""
    years = int(today[:4]) - int(adopted[:4]) - (today[4:10] < adopted[4:10])
    if years <= 0:
        return ""
    on = ngettext("%(count)s year on, ", "%(count)s years on, ", years)
    return on % {"count": capital(number_word(years))}


def stages(found: Ladder, since: str) -> SafeString:
    """Return the finding: of how many places an output is on record, and where the others are."""
    of = tallied(found.total, NOUN[found.question.unit], "place")
    outputs = _count(found, CoverageStage.OUTPUT, CoverageStage.OUTCOME)
    begun = [part for part in (_under_way(found), _planned(found), _silent(found)) if part]
    if not outputs:
        head = format_html(_("{}{} of {} has an output on record."), since, _("none") if since else _("None"), of)
    else:
        have = ngettext("{}{} of {} has an output on record.", "{}{} of {} have an output on record.", outputs)
        head = format_html(have, since, _tally(found, *OUTPUTS), of)
    return format_html("{} {}.", head, joined(begun)) if begun else head


YEAR = 12
"""Months without a dated item from which a paragraph is called silent."""


def silence(lines: Sequence[tuple[str, Line]]) -> SafeString:
    """Say which of some paragraphs have no dated item of the last year and since when, the longest silence first."""
    never = [_("%(paragraph)s, nothing dated") % {"paragraph": name} for name, line in lines if line.silent is None]
    quiet = sorted((line.silent, name) for name, line in lines if line.silent is not None and line.silent >= YEAR)
    if not never and not quiet:
        return format_html("{}", _("Each has a dated item of the last year."))
    words = _("%(paragraph)s, for %(months)s months")
    named = [*never, *(words % {"paragraph": name, "months": months} for months, name in reversed(quiet))]
    return format_html(_("Silent for a year or more: {}."), "; ".join(named))


def nothing(paragraphs: int) -> SafeString:
    """Return the finding of an agreement without any evidence."""
    return format_html(_("Nothing is recorded yet about any of its {}."), tallied(paragraphs, "paragraph", "place"))


def _rows(*rungs: CoverageStage) -> str:
    return ",".join(f"stage-{rung.value}" for rung in rungs)


def _count(found: Ladder, *rungs: CoverageStage) -> int:
    return sum(len(found.on(rung)) for rung in rungs)


def _tally(found: Ladder, *rungs: CoverageStage) -> SafeString:
    return tally(_count(found, *rungs), _rows(*rungs))


def _under_way(found: Ladder) -> SafeString:
    count = _count(found, CoverageStage.UNDER_WAY)
    if not count:
        return SafeString()
    return format_html(
        ngettext("{} is under way", "{} are under way", count), opening(count, _rows(CoverageStage.UNDER_WAY))
    )


def _planned(found: Ladder) -> SafeString:
    count = _count(found, CoverageStage.PLANNED)
    if not count:
        return SafeString()
    rows = _rows(CoverageStage.PLANNED)
    said = tally(count, rows, words=True) if _count(found, CoverageStage.UNDER_WAY) else opening(count, rows)
    return format_html(ngettext("{} is only planned", "{} are only planned", count), said)


def _silent(found: Ladder) -> SafeString:
    count = _count(found, CoverageStage.NOTHING)
    if not count:
        return SafeString()
    first = not _count(found, CoverageStage.UNDER_WAY, CoverageStage.PLANNED)
    pattern = _("For {} nothing is recorded that counts") if first else _("for {} nothing is recorded that counts")
    return format_html(pattern, tally(count, _rows(CoverageStage.NOTHING), words=True))


def gaps(found: Ladder, held: Mapping[str, Sequence[ClaimSummary]], names: Mapping[str, str]) -> SafeString:
    """Return what is missing: the places without an output by name, outcomes, and paragraphs with adverse evidence."""
    without = [key for step in reversed(found.steps) if step.rung < CoverageStage.OUTPUT for key, _ in step.places]
    parts: list[SafeString] = []
    if without and _count(found, *OUTPUTS):
        named = [_link(key, names) for key in without[: NAMED if len(without) > NAMED + 1 else NAMED + 1]]
        rest = len(without) - len(named)
        more = [format_html(_("{} more"), number_word(rest))] if rest else []
        parts.append(format_html(_("Without one: {}."), joined([*named, *more])))
    outcomes = _count(found, CoverageStage.OUTCOME)
    parts.append(
        format_html(
            ngettext("{} shows an outcome.", "{} show an outcome.", outcomes),
            opening(outcomes, _rows(CoverageStage.OUTCOME)),
        )
        if outcomes
        else format_html("{}", _("No outcome has been recorded."))
    )
    against = sum(any(claim.unfavourable for claim in claims) for claims in held.values())
    if against:
        carry = ngettext("{} paragraph carries adverse evidence.", "{} paragraphs carry adverse evidence.", against)
        parts.append(format_html(carry, opening(against, "adverse")))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _link(key: str, names: Mapping[str, str]) -> SafeString:
    return link(place_address(key), names.get(key) or key)
