"""Rows of cycles and published rounds into the register: a part of an import, which asks the permission and records.

What was sent, rated or said is never changed by an import: a row that is here already and says something else refuses
it. A report that ran on may be published, and a cycle closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from followthrough.errors import InputRefused
from followthrough.packs.cells import Row
from followthrough.web.assessments.models import (
    PUBLISHED,
    AdjudicatedRating,
    Assessment,
    Rating,
    RatingUnit,
    Reply,
)
from followthrough.web.assessments.values import all_scales
from followthrough.web.exchange.reported_rows import OF_RECORD, cell_id, report_id, standing_fields
from followthrough.web.followup.models import Assignment, Cycle, Question, RecordCheck, Report, Submission
from followthrough.web.followup.states import ACCEPTED, RIGHT, Answering

BATCH = 500
Rows = Sequence[Mapping[str, Any]]
"""Rows as the models take them, which check nothing that reading a pack did not."""
CHANGING = {
    "cycles": frozenset({"title", "due", "late_until", "zone", "shown", "closed"}),
    "report_versions": frozenset({"published"}),
}
"""The columns that may change, by table; the last step of a report or cycle is taken once and not back."""
LAST_STEPS = frozenset({"closed", "published"})
WHOLE = {"cycle_questions": "cycle", "report_answers": "version", "round_cells": "round", "coder_ratings": "cell"}
"""Tables whose rows are a part of what the column names: they come with it, never later."""


def add_reported(table: str, rows: Sequence[Row]) -> None:
    """Write new rows of one of these tables. Called in the transaction of the import that records them."""
    if rows:
        _WRITERS[table](rows)


def change_reported(table: str, rows: Iterable[tuple[Mapping[str, Any], frozenset[str]]]) -> None:
    """Write what changed of rows that are here: each with the names of its columns. As ``add_reported`` is called."""
    for row, names in rows:
        if table == "cycles":
            held = {name: _at(row[name]) if name in ("due", "late_until", "closed") else row[name] for name in names}
            Cycle.objects.filter(pk=row["id"]).update(**held)
        else:
            report = Report.objects.select_for_update(no_key=True).get(pk=_reports([row])[str(row["report"])])
            versions = Submission.objects.filter(report=report, number=row["number"])
            versions.update(published=_at(row["published"]))
            report.state = Answering.PUBLISHED
            report.save(update_fields=["state"])


def refused(
    added: Mapping[str, Sequence[Row]], changed: Sequence[tuple[str, str, Mapping[str, tuple[Any, Any]]]]
) -> list[InputRefused]:
    """Return what an import would do to these tables and may not: change what stands, or complete it later.

    ``added`` are the new rows by table; ``changed`` are table, id, and old and new value by column.
    """
    found = [
        _no(table, key, f"is here already with another {', '.join(sorted(names))}")
        for table, key, fields in changed
        if table in _WRITERS and (names := _fixed(table, fields))
    ]
    for table, parent in WHOLE.items():
        of = {"cycle": "cycles", "version": "report_versions", "round": "rounds", "cell": "round_cells"}[parent]
        new = {row["id"] for row in added.get(of, ())}
        found += [
            _no(table, str(row["id"]), f"would complete {row[parent]}, which is here already")
            for row in added.get(table, ())
            if row[parent] not in new
        ]
    return [*found, *_taken(added)]


def _fixed(table: str, fields: Mapping[str, tuple[Any, Any]]) -> set[str]:
    back = {name for name, (was, _now) in fields.items() if name in LAST_STEPS and was}
    return (fields.keys() - CHANGING.get(table, frozenset())) | back


def _taken(added: Mapping[str, Sequence[Row]]) -> Iterator[InputRefused]:
    """Yield the new rows that find no scale here, or their place taken by what does not leave this register."""
    scales = all_scales().keys() | {row["id"] for row in added.get("scales", ())}
    for row in added.get("rounds", ()):
        if row["scale"] not in scales:
            yield _no("rounds", str(row["id"]), f"is rated by “{row['scale']}”, which is no scale here")
    rounds = Assessment.objects.filter(pk__in=[row["id"] for row in added.get("rounds", ())])
    for key in rounds.values_list("pk", flat=True):
        yield _no("rounds", key, "is the id of a round that is not published here")
    numbers: Any = Submission.objects.exclude(decision=ACCEPTED).values_list(*_ASKED_OF, "number")
    waiting = {(report_id(*asked), number) for *asked, number in numbers} if added.get("report_versions") else set()
    for row in added.get("report_versions", ()):
        if (row["report"], row["number"]) in waiting:
            yield _no("report_versions", str(row["id"]), "is a version that was not accepted here")
    said = RecordCheck.objects.filter(replaced=False).values_list("cycle", "party", "record")
    known = {f"{cycle}/{party}/{key}" for cycle, party, key in said} if added.get("confirmations") else set()
    for row in added.get("confirmations", ()):
        if row["id"] in known:
            yield _no("confirmations", str(row["id"]), "is a record of which the party says something else here")


def _no(table: str, key: str, what: str) -> InputRefused:
    return InputRefused(f"{table}.csv", what, "import it into another register, or take the row out", f"id {key}")


_ASKED_OF = ("report__cycle_id", "report__party_id", "report__provision_id")


def _at(cell: Any) -> Any:
    return datetime.fromisoformat(cell) if cell else None


def _reports(rows: Rows, column: str = "report") -> dict[str, int]:
    """Return the numbers of the reports of the cycles that a column of ids names."""
    cycles = {str(row[column]).partition("/")[0] for row in rows}
    held: Any = Report.objects.filter(cycle__in=cycles).values_list("cycle_id", "party_id", "provision_id", "pk")
    return {report_id(*asked): pk for *asked, pk in held}


def _units(rows: Rows) -> dict[str, int]:
    rounds = {str(row["cell"]).partition("/")[0] for row in rows}
    held: Any = RatingUnit.objects.filter(assessment__in=rounds)
    return {cell_id(*of): pk for *of, pk in held.values_list("assessment_id", "commitment_id", "party_id", "pk")}


def _cycles(rows: Rows) -> None:
    Cycle.objects.bulk_create(
        [Cycle(id=row["id"], document_id=row["document"], title=row["title"], period_start=row["period_start"],
               period_end=row["period_end"], opened=_at(row["opened"]), due=_at(row["due"]),
               late_until=_at(row["late_until"]), zone=row["zone"], shown=row["shown"], closed=_at(row["closed"]),
               example=row["example"], previous_id=row["previous"]) for row in rows]
    )  # fmt: skip


def _questions(rows: Rows) -> None:
    names = ("key", "kind", "words", "hint", "position")
    Question.objects.bulk_create(
        [Question(cycle_id=row["cycle"], **{name: row[name] for name in names}) for row in rows], BATCH
    )


def _asked(rows: Rows) -> None:
    Report.objects.bulk_create(
        [Report(cycle_id=row["cycle"], party_id=row["party"], provision_id=row["provision"], position=row["position"])
         for row in rows], BATCH,
    )  # fmt: skip
    together = [row for row in rows if row["answered_with"]]
    known = _reports(together, "id") if together else {}
    for row in together:
        Report.objects.filter(pk=known[str(row["id"])]).update(answered_with=known[str(row["answered_with"])])


def _commitments(rows: Rows) -> None:
    known = _reports(rows)
    Assignment.objects.bulk_create(
        [Assignment(report_id=known[str(row["report"])], commitment_id=row["commitment"], lead=row["lead"])
         for row in rows], BATCH,
    )  # fmt: skip


def _versions(rows: Rows) -> None:
    known = _reports(rows)
    Submission.objects.bulk_create(
        [Submission(report_id=known[str(row["report"])], number=row["number"], answers={}, sent=_at(row["sent"]),
                    late=row["late"], decision=ACCEPTED, decided=_at(row["accepted"]),
                    published=_at(row["published"])) for row in rows], BATCH,
    )  # fmt: skip
    given = {known[str(row["report"])]: row for row in rows}
    held = list(Report.objects.select_for_update(no_key=True).filter(pk__in=given))
    for one in held:
        row = given[one.pk]
        one.state = Answering.PUBLISHED if row["published"] else Answering.ACCEPTED
        one.first_sent = _at(row["first_sent"])
    Report.objects.bulk_update(held, ["state", "first_sent"], BATCH)


def _answers(rows: Rows) -> None:
    said: dict[str, dict[str, Any]] = {}
    for row in rows:
        words = str(row["words"])
        said.setdefault(str(row["version"]), {})[str(row["field"])] = words.split("; ") if row["several"] else words
    cycles = {key.partition("/")[0] for key in said}
    held = Submission.objects.filter(report__cycle__in=cycles).select_related("report")
    fresh = []
    for one in held:
        asked = report_id(one.report.cycle_id, one.report.party_id, one.report.provision_id)
        if (found := said.get(f"{asked}/v{one.number}")) is not None:
            one.answers = found
            fresh.append(one)
    Submission.objects.bulk_update(fresh, ["answers"], BATCH)


def _confirmations(rows: Rows) -> None:
    stands = standing_fields({str(row["indicator"]) for row in rows if row["indicator"]})
    checks = []
    for row in rows:
        kind, record = next((kind, str(row[column])) for column, kind in OF_RECORD.items() if row[column])
        checks.append(
            RecordCheck(cycle_id=row["cycle"], party_id=row["party"], kind=kind, record=record, answer=RIGHT,
                        before=stands(kind, record, str(row["party"])) or {}, at=_at(row["confirmed"]))
        )  # fmt: skip
    RecordCheck.objects.bulk_create(checks, BATCH)


def _rounds(rows: Rows) -> None:
    names = ("id", "title", "scale", "scale_version", "na", "example", "imported")
    Assessment.objects.bulk_create(
        [Assessment(document_id=row["document"], state=PUBLISHED, opened=_at(row["opened"]),
                    published=_at(row["published"]), **{name: row[name] for name in names},
                    reply_until=date.fromisoformat(str(row["reply_until"])) if row["reply_until"] else None)
         for row in rows]
    )  # fmt: skip


def _cells(rows: Rows) -> None:
    RatingUnit.objects.bulk_create(
        [RatingUnit(assessment_id=row["round"], commitment_id=row["commitment"], party_id=row["party"],
                    note_id=row["note"], position=row["position"]) for row in rows], BATCH,
    )  # fmt: skip


def _final(rows: Rows) -> None:
    known = _units(rows)
    names = ("number", "value", "why", "reason", "claims")
    AdjudicatedRating.objects.bulk_create(
        [AdjudicatedRating(cell_id=known[str(row["cell"])], at=_at(row["made"]), **{one: row[one] for one in names})
         for row in rows], BATCH,
    )  # fmt: skip


def _coded(rows: Rows) -> None:
    known = _units(rows)
    names = ("value", "why", "sure", "claims")
    Rating.objects.bulk_create(
        [Rating(cell_id=known[str(row["cell"])], letter=row["coder"], submitted=_at(row["submitted"]),
                **{one: row[one] for one in names}) for row in rows], BATCH,
    )  # fmt: skip


def _replies(rows: Rows) -> None:
    known = _units(rows)
    Reply.objects.bulk_create(
        [Reply(cell_id=known[str(row["cell"])], text=row["words"], at=_at(row["at"])) for row in rows], BATCH
    )


_WRITERS: Mapping[str, Callable[[Rows], None]] = {
    "rounds": _rounds, "round_cells": _cells, "final_ratings": _final, "coder_ratings": _coded,
    "rating_replies": _replies, "cycles": _cycles, "cycle_questions": _questions, "reports": _asked,
    "report_commitments": _commitments, "report_versions": _versions, "report_answers": _answers,
    "confirmations": _confirmations,
}  # fmt: skip
