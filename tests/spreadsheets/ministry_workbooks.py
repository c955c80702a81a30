"""Twelve spreadsheets as ministries make them, with what each is and what each of its columns holds.

Every name, figure and address in them is invented; addresses are those of example.org.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from followthrough.io.xlsx import WRITER_OPTIONS

Page = Any
"""A worksheet of XlsxWriter, which says nothing of its types."""
Book = Any


@dataclass(frozen=True)
class Expected:
    """What a workbook is: the kind of its main sheet, its rows of headings (from 1), rows of data, and its columns."""

    kind: str
    header_rows: tuple[int, ...]
    rows: int
    columns: dict[str, str]
    sheet: str = ""
    told: tuple[str, ...] = field(default=())


def _fill(page: Page, rows: list[list[Any]], top: int = 0) -> None:
    for down, row in enumerate(rows, top):
        for across, value in enumerate(row):
            if value not in ("", None):
                page.write(down, across, value)


def _columns(names: str) -> dict[str, str]:
    return {chr(65 + at): name for at, name in enumerate(names.split())}


def merged_headers(book: Book) -> Expected:
    """Titles above, headings in two merged rows, a merged number, a sub-total and a note below, a hidden sheet."""
    page = book.add_worksheet("Matrix")
    head = book.add_format({"bold": True})
    page.merge_range("A1:I1", "MATRIX OF FOLLOW-UP, as at 30 Sept 2026 (draft)", head)
    page.write("A2", "Prepared by Division 3. Please fill in the grey cells only.")
    for area, text in (
        ("A4:A5", "No."),
        ("B4:B5", "Undertaking"),
        ("C4:D4", "Responsible"),
        ("E4:G4", "Implementation"),
        ("H4:H5", "Budget (USD ’000)"),
        ("I4:I5", "Remarks"),
    ):
        page.merge_range(area, text, head)
    for cell, text in (("C5", "Country"), ("D5", "Agency"), ("E5", "Status"), ("F5", "From"), ("G5", "To")):
        page.write(cell, text, head)
    rows: list[list[Any]] = [
        ["4.3", "Air services agreement", "Thailand", "Transport", "On-going", "14 March 2026", "", "-", "Round held"],
        ["", "Trade and investment", "Việt Nam", "Industry and trade", "Done", "Q3 2021", "31/12/2025", "1,200", ""],
        ["4.4", "TVET courses", "ประเทศไทย", "Higher education", "ongoing", "2567", "", 350, ""],
        ["4.5", "Scholarships", "Lao PDR", "Education", "Completed", "FY2019/20", "Mar-24", 80, "2 batches"],
        ["", "Sub-total", "", "", "", "", "", 1630, ""],
        ["2.2", "Cyber security", "Indonesia", "Communications", "On track", "01.02.2023", "31 Feb 2026", "", ""],
        ["6.3", "Ageing societies", "Malaysia", "Health", "Not started", "", "", 0, ""],
    ]
    _fill(page, rows, 5)
    page.write_datetime("A7", date(2026, 1, 3), book.add_format({"num_format": "d-mmm"}))
    page.write_formula("H11", "=B1/0", None, "#DIV/0!")
    page.write("A14", "* Figures are provisional; source: line ministries.")
    book.add_worksheet("Contacts").hide()
    columns = _columns("number words party lead_body status starts ends budget note")
    return Expected("activities", (4, 5), 6, columns, "Matrix", ("Contacts",))


def flat_list(book: Book) -> Expected:
    """One row of headings from the first cell on, as people export it."""
    _fill(book.add_worksheet("Activities"), [
        ["Ref", "Activity", "Country", "Start date", "Status", "Budget", "Link"],
        ["A-01", "Cyber workshop", "Indonesia", "2024-03-01", "done", 120000, "https://example.org/a"],
        ["A-02", "Training of trainers", "Viet Nam", "May 2024", "planned", 40000, "https://example.org/b"],
    ])  # fmt: skip
    columns = dict(zip("ABCDEFG", ("row_id", "title", "party", "starts", "status", "budget", "url"), strict=True))
    return Expected("activities", (1,), 2, columns)


def two_languages(book: Book) -> Expected:
    """Headings in two rows, each in its language, below the name of a ministry in both."""
    page = book.add_worksheet("รายงาน")
    page.write("A1", "กระทรวงการต่างประเทศ / Ministry of Foreign Affairs")
    _fill(page, [
        ["ลำดับ", "โครงการ", "ประเทศ", "วันที่เริ่ม", "วันที่สิ้นสุด", "สถานะ", "งบประมาณ", "หมายเหตุ"],
        ["No.", "Project", "Country", "Start date", "End date", "Status", "Budget (THB)", "Remarks"],
        ["3.1", "หลักสูตรผู้เชี่ยวชาญ", "ลาว", "มีนาคม 2567", "ธันวาคม 2567", "เสร็จสิ้น", "1,500,000", ""],
        ["3.2", "การประชุมวิชาการ", "เวียดนาม", "1 มกราคม 2568", "", "กำลังดำเนินการ", "800,000", "รอบที่สอง"],
    ], 2)  # fmt: skip
    columns = _columns("number title party starts ends status budget note")
    return Expected("activities", (3, 4), 2, columns)


def notes_all_round(book: Book) -> Expected:
    """Notes above and below, section rows between, empty rows, totals."""
    page = book.add_worksheet("Sheet1")
    _fill(page, [["Annex 2"], ["List of projects under the Plan"], ["Note: figures are estimates"]])
    _fill(page, [
        ["Project title", "Implementing agency", "Member States", "Begin", "Completion", "Funding", "Currency"],
        ["I. Political cooperation"],
        ["Dialogue of youth", "Ministry of Youth", "Cambodia; Thailand", "2022", "2023", 30000, "USD"],
        ["Maritime table top", "Navy", "Philippines, Brunei Darussalam", "June 2023", "July 2023", 15000, "USD"],
        [],
        ["II. Economic cooperation"],
        ["Standards for fruit", "Agriculture", "Myanmar", "2024-02", "", 22000, "USD"],
        ["Total", "", "", "", "", 67000, "USD"],
        ["Source: secretariat, August 2026"],
        ["Legend: empty = not reported"],
    ], 4)  # fmt: skip
    columns = dict(zip("ABCDEFG", ("title", "lead_body", "party", "starts", "ends", "budget", "currency"), strict=True))
    return Expected("activities", (5,), 3, columns)


def matrix(book: Book) -> Expected:
    """Commitments down, parties across, words in the cells."""
    page = book.add_worksheet("Status")
    page.write("A1", "Status by country")
    _fill(page, [
        ["Para", "Commitment", "Brunei", "Cambodia", "Lao PDR", "Viet Nam", "Rep. of Korea"],
        ["4.3", "Air services", "ongoing", "planned", "", "done", "done"],
        ["4.4", "Vocational training", "", "ongoing", "ongoing", "", "done"],
    ], 2)  # fmt: skip
    return Expected("matrix", (3,), 2, {"A": "number", "B": "words", **dict.fromkeys("CDEFG", "party_column")})


def tracker(book: Book) -> Expected:
    """The list of actions after a meeting."""
    _fill(book.add_worksheet("Actions"), [
        ["#", "Action item", "Owner", "Due date", "Status", "Comments"],
        [1, "Circulate the draft report", "Chair", "15 May 2026", "Open", ""],
        [2, "Nominate focal points", "All delegations", "Jun-26", "In progress", "4 of 11"],
        [3, "Confirm the venue", "Host", "", "Closed", ""],
    ])  # fmt: skip
    return Expected("tracker", (1,), 3, {"B": "title", "C": "lead_body", "D": "ends", "E": "status", "F": "note"})


def scores(book: Book) -> Expected:
    """A table of scores with a printed mean."""
    _fill(book.add_worksheet("Compliance"), [
        ["Commitment no.", "Commitment", "THA", "IDN", "MYS", "Average"],
        ["4.3", "Air services", 1, 0, -1, 0],
        ["4.4", "Vocational training", 1, 1, 0, 0.67],
        ["Average", "", 1, 0.5, -0.5, 0.33],
    ])  # fmt: skip
    return Expected("scores", (1,), 2, {"A": "number", "B": "words", **dict.fromkeys("CDE", "party_column")})


def coders(book: Book) -> Expected:
    """Marks of several coders, side by side."""
    _fill(book.add_worksheet("Round 1"), [
        ["Unit", "Ann", "Bo", "Chai"],
        ["4.3", 1, 1, 0],
        ["4.4", 0, 0, 0],
        ["5.1", 1, 0, 1],
    ])  # fmt: skip
    return Expected("coders", (1,), 3, {"A": "number", "B": "coder_column", "C": "coder_column", "D": "coder_column"})


def bank_wide(book: Book) -> Expected:
    """A bank's download: years across, the name of its database above."""
    page = book.add_worksheet("Data")
    _fill(page, [["Data Source", "Development Figures"], ["Last Updated Date", "2026-05-01"]])
    _fill(page, [
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2019", "2020", "2021"],
        ["Thailand", "THA", "Internet users (% of population)", "IT.NET", 66.7, 77.8, ".."],
        ["Viet Nam", "VNM", "Internet users (% of population)", "IT.NET", 68.7, 70.3, 74.2],
    ], 3)  # fmt: skip
    columns = dict(zip("ABCD", ("party", "area", "indicator", "indicator_code"), strict=True))
    return Expected("observations", (4,), 2, {**columns, **dict.fromkeys("EFG", "year_column")})


