"""Where one undertaking ends and the next begins within a sentence (S2-S5, S9): ``coordinated(sentence, head, stop)``.

From an operative verb the walk goes on token by token. ``openers`` say what a token opens (a complement, a purpose, a
means, a relative clause); ``junctions`` find the places where something may be coordinated; ``joined_verbs`` decide,
one function a rule, whether an undertaking of its own begins there. All three are given a ``Context`` and return an
``Effect``; only ``walk`` changes anything. A new rule of coordination is a function in ``joined_verbs.MATCHERS``, its
words a list in ``coordination.toml``.
"""

from __future__ import annotations

from followthrough.register.coordination.walk import coordinated

__all__ = ["coordinated"]
