"""The rules of the register, as they are published."""

from __future__ import annotations

from followthrough.model.rules import Rule

_COORDINATION = "followthrough.register.coordination.coordinated"
_KIND = "followthrough.register.kinds.kind"
_STRENGTH = "followthrough.register.strength.strength"


def _rule(id: str, area: str, title: str, text: str, implemented_by: str) -> Rule:
    return Rule(id, 1, area, title, text, implemented_by)


RULES: tuple[Rule, ...] = (
    _rule(
        "S1",
        "split",
        "The unit",
        "An operative verb, or verb group, with its own object, whose subject is the signatories, the adopting body, "
        "or a third party that they address.",
        "followthrough.register.predicates.heads_after_subjects",
    ),
    _rule(
        "S2",
        "split",
        "One object, one commitment",
        "Verbs coordinated over the same object are one commitment.",
        _COORDINATION,
    ),
    _rule(
        "S3",
        "split",
        "Different objects, different commitments",
        "Verb phrases with objects of their own are separate, also when they hang on one governing verb.",
        _COORDINATION,
    ),
    _rule(
        "S4",
        "split",
        "Lists of objects",
        "Objects listed under one verb stay one, unless semicolons or bullets part them or an item has its own verb.",
        _COORDINATION,
    ),
    _rule(
        "S5",
        "split",
        "Means, purpose, result, manner",
        "They belong to the commitment they modify, inside its span, and are marked apart; 'while continuing to' is a "
        "commitment of its own.",
        "followthrough.register.adjuncts.adjuncts",
    ),
    _rule(
        "S6",
        "split",
        "Recognition",
        "Verbs of recognition (note, recall, recognise, reaffirm, welcome and their like) make a reaffirmation, "
        "whatever they govern, of strength 1.",
        _KIND,
    ),
    _rule(
        "S7",
        "split",
        "What is not catalogued",
        "Preamble, headings, narration, concern and condemnation, impersonal statements, relative clauses and "
        "recognition adjuncts.",
        "followthrough.register.predicates.heads_after_subjects",
    ),
    _rule(
        "S8",
        "split",
        "The span",
        "From the operative verb with its modality to the last character of the undertaking, without trailing "
        "punctuation or 'and'; a comma-set recognition adjunct is outside. Spans of a provision never overlap.",
        "followthrough.register.splitting.Splitter",
    ),
    _rule(
        "S9",
        "split",
        "Needs and importance",
        "An object coordinated with 'the need to' or 'the importance of' is split like coordinated verb phrases.",
        _COORDINATION,
    ),
    _rule(
        "S10",
        "split",
        "Instruments",
        "Proper-noun agreements, resolutions, plans, funds, programmes, partnerships and dedicated bodies, as printed, "
        "in the longest form, with the full name beside an acronym; not addressees, events, goals or generic phrases.",
        "followthrough.register.instruments.instruments",
    ),
    _rule(
        "S12",
        "split",
        "Who may undertake, in every genre",
        "Any noun phrase for members of the parties or their organs is a subject; a resolution, memorandum, treaty or "
        "plan words its undertakings in its own way, down to 'Launch of a desk'. What 'we' said then is narration.",
        "followthrough.register.genres.genre",
    ),
    _rule(
        "K1",
        "kind",
        "Action",
        "What is neither of the other kinds is action, as is instruction of one's own organs.",
        _KIND,
    ),
    _rule(
        "K2",
        "kind",
        "Support",
        "The head verb supports, assists or helps an actor or what an actor does, or aims at another actor's capacity.",
        _KIND,
    ),
    _rule(
        "K3",
        "kind",
        "Principle",
        "A rule of conduct: freedom of navigation, peaceful settlement, non-use of force, refraining from harm.",
        _KIND,
    ),
    _rule("K4", "kind", "Call", "What is asked of a third party, or encouraged, whoever it is asked of.", _KIND),
    _rule("ST1", "strength", "1 minimal", "Every reaffirmation.", _STRENGTH),
    _rule("ST2", "strength", "2 continuation", "Continue, maintain, remain committed.", _STRENGTH),
    _rule("ST3", "strength", "3 consideration", "Consider, explore.", _STRENGTH),
    _rule("ST4", "strength", "4 general action", "Strengthen, enhance, promote, support and their like.", _STRENGTH),
    _rule(
        "ST5",
        "strength",
        "5 specific action",
        "Establish, conclude, adopt, implement a named instrument, a dated deliverable, instruct one's own organs.",
        _STRENGTH,
    ),
    _rule(
        "D1",
        "terms",
        "Deadlines and quantities",
        "Only what binds the undertaking: a year or number inside an instrument's name is neither.",
        "followthrough.register.deadlines.deadline",
    ),
)
