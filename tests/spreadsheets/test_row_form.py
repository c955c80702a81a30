"""A form goes out as a workbook and comes back: what was changed is found, and a wrong cell is never written."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.spreadsheets.grid import EMPTY, Cell, CellKind, Sheet, grid_here
from followthrough.spreadsheets.row_form import ID, VERSION, ColumnKind, FormColumn, FormRow, RowForm, read_cell, shown
from followthrough.spreadsheets.row_form_plan import FormPlan, Versions, plan
from followthrough.spreadsheets.row_form_reading import find_table
from followthrough.spreadsheets.row_form_writing import row_form_bytes

OWN = ("Id: do not change", "Version: do not change")
STAGES = (("planned", "Planned"), ("under_way", "Under way"), ("output", "Output delivered"))
MARKS = (("money", "Money"), ("law", "Law or procedure"), ("nothing", "Nothing"))
COLUMNS = (
    FormColumn("place", "Paragraph", ColumnKind.FIXED),
    FormColumn("stage", "How far has it come?", ColumnKind.CHOICE, STAGES),
    FormColumn("done", "What was done?", hint="Two to five sentences."),
    FormColumn("of", "Figure", ColumnKind.FIGURE, folded=True),
    FormColumn("any", "What stands in the way?", ColumnKind.CHOICES, MARKS),
    FormColumn("by", "By when?", ColumnKind.DATE),
)
SAID: tuple[dict[str, str], ...] = (
    {"stage": "planned", "done": "Begun.\nThen more: =1+1, _x0041_ and \x0b here", "of": "1,250", "any": "money;law"},
    {"done": "#N/A", "by": "June 2100", "of": "many"},
    {},
    {"stage": "output", "by": "2099-12-31", "any": "nothing", "done": "007"},
    {"done": "It was sent."},
)


def form(*later: dict[str, str]) -> RowForm:
    """A form of five rows; ``later`` is what its first rows say now, in their second version."""
    rows = []
    for at, said in enumerate(SAID):
        values = {**said, "place": f"{at // 2 + 1}.{at % 2 + 1}"}
        version = 1
        if at < len(later) and later[at]:
            values, version = {**values, **later[at]}, 2
        closed = "it was sent, and waits for the secretariat" if at == 4 else ""
        rows.append(FormRow(f"report-{at + 1}", f"Matter {at + 1}", version, values, closed))
    return RowForm("round/NOR", "Reports", COLUMNS, tuple(rows))


FIRST = form()
VERSIONS: Versions = {(row.id, 1): row.values for row in FIRST.rows}


def taken(one: RowForm = FIRST) -> Sheet:
    """The sheet of a form as it goes out."""
    data = row_form_bytes(one, ["Title", "Text"], id_heading=OWN[0], version_heading=OWN[1])
    sheets = grid_here("x.xlsx", data)
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("Instructions", False), ("Reports", False), ("Lists", True),
    ]  # fmt: skip
    return sheets[1]


SHEET = taken()
"""Rows from 0: keys, headings, then five records. Columns: id, version, place, stage, done, of, any, by."""


def back(sheet: Sheet, now: RowForm = FIRST) -> FormPlan:
    table = find_table("x.xlsx", [sheet], now, OWN)
    assert table.versions(now) <= {(row.id, at) for row in now.rows for at in (1, 2)}
    return plan(now, table, VERSIONS)


def put(sheet: Sheet, row: int, column: int, text: str, kind: CellKind = "text", **more: Any) -> Sheet:
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = Cell(text.strip(), kind if text.strip() else "empty", **more)
    return replace(sheet, rows=tuple(map(tuple, rows)))


def told(found: FormPlan) -> list[tuple[int, str]]:
    return [(one.number, one.cell) for one in found.refused]


def test_what_goes_out_comes_back_without_a_difference() -> None:
    found = back(SHEET)
    assert (found.read, found.changes, found.refused, found.fixed, found.told) == (5, (), (), (), ())


@pytest.mark.parametrize(
    ("column", "text", "kind", "value"),
    [
        (3, "under way", "text", "under_way"), (3, "OUTPUT DELIVERED ", "text", "output"), (3, "", "empty", ""),
        (4, "More.\r\nAnd more.", "text", "More.\nAnd more."), (5, "1251", "number", "1251"), (5, "2.5", "text", "2.5"),
        (6, "Nothing", "text", "nothing"), (6, "law or procedure, money", "text", None),
        (7, "2100-06-01", "date", "2100-06-01"), (7, "31/12/2099", "text", "31/12/2099"), (5, "1250", "number", None),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_says(column: int, text: str, kind: CellKind, value: str | None) -> None:
    found = back(put(SHEET, 2, column, text, kind))
    assert not found.refused
    key = COLUMNS[column - 2].key
    assert found.values(()) == ({} if value is None else {"report-1": {**FIRST.rows[0].values, key: value}})


@pytest.mark.parametrize(
    ("row", "column", "cell", "where"),
    [
        (2, 3, Cell("half done", "text"), "D3"), (2, 5, Cell("lots", "text"), "F3"), (2, 7, Cell("soon", "text"), "H3"),
        (3, 7, Cell("31/04/2027", "text"), "H4"), (2, 4, Cell("#REF!", "error"), "E3"),
        (2, 4, Cell("3", "number", formula=True), "E3"), (2, 4, Cell("a", "text", merged_from=(1, 1)), "E3"),
        (2, 4, Cell("x" * 8001, "text"), "E3"), (2, 0, Cell("report-9", "text"), "A3"), (2, 0, EMPTY, "A3"),
        (2, 0, Cell("report-2", "text"), "A3"), (2, 1, Cell("v1-00000000", "text"), "B3"),
        (2, 1, Cell("v2-1", "text"), "B3"), (2, 2, Cell("1.2", "text"), "A3"), (6, 4, Cell("More.", "text"), "E7"),
        (2, 0, Cell("report-1", "text", formula=True), "A3"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(row: int, column: int, cell: Cell, where: str) -> None:
    rows = [list(cells) for cells in SHEET.rows]
    rows[row][column] = cell
    rows[5][4] = Cell("a good change", "text")
    found = back(replace(SHEET, rows=tuple(map(tuple, rows))))
    assert (row + 1, where) in told(found)
    assert found.values(()) == {}


def test_a_colleague_s_later_words_are_a_conflict_and_somebody_decides() -> None:
    now = form({"done": "A colleague's."}, {"of": "12"}, {"done": "Theirs."})
    mine = put(put(put(SHEET, 2, 4, "Mine."), 4, 4, "Theirs."), 3, 7, "July 2100")
    found = back(mine, now)
    assert [(one.row.id, one.column.key, one.conflict) for one in found.changes] == [
        ("report-1", "done", True), ("report-2", "by", False),
    ]  # fmt: skip
    assert found.changes[0].shown == (SAID[0]["done"], "A colleague's.", "Mine.")
    assert found.values(()) == {"report-2": {**now.rows[1].values, "by": "July 2100"}}
    assert found.values({"report-1/done"})["report-1"]["done"] == "Mine."
    assert found.values(())["report-2"]["of"] == "12"
    assert told(plan(now, find_table("x", [SHEET], now, OWN), {})) == [(at, f"B{at}") for at in (3, 4, 5)]


def test_what_programs_do_to_a_table_is_read_all_the_same() -> None:
    changed = put(SHEET, 2, 4, "Changed.")
    rows = [list(cells) for cells in changed.rows]
    order = [4, 0, 7, 2, 1, 3, 6, 5]
    moved = [[Cell("About the round", "text"), *[EMPTY] * 8], *([*(row[at] for at in order), EMPTY] for row in rows)]
    moved[4][8] = Cell("my note", "text")
    kept = [*moved[:3], *sorted(moved[3:6], key=lambda row: row[1].text, reverse=True), [EMPTY] * 9]
    found = back(replace(changed, rows=tuple(map(tuple, kept)), hidden_rows=(3,)))
    assert found.values(()) == {"report-1": {**FIRST.rows[0].values, "done": "Changed."}}
    said = " ".join(found.told)
    for words in ("moved", "not of this workbook", "sorted", "hidden", "“Matter 4”; “Matter 5”"):
        assert words in said
    without_keys = replace(changed, rows=(changed.rows[1], *changed.rows[2:]))
    assert len(back(without_keys).changes) == 1
    narrow = [row[:4] for row in changed.rows]
    assert "What was done?" in " ".join(back(replace(changed, rows=tuple(narrow))).told)
    fixed = back(put(SHEET, 2, 2, "1,1")).fixed
    assert [(one.cell, one.stays, one.typed) for one in fixed] == [("C3", "1.1", "1,1")]


def test_a_file_without_the_table_or_with_two_is_refused_whole() -> None:
    twice = replace(SHEET, rows=tuple((*row, row[4]) for row in SHEET.rows))
    for sheets in ([], [replace(SHEET, rows=SHEET.rows[2:])], [SHEET, replace(SHEET, name="Copy")], [twice]):
        with pytest.raises(InputRefused):
            find_table("x.xlsx", sheets, FIRST, OWN)
    assert find_table("x.xlsx", [replace(SHEET, hidden=True), SHEET], FIRST, OWN).rows


def rewritten(sheet: Sheet) -> Sheet:
    """The sheet as another program writes it: numbers and dates by their type, a formula in an extra column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        page, day = book.add_worksheet("Feuille 1"), book.add_format({"num_format": "yyyy-mm-dd"})
        for down, cells in enumerate(sheet.rows):
            for across, cell in enumerate(cells):
                if cell.text.replace(",", "").isdecimal():
                    page.write_number(down, across, int(cell.text.replace(",", "")))
                elif cell.text == "2099-12-31":
                    page.write_number(down, across, 73050, day)
                elif cell.text:
                    page.write_string(down, across, cell.text)
            page.write_formula(down, sheet.width, "=1+1", None, 2)
    return grid_here("y.xlsx", out.getvalue())[0]


