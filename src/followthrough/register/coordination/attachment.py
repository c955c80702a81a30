"""Which open clause a verb at a junction continues: one question a role, asked from the innermost clause outwards.

A verb that continues the undertaking's own clause, or the verbs it governs, is an undertaking of its own (S3); one that
continues a means, purpose or relative clause stays inside (S5, S7).
"""

from __future__ import annotations

from collections.abc import Callable

from followthrough.register.coordination.members import Member
from followthrough.register.coordination.state import Clause, Context, Junction, Role
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import ALONE, ING, Verb
from followthrough.register.word_lists import word_set

_SPOKEN = frozenset({"recognise", "call"})
_SAID = _SPOKEN | {"encourage", "delegate", "control"}
"""Speech acts: what is said rather than done, at most and beside a verb of recognition or in another form."""
_AIMS = word_set("coordination", "aims")
_PLEDGES = frozenset({"commit", "agree", "resolve", "pledge", "undertake", "vow", "decide"})
_SETTING_OFF = word_set("coordination", "prepositions") | {"including", "giving", "starting", "beginning"}
_CONSEQUENCES = frozenset({"accordingly", "therefore", "consequently", "hence"})
_COMPLEMENTED = word_set("coordination", "complemented")
_JOINT_EFFORT = word_set("coordination", "joint_effort")
_BEFORE_GERUND = frozenset({"to", "of", "on", "for", "in", "not", "with", "from"})
_BEHIND_PLEDGES = frozenset({"to", "that", "ourselves"})
_SHORT_PURPOSE = 4
"""Tokens from the verb of a purpose to a verb behind "and" within which the two are one purpose."""
_LONGEST_MEMBER = 60
"""Tokens of a member of a list that semicolons part."""
Question = Callable[[Context, Junction, Member, Clause], bool]


def continued(context: Context, junction: Junction, member: Member) -> int | None:
    """Return the index of the open clause that ``member`` continues, or ``None`` where it continues none."""
    clauses = context.state.clauses
    for at in range(len(clauses) - 1, -1, -1):
        if _QUESTIONS[clauses[at].role](context, junction, member, clauses[at]):
            return at
    return None


