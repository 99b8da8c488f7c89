"""What the Journal's keys do, to one entry and to many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ksbtui.core.text.text import number_of, quoted
from ksbtui.presentation.parts import Row
from ksbtui.screens.entry.answering import answer
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.keys import Command

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Comment, Entry
    from ksbtui.journal.entry.entries import Changed, Edit
    from ksbtui.screens.shell.page import OnShell


CHANGE_KEYS = (
    Command("journal.edit", "e", "edit", "Change the entry", action="entry('edit')"),
    Command(
        "journal.delete",
        "d",
        "delete",
        "Delete the entry. You can undo it",
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
        if (entry := self._in_hand()) is not None:
            getattr(self, name)(entry)

    @property
    def questions(self) -> tuple[Comment, ...]:
        entry = self._in_hand()
        asked: tuple[Comment, ...] = ()
        if entry is not None:
            asked = self._screen.journal.verifying.questions(entry.id)
        return asked

    def edit(self, entry: Entry) -> None:
        self._open_form(entry.id)

    def delete(self, entry: Entry) -> None:
        self._screen.journal.entries.delete([entry.id])
        self._deleted(entry.id)
        self._screen.shell.changed(f"Deleted {quoted(entry.title)}.")

    def answer(self, entry: Entry) -> None:
        if asked := self.questions:
            answer(self._screen, asked[0])

    def copy(self, entry: Entry) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.screens.entry.copy_walk import copy_entry

        portfolio = self._screen.journal.portfolio
        if portfolio.chosen:
            copy_entry(self._screen, entry, portfolio.form())
        else:
            self.copy_as(entry)

    def copy_as(self, entry: Entry) -> None:
        from ksbtui.screens.entry.copy_walk import choose_form, copy_entry

        choose_form(self._screen, lambda form: copy_entry(self._screen, entry, form))

    def mark(self, entry: Entry) -> None:
        copied = entry.submitted is None
        self._screen.journal.portfolio.submit([entry.id], copied=copied)
        what = "in" if copied else "not in"
        message = f"Marked {quoted(entry.title)} as {what} your e-portfolio."
        self._screen.shell.changed(message)

    def repeat(self, entry: Entry) -> None:
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
        from ksbtui.screens.journal.versions import VersionsScreen

        self._screen.app.push_screen(VersionsScreen(entry.id))

    def evidence(self, entry: Entry) -> None:
        from ksbtui.screens.journal.evidence_check import EvidenceCheck

        self._screen.app.push_screen(EvidenceCheck(entry.id, entry.title))

    def _open_form(self, id: str | None = None, preset: dict[str, str] | None = None) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self._screen.app.push_screen(EntryForm(id, preset), self._saved)


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
        getattr(self, name)()

    def tag(self) -> None:
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
            "Marked", lambda entry: {"submitted": entry.submitted or day}, "as in your e-portfolio"
        )

    def delete(self) -> None:
        self._tell("Deleted", self._screen.journal.several.delete(self._ids), "")
        self._let_go(self._ids)

    def _change(self, verb: str, edit: Edit, how: str) -> None:
        with self._screen.shell.guarded():
            self._tell(verb, self._screen.journal.several.edit(self._ids, verb, edit), how)

    def _tell(self, verb: str, many: Changed, how: str) -> None:
        number = number_of(len(many.entries), "entry", "entries")
        sentences = [f"{verb} {number} {how}".rstrip() + "."]
        if same := len(set(self._ids)) - len(many.entries) - len(many.gone):
            sentences.append(f"{same:,} already had it.")
        if many.gone:
            were = "was" if len(many.gone) == 1 else "were"
            gone = number_of(len(many.gone), "entry", "entries")
            sentences.append(f"{gone} {were} deleted in the meantime.")
            self._let_go(many.gone)
        self._screen.shell.changed(" ".join(sentences), undo=bool(many.entries))
