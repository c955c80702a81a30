"""Blocks in, provisions out: preamble, sections, paragraphs and items, each with its own words and its place."""

from __future__ import annotations

from dataclasses import dataclass

from followthrough.model.document import Provision
from followthrough.model.vocabulary import ProvisionKind
from followthrough.read.lines import Source
from followthrough.read.structure import classifiers, headings
from followthrough.read.structure.blocks import Block
from followthrough.read.structure.eids import EidGenerator

_ITEM_SCHEMES = frozenset({"paren_alpha", "paren_roman", "paren_num", "letter", "small_roman"})
_PARAGRAPH_SCHEMES = frozenset({"arabic", "dotted", "op"})


def first_clause(source: Source, found: tuple[Block, ...]) -> int:
    """Return the index of the first block that belongs to a provision."""
    for index, block in enumerate(found):
        words = source.text[block.body : block.end]
        if block.marker is not None and not classifiers.is_resolution_number(source.text[block.start : block.end]):
            return index - 1 if _restarts_below_headings(source, found, index) else index
        if classifiers.opens_preamble(words) or classifiers.is_formula(words) or classifiers.names_body(words):
            return index
        said = block.hint != "heading" and classifiers.is_statement(words)
        if index == 0 and len(found) > 1 and not source.metadata.get("title") and not said:
            continue  # the first line of a text that states no title elsewhere is its title
        if classifiers.is_sentence(words) and not classifiers.is_adoption_line(words):
            return _back_over_heading(source, found, index)
    return len(found)


def _restarts_below_headings(source: Source, found: tuple[Block, ...], first: int) -> bool:
    """Tell whether the numbers begin anew below each heading, and one that is no title stands above the first."""
    if first < 2:
        return False
    numbered = [at for at in range(1, len(found)) if found[at].marker and not found[at - 1].marker]
    begins = [at for at in numbered if (one := found[at].marker) is not None and one.value == 1]
    above = [source.text[found[at - 1].body : found[at - 1].end] for at in begins]
    schemes = {found[at].marker.scheme for at in begins if found[at].marker}  # type: ignore[union-attr]
    short = all(len(words.split()) <= 8 and headings.is_heading(words, hinted=False) for words in above)
    return first in begins and len(begins) > 1 and len(schemes) == 1 and short


def _back_over_heading(source: Source, found: tuple[Block, ...], index: int) -> int:
    """Return the index of the heading right above the first paragraph when it is not the title itself."""
    first = 0 if source.metadata.get("title") else 1
    if index > first and found[index - 1].hint == "heading" and found[index - 1].level > 1:
        return index - 1
    return index


@dataclass(slots=True)
class _Level:
    scheme: str
    eid: str
    indent: int


