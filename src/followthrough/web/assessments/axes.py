"""Seven questions about a commitment, each with an answer of its own; they are never mixed into one figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from followthrough.assess.grading import silent_for
from followthrough.assess.implementation_stages import CoverageStage, counts
from followthrough.assess.scoring import Score, Scores
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import activities_of
from followthrough.web.agreements.policy import visible_commitments
from followthrough.web.agreements.rows import signatories, tail
from followthrough.web.agreements.undertakings import undertakings
from followthrough.web.assessments.recorded_evidence import evidence_from, parties_named
from followthrough.web.evidence.rows import ClaimRow, claims_of
from followthrough.web.kit.wording import plural
from followthrough.web.links.scope import Scope

ELEMENTS = 4
"""Deliverable, target, timeframe and owner: what makes an undertaking verifiable as written."""


@dataclass(frozen=True, slots=True)
class Axes:
    """One commitment on seven axes: what is printed of each."""

    commitment: str
    verifiable: str
    ambition: str
    coverage: str
    completion: str
    result: str
    strength: str
    timeliness: str

    @property
    def ref(self) -> str:
        """The number of the commitment."""
        return tail(self.commitment)


def axes_of(keys: Iterable[str], scores: Scores, *, adopted: str, today: str, by: Actor) -> list[Axes]:
    """Return the axes of commitments, in their order; evidence of a paragraph counts for each of its commitments."""
    rows = list(
        visible_commitments(by).filter(pk__in=list(keys)).order_by("provision__position", "position")
        .values_list("id", "provision_id", "missing", "strength", "verb", "kind")
    )  # fmt: skip
    scope = Scope(places=tuple({place for key, provision, *_ in rows for place in (key, provision)}), by=by)
    claims, activities = claims_of(scope), activities_of(scope)
    document = rows[0][0].partition("/")[0] if rows else ""
    promised = undertakings(signatories([document])[document], ((row[0], row[1], *row[4:]) for row in rows))
    evidence = [
        one for one in evidence_from(claims, activities, parties_named(scope), {}, promised)
        if counts(one, since=adopted, as_of=today, confirmed_only=False)
    ]  # fmt: skip
    found = []
    for key, provision, missing, strength, *_rest in rows:
        about = {key, provision}
        rung = max((one.stage for one in evidence if one.place in about), default=CoverageStage.NOTHING)
        own = [claim for claim in claims if any(tie.place in about for tie in claim.ties)]
        found.append(_axes(key, len(missing), strength, rung, own, scores.commitments[key], today))
    return found


def _axes(
    key: str, missing: int, strength: int, rung: CoverageStage, claims: list[ClaimRow], score: Score, today: str
) -> Axes:  # fmt: skip
    rated = _("%(n)s/%(of)s rated") % {"n": score.n, "of": score.of}
    silent = silent_for([claim.date for claim in claims], today)
    grade = max((claim.source.grade for claim in claims), default=0)
    return Axes(
        key, _("%(n)s of %(of)s elements") % {"n": ELEMENTS - missing, "of": ELEMENTS},
        _("%(strength)s of 5") % {"strength": strength}, rung.label,
        rated if score.mean is None else _("mean %(mean)s, %(rated)s") % {"mean": f"{score.mean:.2f}", "rated": rated},
        _("outcome indicated") if rung >= CoverageStage.OUTCOME else _("no outcome on record"),
        _("grade %(grade)s of 4") % {"grade": grade} if claims else _("none recorded"),
        _("no dated evidence") if silent is None else _("silent for %(months)s") % {"months": plural(silent, "month")},
    )  # fmt: skip
