"""Set-up's answers kept as they are typed, and the ways round its list: routes, a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer

from ksbtui.core.hours.forecast import ASKED_AFTER
from ksbtui.core.programme.standards import Standard
from ksbtui.errors import NotFound
from ksbtui.journal.programme.setup_answers import (
    BEFORE,
    BEFORE_DAY,
    BEFORE_SOURCE,
    DRAFT,
    END,
    HOURS,
    PRIOR,
    START,
    Answers,
    Reading,
    Route,
    answers_from,
    read_answers,
    read_routes,
)
from ksbtui.presentation.parts import BOLD, MUTED, Block, Choice
from ksbtui.presentation.setup import Steps
from ksbtui.screens.entry.draft_keeper import tell_aside
from ksbtui.screens.shell.modal import Modal
from ksbtui.store.files.paths import typed_path
from ksbtui.widgets.forms.dialogs import Ask
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.choices import Choices
from ksbtui.widgets.text.blocks import RichText

KEEP_SECONDS = 0.6
FIELDS = {
    START: "First day",
    HOURS: "Agreed hours",
    PRIOR: "Prior learning",
    END: "Agreed last day",
}
BEFORE_FIELDS = {BEFORE: "Hours so far", BEFORE_DAY: "Up to the day", BEFORE_SOURCE: "Recorded in"}
"""Asked where the first day lies over two weeks back."""


class AnswerKeeper:
    """A part of set-up: what was answered so far, kept as a draft, and what it is read as."""

    def __init__(self, screen: Modal[Any]) -> None:
        self._screen = screen
        self.answers = Answers()
        self._touched = False
        self._keeping: Timer | None = None
        self._aside: Path | None = None
        """The file beside a damaged journal that the answers are kept in."""

    def load(self) -> None:
        journal = self._screen.journal
        draft = journal.drafts.get(DRAFT) if journal.exists else None
        if draft:
            self.answers = answers_from(draft)

    def change(self, answers: Mapping[str, str], *, soon: bool = False) -> bool:
        """Take answers by name; tell whether anything changed. ``soon`` keeps them after a rest."""
        if all(getattr(self.answers, name) == value for name, value in answers.items()):
            return False
        self.answers = replace(self.answers, **answers)
        self._touched = True
        if soon and self._keeping is None:  # not put off by more keys
            self._keeping = self._screen.set_timer(KEEP_SECONDS, self._keep_now)
        return True

    def _keep_now(self) -> None:
        with self._screen.shell.guarded():
            self.keep()

    def keep(self) -> None:
        """Keep unfinished answers; this makes the journal's file, still without a course."""
        self._stop()
        if self._touched:
            self._screen.journal.create()
            self._screen.journal.drafts.save(DRAFT, self.answers.as_draft())
            self._aside = tell_aside(self._screen, self._aside)
            self._touched = False

    def finish(self) -> None:
        self._stop()
        self._screen.journal.drafts.drop(DRAFT)
        self._touched = False

    def _stop(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None

    @cached_property
    def standards(self) -> dict[str, Standard]:
        standards: dict[str, Standard] = dict(self._screen.journal.enrolments.standards().items)
        return standards

    def look_again(self) -> None:
        del self.standards

    @property
    def standard(self) -> Standard:
        journal = self._screen.journal
        return journal.enrolments.standard(self.answers.standard, journal.as_at)

    @property
    def steps(self) -> Steps:
        """The questions in their order; some are asked only where they matter."""
        option: Steps = ()
        if self.answers.standard and self.standard.options:
            option = ("option",)
        start = self.reading().agreed if self.answers.standard else None
        before: Steps = ()
        if start and self._screen.journal.as_at - start.start > ASKED_AFTER:
            before = ("before",)
        return ("standard", *option, "programme", "start", *before, "name")

    def reading(self, **answers: str) -> Reading:
        """What the answers are read as, others tried in place of some by name."""
        journal = self._screen.journal
        tried = replace(self.answers, **answers)
        return read_answers(tried, self.standard, journal.enrolments, journal.as_at)


def route_choice(route: Route) -> Choice:
    """Offer a route: who it is for, and why."""
    kind = "apprenticeship unit" if route.kind == "unit" else route.kind
    standard = f" · {route.standard}" if route.standard else ""
    text = f"{route.for_whom} {route.why} Usually: {', '.join(_lower(route.roles))}."
    return Choice(route.id, route.name, f"{kind}{standard}", text)


def _lower(roles: Iterable[str]) -> Iterator[str]:
    """Set each role in small letters but for names such as HR."""
    for role in roles:
        yield role if role[:2].isupper() else role[:1].lower() + role[1:]


class RoutesScreen(Modal[str]):
    """Answers with the reference of the chosen route's standard, where one is shipped."""

    CSS_PATH = "routes.tcss"
    title_text = "Which route fits you?"
    question: ClassVar[str] = "Which route is for people like me?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("list.choose", "enter", "", "Choose this route's standard")
    ]

    def body(self) -> ComposeResult:
        with Container(classes="measure"):
            yield RichText(None)
            yield Choices()

    def on_mount(self) -> None:
        self._routes = read_routes()
        question: Block = [(self._routes.question, BOLD)]
        self.query_one(RichText).show(question, [(self._routes.both, MUTED)])
        self.query_one(Choices).show([route_choice(route) for route in self._routes.routes])
        self.query_one(Choices).focus()

    @on(Choices.Chosen)
    def _chosen(self) -> None:
        route = self._routes.routes[self.query_one(Choices).cursor]
        if route.standard:
            self.dismiss(route.standard)
        else:
            self.shell.say(
                "ksbtui does not include its standard. Save its web page, then import the file "
                "in set-up."
            )


def ask_for_file() -> Ask[Standard]:
    """Ask for a file that holds a standard; answers with the standard read."""
    return Ask(
        "Which file holds the standard?",
        read_file,
        text="A saved web page, text, a spreadsheet, JSON or TOML. Nothing is sent anywhere.",
    )


def read_file(text: str) -> Standard:
    """Read a standard from the file named."""
    # deferred: the readers of pages and sheets, once a file is named
    from ksbtui.imports.standards import read_standard

    path = typed_path(text.strip().strip("'\""))
    if not text.strip() or not path.is_file():
        raise NotFound(f"There is no file {text.strip() or 'of no name'}.", "Enter the full path.")
    standard = read_standard(path)
    if not standard.ref:
        name = "".join(sign for sign in path.stem.upper() if sign.isalnum())
        standard = read_standard(path, ref=name or "OWN")
    return standard
