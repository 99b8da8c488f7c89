"""What a progress review asks in a few short fields: the plan, who was there, who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksbtui.core.coaching.actions import OPEN
from ksbtui.core.coaching.review import FIELDS, PRIVATE, ROLES, Review
from ksbtui.core.days import parse_day
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.ask import Ask
from ksbtui.widgets.forms.form_dialog import DialogField, FormDialog

if TYPE_CHECKING:
    from ksbtui.core.coaching.review_pack import Pack
    from ksbtui.journal.coaching.reviews import Held
    from ksbtui.screens.shell.shell import OnShell

YES_NO = (("no", "No"), ("yes", "Yes"))


def plan_changes(journal: Any, review: Review) -> FormDialog[Review]:
    """Say whether the training plan changes."""

    def finish(values: dict[str, str]) -> Review:
        id = review.id if review.held else ""
        kept: Review = journal.reviews.set("changes", values["changes"], id=id)
        return kept

    said = ", ".join(review.plan_changes) or "none"
    return FormDialog(
        "Does the plan change?",
        (DialogField("changes", "Changes", said),),
        finish,
        text="none, or some of: content, end, hours. The employer signs a change.",
    )


def hold_review(journal: Any, pack: Pack) -> FormDialog[Held]:
    """Note that a review was held: who was there, and when."""

    def finish(values: dict[str, str]) -> Held:
        day = parse_day(values["day"], journal.as_at) if values["day"].strip() else None
        held: Held = journal.reviews.hold(day, values["present"].split(","))
        return held

    call = journal.calls.last_held
    names = [pack.course.enrolment.name, call.tutor if call else ""]
    present = ", ".join(pack.review.present or filter(None, names))
    return FormDialog(
        "Hold the review",
        (DialogField("present", "Present", present), DialogField("day", "When", "today")),
        finish,
        text="Names with commas between them. What is still needed is said below.",
        start="present",
    )


def sign_review(journal: Any, review: Review, role: str = "") -> FormDialog[Review]:
    """Note who signed, as what, and when."""

    def finish(values: dict[str, str]) -> Review:
        day = parse_day(values["day"], journal.as_at) if values["day"].strip() else None
        id = review.id if review.held else ""
        kept: Review = journal.reviews.sign(values["name"], values["role"], day, id)
        return kept

    first = role or next(iter(review.unsigned), ROLES[0])
    signed = next((one.name for one in review.signatures if one.role == first), "")
    return FormDialog(
        "Note a sign-off",
        (
            DialogField("name", "Name", signed),
            DialogField("role", "Role", first),
            DialogField("day", "When", "today"),
        ),
        finish,
        text=f"Roles: {', '.join(ROLES)}. A name and a day are noted; this is not proof.",
    )


def write_field(screen: OnShell, pack: Pack, name: str) -> None:
    """Write a field; a private one says whether it may be shown, and waits during a call."""
    review, reviews = pack.review, screen.journal.reviews
    if review.hides(name) and screen.journal.privacy.hides:
        screen.shell.say("It stays hidden until the call is ended.")
        return
    id = review.id if review.held else ""

    def save(typed: dict[str, str]) -> str:
        shared = typed.get("shared") == "yes"
        reviews.set(name, typed["text"], shared=shared, id=id)
        return "Kept. u undoes it."

    asked = [FormField("text", FIELDS[name], True)]
    if name in PRIVATE:
        asked.append(FormField("shared", "May others see it?", choices=YES_NO))
    values = {"text": review.text(name), "shared": "no" if review.hides(name) else "yes"}
    key = f"review:{review.id if review.held else 'next'}:{name}"
    screen.app.push_screen(PlainForm(key, FIELDS[name], asked, values, save))


def answer_earlier(screen: OnShell, pack: Pack, id: str) -> None:
    """Say what became of an earlier action that is open."""
    action = screen.journal.actions.get(id)
    if pack.review.held or action.state != OPEN:
        return

    def take(answer: str | None) -> None:
        if answer:
            with screen.shell.guarded():
                screen.journal.reviews.answer(id, answer)
                screen.shell.changed()
                screen.shell.say("Answered. u undoes it.")

    said = pack.review.answer(id)
    screen.app.push_screen(Ask("What became of it?", str.strip, value=said, text=action.text), take)
