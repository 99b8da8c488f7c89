"""Bring a file in: name it, see its columns, see what would happen, then say so."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import BindingType
from textual.widgets import Input

from ksbtui.core.exchange.imported import Reading, TableSeen
from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.imports import read_activities
from ksbtui.imports.source import Options, read_map, saved_columns
from ksbtui.journal.exchange.imports import Plan, source_name
from ksbtui.presentation.exchange import columns_seen, plan_told, refusals_told, welcome
from ksbtui.presentation.parts import MUTED, REFUSED, Block, Row
from ksbtui.screens.exchange.file_form import FileForm, say_and_do
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.keys import Command

_FIELDS = (
    ("path", "File", "its path; → accepts the suggestion"),
    ("sheet", "Sheet", "all that are shown"),
    ("table", "Table", "a number from below, to read only that one"),
    ("columns", "Columns", "found by their headings, or day=A,title=C,hours=G"),
    ("order", "Day order", "dmy, or mdy where the month comes first"),
    ("source", "Source", "what it is matched with, if not the file's name"),
    ("map", "Saved as", "a name to save these choices, or to use them again"),
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


def _has_refused(form: ImportLog) -> bool:
    reading = form._look.reading if form._look else None
    return bool(reading and reading.refused)


class ImportLog(FileForm):
    """Names a file and its columns, shows what importing it would do; answers True when done."""

    title_text = "Import a log, calendar or notes"
    question: ClassVar[str] = "What will be imported, and what does it change?"
    fields = _FIELDS
    scrolls = True
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

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._look: Look | None = None
        self._remove = False

    def entered(self, line: Input) -> None:
        if line.id == "path" and os.path.isdir(self.path):
            self.look(folder=True)
        self.focus_next()

    def forget(self) -> None:
        self._plan, self._look = None, None
        self.refresh_bindings()

    def look(self, folder: bool = False) -> None:
        """Look at the file in a thread, once its path names one; at a folder only if asked."""
        path = self.path
        if not self.value("path").strip("'\""):
            self.tell(*welcome())
            return
        is_folder = os.path.isdir(path)  # pathlib's own fails on a name that is too long
        if not os.path.exists(path) or (is_folder and not folder):
            words = "Enter reads the notes of this folder." if is_folder else "No such file."
            self.tell([(words, MUTED)])
            return
        try:
            options = self._options()
        except KsbtuiError as refusal:
            self._refused(refusal)
            return
        self.tell([("Reading …", MUTED)])
        self._read(path, options)

    def _options(self) -> Options:
        """What the form says, over what a saved map of that name says."""
        name = self.value("map")
        saved = self.journal.imports.map_of(name) if name in self.journal.imports.maps() else {}
        columns, order = (
            self.value("columns"),
            self.value("order").lower() or saved.get("order", ""),
        )
        if order not in ("", "dmy", "mdy"):
            raise NotFound(f"{order} is not a date order.", "Write dmy or mdy.")
        table = self.value("table")
        if table and not (table.isdecimal() and int(table)):
            raise NotFound(f"{table} is not the number of a table.", "Enter a number, such as 3.")
        journal = self.journal
        return Options(
            as_at=journal.as_at,
            table=int(table) if table else None,
            shape=tuple(saved.get("shape", ())),
            sheet=self.value("sheet") or saved.get("sheet", ""),
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
        if self.path != look.path:
            return
        self._look = look
        if look.reading is None:
            self._refused(look.refusal, self._tables(look))
        elif look.reading.refused:
            self.tell(*refusals_told(look.reading.refused), *self._tables(look))
        else:
            self._plan_it(look)
        self.refresh_bindings()

    def _plan_it(self, look: Look) -> None:
        assert look.reading is not None, "a plan follows a reading"
        named = self.value("source")
        name = named or source_name(look.path.stem if look.path.is_file() else look.path.name)
        try:
            self._plan = self.journal.imports.plan(
                look.reading, name, named=bool(named), remove_missing=self._remove
            )
        except KsbtuiError as refusal:
            self._refused(refusal)
            return
        assert self._plan is not None
        self.tell(*plan_told(self._plan), *self._tables(look))

    def _tables(self, look: Look) -> list[Block]:
        maps = {
            table.number: self.journal.imports.maps_for(table.shape)
            for table in look.tables
            if not self.value("map")
        }
        return columns_seen(look.tables, maps)

    def _refused(self, refusal: KsbtuiError | None, more: list[Block] | None = None) -> None:
        if refusal is not None:
            hint = refusal.hint
            for option, label in _IN_THE_FORM:
                hint = hint.replace(option, label)
            self.tell([(refusal.message, REFUSED)], [(hint, MUTED)], *(more or []))

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
        plan, self._plan = self._plan, None  # a second press imports nothing
        rows = number_of(len(plan.added) + len(plan.changed), "entry", "entries")
        say_and_do(self, f"Importing {rows} …", partial(bring_in, self, plan))


def bring_in(form: ImportLog, plan: Plan) -> None:
    """Write what a form has shown, and offer to tag what has no KSB."""
    name = form.value("map")
    path = form.value("path").strip("'\"")
    tables = form._look.tables if form._look else ()
    shape = next((table.shape for table in tables if table.mapped), ())
    maps = {name: form._options().as_map(shape)} if name else {}
    form.journal.imports.apply([plan], f"Imported {Path(path).name}", maps=maps)
    form.shell.changed(f"{len(plan.added):,} added, {len(plan.changed):,} changed.")
    form.dismiss(True)
    if plan.untagged:
        offer_walk(form.app, [entry.id for entry in plan.untagged])


def look_at(path: Path, options: Options) -> Look:
    """Read a file and its tables; a refusal is an answer too."""
    from ksbtui.imports.logs import NoLog  # deferred: the readers, once a file is named

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
    rows = (Row("walk", "Go through them now"), Row("later", "Later; Today will remind you"))
    app.push_screen(
        Choose(title, rows, text="They count as hours, but not towards coverage."), walk
    )
