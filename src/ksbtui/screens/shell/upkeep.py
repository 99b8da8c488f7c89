"""What the app does by itself after the first paint: check, back up, tell of newer rules."""

from __future__ import annotations

from typing import Any

from ksbtui.store.database.connection import damage_refusal

AFTER_SECONDS = 1.0
"""From the first paint, so that nothing competes with it."""
TOLD_SECONDS = 60.0


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
            if not own.backup.damage():
                own.backup.daily()
                if told := own.versions.rules_to_tell():
                    self._app.call_from_thread(self._tell, told)
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
