"""HTML and Markdown: tags and texts, grids, and marks taken off a run of text.

The tags are cut by one linear pattern: the parsers tried took minutes on hostile pages of
a megabyte (nested or unclosed tags).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ksbtui.imports.tables.grid import MAX_COLUMNS, Cell, Grid, merge

_LATEX = re.compile(
    r"\\(?:textcolor|colorbox)\s*\{[^{}]*\}\s*\{([^{}]*)\}|\{?\\color\s*\{[^{}]*\}|"
    r"\\(?:text(?:bf|it|sf|rm|tt)?|emph|underline|math(?:bf|sf|rm|it)|bf|it)\b\s*\{([^{}]*)\}"
)
_COLOURED = re.compile(
    r"\[/?(?:color|colour|b|i|u|size|font)(?:=[^\[\]]{0,40})?\]|\{/?colou?r(?::[^{}]{0,40})?\}"
    r"|==(?=\S)|(?<=\S)==|~~",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{([^{}\\]*)\}")
_MATHS = re.compile(r"\$+([^$]{0,4000}?)\$+")
_TEXT_TAG = re.compile(
    r"</?(?:p|br|li|ul|ol|b|i|em|strong|span|div|td|th|tr|table|tbody|thead|h[1-6]|u|sup|sub)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:[-*+•·‣▪●○◦–]|\d{1,3}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=\w)|(?<=[\w.:;)])[*_](?![\w*])")
_LINK_AFTER = re.compile(
    r"(?<=[.;:!?)\]])\s*\[(?!\W*[KSB]\d)[^\[\]]{0,300}\]\([^()\s]{0,2000}\)[\s.]*$"
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"()]{0,300}\")?\)")
_URL_AFTER = re.compile(
    r"\s*[(<\[]?\s*(?:(?:see(?: also)?|more|link|source|read more)\b\s*:?\s*(?:at\s+)?)?"
    r"\b(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\s*[\[(↑^]*\s*\b(?:back to|return to|go to|jump to)\s+(?:the\s+)?"
    r"(?:top|dut(?:y|ies)|contents?|index|list|page)\b[^.]{0,30}$",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """One run of text without list mark, emphasis, tags, trailing links or doubled spaces.

    A link inside a sentence keeps its words; one after the sentence's end is dropped.
    """
    if "<" in text:
        text, count = _TEXT_TAG.subn(" ", text)
        if count:
            text = html.unescape(text)
    if any(mark in text for mark in ("\\", "[", "{", "==", "~~", "$")):
        text = _unmarked(text)
    text = " ".join(text.replace("\u00a0", " ").replace("\u00ad", "").split())
    text = _MARK.sub("", text, count=1) if _MARK.match(text) else text
    if "](" in text:
        text = _LINK_AFTER.sub("", text)
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub("", text)
    if "http" in text or "www." in text:
        text = _URL_AFTER.sub("", text)
    if len(text) < 5_000:
        text = _BACK.sub("", text)
    return text.strip(" ¶#\u200b\ufeff")


def _unmarked(text: str) -> str:
    """A text without the marks of LaTeX, BBCode and Jira for colour and weight."""
    bare = text
    for _ in range(4):
        text, count = _LATEX.subn(r"\1\2", text)
        if not count:
            break
        bare = _BRACES.sub(r"\1", text)
    return _MATHS.sub(r"\1", _COLOURED.sub("", bare))


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]{0,4000})>")
_SILENT = ("head", "script", "style", "noscript", "template", "svg", "nav", "iframe", "select")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_HIDDEN = re.compile(r"\bhidden\b|display\s*:\s*none", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]|caption")
_BREAKS = ("br", "p", "div", "li", "tr")
FRONT = re.compile(r"\ufeff?---\s*\n(.{0,5000}?)\n---\s*(?:\n|$)", re.DOTALL)
"""The front matter of a Markdown file."""
MAX_MARKDOWN = 200_000
"""Longer Markdown is read line by line: rendering hostile text takes the square of its length."""


def tags(text: str) -> Iterator[tuple[str, bool, str]]:
    """Tags as (name, closing, attributes) and texts as ("", False, text)."""
    position, end = 0, len(text)
    while position < end:
        start = text.find("<", position)
        if start < 0:
            start = end
        if start > position:
            yield "", False, text[position:start]
        if start == end:
            return
        if text.startswith("<!--", start):
            position = _after(text, "-->", start)
        elif text.startswith(("<!", "<?"), start):
            position = _after(text, ">", start)
        elif match := _TAG.match(text, start):
            name, position = match[2].lower(), match.end()
            yield name, bool(match[1]), match[3]
            if name in _SILENT and not match[1] and not match[3].endswith("/"):
                close = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, position)
                position = close.start() if close else end
        else:
            yield "", False, "<"
            position = start + 1


def _after(text: str, mark: str, start: int) -> int:
    """The position behind the next ``mark``, or the end."""
    place = text.find(mark, start)
    return place + len(mark) if place >= 0 else len(text)


@dataclass(slots=True)
class _Open:
    """A table whose end has not come yet; spans are (row, column, rows, columns)."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    text: list[str] | None = None
    place: int = 0

    def cell(self, attributes: str) -> None:
        self.end()
        if not self.rows:
            self.rows.append([])
        row, column = len(self.rows) - 1, len(self.rows[-1])
        while (row, column) in self.taken:
            self.rows[-1].append(None)
            column += 1
        spans = {name.lower(): int(count) for name, count in _SPAN.findall(attributes)}
        height, width = min(spans.get("row", 1), 999), min(spans.get("col", 1), MAX_COLUMNS)
        if height * width > 1:
            self.spans.append((row, column, row + height - 1, column + width - 1))
            self.taken.update(
                (r, c) for r in range(row, row + height) for c in range(column, column + width)
            )
        self.rows[-1] += [None] * min(width, MAX_COLUMNS - len(self.rows[-1]))
        self.text, self.place = [], column

    def end(self) -> None:
        if self.text is None:
            return
        text = "\n".join(" ".join(line.split()) for line in "".join(self.text).split("\n"))
        if self.place < len(self.rows[-1]):
            self.rows[-1][self.place] = text.strip() or None
        self.text = None

    def grid(self) -> Grid:
        """The table as a grid with its spans repeated."""
        self.end()
        width = max((len(row) for row in self.rows), default=0)
        for row in self.rows:
            row += [None] * (width - len(row))
        return Grid(self.name, self.rows, covered=frozenset(merge(self.rows, self.spans)))


