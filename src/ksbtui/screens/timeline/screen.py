"""5 Timeline: where am I in the programme? Its modules and days around today's line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.presentation import timeline as words
from ksbtui.screens.shell.page import Page, fit
from ksbtui.screens.timeline import chart
from ksbtui.widgets.charts.gantt import Gantt, Window
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.text.blocks import Detail, TopLine
from ksbtui.widgets.text.drawing import is_small

if TYPE_CHECKING:
    from ksbtui.journal.progress.progress import View


def _on_module(page: TimelinePage) -> bool:
    return page.is_mounted and page.query_one(Gantt).key.isdecimal()


class TimelinePage(Page):
    """The place with key 5."""

    question = "Where am I in the programme?"
    first_focus = "Gantt"
    CSS_PATH = "timeline.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "timeline.up", "up", "module", "Go from lane to lane", action="lane(-1)", display="↑ ↓"
        ),
        Command("timeline.down", "down", action="lane(1)"),
        Command(
            "timeline.open",
            "enter",
            "open",
            "Open the module: summary, entries, hours, dates",
            when=_on_module,
        ),
        Command(
            "timeline.zoom-in",
            "plus,equals_sign",
            "zoom",
            "Zoom in",
            action="zoom(1)",
            display="+ -",
        ),
        Command("timeline.zoom-out", "minus", "", "Zoom out", action="zoom(-1)"),
        Command(
            "timeline.move",
            "m",
            "move",
            "Move the module's days, if your provider moved them",
            when=_on_module,
        ),
        Command("timeline.break", "b", "break", "Record a break in learning, or end it"),
        Command("timeline.earlier", "left", "", "Earlier", action="pan(-1)", display="← →"),
        Command("timeline.later", "right", "", "Later", action="pan(1)"),
        Command("timeline.today", "t", "", "Go to today"),
    ]
    zoom = 0
    middle: date | None = None

    def body(self) -> ComposeResult:
        yield TopLine()
        yield Gantt()
        yield Detail(focusable=False, id="about")

    def refresh_page(self) -> None:
        gantt = self.query_one(Gantt)
        view = self.view
        keys = [lane.key for lane in chart.lanes(view)]
        key = gantt.key
        if key not in keys:
            now = view.timeline.module
            key = str(now.number) if now else keys[0] if keys else ""
        self._show(key)

    @property
    def view(self) -> View:
        return self.journal.progress.view

    @property
    def window(self) -> Window:
        """The days in view at this zoom."""
        whole = chart.whole_window(self.view)
        lengths = chart.zooms(whole)
        self.zoom = min(self.zoom, len(lengths) - 1)
        middle = self.middle or min(max(self.view.as_at, whole.first), whole.last)
        return whole.around(middle, lengths[self.zoom], whole)

    def _show(self, key: str) -> None:
        view, window = self.view, self.window
        in_view = (window.first, window.last) if window != chart.whole_window(view) else None
        self.query_one(TopLine).show(*words.head_text(view, in_view))
        self.query_one(Gantt).show(chart.chart_of(view, window), window, key)
        self._tell()

    def _tell(self) -> None:
        key = self.query_one(Gantt).key
        roomy = not is_small(self)
        self.query_one("#about", Detail).show(*words.lane_blocks(self.view, key, roomy))
        self.refresh_bindings()

    @on(Gantt.Highlighted)
    def _follow(self) -> None:
        key, window = self.query_one(Gantt).key, self.window
        module = self.view.plan.module(int(key)) if key.isdecimal() else None
        if module and (module.ends < window.first or module.starts > window.last):
            self.middle = module.starts + (module.ends - module.starts) // 2
            self._show(key)
        else:
            self._tell()

    def on_resize(self, event: events.Resize) -> None:
        fit(self)
        if self._seen:
            self.query_one(Gantt).redraw()
            self._tell()

    # Keys

    def action_lane(self, by: int) -> None:
        self.query_one(Gantt).focus()
        self.query_one(Gantt).action_step(by)

    def action_zoom(self, by: int) -> None:
        lengths = chart.zooms(chart.whole_window(self.view))
        self.zoom = min(max(0, self.zoom + by), len(lengths) - 1)
        if self.zoom == 0:
            self.middle = None
        self._show(self.query_one(Gantt).key)

    def action_pan(self, by: int) -> None:
        """Go earlier or later by a quarter of what is in view."""
        window, whole = self.window, chart.whole_window(self.view)
        moved = window.moved(by * max(1, window.days // 4), whole)
        self.middle = moved.first + timedelta(days=window.days // 2)
        self._show(self.query_one(Gantt).key)

    def action_today(self) -> None:
        self.middle = None
        self._show(self.query_one(Gantt).key)

    def action_open(self) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.screens.timeline.module import ModuleScreen

        self.app.push_screen(ModuleScreen(self.view, int(self.query_one(Gantt).key)))

    def action_move(self) -> None:
        from ksbtui.screens.timeline.module import ask_move

        ask_move(self.shell, self.app.push_screen, int(self.query_one(Gantt).key))

    def action_break(self) -> None:
        from ksbtui.screens.timeline.module import ask_break

        ask_break(self.shell, self.app.push_screen)
