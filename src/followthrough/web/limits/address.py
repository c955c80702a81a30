"""Which address a request comes from, as far as that can be told."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """Return the address that limits count by; of IPv6 its network of 64 bits, which is one household or office."""
    address = address_of(request)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address) if address else "unknown"


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return the address that a request comes from, or nothing where that cannot be told.

    ``X-Forwarded-For`` is believed only behind a proxy of ours (``FOLLOWTHROUGH_BEHIND_PROXY``), and of it only the
    last address: the one that this proxy saw itself. A client can write whatever it likes before that.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or said
    try:
        address = ip_address(said.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
