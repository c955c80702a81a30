"""Twenty more spreadsheets, as a ministry, a bank, a coder and a consultant make them; every word in them is invented.

Each says what it is, and what its columns and some of its cells hold: what a person would have to correct otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from followthrough.io.xlsx import WRITER_OPTIONS

Page = Any
"""A worksheet of XlsxWriter, which says nothing of its types."""
Book = Any


@dataclass(frozen=True)
class Field:
    """What a workbook is: kind, rows of headings (from 1), rows of data, its columns, and the values of some cells."""

    kind: str
    header_rows: tuple[int, ...]
    rows: int
    columns: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)


def _fill(page: Page, rows: list[list[Any]], top: int = 0) -> None:
    for down, row in enumerate(rows, top):
        for across, value in enumerate(row):
            if value not in ("", None):
                page.write(down, across, value)


def _letters(names: str) -> dict[str, str]:
    return {chr(65 + at): "" if name == "-" else name for at, name in enumerate(names.split())}


def parties_down_commitments_across(book: Book) -> Field:
    """A matrix turned round: a ministry a row, a paragraph a column."""
    _fill(book.add_worksheet("Overview"), [
        ["Follow-up by member, September 2026"],
        ["Member State", "4.3", "4.4", "para 2.2", "Remarks"],
        ["Thailand", "two rounds held", "n.a.", "ongoing", ""],
        ["Lao PDR", "", "six teachers trained", "–", "late"],
        ["Rep. of Korea", "one round held", "twelve places offered", "", ""],
    ])  # fmt: skip
    return Field("matrix", (2,), 3, _letters("party commitment_column commitment_column commitment_column note"))


def headings_in_row_nine(book: Book) -> Field:
    """Eight rows of letterhead, purpose and instructions before the list."""
    page = book.add_worksheet("Form B")
    for at, text in enumerate((
        "MINISTRY OF FOREIGN AFFAIRS", "Department of Regional Cooperation", "Ref: 12/2026", "",
        "Instructions: one row per project", "Return by 30 June", "Contact: desk officer", "",
    )):  # fmt: skip
        page.write(at, 0, text)
    _fill(page, [
        ["Seq.", "Name of project", "Partner country", "Starting date", "Finishing date", "State of play",
         "Cost (EUR)"],
        [1, "River forecasting", "Viet Nam", "14.3.2024", "1.12.2025", "in progress", "1 200 000"],
        [2, "Customs single window", "Cambodia", "2.1.2023", "", "finished", "350 000"],
    ], 8)  # fmt: skip
    values = {"D10": "2024-03-14", "E10": "2025-12-01", "G10": "1200000", "F11": "completed"}
    return Field("activities", (9,), 2, _letters("row_id title party starts ends status budget"), values)


def two_tables_on_one_sheet(book: Book) -> Field:
    """Projects above, and below them, after an empty row, a table of contacts."""
    _fill(book.add_worksheet("Sheet1"), [
        ["Project", "Country", "Status", "Start date"],
        ["Mangrove nursery", "Indonesia", "ongoing", "2022"],
        ["Tide gauges", "Philippines", "planned", "2025"],
        [],
        ["Focal point", "Agency", "Telephone", "E-mail"],
        ["A. Person", "Ministry of Seas", "555 0100", "a@example.org"],
        ["B. Person", "Harbour Office", "555 0101", "b@example.org"],
    ])  # fmt: skip
    return Field("activities", (1,), 2, _letters("title party status starts"))


def years_with_footnotes(book: Book) -> Field:
    """A statistics office's table: marks of footnotes at years and figures, marks for missing, notes below."""
    _fill(book.add_worksheet("Table 4"), [
        ["Table 4. Bilateral trade"],
        ["Country", "Indicator", "Unit", "2019¹", "2020*", "2021 (p)", "2022 r"],
        ["Thailand", "Trade with the partner", "USD million", "1 234.5", "1,100.2*", "..", "1 300 p"],
        ["Viet Nam", "Trade with the partner", "USD million", "–", "980", "1,010", "n.a."],
        ["¹ Break in series."],
        ["* Estimated."],
    ])  # fmt: skip
    columns = _letters("party indicator unit year_column year_column year_column year_column")
    return Field("observations", (2,), 2, columns, {"D3": "1234.5", "E3": "1100.2", "F3": "", "G3": "1300"})


