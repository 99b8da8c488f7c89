"""A section's label: bold, a hairline to the right edge, a muted total at its end."""

from __future__ import annotations

from rich.cells import cell_len

from ksbtui.widgets.frame.symbols import HAIRLINE
from ksbtui.widgets.text.drawing import Drawing
from ksbtui.widgets.text.styles import BOLD, HAIR, MUTED, PLAIN, Line, cut


def section_line(label: str, total: str, width: int, style: str = BOLD) -> Line:
    """Draw ``label ───── total`` in exactly ``width`` cells; the label gives way."""
    total = f" {total}" if total else ""
    label = cut(label, width - cell_len(total) - 2)
    hair = width - cell_len(label) - 1 - cell_len(total)
    return [(label, style), (" ", PLAIN), (HAIRLINE * max(0, hair), HAIR), (total, MUTED)]


class Section(Drawing):
    """One label line over what follows it."""

    def __init__(
        self,
        label: str,
        total: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._parts = (label, total)

    def show(self, label: str, total: str = "") -> None:
        """Set label and total."""
        if (label, total) != self._parts:
            self._parts = (label, total)
            self.redraw()

    def draw(self, width: int) -> list[Line]:
        """Draw the one line."""
        return [section_line(*self._parts, width)]