def colours_for_status(book: Book) -> Expected:
    """Colours instead of words for the status, and comments at cells."""
    page = book.add_worksheet("Projects")
    _fill(page, [
        ["Project", "Lead country", "Period", "Progress", "Amount (USD)"],
        ["Smart cities", "Singapore", "2021-2023", "", 50000],
        ["Digital trade", "Malaysia", "2022-2024", "", 70000],
    ])  # fmt: skip
    page.write_blank("D2", None, book.add_format({"bg_color": "#00B050"}))
    page.write_blank("D3", None, book.add_format({"bg_color": "#FF0000"}))
    page.write_comment("A2", "ask the ministry")
    columns = {"A": "title", "B": "party", "D": "status", "E": "budget"}
    return Expected("activities", (1,), 2, columns, told=("colour", "comments"))


def several_sheets(book: Book) -> Expected:
    """A cover, the list itself, lists for drop-downs; rows that are hidden."""
    cover = book.add_worksheet("Cover")
    _fill(cover, [["Plan of Action 2021-2025"], ["Version 3"]])
    page = book.add_worksheet("Evidence 2024")
    _fill(page, [
        ["Paragraph", "Evidence", "Date", "Link", "Published by", "Country"],
        ["4.3", "The round was held in March", "14 March 2024", "https://example.org/1", "Daily News", "Thailand"],
        ["4.4", "Twelve teachers were trained", "2024-05", "https://example.org/2", "Ministry", "Cambodia"],
        ["5.1", "The plan was adopted", "05/03/2024", "www.example.org/3", "Ministry", "Indonesia"],
    ])  # fmt: skip
    page.set_row(2, None, None, {"hidden": True})
    book.add_worksheet("Lists").very_hidden()
    columns = dict(zip("ABCDEF", ("number", "statement", "date", "url", "publisher", "party"), strict=True))
    return Expected("evidence", (1,), 3, columns, "Evidence 2024", ("hidden rows", "Lists"))