def colours_with_a_legend(book: Book) -> Field:
    """Traffic lights without a word in the cells, and a legend below that says what they mean."""
    page = book.add_worksheet("Dashboard")
    _fill(page, [
        ["Para", "Deliverable", "Lead agency", "RAG status"],
        ["4.3", "Air services round", "Transport"],
        ["4.4", "Courses for trainers", "Education"],
        ["2.2", "Table top exercise", "Communications"],
        [],
        ["Legend"],
        ["", "Completed"],
        ["", "On track"],
        ["", "Not started"],
    ])  # fmt: skip
    formats = [book.add_format({"bg_color": colour}) for colour in ("#00B050", "#FFC000", "#FF0000")]
    for at, one in enumerate(formats):
        page.write_blank(1 + at, 3, None, one)
        page.write_blank(6 + at, 0, None, one)
    values = {"D2": "completed", "D3": "running", "D4": "proposed"}
    return Field("activities", (1,), 3, _letters("number title lead_body status"), values)


def ticks(book: Book) -> Field:
    """Who takes part in what, in ticks and dots."""
    _fill(book.add_worksheet("Participation"), [
        ["No.", "Commitment", "BRN", "KHM", "IDN", "LAO"],
        ["4.3", "Air services", "✓", "x", "●", ""],
        ["4.4", "Vocational training", "", "✓", "✓", "x"],
    ])  # fmt: skip
    return Field("matrix", (1,), 2, _letters("number words party_column party_column party_column party_column"))


def marks_for_nothing(book: Book) -> Field:
    """Every way to write that something is not known."""
    _fill(book.add_worksheet("List"), [
        ["Activity", "Country", "From", "To", "Budget (USD)", "Status", "Weblink"],
        ["Fish stock survey", "Malaysia", "n.a.", "–", "..", "n/a", ""],
        ["Port state training", "Myanmar", "TBC", "-", "tbd", "?", "N/A"],
        ["Observer programme", "Brunei", "2021-06", "…", "nil", "done", "https://example.org/o"],
    ])  # fmt: skip
    values = {"C2": "", "D2": "", "E2": "", "F2": "unknown", "C3": "", "E3": "", "G3": "", "C4": "2021-06", "E4": ""}
    return Field("activities", (1,), 3, _letters("title party starts ends budget status url"), values)


def percentages_as_text(book: Book) -> Field:
    """A consultant's progress sheet: how far in per cent, as text."""
    _fill(book.add_worksheet("Progress Q2"), [
        ["Output", "Responsible party", "% complete", "Planned start", "Planned end", "Comments"],
        ["Skills standard drafted", "Consultant", "100 %", "Q1 2025", "Q2 2025", ""],
        ["Assessors trained", "Ministry", "35%", "Q3 2025", "2025-26", "two of six"],
        ["Portal open", "Vendor", "0%", "FY2026/27", "", ""],
    ])  # fmt: skip
    values = {"C2": "completed", "C3": "running", "C4": "proposed", "D2": "2025-01", "E2": "2025-06", "E3": "2026",
              "D4": "2026"}  # fmt: skip
    return Field("activities", (1,), 3, _letters("title lead_body status starts ends note"), values)


def thai_headings(book: Book) -> Field:
    """A ministry's list in Thai, with years of the Buddhist era that name it."""
    _fill(book.add_worksheet("แผนงาน"), [
        ["แผนงานความร่วมมือ ประจำปี"],
        ["ลำดับที่", "กิจกรรม", "ประเทศ", "หน่วยงานรับผิดชอบ", "วันเริ่มต้น", "วันสิ้นสุด", "ผลการดำเนินงาน", "หมายเหตุ"],
        [1, "อบรมครูอาชีวะ", "กัมพูชา", "กระทรวงศึกษาธิการ", "มี.ค. 2567", "พ.ศ. 2568", "อยู่ระหว่างดำเนินการ", ""],
        [2, "สัมมนาท่องเที่ยว", "ลาว", "กระทรวงการท่องเที่ยว", "1 ม.ค. 2566", "", "แล้วเสร็จ", ""],
    ])  # fmt: skip
    return Field("activities", (2,), 2, _letters("row_id title party lead_body starts ends status note"),
                 {"G3": "running", "G4": "completed"})  # fmt: skip


def korean_headings(book: Book) -> Field:
    """A ministry's list in Korean."""
    _fill(book.add_worksheet("사업목록"), [
        ["연번", "사업명", "협력국", "주관기관", "시작일", "종료일", "추진현황", "예산(백만원)", "비고"],
        ["1", "직업훈련 교사 연수", "베트남", "고용노동부", "2024년 3월", "2025년 12월 31일", "추진중", "1,200", ""],
        ["2", "사이버 보안 훈련", "인도네시아", "외교부", "2023.05.01", "", "완료", "350", "2차"],
    ])  # fmt: skip
    values = {"E2": "2024-03", "F2": "2025-12-31", "G2": "running", "E3": "2023-05-01", "C3": "IDN", "C2": "VNM"}
    return Field("activities", (1,), 2, _letters("row_id title party lead_body starts ends status budget note"), values)


