"""Browsers in which somebody signed in before, so that an attacker elsewhere cannot shut the owner out.

Wrong passwords are counted for an account and an address together, and for an account over all unknown browsers. A
browser that was let in before carries a signed mark of the account, and has a count of its own.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit, forget, take

PER_ADDRESS = Limit("sign-ins from one address", 60, 900)
PER_PAIR = Limit("sign-ins to one account from one address", 10, 900)
PER_ACCOUNT = Limit("sign-ins to one account from unknown browsers", 50, 900)
PER_DEVICE = Limit("sign-ins to one account from a browser known to it", 10, 900)
DAYS = 180


def count_sign_in(request: HttpRequest, username: str) -> None:
    """Count one try, before the password is looked at. Raises ``TooMany``."""
    device = _device(request, username)
    if device:
        take(PER_DEVICE, device)
        return
    address = client_of(request)
    take(PER_ADDRESS, address)
    take(PER_PAIR, f"{address} {username}")
    take(PER_ACCOUNT, username)


def forget_sign_ins(request: HttpRequest, username: str) -> None:
    """Begin to count anew after the right password; what others got wrong elsewhere stays counted."""
    device = _device(request, username)
    if device:
        forget(PER_DEVICE, device)
    forget(PER_PAIR, f"{client_of(request)} {username}")


def remember_device(response: HttpResponse, username: str) -> None:
    """Mark a browser as one in which the owner of the account was."""
    response.set_signed_cookie(
        _cookie(),
        f"{_mark(username)}.{secrets.token_urlsafe(12)}",
        salt=__name__,
        max_age=DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device(request: HttpRequest, username: str) -> str:
    held = request.get_signed_cookie(_cookie(), default="", salt=__name__, max_age=DAYS * 86_400) or ""
    return held if held.partition(".")[0] == _mark(username) else ""


def _cookie() -> str:
    return f"{settings.COOKIE_PREFIX}known-here"


def _mark(username: str) -> str:
    return salted_hmac(__name__, username, algorithm="sha256").hexdigest()[:32]
