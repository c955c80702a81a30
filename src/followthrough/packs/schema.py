"""The tables of a pack: their columns, what a cell may hold, and what it points to.

A pack is a Frictionless tabular data package. Everything about its form is in ``TABLES``; reader, writer, importer and
exporter know nothing of any single table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["string", "integer", "boolean", "date", "list", "spans", "sha256", "url", "label"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``one_of`` lists the words allowed, ``points_to`` names the table whose ids it holds."""

    name: str
    kind: CellKind = "string"
    required: bool = False
    one_of: tuple[str, ...] = ()
    points_to: str = ""
    longest: int = 300
    says: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, keyed by its ``id`` column; tables stand in the order in which they are imported."""

    name: str
    columns: tuple[Column, ...]
    says: str

    def column(self, name: str) -> Column:
        """Return the column called ``name``; raises ``KeyError`` where there is none."""
        return next(column for column in self.columns if column.name == name)


def _id(says: str) -> Column:
    return Column("id", required=True, longest=120, says=says)


PUBLISHER_KINDS = ("media", "joint_organ", "party", "fund", "third_party", "international_organisation")
DOCUMENT_KINDS = (
    "statement",
    "declaration",
    "plan_of_action",
    "framework",
    "agreement",
    "resolution",
    "communique",
)
INSTRUMENT_KINDS = (
    "treaty", "agreement", "fund", "plan_of_action", "programme", "mechanism", "institution", "policy", "framework",
)  # fmt: skip
PROVISION_KINDS = ("preamble", "section", "paragraph", "item", "other")
COMMITMENT_KINDS = ("action", "support", "principle", "reaffirmation", "call")
MISSING_ELEMENTS = ("deliverable", "target", "timeframe", "owner")

TABLES: tuple[Table, ...] = (
    Table(
        "sources",
        (
            _id("stable id of the source"),
            Column("url", "url", required=True, longest=1000, says="where it was published"),
            Column("title", required=True, longest=500),
            Column("publisher", required=True),
            Column("publisher_kind", required=True, one_of=PUBLISHER_KINDS),
            Column("published", "date", says="empty where the page prints no date"),
            Column("language", required=True, longest=12, says="ISO 639 code"),
        ),
        "published pages and files that the rows of the other tables rest on",
    ),
    Table(
        "parties",
        (
            _id("ISO 3166-1 alpha-3 code of a state, or an organisation's own short name"),
            Column("name", required=True, longest=200),
            Column("short_name", required=True, longest=80),
            Column("kind", required=True, one_of=("state", "organisation")),
            Column("tile_x", "integer", says="column on the tile grid of parties"),
            Column("tile_y", "integer", says="row on it"),
        ),
        "states and organisations",
    ),
    Table(
        "memberships",
        (
            _id("organisation/party"),
            Column("organisation", required=True, points_to="parties"),
            Column("party", required=True, points_to="parties"),
            Column("since", "date", required=True),
            Column("until", "date"),
            Column("source", points_to="sources"),
        ),
        "who belonged to which organisation, from when until when",
    ),
    Table(
        "documents",
        (
            _id("stable id, used in addresses: asean-rok-2019"),
            Column("title", required=True, longest=500),
            Column("short_title", required=True, longest=120),
            Column("kind", required=True, one_of=DOCUMENT_KINDS),
            Column("adopted", "date", says="empty where it is not known"),
            Column("place", longest=120),
            Column("period_start", "date"),
            Column("period_end", "date"),
            Column("implements", points_to="documents"),
            Column("succeeds", points_to="documents"),
            Column("summary", longest=2000, says="in our own words"),
            Column("language", longest=12),
            Column("public", "boolean", required=True, says="false keeps it a draft"),
            Column("source", points_to="sources"),
        ),
        "adopted texts: the catalogued ones and those of the lineage around them",
    ),
    Table(
        "document_parties",
        (
            _id("document/party"),
            Column("document", required=True, points_to="documents"),
            Column("party", required=True, points_to="parties"),
        ),
        "signatories; an organisation stands for its members on the day",
    ),
    Table(
        "instruments",
        (
            _id("stable id of the instrument"),
            Column("name", required=True),
            Column("kind", required=True, one_of=INSTRUMENT_KINDS),
            Column("established", "date"),
            Column("custodian", longest=200),
            Column("source", points_to="sources"),
        ),
        "treaties, funds, plans, networks and institutions that are cited",
    ),
    Table(
        "provisions",
        (
            _id("document/number: asean-rok-2019/4.3"),
            Column("document", required=True, points_to="documents"),
            Column("parent", points_to="provisions"),
            Column("eid", required=True, longest=120, says="Akoma Ntoso style id"),
            Column("kind", required=True, one_of=PROVISION_KINDS),
            Column(
                "num",
                "label",
                longest=20,
                says="as printed, behind “no. ” so that no spreadsheet reads a number",
            ),
            Column("position", "integer", required=True, says="place in the order of the text"),
            Column("title", required=True, longest=200, says="in our own words"),
            Column("summary", longest=2000, says="in our own words"),
            Column("sha256", "sha256", says="of the official words, folded as docs/reference/pack-format.md says"),
            Column("length", "integer", says="of the folded words, in code points"),
            Column("political", "boolean", required=True, says="milestones only, never an indicator score"),
        ),
        "numbered places of the catalogued documents",
    ),
    Table(
        "commitments",
        (
            _id("document/number and letter: asean-rok-2019/4.3a"),
            Column("provision", required=True, points_to="provisions"),
            Column("position", "integer", required=True, says="place within the provision"),
            Column("spans", "spans", required=True, says="[[start, end], ...] in the provision's folded words"),
            Column("verb", required=True, longest=120),
            Column("kind", required=True, one_of=COMMITMENT_KINDS),
            Column("strength", "integer", required=True, says="1 to 5, by the head verb"),
            Column("summary", longest=500, says="in our own words"),
            Column("actors", longest=200),
            Column("goals", "list", says="SDG 9; SDG 17"),
            Column("deadline", "date", says="only where the text really sets one"),
            Column("quantity", longest=120),
            Column("missing", "list", one_of=MISSING_ELEMENTS),
            Column("withdrawn", says="why it no longer belongs to the catalogue; empty while it does"),
        ),
        "the catalogue",
    ),
    Table(
        "interpretive_notes",
        (
            _id("commitment/v and version: asean-rok-2019/4.3a/v1"),
            Column("commitment", required=True, points_to="commitments"),
            Column("version", "integer", required=True),
            Column("full", longest=2000, says="what would count as kept"),
            Column("partial", longest=2000, says="what would count as kept in part"),
            Column("none", longest=2000, says="what would count as not kept"),
            Column("agreed", "date", required=True, says="before anybody scores"),
        ),
        "interpretive notes; the highest version holds, the others stay readable",
    ),
    Table(
        "citations",
        (
            _id("commitment/instrument"),
            Column("commitment", required=True, points_to="commitments"),
            Column("instrument", required=True, points_to="instruments"),
        ),
        "which commitment names which instrument",
    ),
)
