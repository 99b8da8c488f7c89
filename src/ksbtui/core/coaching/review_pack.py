"""The pack of a progress review: what the journal knows, and what people said, on one page.

Computed fields are filled from the journal since the last held review; the rest is asked
for. A private field is named and kept back unless it was said to be shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ksbtui.core.coaching.actions import OPEN, Action
from ksbtui.core.coaching.call_summary import action_end, entries_line, learner, listed, section
from ksbtui.core.coaching.changed import Changed
from ksbtui.core.coaching.review import FIELDS, NO_CHANGE, Review, lacking, to_fill
from ksbtui.core.codec import encode
from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.days import full_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.exchange.pages import Block, Note, Page, Paragraph, Table
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.programme.programmes import Course
from ksbtui.core.programme.timeline import Review as Due

KEPT_PRIVATE = "(private)"


@dataclass(frozen=True, slots=True)
class Vouched:
    """The employer's word on one behaviour: who, when, and what they said of it."""

    ksb: str
    by: str
    day: date
    testimony: str = ""


@dataclass(frozen=True, slots=True)
class Growth:
    """What the learner once wrote, and what they say now that they came back to it."""

    title: str
    then: str
    then_day: date
    now: str
    now_day: date


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a progress review looks at.

    ``due`` are its number and both clocks, None where no review is due (units). ``statement``
    sets planned and actual hours side by side, empty where they do not fall short.
    ``vouched`` are the behaviours the employer had verified by the day of the review;
    ``in_break`` tells that its day lies in a break in learning, as the record has it now.
    """

    review: Review
    course: Course
    coverage: Coverage
    changed: Changed
    due: Due | None
    earlier: tuple[Action, ...]
    agreed: tuple[Action, ...]
    statement: str = ""
    vouched: tuple[Vouched, ...] = ()
    in_break: bool = False
    growth: tuple[Growth, ...] = ()

    @property
    def awaiting(self) -> tuple[str, ...]:
        done = {vouched.ksb for vouched in self.vouched}
        behaviours = self.coverage.of_type("B")
        return tuple(ksb.code for ksb in behaviours if ksb.code not in done)

    @property
    def lacking(self) -> tuple[tuple[str, str], ...]:
        """What has to be there before it is held, each with the way to give it."""
        return () if self.review.held else lacking(self.review, self.earlier, self.agreed)

    @property
    def to_fill(self) -> tuple[str, ...]:
        return to_fill(self.review)

    def text(self, name: str, private: bool) -> str:
        """A field as it may be shown."""
        if self.review.text(name) and self.review.hides(name) and not private:
            return KEPT_PRIVATE
        return self.review.text(name)

    def as_json(self, private: bool = False) -> dict[str, object]:
        review, day = self.review, self.review.day
        return {
            "id": review.id,
            "day": day.isoformat(),
            "held": review.held,
            "number": self.due.number if self.due else None,
            "due_12_weeks": encode(self.due and self.due.due_12_weeks),
            "due_month_end": encode(self.due and self.due.due_month_end),
            "standard": self.course.standard.named,
            "programme": self.course.programme.id,
            **self.changed.as_json(),
            "gaps": list(self.coverage.gaps),
            "to_evidence": list(self.coverage.to_evidence),
            "behaviours_verified": encode(self.vouched),
            "behaviours_awaiting": list(self.awaiting),
            "growth": encode(self.growth),
            "earlier_actions": [
                action.as_json(day) | {"answer": review.answer(action.id)}
                for action in self.earlier
            ],
            "new_actions": [action.as_json(day) for action in self.agreed],
            "fields": {name: self.text(name, private) for name in FIELDS},
            "private_fields": [name for name in FIELDS if review.hides(name)],
            "plan_changes": list(review.plan_changes),
            "present": list(review.present),
            "signatures": encode(review.signatures),
            "unsigned": list(review.unsigned),
            "employer_signs": review.changes_plan,
            "to_fill": list(self.to_fill),
            "lacking": [what for what, _ in self.lacking],
            "statement": self.statement,
            "in_break": self.in_break,
        }


def actions_for(
    review: Review, since: date | None, actions: Iterable[Action]
) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The earlier actions a review answers for, and those agreed in it.

    Earlier ones were made by its day and closed neither before the last review (``since``)
    nor, seen from its day, afterwards.
    """
    earlier, agreed = [], []
    for action in actions:
        if action.source == review.id:
            agreed.append(action)
        elif action.made <= review.day:
            later = action.done is not None and action.done > review.day
            seen = replace(action, state=OPEN, done=None, why="") if later else action
            if seen.done is None or since is None or seen.done > since:
                earlier.append(seen)
    return tuple(earlier), tuple(agreed)


