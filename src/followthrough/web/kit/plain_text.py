"""What no reader ever types is turned away before a view or the database meets it: control characters and huge ids.

PostgreSQL refuses a NUL in any text and a number past its columns; SQLite takes both. One rule at the edge makes the
two answer alike, and no view has to remember it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.urls.converters import IntConverter
from django.utils.translation import gettext as _

from followthrough.web.kit.error_pages import bad_request

PATH_LIMIT = 2_000
"""Characters of an address; the longest of ours has fewer than 300."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, without tab and line ends, and halves of a surrogate pair."""

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database column holds. The other control characters come with pasted text and stay as they were typed."""


def without_controls(text: str) -> str:
    """Return a text with a space where it has a control character, which no XML and no calendar takes."""
    return UNPRINTABLE.sub(" ", text)


class IdConverter(IntConverter):
    """A number of ours in an address: never past what a column of 64 bits holds."""

    regex = "[0-9]{1,18}"


class PlainTextOnly:
    """Middleware: an address with control characters leads nowhere, a form with a NUL is refused.

    In a query such a character stands for a space, since no stored text holds one that it could be looking for; a
    cookie with one is no cookie of ours. It stands above the sessions, which look a cookie up in the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean the query and the cookies; views and forms are asked about below, when an address was resolved."""
        if UNPRINTABLE.search("".join(_words(request.GET))):
            request.GET = _spaced(request.GET)  # type: ignore[assignment]  # a class of the stubs alone
        for name, value in list(request.COOKIES.items()):
            if UNPRINTABLE.search(value):
                del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Answer 404 for an address, and 400 for a form, that no reader of ours can have made."""
        if len(request.path_info) > PATH_LIMIT or UNPRINTABLE.search(request.path_info):
            raise Http404(_("It may have been mistyped."))
        with suppress(UnreadablePostError):  # a client that hung up is the CSRF check's to answer
            if request.method == "POST" and UNSTORABLE.search("".join(_words(request.POST))):
                return bad_request(request)
        return None


def _words(query: QueryDict) -> Iterable[str]:
    for name, values in query.lists():
        yield name
        yield from map(str, values)


def _spaced(query: QueryDict) -> QueryDict:
    clean = [(name, value) for name, values in query.lists() for value in values]
    return QueryDict(urlencode([(UNPRINTABLE.sub(" ", name), UNPRINTABLE.sub(" ", value)) for name, value in clean]))
