"""How connectors reach a provider: over HTTP, or (``copies``) in a folder. They cannot tell the difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import hishel
import httpx
import stamina
from hishel.httpx import CacheTransport

from followthrough.sources.answers import Raw, Request, SourceFailed
from followthrough.sources.providers import Provider, providers

LARGEST = 64 * 1024 * 1024
"""Bytes of one page of an answer; a larger one is refused."""
MOST_REDIRECTS = 5
ATTEMPTS, FIRST_WAIT, LONGEST_WAIT, PATIENCE = 6, 0.5, 30.0, 180.0
"""How often a page is asked for, and the seconds between and over all attempts."""


class Missing(SourceFailed):
    """The door has nothing under this code."""


class Unreachable(SourceFailed):
    """The provider did not answer, however often it was asked."""


class Door(Protocol):
    """Gives one page of an answer. Raises ``SourceFailed``; ``Missing`` where there is no such series."""

    def __call__(self, request: Request) -> Raw:
        """Return the page."""


class _Busy(Exception):
    """An answer after which the provider is asked again; ``wait`` are the seconds it asked for."""

    def __init__(self, says: str, wait: float | None = None) -> None:
        super().__init__(says)
        self.wait = wait


@contextmanager
def http(cache: Path | None = None, *, first_wait: float = FIRST_WAIT) -> Iterator[Door]:
    """Open the live door. ``cache`` names the SQLite file of the HTTP cache, which keeps what providers allow."""
    transport: httpx.BaseTransport = httpx.HTTPTransport(http2=False)
    if cache is not None:
        transport = CacheTransport(transport, storage=hishel.SqliteStorage(database_path=cache), rfc=True)
    headers = {"User-Agent": "followthrough (implementation tracker)"}
    times = httpx.Timeout(60, connect=15)
    with httpx.Client(transport=transport, headers=headers, timeout=times, follow_redirects=False) as client:
        yield lambda request: _asked(client, request, first_wait)


def _asked(client: httpx.Client, request: Request, first_wait: float) -> Raw:
    provider = providers()[request.provider]
    if not provider.base:
        raise SourceFailed(f"{provider.id} {request.code}", "its address is not set", f"set {provider.setting}")
    retrying = stamina.retry(
        on=_again, attempts=ATTEMPTS, timeout=PATIENCE, wait_initial=first_wait, wait_max=LONGEST_WAIT,
        wait_jitter=first_wait,
    )  # fmt: skip
    try:
        return retrying(_once)(client, provider, request)
    except (_Busy, httpx.HTTPError) as error:
        says = str(error) or type(error).__name__
        raise Unreachable(f"{provider.id} {request.code}", f"{says}, after {ATTEMPTS} attempts", "try later") from None


def _again(error: Exception) -> bool | float:
    if isinstance(error, _Busy):
        return True if error.wait is None else min(error.wait, LONGEST_WAIT)
    return isinstance(error, httpx.TransportError)


def _once(client: httpx.Client, provider: Provider, request: Request) -> Raw:
    address = f"{provider.base}/{request.path}"
    asked = client.build_request("GET", address, params=request.params, headers={"Accept": request.accept})
    with closing(_at_home(client, asked, provider, request.code)) as answer:
        body = _bounded(answer, request)
    if answer.status_code in provider.busy:
        wait = answer.headers.get("Retry-After", "")
        raise _Busy(f"it answered {answer.status_code}", float(wait) if wait.isdigit() else None)
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise Missing(f"{provider.id} {request.code}", "it has no such series (404)", "check the code")
    if answer.is_error:
        raise SourceFailed(f"{provider.id} {request.code}", f"it answered {answer.status_code}", "check the code")
    return Raw(str(answer.url), body)


def _at_home(client: httpx.Client, asked: httpx.Request, provider: Provider, code: str) -> httpx.Response:
    """Send a request and go where its answer sends us on, as long as that is the provider's own address.

    Elsewhere may be anything that this machine can reach and the provider cannot: its answer would be our figures.
    """
    home, who = asked.url, f"{provider.id} {code}"
    for _ in range(MOST_REDIRECTS):
        answer = client.send(asked, stream=True)
        if answer.next_request is None:
            return answer
        answer.close()
        asked = answer.next_request
        if not _same(home, asked.url):
            what = f"it sends us on to {asked.url.scheme}://{asked.url.netloc.decode()}, which is not its own address"
            raise SourceFailed(who, what, f"see whether it has moved; {provider.setting} sets its address")
    raise SourceFailed(who, f"it sends us on more than {MOST_REDIRECTS} times", "see whether it has moved")


def _same(home: httpx.URL, there: httpx.URL) -> bool:
    """Whether an address is on the same host: as it was asked, or moved from HTTP to HTTPS."""
    moved = (home.scheme, home.port, there.scheme, there.port) == ("http", None, "https", None)
    return home.host == there.host and (moved or (home.scheme, home.port) == (there.scheme, there.port))


def _bounded(answer: httpx.Response, request: Request) -> bytes:
    """Return the whole body; a cut connection raises, so that half an answer is never taken for one."""
    found = bytearray()
    for part in answer.iter_bytes():
        found += part
        if len(found) > LARGEST:
            raise SourceFailed(request.code, f"a page is larger than {LARGEST:,} bytes", "ask for fewer areas or years")
    return bytes(found)


def pages(ask: Callable[[int], Raw], count: Callable[[Raw], int], most: int = 1000) -> list[Raw]:
    """Ask for every page; ``count`` reads from the first how many there are. Raises ``SourceFailed`` over ``most``."""
    first = ask(1)
    number = count(first)
    if number > most:
        raise SourceFailed(first.url, f"it has {number} pages, more than {most}", "ask for fewer areas or years")
    return [first, *(ask(page) for page in range(2, number + 1))]
