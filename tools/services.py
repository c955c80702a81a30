"""The services that the tests need beside Python: a Chromium, fonts, and a private PostgreSQL.

    python tools/services.py chromium              prints the path of a working browser, installed if need be
    python tools/services.py postgres -- COMMAND   runs COMMAND with DATABASE_URL naming a private server

Standard library only. Messages go to standard error. Nothing is skipped in silence: what cannot be had is
named, with what to do about it, and the exit code is 1.
"""
# ruff: noqa: S603  every command here is a list of our own words, run without a shell

from __future__ import annotations

import contextlib
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FILES = {"fonts-noto-core": "NotoSansThai-Regular.*", "fonts-noto-cjk": "NotoSansCJK-Regular.*"}
FONT_HOMES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/Library/Fonts")
# A plan is compiled (jit) where it looks costly, and every test would compile those of its pages anew.
QUICK = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60",
    "shared_buffers": "512MB", "random_page_cost": "1.1", "jit": "off",
}  # fmt: skip
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/followthrough-tests.conf")


class MissingError(Exception):
    """Something the tests need is not here; the text says what, and what to do."""


def say(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def is_root() -> bool:
    """Tell whether we may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_debian() -> bool:
    """Tell whether Debian's own packages are at hand (Ubuntu's chromium is a snap, which needs snapd)."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    return release.get("ID") == "debian" and shutil.which("apt-get") is not None


def run_quietly(command: Sequence[str | Path], refusal: str, **popen: Any) -> None:
    """Run a command; where it fails, say what could not be done and show the command's own words."""
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False, **popen)
        if done.returncode:
            out.seek(0)
            raise MissingError(f"{refusal}:\n{out.read().decode(errors='replace').strip()}")


def apt_install(*packages: str) -> None:
    """Install Debian packages, refreshing the package lists first."""
    say(f"installing {', '.join(packages)} with apt-get (once)")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"]
    for step in ([*apt, "update"], [*apt, "--no-install-recommends", "install", *packages]):
        run_quietly(step, f"could not install {', '.join(packages)}: install them by hand. apt-get said", env=env)


# ---------------------------------------- Chromium


def starts(browser: str) -> bool:
    """Tell whether a browser answers with its version."""
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def playwright_chromium(install: bool) -> str | None:
    """Return the path of Playwright's own Chromium, downloading it first where asked."""
    if install:
        say("downloading Playwright's Chromium (once)")
        deps = ["--with-deps"] if is_root() and sys.platform == "linux" else []
        command = [sys.executable, "-m", "playwright", "install", *deps, "chromium"]
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
            return None
    script = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).exists() else None


def find_chromium() -> str | None:
    """Return a browser that is already on this machine."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((path for path in found if path and starts(path)), None) or playwright_chromium(install=False)


def chromium() -> str:
    """Return the path of a working Chromium, installing one where that is possible."""
    named = os.environ.get("FOLLOWTHROUGH_CHROMIUM")
    if named:
        if not starts(named):
            raise MissingError(f"FOLLOWTHROUGH_CHROMIUM names {named}, which does not start: correct it or unset it")
        return named
    found = find_chromium()
    if not found and is_root() and is_debian():
        apt_install("chromium", *FONT_FILES)
        found = find_chromium()
    found = found or playwright_chromium(install=True)
    if not found or not starts(found):
        raise MissingError(
            "the browser tests need Chromium and none could be installed: install the package `chromium`, "
            "or run `.venv/bin/playwright install --with-deps chromium`, or set FOLLOWTHROUGH_CHROMIUM "
            "to a browser's path"
        )
    return found


def fonts() -> None:
    """See to fonts for the scripts of the parties, so that pictures show letters and not boxes."""
    homes = [Path(home).expanduser() for home in FONT_HOMES]
    absent = [name for name, file in FONT_FILES.items() if not any(any(home.rglob(file)) for home in homes)]
    if absent and is_root() and is_debian():
        apt_install(*absent)
    elif absent:
        say(f"note: without {' and '.join(absent)}, pictures may show boxes for Khmer, Lao, Thai or Korean")


# ---------------------------------------- PostgreSQL


def postgres_tools() -> Path | None:
    """Return the folder that holds initdb, pg_ctl and postgres, the newest version first."""
    homes = list(Path("/usr/lib/postgresql").glob("*/bin"))
    homes.sort(key=lambda home: [int(n) for n in home.parent.name.split(".") if n.isdigit()], reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        homes.append(Path(on_path).resolve().parent)
    return next((home for home in homes if all((home / n).exists() for n in ("initdb", "pg_ctl", "postgres"))), None)


def need_postgres() -> Path:
    """Return PostgreSQL's programs, installing them where that is possible."""
    home = postgres_tools()
    if home is None and is_root() and shutil.which("apt-get"):
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
        try:
            apt_install("postgresql")
        finally:
            NO_CLUSTER.unlink(missing_ok=True)
        home = postgres_tools()
    if home is None:
        raise MissingError(
            "the tests need PostgreSQL's server programs (initdb, pg_ctl, postgres) and found none: install "
            "the package `postgresql`, or set FOLLOWTHROUGH_TEST_POSTGRES=postgres://user:pass@host:port/db "
            "to a server whose user may create databases"
        )
    return home


