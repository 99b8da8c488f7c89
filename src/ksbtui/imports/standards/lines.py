"""Plain text, Markdown and HTML as one list of lines that the page reader understands.

A line is text with its marks undone; a table row keeps its cells; a heading keeps its
level. An empty line parts paragraphs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ksbtui.imports.standards.grid import WORDS, Columns, columns
from ksbtui.imports.tables.finder import Heads
from ksbtui.imports.tables.grid import Cell, Grid, text_of
from ksbtui.imports.tables.markup import FRONT, rendered, tags, tidy

_CODE_ALONE = re.compile(
    r"(?m)^([^\w\n]{0,4}[KSBksb]\s?\d{1,3}[^\w\n]{0,4})\n\s*(?=\S)(?!\W*[KSB]\d)"
)
_NEXT_CODE = re.compile(r"\n\s*(?=[^\w\n]{0,4}[KSB]\s?\d{1,3}\b)")
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"[\s|:=_*-]*$")

_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|caption|d[dlt]|details|div|fieldset|figure|footer|form"
    r"|h[1-6r]|header|li|main|[ou]l|p|pre|section|summary|table|tbody|tfoot|thead"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, the cells of a table row, the level of a heading (else 0)."""

    text: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0
    head: Columns | None = None
    """What the columns are, where the line is the head of a table."""

    @property
    def blank(self) -> bool:
        """Whether it only parts paragraphs."""
        return not self.text and not any(self.cells)


def row(cells: Sequence[str]) -> Line:
    """A table row with its cells tidied; its text is all of them.

    A line break within a cell is kept only where a code begins the next line.
    """
    tidied = tuple("\n".join(tidy(part) for part in _parts(cell)) for cell in cells)
    return Line(" ".join(cell.replace("\n", " ") for cell in tidied if cell), tidied)


def _parts(cell: str) -> list[str]:
    if "\n" not in cell:
        return [cell]
    return _NEXT_CODE.split(_CODE_ALONE.sub(r"\1: ", cell))


def table_lines(grid: Grid, *, whole_rows: bool = False) -> list[Line]:
    """The rows of a grid as lines, the head of each of its tables marked as such.

    A row with one filled cell is a line of text, but for ``whole_rows``.
    """
    heads = Heads(grid, WORDS)
    marked: dict[int, Columns | None] = {}
    for head in heads:
        head_columns = columns(heads.headings(head))
        if head_columns is not None:
            marked.update(dict.fromkeys(range(head.top, head.bottom + 1)))
            marked[head.row] = head_columns
    lines: list[Line] = []
    for number, cells in enumerate(grid.rows):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1] and not whole_rows:
            texts.pop()
        filled = heads.filled[number]
        if number in marked:
            lines += [Line("", tuple(texts), head=marked[number])] if marked[number] else []
        elif len(filled) == 1 and not whole_rows:
            lines += text_lines(_text(next(iter(filled.values()))) + "\n")
        else:
            lines.append(row(texts))
    return lines


def with_heads(lines: Sequence[Line]) -> list[Line]:
    """The same lines, those that stand together as rows of a table read as one grid."""
    result: list[Line] = []
    rows: list[Line] = []
    for line in [*lines, Line()]:
        if len(line.cells) > 1:
            rows.append(line)
            continue
        if rows:
            result += table_lines(
                Grid("", [[c or None for c in r.cells] for r in rows]), whole_rows=True
            )
            rows = []
        result.append(line)
    return result


def _text(cell: Cell) -> str:
    return text_of(cell.date() if isinstance(cell, datetime) else cell)


def text_lines(text: str) -> list[Line]:
    """The lines of plain text, with the Markdown and HTML marks people leave in it."""
    lines: list[Line] = []
    for raw in text.replace("\x0b", "\n").replace("\f", "\n").splitlines():
        heading = _HEADING.match(raw)
        stripped = raw.strip()
        if not stripped or (_RULE.fullmatch(raw) and len(stripped) > 1):
            lines.append(Line())
        elif heading:
            lines += (Line(), Line(tidy(heading[2]), level=len(heading[1])), Line())
        elif "\t" in raw:
            lines.append(row(raw.rstrip().split("\t")))
        elif stripped.startswith("|") and stripped.count("|") > 1:
            lines.append(row(stripped.strip("|").split("|")))
        else:
            lines.append(Line(tidy(raw)))
    return lines


def markdown_lines(text: str) -> list[Line]:
    """The lines of a Markdown file: rendered, then read like a page."""
    front = FRONT.match(text)
    head = text_lines(front[1]) if front else []
    return [*head, *html_lines(rendered(text))]


def html_lines(text: str) -> list[Line]:
    """The lines a reader sees of an HTML page; menus, scripts and styles left out."""
    writer = _Writer()
    for name, closing, content in tags(text):
        writer.take(name, closing, content)
    writer.flush()
    return writer.lines


class _Writer:
    """Gathers running text, cells and rows into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._cells: list[str] | None = None
        self._level = 0
        self._href = ""

    def take(self, name: str, closing: bool, content: str) -> None:
        if not name:
            self._text.append(re.sub(r"[ \t\r\n]+", " ", html.unescape(content)))
        elif name == "a":
            self._link(closing, content)
        elif name == "br":
            self._text.append("\n")
        elif name in ("td", "th"):
            self._cell(closing)
        elif name == "tr":
            self.flush()
            self._cells = None if closing else []
        elif _BLOCK.fullmatch(name):
            self._block(name, closing)

    def flush(self) -> None:
        """End the running line, or the row if one is open."""
        text = "".join(self._text)
        self._text.clear()
        if self._cells:
            cells = [*self._cells, text] if text.strip() else self._cells
            self._cells = []
            if len(cells) > 1:
                self.lines.append(row(cells))
                return
            text = cells[0]
        if not text.strip():
            return
        for part in text.split("\n"):
            self.lines.append(Line(tidy(part), level=self._level))

    def _cell(self, closing: bool) -> None:
        if self._cells is None:
            self._cells = []
        if closing or "".join(self._text).strip():
            self._cells.append("".join(self._text).strip())
        self._text.clear()

    def _block(self, name: str, closing: bool) -> None:
        """The start or end of a block: a new paragraph, or a line break within a cell."""
        if self._cells is not None and name != "table":
            self._text.append("\n")
            return
        self.flush()
        if name == "table":
            self._cells = None
        if self.lines and not self.lines[-1].blank:
            self.lines.append(Line())
        heading = len(name) == 2 and name[0] == "h" and name[1].isdigit()
        self._level = int(name[1]) if heading and not closing else 0

    def _link(self, closing: bool, attributes: str) -> None:
        """A link, kept in Markdown's form so that ``tidy`` can judge it by its place."""
        if not closing and not self._href:
            href = _HREF.search(attributes)
            if href and not re.search(r"[()]", href[1]):
                self._href = href[1][:1000]
                self._text.append("[")
        elif closing and self._href:
            self._text.append(f"]({self._href})")
            self._href = ""
