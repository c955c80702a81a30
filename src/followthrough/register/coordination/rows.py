"""The undertaking that begins with a verb at a junction."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.coordination.members import Member
from followthrough.register.coordination.state import Clause, Context, Effect, State
from followthrough.register.heads import Head
from followthrough.register.predicates import head_after
from followthrough.register.verbs import Form

NOTHING = Effect(final=True)
"""No undertaking begins, and no other rule is asked."""


def recognised(context: Context) -> bool:
    """Tell whether the undertaking in hand recognises something."""
    return (context.head.governor or context.head.verb).speech_act == "recognise"


def inside(context: Context) -> State:
    """Return the state inside an undertaking that nothing governs."""
    return State((Clause("main", context.root.form, modal=context.state.clauses[0].modal),))


def row(context: Context, one: Member, at: int, governed: Form | None = None) -> Effect:
    """Return that an undertaking begins with a member that continues the clause at index ``at``."""
    root, clauses = context.root, context.state.back_to(at)
    if one.mark == "modal":
        head = head_after(context.sentence, one.begin, root.subject)
        if head is None or head.verb_at >= context.stop:
            return NOTHING
        return Effect(begins=replace(head, rule="S3"), state=State((replace(clauses[0], modal=True),)))
    verb_head = Head(one.begin, one.verb_at, one.verb, one.form, (one.verb.lemma,), root.subject)
    if clauses[-1].role == "main" and governed is None and one.form == root.form:
        return Effect(begins=replace(verb_head, rule="S3", modal=clauses[0].modal), state=State(clauses))
    governor = context.head.governor or context.head.verb
    rule = "S9" if governor.speech_act == "recognise" else "S3"
    if governed is not None:
        clauses = (clauses[0], Clause("governed", governed, marked=governed == "base"))
    return Effect(begins=replace(verb_head, governor=governor, rule=rule), state=State(clauses))