def indonesian_headings(book: Book) -> Field:
    """A ministry's list in Indonesian."""
    _fill(book.add_worksheet("Kegiatan"), [
        ["No", "Nama Kegiatan", "Negara Mitra", "Instansi Penanggung Jawab", "Tanggal Mulai", "Tanggal Selesai",
         "Status Pelaksanaan", "Anggaran (Rp juta)", "Keterangan"],
        ["1", "Pelatihan guru", "Kamboja", "Kemendikbud", "14 Maret 2024", "Desember 2024", "Selesai", "1.500", ""],
        ["2", "Lokakarya siber", "Thailand", "BSSN", "5 Agustus 2025", "", "Sedang berjalan", "750", "tahap dua"],
    ])  # fmt: skip
    values = {"C2": "KHM", "E2": "2024-03-14", "F2": "2024-12", "G2": "completed", "G3": "running", "E3": "2025-08-05"}
    return Field("activities", (1,), 2, _letters("row_id title party lead_body starts ends status budget note"), values)


def french_headings(book: Book) -> Field:
    """A delegation's list in French."""
    _fill(book.add_worksheet("Suivi"), [
        ["N°", "Intitulé du projet", "Pays bénéficiaire", "Organisme responsable", "Date de début", "Date de fin",
         "État d’avancement", "Montant (EUR)", "Observations"],
        ["1", "Formation des enseignants", "Cambodge", "Ministère", "14 mars 2024", "décembre 2025", "En cours",
         "1 200 000,50", ""],
        ["2", "Séminaire sur le cyber", "Viêt Nam", "Agence", "1er juin 2023", "", "Achevé", "80 000", "deux sessions"],
    ])  # fmt: skip
    values = {"C2": "KHM", "E2": "2024-03-14", "F2": "2025-12", "G2": "running", "H2": "1200000.5",
              "G3": "completed"}  # fmt: skip
    return Field("activities", (1,), 2, _letters("row_id title party lead_body starts ends status budget note"), values)


def idem(book: Book) -> Field:
    """Cells that say that they are as the one above."""
    _fill(book.add_worksheet("Annex"), [
        ["Para", "Activity", "Country", "Implementing agency", "Start date", "Status"],
        ["4.3", "First round of talks", "Thailand", "Ministry of Transport", "March 2024", "completed"],
        ["idem", "Second round of talks", "same as above", "idem", "June 2024", "〃"],
        ["4.4", "Course for trainers", "Viet Nam", "ditto", "2025", "ongoing"],
        ["\"", "Exchange of trainers", "as above", "Ministry of Labour", "2026", "planned"],
    ])  # fmt: skip
    values = {"A3": "4.3", "C3": "THA", "D3": "Ministry of Transport", "F3": "completed", "D4": "Ministry of Transport",
              "A5": "4.4", "C5": "VNM"}  # fmt: skip
    return Field("activities", (1,), 4, _letters("number title party lead_body starts status"), values)


def bank_projects(book: Book) -> Field:
    """A development bank's list of projects."""
    page = book.add_worksheet("projects")
    _fill(page, [["Projects database extract, 1 May 2026"]])
    _fill(page, [
        ["Project ID", "Project Name", "Country/Economy", "Sector", "Approval Date", "Closing Date", "Project Status",
         "Commitment Amount (US$ million)", "Borrower", "Project URL"],
        ["P-100", "Green ports", "Indonesia", "Transport", "31-Mar-2021", "30-Jun-2026", "Active", "120.5", "Ministry",
         "https://example.org/p100"],
        ["P-101", "Rural roads", "Cambodia", "Transport", "15-Jan-2019", "31-Dec-2023", "Closed", "45", "Ministry",
         "https://example.org/p101"],
    ], 2)  # fmt: skip
    columns = _letters("row_id title party - starts ends status budget lead_body url")
    return Field("activities", (3,), 2, columns, {"E4": "2021-03-31", "G4": "running", "G5": "completed"})


def coder_long(book: Book) -> Field:
    """A coder's sheet, one mark a row."""
    _fill(book.add_worksheet("Coding"), [
        ["Item", "Coder", "Code", "Notes"],
        ["4.3", "AB", 1, ""],
        ["4.3", "CD", 0, "unsure"],
        ["4.4", "AB", 1, ""],
        ["4.4", "CD", 1, ""],
    ])  # fmt: skip
    return Field("coders", (1,), 4, _letters("number coder score note"))


