"""The front: takes bodies whole, within bounds of size and time, before a thread is taken; sends answers without one.

A stalled body, a slow reader or a large upload costs a socket and no thread. Requests that only read have threads of
their own: those that write, and may wait for the database or hash a password, never keep a page from its readers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from followthrough.web.front.bounds import Bounds
from followthrough.web.front.gateway import (
    IN_MEMORY,
    Answer,
    Application,
    Body,
    Environ,
    ask,
    environ_of,
    with_body,
    without_body,
)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

THREADS = 2
"""For requests that read, and as many for those that write; more cost a fifth more CPU a page (docs/adr/0010)."""
MOST_WAITING = 500
"""Whole requests that wait for a thread in one worker; beyond them the answer is 503 at once."""
MOST_HELD = 256_000_000
"""Bytes of bodies that one worker holds at one time, in memory and in temporary files."""
PORTION = 64 * 1024
SEND_SECONDS = 30
"""How long a reader may take for one portion of a large answer."""
DISCARD_SECONDS = 5
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSED = "followthrough.refused"
"""The variable that tells the application to answer with this status (408 or 413) and nothing else."""


class Refused(Exception):
    """A body that is not taken, with the status of the answer."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class Gone(Exception):
    """The client went away."""


class Busy(Exception):
    """There is more to do than one worker holds."""


class Front:
    """An ASGI application around a WSGI one.

    ``any_body`` bounds every body; about a larger one ``larger`` is asked, in a thread, with the request's variables.
    """

    def __init__(self, application: Application, any_body: Bounds, larger: Callable[[Environ], Bounds]) -> None:
        self.application = application
        self.any_body = any_body
        self.larger = larger
        self.reading = ThreadPoolExecutor(THREADS, "reading")
        self.writing = ThreadPoolExecutor(THREADS, "writing")
        self.waiting = 0
        self.held = 0

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        body = Body()
        try:
            answer = await self._ask(await self._request(scope, receive, body))
        except Gone:
            return
        except Busy:
            await _busy(send)
            return
        finally:
            body.file.close()
            self.held -= body.size
        with answer.body:
            await _send(answer, scope["method"], send)

    async def _request(self, scope: dict[str, Any], receive: Receive, body: Body) -> Environ:
        """Return the request with its whole body; one that is refused goes on without, to be answered in words."""
        environ = environ_of(scope)
        try:
            await self._take(environ, receive, body)
        except Refused as refused:
            if refused.status == 413 and "HTTP_EXPECT" not in environ:
                await _discard(receive)
            return without_body(environ) | {REFUSED: refused.status}
        return with_body(environ, body)

    async def _take(self, environ: Environ, receive: Receive, body: Body) -> None:
        announced = environ.get("CONTENT_LENGTH", "")
        more = bool(announced) or "HTTP_TRANSFER_ENCODING" in environ
        bounds, began = self.any_body, asyncio.get_running_loop().time()
        if announced.isdecimal() and int(announced) > bounds.most:
            bounds = await self._larger(environ, int(announced))
        while more:
            try:
                async with asyncio.timeout_at(began + bounds.seconds):
                    message = await receive()
            except TimeoutError:
                raise Refused(408) from None
            if message["type"] != "http.request":
                raise Gone
            part, more = message.get("body", b""), message.get("more_body", False)
            body.size += len(part)
            self.held += len(part)
            if self.held > MOST_HELD:
                raise Busy
            if body.size > bounds.most:
                bounds = await self._larger(environ, body.size)
            body.file.write(part)

    async def _larger(self, environ: Environ, size: int) -> Bounds:
        """Return the bounds for a body that is larger than any; raises ``Refused`` where it is too large for these."""
        bounds = await asyncio.get_running_loop().run_in_executor(self.writing, self.larger, without_body(environ))
        if size > bounds.most:
            raise Refused(413)
        return bounds

    async def _ask(self, environ: Environ) -> Answer:
        if self.waiting >= MOST_WAITING:
            raise Busy
        pool = self.reading if environ["REQUEST_METHOD"] in SAFE else self.writing
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, ask, self.application, environ)
        finally:
            self.waiting -= 1


async def _discard(receive: Receive) -> None:
    """Read on for a little while, so that a browser that is still sending gets to read why it should not."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DISCARD_SECONDS):
            while (await receive()).get("more_body"):
                pass


async def _send(answer: Answer, method: str, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if method == "HEAD" or answer.size <= IN_MEMORY:
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer.body.read()})
        return
    try:
        while portion := answer.body.read(PORTION):
            async with asyncio.timeout(SEND_SECONDS):
                await send({"type": "http.response.body", "body": portion, "more_body": True})
    except TimeoutError:
        return  # the length was announced: a reader who was too slow sees that it was cut
    await send({"type": "http.response.body", "body": b""})


async def _busy(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"5"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"Too many requests at once. Try again in a few seconds.\n"})
