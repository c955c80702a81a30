"""What a page says first: sentences counted from the rows, each with its n/N."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.agreements.document_facts import DocumentFacts
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import strung, tallied, tally
from followthrough.web.kit.wording import capital, day, listing, number_word, plain, plural, with_article

LATE = "-12-31"


def cited_of(facts: DocumentFacts, signed: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return what a citation says of an agreement: who adopted it, where and when, and who published it."""
    return {
        "author": parties_of(signed, facts.begins),
        "publisher": facts.source_publisher or "",
        "original": facts.source_url or "",
        "place": facts.place,
        "published": facts.adopted,
    }


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
            states = ngettext("%(count)s %(body)s Member State", "%(count)s %(body)s Member States", members[party])
            words.append(states % {"count": number_word(members[party]), "body": row["party__short_name"]})
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
        (sum(bool(row.deadline) for row in rows), ("deadline", "!")),
        (sum(bool(row.quantity) for row in rows), ("quantity", "!")),
        (sum("owner" not in row.missing for row in rows), ("missing", "!~owner")),
        (sum(bool(row.instruments) for row in rows), ("instruments", "!")),
    ]
    silent = [_none_of(name) for n, (name, _equals) in counts if not n]
    spoken = [
        format_html(
            _some_of(name, n),
            tally(n, twin=twin, path=f"commitments/*/{name}", equals=equals),
            tally(count, twin=twin),
        )
        for n, (name, equals) in counts
        if n
    ]
    parts = [part for part in (format_html("{}", capital(", ".join(silent))), strung(spoken, ", ")) if part]
    held = tallied(count, "commitment", twin=twin)
    text = plural(paragraphs, "paragraph")
    opening = format_html(
        ngettext("{} agreed on {}, which holds {}", "{} agreed on {}, which hold {}", paragraphs),
        capital(parties), text, held,
    ) if parties else format_html(ngettext("{} holds {}", "{} hold {}", paragraphs), text, held)  # fmt: skip
    return format_html("{}. <strong>{}.</strong>", opening, strung(parts, "; "))


def _none_of(column: str) -> str:
    """Return what is said where no commitment has anything in ``column``."""
    return {
        "deadline": _("none sets a deadline"),
        "quantity": _("none a quantity"),
        "missing": _("none names an owner"),
        "instruments": _("none names an instrument"),
    }[column]


def _some_of(column: str, count: int) -> str:
    """Return the pattern that says how many of all commitments have something in ``column``."""
    match column:
        case "deadline":
            return ngettext("{} of {} sets a deadline", "{} of {} set a deadline", count)
        case "quantity":
            return ngettext("{} of {} sets a quantity", "{} of {} set a quantity", count)
        case "missing":
            return ngettext("{} of {} names an owner", "{} of {} name an owner", count)
        case _:
            return ngettext("{} of {} names an instrument", "{} of {} name an instrument", count)


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
            (_("no deadline"), not any(row.deadline for row in rows)),
            (_("no quantity"), not any(row.quantity for row in rows)),
            (_("no owner"), all("owner" in row.missing for row in rows)),
        )
        if empty
    ]
    end = format_html(_(" It sets <strong>{}</strong>."), listing(silent)) if silent else ""
    return format_html(
        _("<strong>{}</strong> ({}), of strength {} of 5{}.{}"),
        plural(len(rows), "commitment"),
        verbs,
        strongest,
        _(" at most") if len(rows) > 1 else "",
        end,
    )
