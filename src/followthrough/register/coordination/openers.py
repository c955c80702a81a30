"""What a token opens after a head: governed verbs, a purpose, a means, a relative clause (S3, S5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from followthrough.register.addressees import is_activity
from followthrough.register.coordination.groups import group_from
from followthrough.register.coordination.relatives import RELATIVES, relative_clause
from followthrough.register.coordination.state import Clause, Context, Effect, Role, State
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import ALONE, BASE, ING, Form, lexicon
from followthrough.register.word_lists import word_set

_GOVERNING_NOUNS = word_set("coordination", "governing_nouns", "recognised_nouns")
_RECOGNISED_NOUNS = word_set("coordination", "recognised_nouns")
_MEANS = word_set("coordination", "means", "gerund_prepositions")
_JOINT_WORK = word_set("coordination", "joint_work")
_JOINT_EFFORT = word_set("coordination", "joint_effort")
_SEEKING = word_set("coordination", "seeking")
_POSSIBILITIES = word_set("coordination", "possibilities")
_REFRAINING = word_set("kinds", "refraining")
_EFFORTS = frozenset({"effort", "efforts"})
_SELF = frozenset({"ourselves", "themselves"})
_DEVOTING = frozenset({"devote", "dedicate", "rededicate", "contribute"})
_POSSESSORS = word_set("sentences", "determiners", "object_openings")
_OF_OTHERS = frozenset({"its", "their", "his", "her"})
_CONTINUED_BY_GERUND = frozenset({"continue", "begin", "start", "keep"})
_NEEDS = word_set("coordination", "needs")
_LONG_NEED = frozenset({"call", "appeal", "request", "invitation", "responsibility"})
_JOINT_ACTS = frozenset({"cooperation", "collaboration", "support"})
_POINTING = frozenset({"following", "follows", "these"})
_PURPOSES = word_set("coordination", "purposes")
_AFTER_A_NOUN = word_set("sentences", "after_a_subject", "after_a_noun")
_BEFORE_NOUN = word_set("coordination", "words_with_to")
_OF_GOVERNING_NOUN = frozenset({"of", "on", "for", "towards", "toward"})
_OF_JOINT_WORK = frozenset({"on", "in"})
_OF_PLAIN_CALL = frozenset({"for", "at"})
_BEFORE_GERUND = _OF_GOVERNING_NOUN | _OF_JOINT_WORK | _OF_PLAIN_CALL | {"to", "with", "from"}
_ADDRESSED = frozenset({"call", "delegate", "encourage"})
_GOVERNED_INFINITIVES = _ADDRESSED | {"control"}
"""What a verb does that governs a verb and may itself be governed."""
Opener = Callable[[Context, int], Effect | None]
OPENING = _GOVERNING_NOUNS | _MEANS | RELATIVES | _OF_GOVERNING_NOUN | _OF_JOINT_WORK | _OF_PLAIN_CALL | {"to", "while"}
"""Words that may open something, or join it, where no mark stands before them."""
_NEAR_VERB, _NEAR_CONTROL, _NEAR_NOUN = 3, 8, 10
"""Tokens within which "on" belongs to "cooperate", "to" to a verb such as "agree", "to" to a noun such as "efforts"."""


def opened(context: Context, at: int) -> Effect | None:
    """Return what follows from token ``at``, where no undertaking begins: the first opener that has an answer."""
    token = context.sentence.tokens[at]
    for opener in _openers_at(token.lower, bool(token.gap)):
        effect = opener(context, at)
        if effect is not None:
            return effect
    return None


@lru_cache(maxsize=1 << 12)
def _openers_at(word: str, marked: bool) -> tuple[Opener, ...]:
    """Return the openers that ``word`` may answer, ``marked`` where a mark stands before it: mostly one or two."""
    return tuple(opener for opener, words, others in _OPENERS if word in words or marked is others)


@cache
def loud_before() -> frozenset[str]:
    """Return the words behind which any word may begin something: conjunctions, and "continue" before a gerund."""
    verbs = _CONTINUED_BY_GERUND | {"consider"}
    forms = {form for form, readings in lexicon().items() if any(verb.lemma in verbs for _, verb in readings)}
    return frozenset(forms | CONJUNCTIONS | {"as", "but", "nor"})


def _governing_noun(context: Context, at: int) -> Effect | None:
    """Mark "efforts", "the need": verbs may follow that it governs."""
    return Effect(state=replace(context.state, governor_at=at)) if _is_governing_noun(context, at) else None


def _gerund_clause(context: Context, at: int) -> Effect | None:
    """Open the verbs in -ing that the head, its noun or "continue" governs."""
    if _governs_gerund(context, at):
        return _governed(context, at + 1, "ing")
    if _devotes(context, at):
        return _phrase(context, "governed", "ing", at + 1)
    if _continues_gerund(context, at):
        if context.state.governed is not None:
            return _phrase(context, "governed", "ing", at)  # "commit to continue A-ing and to B"
        return _governed(context, at, "ing")
    if _opens_list_of_gerunds(context, at):
        clause = Clause("governed", "ing", marked=context.word(at) == "to")
        return Effect(state=context.state.opening(clause))
    return None


def _colon(context: Context, at: int) -> Effect | None:
    """Open what explains the object: "our aims: cutting costs, and saving time"."""
    if not context.sentence.tokens[at].gap.startswith(":"):
        return None
    if _points_ahead(context, at) and context.head.governor is None:
        above = context.head
        head = replace(above, start=at, verb_at=at, form="base", governor=above.verb, rule="S4")
        return Effect(head=head)
    if context.is_gerund(at):
        return Effect(state=context.state.opening(Clause("participle", "ing", listed=True)))
    return None


def _points_ahead(context: Context, at: int) -> bool:
    """Tell whether "the following deliverables:" stands before token ``at``, so that the verb's object is behind it."""
    first = max(context.head.verb_at + 1, at - _NEAR_VERB - 1)
    near = any(context.word(one) in _POINTING for one in range(first, at))
    listed = any(";" in context.sentence.tokens[one].gap for one in range(at + 1, context.stop))
    return near and listed and at - context.head.verb_at <= _NEAR_CONTROL


