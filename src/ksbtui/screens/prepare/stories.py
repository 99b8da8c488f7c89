"""Stories: written as situation, task, action, result, and told aloud."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from ksbtui.core.assessment.practice_session import SPEAKING_SECONDS, STAR, clock
from ksbtui.core.assessment.stories import PARTS, Story
from ksbtui.core.text.text import number_of
from ksbtui.presentation.entries import badge_of
from ksbtui.presentation.parts import BOLD, MUTED, OWED, PLAIN, Block, Head, Row
from ksbtui.screens.shell.modal import Part
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.text.blocks import RichText
from ksbtui.widgets.text.session import Checks, ClockFace

ASKED = {
    "situation": "Where were you, and what was the problem?",
    "task": "What was your job, and what were the limits?",
    "action": "What did you do, step by step, and why that way? I, not we.",
    "result": "What changed, in figures if you have them?",
    "learning": "What will you do differently in your next piece of work?",
}
NONE_YET = "No stories yet. Press n to write one, or f to start from an entry."
RECENT = 14
"""Entries offered to begin a story with."""


class StoriesScreen(Part):
    """Stories on the left, the one under the cursor whole on the right."""

    title_text = "Stories"
    question: ClassVar[str] = "Which story shows which KSBs?"
    columns = Columns(figure=4)
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("stories.choose", "enter", "edit", "Change the story"),
        Command("stories.new", "n", "new", "Write a story"),
        Command("stories.from-entry", "f", "from an entry", "Start from the text of an entry"),
        Command("stories.remove", "d", "remove", "Remove the story"),
        Command("app.undo", "u", "", "Undo the last change"),
    ]

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        bank = self.journal.stories
        picks = {pick.story.id: pick for pick in bank.few()}
        stories = {story.id: story for story in bank.all()}
        ordered = [*picks, *(id for id in stories if id not in picks)]
        without = bank.without()
        hidden: list[Block] = [[(words, MUTED)]] if (words := self.journal.privacy.notice) else []
        if not stories:
            return [*hidden, [(NONE_YET, MUTED)]], []
        rows = [_row(stories[id], len(picks[id].adds) if id in picks else 0) for id in ordered]
        if not without:
            return [*hidden, [("Every KSB has a story.", PLAIN)]], rows
        lacking = f"No story yet for {number_of(len(without), 'KSB')}: "
        return [*hidden, [(lacking, PLAIN), (" ".join(without), MUTED)]], rows

    def detail(self, key: str) -> Sequence[Block]:
        if not key:
            return [
                [
                    (
                        "A story has a situation, task, action and result, and what you learned.",
                        MUTED,
                    )
                ]
            ]
        story: Story = self.journal.stories.get(key)
        blocks: list[Block] = [[(story.title, BOLD)], [(" ".join(story.ksbs), MUTED)]]
        for name in PARTS:
            text = story.part(name)
            written: Block = [(text, PLAIN)] if text else [("not written yet", OWED)]
            blocks += [None, Head(name.capitalize()), written]
        return blocks

    def action_choose(self) -> None:
        if self.key:
            self._open(self.journal.stories.get(self.key))

    def action_new(self) -> None:
        self._open(Story("", "", ""))

    def action_from_entry(self) -> None:
        entries = [e for e in self.journal.entries.find(limit=4 * RECENT).entries if e.words]
        rows = [
            Row(e.id, e.title, " ".join(e.ksbs[:3]), badge=badge_of(e)) for e in entries[:RECENT]
        ]
        if not rows:
            self.shell.say("None of your entries says what you learned yet.")
            return

        def take(id: str | None) -> None:
            if id is not None:
                self._open(self.journal.stories.draft_from(id))

        self.app.push_screen(Choose("Which entry do you want to start from?", rows), take)

    def action_remove(self) -> None:
        if self.key:
            story = self.journal.stories.remove(self.key)
            self.shell.changed(f'Removed "{story.title}".')

    def _open(self, story: Story) -> None:
        bank = self.journal.stories

        def save(texts: dict[str, str]) -> str:
            fields: dict[str, Any] = {**texts, "ksbs": (texts["ksbs"],)}
            fields["private"] = texts["private"] == "yes"
            if story.id:
                bank.change(story.id, **fields)
            else:
                title = fields.pop("title")
                bank.add(title, entries=story.entries, **fields)
            return "Saved."

        values = {"title": story.title, "ksbs": " ".join(story.ksbs)}
        values |= {name: story.part(name) for name in PARTS}
        values["private"] = "yes" if story.private else "no"
        form = PlainForm(
            ":".join(("story", story.id or "new", *story.entries)),
            "Story",
            (
                FormField("title", "Title", hint="A title you will remember"),
                FormField("ksbs", "KSBs", hint="K4 S15, or ctrl+k"),
                FormField("private", "Private", choices=(("no", "No"), ("yes", "Yes"))),
                *(FormField(name, name.capitalize(), True, hint=ASKED[name]) for name in PARTS),
            ),
            values,
            save,
        )
        self.app.push_screen(form)


def _row(story: Story, adds: int) -> Row:
    codes = " ".join(story.ksbs)
    notes = [codes] if codes else []
    if story.missing:
        notes.append(f"still missing: {', '.join(story.missing)}")
    if story.private:
        notes.append("private: hidden in a call")
    figure = f"adds {adds}" if adds else ""
    return Row(story.id, story.title, figure, notes=tuple(notes), figure_style=MUTED)


HALF_MINUTE = 30


class Telling(Vertical):
    """The parts of a story, to tick while one tells it; hidden until asked for."""

    DEFAULT_CSS = "Telling { height: auto; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.quiet = False
        """Whether the large clock gives way to a line that changes twice a minute."""
        self.aloud = False
        self._voice: Any = None

    def compose(self) -> ComposeResult:
        yield RichText()
        yield Checks()

    def show_parts(self, checked: Collection[str]) -> None:
        told = [id for id, _ in STAR if id in checked]
        self.query_one(RichText).show(Head("Covered so far", f"{len(told)} of {len(STAR)}"))
        self.query_one(Checks).show(STAR, told)

    def turn(self) -> None:
        self.display = not self.display
        if self.display:
            self.query_one(Checks).focus()
        else:
            self.screen.set_focus(None)

    def show_time(self, face: ClockFace, line: RichText, seconds: int) -> None:
        """Show the large clock, or a quiet line against the aim."""
        face.display, line.display = not self.quiet, self.quiet
        if self.quiet:
            aim = f"Aim to speak for {SPEAKING_SECONDS // 60} minutes."
            gone = seconds - seconds % HALF_MINUTE
            past = " You are over that." if seconds > SPEAKING_SECONDS else ""
            line.show([(f"{aim}  About {clock(gone)} gone.{past}", MUTED)])

    def turn_voice(self) -> None:
        self.aloud = not self.aloud
        if not self.aloud and self._voice is not None:
            self._voice.stop()

    def read(self, text: str) -> None:
        """Read a question aloud, if that is wanted; where it fails it is off again."""
        if not self.aloud:
            return
        # deferred: only for those who want to hear it
        from ksbtui.store.files.programs import Voice

        self._voice = self._voice or Voice()
        try:
            self._voice.say(text)
        except Exception:
            self.aloud = False
            raise

    def on_unmount(self) -> None:
        if self._voice is not None:
            self._voice.stop()
