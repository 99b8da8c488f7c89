"""A progress review: what it shows, and the dialogs that prepare and close one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from ksbtui.core.coaching.actions import OPEN
from ksbtui.core.coaching.review import FIELDS, PRIVATE, ROLES, Review
from ksbtui.core.coaching.review_pack import Pack, review_page
from ksbtui.core.days import full_day, parse_day
from ksbtui.presentation import review as text
from ksbtui.presentation.parts import Block, Row
from ksbtui.screens.coach.call_dialogs import agree_action, change_action, tell_agreed
from ksbtui.screens.entry.answering import employer_testimony
from ksbtui.screens.shell.modal import Part
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.dialogs import Ask, DialogField, FormDialog, if_typed
from ksbtui.widgets.frame.bars import TitleBar
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns

if TYPE_CHECKING:
    from ksbtui.journal.coaching.actions import Agreed
    from ksbtui.journal.coaching.reviews import Held
    from ksbtui.journal.journal import Journal
    from ksbtui.screens.shell.page import OnShell


def _can_hold(screen: ReviewScreen) -> bool:
    return screen.is_mounted and not screen.pack.review.held


class ReviewScreen(Part):
    """One review: the one in view, or that of ``id``; every part is written by key."""

    title_text = "Progress review"
    question: ClassVar[str] = "What do the three of us say, and what happens next?"
    columns = Columns(lead=4)
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("review.choose", "enter", "write", "Write, answer or sign what the cursor is on"),
        Command("review.agree", "t", "action", "Agree an action"),
        Command("review.tick", "k", "done", "Mark the action under the cursor as done"),
        Command("review.verify", "v", "verify", "Record what the employer verified and saw"),
        Command(
            "review.hold",
            "h",
            "hold",
            "Record that it took place, and who was there",
            when=_can_hold,
        ),
        Command("review.sign", "s", "sign", "Record a sign-off: name, role and day"),
        Command("review.pack", "p", "", "Show the whole pack, to paste or save"),
        Command("app.undo", "u", "", "Undo the last change"),
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
        self._pack = None
        hidden = self.journal.privacy.notice
        self.query_one(TitleBar).show(text.title(self.pack), text.state(self.pack), hidden)
        return text.top_lines(self.pack), text.rows(self.pack)

    def detail(self, key: str) -> Sequence[Block]:
        return text.detail(self.pack, key)

    # Keys

    def action_choose(self) -> None:
        kind, _, name = self.key.partition(":")
        if kind == text.FIELD:
            write_field(self, self.pack, name)
        elif kind == text.CHANGES:
            self.app.push_screen(plan_changes(self.journal, self.pack.review), self._kept)
        elif kind == text.ACTION:
            answer_earlier(self, self.pack, name)
        elif kind == text.NEW and name:
            self._agree(change_action(self.journal, name), "Changed")
        elif kind == text.NEW:
            self.action_agree()
        elif kind == text.BEHAVIOURS:
            self.action_verify()
        elif kind == text.SIGN:
            self.action_sign()
        elif kind == text.HOLD and not self.pack.review.held:
            self.action_hold()

    def _kept(self, review: Review | None) -> None:
        if review:
            self.shell.changed("Saved.")

    def action_tick(self) -> None:
        kind, _, id = self.key.partition(":")
        if kind in (text.ACTION, text.NEW) and id:
            self.journal.actions.done(id)
            self.shell.changed("Done.")

    def action_agree(self) -> None:
        review = self.pack.review
        id = review.id if review.held else self.journal.reviews.start().id
        self._agree(agree_action(self.journal, id), "Agreed")

    def _agree(self, dialog: FormDialog[Agreed], verb: str) -> None:
        def take(agreed: Agreed | None) -> None:
            if agreed:
                tell_agreed(self.shell, agreed, verb)

        self.app.push_screen(dialog, take)

    def action_verify(self) -> None:
        employer_testimony(self)

    def action_hold(self) -> None:
        self.app.push_screen(hold_review(self.journal, self.pack), self._was_held)

    def _was_held(self, held: Held | None) -> None:
        if held is not None:
            self._which = held.review.id
            self.shell.changed(
                " ".join((f"Review recorded, {full_day(held.review.day)}.", *held.notes))
            )

    def action_sign(self) -> None:
        role = self.key.partition(":")[2] if self.key.startswith(text.SIGN) else ""
        self.app.push_screen(sign_review(self.journal, self.pack.review, role), self._kept)

    def action_pack(self) -> None:
        # deferred: loaded when its key is pressed, not with the first visit
        from ksbtui.exports.formats.texts import markdown
        from ksbtui.screens.shell.paste import PasteScreen

        name = f"progress-review-{self.pack.review.day.isoformat()}.md"
        page = markdown(review_page(self.pack))
        self.app.push_screen(PasteScreen(text.title(self.pack), page, name))


YES_NO = (("no", "No"), ("yes", "Yes"))


def plan_changes(journal: Journal, review: Review) -> FormDialog[Review]:
    """Say whether the training plan changes."""

    def finish(values: dict[str, str]) -> Review:
        id = review.id if review.held else ""
        return journal.reviews.set("changes", values["changes"], id=id)

    changes = ", ".join(review.plan_changes) or "none"
    return FormDialog(
        "Does the plan change?",
        (DialogField("changes", "Changes", changes),),
        finish,
        text="none, or one or more of: content, end, hours. The employer signs a change.",
    )


def hold_review(journal: Journal, pack: Pack) -> FormDialog[Held]:
    """Note that a review was held: who was there, and when."""

    def finish(values: dict[str, str]) -> Held:
        day = if_typed(values["day"], parse_day, journal.as_at)
        return journal.reviews.hold(day, values["present"].split(","))

    call = journal.calls.last_held
    names = [pack.course.enrolment.name, call.tutor if call else ""]
    present = ", ".join(pack.review.present or filter(None, names))
    return FormDialog(
        "Record the review",
        (DialogField("present", "Present", present), DialogField("day", "When", "today")),
        finish,
        text="Put commas between the names. What is still needed is shown below.",
        start="present",
    )


def sign_review(journal: Journal, review: Review, role: str = "") -> FormDialog[Review]:
    """Note who signed, as what, and when."""

    def finish(values: dict[str, str]) -> Review:
        day = if_typed(values["day"], parse_day, journal.as_at)
        id = review.id if review.held else ""
        return journal.reviews.sign(values["name"], values["role"], day, id)

    first = role or next(iter(review.unsigned), ROLES[0])
    signed = next(
        (signature.name for signature in review.signatures if signature.role == first), ""
    )
    return FormDialog(
        "Record a sign-off",
        (
            DialogField("name", "Name", signed),
            DialogField("role", "Role", first),
            DialogField("day", "When", "today"),
        ),
        finish,
        text=f"Roles: {', '.join(ROLES)}. ksbtui records a name and a day. It is not proof.",
    )


def write_field(screen: OnShell, pack: Pack, name: str) -> None:
    """Write a field; a private one says whether it may be shown, and waits during a call."""
    review, reviews = pack.review, screen.journal.reviews
    if review.hides(name) and screen.journal.privacy.hides:
        screen.shell.say("It stays hidden until the call ends.")
        return
    id = review.id if review.held else ""

    def save(typed: dict[str, str]) -> str:
        shared = typed.get("shared") == "yes"
        reviews.set(name, typed["text"], shared=shared, id=id)
        return "Saved."

    fields = [FormField("text", FIELDS[name], True)]
    if name in PRIVATE:
        fields.append(FormField("shared", "Can others see it?", choices=YES_NO))
    values = {"text": review.text(name), "shared": "no" if review.hides(name) else "yes"}
    key = f"review:{review.id if review.held else 'next'}:{name}"
    screen.app.push_screen(PlainForm(key, FIELDS[name], fields, values, save))


def answer_earlier(screen: OnShell, pack: Pack, id: str) -> None:
    """Say what became of an earlier action that is open."""
    action = screen.journal.actions.get(id)
    if pack.review.held or action.state != OPEN:
        return

    def take(answer: str | None) -> None:
        if answer:
            with screen.shell.guarded():
                screen.journal.reviews.answer(id, answer)
                screen.shell.changed("Answered.")

    value = pack.review.answer(id)
    ask = Ask("What happened?", str.strip, value=value, text=action.text)
    screen.app.push_screen(ask, take)
