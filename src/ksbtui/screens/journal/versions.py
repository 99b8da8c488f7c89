"""An entry as it was after each change, beside what it is today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ksbtui.core.days import full_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import BOLD, MUTED, PLAIN, Block, Head, Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import confirm
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Detail

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.history import Version

BROUGHT_BACK = ("title", "day", "minutes", "type", "notes", "learned", "ksbs", "evidence", "paid")
"""What the learner said themselves; marks of others and of the e-portfolio stay as they are."""


class VersionsScreen(Modal[None]):
    """The changes of one entry, newest first; ``b`` makes an earlier version today's again."""

    title_text = "Versions"
    question = "What did this entry say before?"
    CSS_PATH = "versions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "versions.bring-back",
            "b",
            "restore",
            "Restore this version",
            when=lambda screen: screen.shows_earlier,
        ),
        Command("app.back", "escape", "back", "Go back", action="leave"),
    ]

    def __init__(self, entry_id: str) -> None:
        super().__init__()
        self._entry_id = entry_id
        self._versions: tuple[Version, ...] = ()

    def body(self) -> ComposeResult:
        yield Rows(columns=Columns(lead=18))
        with Horizontal(id="beside"):
            yield Detail(id="then")
            yield Detail(id="now", focusable=False)

    def on_mount(self) -> None:
        self.shell.journal_changed.subscribe(self, lambda _: self._fill())
        self._fill()
        if len(self._versions) > 1:
            self.query_one(Rows).move_to(1)
        self.query_one(Rows).focus()

    def _fill(self) -> None:
        self._versions = self.journal.entries.versions(self._entry_id)
        count = len(self._versions)
        title = self._versions[0].entry.title if count else ""
        self.query_one(TitleBar).show(self.title_text, title, number_of(count, "version"))
        self.query_one(Rows).show([self._row(at) for at in range(count)])
        self._show()

    def _row(self, at: int) -> Row:
        # deferred: only an entry with earlier versions needs it
        from ksbtui.journal.entry.timers import local_time

        version = self._versions[at]
        when = f"{version.at[:10]} {local_time(version.at)}"
        changed = ", ".join(version.changed[:4]) if at < len(self._versions) - 1 else ""
        return Row(str(at), version.label, "today's" if not at else changed, when)

    @property
    def _in_hand(self) -> Version | None:
        key = self.query_one(Rows).key
        return self._versions[int(key)] if key else None

    @on(Rows.Highlighted)
    def _show(self) -> None:
        version = self._in_hand
        if version is None:
            return
        today = self._versions[0]
        self.query_one("#then", Detail).show(*_blocks(version.entry, today.entry, "Then"))
        self.query_one("#now", Detail).show(*_blocks(today.entry, version.entry, "Today"))
        self.show_keys()

    @property
    def shows_earlier(self) -> bool:
        return self.is_mounted and self._in_hand not in (None, *self._versions[:1])

    def action_bring_back(self) -> None:
        version = self._in_hand
        if version is None or version is self._versions[0]:
            return

        def take(answer: str | None) -> None:
            if answer == "yes":
                with self.shell.guarded():
                    values = {name: getattr(version.entry, name) for name in BROUGHT_BACK}
                    self.journal.entries.change(self._entry_id, **values)
                    self.shell.changed("Restored.")

        title = "Restore this version?"
        self.app.push_screen(
            confirm(title, "Restore it", text="The current version stays in the list."), take
        )


def _blocks(entry: Entry, other: Entry, label: str) -> Iterator[Block]:
    """One version in full; what the other says differently is bold."""
    yield Head(label, say_minutes(entry.minutes) if entry.minutes == other.minutes else "")
    for text, differs in (
        (entry.title, entry.title != other.title),
        (full_day(entry.day), entry.day != other.day),
        (say_minutes(entry.minutes), entry.minutes != other.minutes),
        (" ".join(entry.ksbs) or "no KSB", entry.ksbs != other.ksbs),
        (", ".join(item.title for item in entry.evidence), entry.evidence != other.evidence),
    ):
        if text:
            yield [(text, BOLD if differs else MUTED)]
    for name, mine, theirs in (
        ("What I did", entry.notes, other.notes),
        ("What I learned", entry.learned, other.learned),
    ):
        if mine or theirs:
            yield None
            yield Head(name, "" if mine == theirs else "differs")
            yield [(mine or "nothing", PLAIN if mine != theirs else MUTED)]
