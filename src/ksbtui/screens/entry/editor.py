"""The entry form while it is typed in: fields, draft, verdict, and what the words suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input, TextArea
from textual.worker import Worker, WorkerState

from ksbtui.core.coverage.suggestions import Suggestion
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.entry.typed_entry import TypedEntry, Understood, understand
from ksbtui.presentation.parts import Block, Row
from ksbtui.screens.entry import suggested
from ksbtui.screens.entry.draft_keeper import DraftKeeper
from ksbtui.screens.entry.fields import EntryFields
from ksbtui.screens.entry.verdict import Panel, verdict_blocks, would_blocks
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.pick import Pick
from ksbtui.widgets.frame.section import Section
from ksbtui.widgets.lists.row import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.detail import RichText

JUDGE_SECONDS = 0.15
"""From the last key to the verdict and the suggestions."""
SUGGEST = "suggest"


class EntryTyping(Modal[str]):
    """The fields of one entry; ``touched`` follows every change."""

    title_text = "New entry"

    def __init__(self, key: str, entry_id: str | None, preset: Mapping[str, Any] | None) -> None:
        super().__init__()
        title = "Change entry" if entry_id else self.title_text
        self._entry_id = entry_id
        self._preset = dict(preset or {})
        self._draft = DraftKeeper(self, key, title, self._body)
        self._typed = TypedEntry()
        self._before: Entry | None = None
        self._judging: Timer | None = None
        self._suggested: tuple[Suggestion, ...] = ()
        self._read_text = ""

    def body(self) -> ComposeResult:
        """Give the fields, the texts and what is said of them."""
        with Horizontal(id="form"):
            yield EntryFields(id="fields", can_focus=False)
            yield Aside(id="aside")

    def keep_draft(self) -> None:
        """Save what is unsaved at once."""
        self._draft.keep()

    def _body(self) -> dict[str, Any] | None:
        """Give what is worth keeping of the fields, None if nothing was typed."""
        self.read()
        return self._typed.as_draft() if self._typed.begun else None

    # Filling and reading the fields

    @property
    def fields(self) -> EntryFields:
        """The fields."""
        return self.query_one(EntryFields)

    def load(self, typed: TypedEntry) -> None:
        """Put a typed entry into the fields."""
        self._typed = typed
        self.fields.load(typed, self.journal.enrolled)
        self._draft.say()
        self._judge()

    def read(self) -> Understood:
        """Read the fields as typed, and what they are understood as."""
        self._typed = self.fields.read(self._typed)
        kept = self._before.ksbs if self._before else ()
        return understand(self._typed, self.journal.enrolled, self.journal.as_at, kept)

    def alter(self, **values: Any) -> None:
        """Change what has no field to type in: codes, evidence, marks."""
        self.read()
        self._typed = replace(self._typed, **values)
        self.fields.show_marks(self._typed)
        self.touched()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Pick.Changed)
    def _typed_something(self) -> None:
        self.touched()

    def touched(self) -> None:
        """Note a change: keep it soon, judge it after the last key."""
        self._draft.touch()
        if self._judging is not None:
            self._judging.stop()
        self._judging = self.set_timer(JUDGE_SECONDS, self._judge)

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    @on(DescendantFocus)
    def _mark_text(self) -> None:
        self.fields.mark_text_in_hand()

    # The verdict

    def _judge(self) -> None:
        """Say back what was understood, whether it counts, and what saving would change."""
        self._judging = None
        understood, journal = self.read(), self.journal
        narrow = self.has_class("-narrow")
        self.fields.echo(self._typed, understood)
        hints = journal.reflecting.hints(self._typed.learned, self._entry_id or "")
        self.fields.hint(hints[0].text if hints else "")
        panel = Panel(self._preview(understood), self._before, understood, narrow=narrow)
        would = () if narrow else would_blocks(panel, journal)
        self.query_one(Aside).show(verdict_blocks(panel, journal), would)
        self._suggest()
        self._show_codes(understood)

    def _show_codes(self, understood: Understood) -> None:
        """List the codes tagged, and those suggested: in the panel, or beside where narrow."""
        coverage, narrow = self.journal.progress.view.coverage, self.has_class("-narrow")
        fresh = suggested.untagged(self._suggested, understood.values.get("ksbs", ()))
        line = suggested.line(fresh, coverage) if narrow else []
        self.fields.show_tagged(self._typed, understood, coverage, line, narrow=narrow)
        self.query_one(Aside).suggest(
            [] if narrow else suggested.rows(fresh, coverage, self.journal)
        )

    def _preview(self, understood: Understood) -> Entry | None:
        """Derive the entry as it would be saved, None while time or day cannot be read."""
        if "minutes" not in understood.values or "day" not in understood.values:
            return None
        base = self._before or Entry("", understood.values["day"], 1, "")
        with_parts = replace(understood.onto(base), evidence=self.evidence)
        preview: Entry = self.journal.entries.preview(with_parts)
        return preview

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The artefacts attached so far."""
        return tuple(Evidence(**image) for image in self._typed.evidence)

    # What the words suggest

    @property
    def text(self) -> str:
        """Everything that was written of the entry."""
        typed = self._typed
        return suggested.text_of(typed.title, typed.notes, typed.learned)

    def _suggest(self) -> None:
        """Look for KSBs in the text; beside the typing where that could take a moment."""
        text = self.text
        if text == self._read_text:
            return
        self._read_text = text
        self.workers.cancel_group(self, SUGGEST)
        if not text:
            self._suggested = ()
            return
        suggesting = self.journal.suggesting
        limit = suggested.MOST + len(self._typed.ksbs.split())
        quick = suggesting.warm and len(text) <= suggested.THREAD_FROM
        look = suggesting.ready(limit, entry_id=self._entry_id or "")
        if quick:
            self._suggested = look(text)
        else:
            self.run_worker(lambda: look(text), group=SUGGEST, thread=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def _found(self, event: Worker.StateChanged) -> None:
        """Show what was found beside the typing."""
        if event.worker.group == SUGGEST and event.state is WorkerState.SUCCESS:
            self._suggested = event.worker.result or ()
            self._show_codes(self.read())


class Aside(VerticalScroll, can_focus=False):
    """Verdict, suggestions (the one part that takes the cursor), and what saving would change."""

    def compose(self) -> ComposeResult:
        """Set them one below the other; there is nothing to suggest yet."""
        yield RichText(id="verdict")
        head = Section("Your words suggest", "↵ tags it", classes="apart", id="suggested-head")
        rows = Rows(columns=Columns(lead=6), roomy=True, id="suggested")
        head.display = rows.display = rows.can_focus = False
        yield head
        yield rows
        yield RichText(id="would")

    def show(self, verdict: Iterable[Block], would: Iterable[Block]) -> None:
        """Set the verdict and what saving would change."""
        self.query_one("#verdict", RichText).show(*verdict)
        self.query_one("#would", RichText).show(*would)

    def suggest(self, found: Sequence[Row]) -> None:
        """Set the suggestions; without any the cursor goes back to the fields."""
        rows = self.query_one("#suggested", Rows)
        if not found and not rows.display:
            return
        if rows.has_focus and not found:
            self.screen.focus_previous()
        rows.show(found)
        rows.can_focus = rows.display = bool(found)
        self.query_one("#suggested-head").display = bool(found)
