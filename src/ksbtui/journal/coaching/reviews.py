"""Progress reviews of a journal: one in preparation, those held, their packs and sign-offs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.coaching.review import (
    FIELDS,
    Answered,
    Review,
    Signature,
    check_held,
    parse_changes,
    parse_role,
    with_text,
)
from ksbtui.core.coaching.review_pack import Growth, Pack, Vouched, actions_for, review_page
from ksbtui.core.codec import encode
from ksbtui.core.days import ONE_DAY, line_day, long_day
from ksbtui.core.hours.hours import statement
from ksbtui.core.programme.timeline import Review as Due
from ksbtui.core.programme.timeline import reviews as clocks
from ksbtui.core.text.text import clean, one_line, quoted
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.coaching.actions import Actions
from ksbtui.journal.coaching.records import REVIEW, reviews_of
from ksbtui.journal.coaching.verification import Verifying
from ksbtui.journal.context import Context, by_prefix, new_id
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database.store import Batch

if TYPE_CHECKING:
    from ksbtui.core.coverage.coverage import Coverage
    from ksbtui.core.exchange.pages import Page
    from ksbtui.journal.coaching.earlier import Moment
    from ksbtui.journal.entry.revisits import Revisits

HELD, NEXT = "held", "next"
"""How a person asks for the last review held, and for the one to come."""
CHANGES = "changes"
"""The field by which a person says what changes in the plan."""


@dataclass(frozen=True, slots=True)
class Held:
    """A review as it was held, what is odd about it, and what is still asked for."""

    review: Review
    notes: tuple[str, ...] = ()
    to_fill: tuple[str, ...] = ()


class Reviews:
    """The progress reviews of the present enrolment."""

    def __init__(
        self,
        context: Context,
        progress: Progress,
        actions: Actions,
        verifying: Verifying,
        revisits: Revisits,
    ) -> None:
        self._context = context
        self._progress = progress
        self._actions = actions
        self._verifying = verifying
        self._revisits = revisits

    def all(self) -> tuple[Review, ...]:
        return reviews_of(self._context)

    def held(self) -> tuple[Review, ...]:
        return tuple(
            review for review in self.all() if review.held and review.day <= self._context.as_at
        )

    @property
    def draft(self) -> Review | None:
        return next((review for review in self.all() if not review.held), None)

    def get(self, id: str = "") -> Review:
        reviews = {review.id: review for review in self.all()}
        if id.strip():
            return by_prefix(reviews, id, "review", "ksbtui review list")
        if not reviews:
            raise NotFound("You have no review yet.", "Prepare one with: ksbtui review start")
        return self.draft or list(reviews.values())[-1]

    def current(self) -> Review:
        """The review in view: in preparation, else held today, else the next, not yet begun."""
        reviews = self.held()
        if self.draft is None and reviews and reviews[-1].day == self._context.as_at:
            return reviews[-1]
        return self.next()

    def next(self) -> Review:
        return replace(self.draft or self._fresh(), day=self._context.as_at)

    def asked(self, which: str) -> Review:
        """A review as a person names it: ``held`` (the last), ``next``, an id; else the current."""
        word = which.strip().casefold()
        if word == NEXT:
            return self.next()
        if word == HELD:
            reviews = self.held()
            if not reviews:
                raise NotFound(
                    "You have not had a review yet.", "Record one with: ksbtui review hold"
                )
            return reviews[-1]
        return self.get(word) if word else self.current()

    def start(self) -> Review:
        if self.draft is not None:
            return self.draft
        review = self._fresh()
        self._save(review, "Started to prepare a progress review")
        return review

    def set(self, name: str, text: str, *, shared: bool = False, id: str = "") -> Review:
        """Write a field (:data:`FIELDS`, or ``changes``); preparing begins if need be."""
        text = clean(text).strip()
        review = self.get(id) if id else self.draft or self._fresh()
        if name == CHANGES:
            review = replace(review, plan_changes=parse_changes(text))
        else:
            review = with_text(review, name, text, shared=shared)
        title = FIELDS.get(name, "What changes in the plan")
        self._save(review, f'Wrote "{title}" in the progress review')
        return review

    def answer(self, action: str, text: str) -> Review:
        """Answer for an earlier action that is still open: why, and what now."""
        earlier = self._actions.get(action)
        if not text.strip():
            raise Unreadable("The answer is empty.", "Write what happened, in a few words.")
        review = self.draft or self._fresh()
        others = [answer for answer in review.answers if answer.action != earlier.id]
        review = replace(review, answers=(*others, Answered(earlier.id, clean(text).strip())))
        self._save(review, f"Answered {quoted(earlier.text)}")
        return review

    def sign(self, name: str, role: str, day: date | None = None, id: str = "") -> Review:
        name, day = one_line(name), day or self._context.as_at
        if not name:
            raise Unreadable("It is missing who signed.", "Add the name: --name NAME")
        if day > self._context.as_at:
            raise Conflict(
                f"{long_day(day)} is in the future.",
                "Record a sign-off on the day it is made, or later.",
            )
        review, role = self.get(id), parse_role(role)
        if review.held and day < review.day:
            raise Conflict(
                f"{long_day(day)} is before the review, which was on {long_day(review.day)}.",
                "Enter the day it was signed.",
            )
        others = [signature for signature in review.signatures if signature.role != role]
        review = replace(review, signatures=(*others, Signature(name, role, day)))
        self._save(review, f"{name} signed the progress review as {role}")
        return review

    def hold(self, day: date | None = None, present: Iterable[str] = ()) -> Held:
        """Hold the review in preparation; refuses while something required is lacking."""
        # deferred: stepping the journal back is heavy and read when asked
        from ksbtui.journal.coaching.earlier import moment_of

        context = self._context
        names = tuple(filter(None, map(one_line, present)))
        review = self.draft or self._fresh()
        review = replace(
            review, day=day or context.as_at, present=names or review.present, held=False
        )
        plan = self._progress.view.plan
        odd = check_held(review.day, plan, self.held(), context.as_at)
        pack = self.pack(review)
        if pack.lacking:
            what, way = pack.lacking[0]
            more = len(pack.lacking) - 1
            also = f" {more} more. To see all: ksbtui review" if more else ""
            raise Conflict(what, f"{way}{also}")
        if pack.due is None:
            odd = (*odd, "This programme does not need reviews.")
        n = (moment_of(context, review.day).n or 0) if review.day < context.as_at else 0
        with context.writing(f"Recorded the progress review on {line_day(review.day)}") as batch:
            self.put(batch, replace(review, held=True, batch=n))
        after = self.get(review.id)
        return Held(after, odd, pack.to_fill)

    def drop(self) -> Review:
        review = self.draft
        if review is None:
            raise NotFound(
                "No review is in preparation.", "To see past reviews: ksbtui review list"
            )
        self._context.put("Deleted the progress review in preparation", REVIEW, review.id, None)
        return review

    def put(self, batch: Batch, review: Review) -> None:
        """Keep a review inside an open batch; one that is held is numbered after it."""
        n = (review.batch or batch.n) if review.held else 0
        batch.put_record(REVIEW, review.id, encode(replace(review, batch=n)))

    def pack(self, review: Review | None = None) -> Pack:
        from ksbtui.journal.coaching.earlier import Moment, changed_between, seen_at

        context = self._context
        review = review or self.current()
        before = self._held_before(review)
        last = before[-1] if before else None
        start = context.enrolled.enrolment.start
        first = Moment(last.batch, last.day) if last else Moment(None, start)
        until = self._until(review)
        seen = seen_at(context, self._progress.view, until)
        earlier, agreed = actions_for(review, last.day if last else None, self._actions.all())
        short = seen.hours.variance_minutes < 0
        return Pack(
            review=review,
            course=seen.course,
            coverage=seen.coverage,
            changed=changed_between(context, self._progress.view, first, until),
            due=self._due(review),
            earlier=earlier,
            agreed=agreed,
            statement=statement(seen.course, seen.plan, seen.hours, until.day) if short else "",
            vouched=self._vouched(seen.coverage, until.day),
            in_break=self._progress.view.plan.in_break(review.day),
            growth=self._growth(first.day, until.day),
        )

    def _growth(self, since: date, until: date) -> tuple[Growth, ...]:
        quote = self._revisits.quote
        return tuple(
            Growth(entry.title, quote(entry), entry.day, quote(again), again.day)
            for entry, again in self._revisits.pairs(since, until)
            if entry.words and again.words
        )

    def page(
        self, review: Review | None = None, *, named: bool = False, private: bool = False
    ) -> Page:
        """The pack as a page (:func:`ksbtui.core.coaching.review_pack.review_page`)."""
        return review_page(self.pack(review), named=named, private=private)

    def due(self) -> Due | None:
        """The review that falls due next with both its clocks, or None."""
        return self._progress.view.timeline.next_review

    def _vouched(self, coverage: Coverage, day: date) -> tuple[Vouched, ...]:
        """The employer's newest word by a day on each behaviour, in the standard's order."""
        newest = {
            code: Vouched(code, statement.by, statement.day, statement.testimony)
            for statement in self._verifying.employer_verified()
            if statement.day <= day
            for code in statement.ksbs
        }
        return tuple(newest[ksb.code] for ksb in coverage.ksbs if ksb.code in newest)

    def _until(self, review: Review) -> Moment:
        """The moment a pack looks from: when it was held, the end of an earlier day, or now."""
        from ksbtui.journal.coaching.earlier import Moment, moment_of, present_moment

        if review.held:
            return Moment(review.batch, review.day)
        if review.day < self._context.as_at:
            return moment_of(self._context, review.day)
        return present_moment(self._context)

    def _due(self, review: Review) -> Due | None:
        """Number and clocks of a review: those of the one held that day, else the next due."""
        view = self._progress.view
        days = {earlier.day for earlier in self._held_before(review)}
        reviews = clocks(view.course.rules, view.plan, days, self._context.as_at)
        return reviews[-1] if reviews and reviews[-1].held is None else None

    def _held_before(self, review: Review) -> list[Review]:
        others = [other for other in self.held() if other.id != review.id]
        return [other for other in others if other.day < review.day + ONE_DAY * (not review.held)]

    def _fresh(self) -> Review:
        return Review(new_id(), self._context.enrolment_id, self._context.as_at)

    def _save(self, review: Review, label: str) -> None:
        with self._context.writing(label) as batch:
            self.put(batch, review)
