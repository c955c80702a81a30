"""The schema of a pack: its tables, in the order of import.

A pack is a Frictionless tabular data package. ``TABLES`` defines it completely; reader and writer have no code for any
particular table, importer and exporter for those of cycles and rounds alone, whose records hold what never leaves.
"""

from __future__ import annotations

from followthrough.model.vocabulary import (
    CommitmentKind,
    DocumentKind,
    InstrumentKind,
    MissingElement,
    PartyKind,
    ProvisionKind,
    PublisherKind,
)
from followthrough.packs.columns import Column, Table, key
from followthrough.packs.evidence import EVIDENCE
from followthrough.packs.rating import RATING
from followthrough.packs.reporting import REPORTING

__all__ = ["TABLES", "Column", "Table"]


AGREEMENTS: tuple[Table, ...] = (
    Table(
        "sources",
        (
            key("stable id of the source"),
            Column("url", "url", required=True, longest=1000, says="where it was published"),
            Column("title", required=True, longest=500),
            Column("publisher", required=True),
            Column("publisher_kind", required=True, one_of=tuple(PublisherKind)),
            Column("published", "date", says="empty where the page prints no date"),
            Column("language", required=True, longest=12, says="ISO 639 code"),
            Column("archived", "url", longest=1000, says="an archived copy of it"),
            Column("sha256", "sha256", says="of the file, where one was attached"),
        ),
        "published pages and files that the rows of the other tables rest on",
    ),
    Table(
        "parties",
        (
            key("ISO 3166-1 alpha-3 code of a state, or an organisation's own short name", longest=20),
            Column("name", required=True, longest=200),
            Column("short_name", required=True, longest=80),
            Column("kind", required=True, one_of=tuple(PartyKind)),
            Column("tile_x", "integer", says="column on the tile grid of parties"),
            Column("tile_y", "integer", says="row on it"),
        ),
        "states and organisations",
    ),
    Table(
        "memberships",
        (
            key("organisation/party", longest=80),
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
            key("stable id, used in addresses: accord-2021", longest=80),
            Column("title", required=True, longest=500),
            Column("short_title", required=True, longest=120),
            Column("kind", required=True, one_of=tuple(DocumentKind)),
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
            key("document/party"),
            Column("document", required=True, points_to="documents"),
            Column("party", required=True, points_to="parties"),
        ),
        "signatories; an organisation stands for its members on the day",
    ),
    Table(
        "instruments",
        (
            key("stable id of the instrument", longest=80),
            Column("name", required=True),
            Column("kind", required=True, one_of=tuple(InstrumentKind)),
            Column("established", "date"),
            Column("custodian", longest=200),
            Column("open_to", points_to="parties", says="the organisation whose members alone it is open to, if any"),
            Column("source", points_to="sources"),
        ),
        "treaties, funds, plans, networks and institutions that are cited",
    ),
    Table(
        "provisions",
        (
            key("document/number: accord-2021/4.3"),
            Column("document", required=True, points_to="documents"),
            Column("parent", points_to="provisions"),
            Column("eid", required=True, longest=120, says="Akoma Ntoso style id"),
            Column("kind", required=True, one_of=tuple(ProvisionKind)),
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
            key("document/number and letter: accord-2021/4.3a", longest=130),
            Column("provision", required=True, points_to="provisions"),
            Column("position", "integer", required=True, says="place within the provision"),
            Column("spans", "spans", says="[[start, end], ...] in the provision's folded words; empty without them"),
            Column("verb", required=True, longest=120),
            Column("kind", required=True, one_of=tuple(CommitmentKind)),
            Column("strength", "integer", required=True, says="1 to 5, by the head verb"),
            Column("summary", longest=500, says="in our own words"),
            Column("actors", longest=200),
            Column("goals", "list", says="SDG 9; SDG 17"),
            Column("deadline", "date", says="only where the text really sets one"),
            Column("quantity", longest=120),
            Column("missing", "list", one_of=tuple(MissingElement)),
            Column("withdrawn", says="why it no longer belongs to the catalogue; empty while it does"),
        ),
        "the catalogue",
    ),
    Table(
        "interpretive_notes",
        (
            key("commitment/v and version: accord-2021/4.3a/v1", longest=140),
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
            key("commitment/instrument", longest=220),
            Column("commitment", required=True, points_to="commitments"),
            Column("instrument", required=True, points_to="instruments"),
        ),
        "which commitment names which instrument",
    ),
    Table(
        "paper_words",
        (
            key("document/paper.name: accord-2021/matrix.title", longest=150),
            Column("document", required=True, points_to="documents"),
            Column("name", required=True, longest=60, says="matrix.title; those of all papers begin with all."),
            Column("words", required=True, longest=2000, says="what stands in its place; $day stands for a value"),
        ),
        "what an agreement's papers say in place of our words: names, sentences, the order of parts and columns",
    ),
)

SEARCH: tuple[Table, ...] = (
    Table(
        "search_words",
        (
            key("key of the set: its first English word, as aviation or air-services", longest=60),
            Column("words", longest=2000, says="en: aviation, air services; ko: 항공. Empty: not in use"),
        ),
        "words that a search treats alike, where they differ from those that come with the software",
    ),
)

TABLES: tuple[Table, ...] = (*AGREEMENTS, *EVIDENCE, *RATING, *REPORTING, *SEARCH)
