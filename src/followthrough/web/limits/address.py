"""Which address a request comes from, as far as that can be told."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """Return the address that a request comes from; of IPv6 its network of 64 bits, which is one household or office.

    ``X-Forwarded-For`` is believed only behind a proxy of ours (``FOLLOWTHROUGH_BEHIND_PROXY``), and of it only the
    last address: the one that this proxy saw itself. A client can write whatever it likes before that.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or said
    return _network(said)


def _network(said: str) -> str:
    try:
        address: IPv4Address | IPv6Address = ip_address(said.strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return str(IPv6Network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)
