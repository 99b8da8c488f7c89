"""How commands print: one JSON document, or plain lines that align."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from ksbtui.core.codec import encode


def print_json(document: Any) -> None:
    """Print one JSON document; values of the core in it are written by their fields."""
    click.echo(json.dumps(encode(document), ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Narrate on stderr, beside the data."""
    click.echo(text, err=True)


def print_rows(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print rows as columns two spaces apart; the columns in ``right`` align to the right."""
    lines = [list(row) for row in rows]
    if not lines:
        return
    widths = [max(cells(row[i]) for row in lines) for i in range(len(lines[0]))]
    for row in lines:
        padded = [
            " " * (width - cells(cell)) + cell if i in right else cell + " " * (width - cells(cell))
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(padded).rstrip())


def cells(text: str) -> int:
    """Count the terminal columns a text takes; CJK and emoji take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def cut(text: str, width: int) -> str:
    """Shorten a one-line text to a width, marked by an ellipsis; control signs become spaces."""
    text = "".join(char if char.isprintable() else " " for char in text)
    if cells(text) <= width:
        return text
    kept = ""
    for char in text:
        if cells(kept + char) > width - 1:
            break
        kept += char
    return kept + "…"
