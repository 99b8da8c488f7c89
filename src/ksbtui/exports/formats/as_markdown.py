"""Markdown: a page for notes, wikis and version control (CommonMark with tables)."""

from __future__ import annotations

import re
from typing import Any

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
from ksbtui.core.text.text import printable
from ksbtui.exports.formats.pages import page_of
from ksbtui.exports.making import Tell

_INLINE = re.compile(r"([\\`*_\[\]<>|~$])")
_LINE_START = re.compile(r"^(\s*)([#+=-]|[0-9]+[.)]|&)")


def write_markdown(content: Any, tell: Tell) -> bytes:
    """The whole page, in UTF-8."""
    return printable(markdown(page_of(content))).encode()


def markdown(page: Page) -> str:
    """The page as Markdown; the learner's text stays text."""
    parts = [f"# {escaped(page.title)}"]
    if page.subtitle:
        parts.append(escaped(page.subtitle))
    parts += [_block(block) for block in page.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it was typed; line breaks stay breaks."""
    lines = (_LINE_START.sub(_escape_start, _INLINE.sub(r"\\\1", li)) for li in text.splitlines())
    return "\\\n".join(line.strip() or "&nbsp;" for line in lines)


def _escape_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark[:-1]}\\{mark[-1]}"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escaped(' '.join(text.split()))}"
        case Paragraph(text):
            return escaped(text)
        case Note(text):
            return f"> {escaped(text)}"
        case Bullets(items):
            return "\n".join(f"- {escaped(' '.join(item.split()))}" for item in items)
        case Figures(items):
            return "\n".join(
                f"- {escaped(item.label)}: **{escaped(item.value)}**"
                + (f" ({escaped(item.note)})" if item.note else "")
                for item in items
            )
        case Bar():
            parts = ", ".join(f"{part.label} {part.text}".strip() for part in block.parts)
            tail = f" ({block.text})" if block.text else ""
            return f"- {escaped(f'{block.label}: {parts}{tail}')}"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rules = ["--:" if table.alignment(i) == RIGHT else "---" for i in range(len(table.headers))]
    rows = [table.headers, rules, *table.rows]
    lines = ["| " + " | ".join(c if row is rules else _cell(c) for c in row) + " |" for row in rows]
    caption = [escaped(table.caption), ""] if table.caption else []
    return "\n".join([*caption, *lines])


def _cell(text: str) -> str:
    return "<br>".join(_INLINE.sub(r"\\\1", line) for line in text.splitlines())
