"""Questions on the words of the agreement and what is said of them, with what was counted for each."""

from __future__ import annotations

import json
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from questions_counted import (
    AS_OF,
    DOCUMENT,
    NAMES,
    SILENT,
    Counter,
    Question,
    Row,
    count,
    first_day,
    last_day,
    number,
    one,
)


def texts(held: Counter) -> Iterator[Question]:
    hashes = {row["id"]: row["sha256"] for row in held.provisions}
    for ref in ("1.2a", "1.4a", "2.2b", "2.4b", "3.1a", "3.3a", "4.3b", "5.2c", "6.1a", "6.3b"):
        row = next(row for row in held.commitments if row["id"] == f"{DOCUMENT}/{ref}")
        home = row["provision"]
        quotes = [
            {"start": start, "end": end, "document": DOCUMENT, "provision": home, "sha256": hashes[home]}
            for start, end in json.loads(row["spans"])
        ]
        facts = {"verb": row["verb"], "kind": row["kind"], "strength": f"{row['strength']} of 5"}
        item = {"id": row["id"], "says": row["summary"], "quotes": quotes, "facts": facts}
        asked = (
            f"What exactly does commitment {ref} undertake, by which verb, and where do its words stand in the text?"
        )
        yield one("text", "journalist", asked, "place", {"place": ref}, {"items": [item]})
    for ref in ("1.1", "3.2", "6.4"):
        items = [
            {"id": row["id"], "facts": {"not_stated_in_the_text": row["missing"]}}
            for row in held.commitments
            if row["provision"] == f"{DOCUMENT}/{ref}"
        ]
        asked = f"Does paragraph {ref} set a target, a timeframe or an owner?"
        yield one("text", "ministry", asked, "place", {"place": ref}, {"items": items})
    for ref in ("1.3", "2.1", "3.4"):
        political = next(row["political"] for row in held.provisions if row["id"] == f"{DOCUMENT}/{ref}") == "true"
        facts = {"political": "yes, never scored" if political else "no"}
        item = {"id": f"{DOCUMENT}/{ref}", "facts": facts}
        yield one("text", "analyst", f"May paragraph {ref} be scored?", "place", {"place": ref}, {"items": [item]})


def evidence(held: Counter) -> Iterator[Question]:
    every, named = held.claims, held.parties("claim")

    def adverse(keys: list[str]) -> dict[str, Any]:
        against = [key for key in keys if every[key]["stance"] == "unfavourable"]
        return {"name": "adverse", "n": len(against), "of": len(keys), "inside": against}

    for ref in ("1.2", "1.4", "2.2", "3.1", "4.3", "4.3b", "5.2", "6.1", "6.4"):
        keys = held.at("claim", ref)
        asked = f"How many evidence items are on record about {ref}, and how many of them speak against it being kept?"
        expect = {"count": count(len(keys), len(every)), "shares": [adverse(keys)]}
        yield one("evidence", "journalist", asked, "evidence", {"place": ref}, expect)
    for party in ("KOR", "VNM", "IDN", "LAO", "TLS"):
        keys = [key for key in every if party in named[key]]
        asked = f"How much of the evidence names {NAMES[party]}, and how much of that is adverse?"
        expect = {"count": count(len(keys), len(every)), "shares": [adverse(keys)]}
        yield one("evidence", "ministry", asked, "evidence", {"party": party}, expect)
    for year, kind in (("2024", "funding"), ("2023", "output"), ("2025", "agreement")):
        keys = [key for key, row in every.items() if row["date"].startswith(year) and row["kind"] == kind]
        asked = f"Which evidence items of the kind {kind} are dated {year}?"
        expect = {"count": count(len(keys), len(every)), "item_ids": keys}
        given = {"period": year, "kind": kind, "limit": 50}
        yield one("evidence", "analyst", asked, "evidence", given, expect)
    nothing: list[tuple[dict[str, str], str]] = [
        ({"period": "1985"}, "What evidence is there of the year 1985?"),
        ({"party": "LAO", "place": "6.1"}, "What does the evidence say of Laos on paragraph 6.1?"),
        ({"kind": "funding", "stance": "comparison"}, "Which comparisons of funding are on record?"),
    ]
    for ask, asked in nothing:
        assert not _chosen(held, ask), ask
        yield one("evidence", "journalist", asked, "evidence", ask, SILENT)


def _chosen(held: Counter, given: dict[str, str]) -> list[str]:
    named, mine = held.parties("claim"), held.within(given["place"]) if "place" in given else None
    return [
        key for key, row in held.claims.items()
        if row["date"].startswith(given.get("period", "")) and given.get("kind", row["kind"]) == row["kind"]
        and given.get("stance", row["stance"]) == row["stance"]
        and ("party" not in given or given["party"] in named[key])
        and (mine is None or mine & set(held.places("claim", key)))
    ]  # fmt: skip


