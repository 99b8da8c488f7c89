"""What is chosen for the entry in hand: its evidence and its marks."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ksbtui.core.entry.entries import Evidence
from ksbtui.errors import KsbtuiError
from ksbtui.presentation.parts import BOLD, CHOSEN_BOX, FREE_BOX, MUTED, Row
from ksbtui.widgets.forms.dialogs import Choose, Dialog, Field, line_input, refusal_blocks
from ksbtui.widgets.forms.fields import Pick
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import RichText

if TYPE_CHECKING:
    from ksbtui.journal.entry.evidence import EvidenceFiles
    from ksbtui.screens.entry.editor import EntryEditor
    from ksbtui.screens.shell.page import OnShell

STAYS = "The file stays where it is. ksbtui saves its fingerprint to notice changes."
SHOWN = 12
"""Names that are shown of what a path may go on to."""


def shared_beginning(texts: Sequence[str]) -> str:
    """The letters that all of the texts begin with."""
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    return "".join(letters[0] for letters in same)


class PathInput(Input):
    """A line for a path or link; tab takes the path on as far as it is settled."""

    BINDINGS: ClassVar[list[BindingType]] = [Command("attach.complete", "tab")]

    def __init__(self, completions: Callable[[str], list[str]], value: str = "") -> None:
        super().__init__(value, id="target", select_on_focus=False)
        self.cursor_blink = False
        self._completions = completions

    def action_complete(self) -> None:
        """Take the path on, or go to the next field where there is nothing to add."""
        paths = self._completions(self.value)
        further = shared_beginning(paths)
        if len(further) > len(self.value):
            self.value = further
            self.cursor_position = len(further)
        elif len(paths) == 1 and paths[0] != self.value:  # the same name in another case
            self.value = paths[0]
            self.cursor_position = len(paths[0])
        else:
            self.screen.focus_next()


class AttachDialog(Dialog[Evidence]):
    """Asks for a file or link, its kind and its title in one; answers with the artefact.

    ``item`` is one that is attached already: its target stays.
    """

    def __init__(self, files: EvidenceFiles, item: Evidence | None = None) -> None:
        text = item.target if item else STAYS
        super().__init__([("Evidence", BOLD)], [(text, MUTED)])
        self._files, self._item = files, item

    def answers(self) -> ComposeResult:
        item = self._item
        if item is None:
            yield Field("File or link", PathInput(self._files.completions))
            yield RichText(id="completions")
        yield Field("What it is", Pick("What is it?", id="kind"))
        title = item.title if item else ""
        yield Field("Title", line_input(title, hint="the file's name", id="title"))
        yield RichText(id="below")
        tab = "tab completes · " if item is None else ""
        yield RichText([(f"{tab}enter attaches · esc leaves", MUTED)])

    def on_mount(self) -> None:
        kinds = [(kind, kind) for kind in dict.fromkeys([*self._files.kinds, "other"])]
        self.query_one(Pick).show(kinds, self._item.kind if self._item else "other")
        self.query_one("#title" if self._item else "#target").focus()

    @on(Input.Changed, "#target")
    def _complete(self, event: Input.Changed) -> None:
        """Name what the path may go on to; a refusal of the path before is no longer true."""
        paths = self._files.completions(event.value)
        names = [path[len(os.path.dirname(event.value)) :].lstrip(os.sep) for path in paths]
        self.query_one("#completions", RichText).show([("  ".join(names[:SHOWN]), MUTED)])
        self.query_one("#below", RichText).show()

    @on(Input.Submitted)
    def _submit(self) -> None:
        kind = self.query_one(Pick).value
        title = " ".join(self.query_one("#title", Input).value.split())
        if self._item is not None:
            self.dismiss(replace(self._item, kind=kind, title=title or self._item.title))
            return
        try:
            artefact = self._files.attach(self.query_one(PathInput).value, kind, title)
        except KsbtuiError as refusal:
            self.query_one("#below", RichText).show(*refusal_blocks(refusal))
        else:
            self.dismiss(artefact)


class Attaching:
    """The dialogs about the artefacts of the entry that ``editor`` holds."""

    def __init__(self, screen: OnShell, editor: EntryEditor) -> None:
        self._screen, self._editor = screen, editor

    def open(self) -> None:
        evidence = self._editor.evidence
        if not evidence:
            self._ask()
            return
        rows = [Row(item.id, item.title, item.kind) for item in evidence]
        rows.append(Row("new", "Attach another file or link"))

        def take(key: str | None) -> None:
            if key == "new":
                self._ask()
            elif key is not None:
                self._see_to(next(item for item in evidence if item.id == key))

        self._screen.app.push_screen(Choose("Evidence", rows, at="new"), take)

    def _ask(self, item: Evidence | None = None) -> None:
        def take(artefact: Evidence | None) -> None:
            if artefact is not None:
                others = (other for other in self._editor.evidence if other.id != artefact.id)
                self._editor.attach((*others, artefact))

        self._screen.app.push_screen(AttachDialog(self._screen.journal.evidence, item), take)

    def _see_to(self, item: Evidence) -> None:
        rows = (
            Row("name", "Change its kind and title"),
            Row("private", "Share it again" if item.private else "Keep it private"),
            Row("off", "Remove it from this entry"),
        )

        def take(key: str | None) -> None:
            if key == "name":
                self._ask(item)
            elif key is not None:
                changed = [replace(item, private=not item.private)] if key == "private" else []
                evidence = self._editor.evidence
                self._editor.attach(
                    x
                    for artefact in evidence
                    for x in (changed if artefact == item else [artefact])
                )

        self._screen.app.push_screen(Choose(item.title, rows, text=item.target), take)


MARKS = {
    "private": "Private: kept out of calls, shares and exports",
    "relevant": "About my standard",
    "in_plan": "In my training plan",
}


def choose_marks(screen: OnShell, editor: EntryEditor) -> None:
    """Mark the entry as private, or as outside the standard or the training plan."""
    editor.read()
    marked = {name: bool(getattr(editor.typed, name)) for name in MARKS}
    rows = [
        Row(name, text, lead=CHOSEN_BOX if marked[name] else FREE_BOX)
        for name, text in MARKS.items()
    ]

    def take(name: str | None) -> None:
        if name is not None:
            editor.alter(**{name: not marked[name]})

    screen.app.push_screen(Choose("Marks", rows), take)
