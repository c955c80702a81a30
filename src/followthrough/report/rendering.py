"""The forms of a paper, by the ending of its file."""

from __future__ import annotations

from collections.abc import Callable

from followthrough.report.document import Paper
from followthrough.report.docx import to_docx
from followthrough.report.html import to_html
from followthrough.report.pdf import to_pdf
from followthrough.report.xlsx import to_xlsx

FORMS: dict[str, Callable[[Paper], bytes]] = {"pdf": to_pdf, "docx": to_docx, "xlsx": to_xlsx, "html": to_html}
"""What writes each form."""
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}
"""The media type of each form."""
