"""The tables of evidence: claims, activities, amounts, observations, targets, and their links to commitments."""

from __future__ import annotations

from followthrough.model.vocabulary import (
    ActivityEventKind,
    ActivityKind,
    ActivityState,
    ClaimKind,
    EdgeKind,
    FundFigureKind,
    LinkRole,
    Origin,
    Stance,
    TreatyAction,
)
from followthrough.packs.columns import Column, Table, key
from followthrough.packs.measured import MEASURED

_SOURCE = Column("source", required=True, points_to="sources")
_CHECKED = (
    Column("checked", "boolean", required=True, says="a second reader compared it with its source"),
    Column("check_note", longest=500, says="what the check found"),
)
_RECORDED = Column("recorded", "date", required=True, says="the day on which we wrote it down")


def _gone(table: str) -> tuple[Column, Column]:
    """The columns that mark a row as superseded: it is kept unchanged and no longer counts."""
    return (
        Column("withdrawn", longest=300, says="why this row no longer stands; empty while it does"),
        Column("replaced_by", points_to=table, says="the later row that takes its place"),
    )


def _parties(of: str) -> Table:
    return Table(
        f"{of}_parties",
        (key(f"{of}/party", longest=140), _to(of), Column("party", required=True, points_to="parties")),
        f"which parties take part in, or are spoken of by, {'an' if of[0] in 'aeiou' else 'a'} {of}",
    )


def _to(of: str) -> Column:
    return Column(of, required=True, points_to={"claim": "claims", "activity": "activities"}[of])


