"""What people do on the workbench: change a page, take it back, do it again, publish. One step each, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from followthrough.register.editing import Items, Refused, draft_of, find, letters, move, retag
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.workbench.actions import register_rows
from followthrough.web.workbench.models import Draft, ProvisionDraft, Step, loaded, stored

LABELS = {
    "summary": lazy("Summary in our words"),
    "verb": lazy("Verb"),
    "kind": lazy("Kind"),
    "strength": lazy("Strength"),
    "spans": lazy("Ends"),
    "actors": lazy("Who acts, as the text says"),
    "deadline": lazy("Deadline"),
    "quantity": lazy("Quantity"),
    "instruments": lazy("Instruments named"),
    "missing": lazy("Not stated in the text"),
    "note": lazy("Interpretive note"),
    "state": lazy("Decision"),
    "reason": lazy("Why it is no commitment"),
}
"""What the fields of a commitment are called on the workbench."""

Change = Callable[[Items, str], Items]
"""What is done to the items of one provision, given its words."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What came from one page: ``revisions`` of its provisions, ``typed`` fields by provision and key, and one command.

    ``changes`` maps provisions to what is done to their items after the typed fields are in; ``says`` names it, and
    ``key`` is the commitment that it is about, where it is about one.
    """

    revisions: Mapping[int, int]
    typed: Mapping[int, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)
    changes: Mapping[int, Change] = field(default_factory=dict)
    says: str = ""
    key: int = 0


def edit_conflict(by: str, lost: list[str], stored: Sequence[tuple[str, str]] = ()) -> EditConflict:
    """Return the conflict of who changed what ``by`` changed first; ``lost`` says what was not saved, item by item."""
    says = f"nothing of yours was saved: {by} changed this while you had it open, and nothing of theirs is lost"
    return EditConflict(says, stored=stored, lost=lost)


class BadEdit(InvalidEntry):
    """A change that cannot be made: nothing was saved. ``where`` is (provision, key, field)."""

    def __init__(self, where: tuple[int, int, str], message: str) -> None:
        self.where = where
        self.says = message[:1].upper() + message[1:]
        super().__init__({where[2]: message})


def save(draft: Draft, edits: Edits, *, by: Actor) -> Step | None:
    """Make the changes of one page, in one step. Returns nothing where they change nothing.

    Raises ``NotAllowed``, ``EditConflict`` and ``BadEdit``; in each case nothing is saved.
    """
    with transaction.atomic():
        held = _lock(draft, by)
        asked = ProvisionDraft.objects.filter(draft=held, pk__in=edits.revisions).select_related("provision")
        parts = {one.pk: one for one in asked}
        wanted: dict[ProvisionDraft, Items] = {}
        lost, stored = list[str](), list[tuple[str, str]]()
        for pk, part in parts.items():
            seen = _as_seen(part, edits.revisions[pk])
            mine = _edited(part, seen, edits)
            if mine != seen and part.revision != edits.revisions[pk]:
                lost += _differences(part, seen, mine)
                stored += _standing(part, seen, mine)
            elif mine != seen:
                wanted[part] = mine
        if lost:
            raise edit_conflict(_last_editor(held, name_of(by)), lost, stored)
        return take_step(held, wanted, edits.says or "changed what is said of commitments", by) if wanted else None


def unsaved(draft: Draft, edits: Edits) -> bool:
    """Whether a page holds words that are not saved."""
    parts = ProvisionDraft.objects.filter(draft=draft, pk__in=edits.revisions).select_related("provision")
    for part in parts:
        seen = _as_seen(part, edits.revisions[part.pk])
        try:
            if _edited(part, seen, edits) != seen:
                return True
        except BadEdit:
            return True
    return False


def locked(draft: Draft) -> Draft:
    """Lock a draft and its document, and return it as it stands. Raises ``BadEdit`` where it was discarded."""
    held = Draft.objects.select_for_update(no_key=True).select_related("document").get(pk=draft.pk)
    if held.discarded:
        raise BadEdit((0, 0, "draft"), "this draft was discarded; recover it first")
    return held


def _lock(draft: Draft, by: Actor) -> Draft:
    held = locked(draft)
    require(by, Permission.EDIT, held.document)
    return held


def _as_seen(part: ProvisionDraft, revision: int) -> Items:
    """Return the items as they stood at ``revision``, from the steps taken since."""
    if revision == part.revision:
        return part.held
    key = str(part.pk)
    for step in Step.objects.filter(draft=part.draft_id, revisions__has_key=key).order_by("number"):
        if step.revisions[key] == revision + 1:
            return loaded(step.before[key])
    return part.held


def _edited(part: ProvisionDraft, seen: Items, edits: Edits) -> Items:
    items = seen
    held = {item.key for item in items}
    words = part.provision.words
    for key, fields in edits.typed.get(part.pk, {}).items():
        if key in held:
            items = _tried(part, key, partial(_typed, key=key, fields=fields, words=words), items)
    change = edits.changes.get(part.pk)
    return items if change is None else _tried(part, edits.key, lambda held: change(held, words), items)


def _typed(items: Items, key: int, fields: Mapping[str, Any], words: str) -> Items:
    """Give an item what was typed; its ends are moved only where they differ, so that gaps between parts stay."""
    item = find(items, key)
    start, end = fields.get("start", item.start), fields.get("end", item.end)
    if (start, end) != (item.start, item.end):
        items = move(items, key, start, end, words)
        if fields.get("summary") == draft_of(item, words):  # the draft of the words goes with them
            fields = {**fields, "summary": draft_of(find(items, key), words)}
    return retag(items, key, {name: value for name, value in fields.items() if name not in ("start", "end")})


def _tried(part: ProvisionDraft, key: int, change: Callable[[Items], Items], items: Items) -> Items:
    try:
        return change(items)
    except Refused as refused:
        raise BadEdit((part.pk, key, refused.field), str(refused)) from refused


def _differences(part: ProvisionDraft, seen: Items, mine: Items) -> list[str]:
    """Say what of ``mine`` was not saved, so that it can be typed again."""
    before = {item.key: item.to_dict() for item in seen}
    given = letters(mine)
    where = part.provision.num or part.provision.title
    said = []
    for item in mine:
        new = item.to_dict()
        old = before.get(item.key, {})
        changed = [f"{name} “{_shown(value)}”" for name, value in new.items() if old.get(name) != value]
        if changed:
            said.append(f"{where}{given.get(item.key, '')}: {', '.join(changed)}")
    return said or [f"{where}: a merge"]


def _standing(part: ProvisionDraft, seen: Items, mine: Items) -> list[tuple[str, str]]:
    """Say what stands now in the fields that ``mine`` would change."""
    before, now, given = (
        {one.key: one for one in seen},
        {one.key: one for one in part.held},
        letters(part.held),
    )
    where, said = part.provision.num or part.provision.title, []
    for item in mine:
        old, held = before.get(item.key), now.get(item.key)
        for name in LABELS if old else ():
            if getattr(old, name) != getattr(item, name):
                label = f"{where}{given.get(item.key, '')}: {LABELS[name]}"
                said.append((label, _shown(held.to_dict()[name]) if held else "it is gone: merged or split"))
    return said


def typed_over(
    part: ProvisionDraft, revision: int, typed: Mapping[int, Mapping[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Return by key what of ``typed`` differs from what the page showed at ``revision``: what a person really typed."""
    seen = {item.key: item for item in _as_seen(part, revision)}
    return {
        key: {name: value for name, value in fields.items() if getattr(seen[key], name) != value}
        for key, fields in typed.items()
        if key in seen
    }


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(str(part) for part in value.values() if part)
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def _last_editor(draft: Draft, me: str) -> str:
    latest = draft.steps.exclude(by=me).order_by("-number").first()
    return latest.by if latest else f"{me}, in another window,"


