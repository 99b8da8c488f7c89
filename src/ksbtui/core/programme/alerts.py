"""What cannot wait: facts a learner should know now, each with its way out.

Most urgent first; the ids name the kind, so several alerts may share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date

from ksbtui.core.codec import encode_fields
from ksbtui.core.days import MONTH_NAMES, ONE_DAY, line_day, long_day, months_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.frozen import dataclass
from ksbtui.core.hours.hours import MonthGap
from ksbtui.core.programme.next_steps import Situation
from ksbtui.core.text.text import number_of, quoted

IDS = (
    *("action-overdue", "review-overdue", "two-places", "month-without-training", "milestone"),
    *("behind-plan", "outside-hours", "gaps", "review-due", "draft"),
)
"""Kinds of alert, most urgent first."""

SOON_DAYS = 14
"""How many days ahead a milestone is announced."""
DRAFT_DAYS = 7
"""A draft is old when it was last touched more days ago than these."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A fact and its way out in one text, with the day it is about.

    ``brief`` and ``when`` say the fact alone, for a row of a list.
    """

    id: str
    text: str
    day: date
    brief: str = field(default="", compare=False)
    when: str = field(default="", compare=False)

    def as_json(self) -> dict[str, object]:
        return encode_fields(self, "brief", "when")


def alerts(now: Situation) -> tuple[Alert, ...]:
    """Every alert of the situation, most urgent kind first, then by day.

    Once it ended there is only the one about texts written in two places.
    """
    if now.ended:
        return tuple(_two_places(now))
    every = [
        *_actions(now),
        *_reviews(now),
        *_two_places(now),
        *untrained_alerts(now.untrained, now.as_at),
        *_milestones(now),
        *_behind(now),
        *_outside(now),
        *_gaps(now),
        *_drafts(now),
    ]
    return tuple(sorted(every, key=lambda alert: (IDS.index(alert.id), alert.day, alert.text)))


def _actions(now: Situation) -> Iterator[Alert]:
    for action in now.overdue:
        text = f"{quoted(action.text)} was due on {long_day(action.due)}. Do it or agree a new day."
        brief = " ".join(action.text.split())
        yield Alert("action-overdue", text, action.due, brief, f"due {line_day(action.due)}")


def _reviews(now: Situation) -> Iterator[Alert]:
    review = now.timeline.next_review
    if review is None:
        return
    due, head = review.due_month_end, f"Progress review {review.number}"
    if review.overdue(now.as_at):
        text = f"{head} was due by {long_day(due)}. Ask your tutor for a day."
        yield Alert("review-overdue", text, due, head, f"due {line_day(due)}")
    elif now.as_at == due:
        yield Alert("review-due", f"{head} is due today. Ask your tutor.", due, head, "today")


def _two_places(now: Situation) -> Iterator[Alert]:
    if now.two_places:
        texts = number_of(now.two_places, "text")
        way = "Choose which to keep: ksbtui conflicts"
        text = f"You changed {texts} on two devices. Nothing is lost. {way}"
        yield Alert("two-places", text, now.as_at, f"{texts} changed on two devices")


def untrained_alerts(gaps: Iterable[MonthGap], as_at: date) -> Iterator[Alert]:
    """Ended months without training as one alert, at the day of the last; the present one."""
    gaps = tuple(gaps)
    ended = [gap for gap in gaps if gap.ended]
    if ended:
        way = "Log what you did then, or ask your tutor whether a break should be recorded."
        months = [month for gap in ended for month in gap.months]
        text = f"No hours counted in {months_text(months)}. {way}"
        brief = f"No hours in {months_text(months, as_at.year)}"
        yield Alert("month-without-training", text, ended[-1].day, brief)
    for gap in gaps:
        if not gap.ended:
            text, brief = f"{gap.text} Log some by {long_day(gap.day)}.", gap.text.rstrip(".")
            when = f"by {line_day(gap.day)}"
            yield Alert("month-without-training", text, gap.day, brief, when)


def by_kind(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Put alerts of one kind into one, for a list of rows; each keeps its order."""
    kinds: dict[str, list[Alert]] = {}
    for alert in alerts:
        kinds.setdefault(alert.id, []).append(alert)
    return tuple(_joined(same) if len(same) > 1 else same[0] for same in kinds.values())


