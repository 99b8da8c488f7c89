"""Bring a file in: name it, see its columns, see what would happen, then say so."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input

from ksbtui.core.exchange.imported import Reading, TableSeen
from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.imports.source import Options, read_map, saved_columns
from ksbtui.journal.exchange.imports import Plan, source_name
from ksbtui.presentation.exchange import columns_seen, plan_told, refusals_told, welcome
from ksbtui.presentation.parts import MUTED, REFUSED, Block, Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.store.files.paths import typed_path
from ksbtui.widgets.forms.dialogs import Choose, Field, line_input
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Detail

LOOK_SECONDS = 0.4
"""From the last key to the next look at the file."""

_FIELDS = (
    ("path", "File", "its path; → takes what is offered"),
    ("sheet", "Sheet", "all that are shown"),
    ("table", "Table", "a number from below, to read only that one"),
    ("columns", "Columns", "by their headings, or day=A,title=C,hours=G"),
    ("order", "Day order", "dmy, or mdy where the month comes first"),
    ("source", "Source", "what it is matched with, if not the file's name"),
    ("map", "Saved as", "a name to keep these choices under, or to use them again"),
)


_IN_THE_FORM = (
    ("--map ", "Columns: "),
    ("--table ", "Table: "),
    ("--date-order ", "Day order: "),
    ("--keep-going", "ctrl+l"),
)
"""Options that refusals name, as the fields and keys here that say the same."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the file gave: its activities and columns, or why it is refused."""

    path: Path
    reading: Reading | None = None
    tables: tuple[TableSeen, ...] = ()
    refusal: KsbtuiError | None = None