EVIDENCE: tuple[Table, ...] = (
    Table(
        "claims",
        (
            key("stable id of the claim: c-001"),
            _SOURCE,
            Column("kind", required=True, one_of=tuple(ClaimKind)),
            Column("date", "date", says="date of the event; empty where the source prints no date"),
            Column("statement", required=True, longest=1000, says="in our own words"),
            Column("value", "decimal"),
            Column("unit", longest=60),
            Column("stance", required=True, one_of=tuple(Stance)),
            Column(
                "reproducible", "boolean", required=True, says="false where the list behind a figure is not published"
            ),
            Column("quote", longest=1000, says="the words of the source, where they may be quoted"),
            Column("notes", longest=500),
            *_CHECKED,
            _RECORDED,
            *_gone("claims"),
        ),
        "statements that sources support, one each; nothing overwrites one",
    ),
    _parties("claim"),
    Table(
        "activities",
        (
            key("stable id of the activity: a-001"),
            Column("title", required=True, longest=300),
            Column("kind", required=True, one_of=tuple(ActivityKind)),
            Column("fund", points_to="instruments", says="the fund that pays"),
            Column("parent", points_to="activities", says="the activity that it is a part of: money is counted there"),
            Column("state", required=True, one_of=tuple(ActivityState)),
            Column("status", longest=120, says="as its source prints it"),
            Column("start", "date"),
            Column("end", "date"),
            Column("budget", "decimal"),
            Column("currency", "currency"),
            Column("lead_body", longest=300),
            Column("statement", longest=1000, says="in our own words"),
            _SOURCE,
            *_CHECKED,
            _RECORDED,
            *_gone("activities"),
        ),
        "meetings, trainings, projects, agreements, policies and publications",
    ),
    _parties("activity"),
    Table(
        "activity_events",
        (
            key("activity/event", longest=140),
            _to("activity"),
            Column("event", required=True, one_of=tuple(ActivityEventKind)),
            Column("date", "date", required=True),
            Column("source", points_to="sources"),
            Column("note", longest=500),
        ),
        "dated steps of the project cycle; commenced, completed and overdue are computed from them",
    ),
    Table(
        "party_events",
        (
            key("instrument/party/event", longest=140),
            Column("instrument", required=True, points_to="instruments"),
            Column("party", required=True, points_to="parties"),
            Column("event", required=True, one_of=tuple(TreatyAction)),
            Column("date", "date", required=True),
            _SOURCE,
        ),
        "what a party did with an instrument, and when",
    ),
    Table(
        "fund_figures",
        (
            key("stable id of the figure"),
            Column("fund", required=True, points_to="instruments"),
            Column("period", "date", required=True, says="the year, or for a cumulative figure the last one"),
            Column("kind", required=True, one_of=tuple(FundFigureKind)),
            Column("amount", "decimal", required=True, says="in units of the currency"),
            Column("currency", "currency", required=True),
            Column("due", "date", says="of a pledge: the year of which a payment into this fund alone is promised"),
            Column("statement", longest=1000, says="in our own words"),
            _SOURCE,
            *_CHECKED,
            _RECORDED,
        ),
        "money paid into, promised to and taken out of funds, as published",
    ),
    Table(
        "series",
        (
            key("stable id of the series"),
            Column("title", required=True, longest=300),
            Column("unit", required=True, longest=60),
            Column("says", longest=1000, says="what is counted, in our own words"),
            Column("parts", "list", says="the series that add up to it, in the same unit"),
        ),
        "series of figures",
    ),
    Table(
        "observations",
        (
            key("series/area/period", longest=200),
            Column("series", required=True, points_to="series"),
            Column("area", required=True, longest=40, says="a party, a pair of parties or a region"),
            Column("period", "period", required=True, longest=20, says="as published"),
            Column("value", required=True, longest=30, says="a number, or a censored one: <2.5"),
            _SOURCE,
            _RECORDED,
        ),
        "values of a series; two sources for one period stand side by side",
    ),
    Table(
        "targets",
        (
            key("stable id of the target: t-01"),
            Column("statement", required=True, longest=1000, says="in our own words"),
            Column("series", points_to="series", says="what measures it; empty where no series does"),
            Column("value", "decimal"),
            Column("unit", longest=60),
            Column("due", "date", says="empty where none was set"),
            Column("announced", "date"),
            Column("repeats", points_to="targets", says="the earlier target that it repeats or raises"),
            _SOURCE,
            *_CHECKED,
            *_gone("targets"),
        ),
        "targets that were announced, each judged only by an observation of its due year",
    ),
    Table(
        "meetings",
        (
            key("stable id of the meeting"),
            Column("date", "date", required=True),
            Column("body", required=True, longest=200),
            Column("number", "label", longest=20),
            Column("place", longest=120),
            Column("result", longest=1000, says="in our own words"),
            _SOURCE,
            *_gone("meetings"),
        ),
        "meetings of the bodies that follow the agreement",
    ),
    *MEASURED,
    Table(
        "links",
        (
            key("stable id of the link"),
            Column("commitment", points_to="commitments"),
            Column("provision", points_to="provisions", says="where the link is to a whole paragraph"),
            Column("claim", points_to="claims"),
            Column("activity", points_to="activities"),
            Column("target", points_to="targets"),
            Column("series", points_to="series"),
            Column("meeting", points_to="meetings"),
            Column("instrument", points_to="instruments"),
            Column("indicator", points_to="indicators"),
            Column("role", required=True, one_of=tuple(LinkRole), says="context never moves an implementation stage"),
            Column("share", "decimal", says="per cent of the activity's money; at most 100 over all its links"),
            Column("rationale", required=True, longest=300),
            Column("origin", required=True, one_of=tuple(Origin)),
            Column("confirmed_by", longest=150),
            Column("confirmed", "date", says="empty while it is a suggestion"),
            Column("withdrawn", longest=300, says="why it no longer stands; empty while it does"),
        ),
        "what links one thing to one commitment or provision, and why",
    ),
    Table(
        "conflicts",
        (
            key("stable id of the conflict"),
            Column("topic", required=True, longest=300),
            Column("note", longest=1000),
            Column(
                "instrument",
                points_to="instruments",
                says="where they disagree on its status for the parties that the claim of every side names",
            ),
        ),
        "questions on which sources disagree",
    ),
    Table(
        "conflict_sides",
        (
            key("conflict/number"),
            Column("conflict", required=True, points_to="conflicts"),
            Column("says", required=True, longest=500, says="in our own words"),
            Column("value", "decimal"),
            Column("unit", longest=60),
            Column("source", required=True, points_to="sources"),
            Column("claim", points_to="claims"),
            Column("fund_figure", points_to="fund_figures"),
            Column("observation", points_to="observations"),
        ),
        "what each side of a conflict says; all sides stay",
    ),
    Table(
        "edges",
        (
            key("stable id of the edge"),
            Column("later", required=True, points_to="commitments", says="the one that does what the kind says"),
            Column("earlier", required=True, points_to="commitments"),
            Column("kind", required=True, one_of=tuple(EdgeKind)),
            Column("rationale", required=True, longest=300),
            Column("origin", required=True, one_of=tuple(Origin)),
            Column("confirmed", "date"),
        ),
        "lineage between commitments: the later one implements, continues ... the earlier",
    ),
)