def review_page(pack: Pack, *, named: bool = False, private: bool = False) -> Page:
    """The pack as a page; ``named`` adds the learner's name, ``private`` private fields."""
    review, coverage = pack.review, pack.coverage
    gaps = " ".join(coverage.gaps)
    moved = [(move.code, move.before, move.after) for move in pack.changed.moved]
    growth = [
        (g.title, f"{full_day(g.then_day)}: {g.then}", f"{full_day(g.now_day)}: {g.now}")
        for g in pack.growth
    ]
    earlier = []
    for action in pack.earlier:
        unanswered = "No answer yet." if action.state == OPEN else ""
        earlier.append((*_action(action), review.answer(action.id) or unanswered))
    blocks = [
        *section("When", Paragraph(_when(pack))),
        *section("Hours", _hours(pack.changed)),
        *section("Entries", Paragraph(entries_line(pack.changed))),
        *section(
            "KSBs",
            Paragraph(f"{coverage.covered} of {coverage.total} at applied or higher."),
            _table(("KSB", "Before", "Now"), moved) or Paragraph("No KSBs moved up."),
            Paragraph(f"Still gaps: {gaps}" if gaps else "No gaps."),
        ),
        *section("Behaviours verified by the employer", listed(behaviour_lines(pack))),
        *section("Growth", _table(("About", "Then", "Now"), growth)),
        *section(
            "Earlier actions",
            _table(("Action", "Who", "When", "What happened"), earlier) or Paragraph("None."),
        ),
    ]
    for name, title in FIELDS.items():
        if name != "plan" or review.changes_plan:
            blocks += section(title, _field(pack.text(name, private)))
    blocks += section("The training plan", _plan(review))
    agreed = _table(("Action", "Who", "When"), list(map(_action, pack.agreed)))
    blocks += section("New actions", agreed or _field(""))
    blocks += section("Present", _field(", ".join(review.present)))
    blocks += section("Sign-off", _signatures(review))
    blocks += section(
        "Planned and actual hours", Paragraph(pack.statement) if pack.statement else None
    )
    number = f" {pack.due.number}" if pack.due else ""
    state = "" if review.held else " · in preparation"
    return Page(
        f"Progress review{number}, {long_day(review.day)}",
        f"{learner(pack.course, named)} · {pack.course.programme.title}{state}",
        tuple(blocks),
    )


def _when(pack: Pack) -> str:
    since = f"Covers {full_day(pack.changed.since)} to {full_day(pack.changed.until)}."
    if pack.in_break:
        since = f"{since} {break_line(pack)}"
    if pack.due is None:
        return f"{since} No review is required for this programme."
    return f"{since} Due by {pack.due.due_text}."


def break_line(pack: Pack) -> str:
    """That a review lies in a break, which may have been recorded after it."""
    return f"{long_day(pack.review.day)} is in a break in learning."


def _hours(changed: Changed) -> Table:
    then, now = changed.then, changed.present
    variance = say_variance(now.variance)
    was = f", was {say_variance(then.variance)}" if then.planned else ""
    return Table(
        ("", "Counted", "Planned", "Compared with the plan"),
        (
            ("Since then", say_minutes(changed.counted), say_minutes(changed.planned), ""),
            (
                "To date",
                f"{say_minutes(now.counted)} of {say_minutes(now.target)}",
                say_minutes(now.planned),
                f"{variance}{was}",
            ),
            ("Verified", say_minutes(now.verified), "", ""),
        ),
    )


def behaviour_lines(pack: Pack) -> tuple[str, ...]:
    """Behaviours by who verified them and when, then those that wait; none without any."""
    words: dict[tuple[date, str, str], list[str]] = {}
    for vouched in pack.vouched:
        words.setdefault((vouched.day, vouched.by, vouched.testimony), []).append(vouched.ksb)
    lines = [
        f"Verified: {' '.join(codes)}, {by}, {full_day(day)}" + (f': "{text}"' if text else "")
        for (day, by, text), codes in words.items()
    ]
    if pack.awaiting:
        lines.append(f"Waiting for the employer: {' '.join(pack.awaiting)}")
    return tuple(lines)


def _table(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table | None:
    return Table(headers, tuple(rows)) if rows else None


def _action(action: Action) -> tuple[str, str, str]:
    ksbs = f" ({' '.join(action.ksbs)})" if action.ksbs else ""
    return f"{action.text}{ksbs}", action.who, action_end(action)


def _field(text: str) -> Block:
    return Paragraph(text) if text else Note("Not filled in yet.")


def _plan(review: Review) -> Block:
    if not review.plan_changes:
        return Note("Not filled in yet: does the content, end day or hours change?")
    if review.plan_changes == (NO_CHANGE,):
        return Paragraph("Content, end day and hours stay the same.")
    return Paragraph(
        f"Changes in: {', '.join(review.plan_changes)}. The employer signs the change."
    )


def _signatures(review: Review) -> Table:
    """Who signed and when; a line to sign on for each who has not."""
    signed = [(s.role, s.name, "signed", full_day(s.day)) for s in review.signatures]
    rows = (*signed, *((role, "", "", "") for role in review.unsigned))
    return Table(("Role", "Name", "Signature", "Date"), tuple(rows), signed=True)
