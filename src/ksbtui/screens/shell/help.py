"""What this screen is for, and its keys: derived from what the screen declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from ksbtui.presentation.parts import Block, Head
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import Page
from ksbtui.screens.shell.shell import EVERYWHERE, own_bindings, shown_key
from ksbtui.widgets.text.detail import Detail
from ksbtui.widgets.text.styles import BOLD, PLAIN, Line

KEY_WIDTH = 12


def key_lines(bindings: Sequence[Binding], plain: bool) -> list[Line]:
    """Give one line a key: the key bold, what it does beside it."""
    return [
        [
            (f"{shown_key(binding, plain):<{KEY_WIDTH}}", BOLD),
            (binding.tooltip or binding.description, PLAIN),
        ]
        for binding in bindings
        if binding.tooltip or binding.description
    ]


class HelpScreen(Modal[None]):
    """Opened by ``?`` over any screen."""

    title_text = "Help"
    question: ClassVar[str] = "Which keys work here?"

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def body(self) -> ComposeResult:
        """Give one column: the purpose, the keys here, the keys everywhere."""
        yield Detail(*self._blocks())

    def _blocks(self) -> list[Block]:
        plain = self.shell.plain
        places = self.shell.places
        common = {binding.key for binding in EVERYWHERE}
        here = [one for one in own_bindings(self._about) if one.key not in common]
        own = key_lines(here, plain)
        everywhere = key_lines(EVERYWHERE[:5], plain)
        more: list[Line] = [
            [(f"{keys:<{KEY_WIDTH}}", BOLD), (words, PLAIN)]
            for keys, words in (
                (f"1-{len(places)}", ", ".join(place.name for place in places)),
                ("ctrl+p", "Find any command by its name"),
                ("ctrl+q", "Leave; what you typed is kept"),
                ("tab", "Go to the next region; arrows move within one"),
            )
            if keys != "1-0"
        ]
        question = getattr(self._about, "question", "")
        blocks: list[Block] = [[(question, BOLD)], None] if question else []
        if own:
            blocks += [Head("Keys here"), *own, None]
        if isinstance(self._about, Page):
            more_help = self._about.help_blocks()
            blocks += [*more_help, None] if more_help else []
        return [*blocks, Head("Everywhere"), *everywhere, *more]
