"""What is on record of a party as the form of a workbook: a row an entry, and a few rows for what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from followthrough.spreadsheets.row_form import ColumnKind, FormColumn, FormRow, RowForm
from followthrough.spreadsheets.row_form_plan import Versions
from followthrough.web.agreements.models import Party
from followthrough.web.followup.actions.checks import LONGEST_FIELD, LONGEST_WORDS, Said
from followthrough.web.followup.models import Cycle, RecordCheck
from followthrough.web.followup.party_record import FIELDS, NAMES, NEW, RecordOfParty, field_words, record_of, said_of
from followthrough.web.followup.signed_links import Voice
from followthrough.web.followup.states import Check
from followthrough.web.kit.errors import InvalidEntry

MISSING_ROWS = 5
"""Rows of a workbook for what is missing."""
_OWN = ("answer", "words", "url")
_KINDS = {"date": ColumnKind.DATE, "start": ColumnKind.DATE, "end": ColumnKind.DATE, "value": ColumnKind.FIGURE}


def record_form(cycle: Cycle, party: Party, voice: Voice) -> RowForm:
    """Return the form of what is on record of a party and ``voice``, which speaks for it, may see."""
    said = said_of(cycle, party.pk)
    rows = [
        _row(one, said.get(one.key), once=voice.link is not None) for one in record_of(cycle, party.pk, voice.reader)
    ]
    numbered = (_("Something is missing: %(n)s") % {"n": n} for n in range(1, MISSING_ROWS + 1))
    missing = [
        FormRow(f"{NEW}:add-{n}", title, 0, {"says": title}, without=_CORRECTED) for n, title in enumerate(numbered, 1)
    ]
    return RowForm(f"{cycle.pk}/{party.pk}/record", _("Record"), _columns(), (*rows, *missing))


_CORRECTED = frozenset(name for names in FIELDS.values() for name in names)


def _row(one: RecordOfParty, said: RecordCheck | None, *, once: bool) -> FormRow:
    """Return the row of an entry; where each is answered ``once``, one that has an answer takes no other."""
    fixed = {
        "what": _(NAMES[one.kind]), "says": one.says, "when": one.when,
        "places": "; ".join(f"no. {ref}" for ref in one.places),
        "source": one.publisher,
    }  # fmt: skip
    closed = _("the secretariat has decided about it already") if said and said.decision else ""
    if said and once:
        closed = closed or _("it was answered already: by this link each is answered once")
    values = _values(said) if said else {}
    return FormRow(
        one.key, f"{one.says[:80]} ({one.id})", said.pk if said else 0, {**values, **fixed}, closed, one.stamp,
        _CORRECTED - set(FIELDS[one.kind]),
    )  # fmt: skip


def _values(said: RecordCheck) -> dict[str, str]:
    return {**said.proposed, "answer": said.answer, "words": said.words, "url": said.url}


def _columns() -> tuple[FormColumn, ...]:
    words = field_words()
    answers = tuple((one.value, str(one.label)) for one in Check)
    corrected = dict.fromkeys(name for names in FIELDS.values() for name in names)
    return (
        FormColumn("what", _("What it is"), ColumnKind.FIXED, width=12),
        FormColumn("says", _("On record"), ColumnKind.FIXED, width=60),
        FormColumn("when", _("Of"), ColumnKind.FIXED, width=16),
        FormColumn("places", _("Paragraphs"), ColumnKind.FIXED, width=14),
        FormColumn("source", _("Source"), ColumnKind.FIXED, width=24),
        FormColumn("answer", _("Is it right?"), ColumnKind.CHOICE, answers, width=18),
        FormColumn("words", _("Because; what is missing"), longest=LONGEST_WORDS, width=40),
        FormColumn("url", _("Address of a source"), longest=LONGEST_WORDS, width=32),
        *(
            FormColumn(
                name, _("Should be: %(what)s") % {"what": words[name].lower()}, _KINDS.get(name, ColumnKind.TEXT),
                longest=LONGEST_FIELD, width=40 if name in ("statement", "title") else 16,
            )
            for name in corrected
        ),
    )  # fmt: skip


def said_in(key: str, row: Mapping[str, str], stamp: str) -> Said:
    """Return what a row says of its entry."""
    fields = {name: text for name, text in row.items() if text and name in FIELDS.get(key.partition(":")[0], ())}
    own = {name: row.get(name, "") for name in _OWN}
    return Said(key, stamp=stamp, fields=fields, **own)


def require_one_answer(values: Mapping[str, Mapping[str, str]]) -> None:
    """Raise ``InvalidEntry`` for rows that say something is right, or another thing, and what it should be too."""
    words = _("it says what it should be, and the answer is not “%(answer)s”") % {"answer": Check.CORRECT.label}
    wrong = {key for key, row in values.items() if row.get("answer") != Check.CORRECT and any(map(row.get, _CORRECTED))}
    if wrong:
        raise InvalidEntry(dict.fromkeys(sorted(wrong), words))


def record_versions(cycle: Cycle, party: Party, wanted: Iterable[tuple[str, int]]) -> Versions:
    """Return what a party said of its records earlier, by the id of the row and the number of the answer."""
    numbers = set(wanted)
    held = RecordCheck.objects.filter(cycle=cycle, party=party, pk__in={at for _key, at in numbers})
    said = {(f"{one.kind}:{one.record}", one.pk): _values(one) for one in held}
    return said | {(key, 0): {} for key, at in numbers if not at}


def record_instructions(cycle: Cycle, party: Party) -> list[str]:
    """Return what the first sheet of the workbook says."""
    return [
        _("%(title)s: what is on record of %(party)s") % {"title": cycle.title, "party": party.name},
        _("One row of the sheet “Record” is one entry of the register that names you."),
        _("Say of each row whether it is right. “Right” means that you stand by the fact, not that you like it."),
        _("Where you correct it, fill in under “Should be” only what differs. Where it is not yours, say why."),
        _("Where you add a source, give its address. The last rows are for what is missing."),
        _("Leave the first two columns as they are: by them each row is found again. Rows and columns may be moved."),
        _("Then upload the file. You see the difference row by row first; all of it is written, or nothing."),
        _("Nothing of the register changes by it: what you propose stands beside the old value until it is decided."),
    ]
