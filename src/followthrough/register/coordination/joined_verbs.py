"""The rules of coordination, one function each: does an undertaking of its own begin at a junction (S2-S5, S7-S9)?

They are asked in the order of ``MATCHERS``. Each returns ``None`` where it has nothing to say, or an ``Effect``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from followthrough.register.compounds import STATES
from followthrough.register.coordination.attachment import continued
from followthrough.register.coordination.clauses import further_predicate, pledging, second_asked
from followthrough.register.coordination.groups import group_from
from followthrough.register.coordination.members import Member, members
from followthrough.register.coordination.state import ROWS, Clause, Context, Effect, Junction, State
from followthrough.register.heads import Head
from followthrough.register.predicates import act_as_noun, head_after
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import ALONE, BASE, FINITE, ING, UNLISTED_STRENGTH, Form, Verb
from followthrough.register.word_lists import word_set

_RESULTS = word_set("coordination", "results")
_PREPOSITIONS = word_set("coordination", "prepositions")
_LEADING = _PREPOSITIONS | _RESULTS
"""What may stand before a second verb of saying."""
_NEEDS = word_set("coordination", "needs")
_REPEATED = word_set("coordination", "repeated_nouns")
_ADDRESSED = frozenset({"call", "encourage", "delegate"})
_POSSESSIVES = frozenset({"their", "our", "its"})
_OPENING_NEED = _POSSESSIVES | {"the"}
_OWN_GERUNDS = frozenset({"being", "having"})
_LISTINGS = word_set("coordination", "listings")
_LONGEST_LISTING = 300
"""Words of a listing at most; without an end, a paragraph of semicolons would be gone over again at each."""
_VALUES = word_set("coordination", "values")
_TELLING = frozenset({"believe", "hope", "think", "know", "feel"})
_PERMITTING = frozenset({"may", "can", "might"})
_NOTHING = Effect(final=True)
_NEAR_GERUND = 8
"""Tokens behind "the importance of" within which somebody's doing is named: "of the parties opening the roads"."""
_LONGEST_ASIDE = 7
"""Tokens of a phrase without commas between a conjunction and a verb of saying: "with regard to the Fund"."""


def no_verb(context: Context, junction: Junction) -> Effect | None:
    """S2: nothing begins at the end, in a name ("Rip and Replace"), between adverbs, or before a shared object."""
    tokens, begin, verb_at = context.sentence.tokens, junction.begin, junction.verb_at
    if _goes_on_without_object(context, junction):
        return Effect(resume=group_from(context.sentence, begin, "base", context.stop)[1], final=True)
    if verb_at >= context.stop or _shares_object(context, junction):
        return _NOTHING
    before, after = context.word(begin - 2) if begin > 1 else "", context.word(begin)
    adverbs = before.endswith("ly") and after.endswith("ly") and begin < verb_at
    printed = tokens[verb_at].text
    shouted = printed.isupper() and context.read(verb_at, FINITE) is not None  # "and DECIDES to"
    named = printed[:1].isupper() and not shouted and (junction.joined or junction.comma)
    return _NOTHING if (junction.joined and adverbs) or (named and not junction.semicolon) else None


def _shares_object(context: Context, junction: Junction) -> bool:
    """S2: "support for, and strengthen cooperation with, the Fund" has one object, which is still to come."""
    if _is_pair_of_gerunds(context, junction):
        return True
    last = context.word(junction.begin - 2) if junction.joined and junction.begin > 1 else ""
    return junction.comma and last in _PREPOSITIONS and context.word(junction.begin - 1) in CONJUNCTIONS


def _goes_on_without_object(context: Context, junction: Junction) -> bool:
    """S2: "help A repair, restore and defend the grid": the verb before the comma has no object yet."""
    begin = junction.begin
    if not junction.comma or junction.joined or begin < 2 or not context.sentence.is_joined_verb(begin):
        return False
    before = context.read(begin - 1, BASE)
    return before is not None and not before[1].noun and context.read(begin, BASE) is not None


