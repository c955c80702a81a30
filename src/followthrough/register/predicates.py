"""The operative verb of a clause: bare, after a subject, or in a compound such as "are committed to" (S1, S7)."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.clause_openings import introduced_at
from followthrough.register.compounds import (
    CLAUSES,
    PARTIES,
    STATES,
    after_modal,
    compound,
    head_at,
    listed_predicate,
    verb_of_state,
)
from followthrough.register.heads import SIGNATORIES, Head
from followthrough.register.sentences import CONJUNCTIONS, Sentence
from followthrough.register.statements import heads_line, is_stated
from followthrough.register.subjects import Subject, appositions, openings, subject_at
from followthrough.register.verbs import BASE, FINITE, PAST, Form, Verb, reading, unlisted
from followthrough.register.word_lists import entries, tables, word_set

_MODALS = word_set("predicates", "modals")
_AUXILIARIES = word_set("predicates", "auxiliaries")
_NOMINAL_ENDINGS = entries("predicates", "nominal_endings")
_NOMINAL_WORDS = word_set("predicates", "nominal_words")
_OPPOSED = word_set("predicates", "opposed")
_ACTS = {noun: str(act["verb"]) for act in tables("predicates", "acts") for noun in act["nouns"]}
_OF_TRAINING = frozenset({"of", "for", "on", "in"})
_PARTICLES_OF_ACTS = {
    "capacity-building": _OF_TRAINING,
    "training": _OF_TRAINING,
    "assistance": frozenset({"to", "for"}),
}
_RELATIVES = word_set("coordination", "relatives")
_DISTRIBUTING = frozenset({"each", "all", "both", "ourselves", "themselves", "itself"})
_FORMULAS = word_set("predicates", "declaring_formulas")
_WOULD = frozenset({"would", "could", "might"})
_CAPTIONS = word_set("predicates", "captions")
_LABELS = word_set("predicates", "labels")
_JOINT_WORK = word_set("coordination", "joint_effort")
_OF_DOING = ("tion", "sion", "ment")
_PRESENT_STATES = frozenset({"are", "remain"})
_COORDINATORS = CONJUNCTIONS | {"but"}
_DONE = word_set("predicates", "done")
_ENACTED = word_set("predicates", "enacted_then")
_DEFINING = frozenset({"means", "refers", "denotes", "includes"})
_DESCRIBING = word_set("predicates", "describing")
_PLEDGES = word_set("predicates", "pledges")
_OBJECTS_OF_SAYING = word_set("sentences", "determiners", "object_openings") | {"to", "that", "on"}
"""Behind a verb of saying in the past that a comma precedes, which could be a participle otherwise."""
_BEHIND_PLEDGES = frozenset({"to", "ourselves", "themselves"})
_LONGEST_TOLD = 120
"""Tokens of a predicate that undertakes nothing, behind which another may stand."""
_SHORT_WORD = 3
"""Letters of a word that is in lower case in a title too."""
_LONGEST_HEADING = 3
_LONGEST_DATE = 7
_PAST_TIMES = frozenset({"ago", "last", "previous", "previously", "earlier"})
_LONGEST_LABEL = 4
"""Tokens of the name of a column."""


def heads_after_subjects(sentence: Sentence) -> list[Head]:
    """Return a head for each subject of the sentence that has an operative verb."""
    heads: list[Head] = []
    for at in openings(sentence):
        if heads and at <= heads[-1].verb_at:
            continue
        subject = subject_at(sentence, at)
        head = _head_of(sentence, subject) if subject is not None else None
        if head is None and subject is not None and at in introduced_at(sentence) and sentence.is_modal(subject.end):
            head = _undertaking_nothing(subject)
        named = max(at, subject.end - 1) if subject is not None else at  # "Ten years ago the members agreed"
        if head is not None and not (head.form == "past" and _is_dated_back(sentence, named)):
            heads.append(head.at_subject(introduced_at(sentence).get(at, at)))
    return heads


def _undertaking_nothing(subject: Subject) -> Head:
    """Return the head of a clause that only ends what stands before it: "and by 2028 we will have them in force"."""
    verb = replace(unlisted("be"), speech_act="none", strength=0)
    return Head(subject.end, subject.end, verb, "base", (verb.lemma,), subject.name)


def _is_dated_back(sentence: Sentence, stop: int) -> bool:
    """Tell whether what was said before token ``stop`` was said then: "Last year we promised", "Ten years ago" (S7)."""
    before = {token.lower for token in sentence.tokens[:stop]} if stop <= _LONGEST_DATE else set()
    then = sentence.tokens[0].lower == "when" and any(map(sentence.is_past, range(2, stop)))  # "When they met, they"
    return then or bool(before & _PAST_TIMES)


def _head_of(sentence: Sentence, subject: Subject) -> Head | None:
    """Return the first operative verb behind a subject and what is set off after it."""
    found = (head_after(sentence, place.end, place.name) for place in appositions(sentence, subject))
    return next((head for head in found if head is not None), None) or _second_predicate(sentence, subject)


def _second_predicate(sentence: Sentence, subject: Subject) -> Head | None:
    """Return the head behind a predicate that undertakes nothing: "We are alarmed by A and resolve to B" (S7)."""
    if subject.end >= len(sentence) or sentence.is_modal(subject.end):
        return None
    told = sentence.is_past(subject.end)
    named = subject.name != SIGNATORIES and not told
    listing = sentence.tokens[subject.end].lower in _AUXILIARIES and subject.name.lower().split()[-1] in PARTIES
    inside = False
    for at in range(subject.end + 2, min(subject.end + _LONGEST_TOLD, len(sentence))):
        token, before = sentence.tokens[at], sentence.tokens[at - 1]
        inside = inside or token.lower in _RELATIVES
        if token.lower in CLAUSES - _RELATIVES or ";" in token.gap:
            return None
        joined = before.lower in _COORDINATORS and token.lower not in _COORDINATORS
        listed = told and token.gap == "," and _is_said_of(sentence, at)
        if joined and (found := _state_at(sentence, subject, at)) is not None:
            return found
        if inside and _pledges_anew(sentence, at, joined):
            inside = False  # "convinced that peace is within reach and pledge to"
        if not (joined or listed or (listing and token.gap == ",")) or (inside and not (joined and before.gap == ",")):
            continue
        if listing and not inside and (found := listed_predicate(sentence, at, subject.name)) is not None:
            return found
        head = _pledge_at(sentence, at, subject.name, PAST if told else BASE)
        if head is not None and (head.modal or not named):
            return head
    return None


def _state_at(sentence: Sentence, subject: Subject, at: int) -> Head | None:
    """Return the head of a second state: "are convinced that A and determined to B"."""
    state = sentence.tokens[at].lower
    first = sentence.tokens[subject.end].lower in _PRESENT_STATES
    if not first or STATES.get(state) != "to" or not sentence.is_before(at, {"to"}, within=1):
        return None
    return head_at(at, at, "base", verb_of_state(False, state), subject.name)


def _pledges_anew(sentence: Sentence, at: int, joined: bool) -> bool:
    """Tell whether "and pledge to" at token ``at`` is said by the subject of the sentence."""
    found = sentence.read(at, BASE) if joined else None
    if joined and (told := sentence.read(at, PAST)) is not None and told[1].speech_act == "delegate":
        return True  # "shared the view that A and instructed their ministers to B"
    return found is not None and found[1].lemma in _PLEDGES and sentence.is_before(at, _BEHIND_PLEDGES, within=1)


def _is_said_of(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb of saying in the past stands behind a comma, and no participle."""
    found = sentence.read(at, PAST)
    pledged = found is not None and found[1].lemma in _PLEDGES and sentence.has_object(at, len(sentence))
    return (pledged and not sentence.is_before(at, {"by", "in"}, within=1)) or sentence.is_before(
        at, _OBJECTS_OF_SAYING, within=1
    )


