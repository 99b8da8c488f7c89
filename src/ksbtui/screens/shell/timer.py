"""The timer key, which works on every screen of the tab bar: start, stop and log, or drop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.timer import slept_minutes
from ksbtui.errors import Conflict
from ksbtui.presentation.parts import Row
from ksbtui.screens.shell.page import Page


class TimerKey:
    """A part of the app; ``saved`` is told the id of an entry that was logged, or None."""

    def __init__(self, app: Any, saved: Callable[[str | None], None]) -> None:
        self._app, self._saved = app, saved
        self._seen = ""
        self._slept = ""

    def look(self) -> None:
        """Notice, once a second, that the computer slept while the timer ran, and ask about it."""
        before, self._seen = self._seen, self._app.journal.clock.now()
        slept = slept_minutes(before, self._seen) if before else 0
        if slept and self._app.journal.timer.running is not None:
            self._slept = f"The computer slept for {say_minutes(slept)} while the timer ran."
            if isinstance(self._app.screen, Page):
                self.press()

    def press(self) -> None:
        """Start the timer on what is asked for; stop or drop the one that runs."""
        from ksbtui.widgets.forms.ask import Ask
        from ksbtui.widgets.forms.choose import Choose

        journal = self._app.journal
        timer = journal.timer.running
        if timer is None:
            title = "What are you starting?"
            text = "The timer runs on when ksbtui is closed. A title can wait."
            ask = Ask(title, lambda typed: " ".join(typed.split()), text=text)
            self._app.push_screen(ask, self._start)
            return
        now = journal.clock.now()
        minutes = say_minutes(max(0, timer.minutes(now)))
        why = timer.forgotten(now, journal.as_at) or self._slept
        rows = (
            Row("stop", "Keep all of it and log it" if why else "Stop and log it"),
            *((Row("end", "It ended earlier: say when"),) if why else ()),
            Row("on", "Let it run on"),
            Row("drop", "Drop it without logging"),
        )
        said = f"{minutes} of {timer.title}" if timer.title else minutes
        said = f"{why} Was it forgotten?" if why else said
        self._app.push_screen(Choose("The timer", rows, text=said), self._end)

    def _start(self, title: str | None) -> None:
        if title is None:
            return
        with self._app.guarded():
            self._app.journal.timer.start(title)
            self._app.changed()  # the line below the tabs shows that it runs

    def _end(self, answer: str | None) -> None:
        self._slept = ""
        if answer == "stop":
            self._log()
        elif answer == "end":
            self._ask_end()
        elif answer == "drop":
            with self._app.guarded():
                self._app.journal.timer.cancel()
                self._app.changed()
                self._app.say("Dropped the timer. u brings it back.")

    def _ask_end(self) -> None:
        from ksbtui.core.durations import parse_clock
        from ksbtui.widgets.forms.ask import Ask

        timer = self._app.journal.timer.running
        if timer is not None:
            ask = Ask(
                "When did it end?",
                lambda text: timer.minutes_until(*parse_clock(text)),
                text="A time such as 12:30.",
                echo=say_minutes,
            )
            self._app.push_screen(ask, self._ended)

    def _ended(self, minutes: int | None) -> None:
        if minutes is not None:
            self._log(minutes)

    def _log(self, minutes: int = 0) -> None:
        """Open the form with what was timed; the timer runs until that is saved.

        ``minutes`` are those that the person said it took; 0 leaves it to the timer.
        """
        from ksbtui.screens.entry.form import EntryForm, timed

        journal = self._app.journal
        timer = journal.timer.running
        if timer is None:
            return
        preset = {"title": timer.title, "day": timer.day.isoformat(), "time": ""}
        try:
            minutes = minutes or timer.checked_minutes(journal.clock.now())
            preset["time"] = f"{minutes // 60}h{minutes % 60:02d}"
        except Conflict as refusal:
            self._app.refuse(Conflict(refusal.message, "Say below how long it took."))
        self._app.push_screen(EntryForm(preset=preset, draft=timed(timer)), self._saved)
