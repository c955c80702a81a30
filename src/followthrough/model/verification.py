"""What a second reader says of a reading: which words of the file it keeps, which it set aside, lost or invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One question that was asked of a reading, whether it passed, and what was found in plain words."""

    id: str
    ok: bool
    detail: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``checks`` list."""
        return {"id": self.id, "ok": self.ok, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Verification:
    """The comparison of a file with its reading, both ways.

    ``reader`` names the second reader and ``words`` is how many words it finds in the file: the denominator. ``kept``
    of them are in the text; ``set_aside`` pairs each name with its number of words; ``missing`` holds runs of words
    that are in neither, each with the words before it; ``invented`` words of the text that the file does not hold
    in that order, each with the provision (``""`` outside every one).
    """

    reader: str
    words: int
    kept: int
    set_aside: tuple[tuple[str, int], ...]
    missing: tuple[tuple[str, str], ...]
    invented: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every check passed; never where there is none."""
        return bool(self.checks) and all(check.ok for check in self.checks)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``followthrough verify --json``."""
        return {
            "ok": self.ok,
            "source": {"reader": self.reader, "words": self.words},
            "kept": self.kept,
            "set_aside": [{"what": what, "words": words} for what, words in self.set_aside],
            "missing": [{"words": words, "near": near} for words, near in self.missing],
            "invented": [{"eid": eid, "words": words} for eid, words in self.invented],
            "checks": [check.to_dict() for check in self.checks],
        }

    @property
    def lost(self) -> int:
        """How many words of the file are neither in the text nor set aside."""
        return self.words - self.kept - sum(words for _, words in self.set_aside)

    @classmethod
    def from_dict(cls, said: dict[str, Any]) -> Verification:
        """Return what ``to_dict`` was made of."""
        return cls(
            said["source"]["reader"],
            said["source"]["words"],
            said["kept"],
            tuple((one["what"], one["words"]) for one in said["set_aside"]),
            tuple((one["words"], one["near"]) for one in said["missing"]),
            tuple((one["eid"], one["words"]) for one in said["invented"]),
            tuple(Check(**one) for one in said["checks"]),
        )

    def summary(self) -> str:
        """Return one plain line: the figure, or what is amiss, or why there is none."""
        if not self.words:
            return "not compared: " + "; ".join(check.detail for check in self.checks if not check.ok)
        aside = sum(words for _, words in self.set_aside)
        said = f"{self.kept:,} of {self.words:,} words kept, {aside:,} set aside"
        amiss = [check.detail for check in self.checks if not check.ok]
        return f"{said}; {'; '.join(amiss) if amiss else 'nothing lost, nothing invented'}"
