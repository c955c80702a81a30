"""The picture of who has reported: party by paragraph, or, over many paragraphs, by section or lead body and party.

Up to ``SMALL`` paragraphs every report has its cell. Beyond that a cell counts, one group opens in place, and every
paragraph stands on a list of ``PAGE`` to a page: a page is as fast for 500 paragraphs as for 25.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from followthrough.web.followup.models import Cycle, Report
from followthrough.web.followup.rows import (
    MARKS,
    Counted,
    Group,
    ReportRow,
    Tally,
    by_lead,
    by_party,
    by_place,
    by_section,
    in_group,
    report_rows,
)
from followthrough.web.followup.states import Answering
from followthrough.web.kit.addresses import address

SMALL, PAGE, WORST, FEW = 60, 50, 5, 3


class By(StrEnum):
    """What the rows of the picture are gathered by."""

    SECTION = "section"
    LEAD = "lead"
    NOTHING = "nothing"


class Show(StrEnum):
    """Which rows are shown: those with a report of this kind."""

    ALL = "all"
    TURN = "turn"
    RETURNED = "returned"
    LATE = "late"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of the picture by its address: how it is gathered, what is shown, which group is open."""

    by: By | None
    show: Show
    open: int
    page: int

    def link(self, **changes: object) -> str:
        """Return the address of the same picture with something changed."""
        held: dict[str, object] = {"by": self.by or "", "show": self.show if self.show is not Show.ALL else ""}
        return f"?{urlencode({key: str(value) for key, value in (held | changes).items() if value != ''})}#every"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how it is drawn, what it prints, what it says to those who hear it, and where it leads."""

    css: str
    icon: str
    prints: str
    says: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a heading over the rows that follow it, a group with its counts, or a place with its reports."""

    kind: str
    num: str
    name: str
    href: str
    count: str
    cells: tuple[Cell | None, ...]
    of: str


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what it says wrongly is left out."""
    by, show = query.get("by", ""), query.get("show", "")
    number = {name: int(text) if (text := query.get(name, ""))[:6].isdecimal() else 0 for name in ("open", "page")}
    return Asked(
        By(by) if by in set(By) else None, Show(show) if show in set(Show) else Show.ALL, number["open"], number["page"]
    )


def picture(
    cycle: Cycle, counted: Sequence[Tally], reports: QuerySet[Report], asked: Asked, *, runs: bool
) -> dict[str, Any]:
    """Return what the page of a cycle shows of ``reports``, of which ``counted`` are the tallies; at most one query."""
    parties = by_party(counted)
    names = {one.key: one.name for one in sorted(parties, key=lambda one: one.name)}
    lines_in_all = max((one.of for one in parties), default=0)
    leads = any(one.lead for one in counted)
    big = lines_in_all > SMALL
    by = asked.by or (By.LEAD if big and leads else By.SECTION)
    asked = Asked(by, asked.show, asked.open, asked.page)
    draw = _Drawing(cycle, list(names), asked, runs)
    if not big or by is By.NOTHING:
        part = _page_of(reports, asked.page) if big else reports
        lines = draw.places(report_rows(cycle, part), by)
    else:
        lines = draw.groups(counted, by, reports)
    return {
        "parties": parties, "columns": list(names), "names": names, "marks": MARKS, "lines": lines, "big": big,
        "counts": big and by is not By.NOTHING, "by": by, "show": asked.show,
        "complete": sum(one.n == one.of for one in parties), "silent": [one.name for one in parties if not one.n],
        "some_silent": 0 < sum(not one.n for one in parties) <= FEW,
        "ways": _ways(asked, leads=leads), "shows": _shows(asked), "worst": _worst(counted) if leads else [],
        "lead_bodies": len(by_lead(counted)), "pages": _pages(asked, lines_in_all) if by is By.NOTHING and big else [],
    }  # fmt: skip


def _page_of(reports: QuerySet[Report], page: int) -> QuerySet[Report]:
    first = max(page - 1, 0) * PAGE
    return reports.filter(position__gte=first, position__lt=first + PAGE)


def _ways(asked: Asked, *, leads: bool) -> list[tuple[str, str, bool]]:
    words = {By.SECTION: _("section"), By.LEAD: _("lead body"), By.NOTHING: pgettext("gathered by", "nothing")}
    return [
        (words[one], asked.link(by=one), one is asked.by) for one in By if leads or one is not By.LEAD
    ]  # fmt: skip


def _shows(asked: Asked) -> list[tuple[str, str, bool]]:
    words = {
        Show.ALL: pgettext("rows shown", "all"), Show.TURN: _("to review"), Show.RETURNED: _("returned"),
        Show.LATE: pgettext("rows shown", "late"), Show.SILENT: pgettext("rows shown", "not sent"),
    }  # fmt: skip
    return [
        (words[one], asked.link(show="" if one is Show.ALL else one), one is asked.show) for one in Show
    ]  # fmt: skip


def _pages(asked: Asked, lines: int) -> list[tuple[str, str, bool]]:
    last = -(-lines // PAGE)
    return [(str(at), asked.link(page=at), at == max(asked.page, 1)) for at in range(1, last + 1)]


def _worst(counted: Sequence[Tally]) -> list[tuple[Group[Tally], list[str]]]:
    """Return the lead bodies of which most is missing, each with the parties that have sent nothing to it."""
    groups = sorted((one for one in by_lead(counted) if one.key), key=lambda one: (-one.owed / one.of, one.name))
    return [
        (one, sorted(party.name for party in by_party(one.reports) if not party.n))
        for one in groups[:WORST]
        if one.owed
    ]


def _shown(one: Counted, show: Show) -> bool:
    return {
        Show.ALL: True, Show.TURN: one.state is Answering.SENT, Show.RETURNED: one.state is Answering.RETURNED,
        Show.LATE: one.late, Show.SILENT: one.state is Answering.OPEN,
    }[show]  # fmt: skip


@dataclass(frozen=True)
class _Drawing:
    """Draws rows: of a cycle, with these parties as columns, as asked, for who runs it or for everybody."""

    cycle: Cycle
    columns: list[str]
    asked: Asked
    runs: bool

    def places(self, rows: Iterable[ReportRow], by: By) -> list[Line]:
        """Draw a cell for every report, under their sections or lead bodies."""
        held = list(rows)
        if by is By.NOTHING:
            return self._of_places(held)
        found = list[Line]()
        for group in by_section(held) if by is By.SECTION else by_lead(held):
            lines = self._of_places(group.reports)
            if lines:
                name = group.name or (_("No lead body named") if by is By.LEAD else "")
                found += [Line("sec", "", name, "", "", (), f"{group.n}/{group.of}")] if name else []
                found += lines
        return found

    def groups(self, counted: Sequence[Tally], by: By, reports: QuerySet[Report]) -> list[Line]:
        """Draw a cell for each group and party, its reports counted; the group that is open shows its places."""
        found, at = list[Line](), 0
        for section in by_section(counted):
            lines = list[Line]()
            for group in by_lead(section.reports) if by is By.LEAD else [section]:
                at += 1
                if any(_shown(one, self.asked.show) for one in group.reports):
                    lines += self._group(group, at, by, reports)
            heads = by is By.LEAD and lines and section.name
            found += [Line("sec", "", section.name, "", "", (), f"{section.n}/{section.of}")] if heads else []
            found += lines
        return found

    def _group(self, group: Group[Tally], at: int, by: By, reports: QuerySet[Report]) -> list[Line]:
        parties = {one.key: one for one in by_party(group.reports)}
        is_open = self.asked.open == at
        cells = tuple(self._count(parties.get(key)) for key in self.columns)
        name = group.name or (_("No lead body named") if by is By.LEAD else _("All paragraphs"))
        href = self.asked.link(open="" if is_open else at)
        count = str(max(one.of for one in parties.values()))
        lines = [Line("open" if is_open else "group", "", name, href, count, cells, f"{group.n}/{group.of}")]
        if is_open:
            mine = in_group(reports, group.reports[0], lead=by is By.LEAD)
            lines += self._of_places(report_rows(self.cycle, mine), kind="sub")
        return lines

    def _of_places(self, rows: Iterable[ReportRow], kind: str = "place") -> list[Line]:
        found = []
        for place in by_place(rows):
            if any(_shown(one, self.asked.show) for one in place.reports):
                held = {one.party: one for one in place.reports}
                cells = tuple(self._report(held.get(key)) for key in self.columns)
                num = place.reports[0].num
                found.append(
                    Line(kind, num, place.name.removeprefix(num).strip(), place.key, "", cells, f"{place.n}/{place.of}")
                )
        return found

    def _report(self, one: ReportRow | None) -> Cell | None:
        if one is None:
            return None
        words = _words()[one.mark]
        says = f"{one.party_name}: {words}, {_('sent late')}" if one.late else f"{one.party_name}: {words}"
        href = ""
        if self.runs and one.sent:
            href = address("review", one.id)
        elif one.state is Answering.PUBLISHED:
            href = address("published-report", one.id)
        return Cell(f"m-{one.mark} late" if one.late else f"m-{one.mark}", _ICONS.get(one.mark, ""), "", says, href)

    def _count(self, party: Group[Tally] | None) -> Cell | None:
        if party is None:
            return None
        n, of = party.n, party.of
        says = f"{party.name}: " + _("%(n)s of %(of)s") % {"n": n, "of": of}
        says = f"{says}, {_('some late')}" if party.late else says
        css = "m-silent" if party.silent else _shade(n, of)
        return Cell(f"{css} late" if party.late else css, "", "" if party.silent else str(n), says)


_ICONS = {"published": "check", "accepted": "check", "sent": "full", "returned": "back", "open": "ring"}


def _shade(n: int, of: int) -> str:
    """Return how deep a cell is: all in, nine tenths or more, half or more, fewer, none."""
    if not n:
        return "m-open"
    return "r4" if n == of else "r3" if n * 10 >= of * 9 else "r2" if n * 2 >= of else "r1"


def _words() -> dict[str, str]:
    """Return the states in words, by how they are drawn."""
    said = {state.value: str(state.label) for state in Answering}
    return said | {"silent": _("silent: nothing was sent")}
