"""Word documents: every block as python-docx reads it again, in the order the format wants."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from ksbtui.core.exchange.pages import (
    LEFT,
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
    Part,
    Table,
)
from ksbtui.exports.formats import as_docx

AWKWARD = " <b>&amp;\x07\tone\n\ntwo  "


def made(*blocks: Block) -> Any:
    """The blocks as a document, saved and opened again."""
    written = as_docx.write_docx(Page("Title", "Below", blocks), lambda done, total: None)
    return docx.Document(io.BytesIO(written))


def xml_of(*blocks: Block, part: str = "document") -> str:
    written = as_docx.write_docx(Page("Title", "Below", blocks), lambda done, total: None)
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        return packed.read(f"word/{part}.xml").decode()


@pytest.mark.parametrize(
    ("block", "style"),
    [
        (Heading(2, AWKWARD), "Heading 2"),
        (Heading(3, AWKWARD), "Heading 3"),
        (Paragraph(AWKWARD), "Normal"),
        (Note(AWKWARD), "Normal"),
        (Bullets((AWKWARD,)), "List Bullet"),
    ],
)
def test_a_text_stays_as_it_was_typed(block: Block, style: str) -> None:
    *before, last = made(block).paragraphs
    assert [one.text for one in before] == ["Title", "Below"]
    assert last.text == AWKWARD.replace("\x07", "")
    assert last.style.name == style


def test_a_cell_keeps_its_text_width_and_side() -> None:
    table = Table(("What", "Sum"), ((AWKWARD, " "), ("All", "3")), (LEFT, RIGHT), "Of it", True)
    document = made(table)
    assert document.paragraphs[2].text == "Of it"
    (found,) = document.tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["What", "Sum"],
        [AWKWARD.replace("\x07", ""), " "],
        ["All", "3"],
    ]
    bold = [row.cells[0].paragraphs[0].runs[0].bold for row in found.rows]
    assert bold == [True, False, True]
    sides = [cell.paragraphs[0].alignment for cell in found.rows[1].cells]
    assert sides == [None, WD_ALIGN_PARAGRAPH.RIGHT]
    widths = [cell.width for cell in found.rows[1].cells]
    assert widths == [column.width for column in found.columns]
    assert abs(sum(widths) - Mm(170)) < Mm(1)
    assert not found.autofit


def test_a_wide_table_is_small_and_a_signed_one_has_room() -> None:
    wide, signed = made(
        Table(tuple("ABCDEFGH"), (tuple("abcdefgh"),)), Table(("Name",), (("",),), signed=True)
    ).tables
    assert wide.rows[1].cells[7].paragraphs[0].runs[0].font.size == Pt(7.5)
    assert signed.rows[0].height is None
    assert abs(signed.rows[1].height - Mm(11)) < Mm(1)
    assert signed.rows[1].cells[0].text == ""


def test_figures_and_a_bar_say_label_and_amount() -> None:
    document = made(
        Figures((Figure("Counted", "12 h", "of 30"), Figure("Entries", "9"))),
        Bar("May", (Part("done", 3), Part("to plan", 1, "1 h", "plan")), "3 h", 4.0),
    )
    cells = document.tables[0].rows[0].cells
    assert [cell.text for cell in cells] == ["Counted\n12 h\nof 30", "Entries\n9"]
    assert cells[0].paragraphs[1].runs[0].bold
    bar = document.paragraphs[-1]
    assert bar.text == f"May\t{'█' * 18}{'░' * 6}\tto plan 1 h · 3 h"


def test_borders_stand_where_the_format_wants_them() -> None:
    """Word may refuse elements out of the order of its schema (ISO/IEC 29500-1, 17.4.59)."""
    table = re.search(r"<w:tblPr>(.*?)</w:tblPr>", xml_of(Table(("A",), (("b",),))), re.DOTALL)
    assert table
    tags = re.findall(r"<w:(tbl\w+)", table[1])
    assert tags == ["tblW", "tblBorders", "tblLayout", "tblLook"]
    styles = xml_of(part="styles")
    rule = re.search(r'w:styleId="Heading2">.*?<w:pPr>(.*?)</w:pPr>', styles, re.DOTALL)
    assert rule
    order = [t for t in re.findall(r"<w:(\w+)", rule[1]) if t not in ("bottom",)]
    assert order == ["keepNext", "keepLines", "pBdr", "spacing", "outlineLvl"]
