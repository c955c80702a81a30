"""Name the parties of a document, and strike one that is none: each with its audit event, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.model.countries import countries
from followthrough.model.vocabulary import PartyKind
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document, DocumentParty, Party
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import read_cells


def parties_stamp(document: str) -> str:
    """Return the stamp of the parties of a document."""
    return edit_conflicts.stamp(_signed(document))


def _signed(document: str) -> list[str]:
    signed = DocumentParty.objects.filter(document=document)
    return list(signed.order_by("party").values_list("party_id", flat=True))


def name_parties(
    document: Document,
    keys: Sequence[str],
    organisation: Mapping[str, str],
    *,
    by: Actor,
    seen: str | None = None,
) -> list[str]:
    """Name parties of a document: states and organisations by id, and an organisation that the register lacks.

    ``organisation`` has its ``short_name`` and ``name``, or empty texts. A state that the register lacks is added to
    it. Returns the ids that were not named before. Raises ``NotAllowed``, ``InvalidEntry``, and ``EditConflict`` where
    somebody changed the parties since the page with the stamp ``seen``.
    """
    require(by, Permission.EDIT, document)
    with transaction.atomic():
        _compare(document, seen)
        wanted = list(dict.fromkeys(one for one in keys if one))
        problems: dict[str, str] = {}
        cells = _organisation_cells(organisation, problems)
        if not wanted and cells is None and not problems:
            problems["party1"] = _("write at least one party")
        if problems:
            raise InvalidEntry(problems)
        for key in wanted:
            add_state(key, by=by)
        if cells is not None:
            wanted.append(_add_party(cells, by=by))
        fresh = [key for key in wanted if key not in _signed(document.pk)]
        for key in fresh:
            DocumentParty.objects.create(id=f"{document.pk}/{key}", document=document, party_id=key)
            record(name_of(by), EventType.SIGNATORY_NAMED, "document", document.pk, {"party": key})
    return fresh


def strike_parties(
    document: Document, keys: Sequence[str], reason: str, *, by: Actor, seen: str | None = None
) -> list[str]:
    """Take parties off a document with a reason, which the audit record keeps; returns their ids.

    Raises ``NotAllowed``, ``InvalidEntry`` and ``EditConflict``.
    """
    require(by, Permission.EDIT, document)
    with transaction.atomic():
        _compare(document, seen)
        problems = {} if reason.strip() else {"reason": _("say why it is no party to it")}
        gone = DocumentParty.objects.filter(document=document, party__in=keys)
        found = list(gone.values_list("party_id", flat=True))
        if not found:
            problems["signed"] = _("tick the parties to be taken off")
        if problems:
            raise InvalidEntry(problems)
        gone.delete()
        for key in found:
            about = {"party": key, "reason": " ".join(reason.split())[:300]}
            record(name_of(by), EventType.SIGNATORY_STRUCK, "document", document.pk, about)
    return found


def add_state(key: str, *, by: Actor) -> Party:
    """Return the party ``key``; a state of the world that the register lacks is added, by its ISO 3166-1 code.

    Raises ``NotAllowed`` for who may edit and enter nowhere, and ``InvalidEntry`` for an id that is no state's.
    """
    require_somewhere(by, Permission.ENTER)
    with transaction.atomic():
        held = Party.objects.filter(pk=key).first()
        if held is not None:
            return held
        names = next((one.names for one in countries() if one.iso3 == key and one.names), ())
        if not names:
            raise InvalidEntry({"parties": _("the register holds no party %(key)s") % {"key": key}})
        cells = {"id": key, "name": names[0], "short_name": names[0][:80], "kind": PartyKind.STATE.value}
        return Party.objects.get(pk=_add_party(cells, by=by))


def _organisation_cells(typed: Mapping[str, str], problems: dict[str, str]) -> dict[str, str] | None:
    """Return the cells of an organisation as it was typed; nothing where none was."""
    if not any(text.strip() for text in typed.values()):
        return None
    cells = read_cells("parties", typed, problems)
    short = str(cells.get("short_name", ""))
    key = re.sub(r"[^A-Za-z0-9]+", "-", short).strip("-")[:20]
    if not problems and not re.search("[A-Za-z]", key):
        problems["parties.short_name"] = _("write its short name in Latin letters")
    elif not problems and Party.objects.filter(pk__iexact=key).exists():
        problems["parties.short_name"] = _("the register has %(key)s already; name it in a field above") % {"key": key}
    return {"id": key, "name": str(cells.get("name", "")), "short_name": short, "kind": PartyKind.ORGANISATION.value}


def _add_party(cells: Mapping[str, str], *, by: Actor) -> str:
    party = Party.objects.create(**cells)
    record(name_of(by), EventType.PARTY_ADDED, "party", party.pk, {"name": party.name})
    return party.pk


def _compare(document: Document, seen: str | None) -> None:
    """Lock a document and compare its parties with those that the page showed."""
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    stored = [(str(_("Parties")), ", ".join(_signed(document.pk)))]
    edit_conflicts.compare(seen, parties_stamp(document.pk), "document", document.pk, stored)
