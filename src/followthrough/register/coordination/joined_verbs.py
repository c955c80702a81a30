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
from followthrough.register.coordination.needs import need
from followthrough.register.coordination.rows import NOTHING, inside, recognised, row
from followthrough.register.coordination.state import ROWS, Clause, Context, Effect, Junction, State
from followthrough.register.heads import Head
from followthrough.register.predicates import act_as_noun
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import ALONE, BASE, FINITE, ING, UNLISTED_STRENGTH, Verb, unlisted
from followthrough.register.word_lists import word_set

_OF_TIME = word_set("introductions", "of_time")
_RELATIVES = word_set("coordination", "relatives")
_RESULTS = word_set("coordination", "results")
_PREPOSITIONS = word_set("coordination", "prepositions")
_LEADING = _PREPOSITIONS | _RESULTS
"""What may stand before a second verb of saying."""
_ADDRESSED = frozenset({"call", "encourage", "delegate"})
_LISTINGS = word_set("coordination", "listings")
_LONGEST_LISTING = 300
"""Words of a listing at most; without an end, a paragraph of semicolons would be gone over again at each."""
_AHEAD = word_set("predicates", "undertaken_ahead")
_NARRATED = word_set("predicates", "narrated")
_TELLING = frozenset({"believe", "hope", "think", "know", "feel"})
_NO_SUBJECT = _RELATIVES | CONJUNCTIONS | _PREPOSITIONS | {"to"}
_BEING = frozenset({"is", "are", "was", "were", "has", "have"})
_PERMITTING = frozenset({"may", "can", "might"})
_LONGEST_NUMBER = 3
"""Letters of the number of an item: "4", "IV", "one"."""
_LONGEST_ASIDE = 7
"""Tokens of a phrase without commas between a conjunction and a verb of saying: "with regard to the Fund"."""


def no_verb(context: Context, junction: Junction) -> Effect | None:
    """S2: nothing begins at the end, in a name ("Rip and Replace"), between adverbs, or before a shared object."""
    tokens, begin, verb_at = context.sentence.tokens, junction.begin, junction.verb_at
    if _goes_on_without_object(context, junction):
        return Effect(resume=group_from(context.sentence, begin, "base", context.stop)[1], final=True)
    if verb_at >= context.stop or _shares_object(context, junction):
        return NOTHING
    before, after = context.word(begin - 2) if begin > 1 else "", context.word(begin)
    adverbs = before.endswith("ly") and after.endswith("ly") and begin < verb_at
    printed = tokens[verb_at].text
    shouted = printed.isupper() and context.read(verb_at, FINITE) is not None  # "and DECIDES to"
    named = printed[:1].isupper() and not shouted and (junction.joined or junction.comma)
    return NOTHING if (junction.joined and adverbs) or (named and not junction.semicolon) else None


def _shares_object(context: Context, junction: Junction) -> bool:
    """S2: "support for, and strengthen cooperation with, the Fund" has one object, which is still to come."""
    if _is_pair_of_gerunds(context, junction):
        return True
    if (
        junction.comma
        and junction.joined
        and junction.begin - 2 == context.head.verb_at
        and context.head.form == "base"
    ):
        return True  # "support, and will continue to support, the people"
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
        return NOTHING if STATES.get(context.word(at)) else None  # "united and resolute in our support"
    if root.verb.lemma.partition(" ")[2] not in STATES or not (junction.joined or junction.comma):
        return None
    if at + 1 >= context.stop or STATES.get(context.word(at)) != context.word(at + 1):
        return None
    verb = replace(root.verb, lemma=f"{root.verb.lemma.partition(' ')[0]} {context.word(at)}")
    head = Head(junction.begin, at, verb, "base", (verb.lemma,), root.subject, rule="S3")
    return Effect(begins=head, state=inside(context))


