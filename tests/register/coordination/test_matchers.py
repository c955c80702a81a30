"""Each rule of coordination on an invented sentence on which it fires, and on one, as near as can be, on which not."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from followthrough.register import coordination
from followthrough.register.coordination import coordinated, walk
from followthrough.register.coordination.joined_verbs import MATCHERS
from followthrough.register.coordination.junctions import junction_at
from followthrough.register.coordination.rows import NOTHING
from followthrough.register.coordination.state import Clause, Context, Effect, Junction, State
from followthrough.register.heads import Head
from followthrough.register.predicates import act_as_noun, heads_after_subjects
from followthrough.register.sentences import Sentence
from followthrough.register.tokens import tokenize

Matcher = Callable[[Context, Junction], Effect | None]


def read(text: str) -> tuple[Sentence, Head]:
    sentence = Sentence(text, tokenize(text, 0, len(text)))
    heads = heads_after_subjects(sentence)
    head = heads[0] if heads else act_as_noun(sentence, 0)
    assert head is not None
    return sentence, head


def fired(text: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Effect]]:
    """Return the rules that had something to say about a sentence, with what they said."""
    found: list[tuple[str, Effect]] = []

    def heard(match: Matcher) -> Matcher:
        def ask(context: Context, junction: Junction) -> Effect | None:
            effect = match(context, junction)
            if effect is not None:
                found.append((match.__name__, effect))
            return effect

        return ask

    monkeypatch.setattr(walk, "MATCHERS", tuple(map(heard, MATCHERS)))
    sentence, head = read(text)
    coordinated(sentence, head, len(sentence))
    return found


def verbs(text: str) -> list[tuple[str, str]]:
    sentence, head = read(text)
    return [(one.verb.lemma, one.rule) for one in coordinated(sentence, head, len(sentence))]


FIRES = {
    "second_asked": (
        "We ask the Council to mend the weir, and the Bank to pay for it.",
        "We ask the Council to mend the weir, and to pay for it.",
    ),
    "no_verb": (
        "We will strengthen the Mend and Replace programme.",
        "We will strengthen the mill and replace the wheel.",
    ),
    "second_address": (
        "We ask the millers, and invite the ferries, to mend the weir.",
        "We ask the millers to mend the weir, and invite the ferries to wait.",
    ),
    "state": (
        "We are resolved to mend the weir and dedicated to counting otters.",
        "We are resolved to mend the weir and the mill dedicated to otters.",
    ),
    "further_predicate": (
        "We are working to mend the weir, and are determined to guard the otters.",
        "We are working to mend the weir, and to guard the otters.",
    ),
    "pledging": (
        "We renew our pact, committing ourselves to mending the weir.",
        "We renew our pact, mending the weir.",
    ),
    "late_speech": (
        "The Council welcomed the weir and with regard to the mill called upon the millers to wait.",
        "The Council welcomed the weir and the mill beside it.",
    ),
    "result": (
        "We will mend the weir and thus protect the otters.",
        "We will mend the weir and also protect the otters.",
    ),
    "while_continuing": (
        "We will mend the weir while continuing to guard the otters.",
        "We will mend the weir and continue to guard the otters.",
    ),
    "recognition": (
        "We will mend the weir, noting the work of the millers.",
        "We will mend the weir and note the work of the millers.",
    ),
    "need": (
        "We recognise the value of otters and the need to protect the weir.",
        "We support the otters and the need to protect the weir.",
    ),
    "that_again": (
        "We recognise that otters need reeds, and that reeds need water.",
        "We recognise that otters need reeds that need water.",
    ),
    "condemnation": (
        "We will mend the weir and condemn the flood.",
        "We will mend the weir and count the floods.",
    ),
    "permission": (
        "We will mend the weir and may sell the mill.",
        "We will mend the weir and will sell the mill.",
    ),
    "own_clause": (
        "We will mend the weir, and the millers are pleased.",
        "We will mend the weir and the mill.",
    ),
    "neither_nor": (
        "We will neither sell the weir nor close the mill.",
        "We will sell the weir or close the mill.",
    ),
    "labelled": (
        "Launch of a ferry; Step 2: mend the weir.",
        "Launch of a ferry; mending of the weir.",
    ),
    "member": (
        "We will mend the weir and protect the otters.",
        "We will mend the weir and the otters.",
    ),
    "act": (
        "Launch of a ferry, and creation of a fund.",
        "Launch of a ferry, and of a fund.",
    ),
    "listed_object": (
        "We will support the mill; the ferry; and the weir.",
        "We will support the mill, the ferry and the weir.",
    ),
}


def test_every_rule_has_a_sentence_here() -> None:
    assert list(FIRES) == [match.__name__ for match in MATCHERS]


@pytest.mark.parametrize("rule", FIRES)
def test_a_rule_fires_on_its_sentence_and_not_on_the_one_beside_it(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on, off = FIRES[rule]
    assert rule in [name for name, _ in fired(on, monkeypatch)]
    assert rule not in [name for name, _ in fired(off, monkeypatch)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will mend the weir and protect the otters.", [("mend", "S1"), ("protect", "S3")]),
        ("We will mend the weir and thus protect the otters.", [("mend", "S1")]),
        ("We will mend the weir while continuing to guard the otters.", [("mend", "S1"), ("continue", "S5")]),
        ("We will mend the weir while guarding the otters.", [("mend", "S1")]),
        ("We will mend the weir and will protect the otters.", [("mend", "S1"), ("protect", "S3")]),
        ("We call upon the millers to mend the weir, and to protect the otters.", [("call", "S1"), ("protect", "S3")]),
        (
            "We will support the mill; the ferry; and the weir.",
            [("support", "S1"), ("support", "S4"), ("support", "S4")],
        ),
        (
            "We recognise the need to strengthen the weir and the importance of protecting otters.",
            [("recognize", "S1"), ("protect", "S9")],
        ),
        (
            "We recognise the need to mend the weir and be better prepared to shelter the otters.",
            [("recognize", "S1"), ("be better prepared", "S9")],
        ),
        ("We will increase support for, and strengthen cooperation with, the ferry.", [("increase", "S1")]),
    ],
)
def test_undertakings_begin_where_a_rule_says_and_carry_its_name(text: str, found: list[tuple[str, str]]) -> None:
    assert verbs(text) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We will mend the weir, noting the work of the millers.", "We will mend the weir"),
        ("We will mend the weir and condemn the flood.", "We will mend the weir and"),
    ],
)
def test_what_is_only_acknowledged_or_condemned_lies_outside_the_span(text: str, kept: str) -> None:
    sentence, head = read(text)
    (found,) = coordinated(sentence, head, len(sentence))
    assert found.end_before is not None
    assert text[: sentence.tokens[found.end_before - 1].end] == kept


def test_verbs_over_one_object_are_one_undertaking() -> None:
    sentence, head = read("We will strengthen and protect the weir.")
    (found,) = coordinated(sentence, head, len(sentence))
    assert found.group == ("strengthen", "protect")


def test_the_subject_is_that_of_the_head_before() -> None:
    sentence, head = read("The Ferry Council will mend the weir and will protect the otters.")
    assert [one.subject for one in coordinated(sentence, head, len(sentence))] == ["The Ferry Council"] * 2


def test_nothing_is_found_from_the_stop_on() -> None:
    sentence, head = read("We will mend the weir and protect the otters.")
    assert [one.verb.lemma for one in coordinated(sentence, head, 5)] == ["mend"]


@pytest.mark.parametrize(
    ("text", "word", "joined", "comma", "semicolon"),
    [
        ("We will mend the weir and protect otters.", "protect", True, False, False),
        ("We will mend the weir, protect otters.", "protect", False, True, False),
        ("We will mend the weir; protect otters.", "protect", False, False, True),
        ("We will mend the weir, and protect otters.", "protect", True, True, False),
        ("We will mend the weir, as well as protect otters.", "protect", True, True, False),
        ("We will mend the weir while guarding otters.", "while", False, False, False),
    ],
)
def test_a_junction_knows_its_conjunction_and_its_punctuation(
    text: str, word: str, joined: bool, comma: bool, semicolon: bool
) -> None:
    sentence, head = read(text)
    context = Context(sentence, len(sentence), head, head, State((Clause("main", head.form),)))
    at = [token.lower for token in sentence.tokens].index(word)
    assert junction_at(context, at) == Junction(at, at, at, joined, comma, semicolon)


@pytest.mark.parametrize("word", ["we", "mend", "the", "and", "otters"])
def test_there_is_no_junction_before_the_verb_at_a_conjunction_or_between_plain_words(word: str) -> None:
    sentence, head = read("We will mend the weir and protect otters.")
    context = Context(sentence, len(sentence), head, head, State((Clause("main", head.form),)))
    assert junction_at(context, [token.lower for token in sentence.tokens].index(word)) is None


def test_nothing_is_coordinated_inside_quotation_marks() -> None:
    assert verbs("We will mend the “Weir and protect otters” scheme.") == [("mend", "S1")]


@pytest.mark.parametrize("kind", [Clause, State, Junction, Context, Effect])
def test_what_rules_are_given_and_return_cannot_be_changed(kind: type) -> None:
    made: object = object.__new__(kind)
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(kind)[0].name, None)


FOLDER = Path(coordination.__file__).parent


def stores(path: Path) -> set[str]:
    """Return the names of attributes and items that a file assigns."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.attr if isinstance(node, ast.Attribute) else "[]"
        for node in nodes
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)
    }