def scores_in_words(book: Book) -> Field:
    """A think tank's table with words for its scores."""
    _fill(book.add_worksheet("Scorecard"), [
        ["Compliance scorecard 2025"],
        ["Paragraph", "Commitment", "Thailand", "Indonesia", "Korea", "Mean"],
        ["4.3", "Air services", "full", "partial", "full", "0.67"],
        ["4.4", "Vocational training", "none", "partial", "full", "0.00"],
    ])  # fmt: skip
    return Field("scores", (2,), 2, _letters("number words party_column party_column party_column -"))


def logframe(book: Book) -> Field:
    """A consultant's table of indicators with base, target and figures of years."""
    _fill(book.add_worksheet("Results framework"), [
        ["Indicator", "Unit of measure", "Country", "Year", "Actual value", "Source of data"],
        ["Teachers trained", "persons", "Cambodia", "2023", "120", "Ministry"],
        ["Teachers trained", "persons", "Cambodia", "2024", "240", "Ministry"],
        ["Share of women among them", "per cent", "Cambodia", "2024", "48%", "Ministry"],
    ])  # fmt: skip
    values = {"E2": "120", "E4": "48"}
    return Field("observations", (1,), 3, _letters("indicator unit party year value publisher"), values)


def press_review(book: Book) -> Field:
    """A desk's press review: what was read where."""
    _fill(book.add_worksheet("Clippings"), [
        ["Date", "Headline", "Newspaper", "URL", "Summary", "Relevant paragraph"],
        ["14 March 2026", "Ministers meet", "Daily News", "https://example.org/n1", "A round was held", "4.3"],
        ["Mar-26", "Course opens", "The Post", "https://example.org/n2", "A course was opened", "4.4"],
    ])  # fmt: skip
    columns = _letters("date source_title publisher url statement number")
    return Field("evidence", (1,), 2, columns, {"A2": "2026-03-14", "A3": "2026-03"})


def plan_of_action(book: Book) -> Field:
    """A plan by sections, with time frames as ranges and several bodies in a cell."""
    page = book.add_worksheet("PoA")
    _fill(page, [
        ["Action line", "Activities", "Time frame", "Lead ASEAN body / partner", "Progress to date"],
        ["1. POLITICAL COOPERATION"],
        ["1.1", "Dialogue of youth", "2019-21", "SOM; Ministry of Youth", "Two dialogues were held."],
        ["1.2", "Visits of researchers", "2021–2025", "SOM", ""],
        ["2. ECONOMIC COOPERATION"],
        ["2.1", "Standards for fruit", "ongoing", "SEOM", "A standard was drafted."],
    ])  # fmt: skip
    page.set_row(1, None, book.add_format({"bold": True}))
    columns = _letters("number title starts lead_body statement")
    return Field("activities", (1,), 3, columns, {"C3": "2019"})


def minutes(book: Book) -> Field:
    """The decisions of a committee with who does what by when."""
    _fill(book.add_worksheet("Matters arising"), [
        ["18th Meeting of the Joint Committee"],
        ["Item", "Decision / action point", "Action by", "Deadline", "Status as of today", "Remark"],
        ["3.1", "Circulate the revised concept", "Secretariat", "end of May 2026", "Done", ""],
        ["3.2", "Submit nominations", "All", "31/07/2026", "Pending", "reminder sent"],
        ["4", "Confirm dates", "Host country", "TBC", "Open", ""],
    ])  # fmt: skip
    columns = _letters("row_id title lead_body ends status note")
    return Field("tracker", (2,), 3, columns, {"E3": "completed", "D4": "2026-07-31", "D5": "", "E5": "proposed"})


_ALL: tuple[Callable[[Book], Field], ...] = (
    parties_down_commitments_across, headings_in_row_nine, two_tables_on_one_sheet, years_with_footnotes,
    colours_with_a_legend, ticks, marks_for_nothing, percentages_as_text, thai_headings, korean_headings,
    indonesian_headings, french_headings, idem, bank_projects, coder_long, scores_in_words, logframe, press_review,
    plan_of_action, minutes,
)  # fmt: skip
FIELD_WORKBOOKS: dict[str, Callable[[Book], Field]] = {one.__name__: one for one in _ALL}


def make_field(name: str, folder: Path) -> tuple[Path, Field]:
    """Write the workbook ``name`` into ``folder``; return its path with what it is."""
    path = folder / f"{name}.xlsx"
    with xlsxwriter.Workbook(path, WRITER_OPTIONS) as book:
        expected = FIELD_WORKBOOKS[name](book)
    return path, expected
