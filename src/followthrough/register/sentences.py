"""One sentence: its tokens, and how each may be read."""

from __future__ import annotations

from followthrough.register.tokens import Token
from followthrough.register.verbs import FINITE, Form, Verb, lexicon, reading
from followthrough.register.word_lists import word_set

CONJUNCTIONS = word_set("sentences", "conjunctions")
_ADVERBS = word_set("sentences", "adverbs")
_ASIDES = word_set("sentences", "asides")
_ASIDE_FIRST = frozenset(aside.split()[0] for aside in _ASIDES)
_ADJECTIVES = word_set("sentences", "adjectives")
_DETERMINERS = word_set("sentences", "determiners")
_AFTER_SUBJECT = word_set("sentences", "after_a_subject")
_AFTER_NOUN = word_set("sentences", "after_a_subject", "after_a_noun")
_LOOK_AHEAD = 120
"""Characters after a verb that may decide how it is read."""


class Sentence:
    """The tokens of a sentence and the readings that the verb lexicon has for them.

    Attributes:
        text: the document's text, to which offsets refer.
        tokens: at least one.
        quoted: for each token whether it is inside a pair of curly quotation marks.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.quoted = _inside_quotes(tokens)
        self._lexicon = lexicon()

    def __len__(self) -> int:
        return len(self.tokens)

    def read(self, at: int, wanted: frozenset[Form]) -> tuple[Form, Verb] | None:
        """Return the reading of token ``at`` as a verb in one of the ``wanted`` forms."""
        if at >= len(self.tokens) or self.tokens[at].lower not in self._lexicon:
            return None
        end = self.tokens[at].end
        after = self.text[end : min(end + _LOOK_AHEAD, self.tokens[-1].end)]
        return reading(self.tokens[at].lower, after, wanted)

    def skip_adverbs(self, at: int) -> int:
        """Return the first token from ``at`` on that is neither an adverb nor part of a phrase that stands for one."""
        while at < len(self.tokens):
            word = self.tokens[at].lower
            adverb = word in _ADVERBS or (word.endswith("ly") and self.read(at, FINITE) is None and len(word) > 4)
            after = at + 1 if adverb else self.skip_aside(at)
            if after == at:
                return at
            at = after
        return at

    def skip_aside(self, at: int) -> int:
        """Return the token after "as appropriate," or "in this regard," where that begins at ``at``, else ``at``."""
        for size in (2, 3) if self.tokens[at].lower in _ASIDE_FIRST else ():
            ends = at + size < len(self.tokens) and "," in self.tokens[at + size].gap
            if ends and " ".join(token.lower for token in self.tokens[at : at + size]) in _ASIDES:
                return at + size
        return at

    def is_noun(self, at: int, verb: Verb) -> bool:
        """Tell whether a base form that is also a noun stands as the noun at token ``at``."""
        if at + 1 >= len(self.tokens):
            return True
        following = self.tokens[at + 1]
        if following.gap.startswith((",", ";", ".", ":")):
            return True
        if verb.lemma in _ADJECTIVES and at:
            return following.lower not in _DETERMINERS
        if verb.governs and following.lower == "to":
            return False
        return following.lower in (_AFTER_NOUN if verb.noun else _AFTER_SUBJECT)

    def is_joined_verb(self, at: int) -> bool:
        """Tell whether another verb follows token ``at`` by a conjunction: "Support and promote"."""
        joined = at + 2 < len(self.tokens) and self.tokens[at + 1].lower in CONJUNCTIONS
        return joined and self.read(at + 2, FINITE) is not None


def _inside_quotes(tokens: list[Token]) -> list[bool]:
    depth, inside = 0, []
    for token in tokens:
        if token.gap:
            depth = max(0, depth + token.gap.count("“") - token.gap.count("”"))
        inside.append(depth > 0)
    return inside
