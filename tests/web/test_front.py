"""The front, over real sockets: whole requests only take a thread, and bodies are bounded before they are read."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from followthrough.web.front.gateway import environ_of
from made_registers import bundled_register
from serving import PATIENCE, Server, heard, python, serving

pytestmark = pytest.mark.slow
PAGES = ("/healthz", "/", "/agreements", "/agreements/asean-rok-2019/4.3")
COOKIE = "Cookie: csrftoken=" + "a" * 32
SIGN_IN = """
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
user = User.objects.create_user("editor", password=None)
grant_role(user, Role.EDITOR, by=SYSTEM)
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session.save()
print(session.session_key)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled register."""
    return bundled_register(tmp_path_factory.mktemp("front") / "data")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A server that waits two seconds for a body."""
    with serving(folder, FOLLOWTHROUGH_BODY_SECONDS="2") as running:
        yield running


@pytest.fixture(scope="module")
def session(folder: Path, server: Server) -> str:
    """The session of an editor who is signed in."""
    return python(folder, SIGN_IN).stdout.strip()


def head(method: str, path: str, *lines: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_stalled_bodies_half_heads_and_slow_readers_keep_nobody_waiting(server: Server) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(server.socket()) for _ in range(8)]
        for own in stalled:
            own.sendall(head("POST", "/sign-in", COOKIE, "Content-Length: 1000") + b"x")
        for _ in range(200):
            stack.enter_context(server.socket()).sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ")
        for _ in range(20):
            slow = stack.enter_context(server.socket())
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            slow.sendall(head("GET", "/agreements/asean-rok-2019/claims.json"))
            slow.recv(100)
        for page in PAGES:
            with urllib.request.urlopen(f"http://localhost:{server.port}{page}", timeout=PATIENCE) as answer:
                assert answer.status == 200
        answers = [heard(own) for own in stalled]
    assert [status(answer) for answer in answers] == [408] * 8
    assert b"It took too long to arrive" in answers[0]
    assert b"default-src 'none'" in answers[0]


@pytest.mark.parametrize("path", ["/sign-in", "/catalogue", "/no-such-page", "/agreements/asean-rok-2019/suggest"])
def test_a_stranger_sends_no_400_megabytes(server: Server, path: str) -> None:
    answer = server.say(head("POST", path, COOKIE, "Content-Length: 400000000", "Expect: 100-continue"))
    assert status(answer) == 413
    assert b"That is too large" in answer
    assert b"Content-Security-Policy".lower() in answer.lower()


def test_a_body_without_a_length_is_counted_as_it_comes(server: Server) -> None:
    chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
    with server.socket() as own:
        own.sendall(head("POST", "/sign-in", COOKIE, "Transfer-Encoding: chunked", "Connection: close"))
        for _ in range(20):
            own.sendall(chunk)
        own.sendall(b"0\r\n\r\n")
        assert status(heard(own)) == 413
    form = b"8\r\ntext=abc\r\n0\r\n\r\n"
    small = head("POST", "/sign-in", "Transfer-Encoding: chunked", "Connection: close")
    assert status(server.say(small + form)) == 403  # taken whole; only the token of the form is missing


def test_contradictory_lengths_are_refused(server: Server) -> None:
    twice = head("POST", "/sign-in", "Content-Length: 5", "Content-Length: 6") + b"abcdef"
    assert status(server.say(twice)) == 400
    assert status(server.say(head("POST", "/sign-in", "Content-Length: -5") + b"abc")) == 400
    both = head("POST", "/sign-in", "Content-Length: 900", "Transfer-Encoding: chunked", "Connection: close")
    assert status(server.say(both + b"3\r\nabc\r\n0\r\n\r\n")) == 403  # the chunks count, as the standard says


def upload(server: Server, session: str, size: int) -> tuple[int, str]:
    """Send a text of ``size`` bytes to the workbench as a browser does; returns the status and the page."""
    token = "t" * 32
    form = "\r\n".join(
        [
            "--b", 'Content-Disposition: form-data; name="csrfmiddlewaretoken"', "", token,
            "--b", 'Content-Disposition: form-data; name="file"; filename="a.txt"', "", "a" * size, "--b--", "",
        ]
    )  # fmt: skip
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": f"csrftoken={token}; sessionid={session}"}
    with closing(HTTPConnection("localhost", server.port, timeout=PATIENCE)) as connection:
        connection.request("POST", "/catalogue", form.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_people_who_are_signed_in_send_files_and_no_larger_ones(server: Server, session: str) -> None:
    code, page = upload(server, session, 2_000_000)
    assert code == 422  # read whole, and refused by the workbench: it holds no paragraph
    assert "a.txt" in page
    code, page = upload(server, session, 27_000_000)
    assert (code, "That is too large" in page) == (413, True)
    assert upload(server, "x" * 32, 2_000_000)[0] == 413


def test_an_answer_is_what_the_application_said(server: Server) -> None:
    def asked(method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        with closing(HTTPConnection("localhost", server.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    code, headers, whole = asked("GET", "/agreements/asean-rok-2019/claims.json")
    assert (code, int(headers["content-length"])) == (200, len(whole))
    assert len(whole) > 100_000
    known = {"If-None-Match": headers["etag"]}
    code, headers, body = asked("HEAD", "/agreements/asean-rok-2019/claims.json")
    assert (code, int(headers["content-length"]), body) == (200, len(whole), b"")
    assert asked("GET", "/agreements/asean-rok-2019/claims.json", **known)[::2] == (304, b"")
    assert asked("GET", "/agreements", **{"Accept-Encoding": "gzip"})[1]["content-encoding"] == "gzip"
    assert asked("GET", "/caf%C3%A9%ff")[0] == 404
    assert "csrftoken" in asked("GET", "/sign-in")[1]["set-cookie"]


def test_a_reader_of_a_large_answer_gets_all_of_it_however_slowly(server: Server) -> None:
    with server.socket() as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        own.sendall(head("GET", "/agreements/asean-rok-2019/claims.json", "Connection: close"))
        answer = heard(own)
    top, _, body = answer.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in top.lower()


def test_a_header_with_an_underscore_does_not_pass_for_another() -> None:
    headers = [
        (b"x-two", b"1"),
        (b"x-two", b"2"),
        (b"x_forwarded_for", b"203.0.113.1"),
        (b"cookie", b"a"),
        (b"cookie", b"b"),
    ]
    scope = {
        "method": "GET", "raw_path": b"/a%2Fb%ff", "query_string": b"", "http_version": "1.1", "headers": headers,
        "client": ("198.51.100.7", "5"), "server": ("127.0.0.1", "80"),
    }  # fmt: skip
    environ = environ_of(scope)
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert (environ["HTTP_X_TWO"], environ["HTTP_COOKIE"]) == ("1,2", "a; b")
    assert (environ["PATH_INFO"], environ["REMOTE_ADDR"]) == ("/a/b\xff", "198.51.100.7")
