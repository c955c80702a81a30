"""The demo, end to end: a fresh folder, a real server, the official text attached and checked."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from made_registers import bundled_register
from serving import PATIENCE, free_port
from support import cpu_of, shared

STATEMENT = "statements/asean-rok-joint-vision-statement-2019.txt"


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[str]:
    """Run the demo; yields its address. Stopped as Ctrl+C stops it."""
    port = free_port()
    command = [sys.executable, "-m", "followthrough", "demo", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "DATABASE_URL": ""}
    end = time.monotonic() + PATIENCE
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--data-dir", str(folder / "data"), *arguments], stdout=log, stderr=log, env=environment
        )
        try:
            address = f"http://127.0.0.1:{port}"
            while "Followthrough is at" not in (folder / "log").read_text():
                assert process.poll() is None, (folder / "log").read_text()
                if time.monotonic() > end:
                    raise TimeoutError((folder / "log").read_text())
                time.sleep(0.05)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own loopback address
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        return str(answer.read().decode())


@pytest.mark.budget
def test_a_fresh_demo_holds_the_whole_register(tmp_path: Path) -> None:
    with demo(tmp_path) as address:
        twin = json.loads(fetch(f"{address}/agreements/asean-rok-2019.json"))
        assert len(twin["commitments"]) == 46
        page = fetch(f"{address}/")
        assert "css/app." in page
        about = json.loads(fetch(f"{address}/agreements/asean-rok-2019/indicators.json"))["indicators"]
        assert sum(any(row[key] for key in row if len(key) == 3 and key.isupper()) for row in about) == 46

    def again() -> None:
        with demo(tmp_path) as address:
            assert json.loads(fetch(f"{address}/healthz"))["status"] == "ok"

    assert cpu_of(again) < 8  # two workers and what they answered counted in


@pytest.mark.slow
def test_the_official_text_is_checked_and_quoted(tmp_path: Path) -> None:
    statement = shared(STATEMENT)
    bundled_register(tmp_path / "data")
    with demo(tmp_path, "--statement", str(statement)) as address:
        assert "25 of 25 paragraphs verified" in (tmp_path / "log").read_text()
        assert "<mark" in fetch(f"{address}/agreements/asean-rok-2019/4.3")
    changed = tmp_path / "changed.txt"
    changed.write_text(statement.read_text(encoding="utf-8").replace("cybersecurity", "cyber-security", 1), "utf-8")
    with demo(tmp_path, "--statement", str(changed)):
        log = (tmp_path / "log").read_text()
        assert "24 of 25 paragraphs verified" in log
        assert "paragraph 2.2: its words differ from the official ones" in log


def refused(*arguments: str) -> str:
    command = [sys.executable, "-m", "followthrough", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_statement_that_is_not_there(tmp_path: Path) -> None:
    message = refused("demo", "--no-browser", "--data-dir", str(tmp_path), "--statement", "nowhere.txt")
    assert "nowhere.txt" in message
    assert not list(tmp_path.iterdir()), "nothing is made for it"


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"port {port}: is in use" in refused("demo", "--port", port, "--data-dir", str(tmp_path))


def test_serving_for_real_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOLLOWTHROUGH_SECRET_KEY", raising=False)
    assert "FOLLOWTHROUGH_SECRET_KEY: is not set" in refused("serve")
