"""Set-up: from nothing to a journal in a few questions, each with its likeliest answer chosen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import Input

from ksbtui.core.programme.standards import Standard
from ksbtui.errors import KsbtuiError
from ksbtui.journal.programme.setup_answers import END, HOURS, PRIOR, START, Reading, meaning
from ksbtui.presentation.parts import BOLD, MUTED, Block, Choice, Pair
from ksbtui.presentation.setup import (
    OTHER,
    QUESTIONS,
    Steps,
    next_steps,
    programme_choices,
    programme_means,
    standard_choices,
    start_means,
    summary,
    which_route,
)
from ksbtui.screens.setup.answers import (
    BEFORE_FIELDS,
    FIELDS,
    AnswerKeeper,
    RoutesScreen,
    ask_for_file,
)
from ksbtui.screens.shell.keys import PROGRAM, help_hint, shown_key
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.fields import EchoField
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command, Hint, Keys, own_commands
from ksbtui.widgets.lists.choices import Choices
from ksbtui.widgets.text.blocks import Detail, RichText

COUNTS = {4: "Four", 5: "Five", 6: "Six"}
READ_SECONDS = 0.15
"""From the last key to what it is read as."""
CHOOSING: Steps = ("standard", "option", "programme")


class SetupScreen(Modal[bool]):
    """Stands before the journal until there is one; answers True when it was made."""

    CSS_PATH = "setup.tcss"
    title_text = "ksbtui"
    question: ClassVar[str] = "What are you studying, and from when?"
    types_text = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.back", "escape", "", "Go back to the previous question", action="leave"),
        Command("setup.go-on", "enter", "", "Go to the next question"),
        Command(
            "setup.which",
            "w",
            "",
            "Which route fits you?",
            when=lambda screen: screen._step == "standard",
        ),
        Command(
            "setup.agreed",
            "ctrl+o",
            "",
            "Agreed hours, prior learning, last day",
            when=lambda screen: screen._step == "start",
        ),
        Command("setup.up", "up", action="app.focus_previous"),
        Command("setup.down", "down", action="app.focus_next"),
        Command("setup.page-down", "pagedown", action="page(1)"),
        Command("setup.page-up", "pageup", action="page(-1)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._kept = AnswerKeeper(self)
        self._step = "standard"
        self._resting: Timer | None = None

    def keep_draft(self) -> None:
        self._kept.keep()

    # What stands on the screen

    def body(self) -> ComposeResult:
        with Container(classes="measure"):
            yield RichText(None)
            yield Choices()
            with Container(id="fields"):
                for name, label in FIELDS.items():
                    yield EchoField(label, id=name)
            with Container(id="befores"):
                for name, label in BEFORE_FIELDS.items():
                    yield EchoField(label, id=name)
            yield EchoField("Your name", id="name")
            yield Detail(id="means", focusable=False)

    def on_mount(self) -> None:
        self.query_one(TitleBar).show("ksbtui", "", "stays on this computer · f2 easier to read")
        self._kept.load()
        for name in (*FIELDS, *BEFORE_FIELDS, "name"):
            self.query_one(f"#{name}", EchoField).input.value = getattr(self._kept.answers, name)
        self._ask("standard")

    def _ask(self, step: str) -> None:
        self._step = step
        steps, (question, words) = self._kept.steps, QUESTIONS[step]
        words = words.format(count=COUNTS[len(steps)])
        place = f"step {steps.index(step) + 1} of {len(steps)}"
        self.query_one(RichText).show(Pair([(question, BOLD)], [(place, MUTED)]), [(words, MUTED)])
        choosing = step in CHOOSING
        self.query_one(Choices).display = choosing
        self.query_one("#fields").display = step == "start"
        self.query_one("#befores").display = step == "before"
        self.query_one("#name").display = step == "name"
        self.set_class(choosing, "-choosing")
        if choosing:
            self._offer(step)
        elif step == "start":
            self._show_agreed(
                any(getattr(self._kept.answers, name) for name in (HOURS, PRIOR, END))
            )
            self.query_one("#start", EchoField).input.focus()
            self._read()
        elif step == "before":
            self.query_one("#before", EchoField).input.focus()
            self._read()
        else:
            self.query_one("#name", EchoField).input.focus()
            self._say_what_it_means()
        self.show_keys()

    def _offer(self, step: str) -> None:
        choices = self.query_one(Choices)
        if step == "standard":
            choices.show(
                standard_choices(self._kept.standards.values()), self._kept.answers.standard
            )
        elif step == "option":
            options = [Choice(option, option) for option in self._kept.standard.options]
            choices.show(options, self._kept.answers.option)
        else:
            offered = self.journal.enrolments.programmes(self._kept.standard)
            choices.show(programme_choices(offered), self._kept.answers.programme)
        choices.focus()
        self._say_what_it_means()

    @on(Choices.Highlighted)
    def _say_what_it_means(self) -> None:
        blocks: list[Block] = []
        if self._step == "standard":
            blocks = which_route()
            if not self.has_class("-short"):
                blocks += next_steps(self._kept.steps)
        elif self._step == "programme":
            reading = self._kept.reading(programme=self.query_one(Choices).key or "")
            if reading.made:
                blocks = programme_means(meaning(reading.made.course, self.journal.as_at))
        elif self._step == "name":
            reading = self._kept.reading()
            if reading.made:
                blocks = summary(reading.made.course, self.journal.path, self.journal.as_at)
        self.query_one("#means", Detail).show(*blocks)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        field = event.input.query_ancestor(EchoField)
        value = event.value.strip() or ("today" if field.id == START else "")
        changed = self._kept.change({str(field.id): value}, soon=True)
        if changed and self._step in ("start", "before"):
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(READ_SECONDS, self._read)

    def _read(self) -> Reading:
        reading = self._kept.reading()
        if HOURS in reading.refused:
            self._show_agreed(True)
        for name in (*FIELDS, *BEFORE_FIELDS):
            field = self.query_one(f"#{name}", EchoField)
            if name in reading.refused:
                field.refuse(reading.refused[name])
            else:
                field.say(reading.said.get(name, ""))
        means = start_means(reading.made, self.journal.as_at) if reading.made else []
        self.query_one("#means", Detail).show(*means)
        return reading

    def _show_agreed(self, shown: bool) -> None:
        self.query_one("#fields").set_class(shown, "-agreed")

    # Going on and back

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        if event.key == OTHER:
            self._import()
            return
        if self._kept.change({self._step: event.key}) and self._step == "standard":
            self._kept.change({"option": "", "programme": ""})
        self._turn(1)

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """Go on, if what is typed can be taken; else show the field that cannot."""
        if self._step in ("start", "before"):
            asked = FIELDS if self._step == "start" else BEFORE_FIELDS
            refused = self._read().refused.keys() & asked.keys()
            if refused:
                first = next(name for name in asked if name in refused)
                self.query_one(f"#{first}", EchoField).input.focus()
                return
            self._turn(1)
        elif self._step == "name":
            self._finish()

    def _turn(self, by: int) -> None:
        steps = self._kept.steps
        self._ask(steps[steps.index(self._step) + by])

    def action_leave(self) -> None:
        """Go back to the question before; from the first one, to the journal if there is one."""
        if self._step != self._kept.steps[0]:
            self._turn(-1)
        elif self.journal.course is not None:
            self.dismiss(None)
        else:
            self.shell.say("This is the first question. ctrl+q leaves; your answers are kept.")

    def _finish(self) -> None:
        reading = self._kept.reading()
        if reading.agreed is None or reading.made is None:
            self._ask("start")
            return
        if reading.refused:
            self._ask("before")
            return
        with self.shell.guarded():
            self.journal.enrolments.set_up(reading.agreed)
            self._kept.finish()
            self.shell.changed("You are set up. Press a for your first activity.", undo=False)
            self.dismiss(True)

    # Keys of this step only

    def action_agreed(self) -> None:
        """Show the fields of what was agreed otherwise; hide them again while empty."""
        shown = self.query_one("#fields").has_class("-agreed")
        typed = any(getattr(self._kept.answers, name) for name in (HOURS, PRIOR, END))
        self._show_agreed(not shown or typed)
        self.query_one(f"#{START if shown and not typed else HOURS}", EchoField).input.focus()

    def action_page(self, pages: int) -> None:
        means = self.query_one("#means", Detail)
        means.scroll_relative(y=pages * max(1, means.size.height - 1), animate=False)

    def action_which(self) -> None:
        """Explain the routes; choosing one there puts the cursor on its standard."""
        self.app.push_screen(RoutesScreen(), self._route_found)

    def _route_found(self, ref: str | None) -> None:
        choices = standard_choices(self._kept.standards.values())
        keys = [choice.key for choice in choices if ref and f"{choice.key}-".startswith(f"{ref}-")]
        if keys:
            self.query_one(Choices).show(choices, keys[0])
        self.show_keys()

    def _import(self) -> None:
        self.app.push_screen(ask_for_file(), self._imported)

    def _imported(self, standard: Standard | None) -> None:
        if standard is None:
            return
        try:
            standard = self.journal.standards.keep(self.journal.standards.incoming(standard))
        except KsbtuiError as error:
            self.shell.refuse(error)
            return
        self._kept.look_again()
        self._kept.change({"standard": standard.id, "option": "", "programme": ""})
        self._ask("standard")

    def show_keys(self) -> None:
        if not self.is_current:
            return
        keymap, plain = self.shell.keymap, self.shell.plain
        keys = {
            command.id: shown_key(command, keymap, plain)
            for command in (*own_commands(type(self)), *PROGRAM)
        }
        hints: list[Hint] = [("↑ ↓", "choose")] if self._step in CHOOSING else []
        hints.append(
            (keys["setup.go-on"], "make the journal" if self._step == "name" else "continue")
        )
        if self._step == "standard":
            hints.append((keys["setup.which"], "which one?"))
        elif self._step == "start":
            hints.append((keys["setup.agreed"], "agreed hours"))
        if self._step != self._kept.steps[0]:
            hints.append((keys["app.back"], "back"))
        hints.append((keys["app.leave"], "leave"))
        typed = self._step not in CHOOSING
        self.query_one(Keys).show(hints, help_hint(self.shell, typed=typed))
