"""Activities with their budgets, and the money of funds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from followthrough.packs.cells import plain
from followthrough.web.activities.activity_rows import ActivityRow
from followthrough.web.activities.rows import FigureRow, Fund, funds_of
from followthrough.web.activities.summaries import ActivitySummary, activities_at, whole_activities
from followthrough.web.answers.asking import (
    Listed,
    answered,
    facts_of,
    inside,
    one_of,
    share,
    site,
    source_ref,
    where,
    with_shares,
)
from followthrough.web.answers.asks import AskActivities, AskMoney
from followthrough.web.answers.evidence import parties_of
from followthrough.web.answers.shape import Answer, Item, Share
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.kit.addresses import address
from followthrough.web.kit.findable import holds, words_of
from followthrough.web.pages.money_views import fund_lead, money_finding


def activities(ask: AskActivities) -> Answer:
    """Find activities and projects: who leads them, when, in which state, with which budget, and what they serve.

    A budget that is not on record is null and never zero; budgets of different activities are not added up here.
    """
    at = where(ask.agreement)
    every = activities_at(at.scope, words=bool(ask.words))
    named = parties_named(at.scope)
    for name, known in (("kind", {one.kind for one in every}), ("state", {one.state for one in every}),
                        ("fund", {one.fund for one in every}), ("id", {one.id for one in every})):  # fmt: skip
        one_of(name, getattr(ask, name), known)
    one_of("party", ask.party, parties_of(at))
    places = inside(ask.place, *at.places()) if ask.place else None
    chosen = [
        one for one in _narrowed(ask, every)
        if (places is None or any(tie.place in places for tie in one.ties))
        and (not ask.party or ask.party in named.get(one.id, ()))
    ]  # fmt: skip
    some = chosen[ask.skip : ask.skip + ask.limit]
    rows = {one.id: one for one in whole_activities(some, at.by, at.id)}
    told = Listed("activities", "activities that answer, of all linked to the agreement and not withdrawn",
                  at.page("activities"))  # fmt: skip

    def item(one: ActivitySummary) -> Item:
        return activity_item(rows[one.id], sorted(named.get(one.id, ())), one.fund)

    found = answered(at, told, every, chosen, item, ask.portion)
    known_of = [one.id for one in chosen if one.budgeted]
    unknown = [one.id for one in chosen if not one.budgeted]
    formula = "of these, activities whose budget is on record"
    budgets = share("budget known", len(known_of), len(chosen), formula, known_of, unknown)
    return with_shares(found, [budgets]) if chosen else found


def _narrowed(ask: AskActivities, every: Iterable[ActivitySummary]) -> Iterable[ActivitySummary]:
    words = words_of(ask.words)
    exact = {"id": ask.id, "kind": ask.kind, "state": ask.state, "fund": ask.fund}
    for one in every:
        if all(not wanted or getattr(one, name) == wanted for name, wanted in exact.items()) and holds(
            one.words, words
        ):
            yield one


def activity_item(one: ActivityRow, parties: list[str], fund: str) -> Item:
    """Return an activity; its value is its budget as printed."""
    cells = {
        "kind": one.kind, "state_as_printed": one.status, "start": one.start, "end": one.end, "lead": one.lead_body,
        "statement": one.statement, "part_of": one.parent, "paid_by": fund, "recorded": one.recorded,
    }  # fmt: skip
    return Item(
        one.kind, one.id, one.title, one.start or one.end or None,
        plain(one.budget) if one.budget is not None else None, one.currency or None, one.state,
        sorted({tie.place for tie in one.ties}), parties, facts_of(cells), sources=[source_ref(one.source)],
        page=site(address("activity", one.id)),
    )  # fmt: skip


def money(ask: AskMoney) -> Answer:
    """Say what was paid into, promised to and counted in the funds of an agreement: each published figure by itself.

    Figures of one year and kind may contradict one another: `contested` has the questions. They are never added up,
    since sources count differently. A year without a figure is unknown, not zero.
    """
    at = where(ask.agreement, ask.as_of)
    funds = funds_of(at.id, at.by, ask.as_of and at.as_of)
    one_of("fund", ask.fund, {one.id for one in funds})
    held = [fund for fund in funds if ask.fund in ("", fund.id)]
    every = [(fund, one) for fund in held for one in fund.figures]
    one_of("kind", ask.kind, {one.kind for _, one in every} | {"contribution", "cumulative", "pledge", "allocation",
                                                              "disbursement", "ongoing_portfolio"})  # fmt: skip
    chosen = [
        (fund, one) for fund, one in every
        if ask.kind in ("", one.kind) and (not ask.year or one.period.startswith(ask.year))
    ]  # fmt: skip
    told = Listed("figures of funds", "published figures that answer, of all of these funds", at.page("money"))
    found = answered(at, told, every, chosen, lambda pair: _figure(*pair), ask.portion)
    if not chosen:
        return found
    says = fund_lead(held[0]) if ask.fund else money_finding(funds)
    plain_question = not (ask.kind or ask.year)
    return with_shares(found, [one for fund in held for one in _projects(fund)], says if plain_question else "")


def _figure(fund: Fund, one: FigureRow) -> Item:
    cells: Mapping[str, Any] = {
        "fund": fund.id, "fund_name": fund.name, "checked_by_a_second_reader": "yes" if one.checked else "no",
        "promised_for": one.due,
    }  # fmt: skip
    return Item(
        one.kind, one.id, one.statement, one.period, plain(one.amount), one.currency, facts=facts_of(cells),
        sources=[source_ref(one.source)],
    )  # fmt: skip


def _projects(fund: Fund) -> list[Share]:
    """Return of how many projects of a fund the budget is known, and how many are in each state."""
    if fund.projects is None:
        return []
    held = fund.projects
    formula = "whole projects of the fund whose budget is on record; a part is counted inside its whole"
    formula = "whole projects of the fund whose budget is on record; a part is counted inside its whole"
    known = share(f"{fund.id}: projects with a known budget", held.budgeted, held.whole, formula, [], [])
    states = [
        share(f"{fund.id}: projects {state}", n, held.count, "projects of the fund in this state", [], [])
        for state, n in held.states
    ]
    return [known, *states]
