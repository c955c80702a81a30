"""A server is alone with its folder and its port, deletes nothing that it did not make, and ends whole."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from followthrough.cli.alone import LOCK, lock
from followthrough.errors import InputRefused
from followthrough.web.data_folder import data_directory, register_file
from made_registers import bundled_register
from serving import PACK, PATIENCE, Server, command, free_port, python, serving

GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def refused(folder: Path, *arguments: str, **more: str) -> str:
    """Run a command that has to end with 1 and one line; returns the line."""
    done = command(folder, *arguments, **more)
    assert (done.returncode, done.stdout) == (1, ""), done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled register; tests copy it or leave it as it is."""
    return bundled_register(tmp_path_factory.mktemp("server") / "data")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    copy = tmp_path / "data"
    copy.mkdir(mode=0o700)
    with sqlite3.connect(made / "register.sqlite3") as old, sqlite3.connect(copy / "register.sqlite3") as new:
        old.backup(new)
    old.close()
    new.close()
    return copy


# The folder ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_folder_of_other_files_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    (tmp_path / "static").mkdir()
    with pytest.raises(InputRefused, match=r"holds no register and files of another kind \(static and 1 more\)"):
        data_directory(str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["static", "thesis.docx"]
    assert "holds no register" in refused(tmp_path, "demo", "--no-browser")


def test_a_folder_that_cannot_be_made_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("file", "file/below"):
        with pytest.raises(InputRefused, match="cannot be used as a data folder"):
            data_directory(str(tmp_path / name))


def test_folders_of_earlier_versions_and_of_the_system_are_taken(tmp_path: Path) -> None:
    for name in ("lost+found", "files", "archive", "static"):
        (tmp_path / name).mkdir()
    (tmp_path / "static" / ".collected").touch()
    assert data_directory(str(tmp_path)) == tmp_path
    (tmp_path / "notes.txt").touch()  # once it is ours, it may hold what its owner likes
    assert data_directory(str(tmp_path)) == tmp_path


@pytest.mark.slow
def test_nobody_else_reads_the_register(tmp_path: Path) -> None:
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    made = tmp_path / "made"
    assert command(made, "manage", "migrate", "contenttypes", "--verbosity=0").returncode == 0
    assert (mode(made), mode(made / "register.sqlite3"), mode(made / ".followthrough")) == (0o700, 0o600, 0o700)
    path = register_file(data_directory(str(tmp_path / "new")))
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE a (b)")
    assert {mode(one) for one in path.parent.glob("register*")} == {0o600}
    assert len(list(path.parent.glob("register*"))) == 3
    connection.close()


@pytest.mark.slow
def test_a_static_folder_of_the_user_stays_and_old_ones_of_ours_go(folder: Path) -> None:
    own = folder / ".followthrough"
    for name in ("static-0123456789abcdef", "static-of-mine", "notes"):
        (own / name).mkdir(parents=True)
        (own / name / "kept.txt").touch()
    (own / "static-0123456789abcdef" / ".followthrough-static").touch()
    (folder / "static").mkdir()
    (folder / "static" / "notes.txt").write_text("mine")
    with serving(folder) as server:
        page = server.say(GET % b"/").decode()
        style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert b"200 OK" in server.say(GET % style.encode())
    assert (folder / "static" / "notes.txt").read_text() == "mine"
    assert {path.name for path in own.iterdir()} >= {"static-of-mine", "notes", "server.lock"}
    (current,) = own.glob("static-????????????????")
    assert current.name in page or current.name != "static-0123456789abcdef"


# The secret, the port and the lock -----------------------------------------------------------------------------------


def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    for secret in ("x", "x" * 80, "a secret of less than fifty letters"):
        said = refused(tmp_path, "serve", FOLLOWTHROUGH_SECRET_KEY=secret)
        assert "FOLLOWTHROUGH_SECRET_KEY: is too easy to guess" in said


@pytest.mark.slow
def test_a_port_that_others_would_share_is_refused(made: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"port {port}: is in use" in refused(made, "serve", "--port", port)
    assert "is no address of this machine" in refused(made, "serve", "--host", "not a host")


@pytest.mark.slow
def test_one_folder_has_one_server_and_takes_imports_meanwhile(folder: Path) -> None:
    with serving(folder) as server:
        for other in (["serve"], ["demo", "--no-browser"]):
            said = refused(folder, *other, "--port", str(free_port()))
            assert f"is served already, by process {server.process.pid}" in said
        assert command(folder, "import", str(PACK)).returncode == 0
        assert b"200 OK" in server.say(GET % b"/agreements/asean-rok-2019")


# Killed --------------------------------------------------------------------------------------------------------------


def suggest(server: Server, text: str) -> bool:
    """Send a suggestion; tells whether it was confirmed."""
    token = "t" * 32
    form = f"csrfmiddlewaretoken={token}&text={text}"
    top = (
        "POST /agreements/asean-rok-2019/suggest HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Cookie: csrftoken={token}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    )
    try:
        return b" 302 " in server.say(f"{top}Content-Length: {len(form)}\r\n\r\n{form}".encode())
    except OSError:
        return False


def kept(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "register.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    found = [row[0] for row in connection.execute("SELECT text FROM evidence_suggestion ORDER BY id")]
    connection.close()
    return found


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in listed.stdout.split()]


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the table of processes as Linux shows it")
def test_a_server_that_is_over_and_not_yet_asked_for_holds_no_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as over, (tmp_path / LOCK).open("w+") as worker:
        until(lambda: gone(over.pid))
        fcntl.flock(worker, fcntl.LOCK_EX)
        worker.write(str(over.pid))
        worker.flush()
        threading.Timer(0.5, fcntl.flock, (worker, fcntl.LOCK_UN)).start()
        held = lock(tmp_path)
    assert os.pread(held, 20, 0) == str(os.getpid()).encode()
    os.close(held)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the table of processes as Linux shows it")
def test_a_killed_server_takes_its_workers_along_and_starts_again_at_once(folder: Path) -> None:
    with serving(folder) as server:
        assert suggest(server, "before")
        workers = children(server.process.pid)
        assert len(workers) == 2
        os.kill(server.process.pid, signal.SIGKILL)
        with serving(folder, server.port) as again:
            until(lambda: all(gone(pid) for pid in workers))
            until(lambda: suggest(again, "after"))
            assert again.log.read_text() == ""
    assert kept(folder) == ["before", "after"]


@pytest.mark.slow
def test_a_server_that_is_told_to_stop_finishes_what_it_began(folder: Path) -> None:
    with serving(folder) as server, ThreadPoolExecutor() as pool:
        writer = sqlite3.connect(folder / "register.sqlite3", isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        waiting = pool.submit(suggest, server, "begun")
        time.sleep(1)  # it waits for the writer, and is not seen to
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(1)
        writer.execute("COMMIT")
        writer.close()
        assert waiting.result()
        assert server.process.wait(PATIENCE) == 0
    assert kept(folder) == ["begun"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the table of processes as Linux shows it")
def test_a_killed_worker_loses_nothing_confirmed_and_is_replaced(folder: Path) -> None:
    with serving(folder) as server:
        assert suggest(server, "before")
        victim, other = children(server.process.pid)
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(set(children(server.process.pid)) - {victim, other}) == 1)
        until(lambda: suggest(server, "after"))
    assert kept(folder) == ["before", "after"]


# Registers that are not for this version -----------------------------------------------------------------------------

COMMANDS = (
    ["serve"],
    ["demo", "--no-browser"],
    ["import", str(PACK)],
    ["export", "out"],
    ["refresh", "--offline-dir", "."],
    ["audit", "verify"],
)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('agreements', '0999_later', '2030')")
    connection.commit()
    connection.close()


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE moz_places (id)")
    connection.commit()
    connection.close()


def broken(path: Path) -> None:
    path.write_bytes(b"no database at all " * 1000)


SPOILT = (
    (newer, COMMANDS, "was written by a newer version of this program (agreements.0999_later)"),
    (foreign, COMMANDS[1:3], "is the database of another program"),
    (broken, COMMANDS[1:3], "is broken, or no database of ours"),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "arguments", "said"),
    [
        pytest.param(spoil, arguments, said, id=f"{spoil.__name__}-{arguments[0]}")
        for spoil, commands, said in SPOILT
        for arguments in commands
    ],
)
def test_a_register_that_does_not_fit_is_refused_in_one_line(
    folder: Path, spoil: Callable[[Path], None], arguments: list[str], said: str
) -> None:
    path = folder / "register.sqlite3"
    spoil(path)
    before = path.read_bytes()
    assert said in refused(folder, *arguments)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    away = f"postgres://somebody:secret-word@127.0.0.1:{free_port()}/register"
    said = refused(tmp_path / "data", "import", str(PACK), DATABASE_URL=away)
    assert "the database: it does not answer" in said
    assert "secret-word" not in said


@pytest.mark.slow
def test_a_first_start_that_was_cut_short_is_gone_on_with(tmp_path: Path) -> None:
    python(tmp_path / "data", "from django.core.management import call_command as c; c('migrate', 'contenttypes')")
    done = command(tmp_path / "data", "export", str(tmp_path / "pack"))
    assert done.returncode == 0, done.stderr
