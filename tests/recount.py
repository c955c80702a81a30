"""Reads a page as its reader does and counts again: every number of a sentence against the rows it speaks of.

A sentence prints ``<data value="17" data-rows="stage-3,stage-4">17</data>``; see ``web.kit.counted_sentences``.
``problems`` names everything on a page that is not so, or that no page should say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import html

from followthrough.web.kit.wording import NOUNS, SMALL

Twin = Callable[[str], Any]
SHARE = re.compile(r"(?<![\d.])\d[\d,]*(?: of |/)(?!(?:4|5)\b)\d+")
"""A count of all in a sentence; a strength (of 5) and a grade (of 4) are values of a scale."""
OWN = "//main//*[self::h1 or self::h2 or self::caption or contains(@class, 'lead') or contains(@class, 'say')]"
"""Where a page speaks in sentences of the software's own."""
VOICE = f"{OWN} | //figcaption | //summary | //dl[contains(@class, 'bigs')]/div | //p[contains(@class, 'small')] | \
//p[contains(@class, 'meta')] | //p[contains(@class, 'facts')] | //li[@class='gap']"
"""The same, and where it counts beside them; what a source says stands elsewhere."""
BLOCK = re.compile(r"</(td|th|tr|li|option|dt|dd|p|h[1-6])>")
BARE = r"(?<![\w.,/-])"
MANY = "|".join(sorted(set(NOUNS.values()) - set(NOUNS)))
ONE = "|".join(sorted(set(NOUNS) - set(NOUNS.values()), key=len, reverse=True))
ONE_OF_MANY = re.compile(rf"{BARE}1 ({MANY})\b")
MANY_OF_ONE = re.compile(rf"{BARE}(?!1 |(?:19|20)\d\d )\d+(?:,\d{{3}})* ({ONE})(?![\w-])(?! (?:rests?|named|items?)\b)")
MADE_BY_RULE = re.compile(r"\b[a-z]+(?:iess|yss|[a-z],[a-z]+s)\b|\bNone of them are\b")


def problems(page: str, twin: Twin, names: Iterable[str] = ()) -> list[str]:
    """Return what is wrong with a page: counts, shares that nobody can count again, plurals, and names of ``names``."""
    tree = tree_of(BLOCK.sub(r" | </\1>", page))
    found = [said for one in tree.iter("data") if (said := _miscounted(one, tree, twin))]
    found += [f"nobody can count again: {share}" for share in _loose(tree)]
    text = words(tree)
    own_words = " | ".join(words(one) for one in tree.xpath(VOICE))
    found += ["shows its own markup"] if "<data" in text or "&lt;" in text else []
    for pattern in (ONE_OF_MANY, MANY_OF_ONE, MADE_BY_RULE):
        found += [f"is no plural: {match.group(0)}" for match in pattern.finditer(own_words)]
    own = " ".join(words(one) for one in tree.xpath(OWN))
    small = (name for name in names if re.search(rf"(?<![\w/-]){re.escape(name.lower())}\b", own))
    found += [f"lost its capital: {name}" for name in small]
    return found


def tree_of(page: str) -> Any:
    """Return a page as a tree."""
    return html.fromstring(page)


def words(tree: Any) -> str:
    """Return the words that a page shows or speaks, without its scripts, in order."""
    return " ".join(" ".join(tree.xpath(".//text()[not(ancestor::script) and not(ancestor::svg)]")).split())


def _loose(tree: Any) -> list[str]:
    """Return the shares in a page's first sentences that stand outside a counted number."""
    found = []
    for lead in tree.xpath("//main//p[contains(concat(' ', @class, ' '), ' lead ')] | //h1[@class='finding']"):
        rest = "".join(lead.xpath(".//text()[not(ancestor::data)]"))
        found += SHARE.findall(" ".join(rest.split()))
    return found


def _miscounted(one: Any, tree: Any, twin: Twin) -> str:
    value, shown = int(one.get("value")), "".join(one.itertext()).strip()
    said = SMALL.index(shown.lower()) if shown.lower() in SMALL else int(shown.replace(",", ""))
    if said != value:
        return f"prints {shown} for {value}"
    if one.get("data-rows"):
        held = marked(tree, one.get("data-rows"))
        return "" if held == value else f"says {value} of {one.get('data-rows')}, and the page has {held}"
    if one.get("data-twin"):
        held = counted(twin(one.get("data-twin")), one.get("data-path") or "count", one.get("data-equals") or "")
        return "" if held == value else f"says {value}, and {one.get('data-twin')} {one.get('data-path')} has {held}"
    return ""


def marked(tree: Any, asked: str) -> int:
    """Count the rows of a page that have one of the marks asked for: ``a,b`` is either, ``a.b`` both."""
    wanted = [set(each.split(".")) for each in asked.split(",")]
    rows = (set(row.get("data-row").split()) for row in tree.xpath("//*[@data-row]"))
    return sum(any(each <= row for each in wanted) for row in rows)


def counted(answer: Any, path: str, equals: str) -> int:
    """Count in a JSON answer what a path leads to; ``*`` goes through a list.

    Without ``equals`` a number is itself, a list its length, and the values behind a ``*`` are counted once each;
    ``=`` counts the empty ones, ``!`` the others, ``!x`` those that are not x, ``x|y`` those that are, and ``!~x`` the
    lists that lack x.
    """
    values: Any = [answer]
    for step in path.split("/"):
        values = [inner for one in values for inner in _step(one, step)]
    if equals.startswith("!~"):
        return sum(equals[2:] not in one for one in values)
    said = ["" if one in (None, []) else str(one) for one in values]
    if equals.startswith("!"):
        return sum(one != equals[1:] for one in said)
    if equals:
        return sum(one in ({""} if equals == "=" else set(equals.split("|"))) for one in said)
    if "*" in path:
        return len({one for one in values if one not in (None, "")})
    (value,) = values
    return value if isinstance(value, int) else len(value)


def _step(one: Any, step: str) -> list[Any]:
    if step == "*":
        return list(one.values()) if isinstance(one, dict) else list(one)
    return [one[step]]
