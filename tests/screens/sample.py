"""A page like Today, of invented figures: what the widgets look like together."""

from __future__ import annotations

import calendar
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.presentation.parts import (
    BOLD,
    DONE,
    MUTED,
    OWED_BOLD,
    PLAIN,
    BarValues,
    Group,
    Month,
    Row,
)
from ksbtui.screens import ScreenInfo
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import Page
from ksbtui.widgets.charts.strips import Bar, KsbLines, Months
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Headline, RichText, Section

DONE_HOURS = (1170, 1800, 1740, 1470, 1620, 1860, 2100, 585, 1605)
LABELS = (*calendar.month_abbr[1:], *calendar.month_abbr[1:4])


def months() -> list[Month]:
    found = []
    for number, label in enumerate(LABELS):
        plan = 1150 if not number else 560 if number == 14 else 1800
        done = DONE_HOURS[number] if number < 9 else 0
        figure = f"{done // 60}:{done % 60:02d}" if done else ""
        when = "now" if number == 8 else "past" if number < 8 else "next"
        found.append(Month(label, done, plan, when, figure, owed=number == 7))  # type: ignore[arg-type]
    return found


STEPS = (
    Row(
        "one",
        "Check the triage pilot for unequal impact",
        "1 h 30 m",
        notes=("K28 and S29 have no entry yet; module 6 is the place.",),
        note_figure="K28 S29",
    ),
    Row(
        "two",
        "Write what you learned from Monday's testing",
        "15 m",
        notes=("It has evidence but no reflection yet.",),
        note_figure="S12 S4 B1",
        figure_style=MUTED,
    ),
    Row(
        "three",
        "Plan a user guide for the contact centre",
        "2 h",
        notes=("Only Duty 4 leads to K20, and module 7 starts in 19 days.",),
        note_figure="K20 S19",
        figure_style=MUTED,
    ),
)
RECENT = (
    Row("a", "Test plan for the council tax triage flow", "1 h 30 m", "Wed 23"),
    Row("b", "Webinar: securing low-code flows", "1 h", "Tue 22"),
    Row("c", "Paired testing with the contact centre", "2 h 15 m", "Mon 21"),
    Row("d", "Read ICO guidance on AI at home", "1 h 30 m", "Sat 19", "×", muted=True),
    Row("e", "oops [/bold] [red] \x1b[31m unclosed [", "1 h", "Fri 18"),
    Row("f", "Mentoring: assurance and sign-off", "1 h", "Thu 17"),
    Row("g", "Tried to break the enquiry summariser", "2 h", "Wed 16"),
    Row("h", "Progress review with my manager and tutor", "1 h", "Tue 15", "×", muted=True),
)
ALERTS = (
    Row("x", "Share the test plan", "due Fri 18", "!", lead_style=OWED_BOLD, figure_style=MUTED),
    Row("y", "Draft: bias check notes", "Mon 21", "…", lead_style=DONE, figure_style=MUTED),
    Row("z", "11 KSBs have no entry", "24 weeks left", "!", lead_style=OWED_BOLD),
)
STATES = ["strong"] * 7 + ["evidenced"] * 8 + ["applied"] * 7 + ["mentioned"] * 3 + ["none"] * 4
SENTENCES = (
    [("19 h 30 m behind plan", OWED_BOLD)],
    [("1 h 36 m more a week", BOLD), (" finishes on time, on 11\u00a0March\u00a02027.", PLAIN)],
    [("At 6 h 10 m a week you finish about 24 April, between 21 March and 12 June.", MUTED)],
)


class SamplePage(Page):
    question = "Am I on course?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("app.add", "a", "add", "Log an activity"),
        Command("sample.open", "enter", "open", "Start an entry from the step"),
        Command("sample.walk", "w", "week walk", "Go through the week day by day"),
        Command("sample.timer", "r", "run timer", "Run a timer"),
    ]
    refreshed = 0

    def body(self) -> ComposeResult:
        yield Headline()
        yield Bar(id="hours")
        yield Months()
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Section("Next best step")
                yield Rows(roomy=True, id="steps")
                yield Section("Recent", "118 entries", classes="apart")
                yield Rows(columns=Columns(lead=8, figure=8), id="recent")
            with Container(classes="side"):
                yield Section("Coverage", "45 of 64")
                yield KsbLines()
                yield Section("Now", "module 6 of 8", classes="apart")
                yield RichText("Testing, assurance and secure implementation")
                yield Bar(id="module")
                yield Section("Needs you", "3", classes="apart")
                yield Rows(columns=Columns(lead=2), id="needs")

    def refresh_page(self) -> None:
        self.refreshed += 1
        self.query_one(Headline).show("232", "h 30 m", "of 420 h", SENTENCES, "Wed 23 Sep 2026")
        hours = BarValues(13950, 15120, 25200, "55 %", "plan today 252 h", "420 h")
        self.query_one("#hours", Bar).show(hours)
        self.query_one(Months).show(months())
        self.query_one(KsbLines).show(
            [
                ("K", STATES, "22/29"),
                ("S", STATES[2:-1] + ["none"] * 3, "18/29"),
                ("B", ["strong"] * 2 + ["evidenced"] * 2 + ["applied", "mentioned"], "5/6"),
            ]
        )
        module = BarValues(705, 745, 1800, "11 h 45 m of 30 h", "", "ends 11 Oct")
        self.query_one("#module", Bar).show(module)
        self.query_one("#steps", Rows).show(STEPS)
        self.query_one("#recent", Rows).show(RECENT)
        self.query_one("#needs", Rows).show(ALERTS)

    def action_open(self) -> None:
        self.shell.say("Opened [/bold].")

    def action_walk(self) -> None:
        self.shell.say("Walked.")

    def action_timer(self) -> None:
        self.journal.undo()


class ListPage(Page):
    """Ten thousand rows in weeks, and a note of what was fetched."""

    question = "What did I do?"
    total = 10_000

    def body(self) -> ComposeResult:
        yield LongRows(columns=Columns(lead=8, tags=9, figure=8, tags_from=60), classes="tall")

    def refresh_page(self) -> None:
        self.fetched: list[tuple[int, int]] = []
        groups = [Group(f"Week {n}", "7 h", 10) for n in range(self.total // 10)]
        self.query_one(LongRows).show(groups, self.fetch, lambda key: int(key))

    def fetch(self, offset: int, limit: int) -> list[Row]:
        self.fetched.append((offset, limit))
        return [
            Row(str(n), f"Entry {n}", "1 h 30 m", "Wed 23", "×" if n % 4 == 3 else "", "S12 K14 +1")
            for n in range(offset, min(self.total, offset + limit))
        ]


class SampleModal(Modal[str]):
    title_text = "New entry"
    question = "Say it once, know it counts."
    types_text = True
    typed = "half a sentence"

    def body(self) -> ComposeResult:
        yield RichText("Title")

    def keep_draft(self) -> None:
        self.journal.drafts.save("new", {"title": self.typed})


HERE = __name__
SCREENS = (
    ScreenInfo("1", "Today", HERE, "SamplePage"),
    ScreenInfo("2", "Journal", HERE, "ListPage"),
)
ALL_TABS = (
    *SCREENS,
    *(
        ScreenInfo(str(number), name, "ksbtui.nowhere", "NoScreen")
        for number, name in enumerate(("Hours", "Coverage", "Timeline", "Prepare", "Coach"), 3)
    ),
)
FORMS = (ScreenInfo("a", "Add", HERE, "SampleModal"),)
