"""A workbook comes back, waits with its difference, and is written all at once or discarded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.errors import InputRefused
from followthrough.web.accounts.policy import SYSTEM, Actor, NotAllowed, name_of
from followthrough.web.agreements.models import Party
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.actions.checks import answer_records
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.models import ConfirmLink, Cycle, Report, Workbook
from followthrough.web.followup.party_record import record_of
from followthrough.web.followup.reading import asked_of
from followthrough.web.followup.record_form import require_one_answer, said_in
from followthrough.web.followup.report_form import ROW, answers_of
from followthrough.web.followup.signed_links import Voice, voice_of
from followthrough.web.followup.workbooks import KINDS, plan_of, plan_stamp, sheet_of_file, stored
from followthrough.web.kit.errors import EditConflict, InvalidEntry

LONGEST_UPLOAD = 10_000_000
KEPT_FOR = timedelta(days=30)
MOST_WAITING = 10
"""How many workbooks of one kind an office may have waiting."""


Sender: TypeAlias = "Actor | ConfirmLink"


def keep_workbook(cycle: Cycle, party: Party, of: str, file: tuple[str, bytes], *, by: Sender) -> Workbook:
    """Keep the table of a workbook that came back; ``file`` is its name and its bytes.

    Raises ``NotAllowed``; ``InputRefused`` for what is no such workbook, is too large, or is one too many;
    ``EditConflict`` where it came by a link that has ended.
    """
    voice = voice_of(by, cycle, party.pk)
    _require_within(voice, of)
    name, data = file[0][-255:], file[1]
    if len(data) > LONGEST_UPLOAD:
        what = _("is larger than %(size)s MB") % {"size": LONGEST_UPLOAD // 1_000_000}
        raise InputRefused(name, what, _("take its pictures out"))
    _discard_expired(by=name_of(SYSTEM))
    waiting = Workbook.objects.filter(cycle=cycle, party=party, of=of, written=None, discarded=None, link=voice.link)
    if waiting.count() >= MOST_WAITING:
        what = _("your office has %(most)s workbooks waiting already") % {"most": MOST_WAITING}
        raise InputRefused(name, what, _("write or discard one of them first"))
    sheet = sheet_of_file(name, data, KINDS[of].form(cycle, party, voice))
    with transaction.atomic():
        held = Workbook.objects.create(
            cycle=cycle, party=party, of=of, name=name, sha256=hashlib.sha256(data).hexdigest(), cells=stored(sheet),
            by=voice.name, at=clock.now(), link=voice.link,
        )  # fmt: skip
        said = {"name": name, "sha256": held.sha256, "cycle": cycle.pk, "party": party.pk}
        record(voice.name, EventType.WORKBOOK_UPLOADED, "workbook", str(held.pk), said)
    return held


def write_workbook(workbook: Workbook, from_file: Mapping[str, bool], *, by: Sender, seen: str) -> int:
    """Write what a workbook changes, with an event for each row; returns how many rows.

    ``from_file`` says of each conflict whether the file is right; ``seen`` is the stamp of the difference that was
    shown. Raises ``NotAllowed``; ``InvalidEntry`` where a conflict is not decided; ``EditConflict`` where the
    difference is another one by now, or a row is refused. Nothing is written then.
    """
    voice = _voice(by, workbook)
    with transaction.atomic():
        held = _lock_waiting(workbook)
        list(Report.objects.select_for_update(no_key=True).filter(cycle=held.cycle, party=held.party).order_by("pk"))
        found = plan_of(held, voice)
        if plan_stamp(found) != seen:
            raise EditConflict(_("somebody saved in the meantime: look at the difference again; nothing was written"))
        if found.refused:
            raise EditConflict(_("rows cannot be read: nothing was written"))
        if open_ := [one.key for one in found.conflicts if one.key not in from_file]:
            raise InvalidEntry({key: _("decide which of both is right") for key in open_})
        values = found.values({key for key, file in from_file.items() if file})
        _WRITE[held.of](held, values, by)
        _empty(held, "written")
        said = {"name": held.name, "rows": len(values), "party": held.party_id}
        record(voice.name, EventType.WORKBOOK_WRITTEN, "workbook", str(held.pk), said)
    return len(values)


def discard_workbook(workbook: Workbook, *, by: Sender) -> None:
    """Discard a workbook that waits. Raises ``NotAllowed``; ``EditConflict`` where it was written."""
    voice = _voice(by, workbook)
    with transaction.atomic():
        _discard(_lock_waiting(workbook), voice.name)


def _voice(by: Sender, workbook: Workbook) -> Voice:
    """Return the voice of ``by``, which a workbook is open to: one that came by a link, to that link alone."""
    voice = voice_of(by, workbook.cycle, workbook.party_id)
    _require_within(voice, workbook.of)
    if workbook.link != voice.link:
        raise NotAllowed(_("this workbook came by another way"))
    return voice


def _require_within(voice: Voice, of: str) -> None:
    if voice.link is not None and of != "record":
        raise NotAllowed(_("by this link a party checks its record, and nothing else"))


def written_words(count: int) -> str:
    """Return what is said once a workbook is written."""
    said = ngettext(
        "%(count)s row was written, and nothing else.", "%(count)s rows were written, and nothing else.", count
    )
    return said % {"count": count}


def _lock_waiting(workbook: Workbook) -> Workbook:
    held = Workbook.objects.select_for_update(of=("self",), no_key=True).select_related("cycle", "party")
    one = held.get(pk=workbook.pk)
    if one.written or one.discarded:
        raise EditConflict(_("this workbook was written or discarded already"))
    return one


def _write_reports(held: Workbook, values: Mapping[str, Mapping[str, str]], by: Sender) -> None:
    if isinstance(by, ConfirmLink):
        raise NotAllowed(_("by this link a party checks its record, and nothing else"))
    questions = asked_of(held.cycle_id)
    for key, row in values.items():
        report = Report.objects.select_related("cycle").get(pk=int(key.removeprefix(ROW)))
        save_draft(report, answers_of(questions, row), by=by, seen=report.number, workbook=held.name)


def _write_record(held: Workbook, values: Mapping[str, Mapping[str, str]], by: Sender) -> None:
    require_one_answer(values)
    voice = voice_of(by, held.cycle, held.party_id)
    stamps = {one.key: one.stamp for one in record_of(held.cycle, held.party_id, voice.reader)}
    said = [said_in(key, row, stamps.get(key, "")) for key, row in values.items()]
    answer_records(held.cycle, held.party_id, said, by=by)


_WRITE: Mapping[str, Callable[[Workbook, Mapping[str, Mapping[str, str]], Sender], None]] = {
    "reports": _write_reports,
    "record": _write_record,
}


def _empty(held: Workbook, what: str) -> None:
    held.cells = {}
    setattr(held, what, clock.now())
    held.save(update_fields=["cells", what])


def _discard(held: Workbook, by: str) -> None:
    _empty(held, "discarded")
    record(by, EventType.WORKBOOK_DISCARDED, "workbook", str(held.pk), {"name": held.name})


def _discard_expired(*, by: str) -> None:
    """Discard what waited for longer than ``KEPT_FOR``."""
    with transaction.atomic():
        old: Collection[Workbook] = Workbook.objects.select_for_update(no_key=True).filter(
            at__lt=clock.now() - KEPT_FOR, written=None, discarded=None
        )[:100]
        for one in old:
            _discard(one, by)
