"""What can be done with several entries at once: tagged, typed, marked, deleted; one undo each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import Row
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.frame.command import Command

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Edit
    from ksbtui.journal.entry.several import Changed
    from ksbtui.screens.shell.shell import OnShell

MANY_KEYS = (
    Command("journal.choose", "x", "choose", "Choose the entry, to change several at once"),
    Command("journal.choose-all", "X", "", "Choose every entry listed, or none"),
    Command("journal.tag", "k", "", "Tag the chosen entries with KSBs", action="entry('tag')"),
    Command("journal.type", "T", "", "Set the type of the chosen ones", action="entry('type')"),
)


class ManyCommands:
    """The commands for the entries that ``ids`` name; ``let_go`` is given those that are gone."""

    names = ("tag", "type", "mark", "delete")

    def __init__(
        self, screen: OnShell, ids: tuple[str, ...], let_go: Callable[[tuple[str, ...]], None]
    ) -> None:
        self._screen: Any = screen
        self._ids, self._let_go = ids, let_go

    def run(self, name: str) -> None:
        """Run one of ``names``."""
        getattr(self, name)()

    def tag(self) -> None:
        """Choose KSBs and tag all of them with these beside what they have."""
        from ksbtui.screens.entry.ksb_picker import KsbPicker

        def take(codes: tuple[str, ...] | None) -> None:
            if codes:
                self._change(
                    "Tagged",
                    lambda entry: {"ksbs": tuple(dict.fromkeys((*entry.ksbs, *codes)))},
                    f"with {' '.join(codes)}",
                )

        self._screen.app.push_screen(KsbPicker(()), take)

    def type(self) -> None:
        """Choose a type of activity for all of them."""
        kinds = self._screen.journal.enrolled.rules.types
        labels = {kind.id: kind.label for kind in kinds}

        def take(id: str | None) -> None:
            if id is not None:
                self._change("Typed", lambda entry: {"type": id}, f"as {labels[id].lower()}")

        rows = [Row(id, label) for id, label in labels.items()]
        number = number_of(len(self._ids), "entry", "entries")
        self._screen.app.push_screen(Choose(f"Type of {number}", rows), take)

    def mark(self) -> None:
        """Mark all of them as in the e-portfolio; those that are stay so."""
        day = self._screen.journal.as_at
        self._change(
            "Marked",
            lambda entry: {"submitted": entry.submitted or day},
            "as in your e-portfolio",
        )

    def delete(self) -> None:
        """Delete all of them; one undo brings them back."""
        self._tell("Deleted", self._screen.journal.several.delete(self._ids), "")
        self._let_go(self._ids)

    def _change(self, verb: str, edit: Edit, how: str) -> None:
        with self._screen.shell.guarded():
            self._tell(verb, self._screen.journal.several.edit(self._ids, verb, edit), how)

    def _tell(self, verb: str, many: Changed, how: str) -> None:
        """Redraw, and say what was done, what was gone, and the way back."""
        self._screen.shell.changed()
        number = number_of(len(many.entries), "entry", "entries")
        said = [f"{verb} {number} {how}".rstrip() + "."]
        if same := len(set(self._ids)) - len(many.entries) - len(many.gone):
            said.append(f"{same:,} had it already.")
        if many.gone:
            were = "was" if len(many.gone) == 1 else "were"
            gone = number_of(len(many.gone), "entry", "entries")
            said.append(f"{gone} {were} deleted meanwhile.")
            self._let_go(many.gone)
        said += ["u undoes it."] if many.entries else []
        self._screen.shell.say(" ".join(said))
