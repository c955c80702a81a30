"""Asks the site as a stranger does: through the whole of the application, in this process, signed in as nobody."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections

from followthrough.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered: its status, the kind of content, where it leads on, and the content."""

    status: int
    kind: str
    location: str
    body: bytes

    @property
    def page(self) -> bool:
        """Whether it is a page, and not a file."""
        return self.kind.startswith("text/html")


def _site() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


@dataclass(slots=True)
class Stranger:
    """Somebody without an account, a cookie or a history, who asks for pages at ``origin``."""

    origin: str
    _site: BaseHandler = field(default_factory=_site)

    def ask(self, path: str, query: str = "") -> Answer:
        """Return the answer to a request for ``path``, percent-encoded as an address has it.

        Raises ``InputRefused`` where the page fails: an edition without it would pass for a whole one.
        """
        scheme, host = urlsplit(self.origin)[:2]
        name, _, port = host.partition(":")
        environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query, "SERVER_NAME": name, "SERVER_PORT": port or ("443" if scheme == "https" else "80"),
            "HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": scheme, "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO(),
        }  # fmt: skip
        response = self._site.get_response(WSGIRequest(environ))
        body = b"".join(response)
        request_finished.disconnect(close_old_connections)  # the next request needs the connection again
        try:
            response.close()
        finally:
            request_finished.connect(close_old_connections)
        if response.status_code >= 500:
            raise InputRefused(path, f"failed ({response.status_code})", "see what was logged; nothing was published")
        headers = response.headers
        return Answer(response.status_code, headers.get("Content-Type", ""), headers.get("Location", ""), body)