def _joined(alerts: Sequence[Alert]) -> Alert:
    first, *rest = alerts
    text = " ".join(alert.text for alert in alerts)
    if first.id == "action-overdue":
        brief, when = f"{len(alerts)} actions are overdue", f"since {line_day(first.day)}"
    elif first.id == "month-without-training":
        brief, when = (
            f"{first.brief}, and none yet in {MONTH_NAMES[rest[-1].day.month - 1]}",
            first.when,
        )
    else:
        brief, when = " · ".join(alert.brief for alert in alerts), first.when
    return Alert(first.id, text, first.day, brief, when)


def _milestones(now: Situation) -> Iterator[Alert]:
    """Milestones of the next two weeks; coaching sessions come too often to be news."""
    for milestone in now.timeline.milestones:
        day, days = milestone.day, (milestone.day - now.as_at).days
        news = milestone.state == "next" and not (milestone.coaching or milestone.optional)
        if news and 0 <= days <= SOON_DAYS:
            when = "today" if days == 0 else f"in {number_of(days, 'day')}, on {long_day(day)}"
            text = f"{milestone.name}: {when}. Timeline shows what it needs."
            yield Alert("milestone", text, day, milestone.name, line_day(day))


def _behind(now: Situation) -> Iterator[Alert]:
    """More than a week's plan behind, once 28 days have passed; not in a break."""
    plan, behind = now.timeline.plan, -now.variance_minutes
    days = plan.outside_breaks(plan.start, plan.plan_end)
    if now.pace_per_week_minutes is None or plan.in_break(now.as_at):
        return
    if behind <= 0 or behind * days <= plan.target * 7:
        return
    needed = now.needed_per_week_minutes
    if needed is None:
        way = "Your programme has passed its planned end. Ask your tutor about a later end day."
    elif needed > now.pace_per_week_minutes:
        more = say_minutes(needed - now.pace_per_week_minutes)
        way = f"Do {more} more a week to finish on time ({long_day(plan.plan_end)})."
    else:
        way = "At your pace of the last 8 weeks you will finish on time."
    fact = f"{say_minutes(behind)} behind plan"
    yield Alert("behind-plan", f"{fact}. {way}", now.as_at, fact)


def _outside(now: Situation) -> Iterator[Alert]:
    """More than half of what is logged lies outside paid hours: most training must not."""
    if 2 * now.outside_minutes > now.logged_minutes:
        outside, logged = say_minutes(now.outside_minutes), say_minutes(now.logged_minutes)
        text = (
            f"{outside} of your {logged} are outside your normal paid hours. Most training "
            "should be inside them. Ask your tutor."
        )
        yield Alert("outside-hours", text, now.as_at, f"{outside} outside paid hours")


def _gaps(now: Situation) -> Iterator[Alert]:
    """Gaps against the time left, from half-way to the gateway on; not in a break."""
    plan, ksbs = now.timeline.plan, now.coverage.ksbs
    passed = plan.outside_breaks(plan.start, min(now.as_at, plan.plan_end))
    halfway = 2 * passed >= plan.outside_breaks(plan.start, plan.plan_end)
    if not halfway or plan.in_break(now.as_at):
        return
    none = sum(ksb.state == "none" for ksb in ksbs)
    mentioned = sum(ksb.state == "mentioned" for ksb in ksbs)
    if none:
        fact = f"{number_of(none, 'KSB')} {'has' if none == 1 else 'have'} no entry"
    elif mentioned:
        fact = f"{number_of(mentioned, 'KSB')} {'is' if mentioned == 1 else 'are'} only mentioned"
    else:
        return
    days = plan.outside_breaks(now.as_at + ONE_DAY, plan.plan_end)
    time = number_of(days // 7, "week") if days >= 14 else number_of(days, "day")
    left = f"{time} left" if days else "no time left"
    text = f"{fact}, {left}. Coverage lists them, most urgent first."
    yield Alert("gaps", text, plan.plan_end, fact, left)


def _drafts(now: Situation) -> Iterator[Alert]:
    for draft in now.drafts:
        days = (now.as_at - draft.day).days
        if days > DRAFT_DAYS:
            name = f"Draft {quoted(draft.title)}" if draft.title else "A draft without a title"
            text = f"{name} is {days} days old. Finish it or discard it."
            yield Alert("draft", text, draft.day, name, f"{days} days old")
