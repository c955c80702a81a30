"""Evidence on the pages: coverage four ways and on three days, both lists, the thread, the database's own guard."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.evidence.models import Claim
from followthrough.web.evidence.rows import claims_of
from followthrough.web.indicators.models import Target
from followthrough.web.links.models import Link
from followthrough.web.links.scope import Scope
from followthrough.web.pages import party_views
from support import said

DOC = "/agreements/asean-rok-2019"


def coverage(client: Client, **query: str) -> dict[str, Any]:
    """The coverage of the statement as its JSON twin gives it."""
    found: dict[str, Any] = json.loads(client.get(f"{DOC}.json", query).content)["coverage"]
    return found


def at(found: dict[str, Any], rung: str) -> str:
    """n of a rung."""
    return next(str(one["n"]) for one in found["rungs"] if one["rung"] == rung)


def test_every_figure_has_its_rule_and_both_lists(register: Document, client: Client) -> None:
    found = coverage(client)
    assert len(found["denominator"]) == 25
    assert found["rule"]["name"] == "any party acts"
    standing = [place for rung in found["rungs"] for place in rung["standing"]]
    assert sorted(standing) == sorted(found["denominator"])
    above = 0
    for rung in found["rungs"]:
        above += len(rung["standing"])
        assert (rung["n"], rung["N"]) == (str(above), 25)


def test_the_pictures_of_the_overview_can_be_taken_away_as_a_table(register: Document, client: Client) -> None:
    found = client.get(f"{DOC}.csv?as_of=2021-12-31").content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(found)))
    rungs = client.get(f"{DOC}.json?as_of=2021-12-31").json()["coverage"]["places"]
    assert {row["id"].rpartition("/")[2]: row["rung"] for row in table} == rungs
    years = [name for name in table[0] if name.startswith("claims ")]
    assert years == ["claims before", "claims 2019", "claims 2020", "claims 2021", "claims no date"]
    assert all(sum(int(row[name]) for name in years) == int(row["claims"]) for row in table)


def test_what_is_dated_after_the_last_year_is_called_later_and_never_before(register: Document, client: Client) -> None:
    def columns() -> dict[str, int]:
        table = list(csv.DictReader(io.StringIO(client.get(f"{DOC}.csv?as_of=2021").content.decode("utf-8-sig"))))
        assert all(sum(int(row[name]) for name in row if name[:7] == "claims ") == int(row["claims"]) for row in table)
        return {name[7:]: sum(int(row[name]) for row in table) for name in table[0] if name[:7] == "claims "}

    plain = columns()
    assert "later" not in plain and ">later</th>" not in client.get(f"{DOC}?as_of=2021").content.decode()
    one = next(row for row in claims_of(Scope("asean-rok-2019")) if row.date[:4] == "2020" and row.known < "2022")
    Claim.objects.filter(pk=one.id).update(date="2030")
    found = columns()
    assert list(found) == ["before", "2019", "2020", "2021", "later", "no date"]
    assert found["before"] == plain["before"] and found["later"] == plain["2020"] - found["2020"] > 0
    assert client.get(f"{DOC}?as_of=2021").content.decode().count(">later</th>") == 1


def test_the_four_ways_differ_as_they_must(register: Document, client: Client) -> None:
    shares = {way: Decimal(at(coverage(client, rollup=way), "planned")) for way in ("any", "all", "mean", "joint")}
    assert shares["all"] <= shares["mean"] <= shares["any"]
    assert shares["joint"] <= shares["any"]
    assert shares["all"] < shares["any"], "what one party did is not what all did"


def test_three_days_never_know_less_than_the_one_before(register: Document, client: Client) -> None:
    days = ("2019-12-31", "2021-12-31", "2025-12-31")
    outputs = [int(at(coverage(client, as_of=day), "output delivered")) for day in days]
    assert outputs == sorted(outputs)
    assert outputs[0] < outputs[-1]


def test_nothing_is_confirmed_until_somebody_does(register: Document, client: Client) -> None:
    assert at(coverage(client, basis="confirmed"), "planned") == "0"
    link = Link.objects.filter(claim__kind="output", role="main", claim__stance="neutral").first()
    assert link is not None
    Link.objects.filter(pk=link.pk).update(confirmed="2026-11-25", confirmed_by="somebody")
    assert at(coverage(client, basis="confirmed"), "output delivered") == "1"
    assert coverage(client)["links"]["confirmed"] == 1


def test_a_wrong_question_is_named_and_the_page_stands(register: Document, client: Client) -> None:
    page = client.get(DOC, {"as_of": "soon", "rollup": "most", "unit": "pages"}).content.decode()
    assert "“soon” is not a date" in page
    assert "“most” is not a known rollup" in page


def test_the_overview_says_what_is_covered_silent_and_contested(register: Document, client: Client) -> None:
    page = said(client.get(DOC).content.decode())
    assert "of 25 paragraphs have an output on record" in page
    assert "paragraph-years from that of the adoption on are silent" in page
    assert "Where sources do not agree" in page
    assert "Suggested, not confirmed" in page
    assert "Paragraphs 1.3, 2.1, 2.3, 2.5 are political" in page


def test_a_paragraph_shows_its_evidence_or_says_that_there_is_none(register: Document, client: Client) -> None:
    page = " ".join(client.get(f"{DOC}/4.3").content.decode().split())
    assert "Nothing recorded for 34 months" in page
    Link.objects.filter(activity__isnull=False, commitment__provision="asean-rok-2019/4.3").delete()
    assert "No activity is on record" in client.get(f"{DOC}/4.3").content.decode()
    Link.objects.filter(commitment__provision="asean-rok-2019/4.3").delete()
    bare = said(client.get(f"{DOC}/4.3").content.decode())
    assert "Nothing is recorded here. Evidence about this document was last entered on 28 Nov 2026" in bare
    assert "No source on record says that this was concluded: ASEAN-ROK Air Services Agreement" in bare
    assert "No quantity and no deadline is on record from the text itself." in bare
    Commitment.objects.filter(pk="asean-rok-2019/4.3a").update(quantity="40 per cent", deadline="2030-12-31")
    Link.objects.filter(claim__isnull=False).delete()
    bare = said(client.get(f"{DOC}/4.3").content.decode())
    assert "The text itself sets 40 per cent by 31 Dec 2030 (4.3a); nobody has entered that as a target yet." in bare
    assert "Nobody has looked yet: no evidence about this document has been entered." in bare


def test_figures_that_no_list_stands_behind_are_marked(register: Document, client: Client) -> None:
    page = client.get(f"{DOC}/1.2").content.decode()
    found = Claim.objects.filter(links__commitment="asean-rok-2019/1.2a", reproducible=False, withdrawn="")
    assert page.count(": the underlying list is not published") == found.count() > 1


@pytest.mark.database
@pytest.mark.django_db
def test_the_database_refuses_more_than_the_whole_of_an_activity(register: Document) -> None:
    held = Link.objects.filter(activity__isnull=False, share__isnull=False).first()
    assert held is not None
    spare = Commitment.objects.exclude(links__activity=held.activity).first()
    new = Link(
        id="l-too-much", commitment=spare, activity=held.activity, role="main", share="0.5",
        rationale="one half per cent too many", origin="person",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="exceed 100 per cent"), transaction.atomic():
        new.save(force_insert=True)
    with pytest.raises(DatabaseError, match="exceed 100 per cent"), transaction.atomic():
        Link.objects.filter(pk=held.pk).update(share="101")
    new.share = None
    new.save(force_insert=True)


@pytest.mark.database
@pytest.mark.django_db
def test_the_database_refuses_a_link_to_two_things(register: Document) -> None:
    held = Link.objects.filter(claim__isnull=False).first()
    meeting = Link.objects.filter(meeting__isnull=False).first()
    assert held is not None
    assert meeting is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Link.objects.filter(pk=held.pk).update(meeting=meeting.meeting)


def listed(client: Client, part: str, **query: str) -> list[dict[str, Any]]:
    """The rows of a list page, from its JSON twin."""
    found: dict[str, Any] = json.loads(client.get(f"{DOC}/{part}.json", query).content)
    rows: list[dict[str, Any]] = found[part]
    assert found["count"] == len(rows)
    return rows


def test_targets_are_judged_by_the_due_year_alone(register: Document, client: Client) -> None:
    states = {row["id"]: (row["state"], row["figures"]) for row in listed(client, "targets")}
    assert len(states) == Target.objects.count()
    assert states["t-01"] == ("missed", "USD 119.9 billion in 2015.")
    assert states["t-03"] == ("missed", "USD 143.8 billion in 2020.")
    assert states["t-06"][0] == "insufficient data"
    assert states["t-06"][1].startswith("No figure for 2020.")
    assert states["t-08"][0] == "contested"
    assert (states["t-05"][0], states["t-26"][0]) == ("superseded", "not yet due"), "its due year was found later"
    assert len(listed(client, "targets", state="missed")) == sum(state == "missed" for state, _ in states.values())


def test_the_fund_is_reconciled_and_its_launches_add_up(register: Document, client: Client) -> None:
    funds = {fund["id"]: fund for fund in json.loads(client.get(f"{DOC}/money.json").content)["funds"]}
    fund = funds["akcf"]
    launched = [
        one["amount"] for one in fund["figures"] if one["kind"] == "ongoing_portfolio" and one["period"] == "2020"
    ]
    assert launched == ["33640000"]
    begun = {one["year"]: one for one in fund["projects"]["begun"]}["2020"]
    assert (begun["projects"], begun["budgets_known"], begun["budgets"]) == (7, 7, {"USD": "31090000"})
    assert Activity.objects.get(pk="a-008").replaced_by_id == "a-100", "the eighth is counted with its later budget"
    fits = {(one["year"], one["total"]): one["distance"] for one in fund["fits"]}
    assert fits[(2018, "98")] == "3", "the yearly payments lead to 95"
    assert fits[(2018, "103")] == "8"
    page = " ".join(client.get(f"{DOC}/money").content.decode().split())
    assert "103 million by the end of 2018" in page
    assert "98 million by the end of 2018" in page
    assert "not known" in page


def test_evidence_can_be_filtered_searched_and_taken_away(register: Document, client: Client) -> None:
    everything = listed(client, "claims", period="all")
    standing = Claim.objects.filter(withdrawn="").count()
    assert len(everything) == standing < Claim.objects.count()
    since, earlier, unsure = (listed(client, "claims", period=one) for one in ("since", "earlier", "unsure"))
    assert len(since) + len(earlier) + len(unsure) == standing
    assert listed(client, "claims") == since, "the list begins with what came since the adoption"
    assert since[0]["date"] == max(row["date"] for row in since), "newest first"
    assert min(row["date"] for row in since) >= "2019-11-26" > max(row["date"] for row in earlier)
    page = client.get(f"{DOC}/claims").content.decode()
    assert f"Earlier than the adoption: {len(earlier)} evidence items" in page
    assert "claims.csv?" not in page
    assert "claims.csv?period=earlier" in client.get(f"{DOC}/claims?period=earlier").content.decode()
    against = listed(client, "claims", stance="unfavourable")
    assert 0 < len(against) < standing / 3
    assert all(row["stance"] == "unfavourable" for row in against)
    assert len(listed(client, "claims", q="air services")) < 20
    assert client.get(f"{DOC}/claims.csv?period=all").content.count(b"\r\n") == standing + 1


def test_a_source_shows_what_rests_on_it(register: Document, client: Client) -> None:
    page = client.get("/sources/s-mofa-akcf-en").content.decode()
    assert "Suggested grade 2 of 4" in page
    assert "103 million dollars" in page


def test_the_grid_of_parties_tells_unknown_from_not_done(register: Document, client: Client) -> None:
    rows = {row["id"]: row for row in listed(client, "instruments")}
    assert rows["paris"]["in_force"] == "12 of 12"
    assert rows["rcep"]["in_force"] == "8 of 12, 1 contested, 3 not known"
    assert {rows[key]["in_force"] for key in ("asean_membership", "asean_charter", "tac", "unclos")} == {""}
    assert (rows["asean_membership"]["known"], rows["asean_charter"]["known"]) == ("11 of 11", "1 of 11")
    page = client.get(f"{DOC}/instruments").content.decode()
    assert page.count("s-none") > 20


def test_what_belongs_to_a_draft_stays_with_it(register: Document, draft: Document, client: Client) -> None:
    for part in ("claims", "activities", "money", "targets", "instruments", "meetings", "commitments"):
        assert client.get(f"/agreements/{draft.pk}/{part}").status_code == 404
        assert client.get(f"/agreements/{draft.pk}/{part}.json").status_code == 404


def test_a_party_that_many_claims_name_lists_the_newest_and_filters_all(
    register: Document, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = client.get("/parties/KOR.json").json()["of"]
    against = client.get("/parties/KOR.json?stance=unfavourable").json()["count"]
    monkeypatch.setattr(party_views, "NEWEST", 20)
    page = said(client.get("/parties/KOR").content.decode())
    assert f"{against} of {held} evidence items that name it are adverse (the newest 20 are listed" in page
    assert client.get("/parties/KOR.json").json()["of"] == held
    filtered = client.get("/parties/KOR.json?kind=policy").json()["count"]
    assert f"{filtered} of {held} evidence items match" in " ".join(
        client.get("/parties/KOR?kind=policy").content.decode().split()
    )
