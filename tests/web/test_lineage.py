"""What follows what: edges between commitments, which of them stand, and targets that were set again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from followthrough.assess.targets import Observed
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.edges import edges_of, stands
from followthrough.web.agreements.models import Commitment, Document, Edge, Provision
from followthrough.web.charts.target_lines import number
from followthrough.web.indicators.target_families import families
from followthrough.web.indicators.target_rows import targets_again, targets_of
from followthrough.web.links.scope import Scope
from support import said

pytestmark = pytest.mark.sqlite

TODAY = "2026-11-25"


def test_the_edges_of_the_pack_with_both_sides(register: Document, client: Client) -> None:
    found = client.get("/lineage.json").json()
    assert len(found["documents"]) == Document.objects.count()
    assert len(found["edges"]) == Edge.objects.count() and all(edge["rationale"] for edge in found["edges"])
    edge = next(one for one in found["edges"] if one["id"] == "e-04")
    assert (edge["later"]["commitment"], edge["earlier"]["commitment"]) == (
        "asean-rok-poa-2021/line-1a", "asean-rok-2019/2.2a",
    )  # fmt: skip
    assert (edge["later"]["current"], edge["earlier"]["current"]) == (False, True), "the plan ended in 2025"
    page = said(client.get("/lineage").content.decode())
    assert f"{len(found['documents'])} documents from 1989 to 2026" in page and "no longer current" in page
    assert "implements" in client.get("/agreements/asean-rok-2019/2.2a").content.decode()


def test_a_commitment_that_was_superseded_no_longer_stands(register: Document) -> None:
    old, new = Commitment.objects.filter(provision__document=register).order_by("id")[:2]
    assert stands(old.pk, "", TODAY, SYSTEM)
    Edge.objects.create(id="e-x", later=new, earlier=old, kind="supersedes", rationale="x", origin="person")
    assert not stands(old.pk, "", TODAY, SYSTEM) and stands(new.pk, "", TODAY, SYSTEM)
    edge = next(one for one in edges_of(SYSTEM, TODAY, old.pk) if one.id == "e-x")
    assert (edge.later.stands, edge.earlier.stands) == (True, False)


def test_an_edge_to_a_draft_is_seen_by_nobody_else(draft: Document, register: Document) -> None:
    place = Provision.objects.create(
        id="draft-2030/1", document=draft, eid="p", kind="paragraph", position=1, title="x"
    )
    later = Commitment.objects.create(
        id="draft-2030/1a", provision=place, position=0, verb="x", kind="action", strength=4
    )
    earlier = Commitment.objects.filter(provision__document=register).first()
    assert earlier is not None
    Edge.objects.create(id="e-d", later=later, earlier=earlier, kind="drops", rationale="x", origin="person")
    assert "e-d" not in {one.id for one in edges_of(AnonymousUser(), TODAY)}
    assert "e-d" in {one.id for one in edges_of(SYSTEM, TODAY)}


def test_targets_that_were_set_again(register: Document, client: Client) -> None:
    found = {one.series: one for one in families(targets_again(SYSTEM, TODAY))}
    trade = found["trade_goods_kr"]
    assert [(str(one.value), one.due, one.judgement.state) for one in trade.goals] == [
        ("150", "2015", "missed"), ("200", "2020", "missed"), ("300", "2029", "not yet due"),
    ]  # fmt: skip
    visits = found["visitors_total"]
    assert [(str(one.value), one.judgement.state) for one in visits.goals] == [
        ("15", "insufficient data"), ("15", "no date set"),
    ]  # fmt: skip
    assert "Announced six times." in trade.says
    page = " ".join(client.get("/lineage").content.decode().split())
    assert "150 by 2015: missed" in page and "200 by 2020: missed" in page and "300 by 2029: not yet due" in page


def test_the_picture_joins_only_years_that_follow_and_breaks_where_one_is_missing(register: Document) -> None:
    (family,) = (one for one in families(targets_of(Scope("asean-rok-2019"), TODAY)) if one.series == "trade_goods_kr")
    drawn = family.chart(TODAY)
    assert len(drawn.dots) == sum(len(held) for held in family.observed.values())
    assert len(drawn.solid) == 16 and not drawn.dotted, "every year from 2008 to 2024 has a figure"
    family.observed["KOR-ASEAN"][:] = [one for one in family.observed["KOR-ASEAN"] if one.period != "2012"]
    again = family.chart(TODAY)
    assert len(again.solid) == 14 and len(again.dotted) == 1
    assert {goal.icon for goal in drawn.goals} == {"cross", "ring"}
    assert all(0 <= dot.x <= drawn.width and 0 <= dot.y <= drawn.height for dot in drawn.dots)


def test_censored_values_are_hollow_and_words_are_no_figure(register: Document) -> None:
    (family,) = (one for one in families(targets_of(Scope("asean-rok-2019"), TODAY)) if one.series == "trade_goods_kr")
    family.observed["KOR-ASEAN"][:] = [Observed("2020", "<2.5"), Observed("2021", "n/a"), Observed("2022", "3")]
    drawn = family.chart(TODAY)
    assert [dot.hollow for dot in drawn.dots] == [True, False]
    assert number("nan") is None and number("<2.5") is not None
