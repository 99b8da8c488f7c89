"""Answering what was asked about an entry, wherever the question stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbtui.widgets.forms.ask import Ask

if TYPE_CHECKING:
    from ksbtui.core.entry.comments import Remark
    from ksbtui.screens.shell.shell import OnShell


def answer(screen: OnShell, asked: Remark) -> None:
    """Ask for the answer in a line and keep it; esc leaves the question open."""

    def keep(text: str | None) -> None:
        if text is None:
            return
        with screen.shell.guarded():
            screen.journal.verifying.answer(asked.id, text)
            screen.shell.changed()
            screen.shell.say("Answered. u undoes it.")

    screen.app.push_screen(Ask(f"{asked.by} asks", str.strip, text=asked.text), keep)
