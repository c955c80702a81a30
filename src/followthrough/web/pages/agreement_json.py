"""Provisions and commitments as the JSON twins of pages hold them."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags

from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.pages.timeline import Axis


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


def record_json(record: dict[str, Any]) -> dict[str, Any]:
    """Return what is recorded about a place for its JSON twin: the answer, the stage, the evidence and its silences.

    ``record`` is what ``about_place`` returns; of a section it is empty, and so is the answer.
    """
    if not record:
        return {}
    along: Axis = record["axis"]
    sides = {"before": along.before, "not known": along.unsure, "undated": along.undated}
    sides["since"] = [item for step in along.steps for item in step.items]
    return {
        "answer": strip_tags(record["answer"]),
        "about": " ".join(strip_tags(f"{record['also']} {record['rest']}").split()),
        "stage": {"value": record["rung"].value, "label": str(record["rung"].label)},
        "stages": {key: stage.value for key, stage in record["stages"].items()},
        "evidence": [
            {**_claim_json(item.claim), "adoption": side, "conflict": item.disputes or None}
            for side, items in sides.items()
            for item in items
        ],
        "silences": [step.silence for step in along.steps if step.silence],
        "silent_months": record["silent"],
        "parties": {one.party: one.items for one in record["parties"]},
        "activities": [one.id for one in record["activities"]],
        "targets": [{"id": one.row.id, "state": one.row.judgement.state} for one in record["targets"]],
    }


def _claim_json(claim: ClaimRow) -> dict[str, Any]:
    return {
        "id": claim.id, "date": claim.date or None, "kind": claim.kind, "statement": claim.statement,
        "stance": claim.stance, "grade": claim.source.grade, "publisher": claim.source.publisher,
        "url": claim.source.url, "source": claim.source.id, "reproducible": claim.reproducible,
        "checked": claim.checked, "confirmed": any(tie.confirmed for tie in claim.ties),
    }  # fmt: skip
