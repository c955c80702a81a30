"""How long somebody stays signed in: twelve hours after the last page, and fourteen days at most."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from followthrough.web.accounts.models import User

TICK = 300
"""Seconds after which the next page counts as a new sign of life: one small write each, and not one a page."""


class SessionSpan:
    """Middleware below the sessions: ends those that are too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask about nobody who brings no session."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _span(request)
        return self.get_response(request)


def _span(request: HttpRequest) -> None:
    """End a session whose time is over, and keep a sign of life of any other."""
    session, now = request.session, int(time.time())
    if SESSION_KEY not in session:
        return
    began, seen = session.get("began"), session.get("seen", 0)
    if began is not None and (now - began >= settings.SESSION_SPAN or now - seen >= settings.SESSION_COOKIE_AGE):
        session.flush()
    elif began is None or now - seen >= TICK:
        session["began"], session["seen"] = began or now, now
        _seen(request)


def _seen(request: HttpRequest) -> None:
    """Keep when a session was last used; one from before this was kept joins the list."""
    key = request.session.session_key
    if not UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now()):
        user = User.objects.filter(pk=request.session[SESSION_KEY]).first()
        if user is not None:
            UserSession.objects.create_from_request(request, user=user, session=request.session)


@receiver(user_logged_in)
def _begin(request: HttpRequest, **_: Any) -> None:
    request.session["began"] = request.session["seen"] = int(time.time())