def dates_as_text(book: Book) -> Expected:
    """A list in Vietnamese with dates as text, in the order of the day."""
    _fill(book.add_worksheet("Danh mục"), [
        ["STT", "Tên dự án", "Cơ quan chủ trì", "Ngày bắt đầu", "Ngày kết thúc", "Tiến độ", "Ghi chú"],
        [1, "Đào tạo nghề", "Bộ Lao động", "05/03/2024", "25/12/2024", "Hoàn thành", ""],
        [2, "Hội thảo an ninh mạng", "Bộ Thông tin", "15/04/2024", "03/05/2025", "Đang thực hiện", "đợt 2"],
    ])  # fmt: skip
    columns = dict(zip("BCDEFG", ("title", "lead_body", "starts", "ends", "status", "note"), strict=True))
    return Expected("activities", (1,), 2, columns)


_ALL: tuple[Callable[[Book], Expected], ...] = (
    merged_headers,
    flat_list,
    two_languages,
    notes_all_round,
    matrix,
    tracker,
    scores,
    coders,
    bank_wide,
    colours_for_status,
    several_sheets,
    dates_as_text,
)
WORKBOOKS: dict[str, Callable[[Book], Expected]] = {one.__name__: one for one in _ALL}


def make(name: str, folder: Path) -> tuple[Path, Expected]:
    """Write the workbook ``name`` into ``folder``; return its path with what it is."""
    path = folder / f"{name}.xlsx"
    with xlsxwriter.Workbook(path, WRITER_OPTIONS) as book:
        expected = WORKBOOKS[name](book)
    return path, expected
