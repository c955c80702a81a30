"""The progress report: what came of an agreement, where the evidence is silent and where sources disagree."""

from __future__ import annotations

from followthrough.report.document import (
    Block,
    Cell,
    Column,
    Counts,
    Heading,
    Note,
    Paper,
    Paragraph,
    Picture,
    Run,
    Table,
    Turn,
    Words,
    cell,
    plain,
)
from followthrough.report.papers import matrix
from followthrough.report.papers.common import Draft, Parts, numbers
from followthrough.report.record import Answers, Money, Part, Register

SHOWN = 4
"""Items of each kind that a section shows, newest first."""
DISPUTES = 3
"""Questions on which sources disagree that a section shows, the widest gap first."""
ONE_PLACE = 2
"""Of them, those of one paragraph."""


def progress(register: Register) -> Paper:
    """Return the progress report of an agreement, or of one of its sections."""
    draft = Draft("progress", register)
    return draft.finished(draft.say("title"), register.over, draft.body(parts_of(draft)))


def with_matrix(register: Register) -> Paper:
    """Return the progress report with the implementation matrix behind it, in one file with one list of sources."""
    draft = Draft("progress", register)
    behind = Draft("matrix", register, draft.cited)
    rows = [block for name, make in matrix.parts_of(behind).items() if name != "finding" for block in make()]
    title = Heading(behind.say("title"), 1)
    blocks = [*draft.body(parts_of(draft)), Turn(wide=True), title, *rows, Turn(wide=False)]
    return draft.finished(draft.say("title"), register.over, blocks)


def parts_of(draft: Draft) -> Parts:
    """Return the parts of the report, by their names."""
    return {
        "finding": lambda: _finding(draft), "coverage": lambda: _coverage(draft),
        "sections": lambda: _sections(draft), "silence": lambda: _silence(draft), "detail": lambda: _detail(draft),
        "money": lambda: _money(draft), "indicators": lambda: _indicators(draft),
        "reported": lambda: _reported(draft),
    }  # fmt: skip


def _finding(draft: Draft) -> list[Block]:
    held = draft.register
    confirmed, links = held.links
    key = draft.say("key", confirmed=confirmed, links=links)
    stages = "; ".join(f"{one.on} {one.word}" for one in held.stages)
    alt = draft.say("bar_alt", total=sum(one.on for one in held.stages), stages=stages)
    bar: list[Block] = [Picture(held.bar, draft.say("bar"), alt, 9)] if held.bar else []
    return [
        Paragraph(plain(f"{held.finding} {held.gaps}".strip()), "finding"), *bar, Counts(held.counts),
        Paragraph(plain(key), "small"),
    ]  # fmt: skip


def _coverage(draft: Draft) -> list[Block]:
    say, held = draft.say, draft.register
    columns = (Column(say("stage"), 1.4), Column(say("on"), 0.8, numeric=True), Column(say("at"), 0.9, numeric=True),
               Column(say("which"), 5))  # fmt: skip
    rows = tuple(
        (Cell(((Run(one.word, "strong", mark=f"stage-{one.stage}"),),)), cell(one.on),
         cell(say("at_says", at=one.at, total=one.total)),
         cell("; ".join(one.places)) if one.places else cell(say("none"), "missing"))
        for one in held.stages
    )  # fmt: skip
    return [Heading(say("coverage")), Paragraph(plain(say("coverage_says"))),
            Table(say("coverage_caption"), columns, rows)]  # fmt: skip


def _sections(draft: Draft) -> list[Block]:
    say = draft.say
    columns = (Column(say("section"), 1.4), Column(say("found"), 5))
    rows = tuple(
        (cell(part.name, "strong"), cell(f"{part.finding} {part.silence}".strip())) for part in draft.register.parts
    )
    return [Heading(say("sections")), Table(say("sections_caption"), columns, rows)]


def _silence(draft: Draft) -> list[Block]:
    say, held = draft.say, draft.register
    columns = (Column(say("paragraph"), 4), *(Column(year, 0.75, numeric=True) for year in held.years),
               Column(say("newest"), 1.7))  # fmt: skip
    rows = tuple(
        (cell(place.name), *(cell(count, shade=shade(count)) for count in place.years),
         cell(place.newest_date) if place.newest_date else cell(say("none"), "missing"))
        for place in held.places
    )  # fmt: skip
    says = say("silence_says", silent=held.silent, slots=held.slots)
    return [Heading(say("silence")), Paragraph(plain(says)), Table(say("silence_caption"), columns, rows, dense=True)]


