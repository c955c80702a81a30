"""Tables of scores and sheets of coders: from their records to one final rating for each commitment and party.

Where the coders of a sheet agree, their value is the final rating; where they differ, a column of final ratings says
it, or the row asks. What each coder gave is kept in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followthrough.assess.scales import Scale, is_word, read_value
from followthrough.model.missing import is_missing
from followthrough.spreadsheets.known import KnownRegister
from followthrough.spreadsheets.mapping import Map
from followthrough.spreadsheets.records import Applied, Problem, RatedCell, Record
from followthrough.spreadsheets.understanding import SheetKind


@dataclass(slots=True)
class _Unit:
    """What is said of one commitment of one party: the marks by coder, and the final rating."""

    first: Record
    marks: dict[str, str]
    settled: str = ""


def rate(one: Map, records: Sequence[Record], known: KnownRegister, done: Applied) -> None:
    """Add the final ratings of ``records`` to ``done.ratings``, or a problem for each that cannot become one."""
    rating = _Rating(one, known, done)
    if rating.scale is None:
        known_scales = ", ".join(known.all_scales())
        done.problems.append(
            Problem(one.sheet, 0, "", "says of no scale what its values mean", f"say which of {known_scales}")
        )
    if not one.fixed.get("round"):
        done.problems.append(Problem(one.sheet, 0, "", "has no name as a round of ratings", "name it: fix round"))
    if rating.coded and not one.fixed.get("party") and "party" not in one.columns.values():
        what, do = "says of no row which party was rated", "choose the party, or name a column of parties"
        done.problems.append(Problem(one.sheet, 0, "", what, do))
        return
    units: dict[tuple[str, str], _Unit] = {}
    for record in records:
        rating.take(record, units)
    for (commitment, party), unit in units.items():
        rating.settle(commitment, party, unit)


class _Rating:
    """Reads the values of a sheet by its scale."""

    def __init__(self, one: Map, known: KnownRegister, done: Applied) -> None:
        self.map, self.done = one, done
        self.coded = one.kind is SheetKind.CODERS
        self.scale: Scale | None = known.all_scales().get(one.fixed.get("scale", ""))
        self.asked = {problem.row for problem in done.problems}
        self.named = {party.id: party.names[-1] for party in known.parties}

    def take(self, record: Record, units: dict[tuple[str, str], _Unit]) -> None:
        """Put a record to the unit that it rates."""
        said = record.said
        across = said.get("stands_for", "")
        party = across if across and not self.coded else said.get("party", "")
        if not record.match.commitment:
            if record.row not in self.asked:
                self.asked.add(record.row)
                self._wrong(record, "names no commitment that is rated", "write its number, or leave the row out")
            return
        if not party or ";" in party:
            what = "names no party that is rated" if not party else "names several parties"
            self._wrong(record, what, "name a column as party, say one party for the whole sheet, or leave the row out")
            return
        unit = units.setdefault((record.match.commitment, party), _Unit(record, {}))
        mark = said.get("mark", "") if across else said.get("score") or said.get("value", "")
        coder = (across or said.get("coder", "")) if self.coded else ""
        if coder in unit.marks:
            self._wrong(record, f"is rated a second time (first in row {unit.first.row})", "leave one of them out")
            return
        word = self._word(record, mark)
        if word is not None:
            unit.marks[coder] = word
        if self.coded and not unit.settled:
            unit.settled = self._word(record, said.get("settled") or (said.get("score", "") if across else "")) or ""

    def _word(self, record: Record, text: str) -> str | None:
        """Return the word of the scale, nothing for a mark of missing; ``None`` where it is no value."""
        if self.scale is None or (is_missing(text) and not is_word(self.scale, text)):
            return ""
        try:
            value = read_value(self.scale, text)
        except ValueError as error:
            choices = tuple((one.word, one.word) for one in self.scale.values)
            self.done.problems.append(
                Problem(
                    self.map.sheet, record.row, record.cell, str(error), "correct it, or leave the cell out", choices
                )
            )
            return None
        return value.word if value else ""

    def settle(self, commitment: str, party: str, unit: _Unit) -> None:
        """Add the value of a unit: the final rating, else what all who rated it gave."""
        given = {word for word in unit.marks.values() if word}
        by_coder = ", ".join(f"{coder} {word or 'none'}" for coder, word in unit.marks.items() if coder)
        value = unit.settled or (given.copy().pop() if len(given) == 1 else "")
        if len(given) > 1 and not unit.settled:
            asked = f"{commitment.rpartition('/')[2]} of {self.named.get(party, party)}: the coders differ ({by_coder})"
            choices = tuple((word, word) for word in sorted(given))
            cell = unit.first.settled_in
            do = "give the final rating, in a column of scores or here, or leave the row out"
            self.done.problems.append(
                Problem(self.map.sheet, unit.first.row, cell, f"{asked}: what is the final rating?", do, choices)
            )
            return
        self.done.taken.add(unit.first.row)
        self.done.ratings.append(RatedCell(commitment, party, value, by_coder, unit.first.row))

    def _wrong(self, record: Record, what: str, do: str) -> None:
        self.done.problems.append(Problem(self.map.sheet, record.row, record.cell, what, do))
