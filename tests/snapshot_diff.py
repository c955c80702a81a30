"""Compares two snapshots and groups what differs by kind: part of ``snapshot.py``."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

LONGEST = 20_000
"""Tokens up to which the differing part of two files is compared in order; beyond that only as two bags."""
SHOWN = 400
"""Letters of an example that are printed."""
BLOCKS = (
    "html head body title meta link header footer main nav section article aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt"
    " dd table caption thead tbody tfoot tr th td form fieldset legend details summary figure figcaption option"
    " optgroup hr br symbol path circle rect line polyline polygon g defs use text tspan template script style"
)
"""Tags at which white space is not rendered: blocks, what selects hold, and what is drawn."""
AT_BLOCKS = re.compile(rf"\s*(</?(?:{'|'.join(BLOCKS.split())})\b[^>]*>|<!doctype[^>]*>)\s*", re.I)
TAG = re.compile(r"<[^<>]*>")
TWICE = re.compile(r"(?<=\s)((?:<[^<>]*>)+)\s+")
VARIES = re.compile(r"\bfollowthrough(?:\.\w+)+|\d+|(?<=\b[ca]-)\w+")


def report(before: Path, after: Path, examples: int) -> int:
    """Print the kinds of difference, the most frequent first; return 1 where there is any."""
    old, new = _files(before), _files(after)
    kinds: dict[str, list[str]] = defaultdict(list)
    details: dict[str, list[str]] = defaultdict(list)
    for name in sorted(old | new):
        for kind, detail in _kinds(before, after, name, name in old, name in new):
            kinds[kind].append(name)
            if len(details[kind]) < examples:
                details[kind].append(detail)
    same = len(old & new) - len({name for names in kinds.values() for name in names if name in old & new})
    print(f"{len(old)} files before, {len(new)} after: {same} the same, {len(kinds)} kinds of difference")
    for kind in sorted(kinds, key=lambda one: -len(kinds[one])):
        names = kinds[kind]
        print(f"\n{len(names)} x {kind[:SHOWN]}\n    such as {'; '.join(names[:examples])}")
        for detail in details[kind]:
            print("    " + detail.replace("\n", "\n    "))
    return 1 if kinds else 0


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _kinds(before: Path, after: Path, name: str, was: bool, is_: bool) -> Iterator[tuple[str, str]]:
    """Give each kind of difference of one file, with an example."""
    if not (was and is_):
        area = "/".join(name.split("/")[:1])
        yield f"{'gone' if was else 'new'}: a file of {area}", ""
        return
    old, new = (folder.joinpath(name).read_text(encoding="utf-8") for folder in (before, after))
    if old == new:
        return
    if (one := _data(old)) is not None and one == _data(new):
        yield "the order of the keys of JSON only", ""
        return
    old, new = _rendered(old), _rendered(new)
    if old == new:
        yield "white space that is not rendered", ""
    else:
        yield from _hunks(_tokens(old), _tokens(new))


def _rendered(text: str) -> str:
    """Return a text with its white space as a browser shows it: none at blocks, elsewhere one for many."""
    text = TAG.sub(lambda tag: re.sub(r"\s*/>$", "/>", " ".join(tag[0].split())), text)
    text = AT_BLOCKS.sub(r"\1", re.sub(r"[ \t]*\n\s*|[ \t]+", lambda run: "\n" if "\n" in run[0] else " ", text))
    return re.sub(r" +", " ", TWICE.sub(r"\1", text.replace("\n", " ") if "<html" in text else text))


def _data(text: str) -> object:
    try:
        return json.loads(text.partition("\n\n")[2] or text)
    except ValueError:
        return None


def _tokens(text: str) -> list[str]:
    """Return a text in pieces that stand for themselves: headers by line, HTML by tag, JSON by member."""
    return [piece for piece in re.split(r"\n|(?=<)|(?<=[,{}\[\]])(?=\s*\")", text) if piece.strip()]


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    first, last = 0, 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if len(old) + len(new) > LONGEST:
        yield f"more than {LONGEST} pieces differ", f"- {' '.join(old[:5])[:SHOWN]}\n+ {' '.join(new[:5])[:SHOWN]}"
        return
    seen = set[str]()
    for verb, at, end, begins, ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            continue
        gone, come = "".join(old[at:end]), "".join(new[begins:ends])
        kind = VARIES.sub("#", f"- {gone[:SHOWN]} + {come[:SHOWN]}")
        if re.sub(r"\s", "", gone) == re.sub(r"\s", "", come):
            kind = f"white space that may be rendered: {kind}"
        if kind not in seen:
            seen.add(kind)
            yield kind, f"- {gone[:SHOWN]}\n+ {come[:SHOWN]}"
