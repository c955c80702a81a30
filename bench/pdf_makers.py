"""Five ways to make a PDF file of a declaration: typst, LibreOffice, Chromium, ReportLab and pdfTeX."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from environments import python_with
from pdf_texts import Look, Piece

HOME = Path(tempfile.gettempdir()) / "followthrough-bench-pdf"
PACKAGES = ("reportlab==5.1.0", "pypdf==7.1.1", "pdfplumber==0.11.10", "pdfminer.six==20260107")
HEAD = "River Ministers A/9/L.2"
ROWS = [("Dyke", "Work", "Keeper"), ("North", "half a metre", "Weir Council"), ("South", "one metre", "Otter Fund")]
Order = tuple[Path, Sequence[Piece], Look]
"""One file to make: where to, of what, looking how."""


def typst_files(orders: Sequence[Order]) -> None:
    """Make the files with typst."""
    import typst

    for path, pieces, look in orders:
        path.write_bytes(bytes(typst.compile(_typst(pieces, look).encode())))


def _typst(pieces: Sequence[Piece], look: Look) -> str:
    head = f"[{HEAD} #h(1fr) 3 May 2031]" if look.has("heads") else "none"
    marked = '#rotate(-50deg, text(90pt, fill: rgb("#ddd"))[DRAFT])'
    behind = f", background: [{marked}]" if look.has("watermark") else ""
    numbering = '"1"' if look.has("numbers") else "none"
    spacing = "0.65em, first-line-indent: (amount: 1.2em, all: true)" if look.has("indents") else "1.2em"
    on = {True: "true", False: "false"}
    out = [
        f'#set page("a4", margin: 2.2cm, columns: {look.columns}, header: {head}, numbering: {numbering}{behind})',
        f'#set text({look.size}pt, lang: "en", hyphenate: {on[look.has("hyphens")]})',
        f"#set par(justify: {on[look.has('justified')]}, spacing: {spacing})",
        f'#place(top + center, scope: "parent", float: true, text(18pt, weight: "bold")[{pieces[0].words}])',
    ]
    if look.has("contents"):
        heads = [piece.words for piece in pieces if piece.kind == "heading"]
        lines = [f"{words} #box(width: 1fr, repeat[.]) {at + 2}" for at, words in enumerate(heads)]
        out.append("Contents\n\n" + "\n\n".join(lines))
    out += [_typst_piece(piece) for piece in pieces[1:]]
    if look.has("table"):
        cells = ", ".join(f"[{cell}]" for row in ROWS for cell in row)
        out.append(f"#table(columns: (1fr, 1fr, 1fr), {cells})")
    if look.has("wide"):
        out.append("#page(flipped: true, columns: 1)[" + " ".join(["The annex of wide works."] * 40) + "]")
    return "\n\n".join(out)


def _typst_piece(piece: Piece) -> str:
    words = piece.words.replace("#", "\\#").replace("$", "\\$") + (f"#footnote[{piece.note}]" if piece.note else "")
    if piece.kind == "heading":
        return f'#block(text(13pt, weight: "bold")[{words}])'
    if piece.kind in {"item", "bullet"}:
        return f"#pad(left: 1.5em)[#par(first-line-indent: 0em)[{piece.mark} {words}]]"
    return f"{piece.mark}~{words}".lstrip("~") if not piece.mark else f"#[{piece.mark}] {words}"


def office_files(orders: Sequence[Order]) -> None:
    """Make the files with LibreOffice, from Word files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, pieces, look in orders:
            _word(pieces, look, Path(folder) / f"{path.stem}.docx")
        line = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(orders[0][0].parent)]
        files = [str(each) for each in sorted(Path(folder).glob("*.docx"))]
        subprocess.run([*line, *files], check=True, capture_output=True)


def _word(pieces: Sequence[Piece], look: Look, path: Path) -> None:
    import docx
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    book = docx.Document()
    book.styles["Normal"].font.size = Pt(look.size)
    if look.has("heads"):
        book.sections[0].header.paragraphs[0].text = HEAD + "\t\t3 May 2031"
    book.add_heading(pieces[0].words, 0)
    section = book.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(look.columns))
    columns.set(qn("w:space"), "400")
    for piece in pieces[1:]:
        made = book.add_heading(piece.words, 2) if piece.kind == "heading" else book.add_paragraph(piece.printed)
        if look.has("justified"):
            made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if look.has("indents"):
            made.paragraph_format.space_after = Pt(0)
            made.paragraph_format.first_line_indent = Pt(14)
        if piece.kind in {"item", "bullet"}:
            made.paragraph_format.left_indent = Pt(18)
    if look.has("table"):
        book.add_section(WD_SECTION.CONTINUOUS)._sectPr.find(qn("w:cols")).set(qn("w:num"), "1")
        table = book.add_table(0, 3)
        for row in ROWS:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    if look.has("wide"):
        wide = book.add_section(WD_SECTION.NEW_PAGE)
        wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, wide.page_height, wide.page_width
        wide._sectPr.find(qn("w:cols")).set(qn("w:num"), "1")
        book.add_paragraph(" ".join(["The annex of wide works."] * 40))
    book.save(str(path))