def server_user() -> dict[str, Any]:
    """Return who runs the server: PostgreSQL refuses root, so root hands over to an unprivileged user."""
    if not is_root():
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise MissingError("PostgreSQL will not run as root and there is no user `postgres` or `nobody` to run it as")


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Run a throw-away PostgreSQL on a loopback port, and yield its URL."""
    programs, user = need_postgres(), server_user()
    with tempfile.TemporaryDirectory(prefix="ft-pg-", ignore_cleanup_errors=True) as temporary:
        home, password = Path(temporary), secrets.token_hex(16)
        data, secret, port = home / "data", home / "password", free_port()
        secret.write_text(password, encoding="utf-8")
        if user:
            for path in (home, secret):
                os.chown(path, user["user"], user["group"])
        run: dict[str, Any] = {"cwd": home, **user}
        init = ["initdb", "--auth=scram-sha-256", f"--pwfile={secret}", "--username=followthrough"]
        flags = [*init[1:], "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata", str(data)]
        run_quietly([programs / init[0], *flags], "PostgreSQL could not make a database cluster", **run)
        settings = {
            **QUICK,
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(home),
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        control: list[str | Path] = [programs / "pg_ctl", "--pgdata", data, "--wait"]
        log = home / "log"
        start = [*control, f"--log={log}", f"--options={options}", "start"]
        try:
            run_quietly(start, "PostgreSQL could not start", **run)
            yield f"postgres://followthrough:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop = [*control, "--mode=immediate", "stop"]
            subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **run)


def check_answers(url: str) -> None:
    """Ask the server for its version, so that a wrong address is one clear line."""
    script = (
        "import os, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL'], connect_timeout=10) as connection:\n"
        "    print(connection.info.server_version)"
    )
    env = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = " ".join(done.stderr.partition("Error: ")[2].split()) or done.stderr.strip()
        raise MissingError(f"PostgreSQL does not answer: {reason}")
    version = int(done.stdout) // 10000
    say(f"PostgreSQL {version} answers")


def with_postgres(command: Sequence[str]) -> int:
    """Run a command with DATABASE_URL set, and return its exit code."""
    named = os.environ.get("FOLLOWTHROUGH_TEST_POSTGRES")
    with contextlib.nullcontext(named) if named else private_postgres() as url:
        check_answers(url)
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def leave(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly exit, so that the server is stopped and its folder removed."""
    raise SystemExit(128 + number)


def main(words: Sequence[str]) -> int:
    """Do what the words ask."""
    signal.signal(signal.SIGTERM, leave)
    try:
        match list(words):
            case ["chromium"]:
                browser = chromium()
                fonts()
                sys.stdout.write(f"{browser}\n")
                return 0
            case ["postgres", "--", *command] if command:
                return with_postgres(command)
            case _:
                say((__doc__ or "").strip())
                return 2
    except MissingError as missing:
        say(f"error: {missing}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
