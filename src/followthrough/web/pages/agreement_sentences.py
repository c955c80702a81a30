"""What a page says first: sentences counted from the rows, each with its n/N."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import strung, tallied, tally
from followthrough.web.kit.wording import capital, day, listing, number_word, plain, plural, with_article

LATE = "-12-31"


def parties_of(rows: Sequence[dict[str, Any]], date: str) -> str:
    """Return the parties in words; an organisation stands for those who were its members on ``date``."""
    full = date + LATE[len(date) - 4 :] if 4 <= len(date) < 10 else date
    members: dict[str, int] = {}
    facts: dict[str, dict[str, Any]] = {}
    for row in rows:
        facts[row["party__id"]] = row
        since, until = row["party__members__since"], row["party__members__until"]
        held = bool(since and full and since <= full and (not until or until > full))
        members[row["party__id"]] = members.get(row["party__id"], 0) + held
    words = []
    for party, row in facts.items():
        if members[party]:
            states = "Member State" if members[party] == 1 else "Member States"
            words.append(f"{number_word(members[party])} {row['party__short_name']} {states}")
        else:
            words.append(with_article(row["party__name"]))
    return listing(words)


def paragraph_count(provisions: Sequence[ProvisionRow]) -> int:
    """Return how many paragraphs a text has; where it prints none, every part but its sections counts as one."""
    kinds = [one.kind for one in provisions]
    return kinds.count("paragraph") or sum(kind != "section" for kind in kinds)


def says(rows: Sequence[CommitmentRow], provisions: Sequence[ProvisionRow], parties: str = "") -> SafeString:
    """Return the finding of a catalogued text: who agreed, what its commitments set, and what they leave open."""
    paragraphs = paragraph_count(provisions)
    count = len(rows)
    twin = address("commitments", rows[0].id.partition("/")[0]) + ".json" if rows else ""
    counts = [
        (sum(bool(row.deadline) for row in rows), "sets a deadline", "set a deadline", ("deadline", "!")),
        (sum(bool(row.quantity) for row in rows), "a quantity", "set a quantity", ("quantity", "!")),
        (sum("owner" not in row.missing for row in rows), "names an owner", "name an owner", ("missing", "!~owner")),
        (sum(bool(row.instruments) for row in rows), "names an instrument", "name an instrument", ("instruments", "!")),
    ]
    silent = [f"none {none}" for n, none, *_ in counts if not n]
    spoken = [
        format_html(
            _("{} of {} {}"), tally(n, twin=twin, path=f"commitments/*/{name}", equals=equals),
            tally(count, twin=twin), some if n != 1 else _one(some),
        )
        for n, _alone, some, (name, equals) in counts if n
    ]  # fmt: skip
    parts = [part for part in (format_html("{}", capital(", ".join(silent))), strung(spoken, ", ")) if part]
    held = tallied(count, "commitment", twin=twin)
    text = plural(paragraphs, "paragraph")
    hold = "holds" if paragraphs == 1 else "hold"
    agreed = format_html(_("{} agreed on {}, which"), capital(parties), text) if parties else text
    opening = format_html("{} {} {}", agreed, hold, held)
    return format_html("{}. <strong>{}.</strong>", opening, strung(parts, "; "))


def _one(words: str) -> str:
    verb, _, rest = words.partition(" ")
    return f"{verb}s {rest}"


def eyebrow(kind: str, place: str, adopted: str, parties: str) -> str:
    """Return the line over a title: kind, place, date, parties."""
    placed = ", ".join(part for part in (place, day(adopted)) if part)
    return " · ".join(part for part in (capital(plain(kind)), placed, parties) if part)


def provision_says(provision: ProvisionRow, rows: Sequence[CommitmentRow]) -> SafeString:
    """Return the finding of one provision."""
    if not rows:
        return format_html(_("The {} holds no commitment of its own."), provision.kind)
    verbs = format_html_join("; ", "<em>{}</em>", ((verb,) for verb in dict.fromkeys(row.verb for row in rows)))
    strongest = max(row.strength for row in rows)
    silent = [
        words
        for words, empty in (
            ("no deadline", not any(row.deadline for row in rows)),
            ("no quantity", not any(row.quantity for row in rows)),
            ("no owner", all("owner" in row.missing for row in rows)),
        )
        if empty
    ]
    end = format_html(_(" It sets <strong>{}</strong>."), listing(silent)) if silent else ""
    return format_html(
        _("<strong>{}</strong> ({}), of strength {} of 5{}.{}"),
        plural(len(rows), "commitment"),
        verbs,
        strongest,
        " at most" if len(rows) > 1 else "",
        end,
    )
