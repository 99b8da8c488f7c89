"""What is asked and written during a call and after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from ksbtui.core.coaching.actions import OPEN
from ksbtui.core.days import full_day, line_day, parse_coming_day
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.entry.entries import Comment, Entry
from ksbtui.core.programme.next_steps import next_steps
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.coaching.actions import Agreed
from ksbtui.journal.coaching.calls import Ended
from ksbtui.presentation.parts import Row
from ksbtui.screens.shell.modal import Modal
from ksbtui.screens.shell.page import OnShell, Shell
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.dialogs import Ask, DialogField, FormDialog, Offer, if_typed
from ksbtui.widgets.frame.keys import Command

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Call, Underway
    from ksbtui.journal.journal import Journal


OFFERS = 4
QUESTIONS = (
    "What did you do yourself?",
    "How do you know that it worked?",
    "What would you do differently next time?",
    "Which policy or rule did you follow?",
)
"""Offered where nobody types one; in the manner of a professional discussion."""


def agree_action(
    journal: Journal, source: str = "", ksbs: tuple[str, ...] = ()
) -> FormDialog[Agreed]:
    """Agree an action; gaps picked and next steps are offered as they stand."""

    def finish(values: dict[str, str]) -> Agreed:
        day = parse_coming_day(values["due"], journal.as_at)
        return journal.actions.add(
            values["text"], values["who"], day, values["ksbs"], source=source
        )

    fields = _action_fields("", "learner", journal.actions.due_by_default(journal.as_at))
    return FormDialog("Agree an action", fields, finish, _offers(journal, ksbs))


def change_action(journal: Journal, id: str) -> FormDialog[Agreed]:
    """Change an action that is open: what, who, by when, for which KSBs."""
    action = journal.actions.get(id)

    def finish(values: dict[str, str]) -> Agreed:
        return journal.actions.change(
            id,
            text=values["text"],
            who=values["who"],
            due=if_typed(values["due"], parse_coming_day, journal.as_at),
            ksbs=values["ksbs"],
        )

    fields = _action_fields(action.text, action.who, action.due, action.ksbs)
    return FormDialog("Change an action", fields, finish, start="text")


def _action_fields(
    text: str, who: str, due: date, ksbs: tuple[str, ...] = ()
) -> tuple[DialogField, ...]:
    return (
        DialogField("text", "What", text),
        DialogField("who", "Who", who),
        DialogField("due", "By", due.isoformat()),
        DialogField("ksbs", "KSBs", " ".join(ksbs)),
    )


def _offers(journal: Journal, picked: tuple[str, ...]) -> list[Offer]:
    """The next steps about KSBs that are no action yet, those picked first."""
    taken = {action.text for action in journal.actions.all() if action.state == OPEN}
    steps = [
        step
        for step in next_steps(journal.progress.view.situation, 99)
        if step.ksbs and step.what not in taken and step.kind != "action"
    ]
    steps.sort(key=lambda step: not set(step.ksbs) & set(picked))
    return [
        Offer(
            Row(str(number), step.what, say_minutes(step.minutes)),
            {"text": step.what, "ksbs": " ".join(step.ksbs)},
        )
        for number, step in enumerate(steps[:OFFERS])
    ]


def ask_question(journal: Journal, entry: Entry, by: str, source: str) -> FormDialog[Comment]:
    """Question an entry; a few questions are offered."""

    def finish(values: dict[str, str]) -> Comment:
        return journal.verifying.question(entry.id, values["by"], values["text"], source=source)

    offers = [Offer(Row(str(n), text), {"text": text}) for n, text in enumerate(QUESTIONS)]
    fields = (DialogField("text", "Question"), DialogField("by", "From", by))
    return FormDialog("Ask about an entry", fields, finish, offers, text=entry.title)


class EndCall(FormDialog[Ended]):
    """How the call ended; ``ctrl+l`` decides whether its own time is logged."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Command("call.log", "ctrl+l", "", "Log the call's time, or not", action="flip_log")
    ]

    def __init__(self, journal: Journal) -> None:
        call = call_underway(journal)
        minutes = call.minutes_at(journal.clock.now())
        next_day = call.next_day or journal.calls.next_day(call.day)
        super().__init__(
            "End the call",
            (
                DialogField("minutes", "Minutes", f"{minutes}m" if minutes else ""),
                DialogField("tutor", "Tutor", call.tutor),
                DialogField("next", "Next call", next_day.isoformat() if next_day else ""),
                DialogField("log", "Log its time", "no"),
            ),
            lambda values: _end(journal, values),
            text="↵ saves the call and shows the summary. ctrl+l logs its time as coaching.",
        )

    def action_flip_log(self) -> None:
        field = self.query_one("#log", Input)
        field.value = "no" if field.value == "yes" else "yes"


