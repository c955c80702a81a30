"""A published round as a tidy data set: one value a row, and a codebook that says what every column holds."""

from __future__ import annotations

from followthrough.web.assessments.rows import Results
from followthrough.web.assessments.values import NOT_APPLICABLE, NOT_VERIFIABLE, REASONS
from followthrough.web.kit.downloads import Sheet

COLUMNS = {
    "assessment": "id of the round",
    "example": "yes where the round only shows how rating works, and says nothing of any party",
    "commitment": "id of the commitment",
    "party": "ISO 3166-1 alpha-3 code of the party",
    "coder": "A, B and so on for a coder; empty for a final rating",
    "verdict": "number of the final rating, the highest holds; empty for a coder's value",
    "value": "a value of the scale; n/a does not apply, not verifiable cannot be told; neither is a zero",
    "why": "the reason that was given",
    "reason": "code of the reason for a change after the first final rating",
    "claims": "ids of the claims that it rests on",
    "at": "when it was submitted or made final",
}


def sheet(found: Results, part: str) -> Sheet:
    """Return the values of a round, or with ``codebook`` what its columns and values mean."""
    if part == "codebook":
        return Sheet(f"{found.assessment.pk}-codebook", ("name", "kind", "meaning"), _codebook(found))
    return Sheet(found.assessment.pk, tuple(COLUMNS), _rows(found))


def _rows(found: Results) -> list[list[str]]:
    one, rows = found.assessment, list[list[str]]()
    example = "yes" if one.example else "no"
    for cell in found.cells:
        about = [one.pk, example, cell.commitment, cell.party]
        for verdict in cell.verdicts:
            at = verdict.at.isoformat()
            said = [str(verdict.number), verdict.value, verdict.why, verdict.reason, "; ".join(verdict.claims), at]
            rows.append([*about, "", *said])
        for letter, rating in cell.ratings:
            at = rating.submitted.isoformat() if rating.submitted else ""
            rows.append([*about, letter, "", rating.value, rating.why, "", "; ".join(rating.claims), at])
    return rows


def _codebook(found: Results) -> list[list[str]]:
    scale = found.scale
    values = [[one.word, "value", "" if one.number is None else f"{one.number:g}"] for one in scale.values]
    return [
        *([name, "column", says] for name, says in COLUMNS.items()),
        *values,
        [NOT_APPLICABLE, "value", "does not apply; left out of every mean"],
        [NOT_VERIFIABLE, "value", "cannot be told from the evidence; left out of every mean"],
        *([code, "reason", words] for code, words in REASONS.items()),
        ["scale", "method", f"{scale.title}, version {found.assessment.scale_version}, {scale.source}"],
        ["percent", "method", scale.formula],
    ]
