"""Reflecting: templates to write under, and hints on what was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ksbtui.core.days import line_day
from ksbtui.core.text.reflections import Hint, Template, begun, hints
from ksbtui.journal.context import Context
from ksbtui.journal.entry.derive import headings, words
from ksbtui.store.database import rows

if TYPE_CHECKING:
    from ksbtui.store.seed.seeds import Found

COMPARED = 300
"""Newest entries that a text is compared with, to notice a copy."""


class Reflecting:
    """Templates and hints of a journal."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def templates(self) -> Found[Template]:
        """Offer every template, shipped and own, and name the broken ones."""
        from ksbtui.store.seed import seeds

        return seeds.reflections()

    def template(self, id: str) -> Template:
        """Find a template by id; refuses a broken or unknown one."""
        from ksbtui.store.seed import seeds

        return seeds.find(self.templates(), id.strip().lower(), "reflection template")

    def begun(self, text: str, template: Template) -> str:
        """A text with the template's headings to write under."""
        return begun(text, template)

    def words(self, text: str) -> int:
        """The words of what was learned as they are kept with an entry: without headings."""
        return words(text)

    def hints(self, text: str, entry_id: str = "") -> tuple[Hint, ...]:
        """What a reader would miss in a text (of the entry named, which is not compared)."""
        known = headings() if "\n" in text else ()
        return hints(text, self._others(entry_id), known)

    def _others(self, entry_id: str) -> Iterator[tuple[str, str]]:
        if not self._context.exists:
            return
        with self._context.store.guarded() as connection:
            found = rows.learned(connection, COMPARED)
        for id, day, title, text in found:
            if id != entry_id:
                short = title if len(title) <= 40 else title[:39] + "…"
                yield f'"{short}" of {line_day(day)}', text
