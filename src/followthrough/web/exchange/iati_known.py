"""What the register knows that the activities of an IATI file are held against."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from followthrough.model.countries import countries
from followthrough.sources.iati.records import IatiActivity
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import visible_commitments, visible_documents, visible_instruments
from followthrough.web.agreements.rows import signatories, states_of

_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9._()-]+")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9._()-]*")
_LONGEST = 70


def key_of(identifier: str) -> str:
    """Return the id of the activity that an IATI identifier names; what no id can hold is told apart by a digest."""
    plain = _NOT_IN_AN_ID.sub("-", identifier)
    if plain == identifier and len(plain) <= _LONGEST:
        return f"iati-{plain}"
    return f"iati-{plain[:_LONGEST]}-{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"


def own_key(record: IatiActivity) -> str:
    """Return the id that the activity has in the register that exported it, or nothing for those of others."""
    key = record.own.get("id", "")
    return key if len(key) <= _LONGEST and _ID.fullmatch(key) else ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A commitment that serves some of the Sustainable Development Goals, in a document of some parties."""

    commitment: str
    document: str
    title: str
    goals: frozenset[int]


@dataclass(frozen=True, slots=True)
class KnownForIati:
    """Parties by country code and by name, funds by name, and the commitments that suggestions may lead to."""

    by_country: dict[str, str]
    by_name: dict[str, str]
    funds: dict[str, str]
    commitments: tuple[Goal, ...]
    parties_of: dict[str, frozenset[str]]

    def party(self, name: str) -> str | None:
        """Return the party of that name, however it is capitalised."""
        return self.by_name.get(name.casefold().strip())


def known_for_iati(by: Actor) -> KnownForIati:
    """Return what ``by`` may see of it; suggestions lead into published documents alone."""
    parties = list(Party.objects.values_list("id", "name", "short_name"))
    ids = {key for key, _, _ in parties}
    documents = list(visible_documents(by).filter(public=True).order_by("id").values_list("id", "short_title"))
    signed = signatories([key for key, _ in documents])
    titles = dict(documents)
    asked = visible_commitments(by).filter(withdrawn="", provision__document__in=titles).order_by("id")
    rows = asked.values_list("id", "provision__document", "goals")
    return KnownForIati(
        by_country={one.iso2: one.iso3 for one in countries() if one.iso2 and one.iso3 in ids},
        by_name={name.casefold(): key for key, *names in parties for name in (*names, key) if name},
        funds={
            name.casefold(): key
            for key, name in visible_instruments(by).filter(kind="fund").order_by("-id").values_list("id", "name")
        },
        commitments=tuple(
            Goal(key, document, titles[document], goals)
            for key, document, said in rows
            if (goals := frozenset(int(found) for one in said for found in re.findall(r"\d+", one)))
        ),
        parties_of={key: frozenset(states_of(signed.get(key, []))) for key in titles},
    )
