"""The caseload: a list of learners, without a journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Input

from ksbtui.core.caseload.caseload import SORTS, Case, cohort, ordered
from ksbtui.errors import KsbtuiError
from ksbtui.journal.caseload.reading import Caseload
from ksbtui.presentation import caseload as words
from ksbtui.presentation.parts import BOLD, MUTED, Group, Line, Pair
from ksbtui.screens.shell.base import ShellApp
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import fit
from ksbtui.settings import Settings
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.text.blocks import Detail, RichText, TopLine

ALERTS_WIDTH = 5
"""Cells of the mark and the number of alerts, at the right of a row."""


class CohortPage(Modal[None]):
    """What the whole group has in common."""

    title_text = "Cohort"
    question: ClassVar[str] = "What does the whole group need?"
    CSS_PATH = "caseload.tcss"

    def __init__(self, cases: tuple[Case, ...], caseload: Caseload) -> None:
        super().__init__()
        self._cohort = cohort(cases, caseload.as_at)

    def body(self) -> ComposeResult:
        yield Detail(*words.cohort_blocks(self._cohort))


class CaseloadScreen(Modal[None]):
    """A list of learners, those who need the tutor first."""

    title_text = "Caseload"
    question: ClassVar[str] = "Who needs me?"
    CSS_PATH = "caseload.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("caseload.open", "enter", "open", "Open the learner's journal"),
        Command("caseload.call", "t", "start call", "Open it and start a call"),
        Command("caseload.sort", "s", "sort", "Sort by the next column"),
        Command("caseload.filter", "slash", "filter", "Show only rows that contain some words"),
        Command("caseload.cohort", "c", "cohort", "Show the whole group"),
        Command("caseload.refresh", "r", "read again", "Read the files again"),
        Command("caseload.full", "space", "more", "Show the whole row"),
    ]

    def __init__(self, load: Callable[[], Caseload], first: Caseload, at: str = "") -> None:
        super().__init__()
        self._load = load
        self._found = first
        self._cases: tuple[Case, ...] = ()
        self._sort = next(iter(SORTS))
        self._at = at

    def body(self) -> ComposeResult:
        yield TopLine(id="caseload-head")
        yield Input(id="filter", placeholder="words in a name or an alert")
        with Container(classes="columns"):
            with Container(classes="main"):
                yield RichText(id="headers")
                yield LongRows(columns=Columns(figure=2), id="learners", classes="tall")
            yield Detail(id="one", focusable=False)

    def on_mount(self) -> None:
        self.query_one("#filter", Input).display = False
        self.query_one(LongRows).focus()
        self._fill(self._at)

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        self.call_after_refresh(self._fill)

    @property
    def case(self) -> Case | None:
        key = self.query_one(LongRows).key
        return next((case for case in self._cases if case.key == key), None)

    def _fill(self, at: str = "") -> None:
        rows = self.query_one(LongRows)
        self._cases = ordered(self._found.cases, self._sort, self.query_one("#filter", Input).value)
        width = rows.size.width or self.app.size.width
        cells = words.list_cells(None, width)
        rows.columns = Columns(tags=len(cells), figure=2)
        places = {case.key: place for place, case in enumerate(self._cases)}
        rows.show(
            [Group("", "", len(self._cases))],
            lambda offset, limit: [
                words.list_row(case, width) for case in self._cases[offset : offset + limit]
            ],
            places.get,
            at or None,
        )
        left: Line = [(words.summary(self._cases), BOLD)]
        self.query_one("#caseload-head", TopLine).show([left], [[(f"by {self._sort}", MUTED)]])
        right: Line = [(cells + " " * ALERTS_WIDTH, MUTED)]
        self.query_one("#headers", RichText).show(Pair([(" Learner", MUTED)], right))
        self._show_one()

    @on(LongRows.Highlighted)
    def _show_one(self) -> None:
        case = self.case
        self.query_one("#one", Detail).show(*(words.detail(case) if case else ["No rows match."]))

    @on(LongRows.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._fill()

    @on(Input.Submitted, "#filter")
    def _to_the_list(self) -> None:
        self.query_one(LongRows).focus()

    # Keys

    def action_open(self) -> None:
        self._end_with(call=False)

    def action_call(self) -> None:
        self._end_with(call=True)

    def _end_with(self, *, call: bool) -> None:
        case = self.case
        if case is None:
            return
        if case.learner is None or not case.path:
            self.shell.say(case.problem or "There is no file to open.")
            return
        self.app.choose(case.key, case.path, call)

    def action_sort(self) -> None:
        names = list(SORTS)
        self._sort = names[(names.index(self._sort) + 1) % len(names)]
        self._fill()

    def action_filter(self) -> None:
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    def action_cohort(self) -> None:
        self.app.push_screen(CohortPage(self._cases, self._found))

    def action_full(self) -> None:
        full = not self.has_class("-full")
        self.set_class(full, "-full")
        detail = self.query_one("#one", Detail)
        detail.can_focus = full
        self.set_focus(detail if full else self.query_one(LongRows))
        self.call_after_refresh(self._fill)

    def action_leave(self) -> None:
        field = self.query_one("#filter", Input)
        if self.has_class("-full"):
            self.action_full()
        elif field.display:
            field.value = ""
            field.display = False
            self.query_one(LongRows).focus()
        else:
            self.app.exit(0)

    @work(thread=True, exclusive=True)
    def action_refresh(self) -> None:
        try:
            caseload = self._load()
        except KsbtuiError as problem:
            self.app.call_from_thread(self.shell.refuse, problem)
            return
        self.app.call_from_thread(self._read, caseload)

    def _read(self, caseload: Caseload) -> None:
        self._found = caseload
        self._fill()
        self.shell.say(f"Read the files again: {caseload.read} new or changed.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The learner to open, and whether to begin a call with them."""

    key: str
    path: str
    call: bool = False


class CaseloadApp(ShellApp):
    """Shows one caseload; ``chosen`` is whom to open next, None after leaving."""

    CSS_PATH = "../../ksbtui.tcss"

    def __init__(
        self, load: Callable[[], Caseload], first: Caseload, settings: Settings | None = None
    ) -> None:
        super().__init__(settings)
        self.load = load
        self.first = first
        self.places: tuple[Any, ...] = ()
        self.sheets: dict[str, Any] = {}
        self.chosen: Chosen | None = None
        self.at = ""
        """The row to begin at."""

    def on_mount(self) -> None:
        self.push_screen(CaseloadScreen(self.load, self.first, self.at))

    def choose(self, key: str, path: str, call: bool) -> None:
        self.chosen = Chosen(key, path, call)
        self.exit(0)