def _means_or_participle(context: Context, at: int) -> Effect | None:
    """Open "by A-ing", or a participle behind a comma."""
    if not _opens_gerund(context, at):
        return None
    by_preposition = context.word(at) in _MEANS
    return _phrase(context, "means" if by_preposition else "participle", "ing", at + by_preposition)


def _devotes(context: Context, at: int) -> bool:
    """Tell whether "devote our efforts to A-ing" opens gerunds at token ``at``, each of which is an undertaking."""
    verb = context.head.inner or context.head.verb
    near = context.word(at) == "to" and verb.lemma in _DEVOTING and not context.state.adjunct
    return near and context.is_gerund(at + 1) and not context.is_verb(at + 1, BASE)


def _opens_list_of_gerunds(context: Context, at: int) -> bool:
    """Tell whether a noun phrase follows beside which gerunds may stand: "the importance of dialogue and reviving"."""
    state, head = context.state, context.head
    if state.governed is not None or state.adjunct:
        return False
    if context.word(at) == "for":
        voiced = head.verb.speech_act == "support" and context.word(at - 1) == "support"
        return voiced or (head.verb.speech_act == "call" and at - head.verb_at == 1)
    if context.word(at) == "to":
        own = at - head.verb_at == 2 and context.word(at - 1) in _SELF  # "commit ourselves to"
        near = at - head.verb_at == 1 or own
        return head.verb.speech_act == "control" and near and not context.is_verb(at + 1, BASE)
    return context.word(at) == "of" and state.governor_at == at - 1 and context.word(at - 1) in _NEEDS


