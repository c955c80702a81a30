"""Requests to addresses that an administrator typed: over HTTPS, to public addresses of the internet alone.

The name is looked up once, what it stands for is checked, and the connection goes to that very address: a name that
says one thing to the check and another to the connection reaches nothing. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10.0
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that stand for an older one, in their last four bytes."""


class NotReached(Exception):
    """The address is refused, or nobody answered well."""


def check_address(url: str) -> None:
    """Raise ``NotReached`` for an address that is never asked, whatever its name stands for."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_ours(parts.hostname)):
        raise NotReached(_("an address begins with https://"))
    if not parts.hostname or parts.username or parts.password:
        raise NotReached(_("an address names a host, and no user or password"))


def is_ours(host: str | None) -> bool:
    """Say whether the operator of the machine named a host as one of the own network."""
    return host is not None and host.casefold() in {one.casefold() for one in settings.WEBHOOK_HOSTS}


def post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Post to an address. Raises ``NotReached`` unless it answers 2xx."""
    check_address(url)
    more = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)}
    try:
        with (
            httpcore.ConnectionPool(network_backend=_Checked()) as pool,
            pool.stream("POST", url, headers=[*headers.items()], content=body, extensions=more) as answer,
        ):
            status = answer.status
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        raise NotReached(str(error) or type(error).__name__) from error
    if not 200 <= status < 300:
        raise NotReached(_("it answered %(status)s") % {"status": status})


class _Checked(httpcore.NetworkBackend):
    """Connects to public addresses alone."""

    def __init__(self) -> None:
        self.plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Look a name up, and connect to the first of its addresses that may be reached."""
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        allowed = [one for one in found if is_ours(host) or is_public(one)]
        if not allowed:
            raise httpcore.ConnectError(_("%(host)s is an address of a private network") % {"host": host})
        return self.plain.connect_tcp(allowed[0], port, timeout, local_address, socket_options)


def is_public(text: str) -> bool:
    """Say whether an address belongs to the open internet; one that stands for an older one is judged by that."""
    found = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if found in TRANSLATED:
        inner = ipaddress.ip_address(found.packed[-4:])
    return is_public(str(inner)) if inner else found.is_global and not found.is_multicast
