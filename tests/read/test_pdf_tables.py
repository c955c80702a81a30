"""Tables in and under narrow columns, titles over columns, contents lists without leaders, amounts in mid-sentence."""

from __future__ import annotations

import typst

from followthrough.read import pdf

COLUMNS = '#set page("a4", margin: 2.2cm, columns: 3)\n#set text(11.7pt, lang: "en")\n#set par(justify: true)\n'
TWO = '#set page("a4", margin: 2.2cm, columns: 2)\n#set text(11pt, lang: "en")\n'
PROSE = (
    "The ministers of the five river states will restore the wetlands of the lower basin before the rains of 2029, and "
    "will publish two hundred early-warning gauges in line with Article 7 of the Reed Treaty. "
)


def paragraphs(source: str) -> list[str]:
    read = pdf.source(bytes(typst.compile(source.encode())), "made.pdf")
    return [read.text[line.start : line.end] for line in read.lines if not line.blank]


def test_cells_of_a_narrow_column_go_over_several_lines() -> None:
    rows = [("Dyke", "Work", "Keeper"), ("North", "half a metre", "Weir Council"), ("South", "one metre", "Otter Fund")]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    read = paragraphs(f"{COLUMNS}{PROSE * 7}\n\n#table(columns: (1fr, 1fr, 1fr), {cells})\n\n{PROSE}")
    assert [one for one in read if "|" in one] == [" | ".join(row) for row in rows]


def test_cells_that_stand_in_the_middle_of_their_row_belong_to_it() -> None:
    rows = [("Dyke", "Work", "Keeper"), ("North", "half a metre", "Weir Council"), ("South", "one metre", "Otter Fund")]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#table(columns: (1fr, 1fr, 1fr), align: left + horizon, {cells})"
    read = paragraphs(f"{COLUMNS}#set par(justify: false)\n{PROSE * 7}\n\n{table}")
    assert [one for one in read if "|" in one] == [" | ".join(row) for row in rows]


def test_a_title_whose_last_words_fit_a_column_is_one_title() -> None:
    words = "Joint Declaration of the River Ministers on the Wetlands of the lower Valley"
    title = f'#place(top, scope: "parent", float: true, text(26pt)[{words}])'
    assert paragraphs(f"{TWO}{title}\n{PROSE * 12}")[0] == words


def test_the_first_row_of_a_table_under_columns_goes_with_the_others() -> None:
    rows = [("Dyke", "Work"), ("North of it", "half a metre of stone, clay and reeds from the lower bank")]
    rows.append(("South of it", "one metre of clay that the Otter Fund has brought to the bridge"))
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#v(2em)\n#table(columns: 2, stroke: none, column-gutter: 2em, inset: 3pt, {cells})"
    page = TWO.replace(", columns: 2", "")
    read = paragraphs(f"{page}#columns(2)[{PROSE * 6} #colbreak() {PROSE * 6}]\n{table}")
    assert [one for one in read if "|" in one] == [" | ".join(row) for row in rows]


def test_a_contents_list_without_leaders_over_columns_is_set_aside() -> None:
    heads = ("Clean water for all", "Boats and harbours", "Wetlands and reeds", "Money and accounts")
    listed = "\n\n".join(f"{head} #h(1fr) {at}" for at, head in enumerate(heads, start=1))
    page = TWO.replace(", columns: 2", "")
    source = f"{page}#text(14pt)[Contents]\n\n{listed}\n\n#v(1em)\n#columns(2)[{PROSE * 6} #colbreak() {PROSE * 6}]"
    assert not [one for one in paragraphs(source) if one.startswith(("Contents", *heads))]


def test_an_amount_at_the_head_of_a_line_is_no_item() -> None:
    start = "6. The keepers of the harbour will keep all of the so-called quiet evenings at a cost of"
    page = "#set page(width: 17cm, margin: 1.5cm)\n#set par(first-line-indent: (amount: 1.2em, all: true))\n"
    read = paragraphs(f"{page}#[6.] {start[3:]} \\\n4.5 million crowns a year and will go on.\n\n{PROSE}")
    assert read[0] == f"{start} 4.5 million crowns a year and will go on."


def test_a_list_above_a_paragraph_in_a_column_moves_no_gutter() -> None:
    items = "\n".join(f"#pad(left: 1.2em)[({letter}) {PROSE}]" for letter in "abcd")
    source = f"{TWO}{PROSE * 24}\n\n#colbreak()\n{PROSE * 8}\n\n#colbreak()\n{items}\n\n#[27.] {PROSE}"
    assert paragraphs(source)[-1] == f"27. {PROSE}".strip()
