"""A query for one series, the check of its code, and the filter on its dimensions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from followthrough.sources.errors import SourceFailed

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]")
_CODE = re.compile(r"[\w.,:@+*{}-]++(?>(?:/[\w.,:@+*{}-]++)*)", re.ASCII)
"""The characters of a series code, those of SDMX flows and keys included; no blank, query string or escape."""


@dataclass(frozen=True, slots=True)
class SeriesQuery:
    """One series of a provider.

    Attributes:
        provider: id of the provider in ``providers.toml``.
        code: the provider's own code of the series.
        ref_areas: countries whose observations are wanted, in ISO 3166-1 alpha-3.
        latest_year: last year that can have been observed; values of later years are projections.
        filter: dimension -> the one value that is wanted of it.
    """

    provider: str
    code: str
    ref_areas: tuple[str, ...]
    latest_year: int
    filter: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How messages refer to it."""
        return f"{self.provider} {self.code}"


def check_code(query: SeriesQuery) -> None:
    """Raise ``SourceFailed`` for a code that could lead away from the provider's base address."""
    if not _CODE.fullmatch(query.code) or {".", ".."} & set(query.code.split("/")):
        what = f"“{query.code[:60]}” is no code of a series"
        raise SourceFailed(query.provider, what, "write it as the provider does: letters, digits and . , : @ + * - _ /")


def matches(dimensions: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Return whether ``dimensions`` have every value in ``wanted``; a dimension that is absent does not match."""
    present = {_normalised(name): _normalised(value) for name, value in dimensions.items()}
    return all(present.get(_normalised(name)) == _normalised(value) for name, value in wanted.items())


def _normalised(word: str) -> str:
    """Return a dimension or its value in lower case without separators: providers spell the same word in many ways."""
    return _NOT_ALPHANUMERIC.sub("", word.lower())
