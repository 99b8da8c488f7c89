"""Hours recorded elsewhere before this journal began, as one figure of an enrolment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ksbtui.core.codec import encode
from ksbtui.core.hours.forecast import check_opening
from ksbtui.core.programme.plan import plan
from ksbtui.core.programme.programmes import Course, Opening
from ksbtui.core.text.text import one_line
from ksbtui.errors import NotFound
from ksbtui.journal.context import OPENING, Context


class Openings:
    """The opening figure of the present enrolment: there is one or none."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def set(self, opening: Opening) -> Course:
        """Name the hours recorded elsewhere, in place of an earlier figure.

        Without a source that of the earlier figure is kept. The id is filled in.
        """
        course = self._context.enrolled
        before = course.opening
        source = opening.source or (before.source if before else "")
        opening = replace(opening, id=course.enrolment.id, source=source)
        checked = checked_opening(opening, course, self._context.as_at)
        return self._put(course, checked, "earlier hours")

    def remove(self) -> Course:
        course = self._context.enrolled
        if course.opening is None:
            raise NotFound(
                "You have no earlier hours recorded as one figure.",
                "To see your hours: ksbtui hours",
            )
        return self._put(course, None, "removed the earlier hours")

    def _put(self, course: Course, opening: Opening | None, what: str) -> Course:
        body = encode(opening) if opening else None
        self._context.put(f"Changed the enrolment: {what}", OPENING, course.enrolment.id, body)
        self._context.touched()
        return self._context.enrolled


def checked_opening(opening: Opening, course: Course, as_at: date) -> Opening:
    """An opening figure with its texts on one line each; refuses one that cannot be."""
    opening = replace(
        opening, source=one_line(opening.source), verified_by=one_line(opening.verified_by)
    )
    check_opening(opening, plan(course, as_at), as_at)
    return opening
