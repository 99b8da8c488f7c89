"""What is chosen for the entry in hand: its evidence and its marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ksbtui.core.entry.entries import Evidence
from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.ask import Ask
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.frame.symbols import CHOSEN_BOX, FREE_BOX

if TYPE_CHECKING:
    from ksbtui.screens.entry.editor import EntryEditor
    from ksbtui.screens.shell.shell import OnShell

STAYS = "The file stays where it is; its fingerprint is kept."


class Attaching:
    """The dialogs about the artefacts of the entry that ``editor`` holds."""

    def __init__(self, screen: OnShell, editor: EntryEditor) -> None:
        self._screen, self._editor = screen, editor

    def open(self) -> None:
        """Attach a file or a link, or see to one that is attached."""
        held = self._editor.evidence
        if not held:
            self._ask_target()
            return
        rows = [Row(item.id, item.title, item.kind) for item in held]
        rows.append(Row("new", "Attach another file or link"))

        def take(key: str | None) -> None:
            if key == "new":
                self._ask_target()
            elif key is not None:
                self._see_to(next(item for item in held if item.id == key))

        self._screen.app.push_screen(Choose("Evidence", rows, at="new"), take)

    def _ask_target(self) -> None:
        """Ask for path or link, then what it is, then its title."""
        attach = self._screen.journal.evidence.attach

        def take(item: Evidence | None) -> None:
            if item is not None:
                self._describe(item)

        ask = Ask("Evidence: a file or a link", attach, text=STAYS)
        self._screen.app.push_screen(ask, take)

    def _describe(self, item: Evidence) -> None:
        """Ask for kind and title; esc leaves each as it is."""

        def title(text: str | None) -> None:
            named = replace(item, title=text or item.title, kind=kind[0])
            others = (one for one in self._editor.evidence if one.id != item.id)
            self._editor.attach((*others, named))

        def of_kind(key: str | None) -> None:
            kind[0] = key or kind[0]
            ask = Ask("Its title", lambda text: " ".join(text.split()), value=item.title)
            self._screen.app.push_screen(ask, title)

        kind = [item.kind]
        kinds = dict.fromkeys([*self._screen.journal.evidence.kinds, "other"])
        rows = [Row(one, one) for one in kinds]
        choose = Choose("What is it?", rows, text=item.title, at=item.kind)
        self._screen.app.push_screen(choose, of_kind)

    def _see_to(self, item: Evidence) -> None:
        """Rename an artefact, keep it private, or take it off; the file is left alone."""
        rows = (
            Row("name", "Change its kind and title"),
            Row("private", "Share it again" if item.private else "Keep it private"),
            Row("off", "Take it off this entry"),
        )

        def take(key: str | None) -> None:
            if key == "name":
                self._describe(item)
            elif key is not None:
                changed = [replace(item, private=not item.private)] if key == "private" else []
                held = self._editor.evidence
                self._editor.attach(x for one in held for x in (changed if one == item else [one]))

        self._screen.app.push_screen(Choose(item.title, rows, text=item.target), take)


MARKS = {
    "private": "Private: kept out of calls, shares and exports",
    "relevant": "About my standard",
}


def choose_marks(screen: OnShell, editor: EntryEditor) -> None:
    """Mark the entry as private, or as not about the standard."""
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
