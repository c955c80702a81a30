"""Counts the answers to the questions of a pack from its CSV tables alone, and writes the file that ships with it.

No line of the software is used here, neither its rows nor its rules: what an answer should be is counted again,
plainly, from the tables and from the published words of the rules. ``questions_asked`` has the questions.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

Row = dict[str, str]
Question = dict[str, Any]
DOCUMENT, AS_OF = "asean-rok-2019", "2026-11-28"
SILENT: Question = {"silent": True, "items": [], "count": None}
NAMES = {"BRN": "Brunei Darussalam", "KHM": "Cambodia", "IDN": "Indonesia", "LAO": "Laos", "MYS": "Malaysia",
         "MMR": "Myanmar", "PHL": "the Philippines", "SGP": "Singapore", "THA": "Thailand", "TLS": "Timor-Leste",
         "VNM": "Viet Nam", "KOR": "the Republic of Korea"}  # fmt: skip
STAGES = ("nothing recorded", "planned", "under way", "output delivered", "outcome indicated")
OF_CLAIM = {"policy": 1, "agreement": 1, "meeting": 2, "activity": 2, "funding": 2, "output": 3, "outcome": 4}
OF_STATE = {"running": 2, "implemented": 2, "reported": 2, "period_ended": 2, "completed": 3}
PLANNED = ("proposed", "submitted", "checked", "endorsed", "approved")
MOST = {"meeting": 2, "policy": 1, "agreement": 1}
THINGS = {"conclude": {"agreement", "output"}, "sign": {"agreement", "output"}, "establish": {"output"},
          "set up": {"output"}, "found": {"output"}}  # fmt: skip
STEPS = ("signed", "acceded", "ratified", "in_force", "denounced")


def number(cell: str) -> str:
    """Return a number without zeros that say nothing."""
    return cell.rstrip("0").rstrip(".") if "." in cell else cell


def first_day(text: str) -> date:
    """Return the first day of 2019, 2019-11 or 2019-11-26."""
    return date.fromisoformat(f"{text}-01-01"[:10]) if len(text) == 4 else date.fromisoformat(f"{text}-01"[:10])


def last_day(text: str) -> date:
    """Return the last day of 2019, 2019-11 or 2019-11-26."""
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


def months(earlier: str, later: str) -> int:
    """Return the whole months from the end of one date to the beginning of another."""
    start, end = last_day(earlier), first_day(later)
    return max(0, (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


class Counter:
    """The tables of a pack, and what they say of one agreement."""

    def __init__(self, folder: Path, document: str) -> None:
        self.folder, self.document = folder, document
        self.read: dict[str, list[Row]] = {}
        self.placed: dict[str, dict[str, set[str]]] = {}
        self.provisions = [row for row in self.table("provisions") if row["document"] == document]
        inside = {row["id"] for row in self.provisions}
        self.commitments = [row for row in self.table("commitments") if row["provision"] in inside]
        self.home = {row["id"]: row["provision"] for row in self.commitments} | {key: key for key in inside}
        self.sources = {row["id"]: row for row in self.table("sources")}
        self.adopted = next(row["adopted"] for row in self.table("documents") if row["id"] == document)
        self.links = [row for row in self.table("links") if not row["withdrawn"] and self.place(row) in self.home]
        self.claims = self.linked("claim", "claims")
        self.activities = self.linked("activity", "activities")
        self.meetings = self.linked("meeting", "meetings")
        self.targets = self.linked("target", "targets")
        self.members = {row["party"] for row in self.table("memberships") if row["organisation"] in self.signed()}
        self.states = sorted(self.members | {one for one in self.signed() if one not in self.bodies()})

    def table(self, name: str) -> list[Row]:
        """Return a table as its file has it."""
        if name not in self.read:
            self.read[name] = self._read(name)
        return self.read[name]

    def _read(self, name: str) -> list[Row]:
        path = self.folder / f"{name}.csv"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(lines)]

    def signed(self) -> list[str]:
        """Return the codes of those who adopted the agreement."""
        return [row["party"] for row in self.table("document_parties") if row["document"] == self.document]

    def bodies(self) -> set[str]:
        """Return the organisations."""
        return {row["organisation"] for row in self.table("memberships")}

    def linked(self, column: str, table: str) -> dict[str, Row]:
        """Return the rows of a table that are linked to the agreement and stand."""
        keys = {row[column] for row in self.links if row[column]}
        return {row["id"]: row for row in self.table(table) if row["id"] in keys and not row.get("withdrawn")}

    @staticmethod
    def place(link: Row) -> str:
        """Return the place of a link: its commitment, else its provision."""
        return link["commitment"] or link["provision"]

    def places(self, column: str, key: str) -> list[str]:
        """Return the places that a record is linked to."""
        if column not in self.placed:
            self.placed[column] = defaultdict(set)
            for link in self.links:
                self.placed[column][link[column]].add(self.place(link))
        return sorted(self.placed[column][key])

    def within(self, ref: str) -> set[str]:
        """Return the ids of a place and of what stands in it: a commitment, a paragraph, or a section."""
        key = f"{self.document}/{ref}"
        found = {key} | {row["id"] for row in self.provisions if row["parent"] == key}
        return found | {row["id"] for row in self.commitments if row["provision"] in found}

    def at(self, column: str, ref: str) -> list[str]:
        """Return the standing records that are linked to a place, or to what stands in it."""
        held = {"claim": self.claims, "activity": self.activities, "meeting": self.meetings, "target": self.targets}
        mine = self.within(ref)
        return [key for key in held[column] if mine & set(self.places(column, key))]

    def parties(self, kind: str) -> dict[str, set[str]]:
        """Return the parties that each claim or activity names."""
        table = {"claim": "claim_parties", "activity": "activity_parties"}[kind]
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.table(table):
            found[row[kind]].add(row["party"])
        return found

    def numbers(self) -> dict[str, str]:
        """Return the printed number of each provision, without the word that keeps it from being a date."""
        return {row["id"]: row["num"].removeprefix("no. ") for row in self.provisions}

    def source_of(self, row: Row) -> Row:
        """Return the source of a row: its id and its address."""
        one = self.sources[row["source"]]
        return {"id": one["id"], "url": one["url"]}

    # Coverage, from the published words of the rules C1 to C6.

    def known(self, row: Row, dated: str) -> date:
        """Return from when a record was certainly known: its source, else its date, at the latest when recorded."""
        told = self.sources[row["source"]]["published"] or dated
        recorded = last_day(row["recorded"])
        return min(last_day(told), recorded) if told else recorded

    def counts(self, row: Row, dated: str, as_of: str) -> bool:
        """Tell whether a record counts: it speaks of the time since the adoption, and was known on the day."""
        since = bool(dated) and first_day(dated) >= last_day(self.adopted)
        return since and self.known(row, dated) <= last_day(as_of)

    def promised(self, place: str) -> set[str]:
        """Return the kinds that alone deliver what a place promises; a paragraph promises what all in it promise."""
        mine = [row for row in self.commitments if place in (row["id"], row["provision"])]
        found = [self.thing(row) for row in mine]
        return found[0] if found and all(one == found[0] for one in found) else set()

    @staticmethod
    def thing(row: Row) -> set[str]:
        """Return the kinds that alone deliver what a commitment promises."""
        if row["kind"] != "action":
            return set()
        heads = [head.strip().lower() for head in row["verb"].split(";")]
        found = [next((word for word in THINGS if re.search(rf"\b{word}$", head)), "") for head in heads]
        return set().union(*(THINGS[word] for word in found)) if all(found) else set()

    def moved(self, place: str, kind: str, reaches: int, role: str, named: set[str]) -> int:
        """Return the stage to which an act moves a place (C5)."""
        body = next(one for one in self.signed() if one in self.bodies())
        other = next(one for one in self.signed() if one not in self.bodies())
        if role == "context" or not named & {body, other, *self.members}:
            return 0
        thing = self.promised(place)
        if not thing:
            return reaches
        if other not in named or not (body in named or self.members <= named):
            return 0
        if role == "main" and reaches and kind in thing | {"outcome"}:
            return max(reaches, 3)
        return min(reaches, 2)

    def acts(self, as_of: str) -> Iterator[tuple[str, int, set[str]]]:
        """Yield each link that counts on a day: its place, the stage it reaches, and the parties it names."""
        named = {"claim": self.parties("claim"), "activity": self.parties("activity")}
        for link in self.links:
            if link["claim"] in self.claims:
                row = self.claims[link["claim"]]
                reaches = 0 if row["stance"] in ("unfavourable", "comparison") else OF_CLAIM.get(row["kind"], 0)
                kind, dated, parties = row["kind"], row["date"], named["claim"][row["id"]]
            elif link["activity"] in self.activities:
                row = self.activities[link["activity"]]
                state = 1 if row["state"] in PLANNED else OF_STATE.get(row["state"], 0)
                reaches = min(state, MOST.get(row["kind"], 4))
                kind = (row["kind"] if row["kind"] in MOST else "output") if state == 3 else "activity"
                dated = row["end"] or row["start"] or self.sources[row["source"]]["published"]
                parties = named["activity"][row["id"]]
            else:
                continue
            if self.counts(row, dated, as_of):
                place = self.place(link)
                yield place, self.moved(place, kind, reaches, link["role"], parties), parties

    def paragraphs(self) -> list[str]:
        """Return the ids of the paragraphs, in the order of the text."""
        held = [row for row in self.provisions if row["kind"] == "paragraph"]
        return [row["id"] for row in sorted(held, key=lambda row: int(row["position"]))]

    def stages(self, as_of: str, party: str = "", unit: str = "paragraphs") -> dict[str, int]:
        """Return the stage of each paragraph, or commitment, on a day: the highest that its evidence reaches."""
        keys = self.paragraphs() if unit == "paragraphs" else [row["id"] for row in self.commitments]
        found = dict.fromkeys(keys, 0)
        for place, stage, parties in self.acts(as_of):
            key = self.home[place] if unit == "paragraphs" else place
            if key in found and (not party or party in parties):
                found[key] = max(found[key], stage)
        return found

    # Targets, from the published words of the rules T1 and T2.

    def observed(self, series: str) -> list[tuple[str, float]]:
        """Return the figures of a series, and what its parts add up to where nobody published the whole."""
        held = [(row["period"], row["value"]) for row in self.table("observations") if row["series"] == series]
        found = [(period, float(value)) for period, value in held if re.fullmatch(r"-?[\d.]+", value)]
        parts = next((row["parts"] for row in self.table("series") if row["id"] == series and row.get("parts")), "")
        if parts:
            by_part = [self._by_period(part.strip()) for part in parts.split(";")]
            for period in set.intersection(*(set(one) for one in by_part)) - {period for period, _ in held}:
                found += [(period, sum(end(one[period]) for one in by_part)) for end in (min, max)]
        return found

    def _by_period(self, series: str) -> dict[str, list[float]]:
        found: dict[str, list[float]] = defaultdict(list)
        for row in self.table("observations"):
            if row["series"] == series and re.fullmatch(r"-?[\d.]+", row["value"]):
                found[row["period"]].append(float(row["value"]))
        return found

    def judged(self, target: Row, as_of: str) -> str:
        """Return the state of a target on a day."""
        if not target["due"]:
            return "no date set"
        if last_day(target["due"]) >= date.fromisoformat(as_of):
            return "not yet due"
        if not target["value"] or not target["series"]:
            return "insufficient data"
        wanted, due = float(target["value"]), target["due"]
        held = [one for one in self.observed(target["series"]) if one[0][:4] == due[:4]]
        said = {
            value >= wanted for period, value in held
            if value >= wanted or len(period) == 4 or last_day(period) >= last_day(due)
        }  # fmt: skip
        if not said:
            return "insufficient data"
        return "contested" if len(said) == 2 else "met" if said == {True} else "missed"

    # Life of commitments, from the published words of the rules V2, V3, V5 and V6: nobody reported or decided.

    def lives(self, as_of: str) -> dict[str, tuple[str, str]]:
        """Return the state of each commitment on a day, and the date of its newest evidence."""
        found = {}
        for row in self.commitments:
            newest = self.newest({row["id"], row["provision"]}, as_of)
            old = months(newest or self.adopted, as_of) >= 18
            over = bool(row["deadline"]) and last_day(row["deadline"]) < date.fromisoformat(as_of)
            found[row["id"]] = ("due_for_review" if old or over else "active", newest)
        return found

    def newest(self, places: set[str], as_of: str) -> str:
        """Return the newest date of the evidence linked to places, up to a day."""
        dates = [
            self.claims[link["claim"]]["date"] for link in self.links
            if link["claim"] in self.claims and self.place(link) in places
        ]  # fmt: skip
        known = [one for one in dates if one and first_day(one) <= date.fromisoformat(as_of)]
        return max(known, key=lambda one: (last_day(one), first_day(one)), default="")

    # Treaty status: the furthest step on record.

    def status(self, instrument: str, party: str) -> tuple[str, str, Row]:
        """Return the furthest step of a party with an instrument, its date and its source; empty where none is."""
        rows = [row for row in self.table("party_events") if (row["instrument"], row["party"]) == (instrument, party)]
        best = max(rows, key=lambda row: STEPS.index(row["event"]), default=None)
        return (best["event"], best["date"], self.source_of(best)) if best else ("", "", {})


def one(kind: str, who: str, question: str, tool: str, given: dict[str, Any], expect: dict[str, Any]) -> Question:
    """Return a question that one call answers."""
    call = {"tool": tool, "with": given, "expect": expect}
    return {"kind": kind, "who": who, "question": question, "calls": [call]}


def count(n: int, of: int) -> dict[str, int]:
    """Return n of N."""
    return {"n": n, "of": of}
