"""Where a row of Today leads: a step to its form, an alert to its screen, a draft to the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksbtui.core.days import parse_day
from ksbtui.core.durations import parse_hours
from ksbtui.core.programme.programmes import Opening
from ksbtui.presentation import today as words
from ksbtui.presentation.parts import Row
from ksbtui.screens import form
from ksbtui.screens.shell.page import ShowsEntries

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View
    from ksbtui.screens.shell.page import Page


class Ways:
    """A part of Today; forms are answered to the page, which shows what was saved."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def show_entry(self, id: str, text: str = "") -> None:
        await self._visit("Journal", text)
        screen = self._page.app.screen
        if isinstance(screen, ShowsEntries):
            screen.show_entry(id)

    async def take_step(self, key: str) -> None:
        if key == "add":
            self._add()
            return
        if key in ("earlier", "revisit"):
            start = self._earlier if key == "earlier" else self._revisit
            start()
            return
        step = self._view.next_steps[int(key)]
        if step.kind == "draft":
            self._open_draft(step.entry)
        elif step.kind == "submit":
            self._copy_over()
        elif step.kind == "untagged":
            self._tag()
        elif step.entry:
            self._edit(step.entry)
        elif step.kind == "action":
            await self._visit("Coach", step.why)
        else:
            self._add({"ksbs": " ".join(step.ksbs)} if step.ksbs else None)

    async def answer(self, key: str) -> None:
        kind, _, rest = key.partition(":")
        if kind == "earlier":
            self._earlier()
        elif kind == "draft":
            self._open_draft(rest)
        elif kind == "alert":
            id, _, number = rest.rpartition(":")
            if id == "two-places":
                self._page.app.push_screen(form("two"))
                return
            alert = words.alerts(self._view)[int(number)]
            await self._visit(words.PLACE_OF_ALERT.get(id, ""), alert.text)
        elif kind == "asked":
            await self.show_entry(rest, "q answers it.")
        elif kind == "submit":
            self._copy_over()
        else:
            await self._visit("Timeline" if kind == "coming" else "Coach")

    @property
    def _view(self) -> View:
        return self._page.journal.progress.view

    def _push(self, screen: Any) -> None:
        self._page.app.push_screen(screen, self._page.entry_saved)

    def _add(self, preset: dict[str, str] | None = None) -> None:
        # deferred: loaded when its key is pressed: no part of the first paint
        from ksbtui.screens.entry.form import EntryForm

        self._push(EntryForm(preset=preset))

    def _earlier(self) -> None:
        from ksbtui.widgets.forms.dialogs import Choose  # dialogs are no part of the first paint

        rows = (
            Row("file", "A log, a calendar or notes", notes=("Each activity becomes an entry.",)),
            Row("figure", "One figure", notes=("Your hours and where they are recorded.",)),
        )

        def chosen(key: str | None) -> None:
            if key == "file":
                self._page.app.push_screen(form("import"))
            elif key == "figure":
                self._ask_for_figure()

        self._page.app.push_screen(Choose("Your earlier hours", rows), chosen)

    def _ask_for_figure(self) -> None:
        from ksbtui.widgets.forms.dialogs import DialogField, FormDialog

        page = self._page
        last = page.journal.progress.view.unrecorded[-1].day

        def save(typed: dict[str, str]) -> bool:
            day = parse_day(typed["day"], page.journal.as_at)
            opening = Opening("", parse_hours(typed["hours"]), day, typed["source"])
            page.journal.openings.set(opening)
            return True

        def saved(answer: bool | None) -> None:
            if answer:
                page.shell.changed("Saved your earlier hours as one figure.")

        fields = (
            DialogField("hours", "Hours"),
            DialogField("day", "Up to", last.isoformat()),
            DialogField("source", "Recorded in"),
        )
        text = "The hours that counted there, their last day, and where your tutor can see them."
        dialog = FormDialog("Your earlier hours", fields, save, text=text)
        page.app.push_screen(dialog, saved)

    def _revisit(self) -> None:
        from ksbtui.screens.entry.answering import come_back

        come_back(self._page.app, self._page.entry_saved)

    def _edit(self, id: str) -> None:
        from ksbtui.screens.entry.form import EntryForm

        self._push(EntryForm(id))

    def _copy_over(self) -> None:
        from ksbtui.screens.entry.copy_walk import CopyWalk

        self._page.app.push_screen(CopyWalk())

    def _tag(self) -> None:
        from ksbtui.screens.entry.untagged_walk import UntaggedWalk

        self._page.app.push_screen(UntaggedWalk())

    def _open_draft(self, key: str) -> None:
        from ksbtui.screens.entry.form import EntryForm

        id = key.partition(":")[2]
        if id.startswith("new"):
            self._push(EntryForm(draft=key))
        else:
            self._edit(id)

    async def _visit(self, name: str, text: str = "") -> None:
        """Go to a screen by its name, if there is one, and say why."""
        shell = self._page.shell
        place = next((info for info in shell.places if info.name == name), None)
        if place:
            await self._page.app.switch_mode(place.key)
        if text:
            shell.say(text)
