"""The examples of the page on servers are what they say: nginx answers with its file, systemd takes its units."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from followthrough.cli import COMMANDS
from followthrough.cli.server import _require_secret
from followthrough.errors import InputRefused
from serving import PATIENCE, free_port, serving
from support import REPOSITORY

EXAMPLES = REPOSITORY / "docs" / "examples"
NAME = "tracker.example.org"
UNITS = ("followthrough.service", "followthrough-backup.service", "followthrough-backup.timer")


def program(name: str) -> str:
    """Return the path of a program; where it is absent, skip the test and say so."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def configured(folder: Path, upstream: int, http: int, https: int) -> Path:
    """Write nginx's main file around the example, with ports and a certificate of the test."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made: list[str | Path] = [
        program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={NAME}",
    ]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    site = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    for ours, theirs in [
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};"),
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl"),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(certificate)),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(key)),
    ]:
        assert site.count(ours) == 1, ours
        site = site.replace(ours, theirs)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary} include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    return main


@contextmanager
def proxying(main: Path, port: int) -> Iterator[None]:
    nginx = program("nginx")
    checked = subprocess.run([nginx, "-t", "-c", main], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([nginx, "-c", main], stderr=subprocess.PIPE, text=True)
    try:
        end = time.monotonic() + PATIENCE
        while not _listens(port):
            assert process.poll() is None and time.monotonic() < end, process.stderr
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def asked(connection: HTTPConnection, path: str, **headers: str) -> HTTPResponse:
    """Ask for a page under the name of the server."""
    with closing(connection):
        connection.request("GET", path, headers={"Host": NAME, "Connection": "close", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer


@pytest.mark.slow
def test_nginx_with_the_example_serves_every_page_once_and_believes_no_client(tmp_path: Path) -> None:
    program("nginx")
    http, https = free_port(), free_port()
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    (tmp_path / "data").mkdir()
    behind = {"FOLLOWTHROUGH_BEHIND_PROXY": "true", "FOLLOWTHROUGH_ALLOWED_HOSTS": f"{NAME},localhost"}
    with serving(tmp_path / "data", 0, FOLLOWTHROUGH_HTTPS="true", **behind) as server:
        main = configured(tmp_path, server.port, http, https)
        with proxying(main, https):
            plain = asked(HTTPConnection("127.0.0.1", http), "/about?a=1")
            assert (plain.status, plain.getheader("Location")) == (301, f"https://{NAME}/about?a=1")
            for path in ("/", "/about", "/agreements.json", "/healthz"):
                page = asked(HTTPSConnection("127.0.0.1", https, context=trusting), path)
                assert page.status == 200, f"{path} leads to {page.getheader('Location')}"
            assert page.getheader("Strict-Transport-Security")
            lying = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.9"}
            assert asked(HTTPSConnection("127.0.0.1", https, context=trusting), "/about", **lying).status == 200
        circle = asked(HTTPConnection("127.0.0.1", server.port), "/about")  # what a proxy without the header meets
        assert (circle.status, circle.getheader("Location")) == (301, f"https://{NAME}/about")


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = program("systemd-analyze")
    for name in UNITS:
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/followthrough/bin/followthrough", "/bin/true"))
    command = [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "followthrough" in line]
    assert said == []


def test_the_examples_name_only_commands_and_settings_that_there_are() -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES.iterdir() if path.suffix != ".pdf"]
    texts.append((REPOSITORY / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8"))
    called = {word for text in texts for word in re.findall(r"bin/followthrough (\w+)", text)}
    assert {"serve", "backup", "audit", "people"} <= called <= set(COMMANDS)
    settings = (REPOSITORY / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    named = {word for text in texts for word in re.findall(r"FOLLOWTHROUGH_[A-Z_]+", text)}
    assert named and {word for word in named if f"`{word}`" not in settings} == set()
    key = re.findall(r"^FOLLOWTHROUGH_SECRET_KEY=(.*)$", (EXAMPLES / "followthrough.env").read_text(), flags=re.M)
    with pytest.raises(InputRefused):  # who forgets to put one of their own cannot start
        _require_secret(key[0])
