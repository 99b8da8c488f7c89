"""DOCX: the page in Word's own styles, so that its navigation and contents work."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ksbtui.core.exchange.pages import (
    RIGHT,
    Bar,
    Block,
    Bullets,
    Figures,
    Heading,
    Note,
    Page,
    Paragraph,
    Table,
)
from ksbtui.exports.formats.pages import page_of
from ksbtui.exports.formats.sanitize import printable
from ksbtui.exports.saving import Tell

if TYPE_CHECKING:
    from docx.document import Document

INK, MUTED, OWN, LINE = "22282E", "58626C", "0B7560", "D6D2C6"
MANY_COLUMNS = 6
"""A table with more columns is set in smaller letters."""
BAR_CELLS = 24
"""Characters a full bar takes."""
FONT = "Calibri"
SHORT_MM, LONG_MM = 210, 297
"""A4 paper, in millimetres."""
SIGNATURE_MM = 11
MM_A_CHARACTER = 2.0
LONGEST_WORD = 16


def write(content: Any, tell: Tell) -> bytes:
    """An A4 document of the page."""
    import docx

    page = page_of(content)
    document = docx.Document()
    _dress(document, page)
    document.add_heading(printable(page.title), 0)
    if page.subtitle:
        document.add_paragraph(printable(page.subtitle), style="Subtitle")
    for done, block in enumerate(page.blocks):
        _add(document, block, _width(page))
        tell(done, len(page.blocks))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(document: Document, page: Page) -> None:
    """A4, quiet margins, our colours, page numbers at the foot."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(SHORT_MM), Mm(LONG_MM)
    if page.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(LONG_MM), Mm(SHORT_MM)
    section.left_margin = section.right_margin = Mm(_margin(page))
    section.top_margin = section.bottom_margin = Mm(_margin(page))
    sizes = {"Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 2": 15, "Heading 3": 11.5}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(MUTED if name == "Subtitle" else INK)
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts.attrib.pop(_name(attribute), None)
        style.font.bold = name not in ("Normal", "Subtitle")
        style.paragraph_format.space_after = Pt(5)
    _border_below(document.styles["Heading 2"], LINE)
    bullets: Any = document.styles["List Bullet"]
    bullets.paragraph_format.space_after = Pt(1)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(22)
    document.styles["Heading 3"].paragraph_format.space_before = Pt(12)
    title: Any = document.styles["Title"].element
    for old in title.pPr.findall(_name("pBdr")):
        title.pPr.remove(old)
    spread: Any = document.styles["Subtitle"].element.rPr
    for old in spread.findall(_name("spacing")):
        spread.remove(old)
    document.core_properties.title = printable(page.title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _page_number(section.footer.paragraphs[0])


def _margin(page: Page) -> int:
    """Millimetres left free on each side; a wide table gets more of the paper."""
    return 12 if page.landscape else 20


def _width(page: Page) -> int:
    """Millimetres between the margins."""
    return (LONG_MM if page.landscape else SHORT_MM) - 2 * _margin(page)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(_name(key), value)
    return element


def _border_below(style: Any, colour: str) -> None:
    borders = _element("pBdr")
    borders.append(_element("bottom", val="single", sz="4", space="3", color=colour))
    style.element.get_or_add_pPr().append(borders)


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind:
            run._r.append(_element("fldChar", fldCharType=kind))
        else:
            instruction = _element("instrText")
            instruction.text = "PAGE"
            run._r.append(instruction)


def _add(document: Document, block: Block, wide: int) -> None:
    match block:
        case Heading(level, text):
            _paragraph(document, text, f"Heading{level}")
        case Paragraph(text):
            _paragraph(document, text)
        case Note(text):
            _muted(_paragraph(document), text)
        case Bullets(items):
            for item in items:
                _paragraph(document, item, "ListBullet")
        case Figures(items):
            _grid(document, [[f.value for f in items]], [[f.label, f.note] for f in items])
        case Bar():
            _bar(document, block)
        case Table():
            _table(document, block, wide)


def _paragraph(document: Document, text: str = "", style: str = "") -> Any:
    """A new last paragraph, its style by id.

    Done by hand: the library looks styles up by name and the end of the document from its
    beginning, which is minutes for a long one.
    """
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph as Made

    element: Any = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)
    made = Made(element, document._body)
    if style:
        element.style = style
    if text:
        made.add_run(printable(text))
    return made


