"""The fields of one entry beside what is said of them: verdict, suggestions, what would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input, TextArea
from textual.worker import Worker, WorkerState

from ksbtui.core.codec import encode
from ksbtui.core.coverage.suggestions import Suggestion
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.entry.typed_entry import TypedEntry, Understood, understand
from ksbtui.core.programme.standards import code_key
from ksbtui.presentation import entry_form as words
from ksbtui.presentation.parts import Block, Row
from ksbtui.screens.entry.fields import EntryFields
from ksbtui.widgets.forms.fields import Pick, Writing
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import RichText, Section

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

JUDGE_SECONDS = 0.15
"""From the last key to the verdict and the suggestions."""
SUGGEST = "suggest"
THREAD_FROM = 4_000
"""Characters of a text from which it is read beside the typing, not between two keys."""


class WordsSuggest:
    """What the words of one entry suggest, looked for only where they have changed."""

    def __init__(self, journal: Journal, entry_id: str) -> None:
        self.suggestions: Sequence[Suggestion] = ()
        self._journal, self._entry_id = journal, entry_id
        self._read = ""

    def look(self, text: str, tagged: int) -> Callable[[], Sequence[Suggestion]] | None:
        """Find KSBs in a text with ``tagged`` codes already taken.

        Gives what is still to be run in a thread where that could take a moment.
        """
        if text == self._read:
            return None
        self._read = text
        if not text:
            self.suggestions = ()
            return None
        suggesting = self._journal.suggesting
        quick = suggesting.warm and len(text) <= THREAD_FROM
        look = suggesting.ready(words.SUGGESTED + tagged, entry_id=self._entry_id)
        if not quick:
            return lambda: look(text)
        self.suggestions = look(text)
        return None

    def forget(self) -> None:
        """Look again at the next change, although the text is the same."""
        self._read = ""

    def untagged(self, codes: Sequence[str]) -> tuple[Suggestion, ...]:
        return words.untagged(self.suggestions, codes)


class EntryEditor(Horizontal):
    """One entry as it is typed: ``before`` as it was saved, None for a new one.

    ``on_change`` is called at once after every change, so that it can be kept.
    """

    def __init__(
        self, journal: Journal, before: Entry | None, on_change: Callable[[], None]
    ) -> None:
        super().__init__(id="form")
        self.before = before
        self.typed = TypedEntry()
        self._journal = journal
        self._on_change = on_change
        self._suggest = WordsSuggest(journal, before.id if before else "")
        self._judging: Timer | None = None

    def compose(self) -> ComposeResult:
        yield EntryFields(id="fields", can_focus=False)
        yield Aside(id="aside")

    @property
    def fields(self) -> EntryFields:
        return self.query_one(EntryFields)

    @property
    def codes(self) -> tuple[str, ...]:
        codes: tuple[str, ...] = self.read().values.get("ksbs", ())
        return codes

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(**image) for image in self.typed.evidence)

    @property
    def text(self) -> str:
        texts = (self.typed.title, self.typed.notes, self.typed.learned)
        return "\n".join(text for text in texts if text.strip())

    @property
    def learned(self) -> Writing:
        return self.query_one("#learned", Writing)

    @property
    def writing(self) -> Writing:
        """The text being written, else what was learned."""
        focused = self.screen.focused
        return focused if isinstance(focused, Writing) else self.learned

    # Filling, reading and changing

    def load(self, typed: TypedEntry) -> None:
        self.typed = typed
        self.fields.load(typed, self._journal.enrolled)
        self.judge()

    def read(self) -> Understood:
        self.typed = self.fields.read(self.typed)
        journal, before = self._journal, self.before
        count = journal.reflecting.words
        if before is None:
            return understand(self.typed, journal.enrolled, journal.as_at, (), count)
        tagged, most = before.ksbs, before.most_minutes
        return understand(self.typed, journal.enrolled, journal.as_at, tagged, count, most)

    def alter(self, **values: Any) -> None:
        """Change what has no field to type in: codes, evidence, marks."""
        self.read()
        self.typed = replace(self.typed, **values)
        self.fields.show_marks(self.typed)
        self._touched()

    def attach(self, evidence: Iterable[Evidence]) -> None:
        self.alter(evidence=tuple(encode(item) for item in evidence))

    def tag(self, *codes: str) -> None:
        self.alter(ksbs=" ".join(sorted({*self.codes, *codes}, key=code_key)))
        self._suggest.forget()

    def first_suggested(self) -> str:
        """The code of the first suggestion that is not tagged; empty if there is none."""
        fresh = self._suggest.untagged(self.codes)
        return fresh[0].code if fresh else ""

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Pick.Changed)
    def _touched(self) -> None:
        self._on_change()
        if self._judging is not None:
            self._judging.stop()
        self._judging = self.set_timer(JUDGE_SECONDS, self.judge)

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.screen.focus_next()

    @on(DescendantFocus)
    def _mark_text(self) -> None:
        self.fields.mark_text_in_hand()
        if self.screen.has_class("-tiny"):
            understood = self.read()
            self.fields.echo(self.typed, understood)
        self.fields.select_on_tab()  # the first focus, which nobody asked for, selects nothing

    # What is said of it

    def judge(self) -> None:
        self._judging = None
        understood, journal = self.read(), self._journal
        narrow = self.screen.has_class("-narrow")
        self.fields.echo(self.typed, understood)
        hints = journal.reflecting.hints(self.typed.learned, self.before.id if self.before else "")
        self.fields.hint(hints[0].text if hints else "")
        preview = words.Preview(self._preview(understood), self.before, understood, narrow=narrow)
        would = () if narrow else words.would_blocks(preview, journal)
        self.query_one(Aside).show(words.verdict_blocks(preview, journal), would)
        if later := self._suggest.look(self.text, len(self.typed.ksbs.split())):
            self.workers.cancel_group(self, SUGGEST)
            self.run_worker(later, group=SUGGEST, thread=True, exit_on_error=False)
        self._show_codes(understood)

    def _preview(self, understood: Understood) -> Entry | None:
        """Derive the entry as it would be saved, None while time or day cannot be read."""
        if "minutes" not in understood.values or "day" not in understood.values:
            return None
        base = self.before or Entry("", understood.values["day"], 1, "")
        with_parts = replace(understood.onto(base), evidence=self.evidence)
        preview: Entry = self._journal.entries.preview(with_parts)
        return preview

    def _show_codes(self, understood: Understood) -> None:
        """List the codes tagged, and those suggested: in the panel, or beside where narrow."""
        coverage = self._journal.progress.view.coverage
        narrow = self.screen.has_class("-narrow")
        fresh = self._suggest.untagged(understood.values.get("ksbs", ()))
        beside = words.suggestion_line(fresh, coverage) if narrow else []
        self.fields.show_tagged(self.typed, understood, coverage, beside, narrow=narrow)
        rows = [] if narrow else words.suggestion_rows(fresh, coverage, self._journal)
        self.query_one(Aside).suggest(rows)

    @on(Worker.StateChanged)
    def _suggested(self, event: Worker.StateChanged) -> None:
        if event.worker.group == SUGGEST and event.state is WorkerState.SUCCESS:
            self._suggest.suggestions = event.worker.result or ()
            self._show_codes(self.read())


class Aside(VerticalScroll, can_focus=False):
    """Verdict, suggestions (the one part that takes the cursor), and what saving would change."""

    def compose(self) -> ComposeResult:
        yield RichText(id="verdict")
        head = Section("Your words suggest", "↵ tags it", classes="apart", id="suggested-head")
        rows = Rows(columns=Columns(lead=6), roomy=True, id="suggested")
        head.display = rows.display = rows.can_focus = False
        yield head
        yield rows
        yield RichText(id="would")

    def show(self, verdict: Iterable[Block], would: Iterable[Block]) -> None:
        self.query_one("#verdict", RichText).show(*verdict)
        self.query_one("#would", RichText).show(*would)

    def suggest(self, suggestions: Sequence[Row]) -> None:
        """Set the suggestions; without any the cursor goes back to the fields."""
        rows = self.query_one("#suggested", Rows)
        if not suggestions and not rows.display:
            return
        if rows.has_focus and not suggestions:
            self.screen.focus_previous()
        rows.show(suggestions)
        rows.can_focus = rows.display = bool(suggestions)
        self.query_one("#suggested-head").display = bool(suggestions)
