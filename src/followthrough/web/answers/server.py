"""Serves the tools by the Model Context Protocol on standard input and output: they read, and nothing writes.

Whoever started this process reads what a stranger may read. What a tool cannot take is answered with an error that says
why; a line that is no request, or too long to be one, is passed over, and the next one is read.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from typing import IO, Any

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from pydantic import TypeAdapter

from followthrough.errors import FollowthroughError
from followthrough.web.answers.shape import Answer
from followthrough.web.answers.tools import TOOLS, Tool, ask

LONGEST = 1_000_000
"""Bytes of one request; more is read to its end and refused."""
INSTRUCTIONS = """Answers from a register of commitments of intergovernmental agreements and of the evidence about them.
Begin with `agreements`, then ask by the ids and numbers that answers print. Rules for quoting: give every count as n of
N with its formula, every figure with its source and its as_of day, and contested figures with all their sides. `says`
is in the register's words; only `quotes` are exact words of an agreement, and `words_of_the_source` those of a source:
where it says that none are on record, give the statement as the register's and name its source. Null is not known, and
never zero. Where `silent` is true, say that the register is silent and what was looked at, and do not guess. A
political paragraph is never scored."""
LOG = logging.getLogger(__name__)


class Lines(io.TextIOBase):
    """Requests, a line each, of bounded length: what is too long is passed over, and no JSON stands in its place."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]  # a text file may be asked for less
        """Return the next line; at the end, nothing."""
        line = self._raw.readline(LONGEST + 1)
        if len(line) <= LONGEST:
            return line.decode("utf-8", errors="replace")
        while line and not line.endswith(b"\n"):
            line = self._raw.readline(LONGEST)
        return f"a request of more than {LONGEST} bytes\n"


def serve(raw: IO[bytes], version: str) -> None:
    """Answer the requests of ``raw`` until it ends."""
    anyio.run(_serve, raw, version)


async def _serve(raw: IO[bytes], version: str) -> None:
    server: Server[Any] = Server(
        "followthrough", version=version, instructions=INSTRUCTIONS, on_list_tools=_list, on_call_tool=_call
    )
    async with stdio_server(stdin=anyio.wrap_file(Lines(raw))) as (incoming, outgoing):  # type: ignore[arg-type]
        await server.run(incoming, outgoing, server.create_initialization_options())


async def _list(_ctx: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[described(tool) for tool in TOOLS.values()])


def described(tool: Tool) -> types.Tool:
    """Return a tool with the schema of what it takes and of what it answers."""
    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    return types.Tool(
        name=tool.name, description=tool.says, input_schema=_plain(tool.takes.model_json_schema()),
        output_schema=_plain(TypeAdapter(Answer).json_schema()), annotations=hints,
    )  # fmt: skip


def _plain(schema: Any) -> Any:
    """Return a schema without the titles that repeat its names: a machine reads all of it before it asks."""
    if isinstance(schema, dict):
        kept = {key: value for key, value in schema.items() if key != "title" or not isinstance(value, str)}
        return {key: _plain(value) for key, value in kept.items()}
    return [_plain(one) for one in schema] if isinstance(schema, list) else schema


ONE_AT_A_TIME = anyio.CapacityLimiter(1)
"""Answers are read one after another: the database has one connection, and a machine may ask a hundred at once."""


async def _call(_ctx: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
    return await anyio.to_thread.run_sync(_answered, params.name, params.arguments or {}, limiter=ONE_AT_A_TIME)


def _answered(name: str, given: Mapping[str, Any]) -> types.CallToolResult:
    """Answer a call; what is refused is told in one line, and of what breaks nothing but that it did."""
    try:
        answer = asdict(ask(name, given))
    except FollowthroughError as error:
        return _error(str(error))
    except Exception:
        LOG.exception("a tool failed")
        return _error(f"{name[:40]}: failed; the reason is in the log of the server")
    text = json.dumps(answer, ensure_ascii=False)
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=answer)


def _error(said: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=said)], is_error=True)
