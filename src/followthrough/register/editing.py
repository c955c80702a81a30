"""Editing a catalogue: the operations of a reviewer on the commitments of one paragraph.

Every function takes the paragraph's items and returns new ones; nothing is modified in place. Offsets are half-open
ranges of code points in the paragraph's text. Rejected items are kept, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any, Literal

from followthrough.model.commitment import Commitment
from followthrough.model.letters import to_letters
from followthrough.model.typed_dates import read_typed_date
from followthrough.model.vocabulary import CommitmentKind, MissingElement
from followthrough.register.doubts import reason
from followthrough.register.summaries import draft_summary

State = Literal["suggested", "accepted", "rejected"]
Span = tuple[int, int]

LONGEST = {"summary": 500, "verb": 120, "actors": 200, "quantity": 120, "reason": 300, "note": 2000, "instrument": 300}
CLOSE = 12
"""Code points between two spans up to which they are merged into one: a comma, an "and", a space."""

_WORD = re.compile(r"\w(?:[\w'’./&-]*\w)?|[^\s\w]")
_TRAIL = re.compile(r"(?<![\s,;:.])[\s,;:.]*+(?:(?<=\W)(?:and|or)[\s,;:.]*+)?$", re.I)


class Refused(Exception):
    """A change that is not valid: ``field`` names the form field at fault, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Note:
    """The interpretive note: the criteria for full, partial and no compliance with the commitment."""

    full: str = ""
    partial: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One commitment in the editor.

    Attributes:
        key: identifier within the paragraph.
        spans: the parts of the text that belong to it, ascending and disjoint.
        state: review state; ``reason`` says why it was rejected.
        origin: ``machine`` or ``person``.
        letter: the letter in its published id; empty before publication.
        why: by which rules the machine proposed it.
        doubts: what makes the proposal doubtful.
    """

    key: int
    spans: tuple[Span, ...]
    verb: str
    kind: str
    strength: int
    summary: str = ""
    actors: str = ""
    instruments: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    deadline: str = ""
    quantity: str = ""
    missing: tuple[str, ...] = ()
    note: Note = Note()
    state: State = "suggested"
    origin: str = "machine"
    reason: str = ""
    letter: str = ""
    why: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Offset at which the first span begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Offset at which the last span ends."""
        return self.spans[-1][1]

    @property
    def live(self) -> bool:
        """Whether the item belongs to the catalogue: it was not rejected."""
        return self.state != "rejected"

    def to_dict(self) -> dict[str, Any]:
        """Return JSON data from which ``item_of`` restores the item."""
        return asdict(self)


Items = tuple[Item, ...]


def item_of(data: dict[str, Any]) -> Item:
    """Return the item that ``to_dict`` serialised."""
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list | tuple) else value for key, value in data.items()
    }
    plain["spans"] = tuple((int(start), int(end)) for start, end in data["spans"])
    plain["note"] = Note(**data["note"])
    return Item(**plain)


def proposed(found: Iterable[Commitment], places: Mapping[str, Sequence[int]]) -> dict[str, Items]:
    """Return the detected commitments as suggested items, by the eId of their provision.

    ``places[eid]`` begins with the document offset of the provision's body; the offset of the folded text for each
    offset of the body follows. Spans outside the provision are dropped.
    """
    by_provision: dict[str, list[Item]] = {}
    for commitment in found:
        items = by_provision.setdefault(commitment.provision, [])
        offsets = places[commitment.provision]
        spans = tuple(span for span in (_placed(part, offsets) for part in commitment.spans) if span)
        if spans:
            items.append(_suggestion(len(items) + 1, commitment, spans))
    return {eid: tuple(items) for eid, items in by_provision.items()}


def _placed(span: tuple[int, int], places: Sequence[int]) -> Span | None:
    first, *rest = places
    start, end = (max(0, min(at - first, len(rest) - 1)) for at in span)
    return (rest[start], rest[end]) if rest[start] < rest[end] else None


def _suggestion(key: int, commitment: Commitment, spans: tuple[Span, ...]) -> Item:
    quantity = dict(commitment.quantity) if commitment.quantity else {}
    return Item(
        key,
        spans,
        commitment.verb[: LONGEST["verb"]],
        commitment.kind,
        commitment.strength,
        actors="; ".join(commitment.actors)[: LONGEST["actors"]],
        instruments=tuple(name[: LONGEST["instrument"]] for name in commitment.instruments),
        deadline=commitment.deadline or "",
        quantity=str(quantity.get("text") or quantity.get("value") or "")[: LONGEST["quantity"]],
        missing=tuple(word for word in commitment.missing if MissingElement.has(word)),
        why=reason(commitment),
        doubts=tuple(part for part in commitment.why.get("doubts", "").split("; ") if part),
    )


