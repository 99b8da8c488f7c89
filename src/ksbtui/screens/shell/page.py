"""What every screen may ask of the app, and the base of the seven places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast, runtime_checkable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.css.query import NoMatches
from textual.message_pump import MessagePump
from textual.screen import Screen

from ksbtui.core.days import full_day, short_day
from ksbtui.screens.shell.keys import EVERYWHERE, REVEAL, footer_hints, help_hint
from ksbtui.screens.shell.messages import Notice
from ksbtui.widgets.frame.bars import Tabs
from ksbtui.widgets.frame.keys import Command, Keys, conditions_of, dismiss_once

if TYPE_CHECKING:
    from textual.message import Message
    from textual.signal import Signal

    from ksbtui.errors import KsbtuiError
    from ksbtui.journal.journal import Journal
    from ksbtui.presentation.parts import Block
    from ksbtui.screens import ScreenInfo


class Shell(Protocol):
    """The app, as its screens see it."""

    journal: Journal
    journal_changed: Signal[int]
    places: tuple[ScreenInfo, ...]
    open_sheets: list[Any]
    plain: bool
    keymap: Mapping[str, str]

    def changed(self, message: str = "", *, undo: bool = True) -> None:
        """Redraw every screen in view after a write, and say the message and the way back."""

    def say(self, text: str) -> None:
        """Tell one line in the past tense, for three seconds."""

    def refuse(self, error: KsbtuiError) -> None:
        """Tell why something was refused, and the way out."""

    def guarded(self) -> AbstractContextManager[None]:
        """Turn a refusal raised inside into a told one."""


@runtime_checkable
class ShowsEntries(Protocol):
    """A place that lists entries."""

    def show_entry(self, id: str) -> None:
        """Put the cursor on an entry."""


@runtime_checkable
class ShowsKsbs(Protocol):
    """A place that lists KSBs."""

    def show_ksb(self, code: str) -> None:
        """Put the cursor on a KSB."""


async def dispatch_guarded(screen: Any, message: Message) -> None:
    """Handle a message of a screen; a refusal is told, and the screen goes on.

    Textual ends the app on any exception that leaves a handler.
    """
    with screen.shell.guarded():
        await MessagePump._dispatch_message(screen, message)


def style_if_changed(screen: Any, event: events.ScreenResume) -> None:
    """Style a screen again only where the style sheet has changed: Textual always does."""
    event.refresh_styles = screen._css_update_count != screen.app._css_update_count
    if screen.app._dom_ready:
        screen.refresh()  # as Textual does next, but before it draws


def draw_when_let_out(screen: Any) -> None:
    """Draw once: Textual would also draw what it then drops, or draws again at once."""
    if screen.app._batch_count or screen._repaint_required:
        screen.refresh()
    else:
        Screen._compositor_refresh(screen)


class OnShell:
    """Mixed into every screen: the app with its type, and the journal.

    Not a `DOMNode`: Textual follows a class's first base of that kind for component styles
    and CSS, and would miss those of `Screen`.
    """

    if TYPE_CHECKING:
        app: Any

    _dispatch_message = dispatch_guarded
    dismiss = dismiss_once
    _on_screen_resume = style_if_changed
    _compositor_refresh = draw_when_let_out

    @property
    def shell(self) -> Shell:
        shell: Shell = self.app
        return shell

    @property
    def journal(self) -> Journal:
        return self.shell.journal

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        when = conditions_of(cast(Any, type(self))).get((action, parameters))
        try:
            return when is None or when(self)
        except NoMatches:  # a key may come before the screen's widgets
            return False


def fit(screen: Screen[Any]) -> None:
    """Set the classes -narrow (< 110 columns), -short (< 30 rows), -tiny (< 70×20)."""
    width, height = screen.app.size
    screen.set_class(width < 110, "-narrow")
    screen.set_class(height < 30, "-short")
    screen.set_class(width < 70 or height < 20, "-tiny")


class Page(OnShell, Screen[None]):
    """A place of the tab bar.

    A page gives `question` (one sentence for the help), `first_focus` (a selector; by
    default the first region that takes keys), `body` (its widgets, empty) and
    `refresh_page` (fills them from the journal). `refresh_page` runs when the page is in
    view and the journal or the day has changed since it last ran, and only once there is
    a course; it must be safe to run twice.
    """

    question: ClassVar[str] = ""
    first_focus: ClassVar[str] = ""
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *EVERYWHERE,
        Command("app.page-up", "pageup", action="body_page(-1)"),
        Command("app.page-down", "pagedown", action="body_page(1)"),
        REVEAL,
    ]
    _seen: tuple[Any, ...] = ()

    def body(self) -> ComposeResult:
        yield from ()

    def refresh_page(self) -> None:
        """Fill the widgets from the journal."""

    def entry_saved(self, id: str | None) -> None:
        """Show an entry that was just saved; None where a form was left."""

    def help_blocks(self) -> Sequence[Block]:
        return ()

    def compose(self) -> ComposeResult:
        fit(self)
        tabs = [(place.key, place.name) for place in self.shell.places]
        mark = ""
        with self.shell.guarded():  # a page that cannot be read has its widgets all the same
            mark = "demo" if self.journal.is_demo else ""
        if owner := self.journal.owner:
            mark = f"{owner.split()[0]}: read only"
        yield Tabs(tabs, place_key(self), self._day(), mark)
        yield Notice()
        with Container(id="body"):
            yield from self.body()
        yield Keys()

    def on_mount(self) -> None:
        self.shell.journal_changed.subscribe(self, lambda _: self.sync())
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.show_keys()
        self.sync()
        self.arrive()

    def on_screen_resume(self) -> None:
        self.sync()

    def on_resize(self, event: events.Resize) -> None:
        fit(self)

    def arrive(self) -> None:
        """Put the focus on `first_focus`; a small terminal still shows the top of the page."""
        first = self.query(self.first_focus).first() if self.first_focus else None
        target = first or next(iter(self.focus_chain), None)
        if target is not None:
            self.set_focus(target, scroll_visible=False)

    def sync(self) -> None:
        """Refresh if in view and stale; free of cost otherwise."""
        journal = self.journal
        journal.privacy.follow()
        seen = (journal.revision, journal.as_at, journal.drafts.version)
        if seen == self._seen or not self.is_current or journal.course is None:
            return
        self._seen = seen
        self.query_one(Tabs).show_day(self._day())
        try:
            self.query_one(Notice).follow(journal)
            self.refresh_page()
        except Exception:
            self._seen = ()  # what could not be read now may be read later
            raise
        self.show_keys()

    def action_reveal(self) -> None:
        """Show private things although a call is under way, until it is opened again."""
        self.journal.privacy.reveal()
        self.shell.changed()

    def show_keys(self) -> None:
        if self.is_current:
            self.query_one(Keys).show(footer_hints(self, EVERYWHERE[:3]), help_hint(self.shell))

    @on(Tabs.Picked)
    async def _pick(self, event: Tabs.Picked) -> None:
        await self.app.run_action(f"app.go('{event.key}')")

    def action_body_page(self, pages: int) -> None:
        body = self.query_one("#body")
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False)

    def _day(self) -> str:
        day = self.journal.as_at
        return f"{short_day(day)[:3]} {full_day(day)}"


def place_key(page: Page) -> str:
    """The number key of a page; empty for one that is no place."""
    here = type(page)
    places = (place for place in page.shell.places if place.module == here.__module__)
    return next((place.key for place in places if place.class_ == here.__name__), "")
