"""Plain text: a page as lines, for a terminal, a screen reader or an e-mail."""

from __future__ import annotations

from typing import Any

from ksbtui.core.exchange.pages import plain
from ksbtui.core.text.text import printable
from ksbtui.exports.formats.pages import page_of
from ksbtui.exports.making import Tell


def write_text(content: Any, tell: Tell) -> bytes:
    """The page in UTF-8."""
    return printable(plain(page_of(content))).encode()
