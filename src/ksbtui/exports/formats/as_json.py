"""ksbtui's own JSON; its shape is :mod:`ksbtui.journal.exchange.own_json`."""

from __future__ import annotations

from ksbtui.exports.making import Tell


def write_json(text: str, tell: Tell) -> bytes:
    """The document in UTF-8."""
    return text.encode()
