"""What a person can do here: the page of keys, and the command palette."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, cast

from textual.app import ComposeResult, SystemCommand
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape
from textual.screen import Screen
from textual.theme import ThemeProvider

from ksbtui.core.coverage.coverage import KsbState
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, PLAIN, Block, Head, Line
from ksbtui.screens import TOOLS, ScreenInfo
from ksbtui.screens.shell.keys import EVERYWHERE, PROGRAM, is_open, shown_key, usable_commands
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import Page, Shell, ShowsKsbs
from ksbtui.widgets.frame.keys import Command, dismiss_once
from ksbtui.widgets.text.blocks import Detail

KEY_WIDTH = 12


def key_lines(commands: Sequence[Command], keymap: Mapping[str, str], plain: bool) -> list[Line]:
    """One line a key: the key bold, what it does beside it."""
    return [
        [(f"{shown_key(command, keymap, plain):<{KEY_WIDTH}}", BOLD), (command.help, PLAIN)]
        for command in commands
        if command.help
    ]


class HelpScreen(Modal[None]):
    """Opened by ``?`` over any screen."""

    title_text = "Help"
    question: ClassVar[str] = "Which keys work here?"

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def body(self) -> ComposeResult:
        yield Detail(*self._blocks())

    def _blocks(self) -> list[Block]:
        keymap, plain = self.shell.keymap, self.shell.plain
        places = self.shell.places
        common = {(command.id, command.help) for command in EVERYWHERE}
        here = [
            command
            for command in usable_commands(self._about)
            if (command.id, command.help) not in common
        ]
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


MOST = 12
WIDTH = 90
"""Cells of a statement that are shown; the rest is on the map."""
SCORE_CODE, SCORE_PREFIX = 3.0, 2.0
"""Above every fuzzy score, which ends at 1: a typed code comes first."""
FORMS = {
    "import": ("Import a log, calendar or notes", "CSV, XLSX, ODS, .ics, time trackers"),
    "setup": ("Set up another standard or unit", "after your current one has ended"),
}
"""Forms that have no key in most places: what each is called, and more about it."""


class Palette(CommandPalette):
    """Textual's palette, without an id: one just left may still be there.

    Before it stands it cannot be left, and before its list is drawn there is nothing to page
    through.
    """

    dismiss = dismiss_once

    def _action_escape(self) -> None:
        if self.is_mounted:
            super()._action_escape()
        else:
            self.call_later(super()._action_escape)

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)


def commands(app: Any, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """A screen's keys, the places, the tools and the looks."""
    everywhere = EVERYWHERE if isinstance(screen, Page) else ()
    by_key = {command.key: command for command in (*everywhere, *usable_commands(screen))}
    for command in by_key.values():
        if command.help and is_open(app, command) and not command.action.startswith("app.go"):
            key = shown_key(command, app.keymap, app.plain)
            run = partial(app.run_action, command.action, screen)
            yield SystemCommand(command.help, f"key {key}", run)
    if isinstance(screen, Page):
        for place in app.places:
            run = partial(app.run_action, f"app.go('{place.key}')")
            yield SystemCommand(f"Go to {place.name}", f"key {place.key}", run)
        for tool in TOOLS if app.journal.course is not None else ():
            yield SystemCommand(tool.name, "from any screen", partial(_open, app, tool))
        if app.journal.course is not None and not app.journal.owner:
            back = "an old reflection: what would you do now?"
            yield SystemCommand("Return to a reflection", back, partial(_come_back, app))
    redo = partial(app.run_action, "app.redo", screen)
    yield SystemCommand("Redo", "redo what you undid last", redo)
    yield SystemCommand("Light or dark", "the two themes of ksbtui", app.appearance.flip_theme)
    flip = app.appearance.flip_comfort
    yield SystemCommand("Easier to read", "full contrast, short lines, more space · f2", flip)
    yield SystemCommand("All themes", "choose from a list", partial(_choose_theme, app))
    text = "symbols again" if app.plain else "for terminals that show symbols badly"
    yield SystemCommand("Plain symbols", text, app.appearance.flip_symbols)
    yield SystemCommand("Leave", "what you typed is kept · ctrl+q", app.action_quit)


def _choose_theme(app: Any) -> None:
    if not isinstance(app.screen, Palette):  # Textual cannot draw one over another
        app.push_screen(Palette([ThemeProvider], placeholder="Search for themes"))


def _come_back(app: Any) -> None:
    from ksbtui.screens.entry.answering import come_back  # deferred: loaded when it is chosen

    come_back(app, app.entry_saved)


def _open(app: Any, tool: ScreenInfo) -> None:
    app.push_screen(tool.open())


def matches(ksbs: tuple[KsbState, ...], query: str) -> Iterator[tuple[float, KsbState]]:
    """KSBs whose code is or begins with the query (``k14``, ``K014``)."""
    wanted = query.strip().upper()
    letter, digits = wanted[:1], wanted[1:].lstrip("0")
    for ksb in ksbs:
        if wanted[1:].isdigit() and ksb.code == letter + digits:
            yield SCORE_CODE, ksb
        elif wanted and ksb.code.startswith(wanted):
            yield SCORE_PREFIX - int(ksb.code[1:]) / 1000, ksb


class KsbProvider(Provider):
    """Finds KSBs by code, short name or statement; choosing one shows it on Coverage."""

    @property
    def _shell(self) -> Shell:
        return cast(Shell, self.app)

    @property
    def _open(self) -> bool:
        places = [place.name for place in self._shell.places]
        return (
            isinstance(self.screen, Page)
            and "Coverage" in places
            and self._shell.journal.course is not None
        )

    async def discover(self) -> Hits:
        if self._open:
            for key, (words, more) in self._sheets().items():
                yield DiscoveryHit(words, partial(self._sheet, key), help=more)

    async def search(self, query: str) -> Hits:
        if not self._open:
            return
        matcher = self.matcher(query)
        for key, (words, _) in self._sheets().items():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, Content(words), partial(self._sheet, key))
        ksbs: tuple[KsbState, ...] = self._shell.journal.progress.view.coverage.ksbs
        by_code = {ksb.code: score for score, ksb in matches(ksbs, query)}
        scored = [
            (by_code.get(ksb.code) or matcher.match(f"{ksb.code} {ksb.short} {ksb.statement}"), ksb)
            for ksb in ksbs
        ]
        scored.sort(key=lambda pair: -pair[0])
        for score, ksb in scored[:MOST]:
            if score > 0:
                name = f"{ksb.code}  {ksb.name}"
                statement = escape(cut(ksb.statement, WIDTH))
                yield Hit(score, Content(name), partial(self._show, ksb.code), name, statement)

    async def _show(self, code: str) -> None:
        place = next(page for page in self._shell.places if page.name == "Coverage")
        await self.app.run_action(f"app.go('{place.key}')")
        if isinstance(self.app.screen, ShowsKsbs):
            self.app.screen.show_ksb(code)

    def _sheets(self) -> dict[str, tuple[str, str]]:
        there = cast(Any, self.app).sheets
        return {key: words for key, words in FORMS.items() if key in there}

    def _sheet(self, key: str) -> None:
        self.app.push_screen(cast(Any, self.app).sheets[key].open())
