"""One sentence in, its operative verbs out: where each undertaking begins and what governs it (S1-S5, S9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from followthrough.register.verbs import Form, Verb, lexicon, reading, unknown
from followthrough.register.words import Word, word_set

FINITE: frozenset[Form] = frozenset({"base", "third"})
BASE: frozenset[Form] = frozenset({"base"})
ING: frozenset[Form] = frozenset({"ing"})
PAST: frozenset[Form] = frozenset({"past"})
ADVERBS = word_set(
    "also further furthermore strongly fully jointly hereby therefore thus again once particularly especially firmly "
    "collectively urgently actively closely deeply warmly sincerely solemnly immediately continually continuously "
    "constantly together both equally effectively significantly substantially swiftly rapidly progressively gradually "
    "better more unanimously unequivocally consistently specifically accordingly moreover additionally individually "
    "respectively likewise similarly now always still even steadily intensively vigorously proactively resolutely "
    "only first second third finally lastly instead rather"
)
MODALS = word_set("will shall must would")
AND = frozenset({"and", "or"})
_ASIDES = frozenset(
    {
        *(f"{first} {second}" for first in ("as", "where", "when", "if") for second in (
            "appropriate", "necessary", "applicable", "possible", "needed", "relevant", "feasible")),
        "inter alia", "in particular", "in addition", "at the same time", "as well",
        *(f"in {which} {noun}" for which in ("this", "that") for noun in (
            "regard", "context", "respect", "connection", "spirit")),
        *(f"to {which} {noun}" for which in ("this", "that") for noun in ("end", "effect")),
    }
)  # fmt: skip
_ASIDE_FIRST = frozenset(aside.split()[0] for aside in _ASIDES)
"""Set between commas, they stand between a conjunction and its verb as an adverb does."""
SPEECH = frozenset({"recognise", "call"})
SPOKEN = frozenset({"recognise", "call", "encourage", "own", "pass"})


@dataclass(frozen=True, slots=True)
class Head:
    """An operative verb: ``at`` is the word where its undertaking begins (with adverbs and modality), ``verb_at`` the
    verb itself, ``end`` the word after its last, ``group`` the lemmas it joins; ``governor`` is the head above it.

    ``form`` is how the head is printed; ``own`` the infinitive that a governing verb passes on to.
    """

    at: int
    verb_at: int
    verb: Verb
    form: Form
    group: tuple[str, ...]
    subject: str = "the signatories"
    governor: Verb | None = None
    inner: Verb | None = None
    cut: int | None = None
    rule: str = "S1"


_ADJECTIVES = word_set("open secure complete close double lower triple separate")
_DETERMINERS = word_set("the a an our their its all any these those this each every new further")
_INTRODUCTION = 6
_AFTER_SUBJECT = word_set("of is are was were")
_AFTER_NOUN = _AFTER_SUBJECT | word_set(
    "and or will has have should can must may by from that which with for in between among on at to under as"
)
_PRONOUN = frozenset({"we", "they"})
_SUBJECTS = re.compile(
    r"(?:the\s+(?:two\s+|three\s+|g7\s+|g20\s+|asean\s+|quad\s+)?(?:leaders|ministers|parties|sides"
    r"|presidents|participants"
    r"|countries|governments|heads|members|member states|partners|foreign ministers|prime ministers"
    r"|two leaders|states parties"
    r"|signatories|participating states)|both\s+(?:the\s+)?(?:leaders|sides|countries|parties|presidents|ministers"
    r"|governments|nations|prime ministers)|(?:asean|g7|g20|quad|eu) leaders|leaders|ministers)$",
    re.I,
)
_NOT_ACTORS = word_set("this it that these those there which who what such")
_SUBORDINATE = word_set(
    "that which who whom where when while if whether because since than as what how why although though until unless "
    "so whereby wherein areas challenges"
)
_ACTOR = re.compile(
    r"\b(?:states?|governments?|parties|countries|members?|secretariat|committees?|secretary|ministers?"
    r"|council|leaders"
    r"|presidents?|commission|nations?|asean|republic|union|united|kingdom|canada|japan|korea|australia"
    r"|india|china|g7|eu"
    r"|rok|officials|organi[sz]ation)\b",
    re.I,
)
_STATES = {"committed": "to", "determined": "to", "resolved": "to", "dedicated": "to", "ready": "to", "united": "in"}


class Finder:
    """Finds the first heads of a sentence: by its bare verb, or by a subject and the verb after it."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text = text
        self.words = words
        self.quoted = _inside_quotes(words)
        self.lexicon = lexicon()

    def after(self, at: int) -> str:
        """Return up to 120 characters that follow word ``at``."""
        end = self.words[at].end
        return self.text[end : min(end + 120, self.words[-1].end)]

    def read(self, at: int, wanted: frozenset[Form]) -> tuple[Form, Verb] | None:
        """Return the reading of word ``at`` as a verb in one of the ``wanted`` forms."""
        if at >= len(self.words) or self.words[at].lower not in self.lexicon:
            return None
        return reading(self.words[at].lower, self.after(at), wanted)

    def skip_adverbs(self, at: int) -> int:
        """Return the first word from ``at`` on that is no adverb, nor inside a phrase that stands for one."""
        while at < len(self.words):
            word = self.words[at].lower
            adverb = word in ADVERBS or (word.endswith("ly") and self.read(at, FINITE) is None and len(word) > 4)
            after = at + 1 if adverb else self.past_phrase(at)
            if after == at:
                return at
            at = after
        return at

    def past_phrase(self, at: int) -> int:
        """Return the word after "as appropriate," or "in this regard," where that stands at ``at``, else ``at``."""
        for size in (2, 3) if self.words[at].lower in _ASIDE_FIRST else ():
            ends = at + size < len(self.words) and "," in self.words[at + size].gap
            if ends and " ".join(word.lower for word in self.words[at : at + size]) in _ASIDES:
                return at + size
        return at

    def is_noun(self, at: int, verb: Verb) -> bool:
        """Tell whether a base form that is also a noun stands as the noun."""
        if at + 1 >= len(self.words):
            return True
        following = self.words[at + 1]
        if following.gap.startswith((",", ";", ".", ":")):
            return True
        if verb.lemma in _ADJECTIVES and at:
            return following.lower not in _DETERMINERS
        if verb.governs and following.lower == "to":
            return False
        return following.lower in (_AFTER_NOUN if verb.noun else _AFTER_SUBJECT)

    def bare(self, wanted: frozenset[Form], certain: bool) -> Head | None:
        """Return the head of a sentence that opens with its verb; when ``certain``, any first word is a verb."""
        start = 1 if self.words[0].lower == "to" and len(self.words) > 1 else 0
        at = self.skip_adverbs(start)
        if at >= len(self.words):
            return None
        found = self.read(at, wanted)
        if found is not None and not (found[0] == "base" and self.is_noun(at, found[1]) and not self._grouped(at)):
            return self.head(start, at, *found)
        if certain and found is None and self.words[at].lower.isalpha() and not self._nominal(at):
            return self.head(start, at, "base", unknown(self.words[at].text))
        return None

    def _grouped(self, at: int) -> bool:
        """Tell whether another verb follows by "and": "Support and promote"."""
        return at + 2 < len(self.words) and self.words[at + 1].lower in AND and self.read(at + 2, FINITE) is not None

    def _nominal(self, at: int) -> bool:
        lower = self.words[at].lower
        return lower.endswith(("tion", "ment", "ness", "ity", "ing", "ies", "ance", "ence", "ed", "s")) or lower in {
            "the", "a", "an", "our", "in", "on", "as", "for", "with", "this", "these", "we", "it", "no", "all", "to",
        }  # fmt: skip

    def subjects(self) -> list[Head]:
        """Return a head for each subject of the sentence that has an operative verb."""
        heads: list[Head] = []
        for at in range(len(self.words)):
            if (heads and at <= heads[-1].verb_at) or not self._may_be_subject(at):
                continue
            found = self._subject(at)
            if found is not None:
                head = self.predicate(*found)
                if head is not None:
                    heads.append(head)
        return heads

    def _may_be_subject(self, at: int) -> bool:
        word = self.words[at]
        return bool(
            at == 0 or word.gap or word.text[0].isupper() or word.lower == "we" or self.words[at - 1].lower in AND
        )

    def _subject(self, at: int) -> tuple[int, str] | None:
        """Return the word after the subject that begins at word ``at`` and its name."""
        word = self.words[at]
        previous = self.words[at - 1].lower if at else ""
        if previous in _SUBORDINATE:
            return None
        named = self.words[0].lower in {"the", "this", "these", "all", "a", "an"} and not self.words[0].gap
        if (at > _INTRODUCTION or (at and named)) and not word.gap and previous not in AND:
            return None  # "the tools we share" is a relative clause
        if word.lower in _PRONOUN:
            return at + 1, "the signatories"
        for size in (4, 3, 2, 1) if at == 0 or word.gap or previous in AND else ():
            last = at + size - 1
            name = self.text[word.start : self.words[last].end] if last + 1 < len(self.words) else ""
            if _SUBJECTS.match(name):
                return last + 1, name
        return self._named(at) if at == 0 or (word.gap == "," and at < 12) else None

    def _named(self, at: int) -> tuple[int, str] | None:
        """Return a named third-person subject at the head of the sentence: it ends at a modal or a speech verb."""
        for stop in range(at + 1, min(at + 14, len(self.words))):
            word = self.words[stop]
            if word.lower in _NOT_ACTORS or word.lower == "to" or self.words[at].lower in _NOT_ACTORS:
                return None
            found = self.read(stop, FINITE) or self.read(stop, PAST)
            modal = word.lower in {"will", "shall"}
            if modal or (at == 0 and found is not None and self._declares(*found)):
                name = self.text[self.words[at].start : self.words[stop - 1].end]
                plain = modal or found is None or not self.is_noun(stop, found[1])
                if plain and _ACTOR.search(name) and self.words[at].text[0].isupper():
                    return stop, name
                return None
        return None

    @staticmethod
    def _declares(form: Form, verb: Verb) -> bool:
        """Tell whether a verb after a named subject is an undertaking without a modal."""
        if verb.act == "pass":
            return not verb.noun
        return verb.act in {"recognise", "call"} or (verb.act == "support" and form != "past")

    def predicate(self, at: int, subject: str) -> Head | None:
        """Return the head whose modality begins at word ``at``, after its subject."""
        start = at
        at = self.skip_adverbs(at)
        if at >= len(self.words):
            return None
        lower = self.words[at].lower
        if lower in MODALS:
            at = self.skip_adverbs(at + 1)
            if at < len(self.words) and self.words[at].lower == "not":
                at = self.skip_adverbs(at + 1)
            if at >= len(self.words):
                return None
            form, verb = self.read(at, BASE) or ("base", unknown(self.words[at].text))
            return self.head(start, at, form, verb, subject)
        if lower in {"are", "is", "stand", "remain", "have", "has"}:
            return self._compound(start, at, subject)
        found = self.read(at, FINITE)
        if found is None:
            found = self.read(at, PAST)
            if found is None or found[1].act not in {"recognise", "call", "pass", "encourage", "own"}:
                return None
        return self.head(start, at, *found, subject=subject)

    def _compound(self, start: int, at: int, subject: str) -> Head | None:
        """Return the head of "are committed to", "have agreed to", "are taking"."""
        lower, following = self.words[at].lower, self.skip_adverbs(at + 1)
        if following >= len(self.words):
            return None
        word = self.words[following].lower
        if lower in {"have", "has"}:
            found = self.read(following, PAST)
            return (
                self.head(start, following, *found, subject=subject)
                if found is not None and found[1].act in {"pass", "call"}
                else None
            )
        if word in _STATES and lower not in {"have", "has"}:
            strength = 2 if lower == "remain" else 4
            verb = Verb(
                f"{'remain' if lower == 'remain' else 'be'} {word}", "", "pass", strength, governs=True, noun=False
            )
            return self.head(start, following, "base", verb, subject)
        found = self.read(following, ING)
        if lower in {"are", "is"} and found is not None and found[1].act != "none":
            return self.head(start, following, *found, subject=subject)
        return None

    def head(self, start: int, at: int, form: Form, verb: Verb, subject: str = "the signatories") -> Head | None:
        """Return the head at word ``at``, grown by the verbs that share its object (S2), or ``None`` if it commits to
        nothing."""
        if verb.act == "none":
            return None
        return Head(start, at, verb, form, (verb.lemma,), subject)


def _inside_quotes(words: list[Word]) -> list[bool]:
    """Return for each word whether it stands inside a pair of curly quotation marks."""
    depth, inside = 0, []
    for word in words:
        if word.gap:
            depth = max(0, depth + word.gap.count("“") - word.gap.count("”"))
        inside.append(depth > 0)
    return inside
