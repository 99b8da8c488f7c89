"""DOCX: the page in Word's own styles, so that its navigation and contents work.

python-docx makes several objects for a run or a cell and searches for a style each time:
13 s of processor time for ten thousand entries, against 3 s this way. Styles and package
stay the library's; paragraphs, runs and rows are copied from prepared elements.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from ksbtui.core.exchange.pages import (
    RIGHT,
    Bar,
    Block,
    Bullets,
    Figure,
    Figures,
    Heading,
    Note,
    Page,
    Paragraph,
    Table,
)
from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell
from ksbtui.exports.reports.portfolio import page_of

if TYPE_CHECKING:
    from docx.document import Document


SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TEXT, BREAK, TAB = (f"{{{SPACE}}}{tag}" for tag in ("t", "br", "tab"))
PARTS = re.compile(r"([\t\n])")

TIGHT = '<w:spacing w:after="20"/>'
"""The layout of a paragraph close to the next."""


def in_style(name: str) -> str:
    """The layout of a paragraph in one of the document's styles, by its id."""
    return f'<w:pStyle w:val="{name}"/>'


BULLET = in_style("ListBullet")


def letters(*, bold: bool | None = None, colour: str = "", size: float = 0) -> str:
    """How a run's letters look; ``size`` in points, ``colour`` as RRGGBB, unset: the style's."""
    weight = "" if bold is None else "<w:b/>" if bold else '<w:b w:val="0"/>'
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    points = f'<w:sz w:val="{round(size * 2)}"/>' if size else ""
    return f"<w:rPr>{weight}{tint}{points}</w:rPr>"


def run(text: str, look: str = "") -> Any:
    """A run of the text, its line breaks and tabs kept; ``look`` is from :func:`letters`."""
    element = _copied(f"<w:r>{look}</w:r>")
    _write(element, text)
    return element


def paragraph(text: str = "", layout: str = "") -> Any:
    """A paragraph of one plain run; without text an empty one."""
    return paragraph_of(*([run(text)] if text else []), layout=layout)


def paragraph_of(*runs: Any, layout: str = "") -> Any:
    """A paragraph of runs; ``layout`` is a style or what else the format puts first."""
    element = _copied(f"<w:p><w:pPr>{layout}</w:pPr></w:p>" if layout else "<w:p/>")
    element.extend(runs)
    return element


def row(
    texts: Iterable[str],
    cells: Sequence[tuple[int, bool]],
    size: float,
    *,
    bold: bool,
    header: bool = False,
    height: int = 0,
) -> Any:
    """A row of a table that no page break splits; of each cell its width and whether it is right.

    ``size`` is in points; widths and ``height`` in twentieths of a point. A ``header`` is
    repeated on each page.
    """
    tall = f'<w:trHeight w:val="{height}"/>' if height else ""
    kind = "tblHeader" if header else "cantSplit"
    run_of_all = f"<w:r>{letters(bold=bold, size=size)}</w:r>"
    element = _copied(
        f'<w:tr><w:trPr>{tall}<w:{kind} w:val="true"/></w:trPr>'
        + "".join(_cell(width, right, run_of_all) for width, right in cells)
        + "</w:tr>"
    )
    for cell, text in zip(element[1:], texts, strict=True):
        _write(cell[-1][-1], text)
    return element


def _cell(width: int, right: bool, content: str) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="40"/>{side}</w:pPr>{content}</w:p></w:tc>'
    )


def _write(holder: Any, text: str) -> None:
    """Write a text into a run: control characters go, spaces at its ends are kept."""
    for part in PARTS.split(printable(text)):
        if part == "\n":
            etree.SubElement(holder, BREAK)
        elif part == "\t":
            etree.SubElement(holder, TAB)
        elif part:
            element = etree.SubElement(holder, TEXT)
            element.text = part
            if part != part.strip():
                element.set(XML_SPACE, "preserve")


