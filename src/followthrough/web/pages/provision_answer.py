"""What came of one place, in a sentence: the reader's question answered first, the counts second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext_lazy

from followthrough.assess.dates import Time, last_day
from followthrough.assess.implementation_stages import CoverageStage, thing_of
from followthrough.model.vocabulary import ClaimKind, Stance
from followthrough.web.agreements.rows import CommitmentRow
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.indicators.target_rows import TargetRow
from followthrough.web.kit.counted_sentences import joined, tallied, tally
from followthrough.web.kit.wording import day, listing, plural
from followthrough.web.pages.agreement_findings import age
from followthrough.web.pages.timeline import LONG, Axis, of_adoption

DONE = {
    "conclude": "concluded", "sign": "signed", "establish": "established", "set up": "set up", "found": "founded",
}  # fmt: skip
"""What a text that undertakes to do it says of the thing when it is done."""
BINDING = ("agreement", "treaty")
STAGES = {
    CoverageStage.NOTHING: lazy("Nothing that counts is recorded."),
    CoverageStage.PLANNED: lazy("It is planned: no start is on record."),
    CoverageStage.UNDER_WAY: lazy("It is under way: no output is on record."),
    CoverageStage.OUTPUT: lazy("An output is on record."),
    CoverageStage.OUTCOME: lazy("An outcome is on record."),
}
DECIDED = {
    "met": ngettext_lazy("{} was met", "{} were met"), "missed": ngettext_lazy("{} was missed", "{} were missed"),
    "contested": ngettext_lazy("{} is contested", "{} are contested"),
}  # fmt: skip


def told(
    shown: Sequence[CommitmentRow],
    stages: Mapping[str, CoverageStage],
    reached: CoverageStage,
    details: Mapping[str, list[dict[str, Any]]],
    targets: Sequence[TargetRow],
) -> dict[str, SafeString]:
    """Return what came of a place as ``answer``, and as ``also`` what is left to say of its targets.

    The answer is that the one thing it promises was not done, else how its targets stand, else its stage. ``stages``
    gives the stage of each commitment that is ``shown``, ``reached`` that of the place.
    """
    parts = [part for part in (*_things(shown, stages, details), _judged(targets)) if part]
    if not parts:
        return {"answer": format_html("{}", STAGES[reached]), "also": SafeString()}
    return {"answer": parts[0], "also": format_html_join(" ", "{}", ((part,) for part in parts[1:]))}


def rest(claims: Sequence[ClaimRow], reached: CoverageStage, adopted: str, today: str) -> SafeString:
    """Say its stage where years have passed since the adoption, and the newest thing done and the newest against it."""
    since = age(adopted, today)
    words = _("its stage is “%(stage)s”.")
    parts = [format_html("{}{}", since, words % {"stage": reached.label})] if since else []
    later = [one for one in claims if of_adoption(one.date, adopted) is Time.SINCE and one.date <= today]
    acts = [one for one in later if one.kind != ClaimKind.STATISTIC and one.stance != Stance.COMPARISON]
    against = [one for one in acts if one.unfavourable] or [one for one in later if one.unfavourable]
    done = [one for one in acts if not one.unfavourable]
    for word, found in ((_("The newest act on record, of {}: {}"), done), (_("Against it, of {}: {}"), against)):
        if found:
            last = max(found, key=lambda one: (last_day(one.date), one.id))
            parts.append(format_html(word, day(last.date), last.statement))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _things(
    shown: Sequence[CommitmentRow], stages: Mapping[str, CoverageStage], details: Mapping[str, list[dict[str, Any]]]
) -> list[SafeString]:
    """Say of what promises one thing, and is not delivered, that no source says it was done."""
    found = []
    for row in shown:
        verb = next((word for word in DONE if row.verb.lower().endswith(word)), "")
        if (
            not verb
            or not thing_of(row.verb, row.kind)
            or stages.get(row.id, CoverageStage.NOTHING) >= CoverageStage.OUTPUT
        ):
            continue
        named = [one["name"] for one in details.get(row.id, ()) if one["kind"] in BINDING and not one["established"]]
        if named:
            found.append(format_html(_("No source on record says that this was {}: {}."), DONE[verb], listing(named)))
        else:
            pattern = _("No source on record says that what {} promises was {}.")
            found.append(format_html(pattern, row.ref, DONE[verb]))
    return found


def _judged(targets: Sequence[TargetRow]) -> SafeString:
    """Say how the targets of a place stand, where the figures decide any."""
    counts = Counter(one.judgement.state for one in targets)
    said = [
        format_html(words % n, tally(n, f"target-{state}"))
        for state, words in DECIDED.items() if (n := counts[state])
    ]  # fmt: skip
    if not said:
        return SafeString()
    return format_html(_("Of {} linked to it, {}."), tallied(len(targets), "target", "target"), joined(said))


def weight(claims: Sequence[ClaimRow], since: int, newest: str) -> SafeString:
    """Return how much evidence there is, how much of it is since the adoption, and how much is adverse."""
    if not claims:
        return SafeString()
    against = sum(claim.unfavourable for claim in claims)
    parts = [format_html(_("{} since the adoption"), tally(since, "since"))] if since != len(claims) else []
    parts.append(format_html(_("{} adverse"), tally(against, "adverse")))
    until = _(", the newest of %(date)s") % {"date": day(newest)} if newest else ""
    items = tallied(len(claims), "evidence item", "evidence")
    sources = plural(len({claim.source.id for claim in claims}), "source")
    return format_html(_("{} from {}: {}{}."), items, sources, joined(parts), until)


def longest_silence(along: Axis) -> str:
    """Say for how long at most the evidence since the adoption is silent; nothing where no time has passed."""
    if not along.steps:
        return ""
    gap = max((step for step in along.steps if step.silence), key=lambda step: step.months, default=None)
    if gap is None:
        return _("No silence of %(months)s months or more.") % {"months": LONG}
    told = {"months": gap.months, "since": day(gap.date), "until": day(gap.until)}
    return _("Its longest silence: %(months)s months, from %(since)s to %(until)s.") % told


def unmeasured(shown: Sequence[CommitmentRow]) -> SafeString:
    """Say what stands in the place of a target: what the text itself sets, from the fields of its commitments."""
    set_by = [row for row in shown if row.quantity or row.deadline]
    if not set_by:
        return format_html("{}", _("No quantity and no deadline is on record from the text itself."))
    said = [_set_by(row) for row in set_by]
    return format_html(_("The text itself sets {}; nobody has entered that as a target yet."), joined(said))


def _set_by(row: CommitmentRow) -> SafeString:
    until = _("by %(date)s") % {"date": day(row.deadline)} if row.deadline else ""
    return format_html("{} ({})", " ".join(part for part in (row.quantity, until) if part), row.ref)
