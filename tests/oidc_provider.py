"""A small identity provider on the loopback address, which checks what a real one checks: code flow and PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "followthrough", "a secret of the provider, for tests alone"


class Provider:
    """What the provider says of who is signed in there, and what it was asked."""

    def __init__(self) -> None:
        self.port = 0
        self.claims: dict[str, Any] = {"sub": "n-1", "email": "focal@example.org", "email_verified": True}
        self.audience = CLIENT
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []

    @property
    def url(self) -> str:
        """Its address, which is also how it names itself."""
        return f"http://127.0.0.1:{self.port}"

    def authorize(self, asked: dict[str, str]) -> str:
        """Return where a browser is led that the site sent here, with a code."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, str] | None:
        """Return the tokens for a code, once, to the site that proves that it asked."""
        asked = self.codes.pop(sent.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).decode()
        wrong = [
            name
            for name, ok in (
                ("code", asked is not None),
                ("client", (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)),
                ("proof", asked is not None and asked["code_challenge"] == proof.rstrip("=")),
                ("way back", asked is not None and asked["redirect_uri"] == sent.get("redirect_uri")),
            )
            if not ok
        ]
        self.refused += wrong
        if wrong:
            return None
        now = int(time.time())
        said = {**self.claims, "iss": self.url, "aud": self.audience, "iat": now, "exp": now + 300}
        signed = jwt.encode(said, SECRET, algorithm="HS256")
        return {"access_token": "let-me-in", "token_type": "Bearer", "id_token": signed}


@contextmanager
def providing() -> Iterator[Provider]:
    """Run the provider for a while."""
    held = Provider()

    class Handler(BaseHTTPRequestHandler):
        """Answers by HTTP."""

        def do_GET(self) -> None:
            path = urlsplit(self.path)
            if path.path == "/.well-known/openid-configuration":
                names = ("authorization", "token", "userinfo")
                ways = {f"{name}_endpoint": f"{held.url}/{name}" for name in names}
                self.say({"issuer": held.url, "jwks_uri": f"{held.url}/keys", **ways})
            elif path.path == "/userinfo" and self.headers["Authorization"] == "Bearer let-me-in":
                self.say(held.claims)
            else:
                self.say({}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = held.token({name: values[0] for name, values in parse_qs(body).items()})
            self.say(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

        def say(self, answer: dict[str, Any], status: int = 200) -> None:
            """Send one JSON document."""
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
