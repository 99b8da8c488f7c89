"""What can be done with the entry under the cursor: changed, copied, marked, repeated, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ksbtui.core.text.text import quoted
from ksbtui.screens.entry.answering import answer
from ksbtui.widgets.frame.command import Command

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry, Remark
    from ksbtui.screens.shell.shell import OnShell

CHANGE_KEYS = (
    Command("journal.edit", "e", "edit", "Change the entry", action="entry('edit')"),
    Command(
        "journal.delete",
        "d",
        "delete",
        "Delete the entry; u brings it back",
        action="entry('delete')",
    ),
)
ANSWER_KEY = Command(
    "journal.answer",
    "q",
    "answer",
    "Answer what was asked about the entry",
    action="entry('answer')",
    when=lambda page: bool(page.commands.questions),
)
OTHER_KEYS = tuple(
    Command(f"journal.{name.replace('_', '-')}", key, "", help, action=f"entry('{name}')")
    for key, name, help in (
        ("y", "copy", "Copy it in your provider's order"),
        ("Y", "copy_as", "Copy it for another form"),
        ("m", "mark", "Mark it as in your e-portfolio, or not"),
        ("t", "repeat", "Log the same activity again"),
        ("v", "versions", "See its earlier versions"),
        ("o", "evidence", "Open or check its evidence"),
    )
)


class EntryCommands:
    """The commands of a screen that has an entry under its cursor.

    ``in_hand`` gives that entry, ``saved`` is told the id of one that was changed or made,
    ``deleted`` that of one that was deleted.
    """

    def __init__(
        self,
        screen: OnShell,
        in_hand: Callable[[], Entry | None],
        saved: Callable[[str | None], None],
        deleted: Callable[[str], None],
    ) -> None:
        self._screen: Any = screen
        self._in_hand, self._saved, self._deleted = in_hand, saved, deleted

    def run(self, name: str) -> None:
        """Run a command by its name; nothing happens without an entry."""
        if (entry := self._in_hand()) is not None:
            getattr(self, name)(entry)

    @property
    def questions(self) -> tuple[Remark, ...]:
        """The open questions about the entry."""
        entry = self._in_hand()
        asked: tuple[Remark, ...] = ()
        if entry is not None:
            asked = self._screen.journal.verifying.questions(entry.id)
        return asked

    def edit(self, entry: Entry) -> None:
        """Open the form on the entry."""
        self._open_form(entry.id)

    def delete(self, entry: Entry) -> None:
        """Delete the entry; undo brings it back."""
        self._screen.journal.entries.delete([entry.id])
        self._deleted(entry.id)
        self._screen.shell.changed()
        self._screen.shell.say(f"Deleted {quoted(entry.title)}. u undoes it.")

    def answer(self, entry: Entry) -> None:
        """Answer the first question about it."""
        if asked := self.questions:
            answer(self._screen, asked[0])

    def copy(self, entry: Entry) -> None:
        """Copy the entry; the first time ask for which form."""
        from ksbtui.screens.entry.copy_walk import copy_entry

        portfolio = self._screen.journal.portfolio
        if portfolio.chosen:
            copy_entry(self._screen, entry, portfolio.form())
        else:
            self.copy_as(entry)

    def copy_as(self, entry: Entry) -> None:
        """Choose a form, then copy the entry."""
        from ksbtui.screens.entry.copy_walk import choose_form, copy_entry

        choose_form(self._screen, lambda form: copy_entry(self._screen, entry, form))

    def mark(self, entry: Entry) -> None:
        """Mark the entry as in the e-portfolio, or take the mark off."""
        copied = entry.submitted is None
        self._screen.journal.portfolio.submit([entry.id], copied=copied)
        self._screen.shell.changed()
        what = "in" if copied else "not in"
        said = f"Marked {quoted(entry.title)} as {what} your e-portfolio. u undoes it."
        self._screen.shell.say(said)

    def repeat(self, entry: Entry) -> None:
        """Open the form on a new entry like this one."""
        like = self._screen.journal.entries.like(entry.id, self._screen.journal.as_at)
        preset = {
            "title": like.title,
            "time": f"{like.minutes // 60}h{like.minutes % 60:02d}",
            "type": like.type,
            "ksbs": " ".join(like.ksbs),
            "paid": like.paid,
        }
        self._open_form(preset=preset)

    def versions(self, entry: Entry) -> None:
        """Show the entry as it was beside what it is."""
        from ksbtui.screens.journal.versions import VersionsScreen

        self._screen.app.push_screen(VersionsScreen(entry.id))

    def evidence(self, entry: Entry) -> None:
        """Open or check what is attached to the entry."""
        from ksbtui.screens.journal.evidence_check import EvidenceCheck

        self._screen.app.push_screen(EvidenceCheck(entry.id, entry.title))

    def _open_form(self, id: str | None = None, preset: dict[str, str] | None = None) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self._screen.app.push_screen(EntryForm(id, preset), self._saved)
