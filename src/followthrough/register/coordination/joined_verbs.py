"""The rules of coordination, one function each: does an undertaking of its own begin at a junction (S2-S5, S7-S9)?

They are asked in the order of ``MATCHERS``. Each returns ``None`` where it has nothing to say, or an ``Effect``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from followthrough.register.coordination.state import Context, Effect, Junction
from followthrough.register.heads import Head
from followthrough.register.predicates import head_after
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import ING, UNLISTED_STRENGTH, Form, Verb
from followthrough.register.word_lists import word_set

_RESULTS = word_set("coordination", "results")
_PREPOSITIONS = word_set("coordination", "prepositions")
_NEEDS = word_set("coordination", "needs")
_JOINED_MODALS = word_set("predicates", "naming_modals")
_DECLARED = frozenset({"recognise", "call"})
_SAID = frozenset({"recognise", "call", "encourage", "delegate", "control"})
"""Speech acts: what is said rather than done, at most and beside a verb of recognition or in another form."""
_NOTHING = Effect(final=True)


def no_verb(context: Context, junction: Junction) -> Effect | None:
    """S2: nothing begins at the end, in a name ("Rip and Replace"), between adverbs, or before a shared object."""
    tokens, begin, verb_at = context.sentence.tokens, junction.begin, junction.verb_at
    if verb_at >= context.stop or _shares_object(context, junction):
        return _NOTHING
    before, after = context.word(begin - 2) if begin > 1 else "", context.word(begin)
    adverbs = before.endswith("ly") and after.endswith("ly") and begin < verb_at
    named = tokens[verb_at].text[:1].isupper() and (junction.joined or junction.comma)
    return _NOTHING if (junction.joined and adverbs) or (named and not junction.semicolon) else None


def _shares_object(context: Context, junction: Junction) -> bool:
    """S2: "support for, and strengthen cooperation with, the Fund" has one object, which is still to come."""
    last = context.word(junction.begin - 2) if junction.joined and junction.begin > 1 else ""
    return junction.comma and last in _PREPOSITIONS and context.word(junction.begin - 1) in CONJUNCTIONS


def result(context: Context, junction: Junction) -> Effect | None:
    """S5: "and thereby V" is the result of the undertaking before it."""
    if any(context.word(at) in _RESULTS for at in range(junction.begin, junction.verb_at)):
        return Effect(state=replace(context.state, purpose=True), final=True)
    return None


def while_continuing(context: Context, junction: Junction) -> Effect | None:
    """S5: "while continuing to V" is a commitment of its own; any other "while" opens a manner."""
    if context.word(junction.begin) != "while":
        return None
    at = context.sentence.skip_adverbs(junction.begin + 1)
    found = context.read(at, ING)
    if found is None or found[1].lemma != "continue":
        return Effect(state=replace(context.state, gerund=True))
    return Effect(begins=Head(at, at, found[1], "ing", (found[1].lemma,), context.root.subject, rule="S5"))


def recognition(context: Context, junction: Junction) -> Effect | None:
    """S8: a comma-set "noting ..." or "while acknowledging ..." is outside the span."""
    at = junction.begin + (1 if context.word(junction.begin) == "while" else 0)
    found = context.read(context.sentence.skip_adverbs(at), ING)
    if found is None or found[1].speech_act != "recognise" or not junction.comma or junction.joined:
        return None
    head, state = context.head, replace(context.state, gerund=True)
    kept = head.end_before is not None or (head.verb.speech_act == "call" and context.state.complement is None)
    return Effect(state=state, head=None if kept else replace(head, end_before=junction.begin))


def need(context: Context, junction: Junction) -> Effect | None:
    """S9: "... and the need to V", "... and the importance of V-ing" beside another object of recognition."""
    if context.head.verb.speech_act != "recognise" or not (junction.joined or junction.semicolon):
        return None
    at = junction.begin + (1 if context.word(junction.begin) == "the" else 0)
    if at + 2 >= context.stop or context.word(at) not in _NEEDS:
        return None
    form: Form = "base" if context.word(at + 1) == "to" else "ing"
    verb_at = context.sentence.skip_adverbs(at + 2)
    found = context.read(verb_at, frozenset({form}))
    return _governed(context, at, verb_at, (form, found[1]), complement=form) if found is not None else None


def modal(context: Context, junction: Junction) -> Effect | None:
    """S3: "... and will V" has the subject of the head before it."""
    begin = junction.begin
    if context.word(begin) not in _JOINED_MODALS or context.word(begin - 1) != "and":
        return None
    if context.state.relative and not junction.comma:
        return None
    head = head_after(context.sentence, begin, context.root.subject)
    if head is None or head.verb_at >= context.stop:
        return None
    return Effect(begins=replace(head, rule="S3"))


def infinitive(context: Context, junction: Junction) -> Effect | None:
    """S3, S9: "call upon X to A y, to B z": each infinitive under one governor."""
    form, begin = context.state.complement, junction.begin
    if context.word(begin) != "to" or form is None:
        return None
    if context.state.purpose and not (junction.joined and junction.comma):
        return None
    if not junction.joined and not junction.semicolon and not _infinitives_follow(context, begin):
        return None
    verb_at = context.sentence.skip_adverbs(begin + 1) if begin + 1 < context.stop else context.stop
    found = context.read(verb_at, frozenset({form}))
    return _governed(context, begin + 1, verb_at, found, complement=form) if found is not None else None


def _infinitives_follow(context: Context, at: int) -> bool:
    """Tell whether "..., and to V" follows, which makes a bare ", to V" a member of a list and not a purpose."""
    later = range(at + 1, context.stop)
    return any(context.word(one) == "to" and context.word(one - 1) in CONJUNCTIONS for one in later)


def finite(context: Context, junction: Junction) -> Effect | None:
    """S3: verb phrases of the head's own form with objects of their own."""
    state = context.state
    found = _finite_reading(context, junction.verb_at)
    if found is None:
        return _passive(context, junction)
    if junction.joined and junction.begin - 2 == state.inner_at:
        return Effect(state=replace(state, inner_at=junction.verb_at))  # S2: a second verb over the same object
    form, verb = found
    if verb.speech_act == "none":
        return _condemnation(context, junction, form, verb)
    return _verb_phrase(context, junction, form, verb)