def _is_governing_noun(context: Context, at: int) -> bool:
    state, recognised = context.state, context.head.verb.speech_act == "recognise"
    nouns = _RECOGNISED_NOUNS if recognised else _GOVERNING_NOUNS
    if context.word(at) not in nouns or context.sentence.tokens[at].gap == "-":
        return False
    return state.governed is None and not state.adjunct and not _are_efforts_of_others(context, at)


def _are_efforts_of_others(context: Context, at: int) -> bool:
    """Tell whether "their efforts", which are recognised, stand at ``at``: what these are for stays inside (C12)."""
    recognised = context.head.verb.speech_act == "recognise"
    return recognised and context.word(at) in _EFFORTS and context.word(at - 1) in _OF_OTHERS


def _continues_gerund(context: Context, at: int) -> bool:
    """Tell whether a gerund follows "continue" at once: each gerund of its list is an undertaking."""
    found = context.read(at - 1, BASE | ING)
    if found is None or context.sentence.tokens[at].gap:
        return False
    considers = found[1].lemma == "consider" and context.state.governed is None
    continues = found[1].lemma in _CONTINUED_BY_GERUND or considers
    return continues and not context.state.adjunct and context.is_gerund(at)


def _opens_gerund(context: Context, at: int) -> bool:
    """Tell whether a means begins, "by A-ing", or a participle after a comma."""
    if context.word(at) in _MEANS and context.is_verb(at + 1, ING):
        return True
    set_off = context.sentence.tokens[at].gap == "," and context.head.verb_at < at
    return set_off and context.word(at) not in _MEANS and context.is_gerund(at)


def _governs_gerund(context: Context, at: int) -> bool:
    """Tell whether "of" after "importance", or "on" after "cooperate", governs the gerund behind it (S3)."""
    word, state, head = context.word(at), context.state, context.head
    inner = word == "from" and head.inner is not None and head.inner.lemma in _REFRAINING and not state.adjunct
    if inner and context.is_gerund(at + 1):
        return True  # "urge A to refrain from B-ing, from C-ing"
    if word not in _BEFORE_GERUND or state.governed is not None or state.adjunct or not context.is_gerund(at + 1):
        return False
    if word in _OF_GOVERNING_NOUN and state.governor_at == at - 1:
        return context.word(at - 1) not in _EFFORTS
    if word == "with" and head.verb.speech_act == "delegate" and head.governor is None:
        return at - head.verb_at <= _NEAR_CONTROL  # "task experts with V-ing"
    looks_forward = word == "to" and head.verb.lemma == "look" and head.verb.speech_act == "recognise"
    refrains = word == "from" and head.verb.lemma in _REFRAINING
    works = word in _OF_JOINT_WORK and head.verb.lemma in _JOINT_WORK
    calls = word in _OF_PLAIN_CALL and head.verb.lemma in {"call", "aim", "urge", "appeal"}
    return 0 < at - head.verb_at <= _NEAR_VERB and (looks_forward or refrains or works or calls)


def _infinitive(context: Context, at: int) -> Effect | None:
    """Open the infinitive behind "to": governed by the head, or a purpose."""
    if context.word(at) != "to" or at + 1 >= context.stop or _is_in_name(context, at):
        return None
    form = _governed_form(context, at) if _governs_infinitive(context, at) else None
    if form is not None:
        return _governed(context, at + 1, form)
    if context.word(at - 1) == "view" and context.is_verb(at + 1, ING):
        return _phrase(context, "means", "ing", at + 1)  # "with a view to A-ing"
    if _is_control(context, at - 1) or not context.is_infinitive(at + 1) or _is_to_noun(context, at + 1):
        return None  # "to continue to examine" is one verb group
    explicit = context.word(at - 1) in _PURPOSES
    shared = not explicit and (_is_joint_effort(context, at) or _is_asked_in_turn(context))
    role: Role = "governed" if shared else "purpose"
    effect = _phrase(context, role, "base", at + 1, repeats=_is_sought(context, at))
    if role == "purpose" and context.word(at - 1) in _JOINT_ACTS and effect.state is not None:
        inner = replace(effect.state.innermost, listed=True)  # "cooperation to A and B" has one purpose (C12)
        return replace(effect, state=State((*effect.state.clauses[:-1], inner)))
    return effect


