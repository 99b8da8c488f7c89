"""What a short message about the last days is made of, for each of three readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ksbtui.core.coaching.actions import Action
from ksbtui.core.coverage.coverage import KsbState
from ksbtui.core.days import ONE_DAY
from ksbtui.core.entry.entries import Comment, Entry, Filter
from ksbtui.core.hours.hours import Hours
from ksbtui.core.programme.next_steps import Suggestion
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, NotFound
from ksbtui.journal.coaching.calls import Calls
from ksbtui.journal.coaching.records import actions_of
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.progress.progress import Progress

EMPLOYER, TUTOR, ME = "employer", "tutor", "me"
READERS = (EMPLOYER, TUTOR, ME)
WEEK_DAYS = 7

_NAMES = {
    EMPLOYER: {"employer", "manager", "line manager", "mentor"},
    TUTOR: {"tutor", "coach", "provider"},
    ME: {"me", "learner", "apprentice"},
}
"""Who an action is for, as people write it."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The last days of a journal, and what one reader is asked for; nothing private in it."""

    reader: str
    name: str
    since: date
    until: date
    entries: tuple[Entry, ...]
    private: int
    """Private entries of these days: counted in the minutes, named nowhere."""
    minutes: int
    counted: int
    hours: Hours
    steps: tuple[Suggestion, ...]
    call: date | None
    review: date | None
    milestone: tuple[str, date] | None
    actions: tuple[Action, ...]
    """Open ones that are the reader's to do."""
    behaviours: tuple[KsbState, ...]
    """Behaviours that the employer has not confirmed."""
    to_verify: int
    questions: tuple[Comment, ...]
    not_submitted: int


class Digests:
    """Short texts for an e-mail."""

    def __init__(
        self,
        context: Context,
        progress: Progress,
        entries: Entries,
        calls: Calls,
        verifying: Verifying,
    ) -> None:
        self._context = context
        self._progress = progress
        self._entries = entries
        self._calls = calls
        self._verifying = verifying

    def digest(self, reader: str = ME, since: date | None = None) -> Digest:
        """The days from ``since`` (the last seven) up to today, for one reader."""
        if reader not in READERS:
            raise NotFound(f"{quoted(reader)} is not a reader.", "Use employer, tutor or me.")
        view, until = self._progress.view, self._context.as_at
        since = since or until - timedelta(days=WEEK_DAYS - 1)
        if since > until:
            raise Conflict("That day is in the future.", "Enter today or an earlier day.")
        logged = self._entries.find(Filter(since=since, until=until), -1).entries
        shown = [entry for entry in logged if not entry.private]
        ahead = view.timeline.next_milestone
        review = view.timeline.next_review
        return Digest(
            reader=reader,
            name=view.course.enrolment.name,
            since=since,
            until=until,
            entries=tuple(sorted(shown, key=lambda entry: (entry.day, entry.created_at))),
            private=len(logged) - len(shown),
            minutes=sum(entry.minutes for entry in logged),
            counted=sum(m for day, m in view.hours.daily.items() if since <= day <= until),
            hours=view.hours,
            steps=view.next_steps,
            call=self._calls.next_day(until - ONE_DAY),
            review=review.due_month_end if review else None,
            milestone=(ahead.name, ahead.day) if ahead else None,
            actions=self._actions(reader),
            behaviours=tuple(
                ksb for ksb in view.coverage.of_type("B") if not ksb.employer_verified
            ),
            to_verify=len(self._calls.since().to_verify),
            questions=self._verifying.questions(),
            not_submitted=view.not_submitted,
        )

    def _actions(self, reader: str) -> tuple[Action, ...]:
        names = set(_NAMES[reader])
        if reader == TUTOR and self._calls.last_held:
            names.add(self._calls.last_held.tutor.casefold())
        if reader == ME and self._context.enrolled.enrolment.name:
            names.add(self._context.enrolled.enrolment.name.casefold())
        mine = [action for action in actions_of(self._context) if action.who.casefold() in names]
        return tuple(action for action in mine if action.state == "open")