def html_grids(text: str) -> list[Grid]:
    """Every table of a page, named by the heading before it; tables within tables by themselves."""
    grids: list[Grid] = []
    open_: list[_Open] = []
    heading: list[str] | None = None
    name = ""
    for tag, closing, content in tags(text):
        here = open_[-1] if open_ else None
        if not tag:
            words = html.unescape(content)
            if heading is not None:
                heading.append(words)
            elif here and here.text is not None:
                here.text.append(re.sub(r"\s+", " ", words))
        elif _HEADING.fullmatch(tag):
            if closing and heading is not None:
                name, heading = " ".join("".join(heading).split()), None
                if here and not here.rows:
                    here.name = name
            elif not closing and (here is None or not here.rows):
                heading = []
        elif tag == "table" and not closing:
            open_.append(_Open(name or f"Table {len(grids) + len(open_) + 1}"))
        elif tag == "table" and here:
            grids.append(open_.pop().grid())
        elif here:
            _inside(here, tag, closing, content)
    return [*grids, *(table.grid() for table in reversed(open_))]


def _inside(table: _Open, tag: str, closing: bool, content: str) -> None:
    if tag == "tr" and not closing:
        table.end()
        table.rows.append([])
    elif tag in ("td", "th"):
        if closing:
            table.end()
        elif not _HIDDEN.search(content):
            table.cell(content)
    elif tag in _BREAKS and table.text is not None:
        table.text.append("\n")


def markdown_grids(text: str) -> list[Grid]:
    """Every table of a Markdown file, named by the heading above it."""
    if len(text) <= MAX_MARKDOWN:
        return html_grids(rendered(text))
    rows: list[list[Cell]] = []
    for line in text.splitlines():
        cells = [part.strip() or None for part in line.strip().strip("|").split("|")]
        piped = line.strip().startswith("|") and not set(line) <= set("|-: \t")
        rows.append([*cells] if piped else [])
    return [Grid("Table 1", rows)] if any(rows) else []


def rendered(text: str) -> str:
    """Markdown as HTML, its front matter left out."""
    from markdown_it import MarkdownIt  # deferred: only Markdown tables need it

    front = FRONT.match(text)
    body = text[front.end() :] if front else text
    return str(MarkdownIt("commonmark", {"breaks": True}).enable("table").render(body))
