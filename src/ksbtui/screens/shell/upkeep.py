"""What the app does by itself after the first paint: check the file, keep a daily backup."""

from __future__ import annotations

from typing import Any

from ksbtui.errors import KsbtuiError

AFTER_SECONDS = 1.0
"""From the first paint, so that nothing competes with it."""
TOLD_SECONDS = 60.0

DAMAGED = KsbtuiError(
    "The journal file is damaged.",
    "Bring the newest backup back with: ksbtui restore (it asks first).",
)


class Upkeep:
    """A part of the app; works in a thread, on a journal object of its own."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def start(self) -> None:
        """Begin once the first screen stands."""
        if self._app.journal.course is not None:
            self._app.set_timer(AFTER_SECONDS, self._begin)

    def _begin(self) -> None:
        self._app.run_worker(self._keep_up, thread=True, exit_on_error=False, group="upkeep")

    def _keep_up(self) -> None:
        """Check first: a damaged file must not take a sound backup's place."""
        from ksbtui.journal.journal import Journal

        own = Journal(self._app.journal.path, self._app.journal.clock)
        try:
            if not own.backup.sound():
                self._app.call_from_thread(self._warn, DAMAGED)
            elif not own.is_demo:
                own.backup.daily()
        except KsbtuiError as error:
            self._app.call_from_thread(self._warn, error)
        finally:
            own.close()

    def _warn(self, error: KsbtuiError) -> None:
        self._app.messages.refuse(error, TOLD_SECONDS)
