"""Who undertakes and who is asked, by class: the signatories, one party, an organ, a third party (C10, C15)."""

from __future__ import annotations

import re

from followthrough.model.vocabulary import ActorClass
from followthrough.register.addressees import is_own_organ
from followthrough.register.heads import SIGNATORIES
from followthrough.register.word_lists import alternation, word_set

_MEMBERS = word_set("subjects", "collectives", "bare_collectives", "pairs")
_ORGANS = word_set("subjects", "organs")
_ONE = re.compile(r"(?:each|every|either|neither|any)\b", re.I)
_KNOWN = re.compile(rf"\b{alternation('subjects', 'actor_names')}\b|\bUnited (?:States|Kingdom)\b")
_TOGETHER = re.compile(r"(?:^|\band )(?:[Tt]he )?[A-Z]")
"""Where a name begins: "Guatemala and the United States" are the signatories together."""
_HEAD = re.compile(r"\s(?:of|for|on|in|from|with)\s")


def class_of_actor(name: str) -> ActorClass:
    """Return the class of who undertakes: ``name`` as printed, or ``SIGNATORIES``."""
    if name == SIGNATORIES:
        return ActorClass.SIGNATORIES
    if _KNOWN.fullmatch(name.removeprefix("The ").removeprefix("the ")):
        return ActorClass.PARTY
    head = _HEAD.split(name, maxsplit=1)[0].lower().split()[-1]
    if head in _MEMBERS:
        return ActorClass.PARTY if _ONE.match(name) else ActorClass.SIGNATORIES
    if head in _ORGANS or name == "It":
        return ActorClass.ORGAN
    acronym = name.removeprefix("The ").replace(" and ", " ").isupper() and not _KNOWN.search(name)
    if acronym:
        return ActorClass.THIRD_PARTY
    together = len(_TOGETHER.findall(name)) > 1 or (head.endswith("s") and name[1:].islower())  # "Ferry operators"
    return ActorClass.SIGNATORIES if together else ActorClass.PARTY


def class_of_addressee(name: str, *, instructed: bool) -> ActorClass:
    """Return the class of who is asked; ``instructed`` where the undertaking is an order and no call."""
    return ActorClass.ORGAN if instructed or is_own_organ(name) else ActorClass.THIRD_PARTY
