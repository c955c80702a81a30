"""What happened to a record, in sentences: one for each audit event."""

from __future__ import annotations

from typing import Any

from followthrough.web.audit.event_types import told
from followthrough.web.kit.wording import capital, listing, plain


def event_says(event: dict[str, Any]) -> str:
    """Return one event of a record's history as a sentence."""
    detail = event["detail"]
    pack = " ".join(str(detail[key]) for key in ("pack", "version") if detail.get(key))
    sentence = f"{capital(told(event['verb']))} by {event['by']}{f', from the pack {pack}' if pack else ''}"
    changes = [f"{plain(name)} from “{_cell(old)}” to “{_cell(new)}”" for name, (old, new) in _changes(detail)]
    return f"{sentence}: {listing(changes)}." if changes else f"{sentence}."


def _changes(detail: dict[str, Any]) -> list[tuple[str, tuple[Any, Any]]]:
    changes = detail.get("changes")
    pairs = changes.items() if isinstance(changes, dict) else ()
    return [(name, (pair[0], pair[1])) for name, pair in pairs if isinstance(pair, list) and len(pair) == 2]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "nothing"
    return str(value) if value not in (None, "") else "nothing"


def tells(event: dict[str, Any]) -> str:
    """Return one event of the whole record as a sentence: which record, what happened to it, by whom, and why."""
    about = f"{capital(plain(event['kind']))} {event['target']}"
    noun = event["verb"].partition(".")[0].replace("_", " ")
    noun = "" if noun in (event["kind"], "account") else f"{noun} {event['detail'].get(noun) or ''}".strip() + " "
    changes = [f"{plain(name)} from “{_cell(old)}” to “{_cell(new)}”" for name, (old, new) in _changes(event["detail"])]
    reason = event["detail"].get("reason") or event["detail"].get("note") or ""
    token = event["detail"].get("token") if event["kind"] != "token" else ""
    by = f"{event['by']} through the token {token}" if token else event["by"]
    sentence = f"{about}: {noun}{told(event['verb'])} by {by}{f', {listing(changes)}' if changes else ''}."
    return f"{sentence} {capital(str(reason)).rstrip('.')}." if reason else sentence