def _copied(xml: str) -> Any:
    return deepcopy(_prepared(xml))


@cache
def _prepared(xml: str) -> Any:
    """An element of ours, read once. No text of a learner's comes here."""
    return etree.fromstring(f'<w:body xmlns:w="{SPACE}">{xml}</w:body>')[0]


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
QUIET = letters(colour=MUTED, size=9.5)
BAR_STOPS = '<w:tabs><w:tab w:pos="1587" w:val="left"/><w:tab w:pos="6123" w:val="left"/></w:tabs>'
"""A bar's label takes 28 mm, its blocks 80 mm."""
AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
AFTER_RULE = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
"""What the format wants after the borders of a table and of a paragraph's style."""


def write_docx(content: Any, tell: Tell) -> bytes:
    """An A4 document of the page."""
    import docx  # deferred: the library of one format is loaded to write that format

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
    style.element.get_or_add_pPr().insert_element_before(borders, *AFTER_RULE)


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
    end: Any = document.element.body[-1]
    match block:
        case Heading(level, text):
            end.addprevious(paragraph(text, in_style(f"Heading{level}")))
        case Paragraph(text):
            end.addprevious(paragraph(text))
        case Note(text):
            end.addprevious(paragraph_of(run(text, QUIET)))
        case Bullets(items):
            for item in items:
                end.addprevious(paragraph(item, BULLET))
        case Figures(items):
            _grid(document, items)
        case Bar():
            end.addprevious(_bar(block))
        case Table():
            _table(document, block, wide)


def _grid(document: Document, figures: Iterable[Figure]) -> None:
    items = tuple(figures)
    row: Any = document.add_table(1, len(items)).rows[0]._tr
    for cell, figure in zip(row.tc_lst, items, strict=True):
        cell.remove(cell[-1])
        cell.append(paragraph_of(run(figure.label, QUIET), layout=TIGHT))
        cell.append(paragraph_of(run(figure.value, letters(bold=True, size=16)), layout=TIGHT))
        if figure.note:
            cell.append(paragraph_of(run(figure.note, QUIET)))


def _bar(bar: Bar) -> Any:
    """One line: label, blocks for each part, and the amounts in words."""
    element = paragraph_of(run(f"{bar.label}\t"), layout=BAR_STOPS + TIGHT)
    for part in bar.parts:
        done = part.tone == "done"
        cells = round(bar.share(part) * BAR_CELLS)
        element.append(run(("█" if done else "░") * cells, letters(colour=OWN if done else MUTED)))
    amounts = ", ".join(f"{part.label} {part.text}".strip() for part in bar.parts if part.text)
    text = "\t" + " · ".join(text for text in (amounts, bar.text) if text)
    element.append(run(text, letters(colour=MUTED, size=9)))
    return element


def _table(document: Document, table: Table, wide: int) -> None:
    from docx.shared import Mm

    end: Any = document.element.body[-1]
    if table.caption:
        end.addprevious(paragraph_of(run(table.caption, QUIET)))
    grid = document.add_table(0, len(table.headers))
    grid.autofit = False
    rule = _element("tblBorders")
    for side in ("bottom", "insideH"):
        rule.append(_element(side, val="single", sz="4", space="0", color=LINE))
    grid._tbl.tblPr.insert_element_before(rule, *AFTER_BORDERS)
    widths = _widths(table, wide)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    size = 7.5 if len(table.headers) > MANY_COLUMNS else 9
    cells = [
        (Mm(width).twips, table.alignment(index) == RIGHT) for index, width in enumerate(widths)
    ]
    height = Mm(SIGNATURE_MM).twips if table.signed else 0
    grid._tbl.append(row(table.headers, cells, size, bold=True, header=True))
    for index, texts in enumerate(table.rows):
        last = table.total and index == len(table.rows) - 1
        grid._tbl.append(row(texts, cells, size, bold=last, height=height))
    end.addprevious(paragraph())


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
