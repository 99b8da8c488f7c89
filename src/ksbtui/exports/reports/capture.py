"""The capture page: a form for a phone that works offline and saves a file ``import`` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbtui.core.programme.standards import named
from ksbtui.exports.formats.as_html import render

if TYPE_CHECKING:
    from ksbtui.core.programme.programmes import Course

HEADER = ("Date", "Minutes", "Category", "Activity", "What I learned", "KSBs", "Evidence")
"""The columns of the file the page saves: those of the ``standard`` layout it fills."""


def capture_page(course: Course) -> bytes:
    """The page for one enrolment. It holds the standard's KSBs and nothing of the learner's."""
    types = [one for one in course.rules.types if one.counts]
    return render(
        "capture.html.j2",
        title=f"{named(course.standard)}, {course.standard.title}",
        ref=f"{course.standard.ref}@{course.standard.version}",
        types=types,
        ksbs=[(ksb.code, ksb.text) for ksb in course.standard.ksbs],
        header=HEADER,
    )
