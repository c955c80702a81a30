"""Clauses of every kind as texts print them, each with the undertakings that begin in it (S1 to S9, S12)."""

from __future__ import annotations

import pytest

from followthrough.pipeline import register_bytes


def starts(words: str) -> list[str]:
    """Return the first two words of each undertaking, with its kind behind."""
    reading = register_bytes(f"1. {words}\n".encode(), "example.txt")
    text = reading.document.text
    return [f"{' '.join(text[c.start : c.end].split()[:2])} {c.kind}" for c in reading.commitments]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # a phrase between a conjunction and a subject, or before a modal
        ("We see a fair sea, and to that end we will fund boats.", ["will fund action"]),
        (
            "By May, the Board shall print maps; and by the end of that year the Council shall adopt them.",
            ["shall print action", "shall adopt action"],
        ),
        (
            "We will mend roads and in the coming year will open two docks.",
            ["will mend action", "will open action"],
        ),
        # who undertakes, with more said of them before the modal
        ("Millers that use the river will mend the weir.", ["will mend action"]),
        ("Members with fewer than three mills shall count otters.", ["shall count action"]),
        ("The Ministry of Mills, together with the Lake Board, will mend the weir.", ["will mend action"]),
        ("The invited State shall guard the otters.", ["shall guard action"]),
        (
            "Importing members will publish tolls; exporting members will weigh each load.",
            ["will publish action", "will weigh action"],
        ),
        ("Norway will fund boats; Ghana, for its part, will open two docks.", ["will fund action", "will open action"]),
        ("Where a member cannot pay, it will say so in writing.", ["will say action"]),
        # a list that commas part is open until "and V"
        (
            "We will dredge the canal, rebuild the locks that leak and sell the mill.",
            ["will dredge action", "rebuild the action", "sell the action"],
        ),
        (
            "We will dredge the canal, assist villages to mend locks, and sell the mill.",
            ["will dredge action", "assist villages support", "sell the action"],
        ),
        (
            "We waive the right to sell reeds, plant new ones and guard the dens.",
            ["waive the action", "plant new action", "guard the action"],
        ),
        ("We urge millers to refrain from draining ponds, from burning reeds and from netting eels.",
         ["urge millers call", "burning reeds call", "netting eels call"]),
        ("We will neither drain ponds nor burn reeds.", ["will neither action", "burn reeds action"]),
        # a second predicate behind a pledge that is also a noun, or in the past beside what was said
        (
            "We pay tribute to those who mended the weir and pledge to guard it.",
            ["pay tribute reaffirmation", "pledge to action"],
        ),
        (
            "The Board approved the tolls and asked the Treasurer to publish them.",
            ["approved the action", "asked the action"],
        ),
        # what nobody but the parties does, in the passive
        ("A count of otters will be conducted in 2029.", ["will be action"]),
        ("The weir will be flooded in 2029.", []),
        # nouns that could be verbs
        ("Transport ministers will meet twice a year.", ["will meet action"]),
        ("Delays were caused by floods.", []),
        ("We reaffirm our commitment to peace, stress the need to act and look forward to the summit.",
         ["reaffirm our reaffirmation", "stress the reaffirmation", "look forward reaffirmation"]),
        ("We will share rail, ferry and transport planning data.", ["will share action"]),
        # verbs in no list, in a list
        ("We agree to label films, pretranslate titles and publish scores.",
         ["agree to action", "pretranslate titles action", "publish scores action"]),
        ("We will cut tariffs, fight fraud and open legal routes.",
         ["will cut action", "fight fraud action", "open legal action"]),
        ("We will double loans and triple grants by 2030.", ["will double action", "triple grants action"]),
        # purposes that are over, and that are not
        ("Send teams to hear grievances, calm rumours and reopen markets.", ["Send teams action"]),
        ("We will hire a ship to survey the slope, sample mud and map corals, reserve berths, and archive logs.",
         ["will hire action", "reserve berths action", "archive logs action"]),
        ("We will strengthen cooperation to curb logging and trace timber.", ["will strengthen action"]),
        # who undertakes
        ("From 2028, operators will report leaks and pay for repairs.", ["will report action", "pay for action"]),
        ("The working group, which met twice, will draft a code.", ["will draft action"]),
        ("During the Summit for Rivers, we will shape a pact.", ["will shape action"]),
        ("The Commission for the River, set up in 1998, will draft a plan.", ["will draft action"]),
        ("The Fisheries Council established by Article 4 shall set quotas.", ["shall set action"]),
        ("The Chair will send a draft.", ["will send action"]),
        ("The Chair thanked delegations.", []),
        ("A joint desk will be opened in the port by May.", ["will be action"]),
        ("We the undersigned commit to open our books.", ["commit to action"]),
        # who is asked
        ("We call on States to ban it, on firms to recall it, and on users to hand it in.",
         ["call on call", "on firms call", "on users call"]),
        ("Requests its President to appoint two friends of the chair.", ["Requests its action"]),
        ("The Board, DIRECTS the Agency to act, CALLS UPON Members to pay, and DECIDES to remain seized of it.",
         ["DIRECTS the action", "CALLS UPON call", "DECIDES to action"]),
        ("The Presidents ordered their commissions to resume work and urged residents to report losses.",
         ["ordered their action", "urged residents call"]),
        ("The Participants expect to finish a code in May and to print it in June.",
         ["expect to action", "print it action"]),
        # what is not done: a rule of conduct, or a term
        ("The Parties shall not lower the flow of the river.", ["shall not principle"]),
        ("The Parties shall not charge for such data.", ["shall not action"]),
        # what governs gerunds
        ("We have tasked our experts with mapping rules and proposing fixes.",
         ["have tasked action", "proposing fixes action"]),
        ("Members shall refrain from taxing relief goods and from diverting ships.",
         ["shall refrain principle", "diverting ships principle"]),
        ("We commit to lowering fees, including by opening rails to banks, and to protecting savers.",
         ["commit to action", "protecting savers action"]),
        # what is said, and what follows from it
        ("We share the view that piracy is fought ashore and will accordingly train police.",
         ["share the reaffirmation", "will accordingly action"]),
        ("Each Party shall ensure that its nationals obey, shall punish breaches, and shall report them.",
         ["shall ensure action", "shall punish action", "shall report action"]),
        ("The Commission shall monitor fishing, may ask for data, and shall report yearly.",
         ["shall monitor action", "shall report action"]),
        # what is told, shown, named or defined
        ("Eight years ago our ministers met. They stressed the need for patrols. Today we will open a centre.",
         ["will open action"]),
        ("When our founders met in 1976, they promised to open the borders.", []),
        ("Photo: Ministers plant a tree, Nandi, May 2026", []),
        ("Chapter III. Securing water for growing cities", []),
        ("“Tender” means any small craft.", []),
        ("Bearing in mind the Charter, and reaffirming the need to protect oases,", []),
        ("The Parties have agreed as follows:", []),
    ],
)  # fmt: skip
def test_each_undertaking_begins_where_its_verb_does(words: str, expected: list[str]) -> None:
    assert starts(words) == expected


def test_brackets_hold_no_undertaking() -> None:
    assert starts("Train 300 officers (2026; Ministry of the Interior).") == ["Train 300 action"]


def test_a_numbered_part_keeps_its_number() -> None:
    reading = register_bytes(b"1. We reaffirm our duties under Article 6 and agree to meet.\n", "example.txt")
    first = reading.commitments[0]
    assert reading.document.text[first.start : first.end] == "reaffirm our duties under Article 6"