def _verb_phrase(context: Context, junction: Junction, form: Form, verb: Verb) -> Effect | None:
    root = context.root
    if form == "base" and context.sentence.is_noun(junction.verb_at, verb):
        return None
    if not _attaches(context, junction, form, verb):
        return _absorbed(context, junction)
    spoken = _DECLARED if root.verb.speech_act != "recognise" else _SAID
    speech = verb.speech_act in spoken and context.head.verb.speech_act != "call"
    if context.state.complement == "base" and form == "base" and not (speech and root.form == "base"):
        return _governed(context, junction.begin, junction.verb_at, (form, verb), complement="base")
    return Effect(
        begins=Head(junction.begin, junction.verb_at, verb, form, (verb.lemma,), root.subject, None, rule="S3")
    )


def _finite_reading(context: Context, at: int) -> tuple[Form, Verb] | None:
    form = "base" if context.state.complement == "base" else context.head.form
    if form == "ing" and context.root.form != "ing":
        form = context.root.form
    wanted = frozenset({form, context.root.form}) - {"ing"}
    return context.sentence.read(at, wanted) if wanted else None


def _condemnation(context: Context, junction: Junction, form: Form, verb: Verb) -> Effect | None:
    """S7: concern or condemnation beside an undertaking ends its span and is not one itself."""
    head = context.head
    if form == context.root.form and not verb.noun and junction.joined and head.end_before is None:
        return Effect(head=replace(head, end_before=junction.begin))
    return None


def _passive(context: Context, junction: Junction) -> Effect | None:
    """S9: "be better prepared to" after "the need to A and": the one passive that stands as a verb."""
    begin = junction.begin
    if context.state.complement != "base" or not junction.joined or context.word(begin) != "be":
        return None
    words: list[str] = []
    for at in range(begin + 1, min(begin + 4, context.stop)):
        words.append(context.word(at))
        if words[-1].endswith("ed"):
            break
    verb = Verb("be " + " ".join(words), "", "act", UNLISTED_STRENGTH, governs=False, noun=False)
    return _governed(context, begin, begin, ("base", verb), complement="base")