def figures_said(held: Counter) -> Iterator[Question]:
    with_value = {key: row for key, row in held.claims.items() if row["value"]}
    chosen = sorted(with_value)[:: max(1, len(with_value) // 14)][:14]
    for key in chosen:
        row = with_value[key]
        figure = number(row["value"])
        same = [other for other, its in with_value.items() if number(its["value"]) == figure]
        item = {"id": key, "value": figure, "unit": row["unit"] or None, "says": row["statement"],
                "date": row["date"] or None, "sources": [held.source_of(row)]}  # fmt: skip
        asked = f"Who says {figure} {row['unit']}".strip() + ", in which words, and of when?"
        expect = {"count": count(len(same), len(held.claims)), "items": [item], "item_ids": same}
        yield one("claims of a figure", "journalist", asked, "evidence", {"figure": figure, "limit": 50}, expect)
    for figure, of in (("999.99", "billion dollars of trade"), ("123456", "students"), ("77.7", "per cent")):
        assert all(number(row["value"]) != figure for row in with_value.values())
        asked = f"Does anybody on record say {figure} {of}?"
        yield one("claims of a figure", "journalist", asked, "evidence", {"figure": figure}, SILENT)


def contested(held: Counter) -> Iterator[Question]:
    figures = {row["id"]: row for row in held.table("fund_figures")}
    sides: dict[str, list[Row]] = defaultdict(list)
    for row in held.table("conflict_sides"):
        sides[row["conflict"]].append(row)
    reached = [
        key for key, rows in sides.items()
        if any(row["claim"] in held.claims or row["fund_figure"] in figures for row in rows)
    ]  # fmt: skip
    topics = {row["id"]: row["topic"] for row in held.table("conflicts")}
    chosen = ("trade-2022", "trade-2024", "akcf-cumulative-2018", "akcf-cumulative-2023", "akcf-paid-2019",
              "rcep-myanmar", "heat-budget", "visits-2019", "students-vnm-2025", "music-festival-budget",
              "visits-2024")  # fmt: skip
    for key in chosen:
        voices: list[dict[str, Any]] = [
            {
                "record": row["claim"] or row["fund_figure"], "says": row["says"],
                "value": number(row["value"]) if row["value"] else None, "unit": row["unit"] or None,
                "source": held.source_of(row),
            }
            for row in sides[key] if row["claim"] or row["fund_figure"]
        ]  # fmt: skip
        expect = {"count": count(1, len(reached)), "items": [{"id": key, "says": topics[key], "sides": voices}]}
        asked = f"Sources disagree on “{topics[key]}”: what does each say, and which source is it?"
        yield one("contested", "journalist", asked, "contested", {"id": key}, expect)
    asked = "On how many questions do the sources about the agreement contradict each other?"
    expect = {"count": count(len(reached), len(reached)), "item_ids": reached}
    yield one("contested", "analyst", asked, "contested", {"limit": 50}, expect)
    asked = "Do sources disagree on the number of volcanoes?"
    yield one("contested", "journalist", asked, "contested", {"words": "volcanoes"}, SILENT)


def finding(held: Counter) -> Iterator[Question]:
    documents = held.table("documents")
    catalogued = {row["document"] for row in held.table("provisions")}
    share: Question = {"name": "catalogued", **count(len(catalogued), len(documents)), "inside": sorted(catalogued)}
    expect = {"count": count(len(documents), len(documents)), "shares": [share]}
    yield one("finding", "analyst", "Which agreements can be asked about?", "agreements", {"limit": 50}, expect)
    for key in ("asean-rok-csp-2024", "mekong-rok-declaration-2019", "kasi-2022"):
        row = next(row for row in documents if row["id"] == key)
        facts = {"source_url": held.source_of(row)["url"]} | ({"place": row["place"]} if row["place"] else {})
        item = {"id": key, "says": row["title"], "date": row["adopted"], "facts": facts}
        asked = f"When and where was “{row['short_title']}” adopted?"
        yield one("finding", "journalist", asked, "agreements", {"words": row["title"]}, {"items": [item]})
    yield one("finding", "journalist", "Is there an agreement on Antarctica?", "agreements", {"words": "Antarctica"},
              {"silent": True, "items": []})  # fmt: skip
    for words in ("zebra crossings", "moon landing", "chess tournament"):
        asked = f"What does the register say about {words}?"
        yield one("finding", "journalist", asked, "search", {"words": words}, {"silent": True, "items": []})
    for section in ("1", "5"):
        mine = held.within(f"section-{section}") - {f"{DOCUMENT}/section-{section}"}
        inside = [row["id"] for row in held.commitments if row["id"] in mine]
        among = {**count(len(inside), len(held.commitments)), "inside": inside}
        asked = f"How many of the commitments stand in section {section}, and which?"
        yield one("finding", "journalist", asked, "place", {"place": section}, {"count": among})
    refused = {"error": "the agreement has nothing numbered"}
    yield one("finding", "journalist", "What does paragraph 9.9 say?", "place", {"place": "9.9"}, refused)


def reports(_held: Counter) -> Iterator[Question]:
    """Nobody has reported: a pack holds no report of a party."""
    asked = "What have the parties reported of themselves?"
    yield one("reports", "journalist", asked, "reports", {}, SILENT)
    for party in ("KOR", "SGP", "THA"):
        asked = f"What does {NAMES[party]} say of itself?"
        yield one("reports", "journalist", asked, "reports", {"party": party}, SILENT)
    yield one("reports", "ministry", "Which parties reported on 4.3?", "reports", {"place": "4.3"}, SILENT)


def matters(held: Counter) -> Iterator[Question]:
    taken = [row for row in held.meetings.values() if row["result"] and last_day(row["date"]) <= last_day(AS_OF)]
    sets: dict[tuple[str, ...], list[Row]] = {}
    for row in held.targets.values():
        key = (row["series"], number(row["value"]), row["due"][:4]) if row["series"] and row["value"] else (row["id"],)
        sets.setdefault(key, []).append(row)
    judged = [held.judged(rows[0], AS_OF) for rows in sets.values()]
    total, concluded = len(taken) + len(sets), sum(state in ("met", "missed") for state in judged)
    asked = "How many earlier decisions are on record, and how many of them are concluded?"
    expect = {"count": count(total, total), "shares": [{"name": "concluded", **count(concluded, total)}]}
    yield one("matters arising", "ministry", asked, "matters_arising", {"as_of": AS_OF}, expect)
    by_date = sorted(taken, key=lambda row: (row["date"], row["id"]))
    for row in (by_date[4], by_date[20], by_date[-9], by_date[-3]):
        heard = _heard(held, row)
        facts = {"last_heard": heard} if heard else {"state": "Nothing since"}
        sources = [{"url": held.source_of(row)["url"]}]
        asked = f"What was heard since of this decision: “{row['result']}”?"
        given = {"words": row["result"][:120], "as_of": AS_OF}
        yield one("matters arising", "ministry", asked, "matters_arising", given, _decision(row, facts, sources))
    given = {"words": "whales", "as_of": AS_OF}
    yield one("matters arising", "ministry", "Was anything decided about whales?", "matters_arising", given,
              {"silent": True, "items": []})  # fmt: skip


def _decision(row: Row, facts: dict[str, str], sources: list[dict[str, str]]) -> dict[str, Any]:
    return {"items": [{"says": row["result"], "facts": facts, "sources": sources}]}


def _heard(held: Counter, row: Row) -> str:
    """Return the newest thing that is on record about the same places and is of a later day."""
    places, until = set(held.places("meeting", row["id"])), last_day(AS_OF)
    found = [
        *((one["date"], one["statement"]) for key, one in held.claims.items()
          if one["date"] and places & set(held.places("claim", key)) and held.known(one, one["date"]) <= until),
        *((one["start"] or one["end"], one["title"]) for key, one in held.activities.items()
          if (one["start"] or one["end"]) and places & set(held.places("activity", key))),
        *((one["date"], one["result"]) for key, one in held.meetings.items()
          if places & set(held.places("meeting", key))),
    ]  # fmt: skip
    later = [one for one in found if last_day(row["date"]) < first_day(one[0]) <= until]
    return max(later, default=("", ""))[1]


def lives(held: Counter) -> Iterator[Question]:
    found = held.lives(AS_OF)
    states = Tally(state for state, _ in found.values())
    asked = "How many commitments are due for review, and which?"
    shares = [
        {"name": state, **count(n, len(found)), "inside": [key for key, held_ in found.items() if held_[0] == state]}
        for state, n in states.items()
    ]
    yield one("life", "ministry", asked, "life", {"as_of": AS_OF}, {"shares": shares})
    for ref in ("1.4a", "2.3b", "3.1b", "4.3b", "5.4a", "6.1a"):
        state, newest = found[f"{DOCUMENT}/{ref}"]
        item = {"id": f"{DOCUMENT}/{ref}", "state": state, "facts": {"newest_evidence": newest}}
        asked = f"Is commitment {ref} still alive, and of when is the newest evidence about it?"
        expect = {"count": count(1, len(found)), "items": [item]}
        yield one("life", "ministry", asked, "life", {"place": ref, "as_of": AS_OF}, expect)
    for state, asked in (("retired", "Which commitments were given up?"), ("superseded", "Which were superseded?"),
                         ("implemented", "Which commitments do the parties say are carried out?")):  # fmt: skip
        yield one("life", "journalist", asked, "life", {"state": state, "as_of": AS_OF}, {"silent": True, "items": []})
