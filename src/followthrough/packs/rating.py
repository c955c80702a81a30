"""The tables of rating: scales that a pack brings beside those of the library, and the results of published rounds.

No row names a person: coders are letters, and who adjudicated or replied does not leave the register.
"""

from __future__ import annotations

from followthrough.model.vocabulary import Arithmetic, MeasurementLevel, PercentFormula
from followthrough.packs.columns import Column, Table, key

RATING: tuple[Table, ...] = (
    Table(
        "scales",
        (
            key("stable id of the scale: kept-or-not"),
            Column("version", required=True, longest=20),
            Column("title", required=True, longest=200),
            Column("published", required=True, longest=300, says="where its authors published it"),
            Column("arithmetic", required=True, one_of=tuple(Arithmetic)),
            Column("percent", one_of=tuple(PercentFormula), says="half is (mean + 1)/2 x 100, plain is mean x 100"),
            Column("level", required=True, one_of=tuple(MeasurementLevel)),
            Column("aside", "list", says="answers that are no rating"),
        ),
        "scales of rating, beside those that come with the software",
    ),
    Table(
        "scale_values",
        (
            key("scale/word", longest=200),
            Column("scale", required=True, points_to="scales"),
            Column("position", "integer", required=True, says="from the best, 1, to the worst"),
            Column("word", required=True, longest=60),
            Column("number", "decimal", says="where the scale calculates"),
            Column("also", "list", says="other spellings"),
        ),
        "the values of a scale",
    ),
    Table(
        "rounds",
        (
            key("stable id of the round: accord-2021-first", longest=80),
            Column("document", required=True, points_to="documents"),
            Column("title", required=True, longest=200),
            Column("scale", required=True, longest=40, says="of the software, or a row of scales"),
            Column("scale_version", required=True, longest=20),
            Column("na", required=True, one_of=("exclude", "as-zero"), says="what means do with what is not rated"),
            Column("opened", "moment", required=True),
            Column("reply_until", "date", says="until when the parties concerned could reply"),
            Column("published", "moment", required=True),
            Column("example", "boolean", required=True, says="it only shows how rating works, and says nothing"),
            Column("imported", longest=300, says="where it is from, if it was rated elsewhere"),
        ),
        "published rounds of rating; one that is not published stays where it is",
    ),
    Table(
        "round_cells",
        (
            key("round/commitment/party", longest=240),
            Column("round", required=True, points_to="rounds"),
            Column("commitment", required=True, points_to="commitments"),
            Column("party", required=True, points_to="parties"),
            Column("note", points_to="interpretive_notes", says="the interpretive note that was frozen for it"),
            Column("position", "integer", required=True, says="place in the round"),
        ),
        "what a round rates: one commitment of one party each",
    ),
    Table(
        "final_ratings",
        (
            key("cell/v and number", longest=250),
            Column("cell", required=True, points_to="round_cells"),
            Column("number", "integer", required=True, says="the highest holds, the others stay readable"),
            Column("value", required=True, longest=60, says="a value of the scale, n/a or not verifiable"),
            Column("why", "text", longest=1000),
            Column("reason", longest=20, says="code of the reason for a change after the first"),
            Column("claims", "list", says="the claims that it rests on"),
            Column("made", "moment", required=True),
        ),
        "adjudicated ratings, with every change and its reason",
    ),
    Table(
        "coder_ratings",
        (
            key("cell/coder and letter", longest=250),
            Column("cell", required=True, points_to="round_cells"),
            Column("coder", required=True, longest=3, says="A, B and so on, one letter throughout a round"),
            Column("value", required=True, longest=60),
            Column("why", "text", longest=1000),
            Column("sure", longest=20, says="sure, fairly or guess, in the coder's own judgement"),
            Column("claims", "list", says="the claims that it rests on"),
            Column("submitted", "moment", required=True),
        ),
        "what each coder gave, of cells for which all coders are in; the agreement is computed from them",
    ),
    Table(
        "rating_replies",
        (
            key("cell/reply and number", longest=250),
            Column("cell", required=True, points_to="round_cells"),
            Column("words", "text", required=True, longest=2000),
            Column("at", "moment", required=True),
        ),
        "what the party concerned replied to a rating",
    ),
)