class PathSuggester(Suggester):
    """Offers the first file or folder whose path begins as typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return complete_path(value)


def complete_path(value: str) -> str | None:
    """The path that a typed beginning may mean, spelt as typed up to there."""
    folder, _, name = value.rpartition("/")
    place = typed_path(f"{folder}/" if "/" in value else ".")
    if not name:
        return None
    try:
        names = sorted(
            (entry.name, entry.is_dir())
            for entry in os.scandir(place)
            if entry.name.startswith(name)
        )
    except OSError:
        return None
    if not names:
        return None
    first, is_folder = names[0]
    return f"{value[: len(value) - len(name)]}{first}{'/' if is_folder else ''}"


def _has_refused(form: ImportLog) -> bool:
    reading = form._look.reading if form._look else None
    return bool(reading and reading.refused)


class ImportLog(Modal[bool]):
    """Names a file and its columns, shows what importing it would do; answers True when done."""

    CSS_PATH = "import_log.tcss"
    title_text = "Bring in a log, calendar or notes"
    question: ClassVar[str] = "What comes in, and what does it change?"
    types_text = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "import.bring-in",
            "ctrl+s",
            "bring in",
            "Import what is shown",
            priority=True,
            when=lambda form: form._plan is not None and form._plan.writes,
        ),
        Command(
            "import.leave-out",
            "ctrl+l",
            "leave out",
            "Leave unreadable rows out",
            priority=True,
            when=_has_refused,
        ),
        Command(
            "import.gone",
            "ctrl+r",
            "delete gone",
            "Delete, or keep, vanished rows",
            priority=True,
            when=lambda form: bool(form._plan and form._plan.missing),
        ),
        Command("import.page-down", "pagedown", action="page(1)"),
        Command("import.page-up", "pageup", action="page(-1)"),
    ]

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self._path = path
        self._plan: Plan | None = None
        self._look: Look | None = None
        self._remove = False
        self._waiting: Timer | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="asked"):
            for name, label, hint in _FIELDS:
                yield Field(
                    label, line_input(id=name, hint=hint, compact=True, select_on_focus=False)
                )
        yield Detail(*welcome(), id="told")

    def on_mount(self) -> None:
        path = self.query_one("#path", Input)
        path.suggester = PathSuggester()
        path.value = self._path
        path.focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._forget()
        if self._waiting:
            self._waiting.stop()
        self._waiting = self.set_timer(LOOK_SECONDS, self._look_again)

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        path = typed_path(self._value("path"))
        if event.input.id == "path" and os.path.isdir(path):
            self._look_again(folder=True)
        self.focus_next()

    def _forget(self) -> None:
        self._plan, self._look = None, None
        self.refresh_bindings()

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _look_again(self, folder: bool = False) -> None:
        """Look at the file in a thread, once its path names one; at a folder only if asked."""
        text = self._value("path").strip("'\"")
        path = typed_path(text)
        if not text:
            self._tell(*welcome())
            return
        is_folder = os.path.isdir(path)  # pathlib's own fails on a name that is too long
        if not os.path.exists(path) or (is_folder and not folder):
            words = "Enter reads the notes of this folder." if is_folder else "No such file."
            self._tell([(words, MUTED)])
            return
        try:
            options = self._options()
        except KsbtuiError as refusal:
            self._refused(refusal)
            return
        self._tell([("Reading …", MUTED)])
        self._read(path, options)

    def _options(self) -> Options:
        """What the form says, over what a saved map of that name says."""
        name = self._value("map")
        saved = self.journal.imports.map_of(name) if name in self.journal.imports.maps() else {}
        columns, order = (
            self._value("columns"),
            self._value("order").lower() or saved.get("order", ""),
        )
        if order not in ("", "dmy", "mdy"):
            raise NotFound(f"{order} is not an order of a day.", "Write dmy or mdy.")
        table = self._value("table")
        if table and not (table.isdecimal() and int(table)):
            raise NotFound(f"{table} is not the number of a table.", "Enter a number, such as 3.")
        journal = self.journal
        return Options(
            as_at=journal.as_at,
            table=int(table) if table else None,
            shape=tuple(saved.get("shape", ())),
            sheet=self._value("sheet") or saved.get("sheet", ""),
            header_row=saved.get("header_row"),
            columns={**saved_columns(saved), **(read_map(columns) if columns else {})},
            order=order,
            first=journal.enrolled.enrolment.start,
            last=journal.as_at,
        )

    @work(thread=True, exclusive=True)
    def _read(self, path: Path, options: Options) -> None:
        self.app.call_from_thread(self._show, look_at(path, options))

    def _show(self, look: Look) -> None:
        """Tell what a look gave, unless another file was named meanwhile."""
        if typed_path(self._value("path").strip("'\"")) != look.path:
            return
        self._look = look
        if look.reading is None:
            self._refused(look.refusal, self._tables(look))
        elif look.reading.refused:
            self._tell(*refusals_told(look.reading.refused), *self._tables(look))
        else:
            self._plan_it(look)
        self.refresh_bindings()

    def _plan_it(self, look: Look) -> None:
        assert look.reading is not None, "a plan follows a reading"
        named = self._value("source")
        name = named or source_name(look.path.stem if look.path.is_file() else look.path.name)
        try:
            self._plan = self.journal.imports.plan(
                look.reading, name, named=bool(named), remove_missing=self._remove
            )
        except KsbtuiError as refusal:
            self._refused(refusal)
            return
        assert self._plan is not None
        self._tell(*plan_told(self._plan), *self._tables(look))

    def _tables(self, look: Look) -> list[Block]:
        maps = {
            table.number: self.journal.imports.maps_for(table.shape)
            for table in look.tables
            if not self._value("map")
        }
        return columns_seen(look.tables, maps)

    def _refused(self, refusal: KsbtuiError | None, more: list[Block] | None = None) -> None:
        if refusal is not None:
            hint = refusal.hint
            for option, label in _IN_THE_FORM:
                hint = hint.replace(option, label)
            self._tell([(refusal.message, REFUSED)], [(hint, MUTED)], *(more or []))

    def _tell(self, *blocks: Block) -> None:
        self.query_one("#told", Detail).show(*blocks)

    def action_leave_out(self) -> None:
        if self._look and self._look.reading:
            reading = self._look.reading
            reading.skipped += reading.refused
            reading.refused = []
            self._show(self._look)

    def action_gone(self) -> None:
        if self._look:
            self._remove = not self._remove
            self._show(self._look)

    def action_bring_in(self) -> None:
        if self._plan is None:
            return
        plan, name = self._plan, self._value("map")
        path = self._value("path").strip("'\"")
        tables = self._look.tables if self._look else ()
        shape = next((table.shape for table in tables if table.mapped), ())
        maps = {name: self._options().kept(shape)} if name else {}
        self.journal.imports.apply([plan], f"Imported {Path(path).name}", maps=maps)
        self.shell.changed(f"{len(plan.added)} added, {len(plan.changed)} changed. u undoes it.")
        self.dismiss(True)
        if plan.untagged:
            offer_walk(self.app, [entry.id for entry in plan.untagged])

    def action_page(self, pages: int) -> None:
        page = self.query_one("#told", Detail)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)


def look_at(path: Path, options: Options) -> Look:
    """Read a file and its tables; a refusal is an answer too."""
    from ksbtui.imports import read_activities
    from ksbtui.imports.logs import NoLog

    try:
        reading, _ = read_activities(path, options)
    except NoLog as refusal:
        return Look(path, None, refusal.tables, refusal)
    except KsbtuiError as refusal:
        return Look(path, None, (), refusal)
    return Look(path, reading, tuple(reading.tables))


def offer_walk(app: App[Any], ids: list[str]) -> None:
    """Ask whether to walk through entries that name no KSB, now that they are in."""
    from ksbtui.screens.entry.untagged_walk import UntaggedWalk

    def walk(answer: str | None) -> None:
        if answer == "walk":
            app.push_screen(UntaggedWalk(ids))

    title = f"{number_of(len(ids), 'entry has', 'entries have')} no KSB"
    rows = (Row("walk", "Walk through them now"), Row("later", "Later; Today will offer it again"))
    app.push_screen(Choose(title, rows, text="They count, but show nothing of the standard."), walk)