def test_the_walk_is_the_only_place_that_changes_anything() -> None:
    changed = {path.name: found for path in sorted(FOLDER.glob("*.py")) if (found := stores(path))}
    assert changed == {"walk.py": {"at", "heads", "context", "[]"}}
    tree = ast.parse((FOLDER / "walk.py").read_text(encoding="utf-8"))
    changing = {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr == "context"
    }
    assert changing == {"__init__", "_look"}


def test_rules_are_asked_until_one_is_final_or_begins_something(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def one(name: str, effect: Effect | None) -> Matcher:
        def ask(_context: Context, _junction: Junction) -> Effect | None:
            asked.append(name)
            return effect

        return ask

    rules = (
        one("silent", None),
        one("state", Effect(state=State((Clause("main", "base"), Clause("purpose", "base"))))),
        one("last", NOTHING),
    )
    monkeypatch.setattr(walk, "MATCHERS", (*rules, one("never", None)))
    sentence, head = read("We will mend the weir and protect otters.")
    assert len(coordinated(sentence, head, len(sentence))) == 1
    assert asked == ["silent", "state", "last"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Inside: a verb goes on with the adjunct that is open, and is no undertaking of its own.
        ("We will mend the weir by cutting reeds and raising banks.", ["mend"]),
        ("We will send millers to mend weirs, guard otters, and raise banks.", ["send"]),
        ("We will mend the weir in order to protect the otters and strengthen the banks.", ["mend"]),
        ("We will open a mill that will serve farmers and will store grain.", ["open"]),
        ("We ask the millers to mend the weir, which will hold the flood, and will last.", ["ask"]),
        ("We will explore ways of mending the weir and raising the banks.", ["explore"]),
        ("We will use the mending and raising plan.", ["use"]),
        # Outside: it goes on with the undertaking, or with the verbs that one governs.
        ("We will mend weirs that hold floods and commit to raise the banks.", ["mend", "commit"]),
        (
            "We are committed to mending the weir, raising the banks and counting otters.",
            ["be committed", "raise", "count"],
        ),
        ("We are dedicated to keeping the mill, and to opening the weir.", ["be dedicated", "open"]),
        ("We call for dry banks, and for mending the weir.", ["call", "mend"]),
        ("We ask the millers to mend the weir, by cutting reeds, and to raise the banks.", ["ask", "raise"]),
        (
            "We stress the importance of mending weirs, raising banks and letting otters pass.",
            ["stress", "raise", "let"],
        ),
        ("We will work together to mend the weir and raise the banks.", ["work", "raise"]),
        ("We are paying for and mending the weir.", ["pay"]),
        ("We will clean, repair, and safely reopen the mill.", ["clean"]),
        # Verbs that are in no list, known by their place and shape.
        ("We will mend the weir, gravel its path and oil the wheel.", ["mend", "gravel", "oil"]),
        ("We will mend the weir, otterize banks and reedify ponds.", ["mend", "otterize", "reedify"]),
        ("We will work on weirs, mills, and otter care software.", ["work"]),
    ],
)
def test_a_verb_goes_on_with_the_clause_that_is_open_in_its_form(text: str, found: list[str]) -> None:
    assert [lemma for lemma, _ in verbs(text)] == found