def _pledge_at(sentence: Sentence, at: int, subject: str, form: frozenset[Form]) -> Head | None:
    """Return the head of a verb that only the signatories can go on with: a modal, or a verb of saying."""
    first = sentence.skip_adverbs(at)
    if sentence.is_modal(first):
        return after_modal(sentence, first, first, subject)
    if first < len(sentence) and sentence.tokens[first].lower in _PRESENT_STATES and form == BASE:
        return compound(sentence, first, first, subject)
    found = sentence.read(first, form) if first < len(sentence) else None
    if found is None or not found[1].is_said or (form == BASE and sentence.is_noun(first, found[1])):
        return None
    said = found[1].lemma in _PLEDGES or not found[1].noun or form == PAST
    return _declaring(sentence, head_at(first, first, *found, subject=subject)) if said else None


def bare_head(sentence: Sentence, wanted: frozenset[Form], certain: bool, start: int = 0) -> Head | None:
    """Return the head of a sentence that opens with its verb in a ``wanted`` form, at token ``start``.

    Where it is ``certain`` that a verb opens it, a word that the lexicon does not know is one.
    """
    tokens = sentence.tokens
    start += tokens[start].lower == "to" and len(tokens) > start + 1
    at = sentence.skip_adverbs(start)
    if at >= len(tokens):
        return None
    found = sentence.read(at, wanted)
    if _is_subject(sentence, at) or heads_line(sentence, at):
        return None
    if found is not None:
        described = found[0] == "third" and not found[1].is_said and sentence.is_before_that(at)
        if described and sentence.is_before(at, {"that"}, within=1):
            return Head(start, at, _stating(found[1]), "third", (found[1].lemma,))
        is_noun = described or (found[0] == "base" and _is_noun(sentence, at, found[1])) or is_label(sentence, at)
        return None if is_noun else _declaring(sentence, head_at(start, at, *found))
    if certain and tokens[at].lower.isalpha() and not _is_nominal(tokens[at].lower) and sentence.may_open(at):
        return head_at(start, at, "base", unlisted(tokens[at].text))
    return None