def _muted(paragraph: Any, text: str, size: float = 9.5) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(printable(text))
    run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(MUTED)


def _tight(paragraph: Any) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(1)


def _grid(document: Document, values: list[list[str]], about: list[list[str]]) -> None:
    """Figures side by side: label, number, remark."""
    from docx.shared import Pt

    table = document.add_table(1, len(about))
    for cell, value, (label, note) in zip(table.rows[0].cells, values[0], about, strict=True):
        _muted(cell.paragraphs[0], label)
        _tight(cell.paragraphs[0])
        number = cell.add_paragraph()
        run = number.add_run(printable(value))
        run.bold, run.font.size = True, Pt(16)
        _tight(number)
        if note:
            _muted(cell.add_paragraph(), note)


def _bar(document: Document, bar: Bar) -> None:
    """One line: label, blocks for each part, and the amounts in words."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, RGBColor

    paragraph = _paragraph(document)
    _tight(paragraph)
    for stop in (28, 108):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop), WD_TAB_ALIGNMENT.LEFT)
    paragraph.add_run(f"{printable(bar.label)}\t")
    for part in bar.parts:
        cells = round(bar.share(part) * BAR_CELLS)
        run = paragraph.add_run(("█" if part.tone == "done" else "░") * cells)
        run.font.color.rgb = RGBColor.from_string(OWN if part.tone == "done" else MUTED)
    said = ", ".join(f"{part.label} {part.text}".strip() for part in bar.parts if part.text)
    _muted(paragraph, "\t" + " · ".join(text for text in (said, bar.text) if text), 9)


def _table(document: Document, table: Table, wide: int) -> None:
    from docx.shared import Mm

    if table.caption:
        _muted(_paragraph(document), table.caption)
    made = document.add_table(1, len(table.headers))
    made.autofit = False
    widths = _widths(table, wide)
    small = len(table.headers) > MANY_COLUMNS
    _fill(made.rows[0], table.headers, table, widths, bold=True, small=small)
    made.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))
    rule = _element("tblBorders")
    for side in ("bottom", "insideH"):
        rule.append(_element(side, val="single", sz="4", space="0", color=LINE))
    made._tbl.tblPr.append(rule)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for index, row in enumerate(table.rows):
        added = made.add_row()
        if table.signed:
            added.height = Mm(SIGNATURE_MM)
        added._tr.get_or_add_trPr().append(_element("cantSplit", val="true"))
        last = table.total and index == len(table.rows) - 1
        _fill(added, row, table, widths, bold=last, small=small)
    _paragraph(document)


def _widths(table: Table, wide: int) -> list[float]:
    """Share ``wide`` mm: each column its longest word, the rest by what it says."""
    least, wanted = [], []
    for index, header in enumerate(table.headers):
        cells = [header, *(row[index] for row in table.rows)]
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        least.append(min(word, LONGEST_WORD) * MM_A_CHARACTER + 5)
        mean = sum(len(cell) for cell in cells) / len(cells)
        wanted.append(max(1.0, mean) ** 0.7)
    rest = max(0.0, wide - sum(least))
    return [few + rest * share / sum(wanted) for few, share in zip(least, wanted, strict=True)]


def _fill(
    row: Any, texts: Iterable[str], table: Table, widths: Iterable[float], bold: bool, small: bool
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    for index, (cell, text, wide) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Mm(wide)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold, Pt(7.5 if small else 9)
        paragraph.paragraph_format.space_after = Pt(2)
        if table.alignment(index) == RIGHT:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
