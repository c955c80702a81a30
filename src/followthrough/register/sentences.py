"""One sentence: its tokens, and how each may be read."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from followthrough.register.tokens import Token
from followthrough.register.verbs import ALONE, BASE, FINITE, PAST, Form, Verb, lexicon, reading, unlisted
from followthrough.register.word_lists import entries, word_set

CONJUNCTIONS = word_set("sentences", "conjunctions")
_ADVERBS = word_set("sentences", "adverbs")
_ASIDES = word_set("sentences", "asides")
_ASIDE_FIRST = frozenset(aside.split()[0] for aside in _ASIDES)
_ADJECTIVES = word_set("sentences", "adjectives")
_DETERMINERS = word_set("sentences", "determiners")
_AFTER_SUBJECT = word_set("sentences", "after_a_subject")
_AFTER_NOUN = word_set("sentences", "after_a_subject", "after_a_noun")
_MODALS = word_set("predicates", "naming_modals")
_PREDICATED = word_set("predicates", "auxiliaries") | {"was", "were", "had", "can", "may", "should", "must"}
_OBJECT_OPENINGS = word_set("sentences", "determiners", "object_openings")
_BEFORE_NOUN = word_set("coordination", "prepositions") | {"as"}
_PREPOSITIONAL = word_set("sentences", "prepositional_verbs")
_NOT_GERUNDS = word_set("sentences", "not_gerunds")
_CLOSED = word_set("sentences", "closed_words", "determiners", "object_openings", "adverbs", "conjunctions")
_NOMINAL_ENDINGS = entries("predicates", "nominal_endings")
_ADJECTIVAL_ENDINGS = entries("sentences", "adjectival_endings")
_ENDINGS_OF_NOUNS = tuple(end for end in _NOMINAL_ENDINGS if end != "s")
_VERBAL_ENDINGS = entries("sentences", "verbal_endings")
_NOUNS_IN_LY = word_set("sentences", "nouns_in_ly")
_PARTICLES = word_set("sentences", "particles")
_PREMODIFIERS = word_set("sentences", "premodifiers")
_VERBAL_PREFIXES = entries("sentences", "verbal_prefixes")
_PREMODIFYING_ENDINGS = entries("sentences", "premodifying_endings")
_WITH_A_PART = _ADVERBS | _ASIDE_FIRST | _MODALS | word_set("predicates", "auxiliaries")
_PRONOUNS = frozenset({"it", "them", "us", "itself", "themselves", "ourselves", "each other"})
_VERBS_TOO = frozenset({"second", "further"})
_NOUNS_OF_VERBS = ("ment", "ance", "ence")
_ARTICLES = frozenset({"the", "our", "its", "their"})
_BRACKETED = re.compile(r"\([^()]{6,200}\)")
"""What stands in brackets and is no number of an item."""
_LONGEST_ASIDE = 16
"""Tokens of a phrase between commas behind a conjunction, and one."""
_LOOK_AHEAD = 120
"""Characters after a verb that may decide how it is read."""


class Sentence:
    """The tokens of a sentence and the readings that the verb lexicon has for them.

    Attributes:
        text: the document's text, to which offsets refer.
        tokens: at least one.
        quoted: for each token whether it is inside a pair of curly quotation marks or of brackets.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.quoted = _inside_marks(text, tokens)
        self._lexicon = lexicon()
        self._read: dict[tuple[int, frozenset[Form]], tuple[Form, Verb] | None] = {}
        self._behind_adverbs: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def read(self, at: int, wanted: frozenset[Form]) -> tuple[Form, Verb] | None:
        """Return the reading of token ``at`` as a verb in one of the ``wanted`` forms."""
        if at >= len(self.tokens) or self.tokens[at].lower not in self._lexicon:
            return None
        key = (at, wanted)
        if key not in self._read:
            end = self.tokens[at].end
            after = self.text[end : min(end + _LOOK_AHEAD, self.tokens[-1].end)]
            self._read[key] = reading(self.tokens[at].lower, after, wanted)
        return self._read[key]

    def skip_adverbs(self, at: int) -> int:
        """Return the first token from ``at`` on that is neither an adverb nor part of a phrase that stands for one."""
        behind = self._behind_adverbs.get(at)
        if behind is None:
            behind = self._behind_adverbs[at] = self._first_behind_adverbs(at)
        return behind

    def _first_behind_adverbs(self, at: int) -> int:
        while at < len(self.tokens):
            word = self.tokens[at].lower
            if self.tokens[at].gap != "," and not _may_be_adverb(word):
                return at
            verbal = word in _VERBS_TOO and self._acts(at)
            in_ly = word.endswith("ly") and len(word) > 4 and word not in _NOUNS_IN_LY
            adverb = (word in _ADVERBS and not verbal) or (in_ly and self.read(at, FINITE) is None)
            after = at + 1 if adverb else self.skip_aside(at)
            if after == at:
                return at
            at = after
        return at

    def _acts(self, at: int) -> bool:
        """Tell whether "second" or "further" at token ``at`` is the verb: "and second two analysts"."""
        if self._word(at) == "further" and self._word(at + 1) not in _ARTICLES:
            return False
        if at == 0 or self._word(at - 1) in _MODALS | {"to"}:
            return at > 0
        listed = self.tokens[at].gap == "," or self._word(at - 1) in CONJUNCTIONS
        return listed and (self.opens_object(at) or self._word(at + 1).endswith("s")) and self.has_object(at, len(self))

    def skip_aside(self, at: int) -> int:
        """Return the token after "as appropriate," or "in this regard," where that begins at ``at``, else ``at``."""
        if self.tokens[at].gap == "," and at and self.tokens[at - 1].lower in CONJUNCTIONS:
            return self.after_commas(at)  # "and, subject to funds, to V"
        for size in (2, 3, 4) if self.tokens[at].lower in _ASIDE_FIRST else ():
            ends = at + size < len(self.tokens) and ("," in self.tokens[at + size].gap or self.speaks(at + size))
            if ends and " ".join(token.lower for token in self.tokens[at : at + size]) in _ASIDES:
                return at + size
        return at

    def after_commas(self, at: int) -> int:
        """Return the token behind what stands between two commas from ``at`` on, where that is short, else ``at``."""
        if at >= len(self.tokens) or self.tokens[at].gap != "," or self.tokens[at].lower in CONJUNCTIONS:
            return at
        later = range(at + 1, min(at + _LONGEST_ASIDE, len(self.tokens)))
        return next((one for one in later if self.tokens[one].gap == ","), at)

    def speaks(self, at: int, *, plural: bool = False) -> bool:
        """Tell whether token ``at`` can only be a verb of saying: "and in particular commend".

        A verb that is also a noun is one where no ``plural`` can stand: "but notes".
        """
        found = self.read(at, FINITE | PAST)
        return found is not None and found[1].is_said and (not found[1].noun or (plural and found[0] == "third"))

    def is_noun(self, at: int, verb: Verb) -> bool:
        """Tell whether a base form that is also a noun stands as the noun at token ``at``."""
        if at + 1 >= len(self.tokens):
            return True
        following = self.tokens[at + 1]
        if verb.governs and self.infinitive_after_aside(at) is not None:
            return False
        if following.gap.startswith((",", ";", ".", ":")):
            return verb.noun or (at > 1 and self.skip_aside(at + 1) == at + 1)
        if verb.lemma in _ADJECTIVES and (at or following.lower.endswith(_NOMINAL_ENDINGS)):
            return following.lower not in _DETERMINERS and not self.opens_object(at)
        said = following.lower == "that" and self.tokens[at].lower != verb.lemma  # "the Council resolves that"
        if verb.governs and (following.lower == "to" or said):
            return False
        return following.lower in (_AFTER_NOUN if verb.noun else _AFTER_SUBJECT)

    def stands_as_noun(self, at: int, verb: Verb) -> bool:
        """Tell whether a base form in the place of a verb is a noun after all; an adjective with an object is none."""
        if verb.lemma in _ADJECTIVES:
            return not self.has_object(at, len(self))
        return self.is_noun(at, verb)

    def is_shaped_as_adjective(self, at: int) -> bool:
        """Tell whether an unlisted word is an adjective by its ending or its hyphen: "simpler", "plain-language"."""
        word = self.tokens[at].lower
        compound = "-" in word and not word.startswith(_VERBAL_PREFIXES)
        return word not in self._lexicon and (compound or word.endswith(("er", "est", *_ADJECTIVAL_ENDINGS)))

    def may_be_listed_verb(self, at: int, stop: int) -> bool:
        """Tell whether a word in lower case with an object behind it can be a verb, be it in the lexicon or not."""
        token = self.tokens[at]
        if token.text != token.lower or not token.lower.replace("-", "").isalpha() or self.is_nominal(at):
            return False
        if token.lower in _ADJECTIVES or token.lower.endswith(("ly", *_ADJECTIVAL_ENDINGS)):
            return False
        if self.tokens[at - 1].lower.endswith(_ADJECTIVAL_ENDINGS) or not self.has_object(at, stop):
            return False
        following = self.tokens[at + 1].lower
        return following not in _AFTER_NOUN and following not in _BEFORE_NOUN and not self._is_compound(at)

    def infinitive_after_aside(self, at: int) -> int | None:
        """Return the "to" behind what commas set off after token ``at``: "resolve, by 2040, to end hunger"."""
        if at + 1 >= len(self.tokens) or self.tokens[at + 1].gap != ",":
            return None
        later = range(at + 2, min(at + 2 + _LONGEST_ASIDE, len(self.tokens)))
        set_off = (one for one in later if self.tokens[one].gap == ",")
        found = next(set_off, None)
        return found if found is not None and self.tokens[found].lower == "to" else None

    def is_passive(self, at: int) -> bool:
        """Tell whether "will be V-ed" stands at token ``at``."""
        return self.is_modal(at) and self._word(at + 1) == "be" and self.read(at + 2, PAST) is not None

    def is_past(self, at: int) -> bool:
        """Tell whether a verb in the past that is no present form stands at token ``at``: "held", "met"."""
        at = self.skip_adverbs(at)
        if at < len(self.tokens) and self.tokens[at].lower not in self._lexicon:
            return self._is_open_past(at)
        return self.read(at, PAST) is not None and self.read(at, FINITE) is None

    def opens_past(self, at: int) -> bool:
        """Tell whether a past form at token ``at`` is no participle before a noun: "agreed to", "asked the"."""
        return self.opens_object(at) or self._word(at + 1) in {"to", "that", "on", "for", "with"}

    def _is_open_past(self, at: int) -> bool:
        """Tell whether a word in no list tells what was done: "toured a plant"."""
        word = self.tokens[at].text
        return word.islower() and len(word) > 4 and word.endswith("ed") and self.opens_object(at)

    def is_modal(self, at: int) -> bool:
        """Tell whether token ``at`` is a modal that undertakes: "will", "shall"."""
        return at < len(self.tokens) and self.tokens[at].lower in _MODALS

    def has_object(self, at: int, stop: int) -> bool:
        """Tell whether something follows token ``at`` at once that it may be done to."""
        if at + 1 >= stop:
            return False
        following = self.tokens[at + 1]
        return not following.gap.startswith((",", ";", ".", ":")) and following.lower not in CONJUNCTIONS

    def is_nominal(self, at: int) -> bool:
        """Tell whether the word at token ``at`` has the ending of a noun or stands where no verb can."""
        return self.tokens[at].lower.endswith(_NOMINAL_ENDINGS) or self.tokens[at].lower in _CLOSED

    def is_infinitive(self, at: int) -> bool:
        """Tell whether a verb stands at token ``at`` behind "to": of the lexicon, or shaped like one."""
        if at >= len(self.tokens):
            return False
        printed = any(form == "base" for form, _ in self._lexicon.get(self.tokens[at].lower, ()))
        return printed or self.is_open_verb(at, "base")

    def certain_verb(self, at: int, form: Form) -> Verb:
        """Return the verb at token ``at``, where nothing else can stand."""
        found = self.read(at, ALONE[form])
        return found[1] if found is not None else unlisted(self.tokens[at].text)

    def verb_in_list(self, at: int, form: Form, begin: int) -> Verb | None:
        """Return the verb in ``form`` at token ``at`` of an item that begins at ``begin``; ``None`` for a noun."""
        if self.tokens[at].lower in _NOT_GERUNDS:
            return None
        found = self.read(at, ALONE[form])
        if found is None:
            return unlisted(self.tokens[at].text) if self.is_open_verb(at, form) else None
        return found[1] if self._stands_as_verb(at, form, begin, found[1]) else None

    def _stands_as_verb(self, at: int, form: Form, begin: int, verb: Verb) -> bool:
        """Tell whether a form of the lexicon is a verb in a list, and not a noun or participle."""
        if verb.lemma in _PREPOSITIONAL and self._before_particle(at):
            return True
        if form == "base":
            return not (self.is_noun(at, verb) or (verb.noun and self._continues_nouns(at, begin)))
        if form == "third":
            governs = verb.is_said and self._word(at + 1) in ({"that", "to"} if verb.governs else {"that"})
            return not verb.noun or self.opens_object(at) or governs
        if form == "past":
            return self._word(at + 1) != "by" and (verb.is_said or self.opens_object(at))
        return not self._is_attribute(begin)

    def is_open_verb(self, at: int, form: Form) -> bool:
        """Tell whether a word that is in no list stands as a verb, by its own shape and by what follows it."""
        token = self.tokens[at]
        word = token.lower
        if (
            form in {"third", "past"}
            or token.text != word
            or not word.replace("-", "").isalpha()
            or word in self._lexicon
            or word in _CLOSED
        ):
            return False
        if at + 1 >= len(self.tokens) or not self.has_object(at, len(self.tokens)):
            return False
        if form == "ing":
            particle = self._word(at + 1) in _PARTICLES | {"on"} and self.opens_object(
                at + 1
            )  # "passing on our skills"
            return len(word) > 4 and word.endswith("ing") and (particle or self._word(at + 1) not in _AFTER_NOUN)
        if form == "base" and self._word(at + 1) in _PRONOUNS and not word.endswith(("ing", "ed")):
            return True  # "pass them on"
        done_to = word.endswith(_NOUNS_OF_VERBS) and self._word(at + 1) in _ARTICLES  # "silence the guns"
        if form != "base" or (word.endswith(_NOMINAL_ENDINGS) and not done_to):
            return False
        phrasal = self._word(at + 1) in _PARTICLES and self.opens_object(at + 1)
        verbal = word.endswith(_VERBAL_ENDINGS) and self.tokens[at + 1].lower not in _AFTER_NOUN
        return self._word(at + 1) in _OBJECT_OPENINGS or phrasal or verbal

    def is_before(self, at: int, words: Set[str], *, within: int = 5) -> bool:
        """Tell whether one of ``words`` follows token ``at`` soon: "steadfast in", "resolute as ever in"."""
        return any(self._word(later) in words for later in range(at + 1, at + 1 + within))

    def is_before_that(self, at: int) -> bool:
        """Tell whether "that", "which" or "who" follows token ``at``, which is a noun then: "Seeds that are stored"."""
        return self._word(at + 1) in {"that", "which", "who", "such"}

    def is_predicated(self, at: int) -> bool:
        """Tell whether token ``at`` makes a clause of the words around it: an auxiliary, a modal."""
        return self.tokens[at].lower in _PREDICATED or self.is_modal(at)

    def may_open(self, at: int) -> bool:
        """Tell whether an unlisted word at token ``at`` can be the verb that opens an item: "Oil the wheel"."""
        return not self.is_nominal(at) and (self.opens_object(at) or self.tokens[at].lower.endswith(_VERBAL_ENDINGS))

    def _word(self, at: int) -> str:
        return self.tokens[at].lower if at < len(self.tokens) else ""

    def _before_particle(self, at: int) -> bool:
        return self._word(at + 1) in {"on", "to", "together", "with"} and not self.tokens[at + 1].gap

    def is_beside_noun(self, at: int, begin: int) -> bool:
        """Tell whether a gerund is the second of two before a noun: "the recovery and rebuilding efforts"."""
        joined = begin > 2 and self.tokens[begin - 1].lower in CONJUNCTIONS
        return joined and self.tokens[begin - 3].lower in _OBJECT_OPENINGS and not self.opens_object(at)

    def opens_object(self, at: int) -> bool:
        """Tell whether an article, a pronoun or the like opens an object behind token ``at``."""
        word = self._word(at + 1)
        return word in _OBJECT_OPENINGS or word[:1].isdigit()

    def _before_premodifier(self, at: int) -> bool:
        following = self._word(at + 1)
        return following in _PREMODIFIERS or following.endswith(_PREMODIFYING_ENDINGS)

    def _continues_nouns(self, at: int, begin: int) -> bool:
        """Tell whether a word that may be a noun goes on with nouns: "the follow-up and review processes"."""
        following = self._word(at + 1)
        if self.opens_object(at) or begin != at or begin < 3 or following == "to":
            return False
        if self.tokens[begin].gap == "," and self._is_compound(at) and self.tokens[at + 2].gap:
            return True  # "blockchain applications, trade facilitation,"
        if self._before_premodifier(at):
            return False  # no adjective follows a noun: "on tariffs, resolve outstanding issues"
        joined = self.tokens[begin - 1].lower in CONJUNCTIONS
        last = begin - 2 if joined else begin - 1
        if self.tokens[last].lower in _PRONOUNS or following in _PARTICLES:
            return False
        adjective = joined and last > 1 and self.tokens[last - 1].lower.endswith(_ADJECTIVAL_ENDINGS)
        named = joined and not adjective and self.tokens[last].text[0].isupper()
        if named and following.endswith("s") and following not in self._lexicon:
            return False  # no bare noun follows a name: "from the Sahel and finance clinics"
        before = self.tokens[last - 1 - adjective]  # "with national universities and research institutes"
        short = self.tokens[last].gap == "," or before.lower in _OBJECT_OPENINGS or before.lower in _BEFORE_NOUN
        return short and self.read(last, BASE) is None

    def _is_compound(self, at: int) -> bool:
        """Tell whether a noun of doing behind token ``at`` ends an item: "trade facilitation,"."""
        if at + 2 >= len(self.tokens) or not self._word(at + 1).endswith(_ENDINGS_OF_NOUNS):
            return False
        return bool(self.tokens[at + 2].gap) or self._word(at + 2) in CONJUNCTIONS

    def _is_attribute(self, begin: int) -> bool:
        """Tell whether a gerund is the second before a noun: "its advising and convening role", "new and emerging"."""
        if begin < 3 or self.tokens[begin - 1].lower not in CONJUNCTIONS:
            return False
        before = self.tokens[begin - 2].lower
        beside = before.endswith("ing") and self.tokens[begin - 3].lower in _OBJECT_OPENINGS
        beside = beside and not self.opens_object(begin)  # "options for its financing and submitting both"
        return (
            beside or before in _NOT_GERUNDS or (before.endswith(_ADJECTIVAL_ENDINGS) and not self.opens_object(begin))
        )

    def is_joined_verb(self, at: int) -> bool:
        """Tell whether more verbs follow token ``at``, the last by a conjunction: "Draft, adopt and publish a code"."""
        while at + 2 < len(self.tokens):
            if self.tokens[at + 1].lower in CONJUNCTIONS:
                return self.read(self.skip_adverbs(at + 2), FINITE) is not None
            if self.tokens[at + 1].gap != "," or self.read(at + 1, BASE) is None:
                return False
            at += 1
        return False


def is_inert(word: str) -> bool:
    """Tell whether a word that no mark precedes can be neither verb nor auxiliary nor adverb, which holds of most."""
    return word not in lexicon() and word not in _WITH_A_PART and not word.endswith("ly")


@lru_cache(maxsize=1 << 15)
def _may_be_adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly") or word in _ASIDE_FIRST


def _inside_marks(text: str, tokens: list[Token]) -> list[bool]:
    start, end = tokens[0].start, tokens[-1].end
    bracketed = [match.span() for match in _BRACKETED.finditer(text, start, end + 2)] if "(" in text[start:end] else []
    if "“" not in tokens[0].gap and text.find("“", start, tokens[-1].start) < 0 and not bracketed:
        return [False] * len(tokens)
    depth, inside = 0, []
    for token in tokens:
        if token.gap:
            depth = max(0, depth + token.gap.count("“") - token.gap.count("”"))
        held = bool(bracketed) and any(low < token.start < high for low, high in bracketed)
        inside.append(depth > 0 or held)
    return inside
