"""What the fields of forms are called on the screen: an error speaks of a field in the words of its label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext_lazy as lazy

from followthrough.web.kit.wording import capital, plain

LABELS = {
    "sources.url": lazy("Address"),
    "sources.title": lazy("Title"),
    "sources.publisher": lazy("Publisher"),
    "sources.publisher_kind": lazy("Kind of publisher"),
    "sources.published": lazy("Published on"),
    "sources.language": lazy("Language"),
    "sources.archived": lazy("Address of an archived copy"),
    "source.words": lazy("Look for a source that is here already"),
    "source": lazy("A source that is here already"),
    "claims.statement": lazy("Statement, in our own words"),
    "claims.kind": lazy("Kind"),
    "claims.date": lazy("Date of the event"),
    "claims.value": lazy("Value, where it is a figure"),
    "claims.unit": lazy("Unit"),
    "claims.stance": lazy("Stance"),
    "claims.reproducible": lazy("Is the underlying list published?"),
    "claims.quote": lazy("Words of the source, where they may be quoted"),
    "claims.notes": lazy("Notes"),
    "activities.title": lazy("Title"),
    "activities.statement": lazy("What is done, in our own words"),
    "activities.kind": lazy("Kind"),
    "activities.state": lazy("Where it stands"),
    "activities.status": lazy("As its source prints it"),
    "activities.start": lazy("Begins"),
    "activities.end": lazy("Ends"),
    "activities.budget": lazy("Budget"),
    "activities.currency": lazy("Currency"),
    "activities.fund": lazy("Paid by"),
    "activities.parent": lazy("Part of the activity"),
    "activities.lead_body": lazy("Led by"),
    "links.role": lazy("Role"),
    "links.share": lazy("Share of its money for each, in per cent"),
    "links.rationale": lazy("Why, in one line"),
    "search_words.words": lazy("Words by language"),
    "shown_name": lazy("Name that is shown beside a comment"),
    "commitments": lazy("Commitments"),
    "parties": lazy("Parties"),
    "places": lazy("Ids of commitments or paragraphs"),
    "link": lazy("Links"),
    "documents.implements": lazy("Implements"),
    "documents.succeeds": lazy("Succeeds"),
    "documents.period_start": lazy("Covers the time from"),
    "documents.period_end": lazy("Covers the time until"),
    "edges.later": lazy("The later commitment"),
    "edges.earlier": lazy("The earlier commitment"),
    "edges.kind": lazy("What it does"),
    "edges.rationale": lazy("Why, in one line"),
    "memberships.organisation": lazy("Organisation"),
    "memberships.party": lazy("Member"),
    "memberships.since": lazy("Since"),
    "memberships.until": lazy("Until"),
    "targets.statement": lazy("Target, in our own words"),
    "targets.value": lazy("Number"),
    "targets.unit": lazy("Unit"),
    "targets.due": lazy("Due"),
    "targets.announced": lazy("Announced on"),
    "targets.series": lazy("Measured by"),
    "targets.repeats": lazy("Repeats the target"),
    "meetings.body": lazy("Body"),
    "meetings.date": lazy("Date"),
    "meetings.number": lazy("Number of the meeting"),
    "meetings.place": lazy("Place"),
    "meetings.result": lazy("Result"),
    "instruments.name": lazy("Name"),
    "instruments.kind": lazy("Kind"),
    "instruments.established": lazy("Established"),
    "instruments.custodian": lazy("Kept by"),
    "instruments.open_to": lazy("Open to the members of"),
    "party_events.instrument": lazy("Instrument"),
    "party_events.party": lazy("Party"),
    "party_events.event": lazy("Treaty action"),
    "party_events.date": lazy("On"),
    "fund_figures.fund": lazy("Fund"),
    "fund_figures.kind": lazy("What the figure counts"),
    "fund_figures.amount": lazy("Amount"),
    "fund_figures.currency": lazy("Currency"),
    "fund_figures.period": lazy("Year"),
    "fund_figures.due": lazy("Promised for"),
    "fund_figures.statement": lazy("What is said"),
    "indicators.title": lazy("Title"),
    "indicators.definition": lazy("Definition"),
    "indicators.unit": lazy("Unit"),
    "indicators.direction": lazy("Direction"),
    "indicators.aggregation": lazy("Sum of the parties"),
    "indicators.note": lazy("Note"),
    "indicators.target": lazy("Target"),
    "indicators.target_year": lazy("Year of the target"),
    "indicators.target_says": lazy("Target set by"),
    "indicators.limit": lazy("Natural end"),
    "indicators.base_year": lazy("Year it begins with"),
    "linked": lazy("Paragraphs or commitments"),
    "party1": lazy("Party"),
    "party2": lazy("Another party"),
    "party3": lazy("A third party"),
    "party4": lazy("A fourth party"),
    "signed": lazy("Tick who is no party to it"),
    "parties.short_name": lazy("Short name"),
    "parties.name": lazy("Name of the organisation"),
    "conflicts.topic": lazy("The question on which they disagree"),
    "conflicts.note": lazy("Note"),
    "others": lazy("Ids of the other evidence items"),
    "date": lazy("When"),
    "full": lazy("Kept"),
    "partial": lazy("Kept in part"),
    "none": lazy("Not kept"),
    "answer": lazy("What became of it"),
    "item": lazy("Which evidence item"),
    "outcome": lazy("What you do with it"),
    "place": lazy("Place"),
    "text": lazy("What is missing or wrong"),
    "reply": lazy("Reply, to be published beside the result"),
    "url": lazy("Address of a source"),
    "contact": lazy("How to reach you, if you want an answer"),
    "title": lazy("Title, as adopted"),
    "short_title": lazy("Short title, for lists"),
    "kind": lazy("Kind"),
    "adopted": lazy("Adopted on"),
    "language": lazy("Language"),
    "summary": lazy("Summary in our words"),
    "sure": lazy("How sure are you?"),
    "why": lazy("Why"),
    "claims": lazy("Which evidence did you use?"),
    "value": lazy("Your rating"),
    "days": lazy("Days to reply"),
    "leaving": lazy("From"),
    "coming": lazy("To"),
    "scale": lazy("Scale"),
    "coders": lazy("Coders"),
    "reason": lazy("Why"),
    "note": lazy("Note"),
    "event": lazy("Step"),
    "state": lazy("To"),
}
_UNSAID = {"csrfmiddlewaretoken", "stamp", "catalogue", "do", "cell", "next", "chosen", "query", "token", "anyway",
           "suggestion", "opened", "website", "find"}  # fmt: skip
_MANY = {"item", "outcome", "reason", "note", "date", "answer", "why", "value", "claims"}
"""Fields that several forms of one page have: their ids end in what the form does."""


def label(field: str) -> str:
    """Return the words of the label of a field."""
    return str(LABELS.get(field, "")) or capital(plain(field.rpartition(".")[2]))


def anchor(field: str, form: str = "") -> str:
    """Return the id of a field on a page; ``form`` is what the form does that it stands in, where it has several."""
    return f"{field}-{form}" if form and field in _MANY else field


def typed_words(post: QueryDict) -> list[tuple[str, str]]:
    """Return what a person typed or chose, field by field, in the words of the labels; nothing of what a form hides."""
    return [(label(name), ", ".join(filter(None, values))) for name, values in _said(post) if any(values)]


def _said(post: QueryDict) -> Iterable[tuple[str, list[str]]]:
    return ((name, list(values)) for name, values in post.lists() if name not in _UNSAID)


def wrong_of(problems: Mapping[str, str] | None, field: str) -> str:
    """Return what is wrong with a field, in a sentence."""
    said = (problems or {}).get(field, "")
    return f"{capital(said)}." if said else ""