def _end(journal: Journal, values: dict[str, str]) -> Ended:
    log = values["log"].strip().casefold()
    if log not in ("yes", "y", "no", "n", ""):
        raise Unreadable("Log its time: yes or no?", "ctrl+l changes it.")
    return journal.calls.end(
        minutes=if_typed(values["minutes"], parse_minutes),
        tutor=values["tutor"],
        next_day=if_typed(values["next"], parse_coming_day, journal.as_at),
        log=log.startswith("y"),
    )


def tell_agreed(shell: Shell, agreed: Agreed, verb: str = "Agreed") -> None:
    """Say when an action that was agreed or changed is due, and the first hint."""
    due = f"{verb}, by {line_day(agreed.action.due)}."
    shell.changed(" ".join((due, *agreed.hints[:1])), undo=not agreed.hints)


LONGEST_SECONDS = 12 * 60 * 60


def call_underway(journal: Journal) -> Underway:
    """The call under way; it may have been ended in another terminal."""
    call = journal.calls.underway
    if call is None:
        raise NotFound("This call was ended in another window.", "Press esc to go back.")
    return call


def elapsed_seconds(journal: Journal) -> int | None:
    """Seconds since the call began; None for one taken up again much later."""
    call = journal.calls.underway
    if call is None:
        return None
    begun, now = (datetime.fromisoformat(at) for at in (call.started_at, journal.clock.now()))
    seconds = int((now - begun).total_seconds())
    return seconds if 0 <= seconds < LONGEST_SECONDS else None


class CallWriter:
    """Writes what is said in a call, tells it, and notes each change as one of the call."""

    def __init__(self, screen: Modal[Any]) -> None:
        self._screen = screen

    @property
    def _journal(self) -> Journal:
        return self._screen.journal

    def _wrote(self, message: str) -> None:
        self._journal.calls.mine()
        self._screen.shell.changed(message)

    def agree(self) -> None:
        call = call_underway(self._journal)
        self._agreed(agree_action(self._journal, call.id, call.ksbs))

    def change(self, id: str) -> None:
        self._agreed(change_action(self._journal, id), "Changed")

    def _agreed(self, dialog: FormDialog[Agreed], verb: str = "Agreed") -> None:
        def take(agreed: Agreed | None) -> None:
            if agreed:
                self._journal.calls.mine()
                tell_agreed(self._screen.shell, agreed, verb)

        self._screen.app.push_screen(dialog, take)

    def tick(self, id: str) -> None:
        self._journal.actions.done(id)
        self._wrote("Done.")

    def verify(self, entry: Entry, then: Callable[[], None], comment: str = "") -> None:
        if entry.verified:
            by, day = entry.verified.by, line_day(entry.verified.day)
            self._screen.shell.say(f"{by} verified it on {day}.")
            return
        call = call_underway(self._journal)
        self._journal.verifying.verify([entry.id], call.tutor, None, comment, source=call.id)
        self._wrote("Verified.")
        then()

    def comment(self, entry: Entry, then: Callable[[], None]) -> None:
        self._screen.app.push_screen(
            Ask("Verify with a comment", str.strip, text=entry.title),
            lambda comment: self.verify(entry, then, comment) if comment else None,
        )

    def ask(self, entry: Entry) -> None:
        call, message = call_underway(self._journal), "Asked. It stays open until it is answered."
        self._screen.app.push_screen(
            ask_question(self._journal, entry, call.tutor, call.id),
            lambda question: self._wrote(message) if question else None,
        )

    def undo(self) -> None:
        if not self._journal.calls.can_undo:
            self._screen.shell.say("There is nothing left to undo in this call.")
            return
        done = self._journal.undo()
        self._screen.shell.changed(f"Undone: {done.label}", undo=False)


FIELDS = (
    FormField("tutor", "Tutor"),
    FormField("minutes", "Length", hint="1h"),
    FormField("next", "Next call", hint="4 weeks, fri, 21/12"),
    FormField("notes", "Notes", True, hint="What you talked about. The summary shows this."),
)


def edit_call(screen: OnShell, call: Call) -> None:
    """Open the form on ``call``."""
    journal = screen.journal

    def save(typed: dict[str, str]) -> str:
        changed = journal.calls.change(
            call.id,
            notes=typed["notes"],
            minutes=if_typed(typed["minutes"], parse_minutes),
            tutor=typed["tutor"],
            next_day=if_typed(typed["next"], parse_coming_day, journal.as_at),
        )
        return " ".join((f"Saved the call of {full_day(call.day)}.", *changed.notes))

    values = {
        "tutor": call.tutor,
        "minutes": f"{call.minutes}m" if call.minutes else "",
        "next": call.next_day.isoformat() if call.next_day else "",
        "notes": call.notes,
    }
    title = f"Call of {full_day(call.day)}"
    screen.app.push_screen(PlainForm(f"kept-call:{call.id}", title, FIELDS, values, save))
