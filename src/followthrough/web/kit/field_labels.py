"""What the fields of forms are called on the screen: an error speaks of a field in the words of its label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from followthrough.web.kit.wording import capital, plain

LABELS = {
    "sources.url": "Address",
    "sources.title": "Title",
    "sources.publisher": "Publisher",
    "sources.publisher_kind": "Kind of publisher",
    "sources.published": "Published on",
    "sources.language": "Language",
    "claims.statement": "Statement, in our own words",
    "claims.kind": "Kind",
    "claims.date": "When it was so",
    "claims.value": "Value, where it is a figure",
    "claims.unit": "Unit",
    "claims.stance": "Stance",
    "claims.reproducible": "Is the underlying list published?",
    "claims.quote": "Words of the source, where they may be quoted",
    "claims.notes": "Notes",
    "activities.title": "Title",
    "activities.statement": "What is done, in our own words",
    "activities.kind": "Kind",
    "activities.state": "Where it stands",
    "activities.status": "As its source prints it",
    "activities.start": "Begins",
    "activities.end": "Ends",
    "activities.budget": "Budget",
    "activities.currency": "Currency",
    "activities.fund": "Paid by",
    "activities.parent": "Part of the activity",
    "activities.lead_body": "Led by",
    "links.role": "Role",
    "links.share": "Share of its money for each, in per cent",
    "links.rationale": "Why, in one line",
    "commitments": "Commitments",
    "parties": "Parties",
    "places": "Ids of commitments or paragraphs",
    "link": "Links",
    "conflicts.topic": "The question on which they disagree",
    "conflicts.note": "Note",
    "others": "Ids of the other evidence items",
    "date": "When",
    "full": "Kept",
    "partial": "Kept in part",
    "none": "Not kept",
    "answer": "What became of it",
    "place": "Place",
    "text": "What is missing or wrong",
    "reply": "Reply, to be published beside the result",
    "url": "Address of a source",
    "contact": "How to reach you, if you want an answer",
    "title": "Title, as adopted",
    "short_title": "Short title, for lists",
    "kind": "Kind",
    "adopted": "Adopted on",
    "language": "Language",
    "summary": "Summary in our words",
    "sure": "How sure are you?",
    "why": "Why",
    "claims": "Which evidence did you use?",
    "value": "Your rating",
    "days": "Days to reply",
    "leaving": "From",
    "coming": "To",
    "scale": "Scale",
    "coders": "Coders",
    "reason": "Why",
    "note": "Note",
    "event": "Step",
    "state": "To",
}
_UNSAID = {"csrfmiddlewaretoken", "stamp", "catalogue", "do", "cell", "next", "chosen", "query", "token", "anyway",
           "suggestion", "opened", "website"}  # fmt: skip
_MANY = {"reason", "note", "date", "answer", "why", "value", "claims"}
"""Fields that several forms of one page have: their ids end in what the form does."""


def label(field: str) -> str:
    """Return the words of the label of a field."""
    return LABELS.get(field) or capital(plain(field.rpartition(".")[2]))


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
