"""Tie things to what was agreed, untie them, confirm it: each with its audit event, all or nothing.

A tie is never changed: one with another role takes the place of the old one, which is withdrawn with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor, may, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, Document, Provision
from followthrough.web.agreements.policy import require_somewhere, visible_commitments, visible_provisions
from followthrough.web.agreements.rows import tail
from followthrough.web.audit import stamps
from followthrough.web.audit.record import record, record_all
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence.entering import BadEntry, create, parsed
from followthrough.web.evidence.rows import Tie
from followthrough.web.links.models import Link
from followthrough.web.links.policy import visible_links

WHOLE = Decimal(100)
Place: TypeAlias = "Commitment | Provision"


@dataclass(frozen=True, slots=True)
class Tying:
    """What a person typed to tie a thing: ids of commitments or provisions, and cells of the table ``links``."""

    places: tuple[str, ...]
    role: str
    rationale: str
    share: str = ""


def stamp_of(links: Iterable[Link | Tie]) -> str:
    """Return the stamp of links as a page shows them."""
    return stamps.stamp(sorted((one.id, one.role, one.confirmed) for one in links))


def ties_stamp(thing: str, key: str) -> str:
    """Return the stamp of everything that a thing is tied to."""
    return stamp_of(Link.objects.filter(**{thing: key}))


def _lock(thing: str, key: str) -> None:
    """Lock the thing itself: two people who tie it at once come one after the other."""
    model: Any = Link._meta.get_field(thing).related_model
    model._default_manager.select_for_update(no_key=True).filter(pk=key).first()


def tie(thing: str, key: str, tying: Tying, *, by: Actor, seen: str | None = None) -> list[Link]:
    """Tie a thing, such as ``claim`` c-001, to places; ``seen`` is the stamp of the ties that the page showed.

    Raises ``NotAllowed``, ``BadEntry`` and ``Overtaken``; then nothing is tied.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    cells = tie_cells(thing, tying, problems)
    places = places_named(tying.places, by)
    if missing := [one for one in tying.places if one not in {place.pk for place in places}]:
        problems["places"] = f"the register holds no {', '.join(missing)}: write an id such as accord-2021/4.3b"
    elif not places:
        problems["places"] = "choose what it is tied to"
    for place in places:
        require(by, Permission.ENTER, _document(place))
    with transaction.atomic():
        _lock(thing, key)
        _compare(seen, thing, key, by)
        held = Link.objects.filter(**{thing: key})
        shares: Any = held.values_list("share", flat=True)
        tied = {one for pair in held.values_list("commitment_id", "provision_id") for one in pair}
        if twice := [place.pk for place in places if place.pk in tied]:
            problems["places"] = f"it is tied to {', '.join(twice)} already"
        check_shares(shares, cells.get("share"), len(places), problems)
        if problems:
            raise BadEntry(problems)
        return tie_to(thing, key, cells, places, by=by)


def tie_cells(thing: str, tying: Tying, problems: dict[str, str]) -> dict[str, Any]:
    """Read the cells of a tie as the importer does."""
    typed = {"role": tying.role, "rationale": tying.rationale, "origin": "person", "share": tying.share}
    cells = parsed("links", typed, problems)
    share = cells.get("share")
    if share is not None and thing != "activity":
        problems["links.share"] = "only an activity has money to share"
    elif share is not None and not 0 < share <= WHOLE:
        problems["links.share"] = f"{plain(share)} is no share; write one above 0, up to 100"
    return cells


def check_shares(held: Iterable[Decimal | None], share: Any, count: int, problems: dict[str, str]) -> None:
    """Name a share that, given to ``count`` places more, would count money twice: all shares exceed the whole."""
    before = sum((one for one in held if one is not None), Decimal(0))
    if share is not None and count and before + share * count > WHOLE:
        problems.setdefault(
            "links.share",
            f"this brings the shares of its money to {plain(before + share * count)} per cent; "
            f"{plain(WHOLE - before)} per cent are left",
        )


def places_named(ids: Sequence[str], by: Actor) -> list[Place]:
    """Return the commitments that stand and the provisions with these ids, of those that ``by`` may see."""
    commitments = visible_commitments(by).filter(pk__in=ids, withdrawn="").select_related("provision__document")
    return [*commitments, *visible_provisions(by).filter(pk__in=ids).select_related("document")]


def places_in(document: Document, ids: Sequence[str], problems: dict[str, str], by: Actor) -> list[Place]:
    """Return the commitments of ``document`` with these ids; none, or one that is not there, goes to ``problems``."""
    places = [one for one in places_named(ids, by) if isinstance(one, Commitment) and _document(one) == document]
    if not places or len(places) != len(set(ids)):
        problems["commitments"] = "choose the commitments that it speaks to"
    return [*places]


