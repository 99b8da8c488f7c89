"""The title row of a full-screen form: what this is on the left, its state on the right."""

from __future__ import annotations

from ksbtui.widgets.frame.tabs import WIDE
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line, spread


class TitleBar(Drawing):
    """Stands where the tab bar stands, in screens that hide the navigation."""

    def __init__(self, title: str, about: str = "", state: str = "") -> None:
        super().__init__()
        self._parts = (title, about, state)

    def show(self, title: str, about: str = "", state: str = "") -> None:
        """Set the title, a muted word beside it, and the state at the right edge."""
        if (title, about, state) != self._parts:
            self._parts = (title, about, state)
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the one line."""
        title, about, state = self._parts
        margin = " " * (3 if width >= WIDE else 2)
        left: Line = [(margin, PLAIN), (title, BOLD), (f"  {about}" if about else "", MUTED)]
        return [spread(left, [(state, MUTED), (margin, PLAIN)], width)]