def shade(count: int) -> int:
    """Return the step of the colour ramp for a count: silence, one, two to three, four to five, six or more."""
    return count if count < 2 else min(4, count // 2 + 1)


def _detail(draft: Draft) -> list[Block]:
    found: list[Block] = []
    for part in draft.register.parts:
        found += [Heading(part.name), Paragraph(plain(part.finding), "finding"), *_section(draft, part)]
    return found


def _section(draft: Draft, part: Part) -> list[Block]:
    say = draft.say
    taken: dict[str, int] = {}
    done: list[Words] = []
    for one in part.facts:
        place = one.at[0] if one.at else ""
        if one.delivered and not one.adverse and taken.get(place, 0) < ONE_PLACE and len(done) < SHOWN:
            taken[place] = taken.get(place, 0) + 1
            done.append(draft.fact(one))
    adverse = [draft.fact(one) for one in part.facts if one.adverse][:SHOWN]
    quiet = [(Run(f"{one.name}: {one.silence}", mark="silent"),) for one in part.places if one.silence]
    return [
        *draft.listed(say("delivered"), done, say("no_delivered")),
        *draft.listed(say("adverse"), adverse),
        *draft.listed(say("silent"), quiet, part.silence),
        *draft.listed(say("contested"), map(draft.dispute, part.disputes[:DISPUTES]), say("no_contested")),
    ]


def _money(draft: Draft) -> list[Block]:
    held = draft.register
    found: list[Block] = [Heading(draft.say("money")), Paragraph(plain(held.money_finding), "finding")]
    for one in held.money:
        found += _fund(draft, one)
    return found


def _fund(draft: Draft, one: Money) -> list[Block]:
    say = draft.say
    columns = (Column(say("year"), 0.7), Column(say("kind"), 1.2), Column(say("amount"), 1.5, numeric=True),
               Column(say("says"), 4.5))  # fmt: skip
    rows = tuple(
        (cell(year, "strong"), cell(kind), cell(amount), Cell(((Run(says, cites=draft.cites(origin)),),)))
        for year, kind, amount, says, origin in one.figures
    )
    found: list[Block] = [Heading(one.name, 3), Paragraph(plain(one.lead))]
    if one.svg:
        found.append(Picture(one.svg, one.alt, say("money_alt"), 42))
    if rows:
        found.append(Table(say("money_caption", fund=one.name), columns, rows, dense=True))
    return [*found, *draft.listed(f"{say('contested')}: {one.name}", map(draft.dispute, one.disputes))]


def _indicators(draft: Draft) -> list[Block]:
    say, held = draft.say, draft.register
    found: list[Block] = [Heading(say("indicators")), Paragraph(plain(held.goals_finding), "finding")]
    for one in held.trends:
        found += [Paragraph(plain(one.says)),
                  Picture(one.svg, one.title, say("trend_alt", title=one.title, says=one.says), 44)]  # fmt: skip
    columns = (Column(say("target"), 3.6), Column(say("announced"), 1.1), Column(say("due"), 0.8),
               Column(say("state"), 1.2), Column(say("figures"), 2.4))  # fmt: skip
    rows = tuple(
        (Cell(((Run(one.says, cites=draft.cites(one.origin)),),)), cell(one.announced),
         cell(one.due) if one.due else cell(say("none"), "missing"),
         Cell(((Run(one.state, "strong", mark=one.state.lower()),),)), cell(one.figures))
        for one in held.goals
    )  # fmt: skip
    return [*found, Table(say("targets_caption"), columns, rows, dense=True)] if rows else found


def _reported(draft: Draft) -> list[Block]:
    say, held = draft.say, draft.register.round
    if held is None:
        return [Heading(say("reported")), Paragraph(plain(say("no_reported")))]
    says = say("reported_says", title=held.title, period=held.period, due=held.due, sent=held.sent, asked=held.asked)
    found: list[Block] = [Heading(say("reported")), *draft.example(), Paragraph(plain(says), "finding")]
    if held.parties:
        found += [answers(draft, say("reported_caption"), say("party"), held.parties),
                  Note(say("reading"), plain(say("reported_note")))]  # fmt: skip
    if held.told:
        columns = (Column(say("party"), 1.2), Column(say("num"), 0.8), Column(say("stage"), 1.1),
                   Column(say("did"), 3.2), Column(say("next"), 2))  # fmt: skip
        rows = tuple(
            (cell(one.party, "strong"), cell(one.num), cell(one.stage), cell(one.did),
             cell(one.next) if one.next else cell(say("none"), "missing"))
            for one in held.told
        )  # fmt: skip
        found.append(Table(say("told_caption"), columns, rows, dense=True))
    return found


def answers(draft: Draft, caption: str, first: str, groups: tuple[Answers, ...]) -> Table:
    """Return how far the reports of parties, or on sections, are as a table."""
    say = draft.say
    names = ("asked", "accepted", "reviewed", "returned", "missing", "late")
    columns = (Column(first, 3), *(Column(say(name), 1, numeric=True) for name in names))
    rows = tuple(
        tuple(numbers(one.name, (one.asked, one.accepted, one.reviewed, one.returned, one.missing, one.late)))
        for one in groups
    )
    return Table(caption, columns, rows)
