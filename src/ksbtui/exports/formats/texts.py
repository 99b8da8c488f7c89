"""Markdown, plain text and files of text: what is written as it was typed, made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
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
    plain,
)
from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell
from ksbtui.exports.reports.portfolio import page_of

_TAGS = re.compile(r"<(?=[A-Za-z/!?])")
_SCRIPTS = re.compile(r"\](?=\(\s*(?:javascript|vbscript|data):)", re.IGNORECASE)
_OUTSIDE = re.compile(r"[^A-Za-z0-9]+")


def markdown_text(text: str) -> str:
    """Markdown as typed, but for what a browser would run: tags and script links show as text."""
    return _SCRIPTS.sub(r"\\]", _TAGS.sub(r"\\<", printable(text)))


def slug(text: str, most: int = 48) -> str:
    """A part of a file name from a title: letters, digits and dashes only, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _OUTSIDE.sub("-", plain).strip("-").lower()
    if len(words) > most:
        words = words[:most].rsplit("-", 1)[0] or words[:most]
    return words or "entry"


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


def write_text(content: Any, tell: Tell) -> bytes:
    """The page in UTF-8."""
    return printable(plain(page_of(content))).encode()


def write_json(text: str, tell: Tell) -> bytes:
    """The document in UTF-8."""
    return text.encode()


def write_folder(files: Mapping[str, str], tell: Tell) -> Mapping[str, str]:
    """The files, without control characters."""
    return {name: printable(text) for name, text in files.items()}
