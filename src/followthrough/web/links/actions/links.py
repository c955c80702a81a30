"""Link subjects to what was agreed, unlink them, confirm links: each with its audit event, all or nothing.

A link is never changed, but for its confirmation: one with another role replaces it, and it is withdrawn with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.model.vocabulary import LinkSubject
from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor, may, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, Document, Provision
from followthrough.web.agreements.policy import require_somewhere, visible_commitments, visible_provisions
from followthrough.web.agreements.rows import tail
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create
from followthrough.web.links.models import Link
from followthrough.web.links.policy import visible_links
from followthrough.web.links.stamps import links_stamp, stamp_of

WHOLE = Decimal(100)
LinkTarget: TypeAlias = "Commitment | Provision"


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A link as a person typed it: ids of commitments or provisions, and cells of the table ``links``."""

    targets: tuple[str, ...]
    role: str
    rationale: str
    share: str = ""


def link(
    subject: str, key: str, request: LinkRequest, *, by: Actor, seen: str | None = None, confirm: bool = True
) -> list[Link]:
    """Link a subject, such as ``claim`` c-001; ``seen`` is the stamp of its links that the page showed.

    Without ``confirm`` the links stay proposals, also of who may confirm them.
    Raises ``NotAllowed``, ``InvalidEntry`` and ``EditConflict``; then nothing is linked.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    cells = read_link_cells(subject, request, problems)
    targets = find_targets(request.targets, by)
    if missing := [one for one in request.targets if one not in {target.pk for target in targets}]:
        problems["places"] = _("the register holds no %(missing)s: write an id such as accord-2021/4.3b") % {
            "missing": ", ".join(missing)
        }
    elif not targets:
        problems["places"] = _("choose what it is linked to")
    for target in targets:
        require(by, Permission.ENTER, _document(target))
    with transaction.atomic():
        _lock(subject, key)
        _compare(seen, subject, key, by)
        links = Link.objects.filter(**{subject: key})
        shares: Any = links.values_list("share", flat=True)
        linked = {one for pair in links.values_list("commitment_id", "provision_id") for one in pair}
        if twice := [target.pk for target in targets if target.pk in linked]:
            problems["places"] = _("it is linked to %(twice)s already") % {"twice": ", ".join(twice)}
        check_shares(shares, cells.get("share"), len(targets), problems)
        if problems:
            raise InvalidEntry(problems)
        return create_links(subject, key, cells, targets, by=by, confirm=confirm)


def _lock(subject: str, key: str) -> None:
    """Lock the subject itself: two people who link it at once come one after the other."""
    model: Any = Link._meta.get_field(subject).related_model
    model._default_manager.select_for_update(no_key=True).filter(pk=key).first()


def read_link_cells(subject: str, request: LinkRequest, problems: dict[str, str]) -> dict[str, Any]:
    """Return the cells of a link as the importer reads them; what is wrong goes to ``problems``."""
    typed = {"role": request.role, "rationale": request.rationale, "origin": "person", "share": request.share}
    cells = read_cells("links", typed, problems)
    share = cells.get("share")
    if share is not None and subject != "activity":
        problems["links.share"] = _("only an activity has money to share")
    elif share is not None and not 0 < share <= WHOLE:
        problems["links.share"] = _("%(share)s is no share; write one above 0, up to 100") % {"share": plain(share)}
    return cells


def check_shares(given: Iterable[Decimal | None], share: Any, count: int, problems: dict[str, str]) -> None:
    """Name a share that, given to ``count`` targets more, would count money twice: all shares exceed the whole."""
    before = sum((one for one in given if one is not None), Decimal(0))
    if share is not None and count and before + share * count > WHOLE:
        problems.setdefault(
            "links.share",
            f"this brings the shares of its money to {plain(before + share * count)} per cent; "
            f"{plain(WHOLE - before)} per cent are left",
        )


def find_targets(ids: Sequence[str], by: Actor) -> list[LinkTarget]:
    """Return the commitments that are not withdrawn and the provisions with these ids, of those ``by`` may see."""
    commitments = visible_commitments(by).filter(pk__in=ids, withdrawn="").select_related("provision__document")
    return [*commitments, *visible_provisions(by).filter(pk__in=ids).select_related("document")]


def find_commitments(document: Document, ids: Sequence[str], problems: dict[str, str], by: Actor) -> list[LinkTarget]:
    """Return the commitments of ``document`` with these ids; where one is missing, or all, ``problems`` says so."""
    found = [one for one in find_targets(ids, by) if isinstance(one, Commitment) and _document(one) == document]
    if not found or len(found) != len(set(ids)):
        problems["commitments"] = _("choose the commitments that it is linked to")
    return [*found]


def create_links(
    subject: str, key: str, cells: Mapping[str, Any], targets: Sequence[LinkTarget], *, by: Actor, confirm: bool = True
) -> list[Link]:
    """Create links with their events; who may confirm links in the document of a target confirms this one.

    Raises ``NotAllowed`` unless ``by`` may enter evidence in the document of every target.
    """
    made = []
    with transaction.atomic():
        for target in targets:
            require(by, Permission.ENTER, _document(target))
            confirmed = confirm and may(by, Permission.CONFIRM, _document(target))
            at = "commitment" if isinstance(target, Commitment) else "provision"
            one = create(
                Link, f"l-{key}-{target.pk.rpartition('/')[2]}"[:110], **cells, **{at: target, f"{subject}_id": key},
                confirmed=timezone.localdate().isoformat() if confirmed else "",
                confirmed_by=name_of(by) if confirmed else "",
            )  # fmt: skip
            record(
                name_of(by), EventType.LINK_ADDED, "link", one.pk, {subject: key, at: target.pk, "confirmed": confirmed}
            )
            made.append(one)
    return made


def _compare(seen: str | None, subject: str, key: str, by: Actor) -> None:
    ids = visible_links(by).filter(**{subject: key}).order_by("pk").values_list("pk", flat=True)
    stored = [("Linked by", ", ".join(tail(one) for one in ids))]
    edit_conflicts.compare(seen, links_stamp(subject, key), subject, key, stored)


def unlink(links: Sequence[str], reason: str, *, by: Actor, seen: str | None = None) -> int:
    """Withdraw links with a reason; returns how many. ``seen`` is the stamp of all links of the subject on the page.

    Raises ``NotAllowed``, ``InvalidEntry``, and ``EditConflict`` where they changed since.
    """
    require_somewhere(by, Permission.ENTER)
    problems = {} if reason.strip() else {"reason": "say why it does not belong there"}
    if not links:
        problems["link"] = _("tick what is to be unlinked")
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        locked = lock_links(links, Permission.ENTER, by)
        _compare(seen, *subject_of(locked[0]), by)
        withdraw(locked, " ".join(reason.split())[:300], by=by)
    return len(locked)


def change_role(links: Sequence[str], role: str, *, by: Actor) -> int:
    """Replace links by links of another role; returns how many differ. Raises the same errors as ``unlink``."""
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    read_cells("links", {"role": role}, problems)
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        changed = [one for one in lock_links(links, Permission.ENTER, by) if one.role != role]
        withdraw(changed, f"its role is {role} now", by=by)
        for one in changed:
            subject, key = subject_of(one)
            cells = {"role": role, "rationale": one.rationale, "origin": "person", "share": one.share}
            create_links(subject, key, cells, [target_of(one)], by=by, confirm=bool(one.confirmed))
    return len(changed)


def confirm(links: Sequence[str], *, by: Actor, back: bool = False, seen: str | None = None) -> int:
    """Confirm links, or with ``back`` make them suggestions again; returns how many changed.

    ``seen`` is the stamp of these links on the page. Raises ``NotAllowed`` unless ``by`` may confirm in every document
    concerned, and ``EditConflict``; then nothing is changed.
    """
    with transaction.atomic():
        locked = lock_links(links, Permission.CONFIRM, by)
        check_seen(locked, seen)
        changed = [one for one in locked if bool(one.confirmed) is back]
        for one in changed:
            one.confirmed = "" if back else timezone.localdate().isoformat()
            one.confirmed_by = "" if back else name_of(by)
        Link.objects.bulk_update(changed, ["confirmed", "confirmed_by"], batch_size=500)
        verb = EventType.LINK_UNCONFIRMED if back else EventType.LINK_CONFIRMED
        record_all(name_of(by), ((verb, "link", one.pk, {}) for one in changed))
    return len(changed)


def check_seen(locked: Sequence[Link], seen: str | None) -> None:
    """Raise ``EditConflict`` where links are not as the page showed them whose stamp is ``seen``."""
    if seen is not None and seen != stamp_of(locked):
        raise EditConflict(_("Somebody changed one of these since the page was opened. Nothing of yours was saved."))


def subject_of(link: Link) -> tuple[str, str]:
    """Return what a link is of: the kind of subject, such as ``claim``, and its id."""
    return next((kind.value, getattr(link, f"{kind}_id")) for kind in LinkSubject if getattr(link, f"{kind}_id"))


def target_of(link: Link) -> LinkTarget:
    """Return the commitment or provision that a link leads to."""
    target = link.commitment or link.provision
    if target is None:  # the database refuses it
        raise ValueError(f"link {link.pk} leads nowhere")
    return target


def _document(target: LinkTarget) -> Document:
    return target.provision.document if isinstance(target, Commitment) else target.document


def lock_links(links: Sequence[str], permission: Permission, by: Actor) -> list[Link]:
    """Lock links, all of which must be visible, not withdrawn, and in documents where ``by`` has ``permission``."""
    asked = list(dict.fromkeys(links))
    locked = list(
        visible_links(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk__in=asked)
        .select_related("commitment__provision__document", "provision__document")
    )
    for document in {one.pk: one for one in map(_document, map(target_of, locked))}.values():
        require(by, permission, document)
    if len(locked) != len(asked):
        raise EditConflict(_("Somebody unlinked one of these since the page was opened. Nothing of yours was saved."))
    return locked


def withdraw(links: Sequence[Link], reason: str, *, by: Actor) -> None:
    """Withdraw links that are locked, each with its event."""
    for one in links:
        one.withdrawn = reason
    Link.objects.bulk_update(links, ["withdrawn"], batch_size=500)
    record_all(name_of(by), ((EventType.LINK_WITHDRAWN, "link", one.pk, {"reason": reason}) for one in links))
