"""Progress on stderr for what takes longer than a second."""

from __future__ import annotations

import sys
from time import monotonic

import click

_PATIENCE = 1.0
"""Seconds before anything is said, and between two lines where no line can be written over."""


class Progress:
    """Says how many of how many are done; silent while it goes quickly."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = monotonic() + _PATIENCE
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Say where things stand, at most as often as a person can read it."""
        now = monotonic()
        if now < self._next:
            return
        terminal = sys.stderr.isatty()
        self._next = now + (0.1 if terminal else _PATIENCE)
        text = f"{self._what}: {done:,} of {total:,}"
        click.echo(f"\r{text}" if terminal else text, err=True, nl=not terminal)
        self._shown = self._shown or terminal

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
