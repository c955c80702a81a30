"""What python-docx has no function for: styles of the house, language, fields, repeated rows, alternative texts."""

from __future__ import annotations

from typing import Any

from followthrough.report.document import Paper, clean

RAMP = ("F3F1EC", "D3E6E9", "93C3CC", "2C7586", "0A4653")
INK, INK2 = "1A1F24", "4B535B"
STYLES = {
    "Finding": ("Cambria", 12.5, INK, 8), "Small": ("Calibri", 8.5, INK2, 6), "Note": ("Calibri", 10, INK, 8),
    "Count": ("Calibri", 11, INK, 2), "Cell": ("Calibri", 8.5, INK, 0), "Cell number": ("Calibri", 8.5, INK, 0),
    "Source": ("Calibri", 8, INK, 2),
}  # fmt: skip
"""Paragraph styles of our own: font, points, colour, points after it."""


def styled(target: Any, name: str) -> None:
    """Give a paragraph a style by its name; python-docx looks for it among all styles, which takes far longer."""
    target._p.style = name.replace(" ", "")


def paragraph(book: Any, style: str, text: str = "") -> Any:
    """Add a paragraph."""
    found = book.add_paragraph(text)
    styled(found, style)
    return found


def colour_of(value: str) -> Any:
    """Return a colour as python-docx takes it."""
    from docx.shared import RGBColor

    return RGBColor.from_string(value)


def begin(book: Any, paper: Paper) -> None:
    """Set page, styles, properties and language of a new document."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    _page(book.sections[0], wide=paper.wide)
    for name, (font, size, colour, after) in STYLES.items():
        style = book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), name.replace(" ", ""))
        style.base_style = book.styles["Normal"]
        _look(style, font, size, colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(after)
        style.paragraph_format.line_spacing = 1.0 if name.startswith("Cell") else 1.15
    book.styles["Cell number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    own = {"Normal": ("Calibri", 10.5, INK), "Title": ("Cambria", 26, INK), "Subtitle": ("Calibri", 9, INK2),
           "Heading 1": ("Cambria", 15, INK), "Heading 2": ("Calibri", 11, INK), "Caption": ("Calibri", 8.5, INK2),
           "List Bullet": ("Calibri", 10, INK)}  # fmt: skip
    for name, (font, size, colour) in own.items():
        _look(book.styles[name], font, size, colour)
    book.styles["Caption"].font.bold, book.styles["Title"].font.bold = False, True
    book.styles["Subtitle"].font.italic = False
    _without_border(book.styles["Title"])
    about = book.core_properties
    about.title, about.author = f"{clean(paper.title)}, {clean(paper.about)}"[:255], "Followthrough"
    about.language, about.subject, about.comments = paper.language, paper.as_of, ""
    _language(book, paper.language)


def turned(book: Any, *, wide: bool) -> None:
    """Begin a new page, with its broad side down where it is ``wide``."""
    _page(book.add_section(), wide=wide)


def _page(section: Any, *, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(15 if wide else 22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)


def _look(style: Any, font: str, size: float, colour: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = font, Pt(size)
    style.font.color.rgb = colour_of(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:hAnsi"), font)


def _without_border(style: Any) -> None:
    from docx.oxml.ns import qn

    held = style.element.pPr
    for border in held.findall(qn("w:pBdr")) if held is not None else ():
        held.remove(border)


def _language(book: Any, language: str) -> None:
    from docx.oxml.ns import qn

    for one in book.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), language)


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found


def header_and_footer(book: Any, paper: Paper) -> None:
    """Write what stands on every page: the paper and its day above, the edition and the number of the page below."""
    section = book.sections[0]
    above = section.header.paragraphs[0]
    styled(above, "Small")
    above.add_run("Followthrough").bold = True
    above.add_run(f"   {clean(paper.title)}, {paper.as_of}")
    below = section.footer.paragraphs[0]
    styled(below, "Small")
    below.add_run(f"{paper.edition}   {paper.page_of[0]} ")
    _field(below, "PAGE")
    below.add_run(f" {paper.page_of[1]} ")
    _field(below, "NUMPAGES")


def _field(target: Any, code: str) -> None:
    words = _element("w:instrText")
    words.text = code
    for part in (_element("w:fldChar", fldCharType="begin"), words, _element("w:fldChar", fldCharType="end")):
        target.add_run()._r.append(part)


def hyperlink(target: Any, text: str, url: str) -> None:
    """Add words that lead to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = _element("w:hyperlink")
    link.set(qn("r:id"), target.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = target.add_run(text)
    run.font.color.rgb = colour_of("0B5767")
    run.font.underline = True
    link.append(run._r)
    target._p.append(link)


def keep_with_next(target: Any) -> None:
    """Keep a caption on the page of what it is over."""
    target.paragraph_format.keep_with_next = True


def table_borders(table: Any, caption: str) -> None:
    """Draw hairlines under the rows, and say to readers of the screen what the table holds."""
    held = table._tbl.tblPr
    lines = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        lines.append(_element(f"w:{side}", val="single", sz="4", space="0", color="C9C5BB"))
    held.append(lines)
    margins = _element("w:tblCellMar")
    margins.extend(_element(f"w:{side}", w="50", type="dxa") for side in ("left", "right"))
    held.append(margins)
    held.append(_element("w:tblLook", val="0620", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0"))
    held.append(_element("w:tblCaption", val=caption[:255]))


def repeat_header(table: Any) -> None:
    """Have the first row stand on top of every page that its table reaches, and no row go on over a page."""
    for at, row in enumerate(table._tbl.tr_lst):
        held = row.get_or_add_trPr()
        held.append(_element("w:cantSplit"))
        if at == 0:
            held.append(_element("w:tblHeader"))


def shaded(cell: Any, step: int) -> None:
    """Give a cell its step of the colour ramp, and its letters a colour to be read on it."""
    fill = (
        {"val": "ltUpDiag", "color": "CBC7BD", "fill": "FFFFFF"} if step == 0 else {"val": "clear", "fill": RAMP[step]}
    )
    cell._tc.get_or_add_tcPr().append(_element("w:shd", **fill))
    for line in cell.paragraphs if step > 2 else ():
        for run in line.runs:
            run.font.color.rgb = colour_of("FFFFFF")


def alternative(target: Any, words: str) -> None:
    """Give the picture in a paragraph its alternative text."""
    for one in target._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        one.set("descr", words)
        one.set("title", "")
