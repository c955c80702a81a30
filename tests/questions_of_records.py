"""Questions on money, activities, figures, meetings, instruments and stages, with what was counted for each."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from questions_counted import (
    AS_OF,
    NAMES,
    SILENT,
    STAGES,
    Counter,
    Question,
    Row,
    count,
    last_day,
    number,
    one,
)


def money(held: Counter) -> Iterator[Question]:
    every = [row for row in held.table("fund_figures") if row["fund"] == "akcf"]

    def item(row: Row) -> dict[str, Any]:
        return {"id": row["id"], "value": number(row["amount"]), "unit": row["currency"], "date": row["period"],
                "says": row["statement"], "sources": [held.source_of(row)]}  # fmt: skip

    wanted = [("contribution", year) for year in ("1990", "2015", "2019", "2022", "2023")]
    wanted += [("cumulative", year) for year in ("2010", "2014", "2018", "2023")]
    wanted += [("pledge", "2022"), ("ongoing_portfolio", "2024"), ("allocation", "2025")]
    words = {"contribution": "was paid into", "cumulative": "had been paid in all into", "pledge": "was promised to",
             "ongoing_portfolio": "were the running projects worth of", "allocation": "was taken out of"}  # fmt: skip
    for kind, year in wanted:
        rows = [row for row in every if row["kind"] == kind and row["period"].startswith(year)]
        asked = f"How much {words[kind]} the cooperation fund in {year}, and who says so?"
        expect = {"count": count(len(rows), len(every)), "items": [item(row) for row in rows],
                  "item_ids": [row["id"] for row in rows]}  # fmt: skip
        yield one("money", "fund manager", asked, "money", {"fund": "akcf", "kind": kind, "year": year}, expect)
    for kind, year in (("contribution", "2024"), ("contribution", "2000"), ("cumulative", "2025"),
                       ("disbursement", "2022")):  # fmt: skip
        assert not [row for row in every if row["kind"] == kind and row["period"].startswith(year)]
        asked = f"What is the figure of the cooperation fund of the kind {kind} for {year}?"
        yield one("money", "fund manager", asked, "money", {"fund": "akcf", "kind": kind, "year": year}, SILENT)
    projects = [row for row in held.table("activities") if row["fund"] == "akcf" and not row["withdrawn"]]
    whole = [row for row in projects if not row["parent"]]
    known = [row for row in whole if row["budget"]]
    expect = {"shares": [{"name": "akcf: projects with a known budget", **count(len(known), len(whole))}]}
    asked = "Of how many projects of the cooperation fund is the budget known?"
    yield one("money", "fund manager", asked, "money", {"fund": "akcf"}, expect)
    states = Tally(row["state"] for row in projects)
    shares = [{"name": f"akcf: projects {state}", **count(n, len(projects))} for state, n in states.items()]
    asked = "How many projects of the cooperation fund are running, and how many are completed?"
    yield one("money", "fund manager", asked, "money", {"fund": "akcf"}, {"shares": shares})


def activities(held: Counter) -> Iterator[Question]:
    every, named = held.activities, held.parties("activity")
    for key in ("a-001", "a-002", "a-009", "a-100", "a-095", "a-112"):
        row = every[key]
        item = {
            "id": key, "says": row["title"], "value": number(row["budget"]) if row["budget"] else None,
            "unit": row["currency"] or None, "state": row["state"], "places": held.places("activity", key),
            "parties": sorted(named[key]), "sources": [held.source_of(row)],
        }  # fmt: skip
        asked = f"What is the budget of “{row['title']}”, in which state is it, and which commitments does it serve?"
        expect = {"count": count(1, len(every)), "items": [item]}
        yield one("activities", "fund manager", asked, "activities", {"id": key}, expect)
    for given, asked in (
        ({"fund": "akcf"}, "Which projects does the cooperation fund pay for, and of how many is the budget known?"),
        ({"state": "completed"}, "Which activities are completed, and of how many is the budget known?"),
        ({"kind": "training"}, "Which trainings are on record, and of how many is the budget known?"),
        ({"place": "4.3"}, "Which activities serve air links (4.3)?"),
        ({"place": "5.1"}, "Which activities serve paragraph 5.1?"),
        ({"party": "VNM"}, "In which activities does Viet Nam take part?"),
    ):
        mine = held.within(given["place"]) if "place" in given else None
        keys = [
            key for key, row in every.items()
            if all(row[name] == value for name, value in given.items() if name in ("fund", "state", "kind"))
            and ("party" not in given or given["party"] in named[key])
            and (mine is None or mine & set(held.places("activity", key)))
        ]  # fmt: skip
        known = [key for key in keys if every[key]["budget"]]
        shares = [{"name": "budget known", **count(len(known), len(keys)), "inside": known}]
        expect = {"count": count(len(keys), len(every)), "item_ids": keys, "shares": shares}
        yield one("activities", "fund manager", asked, "activities", {**given, "limit": 50}, expect)
    for ref in [ref for ref in ("2.3b", "6.3b", "2.1a", "4.2a") if not held.at("activity", ref)][:2]:
        asked = f"Which activities serve commitment {ref}?"
        yield one("activities", "ministry", asked, "activities", {"place": ref}, SILENT)
    assert not [key for key, row in every.items() if row["kind"] == "publication" and row["state"] == "proposed"]
    given = {"kind": "publication", "state": "proposed"}
    yield one("activities", "ministry", "Which publications are proposed?", "activities", given, SILENT)


def targets(held: Counter) -> Iterator[Question]:
    states = {key: held.judged(row, AS_OF) for key, row in held.targets.items()}
    for key in ("t-01", "t-03", "t-04", "t-06", "t-08", "t-12", "t-16", "t-18", "t-24", "t-26"):
        row = held.targets[key]
        item = {
            "id": key, "says": row["statement"], "value": number(row["value"]) if row["value"] else None,
            "unit": row["unit"] or None, "state": states[key], "date": row["due"] or None,
            "sources": [held.source_of(row)],
        }  # fmt: skip
        asked = f"Was this target met: “{row['statement']}”?"
        yield one("targets", "journalist", asked, "targets", {"id": key, "as_of": AS_OF}, {"items": [item]})
    for state, asked in (("missed", "Which targets were missed?"), ("contested", "Which targets are contested?"),
                         ("not yet due", "Which targets are not yet due?"),
                         ("insufficient data", "Which targets can't be judged for want of a figure?")):  # fmt: skip
        keys = [key for key, found in states.items() if found == state]
        expect = {"count": count(len(keys), len(states)), "item_ids": keys}
        yield one("targets", "ministry", asked, "targets", {"state": state, "as_of": AS_OF}, expect)
    for year in ("2018", "2040"):
        assert not [row for row in held.targets.values() if row["due"].startswith(year)]
        yield one("targets", "ministry", f"Which targets were due in {year}?", "targets", {"due": year}, SILENT)


def indicators(held: Counter) -> Iterator[Question]:
    feeds = {row["id"]: row for row in held.table("feeds")}
    shown: dict[str, tuple[int, str, str]] = {}
    for row in held.table("vintages"):
        feed = feeds[row["feed"]]
        rank = (int(feed["rank"]), row["id"], row["url"])
        shown[feed["indicator"]] = min(shown.get(feed["indicator"], rank), rank)
    figures: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in held.table("figures"):
        figures[row["vintage"]][row["area"], row["period"]] = row["value"]
    meta = {row["id"]: row for row in held.table("indicators")}
    linked = sorted({row["indicator"] for row in held.links if row["indicator"]})
    wanted = (("i-electricity", "LAO", "2015"), ("i-internet-use", "VNM", "2016"), ("i-adult-training", "IDN", "2007"),
              ("i-renewables", "PHL", "2014"), ("i-life-expectancy", "KOR", "2015"), ("i-forest", "MYS", "2015"),
              ("i-homicide", "THA", "2016"), ("i-urban-share", "KHM", "2015"),
              ("i-patents", "SGP", "2010"))  # fmt: skip
    for key, area, year in wanted:
        _, vintage, url = shown[key]
        value = figures[vintage].get((area, year))
        row = meta[key]
        asked = f"What was “{row['title']}” of {NAMES[area]} in {year}, and whose figure is it?"
        given = {"indicator": key, "party": area, "year": year}
        if value is None:
            yield one("indicators", "analyst", asked, "indicators", given, SILENT)
            continue
        item = {"id": f"{key}/{area}/{year}", "value": value, "unit": row["unit"] or None,
                "sources": [{"id": vintage, "url": url}]}  # fmt: skip
        expect = {"count": count(1, len(figures[vintage])), "items": [item]}
        yield one("indicators", "analyst", asked, "indicators", given, expect)
    for key, area, year in (("i-electricity", "LAO", "1950"), ("i-internet-use", "VNM", "2030")):
        assert (area, year) not in figures[shown[key][1]]
        asked = f"What was “{meta[key]['title']}” of {NAMES[area]} in {year}?"
        given = {"indicator": key, "party": area, "year": year}
        yield one("indicators", "analyst", asked, "indicators", given, SILENT)
    asked = "How many indicators stand around the agreement?"
    yield one("indicators", "analyst", asked, "indicators", {}, {"count": count(len(linked), len(linked))})
    for ref in ("5.1", "6.3"):
        mine = held.within(ref)
        keys = sorted({row["indicator"] for row in held.links if row["indicator"] and held.place(row) in mine})
        expect = {"count": count(len(keys), len(linked)), "item_ids": keys}
        asked = f"Which indicators stand around paragraph {ref}?"
        yield one("indicators", "analyst", asked, "indicators", {"place": ref, "limit": 50}, expect)


def meetings(held: Counter) -> Iterator[Question]:
    every = held.meetings
    for body, period in (("Summit", ""), ("JCC", ""), ("Foreign Ministers", ""), ("AEM-ROK", ""),
                         ("ADMM-Plus", ""), ("", "2024"), ("Summit", "2024")):  # fmt: skip
        keys = [key for key, row in every.items() if body in ("", row["body"]) and row["date"].startswith(period)]
        of_body, of_period = f" of the body “{body}”" if body else "", f" in {period}" if period else ""
        asked = f"Which meetings{of_body}{of_period} are on record?"
        given = {name: value for name, value in (("body", body), ("period", period)) if value} | {"limit": 50}
        items = [
            {
                "id": key,
                "date": every[key]["date"],
                "says": every[key]["result"],
                "sources": [held.source_of(every[key])],
            }
            for key in keys
        ]
        expect = {"count": count(len(keys), len(every)), "items": items, "item_ids": keys}
        yield one("meetings", "ministry", asked, "meetings", given, expect)
    for ref in ("4.3", "5.2", "6.2"):
        keys = held.at("meeting", ref)
        those: Question = {"count": count(len(keys), len(every)), "item_ids": keys}
        asked = f"Which meetings spoke to paragraph {ref}?"
        yield one("meetings", "ministry", asked, "meetings", {"place": ref, "limit": 50}, those if keys else SILENT)
    nothing: list[tuple[dict[str, str], str]] = [
        ({"period": "1999"}, "Did anybody meet in 1999?"),
        ({"body": "JCC", "period": "2005"}, "What did the joint committee (JCC) decide in 2005?"),
        ({"words": "moon landing"}, "Which meeting spoke of a moon landing?"),
    ]
    for ask, asked in nothing:
        assert "period" not in ask or not [
            row for row in every.values()
            if ask.get("body", row["body"]) == row["body"] and row["date"].startswith(ask["period"])
        ]  # fmt: skip
        yield one("meetings", "journalist", asked, "meetings", ask, SILENT)


def instruments(held: Counter) -> Iterator[Question]:
    tied = {row["instrument"] for row in held.links if row["instrument"]}
    tied |= {row["instrument"] for row in held.table("citations") if row["commitment"] in held.home}
    names = {row["id"]: row["name"] for row in held.table("instruments")}
    for key, party in (("paris", "VNM"), ("paris", "KOR"), ("paris", "TLS"), ("rcep", "KOR"), ("rcep", "MYS"),
                       ("rcep", "SGP"), ("tac", "KOR"), ("tac", "IDN"), ("unclos", "VNM"), ("rcep", "IDN"),
                       ("rcep", "PHL"), ("unclos", "KHM")):  # fmt: skip
        step, dated, source = held.status(key, party)
        asked = f"Has {NAMES[party]} signed or ratified “{names[key]}”, and since when is it in force there?"
        given = {"instrument": key, "party": party}
        if not step:
            yield one("instruments", "journalist", asked, "instruments", given, SILENT)
            continue
        item = {"id": key, "state": step, "date": dated or None, "sources": [source]}
        expect = {"count": count(1, len(tied)), "items": [item]}
        yield one("instruments", "journalist", asked, "instruments", given, expect)
    given = {"instrument": "rcep", "party": "MMR"}
    asked = f"Is “{names['rcep']}” in force for Myanmar?"
    item = {"id": "rcep", "state": "contested"}
    yield one("instruments", "journalist", asked, "instruments", given, {"items": [item]})
    for key in ("paris", "unclos"):
        found: dict[str, list[str]] = defaultdict(list)
        for party in held.states:
            found[held.status(key, party)[0] or "not known"].append(party)
        shares = [{"name": step, **count(len(keys), len(held.states)), "inside": keys} for step, keys in found.items()]
        asked = f"For how many of the {len(held.states)} states is “{names[key]}” known to be in force?"
        yield one("instruments", "ministry", asked, "instruments", {"instrument": key}, {"shares": shares})


def coverage(held: Counter) -> Iterator[Question]:
    for as_of in (AS_OF, "2022-12-31", "2020"):
        found = held.stages(last_day(as_of).isoformat())
        asked = f"How many of the {len(found)} paragraphs had an output on record by {as_of}, and which had not?"
        yield one("coverage", "ministry", asked, "coverage", {"as_of": as_of}, {"shares": _reached(found)})
    for section in ("2", "4", "6"):
        mine = held.within(f"section-{section}")
        found = {key: stage for key, stage in held.stages(AS_OF).items() if key in mine}
        asked = f"What came of section {section}: how many of its paragraphs have an output on record?"
        given = {"section": section, "as_of": AS_OF}
        yield one("coverage", "ministry", asked, "coverage", given, {"shares": _reached(found)})
    for party in ("VNM", "TLS", "KOR"):
        found = held.stages(AS_OF, party)
        moved = [key for key, stage in found.items() if stage]
        still = [key for key, stage in found.items() if not stage]
        asked = f"In how many paragraphs does evidence that counts name {NAMES[party]}, and in which does it not?"
        whole: Question = {"count": {**count(len(moved), len(found)), "inside": moved, "outside": still}}
        given = {"party": party, "as_of": AS_OF}
        yield one("coverage", "journalist", asked, "coverage", given, whole if moved else {"silent": True})
    found = held.stages(AS_OF, unit="commitments")
    asked = f"How far are the {len(found)} commitments, one by one?"
    given = {"unit": "commitments", "as_of": AS_OF}
    yield one("coverage", "analyst", asked, "coverage", given, {"shares": _reached(found)})
    given = {"as_of": "2019-11-25"}
    assert not any(held.stages("2019-11-25").values())
    asked = "What had been done the day before the adoption?"
    yield one("coverage", "journalist", asked, "coverage", given, {"silent": True})
    for ref, party in (("1.2", "TLS"),):
        mine = held.within(ref)
        found = {key: stage for key, stage in held.stages(AS_OF, party).items() if key in mine}
        assert not any(found.values())
        asked = f"What did {NAMES[party]} do about paragraph {ref}?"
        given = {"section": ref, "party": party, "as_of": AS_OF}
        yield one("coverage", "journalist", asked, "coverage", given, {"silent": True})


def _reached(found: dict[str, int]) -> list[dict[str, Any]]:
    shares = []
    for stage, label in enumerate(STAGES):
        inside = [key for key, at in found.items() if at >= stage]
        outside = [key for key, at in found.items() if at < stage]
        shares.append({"name": f"at or above: {label}", **count(len(inside), len(found)), "inside": inside,
                       "outside": outside})  # fmt: skip
    return shares