def _attaches(context: Context, junction: Junction, form: Form, verb: Verb) -> bool:
    """Tell whether a finite verb goes with the head and not with a purpose or relative clause before it."""
    state = context.state
    spoken = _DECLARED if form == "base" else _SAID
    if verb.speech_act in spoken and form == context.root.form and (junction.joined or junction.comma):
        return True
    if junction.semicolon:
        return not state.gerund
    if not (state.purpose or state.relative):
        return junction.joined or _has_object(context, junction.verb_at)
    after_adverb = junction.begin < junction.verb_at and not state.purpose
    return not state.absorbed and junction.joined and (junction.comma or after_adverb)


def _absorbed(context: Context, junction: Junction) -> Effect | None:
    """Return that a comma-set verb belongs to the list of verbs of an open purpose or relative clause."""
    state = context.state
    member = junction.comma and not (junction.joined or junction.semicolon)
    return Effect(state=replace(state, absorbed=True)) if member and (state.purpose or state.relative) else None


def _has_object(context: Context, at: int) -> bool:
    if at + 1 >= context.stop:
        return False
    following = context.sentence.tokens[at + 1]
    return not following.gap and following.lower not in CONJUNCTIONS


def gerund(context: Context, junction: Junction) -> Effect | None:
    """S3, S4: "efforts to A x and B-ing y"; gerunds parted by semicolons; lists under "importance of A-ing"."""
    state, begin, verb_at = context.state, junction.begin, junction.verb_at
    found = context.sentence.read(verb_at, ING)
    unsaid = {"none"} if junction.semicolon else {"none", "recognise"}
    if found is None or found[1].speech_act in unsaid:
        return None
    if junction.semicolon and not state.gerund:
        return _governed(context, begin, verb_at, found, complement=state.complement, rule="S4")
    if state.purpose or state.gerund or state.relative or state.complement is None:
        return None
    if junction.joined and begin - 2 == state.inner_at:
        return Effect(state=replace(state, inner_at=verb_at))
    if not _gerund_continues(context, junction):
        return None
    return _governed(context, begin, verb_at, found, complement=state.complement)


def _gerund_continues(context: Context, junction: Junction) -> bool:
    """Tell whether a gerund is done to something ("aviation and shipping," is not), or is one of a list of them."""
    after = junction.verb_at + 1
    if junction.joined:
        paired = after < context.stop and (context.word(after) not in CONJUNCTIONS or context.is_verb(after + 1, ING))
        return paired and "," not in context.sentence.tokens[after].gap
    return context.state.complement == "ing" and _gerunds_follow(context, junction.begin)


def _gerunds_follow(context: Context, at: int) -> bool:
    """Tell whether "..., and V-ing" follows, which makes a bare ", V-ing" a member of a list."""
    tokens = context.sentence.tokens
    return any(
        tokens[later - 1].lower in CONJUNCTIONS and tokens[later - 1].gap == "," and context.is_verb(later, ING)
        for later in range(at + 1, context.stop)
    )


def listed_object(context: Context, junction: Junction) -> Effect | None:
    """S4: objects of one verb that are parted by semicolons."""
    begin, head = junction.begin, context.head
    if not junction.semicolon or context.state.gerund or (context.stop - begin < 2 and not junction.joined):
        return None
    verb, group = (head.verb, head.group) if head.governor is None else (head.governor, (head.governor.lemma,))
    return Effect(begins=Head(begin, begin, verb, "base", group, head.subject, verb, rule="S4"))


def _governed(
    context: Context,
    at: int,
    verb_at: int,
    reading: tuple[Form, Verb],
    *,
    complement: Form | None,
    rule: str | None = None,
) -> Effect:
    """Return that a head begins at token ``at`` under the verb that governs the head before it.

    ``complement`` is the form in which further heads may follow under the same governor.
    """
    form, verb = reading
    governor = context.head.governor or context.head.verb
    named = rule or ("S9" if governor.speech_act == "recognise" else "S3")
    head = Head(at, verb_at, verb, form, (verb.lemma,), context.root.subject, governor, rule=named)
    return Effect(begins=head, complement=complement)


MATCHERS: tuple[Callable[[Context, Junction], Effect | None], ...] = (
    no_verb,
    result,
    while_continuing,
    recognition,
    need,
    modal,
    infinitive,
    finite,
    gerund,
    listed_object,
)
"""The rules of coordination in the order in which they are asked."""
