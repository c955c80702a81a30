"""The Sustainable Development Goals that an activity is tagged with, or that its sectors speak for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from followthrough.sources.iati.records import GOALS, TARGETS, Code, IatiActivity

_GOAL = re.compile(r"(1[0-7]|[1-9])(?:\.[0-9a-z]{1,2})?")
DAC = ("1", "2")
"""Vocabularies of sectors whose codes are those of the OECD DAC."""


def goals_of(record: IatiActivity) -> dict[int, str]:
    """Return goals with why each is suggested: what the publisher tagged first, then what its sectors speak for."""
    found: dict[int, str] = {}
    tags = [one for one in record.tags if one.vocabulary in (GOALS[0], TARGETS[0])]
    sectors = record.all_sectors
    tags += [one for one in sectors if one.vocabulary in (GOALS[1], TARGETS[1])]
    for one in tags:
        if goal := _GOAL.fullmatch(one.code):
            found.setdefault(int(goal[1]), f"its publisher tags it SDG {one.code}")
    for one in sectors:
        for number in _by_sector(one):
            found.setdefault(number, f"its sector {one.code} {one.name}".strip() + f" speaks for SDG {number}")
    return found


def _by_sector(one: Code) -> tuple[int, ...]:
    if one.vocabulary not in DAC:
        return ()
    beginnings = (one.code[:length] for length in range(len(one.code), 2, -1))
    return next((_table()[begin] for begin in beginnings if begin in _table()), ())


@cache
def _table() -> dict[str, tuple[int, ...]]:
    loaded = tomllib.loads(files(__package__).joinpath("goals.toml").read_text(encoding="utf-8"))
    return {str(code): tuple(goals) for code, goals in loaded.items()}
