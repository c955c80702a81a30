"""Funds as the papers say them: what came in, as a picture, with every published figure."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from followthrough.report.record import Money
from followthrough.web.activities.rows import Fund, funds_of
from followthrough.web.charts.payments import HEIGHT, WIDTH, payments
from followthrough.web.evidence.conflicts import ConflictRow
from followthrough.web.kit.pictures import figure
from followthrough.web.kit.wording import capital, money, plain
from followthrough.web.pages.money_views import contested_figures, fund_lead, money_finding
from followthrough.web.papers.ground import Ground
from followthrough.web.papers.places import disputes
from followthrough.web.papers.words import origin, sentence

PAYMENTS = ("contribution", "cumulative", "pledge", "disbursement")
"""The kinds of figures that say what was paid: the picture and the totals rest on them."""


def money_of(ground: Ground) -> tuple[tuple[Money, ...], str]:
    """Return the funds of an agreement, and what is said of them first; of a section there are none."""
    if ground.asked.section:
        return (), _("The money is told for the whole agreement.")
    funds = [one for one in funds_of(ground.facts.id, ground.reader, ground.asked.past) if one.figures]
    contested = contested_figures(funds, ground.reader)
    return tuple(_fund(ground, one, contested[one.id]) for one in funds), sentence(money_finding(funds))


def _fund(ground: Ground, one: Fund, contested: list[ConflictRow]) -> Money:
    chart = payments(*one.payments, ground.asked.as_of)
    svg = ""
    if chart:
        drawn = render_to_string("pages/_payments.html", {"fund": one, "chart": chart})
        svg = figure(drawn, WIDTH, HEIGHT)
    rows = tuple(
        (row.period, capital(plain(row.kind)), f"{row.currency} {money(row.amount)}", row.statement, origin(row.source))
        for row in one.figures
        if row.kind in PAYMENTS
    )
    key = _("Payments by year, in millions. Hatched: not known, which is not zero. Two bars: sources disagree.")
    return Money(one.name, sentence(fund_lead(one)), svg, key, rows, disputes(ground, contested))
