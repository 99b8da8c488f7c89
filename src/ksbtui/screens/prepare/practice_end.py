"""The end of a practice: how it went, and one next step."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.assessment.practice_session import LOG, Results
from ksbtui.presentation import assessment as text
from ksbtui.presentation.parts import Block
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.titlebar import TitleBar
from ksbtui.widgets.text.detail import Detail


def _step_is_an_entry(screen: PracticeEnd) -> bool:
    return screen.step[0] == LOG


class PracticeEnd(Modal[None]):
    """Shows results by kind and level, time against the aim, the weakest KSBs and what next."""

    CSS_PATH = "practice.tcss"
    title_text = "How a practice went"
    question: ClassVar[str] = "How did it go, and what next?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("practice-end.leave", "enter", "", "Go back to Prepare"),
        Command(
            "app.add",
            "a",
            "add",
            "Log an entry for the KSB of the next step",
            action="entry",
            when=_step_is_an_entry,
        ),
        Command("practice-end.save", "s", "save", "Keep it as a text for your tutor"),
    ]

    def __init__(self, found: Results) -> None:
        super().__init__()
        self._found = found

    @property
    def step(self) -> tuple[str, str]:
        """The kind of the next step, and its KSB."""
        coverage = self.journal.progress.view.coverage
        return self._found.next_step({ksb.code: ksb.entries for ksb in coverage.ksbs})

    def body(self) -> ComposeResult:
        """Give one column."""
        yield Detail(*self._blocks())

    def _blocks(self) -> list[Block]:
        coverage = self.journal.progress.view.coverage
        return text.blocks(self._found, coverage, self.journal.discussing.checklist)

    def on_mount(self) -> None:
        """Say what it was, and follow an entry that is added."""
        kind = "Mock discussion" if self._found.mock else "Practice"
        self.query_one(TitleBar).show(kind, "how it went")
        self.shell.journal_changed.subscribe(self, lambda _: self._refill())

    def _refill(self) -> None:
        self.query_one(Detail).show(*self._blocks())
        self.show_keys()

    def action_entry(self) -> None:
        """Log an entry for the KSB that had none."""
        from ksbtui.screens.entry.form import EntryForm

        self.app.push_screen(EntryForm(preset={"ksbs": self.step[1]}))

    def action_save(self) -> None:
        """Show it as a text to copy or save."""
        from ksbtui.screens.shell.paste import PasteScreen

        coverage = self.journal.progress.view.coverage
        day = self.journal.as_at.isoformat()
        kind = "Mock discussion" if self._found.mock else "Practice"
        lines = text.plain_lines(self._found, coverage, self.journal.discussing.checklist)
        page = f"# {kind}, {day}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
        self.app.push_screen(PasteScreen(kind, page, f"practice-{day}.md"))