def late_speech(context: Context, junction: Junction) -> Effect | None:
    """S6: "and with regard to the Fund calls upon", "and therefore recommends": a second verb of saying."""
    root = context.root
    if not junction.joined or root.form not in {"third", "past"}:
        return None
    prepositional = context.word(junction.begin) in _LEADING and not (
        context.word(junction.begin) == "to" and context.is_infinitive(junction.begin + 1)
    )
    for at in range(junction.verb_at, min(junction.begin + _LONGEST_ASIDE, context.stop)) if prepositional else ():
        if at > junction.verb_at and context.sentence.tokens[at].gap:
            return None
        found = context.read(at, ALONE[root.form])
        if found is None or found[1].speech_act not in _ADDRESSED | {"recognise", "control"} or found[1].noun:
            continue
        head = Head(at, at, found[1], root.form, (found[1].lemma,), root.subject, None, rule="S3")
        ended = replace(context.head, end_before=junction.at) if context.head.end_before is None else None
        return Effect(begins=head, state=inside(context), head=ended)
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
    return Effect(begins=head, state=inside(context))


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


def that_again(context: Context, junction: Junction) -> Effect | None:
    """S6: a repeated "that" says something else: "underlined that A, and that B"."""
    saying = any(clause.role == "content" for clause in context.state.clauses)
    if not saying or context.word(junction.begin) != "that" or not (recognised(context) or _decided(context)):
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
    narrated = found is not None and form == "past" and found[1].lemma in _NARRATED
    ahead = found is not None and form == "base" and found[1].lemma in _AHEAD
    condemned = found is not None and found[1].speech_act == "none" and not (found[1].noun or ahead)
    if found is None or not (narrated or condemned) or found[1].lemma in _TELLING:
        return None
    listed = junction.comma and context.sentence.opens_object(junction.verb_at)
    if (junction.joined or listed) and head.end_before is None:
        return Effect(head=replace(head, end_before=junction.begin))
    return None


def own_clause(context: Context, junction: Junction) -> Effect | None:
    """A clause with a subject of its own that undertakes nothing ends an undertaking: ", and delegates are invited"."""
    if not (junction.comma and junction.joined) or junction.begin != junction.at or context.head.end_before is not None:
        return None
    if len(context.state.clauses) > 1 or context.head.verb.lemma == "ensure":
        return None  # "ensure A are paid, and B are fed"
    for at in range(junction.at, min(junction.at + _LONGEST_ASIDE, context.stop)):
        if (at > junction.at and context.sentence.tokens[at].gap) or context.word(at) in _NO_SUBJECT:
            return None
        if context.word(at) in _BEING:
            return Effect(head=replace(context.head, end_before=junction.at), final=True)
    return None


def neither_nor(context: Context, junction: Junction) -> Effect | None:
    """S3: "shall neither A nor B": the second verb behind the modal is an undertaking of its own."""
    if context.word(junction.at - 1) != "nor" or not context.state.clauses[0].modal:
        return None
    at = junction.verb_at
    if at >= context.stop or not context.sentence.has_object(at, context.stop) or context.sentence.is_nominal(at):
        return None
    verb = context.sentence.certain_verb(at, "base")
    return row(context, Member(junction.begin, at, "base", verb), 0) if verb.lemma not in _NO_SUBJECT else None


def permission(context: Context, junction: Junction) -> Effect | None:
    """C15: "and may V" ends an undertaking and is none."""
    head, permitted = context.head, context.word(junction.begin) in _PERMITTING
    further = junction.joined or junction.comma
    if permitted and further and context.state.clauses[0].modal and head.end_before is None:
        return Effect(head=replace(head, end_before=junction.begin))
    return None


def member(context: Context, junction: Junction) -> Effect | None:
    """S3: a verb in the form of a clause that is open, with an object of its own."""
    for one in map(_ahead, members(context, junction)):
        if one.verb.speech_act == "none" and one.mark is None:
            continue
        at = continued(context, junction, one)
        if at is None:
            continue
        clause = context.state.clauses[at]
        if clause.role in ROWS:
            first = one.mark == "to" and clause.role == "main" and not clause.marked
            return row(context, one, at, governed="base" if first else None)
        listed = replace(clause, listed=clause.listed or junction.comma, ended=junction.joined)
        return Effect(state=State((*context.state.back_to(at - 1), listed)), resume=one.verb_at + 1, final=True)
    return _passive(context, junction)


