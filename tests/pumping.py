"""Finds every regular expression of the package, and pumps texts out of each that would show it to be slow.

``patterns`` takes those at the top of modules, in their tables, in what their cached functions build, and those written
where they are used. ``texts`` walks a pattern's parse tree: for each repetition in it a text that comes so far, goes
round there very often, and then ends otherwise.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import math
import pkgutil
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import followthrough

PARSER: Any = import_module("re._parser")
METHODS = frozenset({"search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"})
SIZES = (20, 28, 256, 2_048, 8_192)
"""Characters of a text, one size after another: the first are for patterns that grow by powers of two."""
FLOOR = 0.012
"""Seconds of computing under which nothing is concluded."""
QUICK = 0.001
"""Seconds under which a text of 2,048 characters cannot have been gone over from each of its places."""
CERTAIN = 1.0
"""Seconds of computing from which a steep growth needs no longer text to be confirmed."""
PLAIN = 0.2
"""Seconds of computing that are told from a disturbance at the first run."""
STEEPEST = 1.6
"""The power of the length with which the time may grow; a straight line has 1, a text gone over again and again 2."""

SHAPES = ("a", "A", "1", " ", "-", "\n", "a ", "A ", "1 ", "1,", "a-", ". ", "(", "[", "*")


@dataclass(slots=True)
class Found:
    """A pattern: where it stands, and by which methods it is used."""

    pattern: re.Pattern[Any]
    where: str
    methods: set[str] = field(default_factory=set)

    def run(self, text: str) -> None:
        """Use the pattern on ``text`` as the package does: anchored at its start, or from every place of it."""
        given: Any = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        if self.methods and self.methods <= {"match"}:
            self.pattern.match(given)
        elif self.methods and self.methods <= {"match", "fullmatch"}:
            self.pattern.fullmatch(given)
        else:
            for _ in self.pattern.finditer(given):
                pass


def modules() -> Iterator[ModuleType]:
    """Give the modules of the package, the table of addresses first: it names the kinds that others use."""
    importlib.import_module("followthrough.web.urls")
    for one in pkgutil.walk_packages(followthrough.__path__, "followthrough."):
        if not one.name.endswith(("__main__", "wsgi")) and ".migrations" not in one.name:
            yield importlib.import_module(one.name)


def patterns() -> tuple[list[Found], list[str]]:
    """Return every pattern of the package, and the places of those that cannot be formed without their callers."""
    found: dict[tuple[Any, int], Found] = {}
    unformed: list[str] = []
    used = defaultdict[str, set[str]](set)
    inline = list[tuple[re.Pattern[Any], str, str]]()
    for module in modules():
        _look(module, used, inline, unformed)
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _held(value, module.__name__):
                one = found.setdefault((pattern.pattern, pattern.flags), Found(pattern, f"{module.__name__}.{name}"))
                one.methods |= used.get(_name(module, name)) or METHODS
    for pattern, where, method in inline:
        found.setdefault((pattern.pattern, pattern.flags), Found(pattern, where)).methods.add(method)
    return list(found.values()), unformed


def _look(
    module: ModuleType, used: dict[str, set[str]], inline: list[tuple[re.Pattern[Any], str, str]], unformed: list[str]
) -> None:
    """Note how the names of a module are used, and the patterns that are written where they are used."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of, method = node.func.value, node.func.attr
        if isinstance(of, ast.Name) and of.id == "re" and method in METHODS:
            where = f"{module.__name__}:{node.lineno}"
            names = {**vars(module), "stem": "implement", "re": re}
            flags = [
                one for one in [*node.args[1:], *(key.value for key in node.keywords)] if "re." in ast.unparse(one)
            ]
            try:
                pattern, *said = (_value(one, where, names) for one in (node.args[0], *flags))
            except NameError:
                unformed.append(where)
                continue
            inline.append((re.compile(pattern, *said[:1]), where, method))
        elif method in METHODS and isinstance(of, ast.Name | ast.Attribute):
            name = of.id if isinstance(of, ast.Name) else of.attr
            used[_name(module, name)].add(method)


def _name(module: ModuleType, name: str) -> str:
    """Return what a name is known by: one of the module's own, in that module; any other, in all of them."""
    return f"{module.__name__}.{name}" if name.startswith("_") else name


def _value(node: ast.expr, where: str, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), where, "eval"), names)  # noqa: S307 - a pattern of our own source


def _held(value: Any, module: str, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Give the patterns in a value: in tables, in records, and in what a cached function without arguments builds."""
    if isinstance(value, re.Pattern):
        yield value
    for inner in _inside(value, module) if depth < 6 else ():
        yield from _held(inner, module, depth + 1)


def _inside(value: Any, module: str) -> list[Any]:
    if isinstance(value, functools._lru_cache_wrapper):
        ours = getattr(value, "__module__", "") == module and not inspect.signature(value).parameters
        return [value()] if ours else []
    if isinstance(value, Mapping):
        return [*value, *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, one.name, None) for one in fields(value)]
    return []


_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_GOES_ON = "\ue000"
Ways = dict[int, int]
"""Which way to go at each fork of a parse tree, by the fork's identity."""


def _repetitions(tree: Any, ways: Ways) -> Iterator[tuple[int, Ways]]:
    """Give the identity of every repetition in a parse tree, with the ways that lead there."""
    for code, value in tree:
        kind = str(code)
        if kind in _REPEATS:
            yield id(value), ways
            yield from _repetitions(value[2], ways)
        elif kind == "BRANCH":
            for number, way in enumerate(value[1]):
                yield from _repetitions(way, {**ways, id(value): number})
        elif kind in {"SUBPATTERN", "ATOMIC_GROUP", "ASSERT"}:
            yield from _repetitions({"SUBPATTERN": value[-1], "ASSERT": value[-1]}.get(kind, value), ways)


_SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "IN", "ANY"})


