"""Provisions and commitments as the JSON twins of pages hold them."""

from __future__ import annotations

from typing import Any

from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow


def commitment_json(row: CommitmentRow) -> dict[str, Any]:
    """Return one commitment for a JSON twin."""
    return {
        "id": row.id,
        "provision": row.provision,
        "num": row.num,
        "spans": row.spans,
        "verb": row.verb,
        "kind": row.kind,
        "strength": row.strength,
        "summary": row.summary,
        "actors": row.actors,
        "instruments": [{"id": key, "name": name} for key, name in row.instruments],
        "goals": row.goals,
        "deadline": row.deadline or None,
        "quantity": row.quantity or None,
        "missing": row.missing,
    }


def provision_json(row: ProvisionRow) -> dict[str, Any]:
    """Return one provision for a JSON twin; its words are null until a verified copy is attached."""
    return {
        "id": row.id,
        "parent": row.parent or None,
        "eid": row.eid,
        "kind": row.kind,
        "num": row.num or None,
        "title": row.title,
        "summary": row.summary,
        "political": row.political,
        "words": row.words or None,
    }
