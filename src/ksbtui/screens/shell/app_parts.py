"""What the app does beside its screens: leave without losing a word, keep the journal up, time."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from ksbtui.core.durations import parse_clock, say_minutes
from ksbtui.core.entry.timer import slept_minutes
from ksbtui.errors import Conflict, KsbtuiError
from ksbtui.presentation.parts import Row
from ksbtui.screens.shell.page import Page
from ksbtui.store.database.connection import damage_refusal

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Leaving:
    """A part of the app; every way out keeps open drafts first."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._unsaved = False

    def keep_drafts(self) -> None:
        for sheet in self._app.open_sheets:
            sheet.keep_draft()

    def leave(self) -> None:
        """Keep drafts, then leave; if a draft cannot be kept, ask for the key once more."""
        try:
            if not self._unsaved:
                self.keep_drafts()
        except KsbtuiError as error:
            self._unsaved = True
            hint = "Copy your text elsewhere; ctrl+q again leaves without it."
            self._app.refuse(KsbtuiError(error.message, hint))
            return
        self._app.exit(0)

    def listen_for_signals(self) -> None:
        """Leave in order when the terminal closes or the system asks (not on Windows)."""
        if self._app.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._leave_on, number)
                except NotImplementedError:
                    return

    def _leave_on(self, number: int) -> None:
        with self._app.guarded():
            self.keep_drafts()
        self._app.exit(128 + number, return_code=128 + number)


AFTER_SECONDS = 1.0
"""From the first paint, so that nothing competes with it."""
TOLD_SECONDS = 60.0


class Upkeep:
    """A part of the app; works in a thread, on a journal object of its own."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def start(self) -> None:
        if self._app.journal.course is not None:
            self._app.set_timer(AFTER_SECONDS, self._begin)

    def _begin(self) -> None:
        self._app.run_worker(self._keep_up, thread=True, exit_on_error=False, group="upkeep")

    def _keep_up(self) -> None:
        """Check first: a damaged file must not take a sound backup's place."""
        # deferred: loaded when its key is pressed: no part of the first paint
        from ksbtui.journal.journal import Journal

        own = Journal(self._app.journal.path, self._app.journal.clock)
        try:
            if not own.backup.damage():
                own.backup.daily()
                if news := own.versions.rules_to_tell():
                    self._app.call_from_thread(self._tell, news)
            else:
                self._app.call_from_thread(self._app.refuse, damage_refusal(own.path))
        except Exception as problem:
            error = own.refused(problem)
            if error is None:
                raise
            self._app.call_from_thread(self._app.refuse, error)
        finally:
            own.close()

    def _tell(self, text: str) -> None:
        self._app.notify(text, timeout=TOLD_SECONDS, markup=False)


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
        from ksbtui.widgets.forms.dialogs import Ask, Choose

        journal = self._app.journal
        timer = journal.timer.running
        if timer is None:
            title = "What are you doing?"
            text = "The timer keeps running when ksbtui is closed. You can add a title later."
            ask = Ask(title, lambda typed: " ".join(typed.split()), text=text)
            self._app.push_screen(ask, self._start)
            return
        now = journal.clock.now()
        minutes = say_minutes(max(0, timer.minutes(now)))
        why = timer.forgotten(now, journal.as_at) or self._slept
        rows = (
            Row("stop", "Keep all of it and log it" if why else "Stop and log it"),
            *((Row("end", "It ended earlier: enter when"),) if why else ()),
            Row("on", "Keep it running"),
            Row("drop", "Drop it without logging"),
        )
        about = f"{minutes} of {timer.title}" if timer.title else minutes
        about = f"{why} Did you forget it?" if why else about
        self._app.push_screen(Choose("The timer", rows, text=about), self._end)

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
                self._app.changed("Deleted the timer.")

    def _ask_end(self) -> None:
        from ksbtui.widgets.forms.dialogs import Ask

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
            self._app.refuse(Conflict(refusal.message, "Enter how long it took below."))
        self._app.push_screen(EntryForm(preset=preset, draft=timed(timer)), self._saved)
