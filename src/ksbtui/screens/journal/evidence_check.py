"""What became of the evidence: present, missing, moved or changed; opened and pointed anew."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker, WorkerState

from ksbtui.core.days import full_day
from ksbtui.core.entry.evidence import Attachment, Checked
from ksbtui.core.text.text import number_of, quoted
from ksbtui.presentation.parts import (
    ALERT,
    DONE,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    VERIFIED,
    Head,
    Pair,
    Row,
)
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Ask
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Detail

CHECK = "check"


class EvidenceCheck(Modal[None]):
    """The artefacts of one entry or of all, what needs seeing to first; files are read only."""

    title_text = "Evidence"
    question = "Is my evidence still there, and unchanged?"
    CSS_PATH = "evidence_check.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("evidence.open", "enter", "open", "Open it in the system's viewer"),
        Command("evidence.point", "p", "new path", "Enter where it is now; ksbtui reads it again"),
        Command(
            "evidence.take-off", "d", "remove", "Remove it from its entry; the file is not deleted"
        ),
        Command("evidence.check", "c", "check again", "Read the files again"),
        Command("app.back", "escape", "back", "Go back", action="leave"),
    ]

    def __init__(self, entry_id: str = "", title: str = "") -> None:
        super().__init__()
        self._entry_id, self._about = entry_id, title
        self._attached: dict[str, Attachment] = {}
        self._checked: dict[str, Checked] = {}

    def body(self) -> ComposeResult:
        yield Rows(columns=Columns(lead=2), classes="tall")
        yield Detail(focusable=False)

    def on_mount(self) -> None:
        self.action_check()

    def action_check(self) -> None:
        self._checked = {}
        look = self.journal.evidence.checking(self._entry_id)
        self._attached = {
            attached.item.id: attached for attached in self.journal.evidence.all(self._entry_id)
        }
        self._show()
        self.run_worker(look, group=CHECK, thread=True, exclusive=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def _done(self, event: Worker.StateChanged) -> None:
        if event.worker.group == CHECK and event.state is WorkerState.SUCCESS:
            self._checked = {check.attachment.item.id: check for check in event.worker.result or ()}
            self._show()

    def _show(self) -> None:
        unwell = sum(not check.well for check in self._checked.values())
        state = f"{unwell} to check" if unwell else "all well" if self._checked else ""
        count = number_of(len(self._attached), "file or link", "files and links")
        self.query_one(TitleBar).show(self.title_text, self._about or "all entries", state or count)
        order = sorted(self._attached, key=lambda id: self._well(id))
        self.query_one(Rows).show([self._row(id) for id in order])
        self._tell()

    def _well(self, id: str) -> bool:
        return id not in self._checked or self._checked[id].well

    def _row(self, id: str) -> Row:
        attached, known = self._attached[id], self._checked.get(id)
        sign = "" if known is None else VERIFIED if known.well else ALERT
        style = DONE if known and known.well else OWED_BOLD
        state = known.text if known else "…"
        return Row(
            id, attached.item.title, attached.item.kind, sign, notes=(state,), lead_style=style,
            figure_style=MUTED,
        )  # fmt: skip

    @property
    def _in_hand(self) -> Attachment | None:
        return self._attached.get(self.query_one(Rows).key or "")

    @on(Rows.Highlighted)
    def _tell(self) -> None:
        detail, attached = self.query_one(Detail), self._in_hand
        if attached is None:
            detail.show(
                "No evidence yet. To attach a file or link, press ctrl+e in an entry's form."
            )
            return
        item, known = attached.item, self._checked.get(attached.item.id)
        size = f" · {item.size:,} bytes" if item.size is not None else ""
        private = " · private" if item.private else ""
        detail.show(
            Head(item.title, item.kind + private),
            [(item.target, PLAIN), (size, MUTED)],
            Pair([(f"{full_day(attached.entry.day)}  {attached.entry.title}", MUTED)]),
            [(known.text, MUTED if known.well else OWED)] if known else None,
            *([item.note] if item.note else []),
            [(f"SHA-256 {item.sha256}", MUTED)] if item.sha256 else None,
        )

    # Keys

    @on(Rows.Chosen)
    async def _chosen(self) -> None:
        await self.app.run_action("open", self)

    def action_open(self) -> None:
        if attached := self._in_hand:
            self.journal.evidence.open(attached.item.id)
            self.shell.say(f"Opened {quoted(attached.item.title)}.")

    def action_point(self) -> None:
        if (attached := self._in_hand) is None:
            return
        known, id = self._checked.get(attached.item.id), attached.item.id

        def point(target: str) -> None:
            self.journal.evidence.point(id, target)
            self.shell.changed()
            self.action_check()

        value = (known.moved_to if known else "") or attached.item.target
        text = "ksbtui reads its fingerprint again."
        self.app.push_screen(Ask("Where is it now?", str, point, value=value, text=text))

    def action_take_off(self) -> None:
        if attached := self._in_hand:
            self.journal.evidence.remove(attached.item.id)
            self.shell.changed()
            self.action_check()
            self.shell.say(f"Removed {quoted(attached.item.title)}. You can undo it.")
