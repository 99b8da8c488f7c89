"""Coming back to an old reflection: the form for the answer, linked once it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ksbtui.core.entry.revisit import QUESTION


def come_back(app: Any, saved: Callable[[str | None], None]) -> None:
    """Open the form for what one would do now; ``saved`` is told the id, or None."""
    from ksbtui.screens.entry.form import EntryForm

    revisits = app.journal.revisits
    offer = revisits.offer()
    if offer is None:
        app.say("No reflection is two months old yet.")
        return

    def keep(id: str | None) -> None:
        if id is not None:
            with app.guarded():
                revisits.link(offer.entry.id, id)
                app.changed()
        saved(id)

    app.push_screen(EntryForm(preset=revisits.preset(offer.entry)), keep)
    app.say(f"{offer.text} {QUESTION}")
