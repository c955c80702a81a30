"""A real mail server on the loopback address, which keeps what it takes and can be told to refuse or to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from serving import free_port


class Letters:
    """The handler of the server: ``held`` are the letters that it took.

    ``at_recipient`` and ``at_dot`` are asked with an address or a letter before it is taken; what they return is the
    server's answer, and nothing is "taken".
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.held: list[Any] = []
        self.at_recipient: Callable[[str], str | None] = lambda _: None
        self.at_dot: Callable[[Any], str | None] = lambda _: None

    @property
    def url(self) -> str:
        """The address of the server, as the settings name it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[Message]:
        """The letters, read."""
        return [message_from_bytes(one.content) for one in self.held]

    @property
    def texts(self) -> list[str]:
        """Their plain text."""
        parts: list[Any] = [next(part for part in one.walk() if not part.is_multipart()) for one in self.messages]
        return [part.get_payload(decode=True).decode() for part in parts]

    @property
    def numbers(self) -> list[str]:
        """Their numbers."""
        return [str(one["Message-ID"]) for one in self.messages]

    async def handle_RCPT(  # noqa: N802 - the protocol's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take the address that a letter goes to."""
        if said := self.at_recipient(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the protocol's name
        """Take a letter."""
        if said := self.at_dot(envelope):
            return said
        self.held.append(envelope)
        return "250 OK"


@contextmanager
def mail_server(port: int = 0) -> Iterator[Letters]:
    """Run the server for a while."""
    handler = Letters(port or free_port())
    server = Controller(handler, hostname="127.0.0.1", port=handler.port)
    server.start()
    try:
        yield handler
    finally:
        server.stop()
