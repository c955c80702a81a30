"""Where commitments are in their life, by the published rules: the facts, the state, and the reason in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from followthrough.assess import life as rules
from followthrough.assess.dates import months_free, newest
from followthrough.assess.life import DONE, Life, LifeFacts, LifeState
from followthrough.model.vocabulary import EdgeKind
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.document_facts import DocumentFacts
from followthrough.web.agreements.policy import visible_documents, visible_edges
from followthrough.web.agreements.rows import CommitmentRow, tail
from followthrough.web.evidence.summaries import CURRENT
from followthrough.web.followup.answers import Choice, text_of
from followthrough.web.followup.models import LifeDecision, Report, Submission
from followthrough.web.followup.states import Shown
from followthrough.web.kit.wording import day
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import anchored_rows

STATES = {
    LifeState.ACTIVE: gettext_lazy("active"),
    LifeState.DUE: gettext_lazy("due for review"),
    LifeState.IMPLEMENTED: gettext_lazy("implemented"),
    LifeState.SUPERSEDED: gettext_lazy("superseded"),
    LifeState.RETIRED: gettext_lazy("retired"),
}
ICONS = {
    LifeState.ACTIVE: "half", LifeState.DUE: "q", LifeState.IMPLEMENTED: "check", LifeState.SUPERSEDED: "back",
    LifeState.RETIRED: "dash",
}  # fmt: skip
TONES = {LifeState.DUE: "warn", LifeState.IMPLEMENTED: "good", LifeState.ACTIVE: "info"}


@dataclass(frozen=True, slots=True)
class Lived:
    """A commitment in its life: what the rules asked of it on a day, what follows, and a person's reason if any."""

    id: str
    ref: str
    said: str
    facts: LifeFacts
    life: Life
    day: str
    reason: str = ""
    decided_by: str = ""

    @property
    def state(self) -> str:
        """The state, as files write it."""
        return self.life.state.value

    @property
    def label(self) -> str:
        """The state in words."""
        return str(STATES[self.life.state])

    @property
    def icon(self) -> str:
        """The sign of the state."""
        return ICONS[self.life.state]

    @property
    def tone(self) -> str:
        """The colour of the state, where it has one."""
        return TONES.get(self.life.state, "")

    @property
    def because(self) -> str:
        """Why it is in this state, in a sentence."""
        return self.reason if self.life.rule == "V1" else found_by(self.life.rule, self.facts, self.day)

    @property
    def line(self) -> list[tuple[str, str, bool]]:
        """All states with their signs, and whether it is in them."""
        return [(str(words), ICONS[one], one is self.life.state) for one, words in STATES.items()]


def lives_of(
    doc: DocumentFacts,
    held: Sequence[CommitmentRow],
    by: Actor,
    today: str,
    dates: Mapping[str, list[str]] | None = None,
) -> dict[str, Lived]:
    """Return where commitments of one agreement are in their life on the day ``today``, by id.

    ``dates`` are those of the evidence linked to each place, where they are at hand.
    """
    keys = [one.id for one in held]
    places = {one.provision for one in held}
    dated = dated_claims(doc.id, by) if dates is None else dates
    recorded = _recorded(doc, keys, places, by)
    found = {}
    for one in held:
        state, *who = recorded.decided.get(one.id, ("", "", ""))
        facts = LifeFacts(
            LifeState(state) if state else None, recorded.edges.get(one.id, {}), doc.period_end,
            recorded.successors[0] if recorded.successors else "", recorded.reports.get(one.provision, {}),
            one.deadline, newest([*dated.get(one.id, ()), *dated.get(one.provision, ())], today), doc.begins,
        )  # fmt: skip
        found[one.id] = Lived(one.id, one.ref, one.said, facts, rules.life(facts, today), today, *who)
    return found


def dated_claims(document: str, by: Actor) -> dict[str, list[str]]:
    """Return the dates of the evidence linked to each place of an agreement."""
    found: dict[str, list[str]] = {}
    for anchor, (date,) in anchored_rows(("claim__date",), Scope(document=document, by=by), CURRENT):
        found.setdefault(anchor.place, []).append(date)
    return found


class _Recorded(NamedTuple):
    """What is on record of commitments: what ends each, what was decided of it, what follows, what parties say."""

    edges: dict[str, dict[str, str]]
    decided: dict[str, tuple[str, str, str]]
    successors: list[str]
    reports: dict[str, dict[str, str]]


def _recorded(doc: DocumentFacts, keys: Sequence[str], places: set[str], by: Actor) -> _Recorded:
    """Return what is recorded, with one query: lineage, decisions, the document that succeeds this one, and reports.

    Only a report that is accepted and public counts, and no cycle of which the public is shown nothing; examples never
    do.
    """
    ending = [*rules.FOLLOWED, EdgeKind.DROPS]
    edges = visible_edges(by).filter(earlier__in=keys, kind__in=ending, later__withdrawn="")
    decisions = LifeDecision.objects.filter(commitment__in=keys, taken_back=None)
    after = visible_documents(by).filter(succeeds=doc.id)
    told = Q(cycle__closed__isnull=False) | ~Q(cycle__shown=Shown.NOTHING)
    public = Submission.objects.filter(report=OuterRef("pk"), published__isnull=False).order_by("-number")
    asked = Report.objects.filter(told, provision__in=places, cycle__example=False)
    said = Coalesce(Cast(Subquery(public.values("answers")[:1]), TextField()), Value(""))
    parts = _as_text(edges, "edge", "earlier", "later", "kind").union(
        _as_text(decisions, "decided", "commitment", "state", "reason", "decided_by"),
        _as_text(after, "after", "adopted", "pk", "short_title"),
        _as_text(asked.annotate(said=said), "report", "cycle__opened", "provision", "party", "said"),
    )
    rows: list[tuple[str, str, str, str, str]] = sorted(parts)
    found = _Recorded({}, {}, [], _said([row[1:] for row in rows if row[0] == "report"]))
    for what, key, one, two, three in rows:
        if what == "edge":
            found.edges.setdefault(key, {})[one] = two
        elif what == "decided":
            found.decided[key] = (one, two, three)
        elif what == "after":
            found.successors.append(two)
    return found


