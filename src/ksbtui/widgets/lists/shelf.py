"""A short list among others: past its ends the arrows go on to the next region."""

from __future__ import annotations

from ksbtui.widgets.lists.rows import Rows


class Shelf(Rows):
    """Rows whose first and last row lead on, so that arrows reach every region."""

    def action_step(self, by: int) -> None:
        """Go to the next row, or to the next region."""
        before = self.cursor
        super().action_step(by)
        if self.cursor != before:
            return
        if by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()
