"""The walk from one operative verb to those coordinated with it: the only place where anything changes."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.coordination.joined_verbs import MATCHERS
from followthrough.register.coordination.junctions import junction_at
from followthrough.register.coordination.openers import opened
from followthrough.register.coordination.state import Context, Effect, Junction, State
from followthrough.register.heads import Head
from followthrough.register.sentences import CONJUNCTIONS, Sentence


def coordinated(sentence: Sentence, head: Head, stop: int) -> list[Head]:
    """Return ``head`` and the heads coordinated with it before token ``stop``, in the order of the text."""
    return _Walk(sentence, head, stop).run()


def with_group(sentence: Sentence, head: Head, stop: int) -> tuple[Head, int]:
    """Return the head with the verbs that share its object (S2), and the token after the last of them."""
    at, group = head.verb_at + 1, [*head.group]
    while at < stop:
        token = sentence.tokens[at]
        step = at + 1 if token.lower in CONJUNCTIONS else at if token.gap == "," else None
        if step is None or step >= stop:
            break
        following = sentence.skip_adverbs(step)
        found = sentence.read(following, frozenset({head.form})) if following < stop else None
        if found is None or found[1].speech_act == "none":
            break
        if found[1].noun and sentence.is_noun(following, found[1]):
            break
        group.append(found[1].lemma)
        at = following + 1
    return replace(head, group=tuple(group)), at


class _Walk:
    def __init__(self, sentence: Sentence, root: Head, stop: int) -> None:
        head, self.at = with_group(sentence, root, stop)
        self.heads = [head]
        self.context = Context(sentence, stop, root, head, State())

    def run(self) -> list[Head]:
        while self.at < self.context.stop:
            junction = junction_at(self.context, self.at)
            if junction is None or not self._begins(junction):
                self._apply(opened(self.context, self.at))
                self.at += 1
        return self.heads

    def _begins(self, junction: Junction) -> bool:
        """Ask the matchers in turn, each with what those before it changed; tell whether an undertaking begins."""
        for match in MATCHERS:
            effect = match(self.context, junction)
            self._apply(effect)
            if effect is not None and (effect.final or effect.begins is not None):
                return effect.begins is not None
        return False

    def _apply(self, effect: Effect | None) -> None:
        if effect is None:
            return
        if effect.begins is not None:
            head, self.at = with_group(self.context.sentence, effect.begins, self.context.stop)
            self.heads.append(head)
            self.context = replace(self.context, head=head, state=State(complement=effect.complement))
            return
        if effect.head is not None:
            self.heads[-1] = effect.head
        head, state = effect.head or self.context.head, effect.state or self.context.state
        self.context = replace(self.context, head=head, state=state)
