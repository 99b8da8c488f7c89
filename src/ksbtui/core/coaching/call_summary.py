"""The summary of a coaching call as a page, ready for any e-portfolio.

The learner's name and private notes are in it only when asked for; private entries never.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ksbtui.core.coaching.actions import DONE, Action
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.changed import Changed, Figures, Moved
from ksbtui.core.days import full_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Comment, Entry
from ksbtui.core.exchange.pages import Block, Bullets, Heading, Page, Paragraph
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.programme.programmes import Course
from ksbtui.core.text.text import number_of


def call_page(
    course: Course,
    call: Call,
    changed: Changed,
    *,
    actions: Sequence[Action] = (),
    questions: Sequence[tuple[Comment, Entry | None]] = (),
    named: bool = False,
    private: bool = False,
) -> Page:
    """One call; ``named`` adds the learner's name, ``private`` the private notes.

    ``actions`` are those agreed in it, ``questions`` those asked in it, each with the entry
    it is about, as far as that is still there.
    """
    whom = f"{say_minutes(call.minutes)} with {call.tutor}"
    done = [action for action in changed.done if action.source != call.id]
    blocks = [
        *section("Hours", listed(hours_lines(changed.then, changed.present))),
        *section(
            f"Since {full_day(changed.since)}",
            Paragraph(entries_line(changed)),
            listed(moved_lines(changed.up)) or Paragraph("No KSB moved up."),
        ),
        *section("Entries worth talking about", listed(map(_entry_line, changed.reflections))),
        *section("Verified", listed(verified_lines(changed.verified))),
        *section("Notes", Paragraph(call.notes) if call.notes else None),
        *section("Private notes", Paragraph(call.private_notes) if private else None),
        *section("To work on next", listed(ksb_line(course, code) for code in call.ksbs)),
        *section("Actions agreed", listed(map(action_line, actions)) or Paragraph("None.")),
        *section("Earlier actions done", listed(map(action_line, done))),
        *section("Overdue", listed(map(action_line, changed.overdue))),
        *section("Questions about entries", listed(question_line(*asked) for asked in questions)),
        *section("Next call", Paragraph(long_day(call.next_day)) if call.next_day else None),
    ]
    return Page(
        f"Coaching call, {long_day(call.day)}",
        f"{learner(course, named)} · {whom if call.attended else 'missed'}",
        tuple(blocks),
    )


def learner(course: Course, named: bool) -> str:
    """The standard, after the learner's name where it was asked for."""
    name = f"{course.enrolment.name} · " if named and course.enrolment.name else ""
    return f"{name}{course.standard.title} ({course.standard.named})"


def section(title: str, *blocks: Block | None) -> list[Block]:
    """A heading with its blocks; nothing where there are none."""
    filled = [block for block in blocks if block]
    return [Heading(2, title), *filled] if filled else []


def listed(lines: Iterable[str]) -> Bullets | None:
    """A list of points, or None where there are none."""
    items = tuple(lines)
    return Bullets(items) if items else None


def hours_lines(then: Figures, now: Figures) -> list[str]:
    """Counted hours against target and plan, and where they stood before."""
    return [
        f"{say_minutes(now.counted)} counted of {say_minutes(now.target)} "
        f"({say_minutes(now.verified)} verified), "
        f"{say_minutes(now.counted - then.counted)} more than before.",
        f"{say_minutes(now.planned)} planned to date: {say_variance(now.variance)}"
        f"{', was ' + say_variance(then.variance) if then.planned else ''}.",
    ]


def entries_line(changed: Changed) -> str:
    """How many entries were logged, changed, deleted and verified."""
    parts = [
        f"{number_of(len(changed.added), 'entry', 'entries')} logged",
        f"{len(changed.changed)} changed" if changed.changed else "",
        f"{len(changed.deleted)} deleted" if changed.deleted else "",
        f"{len(changed.verified)} verified" if changed.verified else "",
    ]
    private = f" ({changed.private} private)" if changed.private else ""
    return ", ".join(filter(None, parts)) + private + "."


def moved_lines(moved: Sequence[Moved]) -> list[str]:
    """``K14: none → applied`` for each KSB."""
    return [f"{move.code}: {move.before} → {move.after}" for move in moved]


def action_line(action: Action) -> str:
    """An action in a line: what, who, by when or how it ended."""
    ksbs = f" ({' '.join(action.ksbs)})" if action.ksbs else ""
    return f"{action.text}{ksbs}, {action.who}, {action_end(action)}"


def action_end(action: Action) -> str:
    """By when an action is due, or how it ended and why."""
    if action.done:
        end = f"{'done' if action.state == DONE else 'dropped'} {full_day(action.done)}"
    else:
        end = f"by {full_day(action.due)}"
    return f"{end}: {action.why}" if action.why else end


def verified_lines(entries: Iterable[Entry]) -> list[str]:
    """Entries that were verified, each with who and when; private ones are only counted."""
    every = tuple(entries)
    lines = [
        f"{_entry_line(entry)}, {entry.verified.by}, {full_day(entry.verified.day)}"
        for entry in every
        if entry.verified and not entry.private
    ]
    private = sum(entry.private for entry in every)
    return [*lines, f"{private} private"] if private else lines


def ksb_line(course: Course, code: str) -> str:
    """A KSB that was agreed on, with its short name."""
    ksb = course.standard.ksb(code)
    return f"{code} {ksb.name}" if ksb else code


def question_line(asked: Comment, entry: Entry | None) -> str:
    """A question with its entry and that entry's day, and the answer if there is one."""
    if entry is None:
        about = "a deleted entry"
    else:
        about = f"{'a private entry' if entry.private else entry.title}, {full_day(entry.day)}"
    answer = f" Answered {full_day(asked.answered)}: {asked.answer}" if asked.answered else ""
    return f"{asked.by}: {asked.text} ({about}){answer}"


def _entry_line(entry: Entry) -> str:
    codes = f" ({' '.join(entry.ksbs)})" if entry.ksbs else ""
    return f"{full_day(entry.day)}: {entry.title}{codes}"
