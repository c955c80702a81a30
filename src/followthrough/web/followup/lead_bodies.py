"""Which body answers for a paragraph: proposed from the last cycle, from lineage, from meetings and from projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_edges
from followthrough.web.followup.models import Assignment, Cycle
from followthrough.web.links.scope import Scope

LONGEST_LEAD = 120


@dataclass(slots=True)
class Known:
    """What earlier cycles and the register know of a paragraph: the bodies named, and the parties asked before it."""

    leads: list[str] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)

    @property
    def lead(self) -> str:
        """The body that is proposed: the first that is named."""
        return next((one.strip()[:LONGEST_LEAD] for one in self.leads if one.strip()), "")


def known_bodies(
    document: str, places: Mapping[str, Sequence[str]], previous: Cycle | None, by: Actor
) -> dict[str, Known]:
    """Return what is known of each place, given with its commitments; what is nearest to it is named first.

    The last cycle comes before the cycles of agreements that lineage leads to, these before the body that met most
    often about it, and that before who leads most of its activities.
    """
    home = {key: place for place, keys in places.items() for key in keys}
    found = {place: Known() for place in places}
    if previous is not None:
        held: Any = Assignment.objects.filter(report__cycle=previous, commitment__in=home).order_by("pk")
        for key, lead in held.values_list("commitment", "lead").distinct():
            found[home[key]].leads.append(lead)
    for key, lead, party in _by_lineage(home, by, example=previous.example if previous else False):
        found[home[key]].leads.append(lead)
        found[home[key]].parties.add(party)
    for subject, column in (("meeting", "body"), ("activity", "lead_body")):
        for place, bodies in _by_links(document, home, subject, column, by).items():
            if place in found:
                found[place].leads += [
                    name for name, _times in sorted(bodies.items(), key=lambda one: (-one[1], one[0]))
                ]
    return found


def _by_lineage(home: Mapping[str, str], by: Actor, *, example: bool) -> list[tuple[str, str, str]]:
    """Return of the commitments of ``home`` what was asked of those that lineage ties them to: lead body and party."""
    edges = visible_edges(by).filter(Q(later__in=home) | Q(earlier__in=home)).order_by("pk")
    ends = [pair for later, earlier in edges.values_list("later_id", "earlier_id") for pair in
            ((later, earlier), (earlier, later)) if pair[0] in home]  # fmt: skip
    asked: dict[str, list[tuple[str, str]]] = {}
    rows: Any = Assignment.objects.filter(
        commitment__in={other for _one, other in ends}, report__cycle__example=example
    ).order_by("-report__cycle__opened", "pk")
    for key, lead, party in rows.values_list("commitment", "lead", "report__party"):
        asked.setdefault(key, []).append((lead, party))
    return [(one, lead, party) for one, other in ends for lead, party in asked.get(other, ())]


def _by_links(document: str, home: Mapping[str, str], subject: str, column: str, by: Actor) -> dict[str, Counter[str]]:
    """Return how often each body is named by what is linked to a place or to its commitments."""
    found: dict[str, Counter[str]] = {}
    cell = f"{subject}__{column}"
    current = {f"{subject}__withdrawn": ""}
    of_commitments, of_places = (held.filter(**current) for held in Scope(document=document, by=by).links(subject))
    rows = [(home.get(key, ""), body) for key, body in of_commitments.values_list("commitment", cell)]
    rows += list(of_places.values_list("provision", cell))
    for place, body in rows:
        if body:
            found.setdefault(place, Counter())[body] += 1
    return found
