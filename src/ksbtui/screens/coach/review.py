"""The progress review: what people say, earlier and new actions, holding and signing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from ksbtui.core.coaching.review_pack import Pack, review_page
from ksbtui.core.days import full_day
from ksbtui.presentation import review as text
from ksbtui.presentation.parts import Block, Row
from ksbtui.screens.coach.call_dialogs import agree_action, change_action, say_agreed
from ksbtui.screens.coach.review_dialogs import (
    answer_earlier,
    hold_review,
    plan_changes,
    sign_review,
    write_field,
)
from ksbtui.screens.entry.answering import employer_testimony
from ksbtui.screens.shell.modal import Part
from ksbtui.widgets.frame.command import Command
from ksbtui.widgets.frame.titlebar import TitleBar
from ksbtui.widgets.lists.row import Columns

if TYPE_CHECKING:
    from ksbtui.journal.coaching.reviews import Held


def _can_hold(screen: ReviewScreen) -> bool:
    return screen.is_mounted and not screen.pack.review.held


class ReviewScreen(Part):
    """One review: the one in view, or that of ``id``; every part is written by key."""

    title_text = "Progress review"
    question: ClassVar[str] = "What do the three of us say, and what comes next?"
    columns = Columns(lead=4)
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("review.choose", "enter", "write", "Write, answer or sign what the cursor is on"),
        Command("review.agree", "t", "action", "Agree an action"),
        Command("review.tick", "k", "done", "Note that the action under the cursor was done"),
        Command("review.verify", "v", "verify", "Note what the employer verified and saw"),
        Command(
            "review.hold", "h", "hold", "Note that it was held, and who was there", when=_can_hold
        ),
        Command("review.sign", "s", "sign", "Note a sign-off: name, role and day"),
        Command("review.pack", "p", "", "The whole pack, ready to paste or save"),
        Command("app.undo", "u", "", "Take the last change back"),
    ]

    def __init__(self, which: str = "") -> None:
        super().__init__()
        self._which = which
        self._pack: Pack | None = None

    @property
    def pack(self) -> Pack:
        """The review with all it looks at, read anew after each change."""
        if self._pack is None:
            reviews = self.journal.reviews
            self._pack = reviews.pack(reviews.asked(self._which))
        return self._pack

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        """Say where it stands; list its parts."""
        self._pack = None
        hidden = self.journal.privacy.said
        self.query_one(TitleBar).show(text.title(self.pack), text.state(self.pack), hidden)
        return text.top_lines(self.pack), text.rows(self.pack)

    def detail(self, key: str) -> Sequence[Block]:
        """Show the part under the cursor in full."""
        return text.detail(self.pack, key)

    def _done(self, said: str) -> None:
        self.shell.changed()
        self.shell.say(said)

    # Keys

    def action_choose(self) -> None:
        """Write what the cursor is on."""
        kind, _, name = self.key.partition(":")
        if kind == text.FIELD:
            write_field(self, self.pack, name)
        elif kind == text.CHANGES:
            self.app.push_screen(plan_changes(self.journal, self.pack.review), self._kept)
        elif kind == text.ACTION:
            answer_earlier(self, self.pack, name)
        elif kind == text.NEW and name:
            dialog = change_action(self.journal, name)
            self.app.push_screen(
                dialog, lambda m: self._done(say_agreed(m, "Changed")) if m else None
            )
        elif kind == text.NEW:
            self.action_agree()
        elif kind == text.BEHAVIOURS:
            self.action_verify()
        elif kind == text.SIGN:
            self.action_sign()
        elif kind == text.HOLD and not self.pack.review.held:
            self.action_hold()

    def _kept(self, kept: object) -> None:
        if kept:
            self._done("Kept. u undoes it.")

    def action_tick(self) -> None:
        """Note that the earlier action under the cursor was done."""
        kind, _, id = self.key.partition(":")
        if kind in (text.ACTION, text.NEW) and id:
            self.journal.actions.done(id)
            self._done("Done. u undoes it.")

    def action_agree(self) -> None:
        """Agree an action in this review."""
        held = self.pack.review.held
        id = self.pack.review.id if held else self.journal.reviews.start().id
        self.app.push_screen(
            agree_action(self.journal, id),
            lambda made: self._done(say_agreed(made)) if made else None,
        )

    def action_verify(self) -> None:
        """Note what the employer verified."""
        employer_testimony(self)

    def action_hold(self) -> None:
        """Note that it was held."""
        self.app.push_screen(hold_review(self.journal, self.pack), self._was_held)

    def _was_held(self, held: Held | None) -> None:
        if held is not None:
            self._which = held.review.id
            self._done(" ".join((f"Held, {full_day(held.review.day)}. u undoes it.", *held.notes)))

    def action_sign(self) -> None:
        """Note a sign-off."""
        _, _, role = self.key.partition(":") if self.key.startswith(text.SIGN) else ("", "", "")
        self.app.push_screen(sign_review(self.journal, self.pack.review, role), self._kept)

    def action_pack(self) -> None:
        """Show the whole pack, ready to paste."""
        from ksbtui.exports.formats.as_markdown import markdown
        from ksbtui.screens.shell.paste import PasteScreen

        name = f"progress-review-{self.pack.review.day.isoformat()}.md"
        page = markdown(review_page(self.pack))
        self.app.push_screen(PasteScreen(text.title(self.pack), page, name))