def test_dates_and_numbers_that_changed_their_type_are_no_change() -> None:
    found = back(rewritten(SHEET))
    assert [(one.row.id, one.typed) for one in found.changes] == []
    assert not found.refused


TEXTS = st.sampled_from(
    ("", "Under way", "planned", "money", "Nothing; Law or procedure", "1250", "1,250", "June 2100", "2100-06-01",
     "2099", "31/04/2027", "#REF!", "=1+1", "A jetty.", "report-1", "report-9", "v1-00000000", "1.2", " x ", "12%")
)  # fmt: skip
CELLS = st.builds(
    lambda text, kind, formula: Cell(text.strip(), kind if text.strip() else "empty", formula=formula),
    TEXTS, st.sampled_from(("text", "text", "number", "date", "error")), st.sampled_from((False,) * 5 + (True,)),
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[Sheet, RowForm]:
    """A workbook after a series of random edits, and what the records say by then."""
    rows = [list(cells) for cells in SHEET.rows]
    for _ in range(draw(st.integers(1, 6))):
        do = draw(st.sampled_from(("type", "type", "type", "delete", "repeat", "swap", "move", "sort", "add", "blank")))
        body = range(2, len(rows))
        one, other = (draw(st.sampled_from(body)) for _ in range(2)) if body else (0, 0)
        across, beside = (draw(st.integers(0, len(rows[0]) - 1)) for _ in range(2))
        if do == "type" and body:
            rows[one][across] = draw(CELLS)
        elif do == "delete" and body:
            del rows[one]
        elif do == "repeat" and body:
            rows.insert(one, list(rows[other]))
        elif do == "swap" and body:  # a part of the table sorted without the rest
            rows[one][across], rows[other][across] = rows[other][across], rows[one][across]
        elif do == "move":
            rows = [
                [row[beside] if at == across else row[across] if at == beside else row[at] for at in range(len(row))]
                for row in rows
            ]
        elif do == "sort" and body:
            rows[2:] = sorted(rows[2:], key=lambda row: row[across].text)
        elif do == "add":
            rows = [[*row[:across], draw(CELLS), *row[across:]] for row in rows]
        elif do == "blank":
            rows.append([EMPTY] * len(rows[0]))
    later = draw(st.lists(st.sampled_from(({}, {"done": "Later."}, {"of": "3"}, {"stage": "under_way"})), max_size=4))
    return replace(SHEET, rows=tuple(map(tuple, rows))), form(*later)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited())
