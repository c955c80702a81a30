"""What the cells of a record must be beside one another: checks that no single column can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.records.kinds import RecordKind

Rule = Callable[[Mapping[str, Any], dict[str, str]], None]


def check_values(kind: RecordKind, values: Mapping[str, Any], problems: dict[str, str], key: str = "") -> None:
    """Say in ``problems`` what is wrong with values beside one another; ``key`` is the record that they correct."""
    for rule in _RULES.get(kind.noun, ()):
        rule({**values, "id": key}, problems)


def _in_order(table: str, first: str, last: str) -> Rule:
    def check(values: Mapping[str, Any], problems: dict[str, str]) -> None:
        begins, ends = values.get(first) or "", values.get(last) or ""
        if begins and ends and ends < begins[: len(ends)]:
            problems.setdefault(f"{table}.{last}", _("it ends before it begins"))

    return check


def _two_commitments(values: Mapping[str, Any], problems: dict[str, str]) -> None:
    if values.get("later_id") and values.get("later_id") == values.get("earlier_id"):
        problems.setdefault("edges.earlier", _("name another commitment: one follows the other"))


def _organisation(values: Mapping[str, Any], problems: dict[str, str]) -> None:
    if values.get("party_id") and values.get("party_id") == values.get("organisation_id"):
        problems.setdefault("memberships.party", _("nobody is a member of itself"))


def _no_circle(values: Mapping[str, Any], problems: dict[str, str]) -> None:
    """An agreement follows no agreement that follows it, over however many others."""
    key = values["id"]
    for name in ("implements", "succeeds"):
        steps = dict(visible_documents(SYSTEM).values_list("pk", f"{name}_id"))
        at, met = values.get(f"{name}_id"), set[str]()
        while at and at not in met and at != key:
            met.add(at)
            at = steps.get(at)
        if at and at == key:
            problems.setdefault(f"documents.{name}", _("that agreement follows this one already"))


def _direction(values: Mapping[str, Any], problems: dict[str, str]) -> None:
    if values.get("direction") == "parity" and values.get("target") is None:
        problems.setdefault("indicators.target", _("parity is towards a number; write it"))


_RULES: dict[str, tuple[Rule, ...]] = {
    "document": (_in_order("documents", "period_start", "period_end"), _no_circle),
    "lineage-edge": (_two_commitments,),
    "membership": (_in_order("memberships", "since", "until"), _organisation),
    "target": (_in_order("targets", "announced", "due"),),
    "indicator": (_direction,),
}