def browser_files(orders: Sequence[Order]) -> None:
    """Print the files with Chromium."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        for path, pieces, look in orders:
            page.set_content(_page(pieces, look))
            foot = "<div style='font-size:8px;width:100%;text-align:center'><span class=pageNumber></span></div>"
            head = f"<div style='font-size:8px;margin-left:2cm'>{HEAD}</div>" if look.has("heads") else "<div></div>"
            shown = foot if look.has("numbers") else "<div></div>"
            page.pdf(
                path=str(path),
                format="A4",
                margin={"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"},
                display_header_footer=True,
                header_template=head,
                footer_template=shown,
            )
        browser.close()


def _page(pieces: Sequence[Piece], look: Look) -> str:
    align = "justify" if look.has("justified") else "left"
    hyphens = "auto" if look.has("hyphens") else "manual"
    gap = "margin:0;text-indent:1.2em" if look.has("indents") else "margin:0 0 .8em"
    style = (
        f"body{{font:{look.size}pt serif}} div{{columns:{look.columns}}} "
        f"p{{{gap};text-align:{align};hyphens:{hyphens}}} "
        "td{padding:2px 12px} .in{margin-left:1.5em;text-indent:0} "
        ".mark{position:fixed;top:40%;left:15%;font:90pt sans-serif;color:#ddd;"
        "transform:rotate(-50deg);z-index:-1}"
    )
    body = [f"<h2>{piece.words}</h2>" if piece.kind == "heading" else _tagged(piece) for piece in pieces[1:]]
    if look.has("table"):
        rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
        body.append(f"<table>{rows}</table>")
    mark = "<b class=mark>DRAFT</b>" if look.has("watermark") else ""
    head = f"<!doctype html><html lang=en><style>{style}</style>{mark}<h1>{pieces[0].words}</h1>"
    return f"{head}<div>{''.join(body)}</div>"


def _tagged(piece: Piece) -> str:
    kind = " class=in" if piece.kind in {"item", "bullet"} else ""
    return f"<p{kind}>{html.escape(piece.printed)}</p>"


def reportlab_files(orders: Sequence[Order]) -> None:
    """Make the files with ReportLab."""
    said = [
        {
            "path": str(path),
            "pieces": [(piece.kind, piece.printed) for piece in pieces],
            "columns": look.columns,
            "size": look.size,
            "extras": sorted(look.extras),
            "rows": ROWS,
            "head": HEAD,
        }
        for path, pieces, look in orders
    ]
    done = subprocess.run(
        [python_with(HOME, *PACKAGES), Path(__file__).with_name("pdf_reportlab.py")],
        input=json.dumps(said),
        text=True,
        check=False,
    )
    done.check_returncode()


def tex_files(orders: Sequence[Order]) -> None:
    """Make the files with pdfTeX."""
    for path, pieces, look in orders:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.tex").write_text(_tex(pieces, look), encoding="utf-8")
            for _ in range(2 if look.has("contents") else 1):
                line = ["pdflatex", "-interaction=batchmode", "a.tex"]
                subprocess.run(line, cwd=folder, check=True, capture_output=True)
            shutil.copy(Path(folder) / "a.pdf", path)


def _tex(pieces: Sequence[Piece], look: Look) -> str:
    gap = r"\setlength{\parskip}{0.8em}\setlength{\parindent}{0pt}"
    page = r"\thepage" if look.has("numbers") else ""
    head = rf"\pagestyle{{fancy}}\fancyhead[L]{{{HEAD}}}\fancyfoot[C]{{{page}}}"
    out = [
        r"\documentclass[10pt,a4paper]{article}\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}",
        r"\usepackage{multicol,fancyhdr}\usepackage[margin=2.2cm]{geometry}\begin{document}",
        head if look.has("heads") else r"\pagestyle{plain}" if look.has("numbers") else r"\pagestyle{empty}",
        "" if look.has("indents") else gap,
        "" if look.has("justified") else r"\raggedright" + ("" if look.has("indents") else gap),
        "" if look.has("hyphens") else r"\hyphenpenalty=10000 \sloppy ",
        rf"{{\centering\LARGE\bfseries {pieces[0].words}\par}}",
        r"\tableofcontents" if look.has("contents") else "",
        rf"\begin{{multicols}}{{{look.columns}}}" if look.columns > 1 else "",
        *[_tex_piece(piece) for piece in pieces[1:]],
        r"\end{multicols}" if look.columns > 1 else "",
    ]
    if look.has("table"):
        out.append(r"\begin{tabular}{lll}" + r"\\".join(" & ".join(row) for row in ROWS) + r"\end{tabular}")
    return "\n\n".join([*filter(None, out), r"\end{document}"])


def _tex_piece(piece: Piece) -> str:
    words = piece.words.replace("“", "``").replace("”", "''").replace("–", "--")
    words += rf"\footnote{{{piece.note}}}" if piece.note else ""
    if piece.kind == "heading":
        return rf"\section*{{{words}}}\addcontentsline{{toc}}{{section}}{{{words}}}"
    if piece.kind in {"item", "bullet"}:
        mark = r"\textbullet{}" if piece.mark == "•" else piece.mark
        return rf"{{\leftskip=1.5em\noindent {mark} {words}\par}}"
    return f"{piece.mark} {words}".strip()


MAKERS: dict[str, tuple[Callable[[Sequence[Order]], None], frozenset[str]]] = {
    "typst": (typst_files, frozenset({"notes", "contents", "wide", "table"})),
    "LibreOffice": (office_files, frozenset({"wide", "table"})),
    "Chromium": (browser_files, frozenset({"table"})),
    "ReportLab": (reportlab_files, frozenset({"table"})),
    "pdfTeX": (tex_files, frozenset({"notes", "contents", "table"})),
}
"""Each maker, and which of the things that add or take words it can do."""
