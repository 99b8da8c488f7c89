"""A page as Markdown, ready for any e-portfolio: a person's own text never becomes markup."""

from __future__ import annotations

import re

from ksbtui.core.pages import Block, Bullets, Heading, Note, Page, Paragraph, plain

_SIGNS = re.compile(r"([\\`*\[\]<>|]|(?<!\w)_|_(?!\w))")
_OPENING = re.compile(r"^(\s*)(#{1,6}\s|[-+>]\s|\d+[.)]\s|={3,}|-{3,}|~{3,})")


def markdown(page: Page) -> str:
    """The page in Markdown; its own line breaks are kept."""
    parts = [f"# {_text(page.title)}", _text(page.subtitle), *map(_block, page.blocks)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_text(text)}"
        case Paragraph(text):
            return _text(text)
        case Note(text):
            return f"> {_text(text)}"
        case Bullets(items):
            return "\n".join(f"- {_text(' '.join(item.split()))}" for item in items)
        case other:
            lines = plain(Page("", "", (other,))).strip("\n")
            return f"```\n{lines}\n```"


def _text(text: str) -> str:
    lines = (_SIGNS.sub(r"\\\1", line.strip()) for line in text.splitlines())
    return "\\\n".join(_OPENING.sub(r"\1\\\2", line) for line in lines if line)
