"""The KSB picker: find a KSB by code or by a word of its statement, and tag it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widgets import Input

from ksbtui.core.coverage.coverage import KsbState
from ksbtui.core.coverage.suggestions import Suggestion, matches
from ksbtui.core.programme.standards import code_key
from ksbtui.presentation.entry_form import quoted_phrases
from ksbtui.presentation.parts import CHOSEN_BOX, FREE_BOX, MUTED, STATES, Head, Row
from ksbtui.widgets.forms.dialogs import line_input
from ksbtui.widgets.frame.keys import Command, Keys, dismiss_once
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Filters, Rows
from ksbtui.widgets.text.blocks import Detail

FILTERS = ("all", "my gaps", "this module", "suggested", "chosen")
SUGGESTED = 10
"""How many KSBs a text may suggest here; the form itself shows five."""
LONGEST = 20_000
"""Characters of a text that are read for suggestions."""


class KsbPicker(ModalScreen[tuple[str, ...] | None]):
    """Answers with the codes chosen, in order, or None when left as it was.

    ``text`` is what the suggestions are made from (of the entry ``entry_id``, if saved).
    """

    CSS_PATH = "ksb_picker.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.back", "escape", "leave unchanged", action="leave"),
        Command("picker.tag", "space", "tag", priority=True),
        Command("picker.filter", "tab", "filter", action="filter(1)", priority=True),
        Command("picker.filter-back", "shift+tab", action="filter(-1)", priority=True),
        Command("picker.down", "down", action="step(1)", priority=True),
        Command("picker.up", "up", action="step(-1)", priority=True),
        Command("picker.page-down", "pagedown", action="leap(1)", priority=True),
        Command("picker.page-up", "pageup", action="leap(-1)", priority=True),
        Command("picker.done", "ctrl+s", "", "done", priority=True),
    ]
    dismiss = dismiss_once

    def __init__(self, chosen: Sequence[str], text: str = "", entry_id: str = "") -> None:
        super().__init__()
        self._chosen = set(chosen)
        self._text, self._entry_id = text, entry_id
        self._suggested: tuple[Suggestion, ...] | None = None
        self._filter = 0

    def compose(self) -> ComposeResult:
        with Container(id="box"):
            yield line_input(hint="a code or a word", compact=True, select_on_focus=False)
            yield Filters()
            yield Rows(columns=Columns(lead=22, figure=0))
            yield Detail(focusable=False)
            yield Keys()

    def on_mount(self) -> None:
        self.query_one(Rows).can_focus = False
        keys = [("space", "tag"), ("↵", "done"), ("tab", "next filter"), ("esc", "leave unchanged")]
        self.query_one(Keys).show(keys, ("", ""))
        self.list_matches()

    @property
    def journal(self) -> Any:
        return cast(Any, self.app).journal

    def list_matches(self, *, to_first: bool = False) -> None:
        """Fill the list with what fits the search and the filter.

        ``to_first`` puts the cursor on the best match, else it stays on its KSB.
        """
        view = self.journal.progress.view
        query = self.query_one(Input).value
        shown = [match for match in matches(view.coverage.ksbs, query) if self._fits(match.ksb)]
        if FILTERS[self._filter] == "suggested" and not query.strip():
            order = [suggestion.code for suggestion in self._from_text()]
            shown.sort(key=lambda match: order.index(match.ksb.code))
        rows = [self._row(match.ksb, match.snippet, match.spans) for match in shown]
        self.query_one(Rows).show(rows, rows[0].key if rows and to_first else None)
        total = f"{len(rows)} of {view.coverage.total}"
        self.query_one(Filters).show(FILTERS, self._filter, total)
        self._show_statement()

    def _fits(self, ksb: KsbState) -> bool:
        name = FILTERS[self._filter]
        if name == "my gaps":
            return ksb.gap
        if name == "this module":
            module = self.journal.progress.view.timeline.module
            return module is not None and ksb.code in module.ksbs
        if name == "suggested":
            return any(suggestion.code == ksb.code for suggestion in self._from_text())
        return name == "all" or ksb.code in self._chosen

    def _from_text(self) -> tuple[Suggestion, ...]:
        if self._suggested is None:
            suggest = self.journal.suggesting.suggest
            suggestions = suggest(self._text[:LONGEST], SUGGESTED, entry_id=self._entry_id)
            self._suggested = tuple(suggestions) if self._text else ()
        return self._suggested

    def _row(self, ksb: KsbState, snippet: str, spans: tuple[tuple[int, int], ...]) -> Row:
        box = CHOSEN_BOX if ksb.code in self._chosen else FREE_BOX
        lead = f"{box} {ksb.code:<4} {STATES[ksb.state]} {ksb.state:<10}"
        return Row(ksb.code, snippet, lead=lead, found=spans, fresh=ksb.code in self._chosen)

    @on(Input.Changed)
    def _search(self) -> None:
        self.list_matches(to_first=True)

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.action_done()

    @on(Rows.Highlighted)
    def _moved(self) -> None:
        self._show_statement()

    @on(Rows.Chosen)
    def _clicked(self) -> None:
        self.action_tag()

    def _show_statement(self) -> None:
        key = self.query_one(Rows).key
        ksb = self.journal.progress.view.coverage.ksb(key) if key else None
        detail = self.query_one(Detail)
        if ksb is None:
            none = "No KSB matches. Try another word, or press tab for another filter."
            if FILTERS[self._filter] == "suggested" and not self._from_text():
                none = "No suggestions yet. Write what you did and what you learned."
            detail.show([(none, MUTED)])
            return
        why = next(
            (suggestion for suggestion in self._suggested or () if suggestion.code == ksb.code),
            None,
        )
        phrases = quoted_phrases(why) if why else ""
        state = f"{STATES[ksb.state]} {ksb.state}"
        detail.show(
            Head(f"{ksb.code} {ksb.name}", state),
            [(ksb.statement, "")],
            [(f"{why.band}: {phrases}" if why and phrases else ksb.plain, MUTED)],
        )

    def action_tag(self) -> None:
        key = self.query_one(Rows).key
        if key:
            self._chosen ^= {key}
            self.list_matches()

    def action_filter(self, by: int) -> None:
        self._filter = (self._filter + by) % len(FILTERS)
        self.list_matches()

    def action_step(self, by: int) -> None:
        self.query_one(Rows).action_step(by)

    def action_leap(self, by: int) -> None:
        self.query_one(Rows).action_leap(by)

    def action_done(self) -> None:
        """Answer with the codes chosen; a code typed whole is chosen by it."""
        key = self.query_one(Rows).key
        if key and self.query_one(Input).value.strip().upper() == key:
            self._chosen.add(key)
        self.dismiss(tuple(sorted(self._chosen, key=code_key)))

    def action_leave(self) -> None:
        self.dismiss(None)