def _is_pair_of_gerunds(context: Context, junction: Junction) -> bool:
    """S2: "consider ratifying or acceding to the Pact": the first gerund stands behind its verb and has no object."""
    begin = junction.begin
    if not junction.joined or junction.comma or begin < 3 or begin != junction.verb_at:
        return False
    paired = context.is_verb(begin, ING) and context.read(begin - 2, ING) is not None
    behind_verb = context.read(begin - 3, BASE) is not None or context.word(begin - 3) in CONJUNCTIONS
    return paired and not context.sentence.tokens[begin - 2].gap and behind_verb


def second_address(context: Context, junction: Junction) -> Effect | None:
    """S2: "ask A, and invite B, to V": two verbs that address share the one infinitive behind them."""
    head = context.head
    if head.verb.speech_act not in _ADDRESSED or not (head.verb.governs and junction.joined and junction.comma):
        return None
    found = context.sentence.read(junction.verb_at, ALONE[head.form])
    if found is None or found[1].speech_act not in _ADDRESSED or context.state.governed is not None:
        return None
    tokens = context.sentence.tokens
    shared = any(context.word(at) == "to" and tokens[at].gap == "," for at in range(junction.verb_at + 1, context.stop))
    if not shared:
        return None
    return Effect(head=replace(head, group=(*head.group, found[1].lemma)), resume=junction.verb_at + 1, final=True)


def state(context: Context, junction: Junction) -> Effect | None:
    """S3: "resolved to A and dedicated to B-ing" has one auxiliary and two undertakings."""
    at, root = junction.verb_at, context.root
    if junction.at - 2 == context.head.verb_at:
        return _NOTHING if STATES.get(context.word(at)) else None  # "united and resolute in our support"
    if root.verb.lemma.partition(" ")[2] not in STATES or not (junction.joined or junction.comma):
        return None
    if at + 1 >= context.stop or STATES.get(context.word(at)) != context.word(at + 1):
        return None
    verb = replace(root.verb, lemma=f"{root.verb.lemma.partition(' ')[0]} {context.word(at)}")
    head = Head(junction.begin, at, verb, "base", (verb.lemma,), root.subject, rule="S3")
    return Effect(begins=head, state=_inside(context))


def late_speech(context: Context, junction: Junction) -> Effect | None:
    """S6: "and with regard to the Fund calls upon", "and therefore recommends": a second verb of saying."""
    root = context.root
    if not junction.joined or root.form not in {"third", "past"}:
        return None
    prepositional = context.word(junction.begin) in _LEADING
    for at in range(junction.verb_at, min(junction.begin + _LONGEST_ASIDE, context.stop)) if prepositional else ():
        found = context.read(at, ALONE[root.form])
        if found is None or found[1].speech_act not in _ADDRESSED | {"recognise", "control"} or found[1].noun:
            continue
        head = Head(at, at, found[1], root.form, (found[1].lemma,), root.subject, None, rule="S3")
        ended = replace(context.head, end_before=junction.at) if context.head.end_before is None else None
        return Effect(begins=head, state=_inside(context), head=ended)
    return None


def result(context: Context, junction: Junction) -> Effect | None:
    """S5: "and thereby V" is the result of the undertaking before it."""
    if any(context.word(at) in _RESULTS for at in range(junction.begin, junction.verb_at)):
        return Effect(state=context.state.opening(Clause("purpose", "base")), final=True)
    return None


def while_continuing(context: Context, junction: Junction) -> Effect | None:
    """S5: "while continuing to V" is a commitment of its own; any other "while" opens a manner."""
    if context.word(junction.begin) != "while":
        return None
    at = context.sentence.skip_adverbs(junction.begin + 1)
    found = context.read(at, ING)
    if found is None or found[1].lemma != "continue":
        return Effect(state=context.state.opening(Clause("participle", "ing")))
    head = Head(at, at, found[1], "ing", (found[1].lemma,), context.root.subject, rule="S5")
    return Effect(begins=head, state=_inside(context))


def recognition(context: Context, junction: Junction) -> Effect | None:
    """S8: a comma-set "noting ..." or "while acknowledging ..." is outside the span."""
    at = junction.begin + (1 if context.word(junction.begin) == "while" else 0)
    found = context.read(context.sentence.skip_adverbs(at), ING)
    if found is None or found[1].speech_act != "recognise" or not junction.comma or junction.joined:
        return None
    if found[1].lemma == "take":
        return None  # "taking into account" stays inside
    head, state = context.head, context.state.opening(Clause("participle", "ing"))
    kept = head.end_before is not None or (head.verb.speech_act == "call" and context.state.governed is None)
    return Effect(state=state, head=None if kept else replace(head, end_before=junction.begin))


