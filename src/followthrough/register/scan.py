"""From one operative verb to those coordinated with it: where one undertaking ends and the next begins (S2-S5, S9)."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.heads import AND, BASE, ING, SPEECH, SPOKEN, Finder, Head
from followthrough.register.joints import Joint, State
from followthrough.register.verbs import Form, Verb
from followthrough.register.words import word_set

GOVERNING_NOUNS = word_set(
    "efforts effort commitment commitments need importance necessity determination resolve intention readiness "
    "willingness pledge desire request call appeal invitation urgency"
)
RECOGNISED_NOUNS = GOVERNING_NOUNS - {"efforts", "effort", "request", "call", "appeal", "invitation"}
_MEANS = word_set("by through including via without upon")
_RELATIVES = word_set("that which who whose where whereby")
_RESULT = word_set("thus thereby hence therefore")
_PASSING = frozenset({"pass", "call", "own", "encourage"})
_JOINTLY = word_set("cooperate collaborate work partner engage coordinate focus concentrate")
_PREPOSITIONS = word_set("for with in of to on from by against")
_NEED = word_set("need importance necessity urgency")


class Scanner:
    """Walks the words after a head up to ``stop`` and collects the heads that are coordinated with it."""

    def __init__(self, finder: Finder, head: Head, stop: int) -> None:
        self.finder = finder
        self.words = finder.words
        self.stop = stop
        self.heads: list[Head] = []
        self.quoted = finder.quoted
        self.state = State()
        self.root = head
        self.at = self._open(head)

    def run(self) -> list[Head]:
        """Return the head and those coordinated with it, in the order of the text."""
        while self.at < self.stop:
            joint = self._joint(self.at)
            if joint is None or not self._coordinated(joint):
                self._observe(self.at)
                self.at += 1
        return self.heads

    # What a head opens

    def _open(self, head: Head) -> int:
        """Take up ``head`` with the verbs that share its object (S2), and return the word to go on with."""
        at, group = head.verb_at + 1, [*head.group]
        while at < self.stop:
            step = at + 1 if self.words[at].lower in AND else at if self.words[at].gap == "," else None
            if step is None or step >= self.stop:
                break
            following = self.finder.skip_adverbs(step)
            found = self.finder.read(following, frozenset({head.form})) if following < self.stop else None
            if found is None or found[1].act == "none" or self._starts_object(following, found[1]):
                break
            group.append(found[1].lemma)
            at = following + 1
        self.heads.append(replace(head, group=tuple(group)))
        self.state = State()
        return at

    def _starts_object(self, at: int, verb: Verb) -> bool:
        return verb.noun and self.finder.is_noun(at, verb)

    def _observe(self, at: int) -> None:
        """Note what word ``at`` opens: a complement, a purpose, a means, a relative clause."""
        word, state, head = self.words[at], self.state, self.heads[-1]
        nouns = RECOGNISED_NOUNS if head.verb.act == "recognise" else GOVERNING_NOUNS
        if word.lower in nouns and state.complement is None and not state.purpose and not state.gerund:
            state.governor_at = at
        elif word.lower == "to" and at + 1 < self.stop:
            self._infinitive(at)
        elif (word.lower in {"of", "on", "for"} and state.governor_at == at - 1 and self._verb(at + 1, ING)) or (
            word.lower in {"on", "in"} and self._jointly(at) and self._verb(at + 1, ING)
        ):
            self._complete(at + 1, "ing")
        elif word.lower in _MEANS and self._verb(at + 1, ING):
            state.gerund = True
        elif word.lower in _RELATIVES:
            state.relative = True
        elif word.gap == "," and self._verb(at, ING) and head.verb_at < at:
            state.gerund = True

    def _jointly(self, at: int) -> bool:
        """Tell whether "cooperate on" or "work together in" stands before what is done: it governs gerunds (S3)."""
        head, state = self.heads[-1], self.state
        near = 0 < at - head.verb_at <= 3 and state.complement is None and not (state.purpose or state.gerund)
        return near and head.verb.lemma in _JOINTLY

    def _infinitive(self, at: int) -> None:
        state, head = self.state, self.heads[-1]
        governed = self._governs(head, at)
        if state.complement is None and governed and self._verb(at + 1, BASE, certain=True):
            self._complete(at + 1, "base")
        elif state.complement is None and governed and self._verb(at + 1, ING):
            self._complete(at + 1, "ing")
        elif self._verb(at + 1, BASE):
            state.purpose = True
        elif self._verb(at + 1, ING) and self.words[at - 1].lower in {"view", "contribute"}:
            state.gerund = state.gerund or self.words[at - 1].lower == "view"

    def _governs(self, head: Head, at: int) -> bool:
        """Tell whether the "to" at word ``at`` belongs to the head or to a noun such as "efforts"."""
        if self.state.purpose or self.state.gerund or self.words[at - 1].lower in {"order", "as"}:
            return False
        if self.state.governor_at is not None:
            return at - self.state.governor_at <= 10
        if not head.verb.governs or (head.governor is not None and head.verb.act not in _PASSING):
            return False
        return head.verb.act != "pass" or at - head.verb_at <= 8

    def _verb(self, at: int, wanted: frozenset[Form], certain: bool = False) -> bool:
        at = self.finder.skip_adverbs(at) if at < self.stop else at
        if at >= self.stop:
            return False
        found = self.finder.read(at, wanted)
        if found is not None:
            return True
        word = self.words[at].lower
        return certain and word.isalpha() and word not in {"the", "a", "an", "our", "all", "their", "this", "its"}

    def _complete(self, at: int, form: Form) -> None:
        at = self.finder.skip_adverbs(at)
        found = self.finder.read(at, frozenset({form}))
        self.state.complement = form
        self.state.inner_at = at
        self.state.gerund = False
        if found is not None:
            self.heads[-1] = replace(self.heads[-1], inner=found[1])

    # What is coordinated

    def _joint(self, at: int) -> Joint | None:
        if at == 0 or at <= self.heads[-1].verb_at:
            return None
        word, before = self.words[at], self.words[at - 1]
        if word.lower in AND or self.quoted[at]:
            return None
        well = before.lower == "as" and at > 2 and self.words[at - 2].lower == "well"
        joined = before.lower in AND or well
        gap = self.words[at - 3].gap if well else before.gap if joined else word.gap
        comma, semicolon = "," in gap, ";" in gap
        if not (joined or comma or semicolon or word.lower == "while"):
            return None
        return Joint(self.finder.past_phrase(at), self.finder.skip_adverbs(at), joined, comma, semicolon)

    def _coordinated(self, joint: Joint) -> bool:
        """Take up what stands at ``joint`` when it is an undertaking of its own; return whether it was one."""
        if joint.verb_at >= self.stop or self._shares_object(joint) or self._no_verb(joint):
            return False
        if any(self.words[at].lower in _RESULT for at in range(joint.begin, joint.verb_at)):
            self.state.purpose = True
            return False
        return (
            self._while(joint)
            or self._recognition(joint)
            or self._need(joint)
            or self._modal(joint)
            or self._to(joint)
            or self._finite(joint)
            or self._gerund(joint)
            or self._listed(joint)
        )

    def _shares_object(self, joint: Joint) -> bool:
        """S2: "support for, and strengthen cooperation with, the Fund" has one object, which is still to come."""
        last = self.words[joint.begin - 2].lower if joint.joined and joint.begin > 1 else ""
        return joint.comma and last in _PREPOSITIONS and self.words[joint.begin - 1].lower in AND

    def _no_verb(self, joint: Joint) -> bool:
        """Tell whether "and" joins adverbs, "fully and jointly act", or the words of a name, "Rip and Replace"."""
        before, after = self.words[joint.begin - 2].lower if joint.begin > 1 else "", self.words[joint.begin].lower
        adverbs = before.endswith("ly") and after.endswith("ly") and joint.begin < joint.verb_at
        named = self.words[joint.verb_at].text[:1].isupper() and (joint.joined or joint.comma)
        return (joint.joined and adverbs) or (named and not joint.semicolon)

    def _while(self, joint: Joint) -> bool:
        """S5: "while continuing to V" is a commitment of its own."""
        if self.words[joint.begin].lower != "while":
            return False
        at = self.finder.skip_adverbs(joint.begin + 1)
        found = self.finder.read(at, ING) if at < self.stop else None
        if found is None or found[1].lemma != "continue":
            self.state.gerund = True
            return False
        self._take(Head(at, at, found[1], "ing", (found[1].lemma,), self.root.subject, rule="S5"))
        return True

    def _recognition(self, joint: Joint) -> bool:
        """S8: a comma-set "noting ..." or "while acknowledging ..." is outside the span."""
        at = joint.begin + (1 if self.words[joint.begin].lower == "while" else 0)
        at = self.finder.skip_adverbs(at)
        found = self.finder.read(at, ING) if at < self.stop else None
        if found is None or found[1].act != "recognise" or not joint.comma or joint.joined:
            return False
        head = self.heads[-1]
        if head.cut is None and not (head.verb.act == "call" and self.state.complement is None):
            self.heads[-1] = replace(head, cut=joint.begin)
        self.state.gerund = True
        return False

    def _modal(self, joint: Joint) -> bool:
        """S3: "... and will V" has the subject of the head before it."""
        if self.words[joint.begin].lower not in {"will", "shall"} or self.words[joint.begin - 1].lower != "and":
            return False
        if self.state.relative and not joint.comma:
            return False
        head = self.finder.predicate(joint.begin, self.root.subject)
        if head is None or head.verb_at >= self.stop:
            return False
        self._take(replace(head, rule="S3"))
        return True

    def _need(self, joint: Joint) -> bool:
        """S9: "... and the need to V", "... and the importance of V-ing" beside another object."""
        if self.heads[-1].verb.act != "recognise" or not (joint.joined or joint.semicolon):
            return False
        at = joint.begin + (1 if self.words[joint.begin].lower == "the" else 0)
        if at + 2 >= self.stop or self.words[at].lower not in _NEED:
            return False
        form: Form = "base" if self.words[at + 1].lower == "to" else "ing"
        verb_at = self.finder.skip_adverbs(at + 2)
        found = self.finder.read(verb_at, frozenset({form})) if verb_at < self.stop else None
        if found is None:
            return False
        self._take(self._governed(at, verb_at, form, found[1]), complement=form)
        return True

    def _to(self, joint: Joint) -> bool:
        """S3, S9: "call upon X to A y, to B z": each infinitive under one governor."""
        form = self.state.complement
        if self.words[joint.begin].lower != "to" or form is None:
            return False
        if self.state.purpose and not (joint.joined and joint.comma):
            return False
        if not joint.joined and not joint.semicolon and not self._list_goes_on(joint.begin):
            return False
        begin = joint.begin + 1
        verb_at = self.finder.skip_adverbs(begin) if begin < self.stop else self.stop
        found = self.finder.read(verb_at, frozenset({form})) if verb_at < self.stop else None
        if found is None:
            return False
        self._take(self._governed(begin, verb_at, *found), complement=form)
        return True

    def _list_goes_on(self, at: int) -> bool:
        """Tell whether "..., and to V" follows, which makes a bare ", to V" a member of a list and not a purpose."""
        return any(
            self.words[later].lower == "to" and self.words[later - 1].lower in AND for later in range(at + 1, self.stop)
        )

    def _finite(self, joint: Joint) -> bool:
        """S3: verb phrases of the head's own form with objects of their own."""
        form = "base" if self.state.complement == "base" else self.heads[-1].form
        if form == "ing" and self.root.form != "ing":
            form = self.root.form
        wanted = frozenset({form, self.root.form}) - {"ing"}
        found = self.finder.read(joint.verb_at, wanted) if wanted else None
        if found is None:
            return self._unlisted(joint)
        if joint.joined and joint.begin - 2 == self.state.inner_at:
            self.state.inner_at = joint.verb_at  # S2: a second verb over the same object
            return False
        if found[1].act == "none":
            return self._cut(joint, *found)
        if found[0] == "base" and self.finder.is_noun(joint.verb_at, found[1]):
            return False
        if not self._attaches(joint, *found):
            return False
        spoken = SPEECH if self.root.verb.act != "recognise" else SPOKEN
        speech = found[1].act in spoken and self.heads[-1].verb.act != "call"
        under = self.state.complement == "base" and found[0] == "base" and not (speech and self.root.form == "base")
        if under:
            self._take(self._governed(joint.begin, joint.verb_at, *found), complement="base")
        else:
            self._take(self._beside(joint, *found))
        return True

    def _cut(self, joint: Joint, form: Form, verb: Verb) -> bool:
        """S7: concern or condemnation beside an undertaking ends its span and is not one itself."""
        head = self.heads[-1]
        if form == self.root.form and not verb.noun and joint.joined and head.cut is None:
            self.heads[-1] = replace(head, cut=joint.begin)
        return False

    def _unlisted(self, joint: Joint) -> bool:
        """S9: "be better prepared to" after "the need to A and": the one passive that stands as a verb."""
        if self.state.complement != "base" or not joint.joined or self.words[joint.begin].lower != "be":
            return False
        verb = Verb("be " + " ".join(self._passive(joint.begin + 1)), "", "act", 4, governs=False, noun=False)
        self._take(self._governed(joint.begin, joint.begin, "base", verb), complement="base")
        return True

    def _passive(self, at: int) -> list[str]:
        """Return the adverbs and the participle after "be"."""
        words: list[str] = []
        while at < self.stop and len(words) < 3:
            words.append(self.words[at].lower)
            if self.words[at].lower.endswith("ed"):
                break
            at += 1
        return words

    def _attaches(self, joint: Joint, form: Form, verb: Verb) -> bool:
        """Tell whether a finite verb goes with the head and not with a purpose or relative clause before it."""
        state = self.state
        marked = joint.begin < joint.verb_at and joint.joined
        spoken = SPEECH if form == "base" else SPOKEN
        if verb.act in spoken and form == self.root.form and (joint.joined or joint.comma):
            return True
        if joint.semicolon:
            return not state.gerund
        if not (state.purpose or state.relative):
            return joint.joined or self._has_object(joint.verb_at)
        if state.absorbed:
            return False
        if (joint.joined and joint.comma) or (marked and not state.purpose):
            return True
        if joint.comma and not joint.joined:
            state.absorbed = True
        return False

    def _has_object(self, at: int) -> bool:
        if at + 1 >= self.stop:
            return False
        following = self.words[at + 1]
        return not following.gap and following.lower not in AND

    def _gerund(self, joint: Joint) -> bool:
        """S3, S4: "efforts to A x and B-ing y"; gerunds parted by semicolons; lists under "importance of A-ing"."""
        found = self.finder.read(joint.verb_at, ING)
        state = self.state
        if found is None or found[1].act == "none" or (found[1].act == "recognise" and not joint.semicolon):
            return False
        if joint.semicolon and not state.gerund:
            self._take(self._governed(joint.begin, joint.verb_at, "ing", found[1], "S4"), complement=state.complement)
            return True
        free = not (state.purpose or state.gerund or state.relative)
        if not free or state.complement is None:
            return False
        if joint.joined and joint.begin - 2 == state.inner_at:
            state.inner_at = joint.verb_at
            return False
        if not self._goes_on(joint):
            return False
        self._take(self._governed(joint.begin, joint.verb_at, "ing", found[1]), complement=state.complement)
        return True

    def _goes_on(self, joint: Joint) -> bool:
        """Tell whether a gerund is done to something ("aviation and shipping," is not), or is one of a list of them."""
        after = joint.verb_at + 1
        if joint.joined:
            paired = after < self.stop and (self.words[after].lower not in AND or self._verb(after + 1, ING))
            return paired and "," not in self.words[after].gap
        return self.state.complement == "ing" and self._gerunds_go_on(joint.begin)

    def _gerunds_go_on(self, at: int) -> bool:
        """Tell whether "..., and V-ing" follows, which makes a bare ", V-ing" a member of a list."""
        return any(
            self.words[later - 1].lower in AND and self.words[later - 1].gap == "," and self._verb(later, ING)
            for later in range(at + 1, self.stop)
        )

    def _listed(self, joint: Joint) -> bool:
        """S4: objects of one verb that are parted by semicolons."""
        if not joint.semicolon or self.state.gerund or (self.stop - joint.begin < 2 and not joint.joined):
            return False
        head = self.heads[-1]
        source = head if head.governor is None else replace(head, verb=head.governor, group=(head.governor.lemma,))
        self._take(
            Head(
                joint.begin, joint.begin, source.verb, "base", source.group, head.subject, source.verb, None, rule="S4"
            ),
            complement=None,
        )
        return True

    # How it is taken up

    def _governed(self, at: int, verb_at: int, form: Form, verb: Verb, rule: str | None = None) -> Head:
        head = self.heads[-1]
        governor = head.governor or head.verb
        named = rule or ("S9" if governor.act == "recognise" else "S3")
        return Head(at, verb_at, verb, form, (verb.lemma,), self.root.subject, governor, rule=named)

    def _beside(self, joint: Joint, form: Form, verb: Verb) -> Head:
        return Head(joint.begin, joint.verb_at, verb, form, (verb.lemma,), self.root.subject, None, rule="S3")

    def _take(self, head: Head, complement: Form | None = None) -> None:
        self.at = self._open(head)
        self.state.complement = complement
