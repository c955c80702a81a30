"""The money of an agreement: its funds, what is contested about them, and what they pay for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.packs.cells import plain as plain_number
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.portfolio import Portfolio
from followthrough.web.activities.rows import FigureRow, Fund, funds_of
from followthrough.web.activities.views import ACTIVITIES
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.charts.payments import payments
from followthrough.web.evidence.conflicts import ConflictRow, conflicts_over
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.lists import Line, lines_of
from followthrough.web.kit.pictures import Drawn, Picture, picture_answer
from followthrough.web.links.rows import add_links

COLUMNS = tuple(one for one in ACTIVITIES.columns if not one.extra and one.name != "source")
"""What the page shows of each project; the list of activities has all of it."""


@require_safe
def money(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show the funds of an agreement: payments by year, what is contested, whether the totals add up, the portfolio."""
    facts = document_or_404(request, doc)
    funds = funds_of(doc, request.user)
    if ext == "svg":
        return picture_answer(money_picture(facts, funds, request.GET.get("fund", "")), request)
    if ext == "json":
        return json_answer({"funds": [_fund_json(fund) for fund in funds]})
    if ext:
        sheet = _sheet(funds)
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    contested = contested_figures(funds, request.user)
    today = timezone.localdate().isoformat()
    context = {
        "doc": facts,
        "here": "money",
        "finding": money_finding(funds),
        "funds": [
            (
                fund,
                payments(*fund.payments, today),
                fund_lead(fund),
                contested[fund.id],
                _projects(fund, doc, request.user),
            )
            for fund in funds
        ],
        "columns": COLUMNS,
        "address": address("money", doc),
    }
    return render(request, "pages/money.html", context)


def money_picture(facts: DocumentFacts, funds: list[Fund], wanted: str) -> Picture:
    """Return the picture of the payments by year into a fund, or without one into the first that has any."""
    today = timezone.localdate().isoformat()
    charts = ((fund, payments(*fund.payments, today)) for fund in funds if fund.id == wanted or not wanted)
    fund, chart = next((pair for pair in charts if pair[1]), (None, None))
    if fund is None or chart is None:
        raise Http404(_("No yearly payment into a fund is on record."))
    drawn = Drawn(
        _("Payments by year, in millions"), render_to_string("pages/_payments.html", {"fund": fund, "chart": chart})
    )
    key = [_("Hatched: not known, which is not zero. Two bars in one year: sources disagree. Dashed: promised.")]
    title = f"{fund.name}, {facts.short_title}"
    return Picture(title, [drawn], key, f"{facts.id}-{fund.id}", address("money", facts.id))


def _projects(fund: Fund, doc: str, by: Actor) -> list[Line]:
    """Return the projects of a fund as the list of activities shows them."""
    held = {one.id: one for one in fund.projects.shown} if fund.projects else {}
    add_links("activity", held, by, doc)
    return lines_of(COLUMNS, held.values())


def contested_figures(funds: list[Fund], by: Actor) -> dict[str, list[ConflictRow]]:
    """Return for each fund the questions that any of its figures is in."""
    figures = {fund.id: {one.id for one in fund.figures} for fund in funds}
    conflicts = conflicts_over([key for its in figures.values() for key in its], by)
    return {
        fund: [one for one in conflicts if any(side.figure in its for side in one.sides)]
        for fund, its in figures.items()
    }


def money_finding(funds: list[Fund]) -> SafeString:
    """Say what came in last, into the fund of which most payments are on record."""
    fund = max(funds, key=lambda one: len(one.of_kind("contribution")), default=None)
    if fund is None or not fund.of_kind("contribution"):
        return format_html("{}", _("No yearly payment into a fund is on record."))
    latest = max(fund.of_kind("contribution"), key=lambda one: one.year)
    return format_html(
        _("{} in {} is the newest yearly payment on record, into the {}."), _millions(latest), latest.year, fund.name
    )


def fund_lead(fund: Fund) -> SafeString:
    """Say what came into a fund first and last, and what is promised to it."""
    paid = fund.of_kind("contribution")
    if not paid:
        return format_html("{}", _("No yearly payment is on record."))
    latest = max(paid, key=lambda one: one.year)
    first = min(paid, key=lambda one: one.year)
    was, still = _(" %(sums)s a year was promised for %(year)s."), _(" %(sums)s a year is promised for %(year)s.")
    either = _(" or ")
    promised = "".join(
        (was if year < latest.year else still)
        % {"sums": either.join(sorted({_millions(one) for one in held})), "year": year}
        for year, held in fund.promised.items()
    )
    return format_html(
        _("From {} in {} to <strong>{} in {}</strong>, the newest yearly payment on record. None was found for the "
        "years since.{}"),
        _millions(first), first.year, _millions(latest), latest.year, promised,
    )  # fmt: skip


def _millions(one: FigureRow) -> str:
    return _("%(currency)s %(amount)s million") % {"currency": one.currency, "amount": plain_number(one.millions)}


def figure_json(one: FigureRow) -> dict[str, Any]:
    """Return one figure of a fund for a JSON twin."""
    return {
        "id": one.id, "period": one.period, "kind": one.kind, "amount": plain_number(one.amount),
        "currency": one.currency, "due": one.due or None, "source": one.source.url,
    }  # fmt: skip


def _fund_json(fund: Fund) -> dict[str, Any]:
    def pair(values: Any) -> list[str] | None:
        return [plain_number(one) for one in values] if values is not None else None

    return {
        "id": fund.id,
        "name": fund.name,
        "figures": [figure_json(one) for one in fund.figures],
        "reconciliation": [
            {"from": one.start, "to": one.end, "rise": pair(one.rise), "paid": pair(one.paid), "years_known": one.known,
             "years_unknown": one.unknown, "left": pair(one.left)}
            for one in fund.steps
        ],
        "fits": [
            {"year": one.year, "total": plain_number(one.amount), "expected": pair(one.expected),
             "distance": plain_number(one.distance)}
            for one in fund.fits
        ],
        "utilisation": {"share": pair(fund.utilisation.share), "years": list(fund.utilisation.years)}
        if fund.utilisation
        else None,
        "projects": _projects_json(fund.projects) if fund.projects else None,
        "unit": "million",
    }  # fmt: skip


def _projects_json(held: Portfolio) -> dict[str, Any]:
    return {
        "count": held.count,
        "states": dict(held.states),
        "budgets": {currency: plain_number(amount) for currency, amount in held.totals},
        "budgets_known": {"n": held.budgeted, "N": held.whole},
        "begun": [
            {
                "year": one.year or None,
                "projects": one.count,
                "budgets_known": one.known,
                "budgets": {currency: plain_number(amount) for currency, amount in one.total},
            }
            for one in held.begun
        ],
        "months_to_first_disbursement": {"median": held.median_months, "n": len(held.months), "N": held.count},
    }


def _sheet(funds: list[Fund]) -> Sheet:
    columns = ("id", "fund", "period", "kind", "amount", "currency", "due", "statement", "checked", "source")
    cells = [
        (one.id, fund.id, f"year {one.period}", one.kind, plain_number(one.amount), one.currency, one.due,
         one.statement,
         "yes" if one.checked else "no", one.source.url)
        for fund in funds
        for one in fund.figures
    ]  # fmt: skip
    return Sheet("fund-figures", columns, cells)