def letters(items: Items) -> dict[int, str]:
    """Return the letter of each live item by key: published items keep theirs, the others get the next free ones.

    The letter of a published item that was rejected is not reused.
    """
    taken = {item.letter for item in items if item.letter}
    free = (letter for letter in map(to_letters, count(1)) if letter not in taken)
    ordered = sorted((item for item in items if item.live), key=lambda item: item.spans)
    return {item.key: item.letter or next(free) for item in ordered}


def tokens(words: str) -> list[tuple[int, int]]:
    """Return the offsets of each word and punctuation mark of ``words``: where a span may begin and end."""
    return [match.span() for match in _WORD.finditer(words)]


def retag(items: Items, key: int, fields: dict[str, Any]) -> Items:
    """Set ``fields`` of the item ``key``; a deadline may be in any written form. Raises ``Refused`` for a bad value."""
    for name, value in fields.items():
        _check(name, value)
    if deadline := fields.get("deadline"):
        fields = {**fields, "deadline": _day(deadline)}
    return _swap(items, key, replace(find(items, key), **fields))


def _day(text: str) -> str:
    try:
        return str(read_typed_date(text))
    except ValueError as error:
        raise Refused("deadline", str(error)) from None


def _check(name: str, value: Any) -> None:
    texts = list(asdict(value).values()) if isinstance(value, Note) else [value]
    longest = LONGEST.get(name)
    if longest and any(len(text) > longest for text in texts):
        raise Refused(name, f"keep it under {longest} characters")
    if name == "verb" and not value:
        raise Refused(name, "name the operative verb")
    if name == "kind" and not CommitmentKind.has(str(value)):
        raise Refused(name, f"choose one of {', '.join(CommitmentKind)}")
    if name == "strength" and value not in range(1, 6):
        raise Refused(name, "choose a strength from 1 to 5")
    if name == "instruments" and any(len(one) > LONGEST["instrument"] for one in value):
        raise Refused(name, f"keep the name of an instrument under {LONGEST['instrument']} characters")


def move(items: Items, key: int, start: int, end: int, words: str) -> Items:
    """Set where the item begins and ends; gaps between its spans are kept. Raises ``Refused`` for an overlap."""
    item = find(items, key)
    start, end = _trimmed(start, end, words)
    inner = [(max(a, start), min(b, end)) for a, b in item.spans if a < end and b > start]
    spans = [(a, b) for a, b in inner if a < b] or [(start, end)]
    spans[0], spans[-1] = (start, spans[0][1]), (spans[-1][0], end)
    moved = replace(item, spans=((start, end),) if len(spans) == 1 else tuple(spans))
    _clear_of_others(items, moved)
    return _swap(items, key, moved)


def split(items: Items, key: int, at: int, words: str) -> Items:
    """Split an item at the offset ``at``; the second half becomes a new item with the same tags and its own verb.

    Raises ``Refused`` where either half would have no words.
    """
    item = _find_live(items, key, "at")
    if not item.start < at < item.end:
        raise Refused("at", "choose a word inside the commitment, after its first one")
    head = tuple((a, min(b, at)) for a, b in item.spans if a < at)
    tail = tuple((max(a, at), b) for a, b in item.spans if b > at)
    kept = _TRAIL.sub("", words[head[-1][0] : head[-1][1]])
    if not kept:
        raise Refused("at", "nothing would be left before this word")
    head = (*head[:-1], (head[-1][0], head[-1][0] + len(kept)))
    start, end = _trimmed(tail[0][0], tail[0][1], words)
    tail = ((start, end), *tail[1:])
    first = re.match(r"\w[\w'’-]*", words[start:end])
    new = replace(
        item,
        key=_next_key(items),
        spans=tail,
        verb=(first.group().lower() if first else item.verb)[: LONGEST["verb"]],
        summary="",
        note=Note(),
        state="suggested",
        origin="person",
        letter="",
    )
    summary = "" if item.summary == draft_of(item, words) else item.summary
    return drafted((*_swap(items, key, replace(item, spans=head, summary=summary)), new), words)