def is_said_by_subject(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether a verb of saying in the form of the undertaking's own verb goes with its subject (S6)."""
    if member.mark is not None or member.form != context.root.form or not (junction.joined or junction.comma):
        return False
    beside = context.root.verb.speech_act == "recognise" or member.form != "base"
    acts = _SAID if beside or member.verb.lemma in _PLEDGES else _SPOKEN
    noun = member.form == "base" and member.verb.noun and context.state.adjunct and not _pledges(context, member)
    return member.verb.speech_act in acts and not noun


def _pledges(context: Context, member: Member) -> bool:
    """Tell whether a word that is also a noun pledges: "and pledge to", "and promise that"."""
    return member.verb.governs and context.sentence.is_before(member.verb_at, _BEHIND_PLEDGES, within=1)


def closes_list(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether "and V" ends a list of undertakings that commas part, which lacks its conjunction otherwise.

    "Mend A, guard B that leaks and sell C": a list that a bare comma has gone on with is open until then.
    """
    head, tokens = context.head, context.sentence.tokens
    begun = head is not context.root and tokens[head.start].gap == ","
    if not (begun and junction.joined) or member.mark is not None or member.form != head.form:
        return False
    if not context.sentence.has_object(member.verb_at, context.stop):
        return False
    later = range(member.verb_at + 1, context.stop - 1)
    joining = (one for one in later if tokens[one].lower in CONJUNCTIONS)
    return not any(context.read(context.sentence.skip_adverbs(one + 1), ALONE[head.form]) for one in joining)


def _main(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    if member.mark is not None:
        said = context.root.subject_at is not None
        further = junction.joined or (junction.comma and (clause.modal or said) and _is_modal_again(context, junction))
        return further if member.mark == "modal" else _main_infinitive(context, junction, member, clause)
    if member.form != clause.form:
        return False
    if member.form == "ing":
        return _gerund(context, junction, member)
    if is_said_by_subject(context, junction, member) or junction.semicolon:
        return True
    return _stands_alone(context, junction, member)


def _is_modal_again(context: Context, junction: Junction) -> bool:
    """Tell whether ", shall V" goes on with the undertaking: in no adjunct, or because "and shall W" ends the list."""
    if not any(clause.role in {"relative", "content"} for clause in context.state.clauses):
        return True
    modal = context.word(junction.begin)
    later = range(junction.begin + 2, context.stop)
    return any(context.word(at) == modal and context.word(at - 1) in CONJUNCTIONS for at in later)


def _main_infinitive(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """Tell whether "to V" goes on with an item that opens with "to" itself, or with the verb's own infinitives.

    "Help towns in planning routes, and to V": the first that is governed stands behind something else.
    """
    if member.mark != "to" or not (junction.joined or junction.semicolon):
        return False
    if clause.marked:
        return True
    if context.state.innermost.repeats:
        return True
    first = context.head.verb_at == context.root.verb_at and context.state.governed is None
    numbered = "(" in context.sentence.tokens[junction.begin].gap
    purpose = any(clause.role == "purpose" for clause in context.state.clauses) and not numbered
    return first and context.root.verb.governs and not purpose and (junction.semicolon or junction.comma)


def _stands_alone(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether a verb leaves the adjunct that is open, if any, and has a conjunction before it or an object."""
    if context.state.adjunct and not _after_adjunct(context, junction, member):
        return False
    return junction.joined or _has_object(context, member)


def _has_object(context: Context, member: Member) -> bool:
    """Tell whether a verb has an object, be it one that it shares: "conserve and use our resources"."""
    return context.sentence.has_object(member.verb_at, context.stop) or context.sentence.is_joined_verb(member.verb_at)


def _after_adjunct(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether a verb behind an open adjunct leaves it, where the adjunct's own verbs have the same form."""
    clause = context.state.innermost
    if clause.form != member.form:
        return junction.joined or _has_object(context, member)
    if _has_ended(context, junction, member, clause) or closes_list(context, junction, member):
        return True
    if junction.comma and _completes_noun(context, clause):
        return True  # "forgo the right to A, deposit B"
    after_adverb = junction.begin < member.verb_at and clause.role != "purpose"
    return (
        not clause.listed
        and junction.joined
        and (junction.comma or after_adverb or member.verb.noun or _is_long(clause, junction))
    )


def _is_long(clause: Clause, junction: Junction) -> bool:
    """Tell whether a purpose is too long to be paired with the next verb, as "to cut delays and improve safety" is."""
    return clause.role == "purpose" and not clause.explicit and junction.at - clause.at > _SHORT_PURPOSE


def _governed(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    if member.mark == "modal" or is_said_by_subject(context, junction, member):
        return False
    if clause.marked and _leaves_infinitive(context, junction, member):
        return False
    if member.form == "ing":
        return _governed_gerund(context, junction, member, clause)
    if member.form != "base" or not _takes_base(context, junction, member, clause):
        return False
    if member.mark == "to":
        return _governed_infinitive(context, junction, member, clause)
    return junction.semicolon or _stands_alone(context, junction, member)


def _leaves_infinitive(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether a bare verb goes back to the verb above an infinitive: "mend A, help B to C, and sell D".

    In an item that opens with its verb ", and V" does: "Call on A to B, and exempt C".
    """
    if member.mark is not None:
        return False
    if context.head.governor is None and closes_list(context, junction, member):
        return True
    root = context.root
    bare = root.form == "base" and root.subject_at is None and not root.modal and root.governor is None
    return bare and root.verb.speech_act in {"call", "encourage"} and junction.joined and junction.comma


def _takes_base(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """Tell whether a base form may stand beside the governed verbs: "committed to A-ing x, and to B y" mixes them."""
    if clause.form == "base" or (_recognised(context) and member.mark is None):
        return True
    return member.mark == "to" and clause.marked and junction.joined and junction.comma


def _recognised(context: Context) -> bool:
    return _top(context).speech_act == "recognise"


def _top(context: Context) -> Verb:
    return context.head.governor or context.head.verb


def _governed_infinitive(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """S3, S9: "call upon X to A y, to B z": each infinitive under one governor, unless it says what for."""
    if clause.form != "base" or junction.semicolon:
        return True
    passive = not junction.joined and context.word(member.verb_at) == "be"  # "a secretariat, to be staffed by"
    if passive or _awaits_infinitive(context, junction):
        return False
    purpose = any(one.role == "purpose" for one in context.state.clauses)
    if purpose and not junction.comma and junction.begin == junction.at:
        return False
    return junction.joined or _infinitives_follow(context, junction.begin) or _pledged(context, junction, member)


def _pledged(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether ", to V" is a further pledge, and no aim: "pledge to widen libraries, to promote reading clubs"."""
    further = _top(context).lemma in _PLEDGES and member.verb.lemma not in _AIMS
    return further and junction.comma and not context.state.adjunct


def _awaits_infinitive(context: Context, junction: Junction) -> bool:
    """Tell whether ", to V" is the first that "work together, including with A" governs (C12)."""
    inner = context.head.inner
    above = sum(clause.role == "governed" for clause in context.state.clauses) == 1
    return above and not junction.joined and inner is not None and inner.lemma in _JOINT_EFFORT


def _infinitives_follow(context: Context, at: int) -> bool:
    """Tell whether "..., and to V" follows, which makes a bare ", to V" a member of a list and not a purpose."""
    joined = (one for one in range(at + 2, context.stop) if context.word(one - 1) in CONJUNCTIONS)
    openings = (context.sentence.skip_aside(one) for one in joined)
    return any(one < context.stop and context.word(one) in {"to", "not"} for one in openings)


def _governed_gerund(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    if junction.semicolon:
        return not context.state.adjunct
    if member.mark == "preposition" and clause.form == "ing" and clause.marked and _repeats_to(context, junction):
        return True  # "committed to working with all who share A, and to countering B"
    if context.state.adjunct and not junction.comma and not _leaves_purpose(context, junction, clause):
        return False
    if member.mark == "preposition":
        return _repeats_preposition(context, junction, clause)
    if clause.form == "ing":
        return _gerund(context, junction, member)
    own = context.root.form == "ing" and context.root.verb.speech_act in {
        "encourage",
        "call",
    }  # "Encouraging A to B and banning C"
    beside = own or context.sentence.is_beside_noun(member.verb_at, junction.begin)
    return junction.joined and not (context.state.adjunct or beside) and _gerund(context, junction, member)


def _repeats_to(context: Context, junction: Junction) -> bool:
    if context.word(junction.begin) != "to":
        return False
    if junction.comma:
        return junction.joined or _gerunds_follow(context, junction.begin)
    return junction.joined and not _means_open(context)


def _leaves_purpose(context: Context, junction: Junction, clause: Clause) -> bool:
    """Tell whether a gerund leaves a purpose, whose own verbs are infinitives: "opening A to serve B and closing C"."""
    considers = context.head.governor is None and context.head.verb.lemma == "consider"
    return considers and junction.joined and clause.form == "ing" and context.state.innermost.role == "purpose"


def _repeats_preposition(context: Context, junction: Junction, clause: Clause) -> bool:
    """Tell whether "and to extending", "and for training" goes on with the governor's gerunds or its call."""
    if clause.form == "base":
        return junction.joined and junction.comma and _top(context).lemma == "call"
    return (junction.joined or _gerunds_follow(context, junction.begin)) and not _means_open(context)


def _means_open(context: Context) -> bool:
    return any(clause.role in {"means", "participle"} for clause in context.state.clauses)


def _gerund(context: Context, junction: Junction, member: Member) -> bool:
    """Tell whether a gerund is done to something ("aviation and shipping," is not), or is one of a list of them."""
    after = member.verb_at + 1
    if junction.joined or junction.semicolon:
        paired = after < context.stop and (context.word(after) not in CONJUNCTIONS or context.is_verb(after + 1, ING))
        set_off = paired and "," in context.sentence.tokens[after].gap
        return paired and (not set_off or context.sentence.after_commas(after) > after)  # "and exploring, with A, B"
    return context.sentence.has_object(member.verb_at, context.stop) and _gerunds_follow(context, junction.begin)


def _gerunds_follow(context: Context, at: int) -> bool:
    """Tell whether "and V-ing" follows, which makes a bare ", V-ing" a member of a list."""
    return any(
        context.word(later - 1) in CONJUNCTIONS and _opens_gerund(context, context.sentence.skip_aside(later))
        for later in range(at + 1, context.stop)
    )


def _opens_gerund(context: Context, at: int) -> bool:
    return context.is_gerund(at) or (
        at < context.stop and context.word(at) in _BEFORE_GERUND and context.is_gerund(at + 1)
    )


def _means(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """A means goes on: "by streamlining clearance and modernising signals"."""
    governed = context.state.governed
    resumed = member.mark == "preposition" and governed is not None and governed.marked
    if member.form != "ing" or junction.semicolon or (resumed and junction.comma and _repeats_to(context, junction)):
        return False
    outer = governed is not None and governed.form == "ing"
    if (outer or context.root.form == "ing") and junction.comma and not clause.listed:
        return not junction.joined
    return member.mark is None or junction.joined


def _purpose(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """A purpose goes on: "to save x, prevent y, and spare z"; ", and to V" goes back to the governor (S5)."""
    if member.form != "base" or member.mark == "modal" or junction.semicolon:
        return False
    ended = _has_ended(context, junction, member, clause) or closes_list(context, junction, member)
    completed = junction.comma and member.mark is None and _completes_noun(context, clause)
    if is_said_by_subject(context, junction, member) or ended or completed:
        return False
    governed = context.state.governed
    if member.mark == "to":
        return not (clause.repeats or (junction.comma and governed is not None and governed.form == "base"))
    marked = governed is not None and governed.marked and _marked_later(context, junction.at)
    if marked or (junction.comma and not junction.joined):
        return True
    if junction.comma:
        return clause.listed
    return clause.listed or _is_inside(context, clause) or not (member.verb.noun or _is_long(clause, junction))


def _completes_noun(context: Context, clause: Clause) -> bool:
    """Tell whether an infinitive only says what a noun is: "the right to A", which no list goes on with."""
    return clause.at > 1 and context.word(clause.at - 2) in _COMPLEMENTED


def _is_inside(context: Context, clause: Clause) -> bool:
    """Tell whether a purpose belongs to a participle before it: "talking, meeting once a year to A and B"."""
    clauses = context.state.clauses
    outer = clauses[-2].role == "participle" and clauses[-1] is clause
    return outer and clause.at > 0 and not context.sentence.tokens[clause.at - 1].gap


def _has_ended(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """Tell whether a purpose is over: "to A, B and C, D", or, of one verb, "to reach homes, with a focus on A, B"."""
    if clause.role != "purpose" or member.mark is not None or not junction.comma:
        return False
    if clause.ended or clause.listed or not clause.at:
        return clause.ended
    tokens = context.sentence.tokens
    return any(
        tokens[at].gap == "," and tokens[at].lower in _SETTING_OFF for at in range(clause.at + 1, junction.at - 1)
    )


def _marked_later(context: Context, at: int) -> bool:
    """Tell whether "; to V" follows token ``at``, so that a bare verb before it is none of the list."""
    tokens = context.sentence.tokens
    return any(
        tokens[later].lower == "to" and ";" in tokens[later].gap
        for later in range(at + 1, min(at + _LONGEST_MEMBER, context.stop))
    )


def _relative(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """A relative clause goes on: "which will V x, and will V y" is one (S7)."""
    if junction.semicolon or member.form == "ing" or is_said_by_subject(context, junction, member):
        return False
    if member.mark == "modal":
        return clause.modal
    if member.mark == "to" or closes_list(context, junction, member):
        return False
    if clause.form not in {member.form, None}:
        return False
    said = context.root.subject_at is not None and not (context.state.clauses[0].modal or context.state.governed)
    said = said and not clause.modal
    return clause.listed or not (junction.joined and junction.comma) or said


def _content(context: Context, junction: Junction, member: Member, clause: Clause) -> bool:
    """What is said goes on: finite predicates in one clause with "that" are one (S6)."""
    if junction.semicolon or member.form == "ing" or is_said_by_subject(context, junction, member):
        return False
    if clause.modal and junction.joined and member.form == "third" == context.root.form and member.mark is None:
        return False  # "Decides that A will be held, and accepts B"
    if member.mark == "modal":
        main = junction.comma and context.state.clauses[0].modal
        return not main and (clause.modal or not _is_own_consequence(context, junction))
    return member.mark is None and member.form != "past" and clause.form in {member.form, None}


def _is_own_consequence(context: Context, junction: Junction) -> bool:
    """Tell whether the subject draws a consequence: "share the view that A and will accordingly V", ", and will V"."""
    near = {context.word(at) for at in range(junction.at, min(junction.begin + 3, context.stop))}
    return junction.joined and (junction.comma or not near.isdisjoint(_CONSEQUENCES))


_QUESTIONS: dict[Role, Question] = {
    "main": _main,
    "governed": _governed,
    "means": _means,
    "participle": _means,
    "purpose": _purpose,
    "relative": _relative,
    "content": _content,
}
"""The question that each role asks of a verb at a junction."""
