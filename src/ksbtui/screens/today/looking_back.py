"""The row of Today that offers an old reflection to come back to."""

from __future__ import annotations

from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.revisit import MINUTES, QUESTION, Offer
from ksbtui.presentation.parts import MUTED, Row


def look_back(offer: Offer) -> Row:
    """An old reflection to come back to, as the last of the steps."""
    minutes = say_minutes(MINUTES)
    notes = (f'"{offer.quote}"',)
    return Row(
        "revisit",
        f"{offer.ago} you wrote this. {QUESTION}",
        minutes,
        notes=notes,
        note_figure=" ".join(offer.entry.ksbs[:4]),
        figure_style=MUTED,
    )