def take_step(
    draft: Draft,
    wanted: Mapping[ProvisionDraft, Items],
    says: str,
    by: Actor,
    *,
    turns: Step | None = None,
    publishes: bool = False,
) -> Step:
    """Write ``wanted``, and record the step and its audit event; the caller has the lock and the right."""
    before = {str(part.pk): part.items for part in wanted}
    after = {str(part.pk): stored(items) for part, items in wanted.items()}
    _write(wanted)
    latest = draft.steps.order_by("-number").values_list("number", flat=True).first()
    step = Step.objects.create(
        draft=draft,
        number=(latest or 0) + 1,
        at=timezone.now(),
        by=name_of(by),
        says=says[:300],
        before=before,
        after=after,
        revisions={str(part.pk): part.revision for part in wanted},
        turns=turns,
        publishes=publishes,
    )
    touched = [part.provision_id for part in wanted]
    record(
        step.by,
        EventType.DRAFT_CHANGED,
        "document",
        draft.pk,
        {"step": step.number, "says": says, "provisions": touched},
    )
    return step


def _write(wanted: Mapping[ProvisionDraft, Items]) -> None:
    for part, items in wanted.items():
        part.items = stored(items)
        part.revision += 1
    ProvisionDraft.objects.bulk_update(list(wanted), ["items", "revision"], batch_size=200)


def undoable(draft: Draft, me: str) -> Step | None:
    """Return the last step of ``me`` that was not undone."""
    return draft.steps.filter(by=me, undone=False, turns=None).order_by("-number").first()