def _ahead(one: Member) -> Member:
    """Return a member whose verb tells of a meeting as one that undertakes it: "take evidence, hear witnesses"."""
    told = one.verb.speech_act == "none" and one.verb.lemma in _AHEAD and one.form == "base"
    return replace(one, verb=unlisted(one.verb.lemma)) if told else one


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
    return row(context, Member(begin, begin, "base", verb), len(context.state.clauses) - 1)


def act(context: Context, junction: Junction) -> Effect | None:
    """S12: a further act as a noun in a plan's list: "Launch of A, and organisation of B"."""
    if context.root.rule != "S12" or context.state.adjunct:
        return None
    head = act_as_noun(context.sentence, junction.begin, beside=junction.joined)
    return Effect(begins=head, state=inside(context)) if head is not None else None


def listed_object(context: Context, junction: Junction) -> Effect | None:
    """S4: objects of one verb that are parted by semicolons."""
    begin, head = junction.begin, context.head
    if not junction.semicolon:
        return None
    means = any(clause.role in {"means", "participle"} for clause in context.state.clauses)
    if (means and context.root.rule != "S12") or _is_listing(context, begin):
        return None
    dated = _dated_verb(context, begin)
    if dated is not None:
        return row(context, dated, 0)
    if _is_own_clause(context, begin):
        return Effect(head=replace(head, end_before=begin) if head.end_before is None else None, final=True)
    verb, group = (head.verb, head.group) if head.governor is None else (head.governor, (head.governor.lemma,))
    listed = Head(begin, begin, verb, "base", group, head.subject, verb, rule="S4")
    return Effect(begins=listed, state=inside(context))


def _dated_verb(context: Context, begin: int) -> Member | None:
    """Return the bare verb behind a date that opens an item: "; by 2035: cut methane"."""
    if context.root.form != "base":
        return None
    if context.word(begin) not in _OF_TIME:
        return None
    for at in range(begin + 1, min(begin + _LONGEST_ASIDE, context.stop)):
        found = context.read(at, BASE) if context.sentence.tokens[at].gap in {",", ":"} else None
        if found is not None and context.sentence.has_object(at, context.stop):
            return Member(at, at, "base", found[1])
    return None


def labelled(context: Context, junction: Junction) -> Effect | None:
    """S4: "; Step 4: certify crews": the label of an item is no part of it."""
    begin, root = junction.begin, context.root
    at = begin + 2
    if not junction.semicolon or root.form != "base" or at + 1 >= context.stop or root.subject_at is not None:
        return None
    tokens = context.sentence.tokens
    numbered = context.word(begin).isalpha() and len(context.word(begin + 1)) <= _LONGEST_NUMBER
    if not (numbered and tokens[at].gap == ":") or context.sentence.is_nominal(at):
        return None
    verb = context.sentence.certain_verb(at, "base")
    return row(context, Member(at, at, "base", verb), 0) if context.sentence.has_object(at, context.stop) else None


def _is_own_clause(context: Context, begin: int) -> bool:
    """Tell whether what a semicolon opens is a clause with a subject and a predicate of its own, and no object."""
    for at in range(begin, context.stop):
        tokens = context.sentence.tokens
        if (at > begin and ";" in tokens[at].gap) or context.word(at) == "to":
            return False
        if context.word(at) in _RELATIVES and not (at + 1 < context.stop and tokens[at + 1].gap):
            return False
        if at > begin and context.sentence.is_predicated(at):
            return True
    return False


def _is_listing(context: Context, begin: int) -> bool:
    """C11: tell whether what semicolons part completes "including A; B; and C"."""
    numbered = "(" in context.sentence.tokens[begin].gap
    first = max(context.head.verb_at + 1, begin - _LONGEST_LISTING)
    return not numbered and any(context.word(at) in _LISTINGS for at in range(first, begin - 1))


def _decided(context: Context) -> bool:
    return context.head.verb.speech_act in {"control", "delegate", "call"} or context.head.governor is not None


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
    own_clause,
    neither_nor,
    labelled,
    member,
    act,
    listed_object,
)
"""The rules of coordination in the order in which they are asked."""
