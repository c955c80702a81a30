"""The walk from one operative verb to those coordinated with it: the only place where anything changes."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.coordination.groups import group_from
from followthrough.register.coordination.joined_verbs import MATCHERS
from followthrough.register.coordination.junctions import junction_at
from followthrough.register.coordination.openers import OPENING, loud_before, opened
from followthrough.register.coordination.state import Clause, Context, Effect, Junction, State
from followthrough.register.heads import Head
from followthrough.register.sentences import Sentence


def coordinated(sentence: Sentence, head: Head, stop: int) -> list[Head]:
    """Return ``head`` and the heads coordinated with it before token ``stop``, in the order of the text."""
    return _Walk(sentence, head, stop).run()


def with_group(sentence: Sentence, head: Head, stop: int) -> tuple[Head, int]:
    """Return the head with the verbs that share its object (S2), and the token after the last of them."""
    verbs, at = group_from(sentence, head.verb_at, head.form, stop)
    return replace(head, group=(*head.group, *(verb.lemma for verb in verbs))) if verbs else head, at


class _Walk:
    def __init__(self, sentence: Sentence, root: Head, stop: int) -> None:
        head, self.at = with_group(sentence, root, stop)
        self.heads = [head]
        modal = root.start < root.verb_at and sentence.is_modal(root.start)
        before = root.verb_at if root.modal and not modal else root.start  # "is to meet", "to meet"
        marked = before > 0 and sentence.tokens[before - 1].lower == "to"
        main = Clause("main", root.form, marked=marked, modal=modal)
        self.context = Context(sentence, stop, root, head, State((main,)))

    def run(self) -> list[Head]:
        tokens, stop, loud = self.context.sentence.tokens, self.context.stop, loud_before()
        while self.at < stop:
            at = self.at
            while at < stop and not (tokens[at].gap or tokens[at].lower in OPENING or tokens[at - 1].lower in loud):
                at += 1  # most words neither join nor open anything
            self.at = at
            if at == stop:
                break
            junction = junction_at(self.context, at)
            if junction is not None and self._begins(junction):
                continue
            effect = opened(self.context, at) if self.at == at else None
            if effect is not None:
                self._apply(effect)
            self.at = max(self.at, at + 1)
        return self.heads

    def _begins(self, junction: Junction) -> bool:
        """Ask the matchers in turn, each with what those before it changed; tell whether an undertaking begins."""
        for match in MATCHERS:
            effect = match(self.context, junction)
            if effect is None:
                continue
            if effect.begins is not None:
                self._end_before(junction, effect.begins)
            self._apply(effect)
            if effect.final or effect.begins is not None:
                return effect.begins is not None
        return False

    def _end_before(self, junction: Junction, following: Head) -> None:
        """The undertaking in hand ends before what leads to the next: "and, in particular, V", "and of V-ing"."""
        head = self.heads[-1]
        if head.end_before is None and following.start > junction.at:
            self.heads[-1] = replace(head, end_before=junction.at)

    def _apply(self, effect: Effect) -> None:
        state = effect.state or self.context.state
        if effect.head is not None:
            self.heads[-1] = effect.head
        if effect.begins is not None:
            head, self.at = with_group(self.context.sentence, effect.begins, self.context.stop)
            self.heads.append(head)
            self._look(head, state)
            return
        self.at = max(self.at, effect.resume or 0)
        self._look(effect.head or self.context.head, state)

    def _look(self, head: Head, state: State) -> None:
        was = self.context
        if head is was.head and state is was.state:
            return
        self.context = Context(was.sentence, was.stop, was.root, head, state)
