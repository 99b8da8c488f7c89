"""The gateway checklist of a journal, its ticks and the two answers it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from ksbtui.core.assessment.gateway import (
    COMPUTED,
    TICKABLE_CHECKS,
    Facts,
    Gateway,
    GatewayItem,
    GatewayList,
    Settings,
    Tick,
    gateway,
)
from ksbtui.core.text.text import one_line, quoted
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.assessment.project import WorkplaceProject
from ksbtui.journal.coaching.records import REVIEW
from ksbtui.journal.context import Context
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.seed import assessment

TICK, SETTING = "gateway-tick", "gateway-setting"
"""Kinds of record; their ids begin with the enrolment's, so each is there once."""


def _employer_joined(review: Mapping[str, Any]) -> bool:
    signed = any(signature.get("role") == "employer" for signature in review.get("signatures", ()))
    return signed or bool(review.get("fields", {}).get("employer", "").strip())


class GatewayChecklist:
    """What must be in place for the present enrolment."""

    def __init__(self, context: Context, progress: Progress, project: WorkplaceProject) -> None:
        self._context = context
        self._progress = progress
        self._project = project
        self._lists: dict[str, GatewayList] = {}

    @property
    def checklist(self) -> GatewayList:
        course = self._context.enrolled
        key = course.programme.id
        if key not in self._lists:
            self._lists[key] = assessment.gateway_list(key, course.standard.ref)
        return self._lists[key]

    def read(self) -> Gateway:
        view = self._progress.view
        facts = Facts(
            as_at=view.as_at,
            plan=view.plan,
            hours=view.hours,
            coverage=view.coverage,
            timeline=view.timeline,
            project=self._project.read(),
            settings=self.settings,
            ticks=self._ticks(),
            reviews_held=len(reviews := self._reviews_held()),
            reviews_with_employer=sum(map(_employer_joined, reviews)),
        )
        checklist = gateway(self.checklist, facts)
        programme = self._context.enrolled.programme
        note = " ".join(part for part in (checklist.note, programme.assessed_by) if part)
        return replace(checklist, note=note, methods=programme.methods)

    def _reviews_held(self) -> list[Mapping[str, Any]]:
        bodies = self._context.store.records(REVIEW).values()
        return [b for b in bodies if b.get("held") and b.get("enrolment") == self._enrolment]

    @property
    def settings(self) -> Settings:
        body: Mapping[str, Any] = self._context.store.record(SETTING, self._enrolment) or {}
        return Settings(body.get("english_maths"), body.get("extended"))

    def settle(self, **answers: bool) -> Settings:
        """Say whether ``english_maths`` is required, or an ``extended`` assessment chosen."""
        body = {"enrolment": self._enrolment, **asdict(self.settings), **answers}
        self._context.put("Answered questions about the gateway", SETTING, self._enrolment, body)
        return self.settings

    def tick(self, id: str, by: str, day: date | None = None) -> Tick:
        """Tick an item: who confirmed it, and on which day."""
        item = self._item(id)
        if item.kind == COMPUTED and item.check not in TICKABLE_CHECKS:
            raise Conflict(f'"{item.text}" is ticked automatically.', item.when_missing)
        by = one_line(by)
        if not by:
            raise Unreadable("It is missing who confirmed it.", "Add the name: --by NAME")
        day = self._context.past_day(day)
        body = {"enrolment": self._enrolment, "item": item.id, "by": by, "day": day.isoformat()}
        self._context.put(f"Gateway: ticked {item.id} ({by})", TICK, self._key(item.id), body)
        return Tick(item.id, by, day)

    def untick(self, id: str) -> GatewayItem:
        item = self._item(id)
        if item.id not in self._ticks():
            raise NotFound(f"{item.id} is not ticked.", "To see what is: ksbtui gateway")
        label = f"Gateway: removed the tick from {item.id}"
        self._context.put(label, TICK, self._key(item.id), None)
        return item

    def _item(self, id: str) -> GatewayItem:
        wanted = id.strip().lower()
        items = self.checklist.items
        fitting = [item for item in items if item.id == wanted]
        fitting = fitting or [item for item in items if wanted and item.id.startswith(wanted)]
        if len(fitting) != 1:
            raise NotFound(
                f"The gateway list has no item {quoted(id)}.",
                f"The items are: {', '.join(item.id for item in items)}.",
            )
        return fitting[0]

    def _ticks(self) -> dict[str, Tick]:
        return {
            body["item"]: Tick(body["item"], body["by"], date.fromisoformat(body["day"]))
            for body in self._context.store.records(TICK).values()
            if body["enrolment"] == self._enrolment
        }

    @property
    def _enrolment(self) -> str:
        return self._context.enrolment_id

    def _key(self, item: str) -> str:
        return f"{self._enrolment}:{item}"