def need(context: Context, junction: Junction) -> Effect | None:
    """S9: "... and the need to V", "... and the importance of V-ing" beside another object of recognition."""
    if not _recognised(context) or not (junction.joined or junction.semicolon):
        return None
    at = junction.begin + (1 if context.word(junction.begin) in _OPENING_NEED else 0)
    if at + 2 >= context.stop or not _opens_need(context, junction, at):
        return None
    found = _verb_of_need(context, at)
    if found is not None:
        return _row(context, found, 0, governed=found.form)
    return _row(context, Member(at, at, "base", context.head.verb), 0) if context.word(at) in _REPEATED else None


def _opens_need(context: Context, junction: Junction, at: int) -> bool:
    """Tell whether the noun at token ``at`` opens an object of recognition of its own."""
    noun, before = context.word(at), context.word(at - 1)
    if noun in _REPEATED:
        return any(context.word(earlier) == noun for earlier in range(context.head.verb_at, at - 1))
    if noun not in _NEEDS or before in _POSSESSIVES:
        return False  # "their cooperation and its importance"
    shared = junction.at > 1 and context.word(at + 1) == "of" and context.word(junction.at - 2) in _VALUES
    return not shared  # "the value and the importance of lowering" have one object


def _verb_of_need(context: Context, at: int) -> Member | None:
    """Return the verb that the noun at token ``at`` governs: "the need to V", "the importance of the Fund V-ing"."""
    first = context.sentence.skip_adverbs(at + 2)
    if context.word(at + 1) == "to":
        return Member(at, first, "base", context.sentence.certain_verb(first, "base")) if first < context.stop else None
    for verb_at in range(first, min(at + 2 + _NEAR_GERUND, context.stop)):
        if context.word(verb_at) in _OWN_GERUNDS or context.is_gerund(verb_at):
            return Member(at, verb_at, "ing", context.sentence.certain_verb(verb_at, "ing"))
    return None


def that_again(context: Context, junction: Junction) -> Effect | None:
    """S6: a repeated "that" says something else: "underlined that A, and that B"."""
    saying = any(clause.role == "content" for clause in context.state.clauses)
    if not saying or context.word(junction.begin) != "that" or not (_recognised(context) or _decided(context)):
        return None
    if not (junction.joined or (junction.comma and _said_again(context, junction.begin))):
        return None
    governor = context.head.governor or context.head.verb
    head = Head(
        junction.begin, junction.begin, governor, "base", (governor.lemma,), context.root.subject, governor, rule="S9"
    )
    return Effect(begins=head, state=State((context.state.clauses[0], Clause("content", None))))


def _said_again(context: Context, at: int) -> bool:
    """Tell whether "and that" follows token ``at``, which makes a bare ", that" a member of a list."""
    return any(
        context.word(later) == "that" and context.word(later - 1) in CONJUNCTIONS
        for later in range(at + 2, context.stop)
    )


def condemnation(context: Context, junction: Junction) -> Effect | None:
    """S7: concern or condemnation beside an undertaking ends its span and is not one itself."""
    head, form = context.head, context.root.form
    found = context.read(junction.verb_at, ALONE[form]) if form != "ing" else None
    if found is None or found[1].speech_act != "none" or found[1].noun or found[1].lemma in _TELLING:
        return None
    if junction.joined and head.end_before is None:
        return Effect(head=replace(head, end_before=junction.begin))
    return None


def permission(context: Context, junction: Junction) -> Effect | None:
    """C15: "and may V" ends an undertaking and is none."""
    head, permitted = context.head, context.word(junction.begin) in _PERMITTING
    if permitted and junction.joined and context.state.clauses[0].modal and head.end_before is None:
        return Effect(head=replace(head, end_before=junction.begin))
    return None


def member(context: Context, junction: Junction) -> Effect | None:
    """S3: a verb in the form of a clause that is open, with an object of its own."""
    for one in members(context, junction):
        if one.verb.speech_act == "none" and one.mark is None:
            continue
        at = continued(context, junction, one)
        if at is None:
            continue
        clause = context.state.clauses[at]
        if clause.role in ROWS:
            first = one.mark == "to" and clause.role == "main" and not clause.marked
            return _row(context, one, at, governed="base" if first else None)
        listed = replace(clause, listed=clause.listed or junction.comma)
        return Effect(state=State((*context.state.back_to(at - 1), listed)), resume=one.verb_at + 1, final=True)
    return _passive(context, junction)


