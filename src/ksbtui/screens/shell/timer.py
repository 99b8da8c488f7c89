"""The keys of the daily loop, on Today and in the Journal: the timer and the week walk."""

from __future__ import annotations

from ksbtui.core.durations import say_minutes
from ksbtui.errors import Conflict
from ksbtui.screens.shell.page import Page
from ksbtui.screens.today.timer_line import TimerLine
from ksbtui.widgets.frame.command import Command

WEEK_KEY = Command("app.week", "w", "week walk", "Go through the week day by day", action="walk")
TIMER_KEY = Command(
    "app.timer", "r", "timer", "Start the timer, or stop it and log", action="timer"
)


class DailyKeys(Page):
    """A place from which the timer is run and the week is walked."""

    def sync(self) -> None:
        """Refresh if stale; the timer is no figure, so it is looked at by itself."""
        before = self._seen
        super().sync()
        if self._seen != before:
            for line in self.query(TimerLine):
                line.follow(self.journal)

    def action_walk(self) -> None:
        """Walk this week."""
        from ksbtui.screens.today.week_walk import WeekWalk

        self.app.push_screen(WeekWalk())

    def action_timer(self) -> None:
        """Start the timer on what is asked for; stop or drop the one that runs."""
        from ksbtui.presentation.parts import Row
        from ksbtui.widgets.forms.ask import Ask
        from ksbtui.widgets.forms.choose import Choose

        timer = self.journal.timer.running
        if timer is None:
            title = "What are you starting?"
            text = "The timer runs on when ksbtui is closed. A title can wait."
            ask = Ask(title, lambda typed: " ".join(typed.split()), text=text)
            self.app.push_screen(ask, self._start)
            return
        minutes = say_minutes(max(0, timer.minutes(self.journal.clock.now())))
        rows = (
            Row("stop", "Stop and log it"),
            Row("on", "Let it run on"),
            Row("drop", "Drop it without logging"),
        )
        said = f"{minutes} of {timer.title}" if timer.title else minutes
        self.app.push_screen(Choose("The timer", rows, text=said), self._end)

    def _start(self, title: str | None) -> None:
        if title is None:
            return
        with self.shell.guarded():
            self.journal.timer.start(title)
            self.shell.changed()
            self.shell.say("The timer runs. r stops it.")

    def _end(self, answer: str | None) -> None:
        if answer == "stop":
            self._log()
        elif answer == "drop":
            with self.shell.guarded():
                self.journal.timer.cancel()
                self.shell.changed()
                self.shell.say("Dropped the timer. u brings it back.")

    def _log(self) -> None:
        """Open the form with what was timed; the timer runs until that is saved."""
        from ksbtui.screens.entry.form import EntryForm, timed

        timer = self.journal.timer.running
        if timer is None:
            return
        preset = {"title": timer.title, "day": timer.day.isoformat(), "time": ""}
        try:
            minutes = timer.checked_minutes(self.journal.clock.now())
            preset["time"] = f"{minutes // 60}h{minutes % 60:02d}"
        except Conflict as refusal:
            self.shell.refuse(Conflict(refusal.message, "Say below how long it took."))
        self.app.push_screen(EntryForm(preset=preset, draft=timed(timer)), self._saved)

    def _saved(self, id: str | None) -> None:
        """Show an entry that was just saved."""
