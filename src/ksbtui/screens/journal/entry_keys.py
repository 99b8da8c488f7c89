"""The keys of the entry under the cursor: copy, mark, repeat, versions and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from ksbtui.core.text.text import quoted
from ksbtui.screens.today.daily_keys import DailyKeys

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry

ENTRY_KEYS = (
    Binding("y", "copy", "copy", show=False, tooltip="Copy it in your provider's order"),
    Binding("Y", "copy_as", show=False, tooltip="Copy it for another form"),
    Binding("m", "mark", show=False, tooltip="Mark it as in your e-portfolio, or not"),
    Binding("t", "repeat", show=False, tooltip="Log the same activity again"),
    Binding("v", "versions", show=False, tooltip="See its earlier versions"),
    Binding("o", "evidence", show=False, tooltip="Open or check its evidence"),
)


class EntryKeys(DailyKeys):
    """A place with an entry under its cursor."""

    @property
    def entry_in_hand(self) -> Entry | None:
        """The entry under the cursor."""
        return None

    def action_copy(self) -> None:
        """Copy the entry; the first time ask for which form."""
        from ksbtui.screens.entry.copy_walk import copy_entry

        if (entry := self.entry_in_hand) is None:
            return
        if self.journal.portfolio.chosen:
            copy_entry(self, entry, self.journal.portfolio.form())
        else:
            self.action_copy_as()

    def action_copy_as(self) -> None:
        """Choose a form, then copy the entry."""
        from ksbtui.screens.entry.copy_walk import choose_form, copy_entry

        if (entry := self.entry_in_hand) is not None:
            choose_form(self, lambda form: copy_entry(self, entry, form))

    def action_mark(self) -> None:
        """Mark the entry as in the e-portfolio, or take the mark off."""
        if (entry := self.entry_in_hand) is None:
            return
        copied = entry.submitted is None
        self.journal.portfolio.submit([entry.id], copied=copied)
        self.shell.changed()
        what = "in" if copied else "not in"
        self.shell.say(f"Marked {quoted(entry.title)} as {what} your e-portfolio. u undoes it.")

    def action_repeat(self) -> None:
        """Open the form on a new entry like this one."""
        from ksbtui.screens.entry.form import EntryForm

        if (entry := self.entry_in_hand) is None:
            return
        like = self.journal.entries.like(entry.id, self.journal.as_at)
        preset = {
            "title": like.title,
            "time": f"{like.minutes // 60}h{like.minutes % 60:02d}",
            "type": like.type,
            "ksbs": " ".join(like.ksbs),
            "paid": like.paid,
        }
        self.app.push_screen(EntryForm(preset=preset), self._saved)

    def action_versions(self) -> None:
        """Show the entry as it was beside what it is."""
        from ksbtui.screens.journal.versions import VersionsScreen

        if (entry := self.entry_in_hand) is not None:
            self.app.push_screen(VersionsScreen(entry.id))

    def action_evidence(self) -> None:
        """Open or check what is attached to the entry."""
        from ksbtui.screens.journal.evidence_check import EvidenceCheck

        if (entry := self.entry_in_hand) is not None:
            self.app.push_screen(EvidenceCheck(entry.id, entry.title))