def merge(items: Items, key: int) -> Items:
    """Merge the item into the preceding one, whose tags it takes. Raises ``Refused`` where there is none."""
    second = _find_live(items, key, "merge")
    first = before(items, key)
    if first is None:
        raise Refused("merge", "it is the first of its paragraph: there is nothing before it to merge with")
    parts = sorted((*first.spans, *second.spans))
    spans = parts[:1]
    for start, end in parts[1:]:
        if start - spans[-1][1] <= CLOSE:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    joined = replace(
        first,
        spans=tuple(spans),
        summary="; ".join(part for part in (first.summary, second.summary) if part)[: LONGEST["summary"]],
        instruments=tuple(dict.fromkeys((*first.instruments, *second.instruments))),
        deadline=first.deadline or second.deadline,
        quantity=first.quantity or second.quantity,
        missing=tuple(word for word in MissingElement if word in first.missing and word in second.missing),
        state="suggested",
    )
    _clear_of_others(tuple(item for item in items if item.key not in (first.key, key)), joined)
    rest = _swap(items, first.key, joined)
    if second.letter:
        gone = replace(second, state="rejected", reason=f"merged into the one before it ({first.letter or 'new'})")
        return _swap(rest, key, gone)
    return tuple(item for item in rest if item.key != key)


def before(items: Items, key: int) -> Item | None:
    """Return the live item that precedes the item ``key`` in the text, or ``None``."""
    earlier = [item for item in items if item.live and item.key != key and item.start < find(items, key).start]
    return max(earlier, key=lambda item: item.spans, default=None)


def decide(items: Items, key: int, state: State, reason: str = "") -> Items:
    """Set the review state of the item ``key``. Raises ``Refused`` for a rejection without a reason, or an overlap."""
    if state == "rejected" and not reason.strip():
        raise Refused("reason", "say in a few words why it is no commitment")
    item = replace(find(items, key), state=state, reason=reason.strip() if state == "rejected" else "")
    if item.live:
        _clear_of_others(items, item)
    return _swap(items, key, item)


def accept_rest(items: Items) -> Items:
    """Accept every suggested item."""
    return tuple(replace(item, state="accepted") if item.state == "suggested" else item for item in items)


def drafted(items: Items, words: str) -> Items:
    """Give each live item without a summary the draft of one."""
    return tuple(
        item if item.summary or not item.live else replace(item, summary=draft_of(item, words)) for item in items
    )


def draft_of(item: Item, words: str) -> str:
    """Return the draft of an item's summary, from its own words."""
    return draft_summary(words, item.spans, item.verb)[: LONGEST["summary"]]


def add(items: Items, start: int, end: int, words: str) -> Items:
    """Add a commitment that was not detected. Raises ``Refused`` where it would overlap another."""
    start, end = _trimmed(start, end, words)
    first = re.match(r"\w[\w'’-]*", words[start:end])
    verb = (first.group().lower() if first else words[start:end])[: LONGEST["verb"]]
    spans, missing = ((start, end),), tuple(MissingElement)
    new = Item(_next_key(items), spans, verb, CommitmentKind.ACTION, 4, missing=missing, origin="person")
    _clear_of_others(items, new)
    return drafted((*items, new), words)


def _find_live(items: Items, key: int, field: str) -> Item:
    """Return the live item ``key``. Raises ``Refused`` for a rejected one: its words may belong to another by now."""
    item = find(items, key)
    if not item.live:
        raise Refused(field, "it was rejected: put it back first")
    return item


def find(items: Items, key: int) -> Item:
    """Return the item ``key``. Raises ``Refused`` where it does not exist."""
    for item in items:
        if item.key == key:
            return item
    raise Refused("key", "this commitment is no longer there: it was merged into another")


def _trimmed(start: int, end: int, words: str) -> Span:
    if not 0 <= start < end <= len(words):
        raise Refused("end", "the end must stand after the beginning, both inside the paragraph")
    inside = words[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    if start >= end:
        raise Refused("end", "choose at least one word")
    return start, end


def _clear_of_others(items: Items, item: Item) -> None:
    given = letters(items)
    for other in items:
        if other.key != item.key and other.live and _overlap(item, other):
            raise Refused("end", f"it would overlap {given.get(other.key, 'another')}: commitments never share words")


def _overlap(first: Item, second: Item) -> bool:
    return any(a < d and c < b for a, b in first.spans for c, d in second.spans)


def _swap(items: Items, key: int, new: Item) -> Items:
    return tuple(new if item.key == key else item for item in items)


def _next_key(items: Items) -> int:
    return max((item.key for item in items), default=0) + 1
