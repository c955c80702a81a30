"""The tables of reporting: cycles, what they ask of whom, and what was accepted of the answers.

Drafts, reports that wait or were returned, comments and the names of people have no column here: they never leave.
"""

from __future__ import annotations

from followthrough.packs.columns import Column, Table, key

SHOWN = ("nothing", "number", "parties")
"""What the public sees of who has reported, while a cycle runs."""
QUESTIONS = ("answer", "stage", "text", "optional_text", "figures", "obstacles", "next_step", "evidence")
"""What a question takes."""

REPORTING: tuple[Table, ...] = (
    Table(
        "cycles",
        (
            key("stable id of the cycle: accord-2021-2026-round", longest=80),
            Column("document", required=True, points_to="documents"),
            Column("title", required=True, longest=200),
            Column("period_start", "date", required=True, says="of what the answers speak of"),
            Column("period_end", "date", required=True),
            Column("opened", "moment", required=True),
            Column("due", "moment", required=True),
            Column("late_until", "moment", required=True, says="nothing is taken after it"),
            Column("zone", required=True, longest=60, says="the time zone of its days: Africa/Nairobi"),
            Column("shown", required=True, one_of=SHOWN, says="what the public sees of who has reported while it runs"),
            Column("closed", "moment", says="empty while it runs"),
            Column("example", "boolean", required=True, says="invented for the demonstration, and seen there alone"),
            Column("previous", points_to="cycles"),
        ),
        "rounds of reporting on an agreement",
    ),
    Table(
        "cycle_questions",
        (
            key("cycle/key", longest=130),
            Column("cycle", required=True, points_to="cycles"),
            Column("key", required=True, longest=40, says="the fields of its answers begin with it"),
            Column("kind", required=True, one_of=QUESTIONS),
            Column("words", required=True, longest=300),
            Column("hint", longest=300),
            Column("position", "integer", required=True),
        ),
        "the questions of a cycle",
    ),
    Table(
        "reports",
        (
            key("cycle/party/place", longest=230),
            Column("cycle", required=True, points_to="cycles"),
            Column("party", required=True, points_to="parties"),
            Column("provision", required=True, points_to="provisions"),
            Column("position", "integer", required=True),
            Column("answered_with", points_to="reports", says="the report that says the same for both, once accepted"),
        ),
        "what a cycle asks of each party; one without a row in report_versions has no accepted answer",
    ),
    Table(
        "report_commitments",
        (
            key("report/commitment", longest=370),
            Column("report", required=True, points_to="reports"),
            Column("commitment", required=True, points_to="commitments"),
            Column("lead", longest=120, says="the body that answers for it"),
        ),
        "the commitments on which a report reports",
    ),
    Table(
        "report_versions",
        (
            key("report/v and number", longest=240),
            Column("report", required=True, points_to="reports"),
            Column("number", "integer", required=True, says="earlier ones were returned"),
            Column("first_sent", "moment", required=True, says="when the report came in first"),
            Column("sent", "moment", required=True),
            Column("late", "boolean", required=True, says="it came in first after the due date"),
            Column(
                "accepted", "moment", required=True, says="as complete and clear, which does not say that it is true"
            ),
            Column("published", "moment", says="empty while it is accepted and not public"),
        ),
        "reports as they were accepted",
    ),
    Table(
        "report_answers",
        (
            key("version/field", longest=330),
            Column("version", required=True, points_to="report_versions"),
            Column("field", required=True, longest=80, says="the key of its question and a part: stage.stage"),
            Column("words", "text", required=True, longest=8000, says="as the party wrote or chose it"),
            Column(
                "several", "boolean", required=True, says="true where it is a choice of words, with semicolons between"
            ),
        ),
        "the answers of an accepted report; what was left empty has no row",
    ),
    Table(
        "confirmations",
        (
            key("cycle/party/id of the record", longest=280),
            Column("cycle", required=True, points_to="cycles"),
            Column("party", required=True, points_to="parties"),
            Column("claim", points_to="claims"),
            Column("activity", points_to="activities"),
            Column("party_event", points_to="party_events"),
            Column("indicator", points_to="indicators", says="of which the newest figure of the party was confirmed"),
            Column("confirmed", "moment", required=True),
        ),
        "what a party confirmed of the record that names it, and that still stands as it confirmed it",
    ),
)
