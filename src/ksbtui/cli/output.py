"""How commands print: one JSON document, or plain lines that align."""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TextIO, TypeVar

import click

from ksbtui.core.codec import encode
from ksbtui.core.text.text import in_ascii, printable

if TYPE_CHECKING:
    from ksbtui.presentation.parts import Row

T = TypeVar("T")

_AT_ONCE = 500
"""Rows that are printed at a time."""

_HIDDEN = "[\x7f-\x9f]"
"""Controls that JSON leaves as they are and some terminals obey."""


class SafeStream:
    """A standard stream: control characters never reach it, and it never stops a command.

    What its encoding lacks is written as a plain symbol. Once it is full or closed, the rest
    is dropped and ``problem`` says why: what was saved must not be called failed for it.
    """

    def __init__(self, stream: IO[str]) -> None:
        self.raw = stream
        """The stream itself, for a sequence of ksbtui's own."""
        self.problem: OSError | None = None
        if hasattr(stream, "reconfigure"):
            codecs.register_error("ksbtui", in_ascii)
            stream.reconfigure(errors="ksbtui")

    def __getattr__(self, name: str) -> Any:
        """Be the stream in all else; without ``buffer`` nobody writes past this."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.raw, name)

    def write(self, text: str) -> int:
        """Write a text without its control characters."""
        if self.problem is None:
            self._try(self.raw.write, printable(text))
        return len(text)

    def flush(self) -> None:
        """Write out what is buffered."""
        if self.problem is None:
            self._try(self.raw.flush)

    def _try(self, do: Any, *texts: str) -> None:
        try:
            do(*texts)
        except ValueError:  # closed
            self.problem = OSError(errno.EBADF, "it is closed")
        except OSError as problem:
            self.problem = problem
            # What is still buffered goes nowhere: Python would fail on it again at its end.
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self.raw.fileno())
                os.close(nowhere)


@contextmanager
def safe_streams() -> Iterator[SafeStream]:
    """Make the standard streams :class:`SafeStream`; one that is closed is replaced by nothing."""
    before = sys.stdin, sys.stdout, sys.stderr
    nowhere = open(os.devnull, "r+")  # noqa: SIM115 - closed below
    sys.stdin = before[0] or nowhere
    sys.stdout = out = SafeStream(before[1] or nowhere)
    sys.stderr = SafeStream(before[2] or nowhere)
    try:
        yield out
        out.flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        nowhere.close()


def raw_stderr() -> TextIO:
    """The terminal itself, for a progress bar or the clipboard."""
    stream: TextIO = getattr(sys.stderr, "raw", sys.stderr)
    return stream


def print_json(document: Any) -> None:
    """Print one JSON document; values of the core in it are written by their fields."""
    click.echo(_json(document))


def print_result(document: Any, text: str, as_json: bool) -> None:
    """Print one JSON document, or the line that says the same."""
    if as_json:
        print_json(document)
    else:
        click.echo(text)


def print_json_list(name: str, items: Iterable[Any], after: dict[str, Any]) -> None:
    """Print the document ``{name: [items], **after}`` piece by piece, as the items come."""
    click.echo(f'{{\n  "{name}": [', nl=False)
    between = ""
    for window in _windows(items):
        lines = _json(window).removeprefix("[").removesuffix("\n]")
        click.echo(between + lines.replace("\n", "\n  "), nl=False)
        between = ","
    end = "\n  ]" if between else "]"
    click.echo(f"{end},{_json(after)[1:]}" if after else f"{end}\n}}")


def _json(document: Any) -> str:
    narrow = not (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(document, ensure_ascii=narrow, indent=2, default=encode)
    if not narrow:
        text = re.sub(_HIDDEN, lambda match: f"\\u{ord(match[0]):04x}", text)
    return text


def _windows(items: Iterable[T]) -> Iterator[list[T]]:
    """The items some hundreds at a time, until nobody reads stdout any more."""
    left = iter(items)
    while getattr(sys.stdout, "problem", None) is None and (window := list(islice(left, _AT_ONCE))):
        yield window


def say(*lines: str) -> None:
    """Narrate on stderr, beside the data."""
    for line in lines:
        click.echo(line, err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        click.echo(line)


def print_rows(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print rows as columns two spaces apart; the columns in ``right`` align to the right.

    Some hundreds are printed at a time: a later row that is wider makes its own part wider.
    """
    widths: list[int] = []
    for window in _windows(rows):
        wide = [max(map(cells, column)) for column in zip(*window, strict=True)]
        widths = [max(pair) for pair in zip(widths, wide, strict=True)] if widths else wide
        click.echo("\n".join(_aligned(row, widths, right) for row in window))


def _aligned(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = []
    for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cells(cell))
        padded.append(space + cell if i in right else cell + space)
    return "  ".join(padded).rstrip()


def print_parts(rows: Iterable[Row]) -> None:
    """Print the rows that a screen shows: what leads, the title, and the figure on the right."""
    print_rows(((row.lead, row.title, row.mark, row.figure) for row in rows), right=(0, 3))


def cells(text: str) -> int:
    """Count the terminal columns a text takes; CJK and emoji take two."""
    if text.isascii():
        return len(text)
    # deferred: most titles are ASCII, and log must stay light
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def cut(text: str, width: int) -> str:
    """Shorten a one-line text to a width, marked by an ellipsis; control signs become spaces."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    if cells(text) <= width:
        return text
    start = ""
    for char in text:
        if cells(start + char) > width - 1:
            break
        start += char
    return start + "…"
