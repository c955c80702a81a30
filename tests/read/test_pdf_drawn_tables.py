"""Tables whose cells go over several lines, stand at heights of their own, or are printed over the column beside."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import typst

from followthrough.read import pdf

PROSE = (
    "The ministers of the five river states will restore the wetlands of the lower basin before the rains of 2029, and "
    "will publish two hundred early-warning gauges in line with Article 7 of the Reed Treaty. "
)
OTHER = (
    "Every town along the lower bank will co-finance a cross-border register of ferries without delay, and the Otter "
    "Fund will count the marshes with a view to cleaner water. "
)
ROWS = [
    ("Basin of the river", "Length in miles of bank", "Keeper", "Year"),
    ("Lower basin to the sea", "one hundred and four", "Weir Council and towns", "2031"),
    ("Upper basin", "sixty", "Otter Fund", "2029"),
    ("Middle reach with the old canal", "two", "Boatmen", "2030"),
]


def page(columns: int, justified: bool = False) -> str:
    justify = str(justified).lower()
    text = f'#set text(10pt, lang: "en")\n#set par(justify: {justify})\n'
    return f'#set page("a4", margin: 2cm, columns: {columns})\n{text}'


def table(align: str, rows: Sequence[tuple[str, ...]], columns: str) -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: {columns}, align: {align}, {cells})"


def paragraphs(source: str) -> list[str]:
    read = pdf.source(bytes(typst.compile(source.encode())), "made.pdf")
    return [read.text[line.start : line.end] for line in read.lines if not line.blank]


@pytest.mark.parametrize("align", ["left + top", "left + horizon", "center + horizon", "left + bottom"])
@pytest.mark.parametrize("columns", [1, 2])
def test_first_cells_over_several_lines_are_one_cell(align: str, columns: int) -> None:
    made = table(align, ROWS, "(5em, 5em, 5em, 3em)")
    read = paragraphs(f"{page(columns)}{PROSE * 8}\n\n{made}\n\n{PROSE}")
    assert [one for one in read if "|" in one] == [" | ".join(row) for row in ROWS]
    assert [one for one in read if "|" not in one] == [(PROSE * 8).strip(), PROSE.strip()]


def test_cells_whose_words_are_stretched_are_whole() -> None:
    made = table("left + top", ROWS, "(6em, 6em, 6em, 3em)")
    read = paragraphs(f"{page(2, justified=True)}{PROSE * 8}\n\n{made}")
    assert [one for one in read if "|" in one] == [" | ".join(row) for row in ROWS]


def test_a_table_printed_over_the_next_column_weaves_nothing() -> None:
    rows = [("Dyke", "Work", "Cost"), ("North of it", "half a metre of clay", "310"), ("South", "reeds", "45")]
    made = f"#box(width: 0pt, height: 6em)[#box(width: 26em)[{table('left', rows, '(7em, 14em, 5em)')}]]"
    source = f"{page(2)}{PROSE * 12}\n\n{made}\n\n#colbreak()\n{OTHER * 18}"
    read = paragraphs(source)
    assert [one for one in read if "|" in one] == [" | ".join(row) for row in rows]
    assert [one for one in read if "|" not in one] == [(PROSE * 12).strip(), (OTHER * 18).strip()]


def test_words_too_wide_for_their_column_do_not_end_the_columns() -> None:
    head = "#box(width: 0pt)[#box(width: 40em)[*Means of implementation of the whole of the treaty*]]"
    source = f"{page(2)}{head}\n\n{PROSE * 8}\n\n#colbreak()\n{PROSE * 8}"
    read = paragraphs(source)
    assert read[0] == "Means of implementation of the whole of the treaty"
    assert read[1:] == [(PROSE * 8).strip()] * 2


def test_the_last_line_of_a_paragraph_alone_in_a_column_that_was_known_ends_it() -> None:
    end = f"{PROSE * 6} They will meet at the end of every #colbreak() year."
    source = f"{page(2)}{PROSE * 16}\n\n#colbreak()\n{OTHER * 16}\n\n#colbreak()\n{end}"
    read = paragraphs(source)
    assert read[-1].endswith("at the end of every year.")


def test_stretched_lines_of_a_narrow_column_are_no_rows() -> None:
    words = "The intergovernmental administrators will internationalise environmentally responsible transportation. "
    read = paragraphs(f"{page(4, justified=True)}#set text(12pt, hyphenate: false)\n{words * 12}")
    assert not [one for one in read if "|" in one]
