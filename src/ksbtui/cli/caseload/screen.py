"""The caseload on the screen, and the learners opened from it, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ksbtui.cli.context import Context
from ksbtui.journal.caseload.reading import Caseload
from ksbtui.screens.caseload.app import CaseloadApp, Chosen


def show_list(load: Callable[[], Caseload], first: Caseload, context: Context) -> int:
    """Show a list until the tutor leaves; learners open in the whole app in between."""
    at = ""
    while True:
        app = CaseloadApp(load, first)
        app.at = at
        code = app.run() or 0
        if app.chosen is None:
            return code
        at = app.chosen.key
        _open(app.chosen, context)
        first = load()


def _open(chosen: Chosen, context: Context) -> None:
    from ksbtui.app import run_app
    from ksbtui.cli.exchange.handover import journal_of, open_file

    journal = journal_of(open_file(Path(chosen.path), context))
    if chosen.call and journal.calls.underway is None:
        journal.calls.start()
    try:
        run_app(journal, "7" if chosen.call else "1")
    finally:
        journal.close()
