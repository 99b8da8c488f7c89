"""Word's paragraphs, runs and rows as elements, copied from prepared ones.

python-docx makes several objects for a run or a cell and searches for a style each time:
13 s of processor time for ten thousand entries, against 3 s this way. Styles and package
stay the library's; only what the text goes into is made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree

from ksbtui.exports.formats.sanitize import printable

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
    made = _copied(f"<w:r>{look}</w:r>")
    _write(made, text)
    return made


def paragraph(text: str = "", layout: str = "") -> Any:
    """A paragraph of one plain run; without text an empty one."""
    return paragraph_of(*([run(text)] if text else []), layout=layout)


def paragraph_of(*runs: Any, layout: str = "") -> Any:
    """A paragraph of runs; ``layout`` is a style or what else the format puts first."""
    made = _copied(f"<w:p><w:pPr>{layout}</w:pPr></w:p>" if layout else "<w:p/>")
    made.extend(runs)
    return made


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
    made = _copied(
        f'<w:tr><w:trPr>{tall}<w:{kind} w:val="true"/></w:trPr>'
        + "".join(_cell(width, right, run_of_all) for width, right in cells)
        + "</w:tr>"
    )
    for cell, text in zip(made[1:], texts, strict=True):
        _write(cell[-1][-1], text)
    return made


def _cell(width: int, right: bool, content: str) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="40"/>{side}</w:pPr>{content}</w:p></w:tc>'
    )


def _write(made: Any, text: str) -> None:
    """Write a text into a run: control characters go, spaces at its ends are kept."""
    for part in PARTS.split(printable(text)):
        if part == "\n":
            etree.SubElement(made, BREAK)
        elif part == "\t":
            etree.SubElement(made, TAB)
        elif part:
            element = etree.SubElement(made, TEXT)
            element.text = part
            if part != part.strip():
                element.set(XML_SPACE, "preserve")


def _copied(xml: str) -> Any:
    return deepcopy(_prepared(xml))


@cache
def _prepared(xml: str) -> Any:
    """An element of ours, read once. No text of a learner's comes here."""
    return etree.fromstring(f'<w:body xmlns:w="{SPACE}">{xml}</w:body>')[0]