def possessive_groups(part: Any) -> Iterator[Any]:
    """Give every possessive repetition of more than plain characters in a parse tree, or in a part of one."""
    possessive = isinstance(part, tuple) and str(part[0]) == "POSSESSIVE_REPEAT"
    if possessive and any(str(code) not in _SINGLE for code, _ in part[1][2]):
        yield part
    if isinstance(part, tuple | list | PARSER.SubPattern):
        for one in part:
            yield from possessive_groups(one)


@dataclass(slots=True)
class _Writer:
    """Writes what a parse tree matches; what the repetition ``pumped`` goes round is left in ``body``."""

    pumped: int = 0
    ways: Ways = field(default_factory=dict)
    body: str = ""

    def write(self, tree: Any) -> str:
        return "".join(self.one(str(code), value) for code, value in tree)

    def one(self, kind: str, value: Any) -> str:
        if kind in _REPEATS:
            return self._repeat(*value, number=id(value))
        if kind == "BRANCH":
            return self.write(value[1][self.ways.get(id(value), 0)])
        if kind in {"SUBPATTERN", "ATOMIC_GROUP"}:
            return self.write(value[-1] if kind == "SUBPATTERN" else value)
        if kind == "IN":
            return _member(value)
        if kind == "NOT_LITERAL":
            return "x" if value != ord("x") else "y"
        return {"ANY": "x"}.get(kind, chr(value) if kind == "LITERAL" else "")

    def _repeat(self, low: int, _: int, inner: Any, *, number: int) -> str:
        body = self.write(inner)
        if number != self.pumped:
            return body * max(1, low)
        self.body = body or " "
        return _GOES_ON


def _member(members: Any) -> str:
    if str(members[0][0]) == "NEGATE":
        inside = re.compile("[" + "".join(_class(one) for one in members[1:]) + "]")
        return next(sign for sign in "a 1-,A.\n;(\u4e00" if not inside.match(sign))
    code, value = members[0]
    kind = str(code)
    if kind == "LITERAL":
        return chr(value)
    if kind == "RANGE":
        return chr(value[0])
    return _category(str(value))


def _class(member: Any) -> str:
    code, value = member
    if str(code) == "LITERAL":
        return re.escape(chr(value))
    if str(code) == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[str(value).removeprefix("CATEGORY_").removeprefix("NOT_")]


def _category(name: str) -> str:
    known = {"DIGIT": "1", "NOT_DIGIT": "x", "SPACE": " ", "NOT_SPACE": "x", "WORD": "a", "NOT_WORD": "-"}
    return known[name.removeprefix("CATEGORY_")]


def texts(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], str]]:
    """Give makers of texts of about so many characters, each made to lead ``pattern`` astray."""
    raw = pattern.pattern
    tree = PARSER.parse(raw.decode("latin-1") if isinstance(raw, bytes) else raw, pattern.flags & ~re.UNICODE)
    seen = set[tuple[str, str]]()
    whole = _Writer().write(tree)
    for pumped, ways in _repetitions(tree, {}):
        writer = _Writer(pumped, ways)
        head, goes_on, _ = writer.write(tree).partition(_GOES_ON)
        body = writer.body
        for start, again in ((head, body), ("", body), (head, f"{body} "), ("", head + body)) if goes_on else ():
            if (start, again) not in seen:
                seen.add((start, again))
                yield from (_maker(start, again, end) for end in ("\x01", "\n"))
    for body in (whole, f"{whole} ", *SHAPES):
        if body and ("", body) not in seen:
            yield _maker("", body, "\x01")


def _maker(start: str, body: str, end: str) -> Callable[[int], str]:
    return lambda size: start + body * max(1, (size - len(start)) // len(body)) + end


def spent(run: Callable[[str], None], text: str, times: int = 1) -> float:
    """Return the least seconds of computing, of this thread alone, that ``run`` takes over ``text``.

    A run of ``PLAIN`` seconds is not made again: the clock's disturbances are small beside it.
    """
    least = math.inf
    for _ in range(times):
        began = time.thread_time()
        run(text)
        least = min(least, time.thread_time() - began)
        if least > PLAIN:
            break
    return least


def steepness(run: Callable[[str], None], make: Callable[[int], str], sizes: tuple[int, ...] = SIZES) -> float:
    """Return the exponent with which the time of ``run`` grows with the length; 1 where it stays too short to tell.

    A steep growth is confirmed before it is returned: measured again, which excludes a disturbed clock, and over
    longer texts, where a repetition with an upper bound (``{0,900}``) has become linear.
    """
    for before, size in pairwise(sizes):
        took = spent(run, make(size))
        if took < FLOOR:
            if took < QUICK and size >= 2_048:
                break
            continue
        lengths = [(max(before, size // 2), size), (max(before, size // 2), size)]
        if size >= 2_048:  # growth by powers of two would have shown in the short texts, and must not be doubled
            lengths += [(size, 2 * size), (2 * size, 4 * size)]
        return _confirmed(run, make, lengths)
    return 1.0


def _confirmed(run: Callable[[str], None], make: Callable[[int], str], lengths: list[tuple[int, int]]) -> float:
    """Return the least exponent measured between each pair of lengths; stop at the first that is not steep."""
    least = math.inf
    for shorter, longer in lengths:
        half, whole = make(shorter), make(longer)
        short, long = spent(run, half, 3), spent(run, whole, 3)
        least = min(least, math.log(long / max(short, 1e-7)) / math.log(len(whole) / len(half)))
        if least <= STEEPEST or long > CERTAIN:
            break
    return least