def _is_subject(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is no verb: "Delays were caused", "“Tender” means", "Partners agreed to"."""
    following = at + 1
    if sentence.tokens[at].lower == "let":
        return True  # "Let us not forget"
    if following >= len(sentence) or sentence.tokens[following].gap:
        return sentence.is_before(at, _DEFINING, within=1)
    if sentence.is_predicated(following) or sentence.is_before(at, _DEFINING, within=1):
        return True
    found = sentence.read(at, frozenset({"third"}))
    named = found is not None and not found[1].is_said and sentence.read(following, PAST) is not None
    return named and (
        sentence.opens_past(following) or any(map(sentence.is_predicated, range(following, len(sentence))))
    )


def _stating(verb: Verb) -> Verb:
    """Return ``verb`` as one that undertakes nothing, beside which others may: "Concludes that A; calls for B"."""
    return replace(verb, speech_act="none", strength=0)


def act_as_noun(sentence: Sentence, at: int, *, beside: bool = False) -> Head | None:
    """Return the head of "Launch of a desk" at token ``at``: what is done, as a noun, and to what (S12).

    ``beside`` another act, with an object between, any noun of doing is one: "Launch of A and recognition of B".
    """
    if at + 2 >= len(sentence):
        return None
    first, noun = at, sentence.tokens[at].lower
    if noun == "capacity" and sentence.tokens[at + 1].lower == "building":
        at, noun = at + 1, "capacity-building"
    if sentence.tokens[at + 1].lower not in _PARTICLES_OF_ACTS.get(noun, {"of"}):
        return None
    lemma = _ACTS.get(noun)
    if lemma is None and beside and noun.endswith(_OF_DOING) and not _ends_in_act(sentence, at - 2):
        lemma = noun
    if lemma is None:
        return None
    found = reading(lemma, "", BASE)
    verb = found[1] if found is not None else unlisted(lemma)
    return Head(first, at, verb, "base", (verb.lemma,), rule="S12")


def _ends_in_act(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun of doing is at ``at``, which shares the object behind "and": "collection and use of data"."""
    word = sentence.tokens[at].lower
    return word in _ACTS or word.endswith((*_OF_DOING, "ing"))


def is_label(sentence: Sentence, at: int) -> bool:
    """Tell whether a column's name opens a sentence, and no verb: "Lead agency: Ministry of Forests" (S7)."""
    numbered = at + 2 < len(sentence) and sentence.tokens[at + 1].text[0].isdigit()
    if numbered and sentence.tokens[at].lower in _LABELS and sentence.tokens[at + 2].gap in {"–", "—", "-"}:
        return True  # "Target 6.2 - Share of households"
    later = range(at + 1, min(at + 1 + _LONGEST_LABEL, len(sentence)))
    colon = next((one for one in later if sentence.tokens[one].gap.startswith(":")), None)
    return colon is not None and sentence.tokens[colon - 1].lower in _LABELS


def is_caption(sentence: Sentence) -> bool:
    """Tell whether a sentence says what is seen: "Photo: Ministers plant a tree" (S7)."""
    if sentence.tokens[0].lower not in _CAPTIONS:
        return False
    return any(token.gap.startswith(":") for token in sentence.tokens[1:_LONGEST_LABEL])


def is_title(sentence: Sentence, form: Form) -> bool:
    """Tell whether a sentence that opens with a verb in ``form`` is a title, or names its subject by a gerund (S7).

    "Defending Democracy Abroad", "Building Better Roads: The agency gave a grant", "Buying early not only saves money".
    """
    tokens = sentence.tokens
    stop = next((at for at, token in enumerate(tokens) if token.gap.startswith(":")), len(tokens))
    rest = [token for token in tokens[1:stop] if len(token.text) > _SHORT_WORD]
    titled = len(rest) > 1 and all(token.text[0].isupper() or token.text[0].isdigit() for token in rest)
    alone = stop == len(tokens) and len(rest) > _SHORT_WORD - 1 and not any(token.text.isupper() for token in rest)
    open_end = sentence.text[tokens[-1].end : tokens[-1].end + 1] not in {".", ";", ","}
    heading = form != "base" or stop < len(tokens) or (alone and open_end)  # "Lower Child Care Costs"
    if titled and stop > 1 and tokens[1].text[0].isupper() and heading:
        return True
    return form == "ing" and any(
        token.lower == "not" and tokens[at + 1].lower == "only" for at, token in enumerate(tokens[:-1])
    )


def is_verbless(sentence: Sentence) -> bool:
    """Tell whether a sentence has no predicate of its own: an item of a plan, not a statement about it."""
    for at, token in enumerate(sentence.tokens):
        if token.lower in _RELATIVES:
            return True
        if sentence.is_predicated(at) or token.lower in _WOULD or (at and is_stated(sentence, at)):
            return False
    return True


def _is_noun(sentence: Sentence, at: int, verb: Verb) -> bool:
    """Tell whether a sentence opens with a noun: "Task Force 5 ...", "Support, otters and weirs"."""
    following = sentence.tokens[at + 1] if at + 1 < len(sentence) else None
    if following is not None and following.text.isdigit():
        labelled = at + 2 < len(sentence) and sentence.tokens[at + 2].gap.startswith((":", ".", "–", "—", "("))
        stated = at + 2 < len(sentence) and (
            sentence.is_predicated(at + 2)
            or (sentence.tokens[at + 2].text.isdigit() and not sentence.tokens[at + 2].gap)
        )
        if labelled or stated or len(sentence) <= _LONGEST_HEADING:
            return True  # "Annex 2", "Task 4: Recruit", "Annex 2 has", "Track 2026 2027"
    name = following is not None and verb.noun and not following.gap and following.text.istitle()
    if name and verb.speech_act != "support" and sentence.tokens[at].text.istitle():
        return True
    told = sentence.read(at + 1, frozenset({"third"})) if verb.noun and following is not None else None
    if told is not None and following is not None and not told[1].noun and not following.gap:
        return True  # "Research shows"
    joint = verb.lemma in _JOINT_WORK and following is not None and following.lower in {"with", "together"}
    if joint and any(token.lower == "to" for token in sentence.tokens[at + 2 :]):
        return False  # "Work with airlines to restore"
    return sentence.is_noun(at, verb) and not sentence.is_joined_verb(at)


def _is_nominal(word: str) -> bool:
    return word.endswith(_NOMINAL_ENDINGS) or word in _NOMINAL_WORDS


def head_after(sentence: Sentence, at: int, subject: str) -> Head | None:
    """Return the head whose modality begins at token ``at``, after its ``subject``."""
    start = at = at + (at < len(sentence) and sentence.tokens[at].lower in _DISTRIBUTING)
    at = sentence.skip_adverbs(at)
    if at >= len(sentence):
        return None
    word = sentence.tokens[at].lower
    if word in _MODALS:
        return after_modal(sentence, start, at, subject)
    if word in _AUXILIARIES:
        return _declaring(sentence, compound(sentence, start, at, subject))
    found = sentence.read(at, FINITE)
    if found is not None:
        told = found[1].lemma in _DESCRIBING
        return None if told else _declaring(sentence, head_at(start, at, *found, subject=subject))
    if subject == SIGNATORIES and sentence.is_open_verb(at, "base"):
        return head_at(start, at, "base", unlisted(sentence.tokens[at].text), subject)
    return _declared_in_past(sentence, start, at, subject)


def _declared_in_past(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "agreed to", or of "reviewed and commended", where a verb of saying shares the object."""
    while at < len(sentence):
        found = sentence.read(at, PAST)
        if found is None:
            return None
        declared = found[1].is_said and found[1].lemma not in _DONE
        declared = declared or (found[1].lemma in _ENACTED and _says_more(sentence, at))
        if declared or is_opposed(found[1]):
            return head_at(start, at, *found, subject=subject)
        joined = at + 1 < len(sentence) and sentence.tokens[at + 1].lower in CONJUNCTIONS
        at = sentence.skip_adverbs(at + 2) if joined else len(sentence)
    return None


def _says_more(sentence: Sentence, at: int) -> bool:
    """Tell whether what was done at token ``at`` is said beside what was decided: "approved A and instructed B"."""
    for later in range(at + 2, len(sentence)):
        joined = sentence.tokens[later].gap == "," or sentence.tokens[later - 1].lower in CONJUNCTIONS
        found = sentence.read(later, PAST) if joined else None
        if found is not None and found[1].is_said and sentence.opens_past(later):
            return True
    return False


def is_opposed(verb: Verb) -> bool:
    """Tell whether a verb condemns, so that it undertakes nothing but may stand beside one that does (S7)."""
    return verb.speech_act == "none" and verb.lemma in _OPPOSED


def _declaring(sentence: Sentence, head: Head | None) -> Head | None:
    """Return ``head`` unless it is a formula, "hereby declare:", that carries no undertaking (S7).

    "The Council decides", at the end of a sentence, carries none either, but governs the list below it.
    """
    if head is None or head.verb.lemma not in _FORMULAS:
        return head
    if sentence.is_before(head.verb_at + 1, {"following"}, within=1) and head.verb_at + 3 == len(sentence):
        return replace(head, bare=True)  # "PROCLAIM THE FOLLOWING:"
    if sentence.is_before(head.verb_at, {"as"}, within=1) and sentence.is_before(
        head.verb_at + 1, {"follows"}, within=1
    ):
        return replace(head, bare=True)
    if sentence.has_object(head.verb_at, len(sentence)) or sentence.infinitive_after_aside(head.verb_at):
        return head
    governs = head.verb_at + 1 == len(sentence) and head.verb.governs
    return replace(head, bare=True) if governs else None
