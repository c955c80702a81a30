"""Pictures of a place in an agreement to stand elsewhere: a section's stages, a paragraph's trends and its lineage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404, nothing_numbered
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.indicators.trends import Trend, trends_at
from followthrough.web.kit.addresses import place_address
from followthrough.web.kit.pictures import Drawn, Picture
from followthrough.web.pages.agreement_coverage import Ladder
from followthrough.web.pages.current_stage import stands_today
from followthrough.web.pages.lineage_strip import Strip, Text, strip_around
from followthrough.web.pages.provision_record import scope_of

BAR = "900 44"
"""Width and height of the bar of stages, in pixels."""
STEP, FIRST = 64, 20
"""Pixels from one text of the lineage to the next, and from the edge to the first."""
_NOBODY = AnonymousUser()


class _At(NamedTuple):
    """A place of a published agreement, its commitments, and everything around it."""

    facts: DocumentFacts
    provisions: list[ProvisionRow]
    commitments: list[CommitmentRow]
    home: ProvisionRow
    shown: list[CommitmentRow]

    def picture(self, kind: str, title: str, drawn: Sequence[Drawn], key: Sequence[str]) -> Picture:
        """Return a picture of the place."""
        heading = f"{title}: {self.home.heading}, {self.facts.short_title}"
        return Picture(heading, drawn, key, f"{self.facts.id}-{self.home.ref}-{kind}", place_address(self.home.id))


def stages_picture(request: HttpRequest, doc: str, ref: str) -> Picture:
    """Return how far the paragraphs of a section have come, as its page says it to everybody."""
    at = _at(request, doc, ref)
    among = [one for one in at.provisions if one.parent == at.home.id]
    found = stands_today(
        doc, at.facts.begins, timezone.localdate().isoformat(), at.provisions, at.commitments,
        rows.signatories([doc])[doc], _NOBODY, among,
    )  # fmt: skip
    if not found.ladder.total:
        raise Http404(_("This place has no paragraphs whose stages could be shown."))
    return at.picture("stages", _("Implementation stages"), *ladder_drawn(found.ladder))


def trends_picture(request: HttpRequest, doc: str, ref: str) -> Picture:
    """Return the trends around a paragraph, a panel an indicator."""
    at = _at(request, doc, ref)
    scope = scope_of(at.home, at.shown, _NOBODY)
    held = [one for one in trends_at(scope, rows.states_of(rows.signatories([doc])[doc])) if one.spark]
    if not held:
        raise Http404(_("No figure is on record around this place."))
    drawn = [
        Drawn(f"{number}. {one.spark.years[0]}–{one.spark.years[1]}", _svg("indicators/_spark.html", one=one))
        for number, one in enumerate(held, start=1)
        if one.spark
    ]
    key = [f"{number}. {_ends(one)}" for number, one in enumerate(held, start=1)]
    said = _("A faint line is a party, a strong one all together. Context, not what was done about the commitment.")
    return at.picture("trends", _("The trend around it"), drawn, [*key, said])


def lineage_picture(request: HttpRequest, doc: str, ref: str) -> Picture:
    """Return the texts before and after a paragraph in the order of time."""
    at = _at(request, doc, ref)
    held = strip_around(at.facts, at.shown, _NOBODY)
    if len(held.texts) < 2:
        raise Http404(_("No text before or after this one is on record."))
    said = _("A dashed line is a step that holds for the document only; a full line, one between commitments.")
    return at.picture("lineage", _("Before and after"), [Drawn("", _drawn(held))], [said])


def ladder_drawn(ladder: Ladder) -> tuple[list[Drawn], list[str]]:
    """Return the bar of stages, and what its parts mean."""
    key = [f"{step.on}: {step.rung.label}" for step in ladder.steps]
    return [Drawn(_("Paragraphs by stage"), _svg("pages/_ladder_bar.html", ladder=ladder, frame=BAR))], key


def _svg(template: str, **context: object) -> str:
    return mark_safe(render_to_string(template, context).strip())  # noqa: S308 - a template of ours


def _at(request: HttpRequest, doc: str, ref: str) -> _At:
    """Return a place that everybody may read; raises ``Http404``."""
    facts = document_or_404(request, doc)
    provisions = rows.provision_rows([doc], full=True)
    home = next((one for one in provisions if one.ref == ref), None)
    if home is None:
        raise Http404(nothing_numbered(facts, ref))
    commitments = rows.commitment_rows([doc], provisions)
    return _At(facts, provisions, commitments, home, [one for one in commitments if one.provision == home.id])


def _ends(one: Trend) -> str:
    """Say what a trend is of and what its line begins and ends with."""
    if one.first is None or one.last is None:
        return f"{one.row.title}, {one.row.unit}"
    began, ended = (
        _("%(value)s in %(year)s") % {"value": value, "year": year} for year, value in (one.first, one.last)
    )
    return f"{one.row.title}: {began}, {ended}, {one.row.unit}"


@dataclass(frozen=True, slots=True)
class _Knot:
    """A text of the lineage in its place: its height, and that of the one before, from which a line leads to it."""

    text: Text
    y: int
    before: int | None
    loose: bool


def _drawn(held: Strip) -> str:
    knots = []
    for number, one in enumerate(held.texts):
        before = held.texts[number - 1] if number else None
        loose = any(not each.linked for each in (one, before) if each is not None)
        knots.append(_Knot(one, FIRST + number * STEP, FIRST + (number - 1) * STEP if before else None, loose))
    return _svg("pages/_strip_drawing.html", knots=knots, height=FIRST + len(knots) * STEP)