def _is_to_noun(context: Context, at: int) -> bool:
    """Tell whether a noun that could be a verb stands behind "to": "submit them to review and to"."""
    found = context.read(at, BASE)
    joined = at + 1 < context.stop and context.word(at + 1) in CONJUNCTIONS and not context.is_verb(at + 2, BASE)
    return found is not None and found[1].noun and joined


def _is_sought(context: Context, at: int) -> bool:
    """Tell whether the head seeks what the noun before "to" may bring: "explore options to", "find ways to"."""
    seeking = (context.head.inner or context.head.verb).lemma in _SEEKING
    near = range(max(context.head.verb_at + 1, at - _NEAR_VERB), at)
    return seeking and not context.state.adjunct and any(context.word(one) in _POSSIBILITIES for one in near)


def _is_in_name(context: Context, at: int) -> bool:
    """Tell whether token ``at`` stands inside a name: "the Coalition to Address Synthetic Drugs"."""
    tokens = context.sentence.tokens
    return tokens[at - 1].text.istitle() and tokens[at + 1].text.istitle()


def _governed_form(context: Context, at: int) -> Form | None:
    """Return the form of the verb behind a "to" that the head governs, or ``None`` where a noun stands there."""
    controlled = context.head.verb.speech_act == "control" and context.word(at + 1) == "be"
    if controlled or context.is_verb(at + 1, BASE):
        return "base"
    if context.is_gerund(at + 1):
        return "ing"
    certain = context.is_verb(at + 1, BASE, certain=True) and not context.sentence.is_nominal(at + 1)
    return "base" if certain and _has_own_object(context, at + 1) else None


def _has_own_object(context: Context, at: int) -> bool:
    """Tell whether what follows an unlisted word behind "to" leaves it a verb: not in "commitment to peace, stress"."""
    at = context.sentence.skip_adverbs(at)
    if context.sentence.is_shaped_as_adjective(at):
        return False
    has_object = context.sentence.has_object(at, context.stop) and context.word(at + 1) not in _AFTER_A_NOUN
    return has_object or context.sentence.is_joined_verb(at)


def _is_asked_in_turn(context: Context) -> bool:
    """Tell whether a governed verb addresses somebody: "continue to call on the guilds to A, B and C"."""
    inner, clauses = context.head.inner, context.state.clauses
    return inner is not None and inner.speech_act in _ADDRESSED and clauses[-1].role == "governed" and len(clauses) == 2


def _is_control(context: Context, at: int) -> bool:
    """Tell whether the governed verb at token ``at`` governs in its turn."""
    found = context.read(at, BASE | ING)
    return found is not None and found[1].governs and at > context.head.verb_at and not context.state.adjunct


def _is_joint_effort(context: Context, at: int) -> bool:
    """Tell whether "work together to A and B" governs its infinitives (S3): each is an undertaking."""
    if context.word(at - 1) in _EFFORTS:
        return not (context.state.adjunct or _are_efforts_of_others(context, at - 1))
    first = max(context.head.verb_at, at - (_NEAR_CONTROL if context.sentence.tokens[at].gap == "," else _NEAR_VERB))
    return not context.state.adjunct and any(
        context.word(near) in _JOINT_EFFORT
        and (near == 0 or not context.sentence.tokens[near].text.istitle())
        and context.is_verb(near, BASE | ING)
        and context.word(near - 1) not in _POSSESSORS
        for near in range(first, at)
    )


