"""Markdown: the words without the markup, one line for each block, so that quotations read as printed."""

from __future__ import annotations

import re

from followthrough.read.lines import Line, Source

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_FACT = re.compile(r"^(title|date)[ \t]*:[ \t]*(\"(?:\\.|[^\"\\\\])*\"|'[^']*'|[^\n]+(?:\n[ \t]+[^\n]+)*)", re.M | re.S)
_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$")
_FOOT = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)$")
_RULE = re.compile(r"^ {0,3}([-*_=])(?:[ \t]*\1){2,}[ \t]*$")
_BULLET = re.compile(r"^(\s*)([-*+])[ \t]+(?=\S)")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]?|\([A-Za-z0-9]{1,4}\)|[A-Za-z]{1,4}[.)])\s+\S")
_STRONG = re.compile(r"^(?:\*\*|__|\*<u>|<u>|<strong>)(.+?)(?:\*\*|__|</u>\*|</u>|</strong>)\s*:?$", re.S)
_MARKUP = (
    (re.compile(r"<!--(?:(?!<!--|-->).)*+-->", re.S), ""),
    (re.compile(r"\[\^[^\]\s]{1,40}\]"), ""),
    (re.compile(r"!\[([^\]]{0,600}+)\]\([^)]{0,800}+\)"), r"\1"),
    (re.compile(r"\[([^\]]{1,600}+)\]\([^)\s]{0,800}+(?:\s{1,80}+\"[^\"]{0,300}+\")?\)"), r"\1"),
    (re.compile(r"<(?:https?://|mailto:)([^>\s]{1,800}+)>"), r"\1"),
    (re.compile(r"</?(?:sup|sub|u|b|i|em|strong|span|br|p|a|div)\b[^>]{0,800}+>", re.I), ""),
    (re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.{1,600}?)(?<=\S)\1(?!\w)", re.S), r"\2"),
    (re.compile(r"\*\*|(?<=\w)\*(?=\s)|(?<=\s)\*(?=\w)"), ""),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!<>~|$'\"-])"), r"\1"),
)
_ENTITIES = {"&amp;": "&", "&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}


def recognises(text: str) -> bool:
    """Tell whether ``text`` is Markdown: front matter, ATX headings, or emphasis at the start of lines."""
    if _FRONT.match(text) and _FACT.search(_FRONT.match(text).group(1)):  # type: ignore[union-attr]
        return True
    return bool(re.search(r"^#{1,6} \S", text, re.M) or re.search(r"\*\*\S[^*\n]*\S\*\*", text))


def source(text: str) -> Source:
    """Return the words of Markdown ``text`` and one line for each block, with headings and bullets hinted.

    Emphasis, links, escapes and front matter are left out of the text: offsets count the words that remain.
    """
    front = _FRONT.match(text)
    facts = _facts(front.group(1)) if front else {}
    body = text[front.end() :] if front else text
    out: list[str] = []
    lines: list[Line] = []
    at = 0
    for hint, level, raw in _blocks(body):
        words = _plain(raw).strip("*_ ") if hint == "heading" else _plain(raw)
        out.append(words)
        lines.append(Line(at, at + len(words), hint if words else "", level))
        at += len(words) + 1
    return Source("\n".join(out), tuple(lines), facts)


def _facts(front: str) -> dict[str, str]:
    facts = {}
    for key, raw in _FACT.findall(front):
        value = raw.strip()
        if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
            quoted, value = value[0], value[1:-1]
            if quoted == '"':
                value = re.sub(r"\\\n\s*(?:\\(?=\s))?", "", value)
                value = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), value)
                value = re.sub(r"\\x([0-9a-fA-F]{2})", lambda m: chr(int(m.group(1), 16)), value)
                value = value.replace("\\_", " ").replace('\\"', '"')
        facts[key] = " ".join(value.replace("\xa0", " ").split())
    return facts


def _blocks(body: str) -> list[tuple[str, int, str]]:
    """Return (hint, level, raw words) for each block, with an empty block for each blank stretch."""
    blocks: list[tuple[str, int, str]] = []
    open_lines: list[str] = []
    opening: tuple[str, int] = ("", 0)

    def close() -> None:
        if open_lines:
            raw = "\n".join(open_lines)
            strong = _STRONG.match(raw.strip()) if opening[0] == "whole" else None
            blocks.append(("heading", 3, strong.group(1)) if strong else (*opening, raw))
            open_lines.clear()

    for line in body.split("\n"):
        heading, bullet, note = _ATX.match(line), _BULLET.match(line), _FOOT.match(line)
        if not line.strip() or _RULE.match(line) or line.strip() in {"\\###", "###"}:
            close()
            blocks.append(("", 0, ""))
        elif note:
            close()
            opening = ("note", 0)
            open_lines.append(f"{note.group(1)} {note.group(2)}")
        elif heading:
            close()
            blocks.append(("heading", len(heading.group(1)), heading.group(2).rstrip("#").rstrip(" \t")))
        elif bullet or (_NUMBER.match(line) and _may_begin(open_lines)):
            close()
            opening = ("bullet", len(bullet.group(1))) if bullet else ("whole", 0)
            open_lines.append(line)
        else:
            if not open_lines:
                opening = ("whole", 0)
            open_lines.append(line)
        if open_lines and line.endswith(("  ", "\\")) and len(line) < 4096:
            close()
    close()
    return blocks


def _may_begin(open_lines: list[str]) -> bool:
    """Tell whether a number may open a block here: a wrapped line may begin with a year or a decimal."""
    return not open_lines or bool(re.search(r"(?:[.;:,!?”\"*]|\band|\bor)\s*$", open_lines[-1]))


def _plain(raw: str) -> str:
    words = re.sub(r"^[^\S\n]*+>++\s?", "", raw, flags=re.M)
    for pattern, replacement in _MARKUP:
        words = pattern.sub(replacement, words)
    for entity, char in _ENTITIES.items():
        words = words.replace(entity, char)
    return " ".join(words.split())
