"""Keeps what is being typed on the disk: half a second after the first unsaved key."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.timer import Timer

from ksbtui.core.text.text import quoted
from ksbtui.errors import KsbtuiError
from ksbtui.journal.entry.drafts import told_aside
from ksbtui.presentation.parts import Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.bars import TitleBar

if TYPE_CHECKING:
    from ksbtui.journal.entry.drafts import Draft

KEEP_SECONDS = 0.5
"""The promise is 0.8: the timer starts at the first unsaved key and is not put off."""

MOST_OFFERED = 5

KEPT, NOT_KEPT = "draft saved", "draft NOT saved"


class DraftKeeper:
    """The draft of one form under ``key``; ``read`` gives its body, None if nothing is begun.

    Another window may be typing under the same key. What it kept is never overwritten nor
    dropped: this window then goes on under a key of its own that begins with ``key``.
    """

    def __init__(
        self, form: Modal[Any], key: str, title: str, read: Callable[[], dict[str, Any] | None]
    ) -> None:
        self.key = key
        self.title = title
        self._form = form
        self._read = read
        self._unsaved = False
        self._timer: Timer | None = None
        self._aside: Path | None = None
        """The file beside the journal, if the draft is kept there."""
        self._last: dict[str, Any] | None = None
        """What was last read or kept here: anything else under the key is another window's."""

    def load(self, key: str = "") -> dict[str, Any] | None:
        """Take a draft up, that of ``key`` if it is given; None if there is none."""
        self.key = key or self.key
        self._last = self._form.journal.drafts.get(self.key)
        return self._last

    def touch(self) -> None:
        self._unsaved = True
        if self._timer is None:
            self._timer = self._form.set_timer(KEEP_SECONDS, self._keep_soon)

    def keep(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._unsaved:
            body = self._read()
            if body is not None:
                drafts = self._form.journal.drafts
                saved = drafts.save_over(self.key, body, self._last)
                if saved is None:
                    self.key = f"{self.key}:{os.getpid()}-{id(self)}"
                    drafts.save(self.key, body)
                    saved = drafts.get(self.key)
                self._last = saved
                self._aside = tell_aside(self._form, self._aside)
            self._unsaved = False

    def leave(self) -> None:
        """Keep what is unsaved and, if there is a draft, say so: the form is being left."""
        self.keep()
        if self._last is not None:
            where = f" in {self._aside.name} beside the journal" if self._aside else ""
            when = " when the journal is repaired" if self._aside else ""
            self._form.shell.say(f"{KEPT.capitalize()}{where}. ksbtui will offer it again{when}.")
            self._form.journal.touched()
            self._form.shell.changed()

    def forget(self) -> None:
        """Drop the draft: it was saved as what it was to be, or thrown away.

        Whoever calls tells the screens.
        """
        self._unsaved = False
        if self._last is not None:
            self._form.journal.drafts.drop_own(self.key, self._last)
        self._form.journal.touched()

    def say(self, state: str = "") -> None:
        self._form.query_one(TitleBar).show(self.title, "", state)

    def _keep_soon(self) -> None:
        """Keep it and say so; a refusal is told, and tried again with the next key."""
        self._timer = None
        try:
            self.keep()
        except KsbtuiError as refusal:
            self.say(NOT_KEPT)
            self._form.shell.refuse(refusal)
        else:
            self.say(KEPT)


def tell_aside(form: Modal[Any], told: Path | None) -> Path | None:
    """Name the file beside a damaged journal that a draft was kept in, unless it was ``told``.

    Returns the file, None if the draft is in the journal.
    """
    aside: Path | None = form.journal.drafts.aside
    if aside and not told:
        form.shell.refuse(told_aside(aside))
    return aside


class DraftOffer(Choose):
    """Asks whether to begin a new entry or to go on with one of ``drafts``.

    What is typed or pasted here begins the new one: ``write`` is given it, so that no key is
    lost. Answers with ``new``, the key of a draft, or None.
    """

    def __init__(self, drafts: Sequence[Draft], write: Callable[[str], None]) -> None:
        rows = [Row("new", "Start a new entry")]
        rows += [
            Row(draft.key, f"Continue {quoted(draft.body.get('title') or 'your draft')}")
            for draft in drafts[:MOST_OFFERED]
        ]
        text = "To start a new entry, type its title. The draft is kept."
        super().__init__("You have an unsaved entry", rows, text=text, at="new")
        self._write = write

    def on_key(self, event: events.Key) -> None:
        """Take a typed character as the beginning of a new entry."""
        if event.is_printable and event.character is not None:
            event.stop()
            self._begin(event.character)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._begin(" ".join(event.text.split()))

    def _begin(self, text: str) -> None:
        self._write(text)
        if self.is_current:
            self.dismiss("new")