def redoable(draft: Draft, me: str) -> Step | None:
    """Return the step that ``me`` undid last, unless something was done since."""
    done = undoable(draft, me)
    later = draft.steps.filter(by=me, undone=True, turns=None, number__gt=done.number if done else 0)
    return later.order_by("number").first()


def undo(draft: Draft, *, by: Actor, seen: int | None = None) -> Step:
    """Take back the last step of ``by``, in the register too where it was written there.

    ``seen`` is the number of the step that the page named. Raises ``BadEdit`` where there is none, ``EditConflict``
    where it is another by now, or others built on it; then nothing is changed.
    """
    return _turned(draft, by, seen, back=True)


def redo(draft: Draft, *, by: Actor, seen: int | None = None) -> Step:
    """Do again what ``by`` undid last. Raises as ``undo`` does."""
    return _turned(draft, by, seen, back=False)


def _turned(draft: Draft, by: Actor, seen: int | None, *, back: bool) -> Step:
    with transaction.atomic():
        held = _lock(draft, by)
        step = (undoable if back else redoable)(held, name_of(by))
        if step is None:
            raise BadEdit((0, 0, "undo"), f"there is nothing of yours to {'undo' if back else 'do again'}")
        if seen is not None and step.number != seen:
            raise edit_conflict(_last_editor(held, name_of(by)), [f"your last step is now “{step.says}”"])
        _turn(held, step, back=back, by=by)
    return step


def _turn(draft: Draft, step: Step, *, back: bool, by: Actor) -> None:
    """Take ``step`` back, or make it again; all that it touched must stand as it was left."""
    now, then = (step.after, step.before) if back else (step.before, step.after)
    parts = list(
        ProvisionDraft.objects.filter(draft=draft, pk__in=[int(key) for key in now]).select_related("provision")
    )
    moved = [part for part in parts if part.held != loaded(now[str(part.pk)])]
    if moved:
        where = ", ".join(part.provision.num or part.provision.title for part in moved)
        raise _built_upon(draft, step, f"{where} changed since", back=back, by=by)
    if step.publishes:
        _turn_publication(draft, step, back=back, by=by)
    try:
        happened = register_rows.put(draft.document, step.register, back=back)
    except EditConflict as error:
        raise _built_upon(draft, step, str(error), back=back, by=by) from error
    says = f"{'undid' if back else 'did again'}: {step.says}"
    take_step(draft, {part: loaded(then[str(part.pk)]) for part in parts}, says, by, turns=step)
    record_all(name_of(by), happened)
    step.undone = back
    step.save(update_fields=["undone"])


def _built_upon(draft: Draft, step: Step, why: str, *, back: bool, by: Actor) -> EditConflict:
    what = f"“{step.says}” was not {'undone' if back else 'done again'}: {why}"
    return edit_conflict(_last_editor(draft, name_of(by)), [what])


def _turn_publication(draft: Draft, step: Step, *, back: bool, by: Actor) -> None:
    """See to the right, the order and the date of a publication that is turned, and record what readers see of it."""
    require(by, Permission.PUBLISH, draft.document)
    if not step.published:
        raise BadEdit((0, 0, "undo"), "what stood before this publication was not kept; take it off the site instead")
    later = draft.steps.filter(publishes=True, undone=False, turns=None, number__gt=step.number).first()
    if back and later is not None:
        raise _built_upon(draft, step, f"{later.by} {later.says} since", back=back, by=by)
    when = step.published[0 if back else 1]
    draft.published = datetime.fromisoformat(when) if when else None
    draft.save(update_fields=["published"])
    before, after = step.register.get("document", {}).get(draft.pk, [{}, {}])
    shown = (before if back else after).get("public")
    if shown is not None:
        record_shown(draft.document, shown, {"step": step.number, "turned": step.says}, by=by)


def record_shown(document: Document, public: bool, detail: dict[str, Any], *, by: Actor) -> None:
    """Record that a document came before the public, or went off the site; who hides must be allowed to hide."""
    if not public:
        require(by, Permission.HIDE, document)
    record(
        name_of(by),
        EventType.DOCUMENT_PUBLISHED if public else EventType.DOCUMENT_HIDDEN,
        "document",
        document.pk,
        detail,
    )


def keep_register(step: Step, before: register_rows.Rows, published: datetime | None = None) -> None:
    """Keep with ``step`` what it changed in the register, given the rows before it."""
    step.register = register_rows.difference(before, register_rows.rows_of(step.draft.document))
    if step.publishes:
        step.published = [one.isoformat() if one else None for one in (published, step.draft.published)]
    step.save(update_fields=["register", "published"])


def show(draft: Draft, *, public: bool) -> None:
    """Make the draft's document public, or take it off the site."""
    draft.document.public = public
    draft.document.save(update_fields=["public"])
    draft.published = timezone.now() if public else None
    draft.save(update_fields=["published"])
