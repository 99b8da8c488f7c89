"""Hand over a file, or take one in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ksbtui.core.exchange.personal_data import finding_lines
from ksbtui.errors import Conflict, KsbtuiError, Unreadable
from ksbtui.exports.making import save_file
from ksbtui.journal.exchange.handover import (
    HANDOVER,
    Sharing,
    data_format,
    is_ours,
    read_data,
    read_feedback,
)
from ksbtui.journal.exchange.opened import (
    Side,
    feedback_data,
    marked_sent,
    plan_feedback,
    sides,
    write_side,
)
from ksbtui.presentation import exchange as words
from ksbtui.presentation.exchange import merged_lines
from ksbtui.presentation.parts import BOLD, MUTED, OWED, PLAIN, Block, Head, Row
from ksbtui.screens.exchange.file_form import FileForm, say_and_do
from ksbtui.screens.shell.keys import undo_hint
from ksbtui.screens.shell.modal import Modal
from ksbtui.store.files.keys import find_key, known_keys
from ksbtui.store.files.sealed import own_key
from ksbtui.widgets.forms.dialogs import refusal_blocks
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText

WRITE = Command("file.act", "ctrl+s", "write", "Write the file", priority=True)
TAKE_IN = Command("file.act", "ctrl+s", "import", "Import what is shown", priority=True)
"""What ctrl+s does in a form; each form declares its own."""


class ActingForm(FileForm):
    """A file form that acts on ctrl+s: `seen` says what would happen, `act` does it.

    `seen` may raise `KsbtuiError`; `act` gives what to say.
    """

    def look(self) -> None:
        try:
            blocks = self.seen()
        except KsbtuiError as refusal:
            blocks = refusal_blocks(refusal)
        self.tell(*blocks)

    def seen(self) -> Sequence[Block]:
        raise NotImplementedError

    def act(self) -> str:
        raise NotImplementedError

    def action_act(self) -> None:
        say_and_do(self, "One moment …", self._act)

    def _act(self) -> None:
        self.shell.say(self.act())
        self.dismiss(True)


SHARE, FEEDBACK, TAKE, KEY = "share", "feedback", "take", "key"


class HandOver(Modal[None]):
    """What can go to somebody else, and come back."""

    title_text = "Hand over"
    question: ClassVar[str] = "What do I send my tutor, and what comes back?"

    def body(self) -> ComposeResult:
        yield Rows(id="ways", roomy=True)
        yield RichText(id="own-key")

    def on_mount(self) -> None:
        if self.journal.owner:
            rows = [Row(FEEDBACK, "Write your feedback", notes=(f"for {self.journal.owner}",))]
        else:
            rows = [
                Row(SHARE, "Share your journal", notes=("one file, nothing private in it",)),
                Row(TAKE, "Import feedback", notes=("or your record from another device",)),
            ]
        rows.append(Row(KEY, "Show your key", notes=("for people who write files for you",)))
        self.query_one(Rows).show(rows)
        self.query_one(Rows).focus()

    @on(Rows.Chosen)
    def _go(self, event: Rows.Chosen) -> None:
        if event.key == KEY:
            self._show_key()
            return
        form = {SHARE: ShareForm, FEEDBACK: FeedbackForm, TAKE: TakeIn}[event.key]
        self.app.push_screen(form())

    def _show_key(self) -> None:
        own = own_key()
        assert own is not None, "it was made"
        self.query_one("#own-key", RichText).show(
            None,
            [("Your key  ", MUTED), (own.public, BOLD)],
            [(f"Your secret key is in {own.path}. Keep a copy of that file.", MUTED)],
            [("To show it as a QR code: ksbtui handover key --qr", MUTED)],
        )
        self.app.copy_to_clipboard(own.public)
        self.shell.say("Copied your key.")


class ShareForm(ActingForm):
    """Shows what a hand-over will hold, then writes it."""

    title_text = "Share your journal"
    question: ClassVar[str] = "What does the file contain, and who can open it?"
    fields = (
        ("path", "File", "where to write it, such as ~/amira.ksb"),
        ("to", "For", "your tutor's key, age1…, or a name you saved"),
        ("secret", "Or passphrase", "if your tutor has no key"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        WRITE,
        Command(
            "file.redact",
            "ctrl+r",
            "personal data",
            "Remove personal data, or keep it",
            priority=True,
            when=lambda form: bool(form.sharing.findings),
        ),
    ]
    _sharing: Sharing | None = None
    _redact = True

    def on_mount(self) -> None:
        self.query_one("#secret", Input).password = True

    @property
    def sharing(self) -> Sharing:
        if self._sharing is None:
            self._sharing = self.journal.handover.share()
        return self._sharing

    def seen(self) -> Sequence[Block]:
        file, findings = self.sharing.file, self.sharing.findings
        blocks: list[Block] = [Head("The file contains")]
        blocks += [[(line, PLAIN)] for line in words.sharing_lines(self.sharing.counts(), None)]
        blocks += [None, [(words.left_out_text(file.left_out, file.left_out_minutes), MUTED)]]
        if findings:
            does = "is removed" if self._redact else "stays in it"
            blocks += [None, Head(f"Personal data, which {does}", "ctrl+r changes it")]
            blocks += [[("! ", OWED), (line, PLAIN)] for line in finding_lines(findings)]
        if names := ", ".join(known_keys()):
            blocks += [None, [(f"Saved keys: {names}", MUTED)]]
        return blocks

    def action_redact(self) -> None:
        self._redact = not self._redact
        self.look()

    def act(self) -> str:
        _check_free(self)
        to, secret = self.value("to"), self.value("secret")
        if bool(to) == bool(secret):
            raise Unreadable(
                "You have not said who can open the file.", "Enter a key or a passphrase."
            )
        keys = [find_key(to)] if to else []
        sharing = self.sharing
        if self._redact and sharing.findings:
            sharing = sharing.redacted()
        save_file(self.path, sharing.data(keys, secret))
        return f"Wrote {self.path.name}. Send it yourself; ksbtui sends nothing."


class FeedbackForm(ActingForm):
    """Writes a tutor's side of the journal that is open."""

    title_text = "Write your feedback"
    question: ClassVar[str] = "What goes back to the learner?"
    fields = (
        ("path", "File", "where to write it, such as ~/for-amira.ksb"),
        ("by", "Your name", "as the learner will see it"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [WRITE]

    @property
    def side(self) -> Side | None:
        learner = self.journal.courses[0].enrolment.id
        return next((side for side in sides() if side.learner == learner and side.lines), None)

    def seen(self) -> Sequence[Block]:
        side = self.side
        if side is None:
            return [
                "You have no feedback to write yet.",
                "Verify, ask, write a note or agree an action first.",
            ]
        lines = words.feedback_lines(side.lines)
        new = f"{len(side.waiting)} not in an earlier file"
        return [Head("The file contains", new), *([(line, PLAIN)] for line in lines)]

    def act(self) -> str:
        _check_free(self)
        side = self.side
        if side is None:
            raise Conflict(
                "You have no feedback to write yet.",
                "Verify, ask, write a note or agree an action first.",
            )
        if not side.reply_to:
            raise Conflict("The learner's file contains no key.", "Use: ksbtui handover feedback")
        document = plan_feedback(side, self.value("by"), self.journal.clock)
        save_file(self.path, feedback_data(document, [side.reply_to]))
        write_side(marked_sent(side, side.lines))
        return f"Wrote {self.path.name} for {side.name or 'the learner'}."


class TakeIn(ActingForm):
    """Shows what feedback, or the record of another device, would change; then takes it in."""

    title_text = "Import feedback"
    question: ClassVar[str] = "What will be imported, and what does it change?"
    fields = (("path", "File", "its path; → accepts the suggestion"),)
    BINDINGS: ClassVar[list[BindingType]] = [TAKE_IN]

    def seen(self) -> Sequence[Block]:
        if not self.value("path") or not self.path.is_file():
            return [[("Enter the path of the file from your tutor.", MUTED)]]
        return [[(line, PLAIN)] for line in self._take(dry_run=True)]

    def act(self) -> str:
        first = self._take(dry_run=False)[0]
        self.shell.changed()
        return f"{first} {undo_hint(self.shell)}"

    def _take(self, *, dry_run: bool) -> list[str]:
        path = self.path
        if not is_ours(path):
            taken = self.journal.exchange.restore_json(path, dry_run=dry_run)
            counts = f"{taken.added} added, {taken.changed} changed, {taken.deleted} deleted."
            return [counts, *merged_lines(taken, "")]
        data = read_data(path)
        if data_format(data) == HANDOVER:
            raise Conflict(
                f"{path.name} is a shared journal.",
                "Open it with: ksbtui handover open FILE",
            )
        feedback = self.journal.feedback.take(read_feedback(data, path.name), dry_run)
        return [words.taken_text(feedback), *map(words.note_text, feedback.notes)]


def _check_free(form: FileForm) -> None:
    path = form.path
    if not form.value("path") or path.is_dir():
        raise Unreadable("There is no file name.", "Enter a path for the file.")
    if path.exists() and not is_ours(path):
        raise Conflict(
            f"{path.name} already exists. Nothing was written.", "Choose another file name."
        )
