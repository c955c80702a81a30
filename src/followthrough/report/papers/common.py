"""What the papers share: the frame, facts with their sources, and disputes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from followthrough.report.document import (
    Block,
    Cell,
    Cited,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Run,
    Words,
    cell,
    plain,
)
from followthrough.report.record import Dispute, Fact, Origin, Register
from followthrough.report.wording import Wording

Parts = Mapping[str, Callable[[], list[Block]]]


class Draft:
    """A paper that is being written: the register, its words, and the sources so far."""

    def __init__(self, paper: str, register: Register, cited: Cited | None = None) -> None:
        self.paper = paper
        self.register = register
        self.say = Wording(paper, register.words)
        self.cited = cited or Cited()

    def cites(self, *origins: Origin) -> tuple[int, ...]:
        """Return the numbers of sources."""
        found = (self.cited.number(one.publisher, one.date, one.title, one.url) for one in origins if one.publisher)
        return tuple(dict.fromkeys(found))

    def sources(self) -> list[Block]:
        """Return the list of the sources that the parts before it rest on."""
        listed = self.cited.listed()
        return [Heading(self.say("sources")), listed] if listed.sources else []

    def body(self, parts: Parts) -> list[Block]:
        """Return the parts of the paper in the order that its words give, without its sources."""
        return [block for name in self.say.list("parts") if name != "sources" for block in parts[name]()]

    def finished(self, title: str, over: str, blocks: list[Block], *, wide: bool = False) -> Paper:
        """Return the paper; its sources come last."""
        held = self.register
        if "sources" in self.say.list("parts"):
            blocks = [*blocks, *self.sources()]
        return Paper(
            title=title, over=over, about=held.short_title, as_of=self.say("as_of", day=held.as_of),
            edition=self.say("internal" if held.internal else "public"),
            page_of=(self.say("page"), self.say("page_of")), language=held.language,
            stem=f"{held.document}-{self.paper}-{held.day}", blocks=tuple(blocks), wide=wide,
        )  # fmt: skip

    def example(self) -> list[Block]:
        """Return the note that the reporting cycle is an example, where it is."""
        held = self.register.round
        return [Note(self.say("example"), plain(self.say("example_says")))] if held and held.example else []

    def fact(self, one: Fact) -> Words:
        """Return an evidence item as an entry of a list."""
        where = f", {', '.join(one.at)}" if one.at else ""
        return (Run(f"{one.when}{where}:", "dim"), Run(one.says, cites=self.cites(one.origin)))

    def dispute(self, one: Dispute) -> Words:
        """Return a question on which sources disagree as an entry of a list: all sides, none before the others."""
        where = f"{', '.join(one.at)}: " if one.at else ""
        sides = [Run(says, cites=self.cites(origin)) for says, origin in one.sides]
        against = Run(self.say("against"), "dim")
        woven = [run for side in sides[1:] for run in (against, side)]
        return (Run(f"{where}{one.topic}.".replace("..", ".").replace("?.", "?"), "strong"), *sides[:1], *woven)

    def listed(self, title: str, items: Iterable[Words], none: str = "", level: int = 3) -> list[Block]:
        """Return a heading with a list, or with the sentence ``none``; nothing at all where that is empty too."""
        held = tuple(items)
        if not held and not none:
            return []
        return [Heading(title, level), Items(held) if held else Paragraph(plain(none))]


def numbers(first: str, counts: Sequence[int]) -> list[Cell]:
    """Return a row that begins with words and goes on with numbers."""
    return [cell(first, "strong"), *(cell(str(one)) for one in counts)]
