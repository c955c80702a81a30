"""What reading one file gives: the document, the catalogue of its commitments and the warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, Notice, Recognised, SetAside
from followthrough.model.verification import Verification


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read from a file, the catalogue of its commitments, what there is to warn of, and what was left out.

    ``set_aside`` holds the words that the reader left out of the text, piece by piece in the order of the file;
    ``recognised`` the stretches of the text that were recognised from pictures; ``verification`` what a second reader
    found when it compared the file with all this.
    """

    document: Document
    commitments: tuple[Commitment, ...]
    warnings: tuple[Notice, ...]
    set_aside: tuple[SetAside, ...] = ()
    verification: Verification | None = None
    recognised: tuple[Recognised, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``followthrough read --json``."""
        return {
            "document": self.document.to_dict(),
            "commitments": [commitment.to_dict() for commitment in self.commitments],
            "warnings": [notice.to_dict() for notice in self.warnings],
            "verification": self.verification.to_dict() if self.verification else None,
            "recognised": [one.to_dict() for one in self.recognised],
        }