def test_a_wrong_cell_is_never_written(case: tuple[Sheet, RowForm]) -> None:
    """Each cell that is written stands in the file, alone, in the row of its id and the column of its key."""
    sheet, now = case
    try:
        found = back(sheet, now)
    except InputRefused:
        return
    everything = found.values({one.key for one in found.conflicts})
    header = next(row for row in sheet.rows if {ID, VERSION} <= {cell.text for cell in row} or
                  set(OWN) <= {cell.text for cell in row})  # fmt: skip
    keys = {cell.text: at for at, cell in enumerate(header)}
    at = {one.key: keys[one.key] if one.key in keys else keys[one.heading] for one in COLUMNS
          if one.key in keys or one.heading in keys}  # fmt: skip
    ids = keys.get(ID, keys.get(OWN[0], 0))
    often = Counter(row[ids].text for row in sheet.rows)
    written = {(key, name) for key, values in everything.items() for name, value in values.items()
               if value != next(one for one in now.rows if one.id == key).values.get(name, "")}  # fmt: skip
    for key, name in written:
        column = next(one for one in COLUMNS if one.key == name)
        [row] = [row for row in sheet.rows if row[ids].text == key]
        cell = row[at[name]]
        assert often[key] == 1 and not cell.formula and cell.kind != "error"
        assert read_cell(column, cell.text) == everything[key][name]
        assert column.kind is not ColumnKind.FIXED and key != "report-5"
    refused = {one.number for one in found.refused}
    changed = {(one.row.id, one.column.key) for one in found.changes}
    for number, row in enumerate(sheet.rows, 1):
        held = next((one for one in FIRST.rows if one.id == row[ids].text), None)
        if held is None or number in refused or number - 1 <= sheet.rows.index(header):
            continue
        current = next(one for one in now.rows if one.id == held.id)
        for column in now.open_columns:
            if column.key in at and row[at[column.key]].kind == "text":
                text = row[at[column.key]].text
                quiet = {shown(column, one.values.get(column.key, "")) for one in (held, current)}
                assert text in quiet or (held.id, column.key) in changed or _alike(column, text, held, current)


def _alike(column: FormColumn, text: str, held: FormRow, now: FormRow) -> bool:
    """Whether a text says in other letters what the record says: 1250 for 1,250."""
    said = {one.values.get(column.key, "").replace(",", "") for one in (held, now)}
    return read_cell(column, text).replace(",", "") in said | {"2100-06"} or (text, column.key) == ("June 2100", "by")
