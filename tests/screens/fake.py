"""A journal made of plain values, for tests of the shell alone."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from ksbtui.clock import Clock
from ksbtui.errors import Conflict, KsbtuiError
from ksbtui.store.database.changes import Done


class FakeDrafts(dict[str, dict[str, Any]]):
    version = 0

    def save(self, key: str, body: dict[str, Any]) -> None:
        self[key] = body

    def drop(self, key: str) -> None:
        self.pop(key, None)


class FakeTimer:
    running = None


class FakeJournal:
    def __init__(self, as_at: date = date(2026, 9, 23), course: object | None = "ST1512") -> None:
        self.as_at = as_at
        self.course = course
        self.revision = 0
        self.is_demo = False
        self.owner = ""
        self.drafts = FakeDrafts()
        self.timer = FakeTimer()
        self.clock = Clock(as_at)
        self.outside = False
        self.done: list[str] = []

    privacy = SimpleNamespace(hides=False, notice="", follow=lambda: None, shown_label=str)

    def write(self, label: str) -> None:
        self.done.append(label)
        self.revision += 1

    def poll(self) -> bool:
        seen, self.outside = self.outside, False
        self.revision += seen
        return seen

    def refused(self, problem: BaseException) -> KsbtuiError | None:
        return problem if isinstance(problem, KsbtuiError) else None

    def redo(self) -> Done:
        raise Conflict("Nothing to put back.", "Only what was undone can be put back.")

    def undo(self) -> Done:
        if not self.done:
            raise Conflict("Nothing to undo.", "Changes you make can be undone.")
        self.revision += 1
        return Done(1, "", self.done.pop(), "change", True)


def fake() -> Any:
    """Enter a fake journal, typed as whatever is asked for."""
    return FakeJournal()
