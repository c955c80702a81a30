"""Takes the pictures of the twelve most used pages from the demo, which it starts in a folder of its own.

.venv/bin/python tools/pictures.py
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "img"
PAGES = {
    "home": "/",
    "agreement": "/agreements/asean-rok-2019#cover",
    "provision": "/agreements/asean-rok-2019/4.3",
    "section": "/agreements/asean-rok-2019/section-4",
    "party": "/parties/VNM",
    "evidence": "/agreements/asean-rok-2019/claims",
    "targets": "/agreements/asean-rok-2019/targets",
    "money": "/agreements/asean-rok-2019/money",
    "indicators": "/agreements/asean-rok-2019/indicators",
    "instruments": "/agreements/asean-rok-2019/instruments",
    "lineage": "/lineage",
    "search": "/search?q=air%20services",
}
"""The pictures by name, each with the page whose first screen it shows."""
SIZE = {"width": 1280, "height": 900}
SECONDS = 120
"""How long the demo may take to answer for the first time."""


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """Serve the demo from a new folder and give its address; stop it afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "followthrough", "demo", "--no-browser", "--port", str(port)]
        with subprocess.Popen([*command, "--data-dir", folder], stderr=subprocess.DEVNULL) as served:  # noqa: S603
            try:
                wait_for(f"{address}/healthz", served)
                yield address
            finally:
                served.terminate()
                served.wait(timeout=30)


def wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    """Wait until the demo answers. Raises ``RuntimeError`` where it ends first or takes too long."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and served.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310
            return
        time.sleep(0.2)
    raise RuntimeError("the demo did not answer; start it by hand with `make demo` to see why")


def main() -> int:
    """Take every picture of ``PAGES``."""
    chromium = os.environ.get("FOLLOWTHROUGH_CHROMIUM") or shutil.which("chromium")
    with demo() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, path in PAGES.items():
            page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
            page.goto(f"{address}{path}")
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            print(f"docs/img/{name}.png: {path}")  # noqa: T201
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
