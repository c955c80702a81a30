"""What can be done to many claims at once, beside what can be done to their links."""

from __future__ import annotations

from collections.abc import Sequence

from followthrough.model.vocabulary import ClaimKind, Stance
from followthrough.web.accounts.policy import Actor
from followthrough.web.evidence.actions import claims
from followthrough.web.evidence.actions.corrections import correct
from followthrough.web.evidence.rows import ClaimRow, claims_of
from followthrough.web.links.actions.bulk_changes import LINK_COMMANDS, BulkCommand, BulkSubject, Change


def _checked(row: ClaimRow, _change: Change) -> tuple[str, str]:
    return "checked" if row.checked else "not checked", "checked"


def _cell(row: ClaimRow, change: Change) -> tuple[str, str]:
    return str(getattr(row, change.do)), change.values.get(change.do, "")


def _withdrawn(_row: ClaimRow, change: Change) -> tuple[str, str]:
    return "stands", f"withdrawn: {change.reason}"


def _correct(_subject: str, rows: Sequence[ClaimRow], change: Change, by: Actor) -> None:
    for one in rows:
        correct(one.id, {change.do: change.values[change.do]}, change.reason, by=by)


def _check(_subject: str, rows: Sequence[ClaimRow], change: Change, by: Actor) -> None:
    claims.check([one.id for one in rows], change.reason, by=by)


def _withdraw(_subject: str, rows: Sequence[ClaimRow], change: Change, by: Actor) -> None:
    claims.withdraw([one.id for one in rows], change.reason, by=by)


_COMMANDS = (
    BulkCommand("check", "mark as compared with their source", _checked, _check),
    BulkCommand("kind", "correct their kind, for a reason", _cell, _correct, "kind", tuple(ClaimKind), reason=True),
    BulkCommand(
        "stance", "correct for whom they speak, for a reason", _cell, _correct, "stance", tuple(Stance), reason=True
    ),
    BulkCommand("withdraw", "withdraw them, for a reason", _withdrawn, _withdraw, reason=True),
)

CLAIMS = BulkSubject(
    "claim", claims_of, lambda row: row.statement, {**LINK_COMMANDS, **{one.name: one for one in _COMMANDS}}
)
"""Claims, as a bulk change takes them."""
