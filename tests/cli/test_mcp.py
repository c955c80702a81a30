"""``followthrough mcp`` over real pipes: a real client, garbage, requests without end, and a client that goes away."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import TextContent

from followthrough.packs.bundled import featured_pack
from followthrough.web.answers.server import LONGEST, Lines
from followthrough.web.answers.tools import TOOLS
from made_registers import bundled_register, empty_register
from serving import PATIENCE, command, environment

pytestmark = pytest.mark.sqlite
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled register, which nothing here may change."""
    return bundled_register(tmp_path_factory.mktemp("mcp") / "data")


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / "register.sqlite3").read_bytes()).hexdigest()


@contextmanager
def started(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    line = [sys.executable, "-m", "followthrough", "mcp"]
    pipe = subprocess.PIPE
    with subprocess.Popen(line, env=environment(folder), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def say(process: subprocess.Popen[bytes], raw: bytes | dict[str, Any]) -> None:
    assert process.stdin
    process.stdin.write(raw if isinstance(raw, bytes) else json.dumps({"jsonrpc": "2.0", **raw}).encode() + b"\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


def greet(process: subprocess.Popen[bytes]) -> None:
    say(process, {"id": 1, "method": "initialize", "params": HELLO})
    assert heard(process)["result"]["serverInfo"]["name"] == "followthrough"
    say(process, {"method": "notifications/initialized"})


def call(name: str, **given: Any) -> dict[str, Any]:
    return {"id": name, "method": "tools/call", "params": {"name": name, "arguments": given}}


@pytest.mark.slow
def test_a_client_lists_the_tools_and_asks_them(folder: Path) -> None:
    before = digest(folder)
    with ThreadPoolExecutor(1) as apart:  # a browser that tests share leaves its event loop running in this thread
        apart.submit(asyncio.run, _asked(folder)).result()
    assert digest(folder) == before, "tools that read write nothing"


async def _asked(folder: Path) -> None:
    line = ["-m", "followthrough", "mcp"]
    parameters = StdioServerParameters(command=sys.executable, args=line, env=environment(folder))
    async with stdio_client(parameters) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
        hello = await session.initialize()
        assert "n of" in (hello.instructions or "")
        listed = (await session.list_tools()).tools
        assert [one.name for one in listed] == list(TOOLS)
        for tool in listed:
            assert tool.description and tool.output_schema and tool.annotations and tool.annotations.read_only_hint
            assert tool.input_schema["additionalProperties"] is False
        questions = [json.loads(text) for text in featured_pack().questions.read_text(encoding="utf-8").splitlines()]
        for number in (0, 40, 70, 100, 140, 180):
            (asked,) = questions[number]["calls"]
            answer = await session.call_tool(asked["tool"], asked["with"])  # the client checks it against its schema
            assert not answer.is_error and answer.structured_content["looked_at"]
            (text,) = answer.content
            assert isinstance(text, TextContent) and json.loads(text.text) == answer.structured_content
        refused = await session.call_tool("money", {"fund": "no-such"})
        (text,) = refused.content
        assert refused.is_error and isinstance(text, TextContent) and "name one of: " in text.text
        many = await asyncio.gather(*(session.call_tool("meetings", {"limit": 1}) for _ in range(20)))
        assert {one.structured_content["count"]["n"] for one in many} == {many[0].structured_content["count"]["n"]}


@pytest.mark.slow
def test_what_is_no_request_is_passed_over_and_the_next_is_answered(folder: Path) -> None:
    with started(folder) as process:
        greet(process)
        for garbage in (b"garbage\n", b"\xff\xfe\x00\n", b"[[[[\n", b"[" * 100_000 + b"\n", b"{}\n", b"\n", b"null\n",
                        b"x" * (LONGEST + 10) + b"\n", b'"' + b"y" * (3 * LONGEST) + b'"\n'):  # fmt: skip
            say(process, garbage)
        say(process, {"id": 2, "method": "no/such/method"})
        say(process, {"id": 3, "method": "tools/call", "params": {"name": "money", "arguments": "text"}})
        say(process, call("place", place="x" * 500_000))
        say(process, call("meetings", limit=1))
        found: dict[Any, dict[str, Any]] = {}
        while len(found) < 4:
            answer = heard(process)
            found[answer["id"]] = answer
        assert found[2]["error"]["code"] == -32601 and found[3]["error"]["code"] == -32602
        assert found["place"]["result"]["isError"] is True
        assert found["meetings"]["result"]["structuredContent"]["items"]


@pytest.mark.slow
def test_it_ends_with_its_client_and_when_it_is_told_to(folder: Path) -> None:
    before = digest(folder)
    with started(folder) as process:
        greet(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=PATIENCE) == 0
    with started(folder) as process:
        greet(process)
        say(process, call("evidence", limit=50))
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) != 0
    assert digest(folder) == before
    assert not list(folder.glob("*-journal"))


@pytest.mark.slow
def test_an_empty_register_says_so_and_none_is_made(tmp_path: Path) -> None:
    with started(empty_register(tmp_path / "empty")) as process:
        greet(process)
        say(process, call("money"))
        said = heard(process)["result"]
        assert said["isError"] and "none is catalogued yet" in said["content"][0]["text"]
    done = command(tmp_path / "absent", "mcp")
    assert done.returncode == 1 and "not made yet" in done.stderr and done.stdout == ""


@pytest.mark.slow
def test_the_score_of_an_empty_register_is_red(tmp_path: Path) -> None:
    done = command(empty_register(tmp_path / "empty"), "questions", "--json")
    score = json.loads(done.stdout)
    assert done.returncode == 1 and score["of"] == 200 and score["right"] < 10
    assert len(score["misses"]) == 200 - score["right"] and score["misses"][0]["wrong"]


@pytest.mark.slow
def test_questions_of_ones_own_are_asked_and_a_miss_is_named(folder: Path, tmp_path: Path) -> None:
    right = {"tool": "meetings", "with": {"body": "JCC"}, "expect": {"silent": False}}
    wrong = {"tool": "meetings", "with": {"body": "JCC"}, "expect": {"count": {"n": 77}}}
    lines = [{"id": name, "kind": "own", "question": f"Is it {name}?", "calls": [asked]}
             for name, asked in (("right", right), ("wrong", wrong))]  # fmt: skip
    path = tmp_path / "own.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    done = command(folder, "questions", "--file", str(path))
    assert done.returncode == 1
    assert "own                                     1 of 2" in done.stdout
    assert "wrong: Is it wrong?\n  meetings: count.n should be 77 and is 5" in done.stdout
    both = command(folder, "questions", "--bundled", "--data-dir", str(folder))
    assert both.returncode == 2


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b"one\ntwo", ["one\n", "two", ""]),
        (b"", [""]),
        (b"x" * (LONGEST + 5) + b"\nnext\n", [f"a request of more than {LONGEST} bytes\n", "next\n", ""]),
        (b"x" * (2 * LONGEST), [f"a request of more than {LONGEST} bytes\n", ""]),
        (b"x" * (LONGEST - 1) + b"\n" + b"y\n", ["x" * (LONGEST - 1) + "\n", "y\n", ""]),
        (b"\xff\n", ["\ufffd\n", ""]),
    ],
)
def test_a_line_is_bounded(tmp_path: Path, raw: bytes, lines: list[str]) -> None:
    path = tmp_path / "in"
    path.write_bytes(raw)
    with path.open("rb") as file:
        read = Lines(file)
        assert [read.readline() for _ in lines] == lines
