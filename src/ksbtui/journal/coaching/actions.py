"""The actions of a journal: agreed, done, dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ksbtui.core.coaching.actions import (
    DONE,
    DROPPED,
    OPEN,
    Action,
    check_closing,
    check_new,
    hints,
)
from ksbtui.core.codec import encode
from ksbtui.core.text.text import one_line, shortened
from ksbtui.journal.coaching.calls import Calls
from ksbtui.journal.coaching.records import ACTION, actions_of
from ksbtui.journal.context import Context, by_prefix, new_id
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database.store import Batch

DEFAULT_DAYS = 14
"""Days an action is given where nobody named one and no coaching session is planned."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action as it was saved, with what would make it clearer."""

    action: Action
    hints: tuple[str, ...] = ()


class Actions:
    """The actions of the present enrolment."""

    def __init__(self, context: Context, progress: Progress, calls: Calls) -> None:
        self._context = context
        self._progress = progress
        self._calls = calls

    def add(
        self,
        text: str,
        who: str,
        due: date | None = None,
        ksbs: str | Iterable[str] = (),
        source: str = "",
        made: date | None = None,
    ) -> Agreed:
        made = made or self._context.as_at
        action = Action(
            id=new_id(),
            enrolment=self._context.enrolment_id,
            text=one_line(text),
            who=one_line(who),
            due=due or self.due_by_default(made),
            made=made,
            ksbs=self._context.codes(ksbs),
            source=source,
        )
        check_new(action)
        self._save("Agreed", action)
        return Agreed(action, hints(action, self._progress.view.plan, due is not None))

    def change(
        self,
        id: str,
        *,
        text: str = "",
        who: str = "",
        due: date | None = None,
        ksbs: str | Iterable[str] | None = None,
    ) -> Agreed:
        """Change what is given of an open action; what is not given stays."""
        before = self.get(id)
        if before.state != OPEN:
            check_closing(before, self._context.as_at, self._context.as_at)
        after = replace(
            before,
            text=one_line(text) or before.text,
            who=one_line(who) or before.who,
            due=due or before.due,
            ksbs=before.ksbs if ksbs is None else self._context.codes(ksbs),
        )
        check_new(after)
        if after != before:
            self._save("Changed", after)
        return Agreed(after, hints(after, self._progress.view.plan))

    def due_by_default(self, made: date) -> date:
        """The next agreed or planned coaching session after a day, else two weeks on."""
        return self._calls.next_day(after=made) or made + timedelta(days=DEFAULT_DAYS)

    def done(self, id: str, day: date | None = None, why: str = "") -> Action:
        return self._close(self.get(id), DONE, day or self._context.as_at, why)

    def drop(self, id: str, why: str = "") -> Action:
        return self._close(self.get(id), DROPPED, self._context.as_at, why)

    def get(self, id: str) -> Action:
        actions = {action.id: action for action in self.all()}
        return by_prefix(actions, id, "action", "ksbtui action list --all")

    def all(self) -> tuple[Action, ...]:
        return actions_of(self._context)

    def open(self) -> tuple[Action, ...]:
        return tuple(action for action in self.all() if action.state == OPEN)

    def of(self, source: str) -> tuple[Action, ...]:
        return tuple(action for action in self.all() if action.source == source)

    def put(self, batch: Batch, action: Action) -> None:
        batch.put_record(ACTION, action.id, encode(action))

    def _close(self, action: Action, state: str, day: date, why: str) -> Action:
        check_closing(action, day, self._context.as_at)
        closed = replace(action, state=state, done=day, why=one_line(why))
        self._save("Did" if state == DONE else "Dropped", closed)
        return closed

    def _save(self, verb: str, action: Action) -> None:
        with self._context.writing(f'{verb} "{shortened(action.text)}"') as batch:
            self.put(batch, action)
