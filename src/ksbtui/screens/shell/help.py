"""What this screen is for, and its keys: derived from what the screen declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from ksbtui.presentation.parts import Block, Head
from ksbtui.screens.shell.keys import EVERYWHERE, PROGRAM, shown_key, usable_commands
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import Page
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.text.detail import Detail
from ksbtui.widgets.text.styles import BOLD, PLAIN, Line

KEY_WIDTH = 12


def key_lines(commands: Sequence[Command], keymap: Mapping[str, str], plain: bool) -> list[Line]:
    """Give one line a key: the key bold, what it does beside it."""
    return [
        [(f"{shown_key(one, keymap, plain):<{KEY_WIDTH}}", BOLD), (one.help, PLAIN)]
        for one in commands
        if one.help
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
        keymap, plain = self.shell.keymap, self.shell.plain
        places = self.shell.places
        common = {(command.id, command.help) for command in EVERYWHERE}
        here = [one for one in usable_commands(self._about) if (one.id, one.help) not in common]
        own = key_lines(here, keymap, plain)
        journal = EVERYWHERE[:7] if places else ()  # a list of learners has no places
        everywhere = key_lines((*journal, *PROGRAM), keymap, plain)
        more: list[Line] = [
            [(f"{keys:<{KEY_WIDTH}}", BOLD), (words, PLAIN)]
            for keys, words in (
                (f"1-{len(places)}", ", ".join(place.name for place in places)),
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
