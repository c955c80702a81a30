"""What a second reader found of the file that a text was read from: kept with the text, and told on its pages."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from followthrough.model.verification import Verification
from followthrough.packs.writing import BESIDE
from followthrough.web.agreements.models import OfficialText

KEPT, LONGEST = 20, 300
"""Runs of words of each sort, lost and invented, that are kept with a text, and the letters of each."""


def kept(found: Verification | None) -> dict[str, Any]:
    """Return the comparison as it is kept: ``followthrough verify --json`` with its first runs; empty for none."""
    if found is None:
        return {}
    whole = found.to_dict()
    runs = {sort: [_cut(run) for run in whole[sort][:KEPT]] for sort in ("missing", "invented")}
    return whole | runs | {"lost": found.lost}


def package_file(documents: Collection[str]) -> dict[str, bytes]:
    """Return the file beside a pack: the figures of those ``documents`` whose text was compared, and none of its words.

    Returns nothing where none was compared.
    """
    texts = OfficialText.objects.filter(document__in=documents).order_by("document")
    held = texts.values("document", "filename", "sha256", "comparison")
    found = {row["document"]: _figures(row) for row in held if told(row["comparison"])}
    return {BESIDE: (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()} if found else {}


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    said = row["comparison"]
    return {
        "file": row["filename"],
        "sha256": row["sha256"],
        "ok": said["ok"],
        "source": said["source"],
        "kept": said["kept"],
        "set_aside": said["set_aside"],
        "lost": said["lost"],
        "invented": len(said["invented"]),
        "checks": [{"id": check["id"], "ok": check["ok"]} for check in said["checks"]],
    }


def _cut(run: dict[str, str]) -> dict[str, str]:
    words = run["words"]
    return run | {"words": words if len(words) <= LONGEST else f"{words[:LONGEST]} …"}


def told(comparison: dict[str, Any] | None) -> dict[str, Any]:
    """Return a kept comparison as a page tells it: the figures, and what did not hold; empty for none."""
    if comparison and comparison["source"]["reader"] == "recognition":
        return {"recognised": comparison["checks"][0]["detail"]}
    if not comparison or not comparison["source"]["words"]:
        return {}
    aside = sum(one["words"] for one in comparison["set_aside"])
    amiss = [check["detail"] for check in comparison["checks"] if not check["ok"]]
    return comparison | {"words": comparison["source"]["words"], "aside": aside, "amiss": amiss}