def tie_to(
    thing: str, key: str, cells: Mapping[str, Any], places: Sequence[Place], *, by: Actor, confirm: bool = True
) -> list[Link]:
    """Write ties with their events; who may confirm in a place's document confirms it by tying."""
    made = []
    for place in places:
        confirmed = confirm and may(by, Permission.CONFIRM, _document(place))
        at = "commitment" if isinstance(place, Commitment) else "provision"
        one = create(
            Link, f"l-{key}-{place.pk.rpartition('/')[2]}"[:110], **cells, **{at: place, f"{thing}_id": key},
            confirmed=timezone.localdate().isoformat() if confirmed else "",
            confirmed_by=name_of(by) if confirmed else "",
        )  # fmt: skip
        record(name_of(by), "link.added", "link", one.pk, {thing: key, at: place.pk, "confirmed": confirmed})
        made.append(one)
    return made


def _compare(seen: str | None, thing: str, key: str, by: Actor) -> None:
    places = [tail(one) for one in visible_links(by).filter(**{thing: key}).order_by("pk").values_list("pk", flat=True)]
    stamps.compare(seen, ties_stamp(thing, key), thing, key, [("Linked by", ", ".join(places))])


def untie(links: Sequence[str], reason: str, *, by: Actor, seen: str | None = None) -> int:
    """Withdraw ties with a reason; returns how many. ``seen`` is the stamp of all ties of the thing on the page.

    Raises ``NotAllowed``, ``BadEntry``, and ``Overtaken`` where they changed since.
    """
    require_somewhere(by, Permission.ENTER)
    problems = {} if reason.strip() else {"reason": "say why it does not belong there"}
    if not links:
        problems["link"] = "tick what is to be untied"
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        held = _held(links, Permission.ENTER, by)
        _compare(seen, *thing_of(held[0]), by)
        _withdraw(held, " ".join(reason.split())[:300], by)
    return len(held)


def change_role(links: Sequence[str], role: str, *, by: Actor) -> int:
    """Put ties of another role in the place of ``links``; returns how many differ. Raises as ``untie`` does."""
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    parsed("links", {"role": role}, problems)
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        changed = [one for one in _held(links, Permission.ENTER, by) if one.role != role]
        _withdraw(changed, f"its role is {role} now", by)
        for one in changed:
            thing, key = thing_of(one)
            cells = {"role": role, "rationale": one.rationale, "origin": "person", "share": one.share}
            tie_to(thing, key, cells, [place_of(one)], by=by, confirm=bool(one.confirmed))
    return len(changed)


def confirm(links: Sequence[str], *, by: Actor, back: bool = False, seen: str | None = None) -> int:
    """Confirm links, or with ``back`` make them suggestions again; returns how many changed.

    ``seen`` is the stamp of these links on the page. Raises ``NotAllowed`` unless ``by`` may confirm in every document
    concerned, and ``Overtaken``; then nothing is changed.
    """
    with transaction.atomic():
        held = _held(links, Permission.CONFIRM, by)
        if seen is not None and seen != stamp_of(held):
            raise Overtaken("Somebody changed one of these since the page was opened. Nothing of yours was saved.")
        changed = [one for one in held if bool(one.confirmed) is back]
        for one in changed:
            one.confirmed = "" if back else timezone.localdate().isoformat()
            one.confirmed_by = "" if back else name_of(by)
        Link.objects.bulk_update(changed, ["confirmed", "confirmed_by"], batch_size=500)
        verb = "link.unconfirmed" if back else "link.confirmed"
        record_all(name_of(by), ((verb, "link", one.pk, {}) for one in changed))
    return len(changed)


def thing_of(link: Link) -> tuple[str, str]:
    """Return what a link ties: the kind of thing, and its id."""
    kinds = ("claim", "activity", "target", "series", "meeting", "instrument")
    return next((kind, getattr(link, f"{kind}_id")) for kind in kinds if getattr(link, f"{kind}_id"))


def place_of(link: Link) -> Place:
    """Return where a link leads to."""
    place = link.commitment or link.provision
    if place is None:  # the database refuses it
        raise ValueError(f"link {link.pk} leads nowhere")
    return place


def _document(place: Place) -> Document:
    return place.provision.document if isinstance(place, Commitment) else place.document


def _held(links: Sequence[str], permission: Permission, by: Actor) -> list[Link]:
    """Lock links, all of which must stand, be seen, and lie in documents where ``by`` may do ``permission``."""
    asked = list(dict.fromkeys(links))
    held = list(
        visible_links(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk__in=asked)
        .select_related("commitment__provision__document", "provision__document")
    )
    for document in {place.pk: place for place in map(_document, map(place_of, held))}.values():
        require(by, permission, document)
    if len(held) != len(asked):
        raise Overtaken("Somebody untied one of these since the page was opened. Nothing of yours was saved.")
    return held


def _withdraw(links: Sequence[Link], reason: str, by: Actor) -> None:
    for one in links:
        one.withdrawn = reason
    Link.objects.bulk_update(links, ["withdrawn"], batch_size=500)
    record_all(name_of(by), (("link.withdrawn", "link", one.pk, {"reason": reason}) for one in links))
