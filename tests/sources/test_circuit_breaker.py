"""A provider that does not respond is left alone for the rest of a round, and only that provider."""

from __future__ import annotations

import pytest

from followthrough.sources.circuit_breaker import MOST_SILENT, CircuitBreaker
from followthrough.sources.errors import Missing, SourceFailed, Unreachable
from followthrough.sources.observations import ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.series_source import SeriesSource


class Scripted(SeriesSource):
    """Raises what it is given, one error a query, and counts the queries by provider."""

    def __init__(self, *errors: type[SourceFailed]) -> None:
        self.errors = list(errors)
        self.asked: list[str] = []

    def fetch(self, query: SeriesQuery) -> ProviderData:
        self.asked.append(query.provider)
        if self.errors:
            raise self.errors.pop(0)(query.name, "an error")
        return ProviderData((), (), "scripted 1")


def ask(breaker: CircuitBreaker, provider: str = "un-sdg") -> str:
    try:
        breaker.fetch(SeriesQuery(provider, "x", ("KEN",), 2026))
    except SourceFailed as error:
        return str(error)
    return "data"


def test_it_opens_after_two_queries_without_a_response_and_for_that_provider_alone() -> None:
    source = Scripted(*[Unreachable] * MOST_SILENT)
    breaker = CircuitBreaker(source)
    assert [ask(breaker) for _ in range(MOST_SILENT)] == ["un-sdg x: an error"] * MOST_SILENT
    assert ask(breaker) == f"un-sdg x: not asked, as un-sdg did not answer {MOST_SILENT} times: try later"
    assert len(source.asked) == MOST_SILENT
    assert ask(breaker, "world-bank") == "data"


@pytest.mark.parametrize("response", [SourceFailed, Missing])
def test_any_response_closes_it(response: type[SourceFailed]) -> None:
    source = Scripted(*[Unreachable] * (MOST_SILENT - 1), response, *[Unreachable] * (MOST_SILENT - 1))
    breaker = CircuitBreaker(source)
    while source.errors:
        ask(breaker)
    assert ask(breaker) == "data"
