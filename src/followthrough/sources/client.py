"""How connectors request pages of a response: over HTTP here, from local files in ``local/responses.py``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import hishel
import httpx
import stamina
from hishel.httpx import CacheTransport

from followthrough.sources.errors import Missing, SourceFailed, Unreachable
from followthrough.sources.providers import Provider, providers
from followthrough.sources.responses import RawResponse

LARGEST = 64 * 1024 * 1024
"""Bytes of one page; a larger one is refused."""
MOST_PAGES = 1000
MOST_REDIRECTS = 5
ATTEMPTS, FIRST_WAIT, LONGEST_WAIT, DEADLINE = 6, 0.5, 30.0, 180.0
"""How often a page is requested; seconds before the second attempt, between attempts, and over all attempts."""
TIMEOUT, CONNECT_TIMEOUT = 60.0, 15.0
"""Seconds without a byte, and seconds to connect."""
USER_AGENT = "followthrough (implementation tracker)"

Clock = Callable[[], datetime]
"""Gives the present time, aware of its time zone."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of the response to a query; ``path`` is relative to the provider's base address."""

    provider: str
    code: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    accept: str = "application/json"
    page: int = 1

    @property
    def name(self) -> str:
        """How messages refer to it."""
        return f"{self.provider} {self.code}"

    def for_page(self, page: int) -> PageRequest:
        """Return the request of another page, its number as the last parameter."""
        params = (*((name, value) for name, value in self.params if name != "page"), ("page", str(page)))
        return replace(self, params=params, page=page)


class Client(ABC):
    """Gives pages of responses. A connector cannot tell a live provider from a folder of saved responses."""

    @abstractmethod
    def fetch(self, request: PageRequest) -> RawResponse:
        """Return one page. Raises ``SourceFailed``; ``Missing`` where there is no such series."""

    def fetch_following(self, request: PageRequest, first: RawResponse, pages: int) -> list[RawResponse]:
        """Return pages 2 to ``pages`` after ``first``. Raises ``SourceFailed`` where they are too many."""
        if pages > MOST_PAGES:
            what = f"it has {pages} pages, more than {MOST_PAGES}"
            raise SourceFailed(first.url, what, "ask for fewer areas or years")
        return [self.fetch(request.for_page(page)) for page in range(2, pages + 1)]


class _Busy(Exception):
    """A response after which the provider is asked again; ``wait`` is the delay in seconds that it asked for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class HttpClient(Client):
    """Requests pages from the providers themselves, with retries, time-outs, a cache and a limit of size.

    A context manager: the connections are closed at its end. ``cache`` names the SQLite file of the HTTP cache, which
    keeps what the providers allow; ``first_wait`` is in seconds.
    """

    def __init__(self, clock: Clock, cache: Path | None = None, *, first_wait: float = FIRST_WAIT) -> None:
        transport: httpx.BaseTransport = httpx.HTTPTransport(http2=False)
        if cache is not None:
            transport = CacheTransport(transport, storage=hishel.SqliteStorage(database_path=cache), rfc=True)
        self._http = httpx.Client(
            transport=transport,
            headers={"User-Agent": USER_AGENT},
            timeout=httpx.Timeout(TIMEOUT, connect=CONNECT_TIMEOUT),
            follow_redirects=False,
        )
        self._clock = clock
        self._first_wait = first_wait

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._http.close()

    def fetch(self, request: PageRequest) -> RawResponse:
        """Return one page, asked for again while the provider is busy or the connection breaks.

        Raises ``Missing`` for HTTP status 404, ``Unreachable`` after the last attempt, and ``SourceFailed`` for
        another error status, a provider without an address, a redirect to another host or a page that is too large.
        """
        provider = providers()[request.provider]
        if not provider.base:
            raise SourceFailed(request.name, "its address is not set", f"set {provider.setting}")
        retry = stamina.retry(
            on=_retry_after,
            attempts=ATTEMPTS,
            timeout=DEADLINE,
            wait_initial=self._first_wait,
            wait_max=LONGEST_WAIT,
            wait_jitter=self._first_wait,
        )
        try:
            return retry(self._attempt)(provider, request)
        except (_Busy, httpx.HTTPError) as error:
            message = str(error) or type(error).__name__
            raise Unreachable(request.name, f"{message}, after {ATTEMPTS} attempts", "try later") from None

    def _attempt(self, provider: Provider, request: PageRequest) -> RawResponse:
        address = f"{provider.base}/{request.path}"
        sent = self._http.build_request("GET", address, params=request.params, headers={"Accept": request.accept})
        with closing(self._follow(sent, provider, request)) as response:
            body = _whole_body(response, request)
        if response.status_code in provider.busy:
            wait = response.headers.get("Retry-After", "")
            raise _Busy(f"it answered {response.status_code}", float(wait) if wait.isdigit() else None)
        if response.status_code == httpx.codes.NOT_FOUND:
            raise Missing(request.name, "it has no such series (404)", "check the code")
        if response.is_error:
            raise SourceFailed(request.name, f"it answered {response.status_code}", "check the code")
        return RawResponse(str(response.url), body, self._clock())

    def _follow(self, sent: httpx.Request, provider: Provider, request: PageRequest) -> httpx.Response:
        """Send a request and follow redirects as long as they stay on the provider's own host.

        Any other host may be one that this machine can reach and the provider cannot: what it returned would be
        stored as the provider's data.
        """
        home = sent.url
        for _ in range(MOST_REDIRECTS):
            response = self._http.send(sent, stream=True)
            if response.next_request is None:
                return response
            response.close()
            sent = response.next_request
            if not same_host(home, sent.url):
                there = f"{sent.url.scheme}://{sent.url.netloc.decode()}"
                what = f"it sends us on to {there}, which is not its own address"
                raise SourceFailed(request.name, what, f"see whether it has moved; {provider.setting} sets its address")
        what = f"it sends us on more than {MOST_REDIRECTS} times"
        raise SourceFailed(request.name, what, "see whether it has moved")


def _retry_after(error: Exception) -> bool | float:
    """Return whether an attempt is repeated, or after how many seconds."""
    if isinstance(error, _Busy):
        return True if error.wait is None else min(error.wait, LONGEST_WAIT)
    return isinstance(error, httpx.TransportError)


def same_host(home: httpx.URL, there: httpx.URL) -> bool:
    """Return whether two addresses have the same host, port and scheme, or differ only by a move to HTTPS."""
    moved = (home.scheme, home.port, there.scheme, there.port) == ("http", None, "https", None)
    return home.host == there.host and (moved or (home.scheme, home.port) == (there.scheme, there.port))


def _whole_body(response: httpx.Response, request: PageRequest) -> bytes:
    """Return the whole body; a broken connection raises, so that half a page is never taken for one."""
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > LARGEST:
            raise SourceFailed(request.code, f"a page is larger than {LARGEST:,} bytes", "ask for fewer areas or years")
    return bytes(body)