class ProvisionBuilder:
    """Names each block of a document in turn; its state is the open section, paragraph and items."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.eids = EidGenerator()
        self.provisions: list[Provision] = []
        self.in_preamble = True
        self.clause: str | None = None
        self.sections: list[_Level] = []
        self.paragraph: str | None = None
        self.paragraph_colon = False
        self.items: list[_Level] = []

    def build(self, found: tuple[Block, ...]) -> None:
        """Name every block of ``found``."""
        last, signed = self._last_clause(found), self._signed(found)
        for index, block in enumerate(found):
            after = found[index + 1] if index + 1 < len(found) else None
            words = self.text[block.body : block.end]
            if not self.in_preamble and block.marker is None and classifiers.names_body(words):
                last = self._another_decision(found, index)
            if self.in_preamble and self._preamble(block, words, index < last):
                continue
            back = classifiers.is_back_matter(words) and block.marker is None and block.hint != "heading"
            if back or index >= signed:
                self._add(block, ProvisionKind.OTHER, "hcontainer", None, None)
                self.paragraph = None
            elif headings.is_section(block, words, after) and not self._is_opening(block, after):
                self._section(block, words)
            else:
                self._operative(block, words)

    def _is_opening(self, block: Block, after: Block | None) -> bool:
        """Tell whether a numbered line opens a sentence that its items end: 'The council resolves', '(a) that'."""
        if block.marker is None or after is None or after.marker is None or block.hint == "heading":
            return False
        goes_on = classifiers.goes_on(self.text[block.body : block.end], self.text[after.body : after.end])
        return goes_on and after.marker.scheme != block.marker.scheme

    def _another_decision(self, found: tuple[Block, ...], index: int) -> int:
        """Begin the preamble of the next decision of a file; return the index of its last clause."""
        self.in_preamble, self.clause, self.paragraph, self.items = True, None, None, []
        return index + 1 + self._last_clause(found[index + 1 :])

    def _signed(self, found: tuple[Block, ...]) -> int:
        """Return the index of the first of the names and dates that close the text, or how many blocks there are."""
        at = len(found)
        while at > 1:
            words = self.text[found[at - 1].body : found[at - 1].end]
            closing = classifiers.is_signature(words) or classifiers.is_back_matter(words)
            if found[at - 1].marker is not None or not closing:
                break
            at -= 1
        before = self.text[: found[at - 1].end].rstrip()[-1:] if found else ""
        return at if before in {".", "”", '"', ";"} else len(found)

    def _last_clause(self, found: tuple[Block, ...]) -> int:
        """Return the index of the last preamble clause: no numbered paragraph, heading or formula stands before it.

        What stands between two clauses and ends as a clause does belongs to the preamble, whatever word opens it.
        """
        last = -1
        for index, block in enumerate(found):
            words = self.text[block.body : block.end]
            scheme = block.marker.scheme if block.marker else None
            if scheme in _PARAGRAPH_SCHEMES - {"op"} or block.hint == "heading" or classifiers.is_formula(words):
                break
            if scheme in {None, "pp", "bare"} and classifiers.opens_preamble(words) and classifiers.ends_open(words):
                last = index
        return last

    def _preamble(self, block: Block, words: str, more: bool) -> bool:
        scheme = block.marker.scheme if block.marker else None
        if classifiers.names_body(words) and scheme is None:
            self._add(block, ProvisionKind.OTHER, "preamble__formula", None, None)
            return True
        if (
            more
            and scheme not in _PARAGRAPH_SCHEMES
            and (classifiers.ends_open(words) or classifiers.opens_with_participle(words))
        ):
            self._clause(block)
            return True
        if classifiers.is_formula(words) and scheme is None:
            self._add(block, ProvisionKind.OTHER, "preamble__formula", None, None)
            self.in_preamble = False
            return True
        if scheme == "pp" or (scheme in {None, "paren_num", "bare"} and classifiers.opens_preamble(words)):
            self._clause(block)
            return True
        if block.hint != "heading" or block.marker is not None:
            self.in_preamble = False
        return False

    def _clause(self, block: Block) -> None:
        """Add a clause of the preamble; a lettered item stands below the clause before it."""
        num = self._printed(block)
        listed = block.marker is not None and block.marker.scheme in _ITEM_SCHEMES
        parent = self.clause if listed else None
        kind, prefix = (ProvisionKind.ITEM, "item") if parent else (ProvisionKind.PREAMBLE, "preamble__p")
        eid = self._add(block, kind, prefix, parent, num)
        self.clause = self.clause if parent else eid

    def _section(self, block: Block, words: str) -> None:
        scheme = block.marker.scheme if block.marker else f"heading{block.level}"
        if block.marker is None and headings.is_annex(words):
            scheme = "annex"
        num = block.marker.label if block.marker else None
        if scheme == "dotted" and block.marker:
            scheme = f"dotted{block.marker.label.count('.')}"
        known = [level.scheme for level in self.sections]
        if scheme in known:
            del self.sections[known.index(scheme) :]
        elif scheme == "annex" or (block.marker is None and not scheme.startswith("heading")):
            self.sections.clear()
        else:
            self.sections = [lvl for lvl in self.sections if headings.is_above(lvl.scheme, scheme)]
        parent = self.sections[-1].eid if self.sections else None
        eid = self._add(block, ProvisionKind.SECTION, "sec", parent, num, heading=" ".join(words.split()))
        self.sections.append(_Level(scheme, eid, 0))
        self.paragraph, self.items = None, []

    def _operative(self, block: Block, words: str) -> None:
        scheme = block.marker.scheme if block.marker else "none"
        section = self.sections[-1].eid if self.sections else None
        num = self._printed(block)
        if scheme in _PARAGRAPH_SCHEMES or scheme in headings.SECTION_SCHEMES or scheme in {"none", "pp", "bare"}:
            self.items = []
            prefix = "para" if num else "p"
            self.paragraph = self._add(block, ProvisionKind.PARAGRAPH, prefix, section, num)
            self.paragraph_colon = words.rstrip().endswith(":")
            return
        if self.paragraph is None or (self._is_loose(block) and not self.paragraph_colon):
            self.items = []
            self.paragraph = None
        self._item(block, scheme, num, section)

    def _is_loose(self, block: Block) -> bool:
        """Tell whether a bullet stands on its own below an unfinished heading and not below the paragraph."""
        return block.hint == "bullet" and not self.items and not self.paragraph_colon

    def _item(self, block: Block, scheme: str, num: str | None, section: str | None) -> None:
        indent = block.level if scheme.startswith("bullet") else 0
        known = [(level.scheme, level.indent) for level in self.items]
        if (scheme, indent) in known:
            del self.items[known.index((scheme, indent)) :]
        elif scheme.startswith("bullet"):
            self.items = [lvl for lvl in self.items if not lvl.scheme.startswith("bullet") or lvl.indent < indent]
        parent = self.items[-1].eid if self.items else self.paragraph or section
        eid = self._add(block, ProvisionKind.ITEM, "item", parent, num)
        self.items.append(_Level(scheme, eid, indent))

    def _printed(self, block: Block) -> str | None:
        """Return the number as printed, without the stop that ends it: ``4.3``, ``(a)``, ``OP1``."""
        if block.marker is None or block.marker.scheme.startswith("bullet"):
            return None
        if block.marker.scheme.startswith("paren"):
            return f"({block.marker.label})"
        return block.marker.label

    def _add(
        self,
        block: Block,
        kind: ProvisionKind,
        prefix: str,
        parent: str | None,
        num: str | None,
        heading: str | None = None,
    ) -> str:
        eid = self.eids.give(prefix, parent, num)
        self.provisions.append(
            Provision(eid, num, kind, heading, block.start, block.end, parent, min(block.body, block.end))
        )
        return eid
