"""Which route fits? The four routes side by side, each in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from ksbtui.journal.programme.setup_answers import Route, read_routes
from ksbtui.presentation.parts import Block, Choice
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.lists.choices import Choices
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import BOLD, MUTED


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
        Command("list.choose", "enter", "", "Take this route's standard"),
    ]

    def body(self) -> ComposeResult:
        """Give the deciding question and the routes."""
        with Container(classes="measure"):
            yield RichText(None)
            yield Choices()

    def on_mount(self) -> None:
        """Fill the page; nothing on it changes."""
        self._routes = read_routes()
        question: Block = [(self._routes.question, BOLD)]
        self.query_one(RichText).show(question, [(self._routes.both, MUTED)])
        self.query_one(Choices).show([route_choice(one) for one in self._routes.routes])
        self.query_one(Choices).focus()

    @on(Choices.Chosen)
    def _chosen(self) -> None:
        route = self._routes.routes[self.query_one(Choices).cursor]
        if route.standard:
            self.dismiss(route.standard)
        else:
            self.shell.say("Its standard is not shipped. Save its page; set-up reads the file.")