def _passive(context: Context, junction: Junction) -> Effect | None:
    """S9: "be better prepared to" after "the need to A and": the one passive that stands as a verb."""
    begin, governed = junction.begin, context.state.governed
    if governed is None or governed.form != "base" or not junction.joined or context.word(begin) != "be":
        return None
    words: list[str] = []
    for at in range(begin + 1, min(begin + 4, context.stop)):
        words.append(context.word(at))
        if words[-1].endswith("ed"):
            break
    verb = Verb("be " + " ".join(words), "", "act", UNLISTED_STRENGTH, governs=False, noun=False)
    return _row(context, Member(begin, begin, "base", verb), len(context.state.clauses) - 1)


def act(context: Context, junction: Junction) -> Effect | None:
    """S12: a further act as a noun in a plan's list: "Launch of A, and organisation of B"."""
    if context.root.rule != "S12" or context.state.adjunct:
        return None
    head = act_as_noun(context.sentence, junction.begin, beside=junction.joined)
    return Effect(begins=head, state=_inside(context)) if head is not None else None


def listed_object(context: Context, junction: Junction) -> Effect | None:
    """S4: objects of one verb that are parted by semicolons."""
    begin, head = junction.begin, context.head
    if not junction.semicolon:
        return None
    if any(clause.role in {"means", "participle"} for clause in context.state.clauses) or _is_listing(context, begin):
        return None
    verb, group = (head.verb, head.group) if head.governor is None else (head.governor, (head.governor.lemma,))
    listed = Head(begin, begin, verb, "base", group, head.subject, verb, rule="S4")
    return Effect(begins=listed, state=_inside(context))


def _is_listing(context: Context, begin: int) -> bool:
    """C11: tell whether what semicolons part completes "including A; B; and C"."""
    numbered = "(" in context.sentence.tokens[begin].gap
    first = max(context.head.verb_at + 1, begin - _LONGEST_LISTING)
    return not numbered and any(context.word(at) in _LISTINGS for at in range(first, begin - 1))


def _recognised(context: Context) -> bool:
    return (context.head.governor or context.head.verb).speech_act == "recognise"


def _decided(context: Context) -> bool:
    return context.head.verb.speech_act in {"control", "delegate", "call"} or context.head.governor is not None


def _inside(context: Context) -> State:
    """Return the state inside an undertaking that nothing governs."""
    return State((Clause("main", context.root.form, modal=context.state.clauses[0].modal),))


def _row(context: Context, one: Member, at: int, governed: Form | None = None) -> Effect:
    """Return that an undertaking begins with a member that continues the clause at index ``at``."""
    root, clauses = context.root, context.state.back_to(at)
    if one.mark == "modal":
        head = head_after(context.sentence, one.begin, root.subject)
        if head is None or head.verb_at >= context.stop:
            return _NOTHING
        return Effect(begins=replace(head, rule="S3"), state=State((replace(clauses[0], modal=True),)))
    verb_head = Head(one.begin, one.verb_at, one.verb, one.form, (one.verb.lemma,), root.subject)
    if clauses[-1].role == "main" and governed is None and one.form == root.form:
        return Effect(begins=replace(verb_head, rule="S3", modal=clauses[0].modal), state=State(clauses))
    governor = context.head.governor or context.head.verb
    rule = "S9" if governor.speech_act == "recognise" else "S3"
    if governed is not None:
        clauses = (clauses[0], Clause("governed", governed, marked=governed == "base"))
    return Effect(begins=replace(verb_head, governor=governor, rule=rule), state=State(clauses))


MATCHERS: tuple[Callable[[Context, Junction], Effect | None], ...] = (
    second_asked,
    no_verb,
    second_address,
    state,
    further_predicate,
    pledging,
    late_speech,
    result,
    while_continuing,
    recognition,
    need,
    that_again,
    condemnation,
    permission,
    member,
    act,
    listed_object,
)
"""The rules of coordination in the order in which they are asked."""
