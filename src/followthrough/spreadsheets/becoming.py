"""From the records of a sheet to the rows of a pack: activities or evidence with parties, links and sources."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from followthrough.model.missing import is_missing
from followthrough.packs.cells import BadCell, Row, empty, parse
from followthrough.packs.schema import TABLES, Table
from followthrough.spreadsheets.folding import folded, words_of
from followthrough.spreadsheets.known import KnownRegister
from followthrough.spreadsheets.mapping import Map
from followthrough.spreadsheets.parties import match_party
from followthrough.spreadsheets.ratings import rate
from followthrough.spreadsheets.records import Applied, Problem, Record
from followthrough.spreadsheets.understanding import SheetKind

_TABLES = {table.name: table for table in TABLES}
_KINDS = (("training", ("training", "course", "workshop")), ("meeting", ("meeting", "seminar", "forum", "dialogue")))
LONGEST_REFERENCE = 60
"""Characters of a reference of a row that become a part of its id."""


def become(one: Map, records: list[Record], known: KnownRegister, day: str, done: Applied) -> None:
    """Add the rows of ``records`` to ``done``, or a problem for each that cannot become one."""
    if one.kind in (SheetKind.SCORES, SheetKind.CODERS):
        rate(one, records, known, done)
        return
    writer = _Writer(one, known, day, done)
    for record in records:
        if one.kind is SheetKind.OBSERVATIONS:
            writer.observation(record)
        elif one.kind in (SheetKind.EVIDENCE, SheetKind.MATRIX):
            writer.claim(record)
        else:
            writer.activity(record)
    for row in sorted(writer.strangers - done.taken):
        done.set_aside(one.sheet, row, 'it is about no party of the register; fix areas = "all" takes it')


class _Writer:
    """Writes rows of a pack and remembers which ids it has given."""

    def __init__(self, one: Map, known: KnownRegister, day: str, done: Applied) -> None:
        self.map, self.known, self.day, self.done = one, known, day, done
        self.prefix = "-".join(words_of(one.name))[:40].encode("ascii", "ignore").decode().strip("-") or "sheet"
        self.given: set[str] = set()
        self.sources: dict[str, str] = {}
        self.strangers: set[int] = set()

    def activity(self, record: Record) -> None:
        """Add an activity with its parties and its link."""
        said = record.said
        title = said.get("title") or said.get("words") or said.get("statement", "")
        if not title:
            self._problem(record, "has no name of an activity", "name a column as title, or leave the row out")
            return
        source = self._source(record)
        key = self._id(record, "a", title)
        made = self._row(
            record, "activities", id=key, title=title, kind=self.map.fixed.get("activity_kind") or _kind(title),
            state=said.get("status", "unknown"), status=said.get("status_printed", ""), start=said.get("starts", ""),
            end=said.get("ends", ""), budget=said.get("budget", ""), currency=self._currency(record),
            lead_body=said.get("lead_body", ""), statement=_joined(said, title), source=source, checked="false",
            recorded=self.known.recorded.get(key, self.day),
        )  # fmt: skip
        if made:
            self._around(record, "activity", key)

    def claim(self, record: Record) -> None:
        """Add an evidence item with its parties and its link; a mark in a matrix is one."""
        said = record.said
        subject = said.get("title") or said.get("words") or said.get("number", "")
        statement = said.get("statement") or said.get("title") or said.get("note", "")
        if "mark" in said:
            statement = f"{subject}: {said['mark']}" if subject else said["mark"]
            said["party"] = said["stands_for"]
        if not statement:
            self._problem(record, "has no words", "name a column as statement, or leave the row out")
            return
        source = self._source(record)
        key = self._id(record, "c", statement)
        made = self._row(
            record, "claims", id=key, source=source, kind=self.map.fixed.get("claim_kind", "activity"),
            date=said.get("date") or said.get("starts", ""), statement=statement, stance="neutral",
            reproducible="false", quote=said.get("quote", ""), notes=said.get("note", ""), checked="false",
            recorded=self.known.recorded.get(key, self.day),
        )  # fmt: skip
        if made:
            self._around(record, "claim", key)

    def observation(self, record: Record) -> None:
        """Add a value of a series, and the series where the register does not have it."""
        said = record.said
        name = said.get("indicator") or said.get("indicator_code", "")
        period, value = said.get("stands_for") or said.get("year", ""), said.get("mark") or said.get("value", "")
        if is_missing(value):
            return
        if not name or not period:
            self._problem(record, "names no indicator or no year", "name the columns, or leave the row out")
            return
        series = _slug(said.get("indicator_code") or name)
        area = self._area(said)
        if series not in self.known.series and series not in self.given:
            self.given.add(series)
            unit = said.get("unit") or self.map.fixed.get("unit") or _unit(name)
            self._row(record, "series", id=series, title=name, unit=unit)
        if area is None:
            self.strangers.add(record.row)
            return
        if not area:
            self._problem(record, "names no country or area", "name a column as party or area, or leave the row out")
            return
        key = self._fresh(f"{series}/{area}/{period}")
        self._row(
            record, "observations", id=key, series=series, area=area, period=period, value=value,
            source=self._source(record), recorded=self.known.recorded.get(key, self.day),
        )  # fmt: skip

    def _area(self, said: dict[str, str]) -> str | None:
        """Return the party or area of a figure; ``None`` for one that is no party, where parties alone are wanted."""
        texts = [text for text in (said.get("party", ""), said.get("area", "")) if text]
        held = {party.id for party in self.known.parties}
        found = [ids[0] for text in texts if len(ids := match_party(text, self.known.parties).ids) == 1]
        own = next((key for key in found if key in held), "")
        if own or not texts:
            return own
        everything = self.map.fixed.get("areas") == "all" or not held
        return (found or [texts[-1][:40]])[0] if everything else None

    def _currency(self, record: Record) -> str:
        if "budget" not in record.said:
            return ""
        return record.said.get("currency") or self.map.fixed.get("currency", "")

    def _around(self, record: Record, what: str, key: str) -> None:
        for party in filter(None, (part.strip() for part in record.said.get("party", "").split(";"))):
            self._row(record, f"{what}_parties", id=f"{key}/{party}", party=party, **{what: key})
        match = record.match
        if not match.how:
            return
        place = {"commitment": match.commitment} if match.commitment else {"provision": match.provision}
        sure = match.how == "number"
        why = {"number": "named by its number", "words": "its words are alike", "lineage": "by the lineage"}[match.how]
        where = record.cell or f"row {record.row}"
        self._row(
            record, "links", id=f"l-{key}", role="main", rationale=f"{why} in {where} of {self.map.sheet}",
            origin="person" if sure else "proposed", confirmed=self.day if sure else "", **place, **{what: key},
        )  # fmt: skip

    def _source(self, record: Record) -> str:
        """Return the id of the source of a record; one that the register does not have is added."""
        url = record.said.get("url") or self.map.fixed.get("source_url", "")
        if not url:
            if not any(problem.cell == "" and problem.row == 0 for problem in self.done.problems):
                self._whole(
                    "says of no row where it was published", "name a column as url, or fix source_url in the map"
                )
            return "s-none"
        if url in self.known.sources or url in self.sources:
            return self.known.sources.get(url) or self.sources[url]
        key = f"s-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
        self.sources[url] = key
        fixed = self.map.fixed
        own = record.said if record.said.get("url") else {}
        title = own.get("source_title") or fixed.get("source_title") or own.get("title") or f"{self.map.name}"
        self._row(
            record, "sources", id=key, url=url, title=title, language=fixed.get("language", "en"),
            publisher=own.get("publisher") or fixed.get("publisher") or _host(url),
            publisher_kind=fixed.get("publisher_kind", "party"), published=own.get("date", ""),
        )  # fmt: skip
        return key

    def _id(self, record: Record, letter: str, words: str) -> str:
        """Return an id that stays when the sheet comes again: by its own reference, else by its words and party."""
        if reference := _slug(record.said.get("row_id", ""))[:LONGEST_REFERENCE]:
            return self._fresh(f"{letter}-{self.prefix}-{reference}")
        whole = "|".join(
            (folded(words), record.said.get("party", ""), record.match.commitment or record.match.provision)
        )
        return self._fresh(f"{letter}-{self.prefix}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}")

    def _fresh(self, key: str) -> str:
        number, fresh = 1, key
        while fresh.casefold() in self.given:
            number += 1
            fresh = f"{key}-{number}"
        self.given.add(fresh.casefold())
        return fresh

    def _row(self, record: Record, name: str, **texts: str) -> bool:
        """Add a row of a table from the texts of its cells; each that is not valid becomes a problem."""
        table: Table = _TABLES[name]
        row: Row = {}
        for column in table.columns:
            try:
                row[column.name] = parse(column, texts[column.name]) if column.name in texts else empty(column)
            except BadCell as error:
                self._problem(record, f"as {column.name} of {name} {error}", "correct it in the sheet or the map")
        if len(row) < len(table.columns):
            return False
        self.done.rows[name].append(row)
        self.done.taken.add(record.row)
        return True

    def _problem(self, record: Record, what: str, do: str) -> None:
        self.done.problems.append(Problem(self.map.sheet, record.row, record.cell, what, do))

    def _whole(self, what: str, do: str) -> None:
        self.done.problems.append(Problem(self.map.sheet, 0, "", what, do))


def _joined(said: dict[str, str], title: str) -> str:
    """Return the description and the remark of an activity as one text; the words of its commitment are not its own."""
    parts: Iterable[str] = (said.get("statement", ""), said.get("note", ""))
    return "; ".join(part for part in dict.fromkeys(parts) if part and part != title)


def _kind(title: str) -> str:
    words = set(words_of(title))
    return next((kind for kind, signs in _KINDS if words & set(signs)), "project")


def _slug(text: str) -> str:
    """Return a text as a part of an id; what an id cannot hold, such as Thai letters, becomes a digest."""
    plain = re.sub(r"[^A-Za-z0-9._()-]+", "-", text).strip("-._()")[:80]
    if any(letter.isalpha() and not letter.isascii() for letter in text):
        plain = f"{plain}-{hashlib.sha256(folded(text).encode()).hexdigest()[:8]}".lstrip("-")
    return f"n-{plain}" if plain and not re.search("[A-Za-z]", plain) else plain


def _unit(name: str) -> str:
    found = re.search(r"\(([^()]{1,60})\)\s*$", name)
    return found[1] if found else "as published"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:100]
    except ValueError:
        return url[:100]