def _governs_infinitive(context: Context, at: int) -> bool:
    """Tell whether the "to" at token ``at`` belongs to the head or to a noun such as "efforts"."""
    state, head = context.state, context.head
    if state.governed is not None or _closed_by_adjunct(context, at) or context.word(at - 1) in _PURPOSES:
        return False
    if _is_for_activity(context, at) or context.word(at - 1) in _BEFORE_NOUN:
        return False
    if state.governor_at is not None:
        return at - state.governor_at <= _NEAR_NOUN or context.word(state.governor_at) in _LONG_NEED
    if not head.verb.governs or (head.governor is not None and head.verb.speech_act not in _GOVERNED_INFINITIVES):
        return False
    behind = context.sentence.after_commas(head.verb_at + 1)  # "agree, in the light of A, to V"
    first = behind if behind > head.verb_at + 1 else head.verb_at
    return head.verb.speech_act != "control" or at - first <= _NEAR_CONTROL


def _is_for_activity(context: Context, at: int) -> bool:
    """Tell whether the infinitive says what an activity is for: "encourage dialogue, ..., to build trust"."""
    head = context.head
    if head.verb.speech_act not in {"call", "encourage"} or head.verb.lemma in {"call", "invite", "ask", "request"}:
        return False
    tokens = context.sentence.tokens
    words = context.sentence.text[tokens[head.verb_at].end : tokens[at].start]
    return is_activity(words.partition(",")[0].strip())


def _closed_by_adjunct(context: Context, at: int) -> bool:
    """Tell whether a purpose or means is open; what is said of the addressee leaves the verb's "to" to come."""
    roles = {clause.role for clause in context.state.clauses}
    if context.head.verb.speech_act in _ADDRESSED | {"support", "control"} and "," in context.sentence.tokens[at].gap:
        return "purpose" in roles
    return bool(roles & {"purpose", "means", "participle"})


def _governed(context: Context, at: int, form: Form) -> Effect:
    """Return that the verb at token ``at`` is governed by the head: the clauses opened on the way to it are closed."""
    at = context.sentence.skip_adverbs(at)
    found = context.sentence.read(at, ALONE[form])
    state = replace(context.state, clauses=context.state.back_to(0))
    clause = Clause("governed", form, marked=context.word(at - 1) == "to")
    head = replace(context.head, inner=found[1]) if found is not None else None
    if context.sentence.tokens[at].gap.startswith(":") and context.head.governor is None:
        verb = context.sentence.certain_verb(at, form)
        above = context.head
        head = replace(
            above, start=at, verb_at=at, verb=verb, form=form, group=(verb.lemma,), governor=above.verb, rule="S4"
        )
    return Effect(
        state=state.opening(clause), head=head, resume=group_from(context.sentence, at, form, context.stop)[1]
    )


def _phrase(context: Context, role: Role, form: Form, at: int, *, repeats: bool = False) -> Effect:
    """Return that a phrase is open whose verb is at token ``at``, adverbs apart."""
    at = context.sentence.skip_adverbs(at)
    after = group_from(context.sentence, at, form, context.stop)[1]
    explicit = role == "purpose" and context.word(max(0, at - 2)) in _PURPOSES
    clause = Clause(role, form, marked=form == "base", explicit=explicit, repeats=repeats, at=at)
    return Effect(state=context.state.opening(clause), resume=after)


_OPENERS: tuple[tuple[Opener, frozenset[str], bool | None], ...] = (
    (_governing_noun, _GOVERNING_NOUNS, None),
    (_infinitive, frozenset({"to"}), None),
    (_gerund_clause, _BEFORE_GERUND, False),
    (_colon, frozenset(), True),
    (relative_clause, RELATIVES, None),
    (_means_or_participle, _MEANS, True),
)
"""What a token may open, in the order in which it is asked: by what words, and by any other with a mark
before it (``True``) or without (``False``)."""
