"""What reading one file gives: the document, the catalogue of its commitments and the warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, Notice


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read from a file, the catalogue of its commitments, and what there is to warn of."""

    document: Document
    commitments: tuple[Commitment, ...]
    warnings: tuple[Notice, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``followthrough read --json``."""
        return {
            "document": self.document.to_dict(),
            "commitments": [commitment.to_dict() for commitment in self.commitments],
            "warnings": [notice.to_dict() for notice in self.warnings],
        }
