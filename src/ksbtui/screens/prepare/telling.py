"""While an answer is told: the parts of a story ticked, a quiet clock, the question aloud."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from ksbtui.core.assessment.practice_session import SPEAKING_SECONDS, STAR, clock
from ksbtui.presentation.parts import Head
from ksbtui.widgets.charts.clock_face import ClockFace
from ksbtui.widgets.lists.checks import Checks
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import MUTED

HALF_MINUTE = 30


class Telling(Vertical):
    """The parts of a story, to tick while one tells it; hidden until asked for."""

    DEFAULT_CSS = "Telling { height: auto; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.quiet = False
        """Whether the large clock gives way to a line that changes twice a minute."""
        self.aloud = False
        self._voice: Any = None

    def compose(self) -> ComposeResult:
        """Give a heading and the parts."""
        yield RichText()
        yield Checks()

    def show_parts(self, checked: Collection[str]) -> None:
        """Show which parts were told."""
        told = [id for id, _ in STAR if id in checked]
        self.query_one(RichText).show(Head("Told so far", f"{len(told)} of {len(STAR)}"))
        self.query_one(Checks).show(STAR, told)

    def turn(self) -> None:
        """Show or hide the parts; they have the focus while they show."""
        self.display = not self.display
        if self.display:
            self.query_one(Checks).focus()
        else:
            self.screen.set_focus(None)

    def show_time(self, face: ClockFace, line: RichText, seconds: int) -> None:
        """Show the large clock, or a quiet line against the aim."""
        face.display, line.display = not self.quiet, self.quiet
        if self.quiet:
            aim = f"Aim to speak for {SPEAKING_SECONDS // 60} minutes."
            gone = seconds - seconds % HALF_MINUTE
            past = " You are past it." if seconds > SPEAKING_SECONDS else ""
            line.show([(f"{aim}  About {clock(gone)} gone.{past}", MUTED)])

    def turn_voice(self) -> None:
        """Have questions read aloud from now on, or no more."""
        self.aloud = not self.aloud
        if not self.aloud and self._voice is not None:
            self._voice.stop()

    def read(self, text: str) -> None:
        """Read a question aloud, if that is wanted; where it fails it is off again."""
        if not self.aloud:
            return
        from ksbtui.store.files.programs import Voice  # only for those who want to hear it

        self._voice = self._voice or Voice()
        try:
            self._voice.say(text)
        except Exception:
            self.aloud = False
            raise

    def on_unmount(self) -> None:
        """Stop reading when the card is left."""
        if self._voice is not None:
            self._voice.stop()