def _as_text(held: QuerySet[Any], what: str, *names: str) -> Any:
    """Return rows with the word ``what`` and four cells of text, as a union takes them."""
    blank = Value("", output_field=TextField())
    cells: dict[str, Any] = {f"cell{at}": Cast(F(name), TextField()) for at, name in enumerate(names)}
    cells |= {f"cell{at}": blank for at in range(len(names), 4)}
    told = held.order_by().annotate(told=Value(what, output_field=TextField()), **cells)
    return told.values_list("told", "cell0", "cell1", "cell2", "cell3")


def _said(rows: Sequence[tuple[str, str, str, str]]) -> dict[str, dict[str, str]]:
    """Return what each party says that the newest cycle asks about a place, by place and party.

    ``rows`` are the moment a cycle was opened, place, party and answers, oldest first.
    """
    newest_cycle: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for opened, place, party, said in reversed(rows):
        asked = found.setdefault(place, {})
        if newest_cycle.setdefault(place, opened) == opened:
            asked[party] = ""
        if asked.get(party) == "" and said:
            asked[party] = _step(json.loads(said))
    return found


def _step(said: Mapping[str, Any]) -> str:
    """Return the step that an answer reports, or that it does not apply; nothing where it points to the one before."""
    choice = text_of(dict(said), "answer.choice")
    if choice == Choice.REPORT:
        return text_of(dict(said), "stage.stage") or "none"
    return "" if choice == Choice.NO_CHANGE else choice


def asked_by(rule: str) -> str:
    """Return what a rule asks, as a question."""
    return {
        "V1": _("Has an editor decided a state, with a reason?"),
        "V2": _("Has a later commitment or document taken its place?"),
        "V3": _("Has a later commitment dropped it?"),
        "V4": _("Has every party that was asked reported it carried out, and was that accepted and published?"),
        "V5": _("Is the newest evidence %(months)s months old, or a date of its own over?") % {"months": rules.MONTHS},
        "V6": _("Does none of the others hold?"),
    }[rule]


def found_by(rule: str, facts: LifeFacts, today: str) -> str:
    """Return what was found by a rule on a day, in words."""
    return {
        "V1": _no_decision, "V2": _followed, "V3": _dropped, "V4": _reported, "V5": _silent, "V6": _silent,
    }[rule](facts, today)  # fmt: skip


def _no_decision(facts: LifeFacts, _today: str) -> str:
    return _("Decided: %(state)s.") % {"state": STATES[facts.decided]} if facts.decided else _("No decision on record.")


def _followed(facts: LifeFacts, today: str) -> str:
    later = [tail(key) for key, kind in facts.edges.items() if kind in rules.FOLLOWED]
    if later:
        return _("A later commitment takes its place: %(later)s.") % {"later": ", ".join(later)}
    if facts.period_end and facts.successor:
        words = {"day": day(facts.period_end), "document": facts.successor}
        if rules.over(facts.period_end, today):
            return _("Its document ended on %(day)s; %(document)s follows it.") % words
        return _("Its document runs to %(day)s; %(document)s follows it.") % words
    return _("Nothing on record takes its place.")


def _dropped(facts: LifeFacts, _today: str) -> str:
    later = [tail(key) for key, kind in facts.edges.items() if kind == EdgeKind.DROPS]
    return _("Dropped by %(later)s.") % {"later": ", ".join(later)} if later else _("Nothing on record drops it.")


def _reported(facts: LifeFacts, _today: str) -> str:
    if not facts.asked:
        return _("No party was asked about it yet.")
    done = sum(said in DONE for said in facts.asked.values())
    told = sum(bool(said) for said in facts.asked.values())
    return _("%(told)s of %(asked)s parties have a public report; %(done)s say that it is carried out.") % {
        "told": told, "asked": len(facts.asked), "done": done,
    }  # fmt: skip


def _silent(facts: LifeFacts, today: str) -> str:
    if rules.over(facts.deadline, today):
        return _("Its own date, %(day)s, is over.") % {"day": facts.deadline}
    if rules.over(facts.period_end, today) and not facts.successor:
        return _("The period of its document ended on %(day)s, and none follows it.") % {"day": day(facts.period_end)}
    if not facts.newest:
        return _("No dated evidence on record.")
    months = months_free(facts.newest, today)
    return ngettext(
        "Newest evidence: %(day)s, %(months)s month before %(today)s.",
        "Newest evidence: %(day)s, %(months)s months before %(today)s.", months,
    ) % {"day": day(facts.newest), "months": months, "today": day(today)}  # fmt: skip


def tried(lived: Lived) -> list[tuple[str, str, str, bool]]:
    """Return the rules up to the one that holds: its id and title, what it asks, what was found, whether it holds."""
    lines = []
    for rule in rules.RULES:
        holds = rule.id == lived.life.rule
        lines.append((f"{rule.id} {rule.title}", asked_by(rule.id), found_by(rule.id, lived.facts, lived.day), holds))
        if holds:
            break
    return lines
