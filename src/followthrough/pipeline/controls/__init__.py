"""The negative controls of the comparison: fifty clean files must pass it, and fifty deliberate damages must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from followthrough.pipeline import register_bytes
from followthrough.pipeline.controls.damages import DAMAGES
from followthrough.pipeline.controls.files import FORMATS
from followthrough.pipeline.controls.texts import text
from followthrough.verify import verify


@dataclass(frozen=True, slots=True)
class Control:
    """One control: the format, the damage (``""`` for a clean file), whether it passed, and what was said of it."""

    format: str
    damage: str
    passed: bool
    said: str

    @property
    def right(self) -> bool:
        """Whether the comparison answered as it must: it passes a clean file and no other."""
        return self.passed is not bool(self.damage)


def controls() -> Iterator[Control]:
    """Yield every control: each format with ten clean texts, and with the same texts damaged in ten ways."""
    for format, made in FORMATS.items():
        for seed, (damage, damaged) in enumerate(DAMAGES.items()):
            data = made(text(seed))
            reading = register_bytes(data, f"text {seed + 1}.{format}")
            for kind, one in (("", reading), (damage, damaged(reading))):
                found = verify(data, one)
                yield Control(format, kind, found.ok, found.summary())
