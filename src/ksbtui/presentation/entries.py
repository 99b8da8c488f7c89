"""What the Journal says: weeks as headings, entries as rows, one entry in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ksbtui.core.days import DAY_NAMES, MONTH_NAMES, full_day, line_day, span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import APPLIED_WORDS, Filter
from ksbtui.core.entry.rules import verdict
from ksbtui.core.text.text import number_of
from ksbtui.errors import NotFound
from ksbtui.presentation.parts import (
    ALERT,
    ASKED,
    BOLD,
    DONE,
    MUTED,
    NOT_COUNTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    VERIFIED,
    Block,
    Group,
    Head,
    Line,
    Pair,
    Row,
    state_symbol,
)

if TYPE_CHECKING:
    from ksbtui.core.coverage.suggestions import Suggestion
    from ksbtui.core.entry.entries import Comment, Entry
    from ksbtui.core.programme.programmes import Course
    from ksbtui.core.text.query import Query
    from ksbtui.journal.entry.entries import Entries
    from ksbtui.journal.entry.listing import WeekTotal
    from ksbtui.journal.journal import Journal

PRIVATE = "private"
"""Said of an entry that is kept out of calls, shares and exports."""

Spans = Sequence[tuple[int, int]]


def week_name(monday: date, today: date) -> str:
    """Name a week as a person would: ``This week``, ``14 to 20 September``."""
    here = today - timedelta(days=today.weekday())
    if monday == here:
        return "This week"
    last = monday + timedelta(days=6)
    year = "" if last.year == today.year else f" {last.year}"
    end = f"{last.day} {MONTH_NAMES[last.month - 1]}{year}"
    if monday.month == last.month:
        return f"{monday.day} to {end}"
    return f"{monday.day} {MONTH_NAMES[monday.month - 1]} to {end}"


def groups(weeks: Iterable[WeekTotal], today: date) -> list[Group]:
    """The weeks as headings with their counted totals."""
    return [
        Group(week_name(week.monday, today), say_minutes(week.counted_minutes), week.entries)
        for week in weeks
    ]


def summary(weeks: Sequence[WeekTotal]) -> Line:
    """How much there is in all."""
    entries = sum(week.entries for week in weeks)
    logged = say_minutes(sum(week.logged_minutes for week in weeks))
    counted = say_minutes(sum(week.counted_minutes for week in weeks))
    number = number_of(entries, "entry", "entries")
    words = f"  {number} · {logged} logged · {counted} counted"
    return [("Journal", BOLD), (words if entries else "", MUTED)]


def chosen_line(number: int) -> Line:
    """How many entries are chosen, and what can be done with them."""
    keys: Line = []
    for key, text in (("k", "KSBs"), ("T", "type"), ("m", "submitted"), ("d", "delete")):
        keys += [("  ", PLAIN), (key, BOLD), (f" {text}", MUTED)]
    return [(f"{number:,} chosen", BOLD), *keys, ("  esc", BOLD), (" none", MUTED)]


def badge_of(entry: Entry) -> str:
    """The word beside an entry in every list: whether it is private."""
    return PRIVATE if entry.private else ""


def named(entry: Entry) -> str:
    """An entry's title where there is only room for that, a private one marked."""
    return f"({PRIVATE}) {entry.title}" if entry.private else entry.title


def row_of(entry: Entry, *, counts: bool, tags: int, dated: bool, fresh: bool, found: Spans) -> Row:
    """An entry as a row; ``tags`` codes are named, ``dated`` writes the whole day."""
    more = len(entry.ksbs) - tags
    codes = " ".join(entry.ksbs[:tags]) + (f" +{more}" if more > 0 else "")
    day = entry.day
    weekday, number = DAY_NAMES[day.weekday()][:3], day.day
    return Row(
        entry.id,
        entry.title,
        say_minutes(entry.minutes),
        lead=full_day(day).rjust(11) if dated else f"{weekday} {number:>2}",
        mark="" if counts else NOT_COUNTED,
        badge=badge_of(entry),
        tags=codes or "–",
        muted=not counts,
        fresh=fresh,
        found=tuple((start, end) for start, end in found),
    )


def marked(text: str, query: Query | None) -> Line:
    """A text with what was searched for underlined."""
    if query is None:
        return [(text, PLAIN)]
    # deferred: a list shows none of this: the query, signatures, the suggester
    from ksbtui.core.text.terms import highlight

    line, at = [], 0
    for start, end in highlight(text, query):
        line += [(text[at:start], PLAIN), (text[start:end], "bold underline")]
        at = end
    return [*line, (text[at:], PLAIN)]


def small_detail(entry: Entry, journal: Journal, query: Query | None) -> list[Block]:
    """The entry in few lines, below the list."""
    counts = not journal.entries.failed(entry)
    sign = (f"{VERIFIED} ", DONE) if counts else (f"{NOT_COUNTED} ", OWED)
    word = "counts" if counts else "does not count"
    right: Line = [sign, (f"{word} · {say_minutes(entry.minutes)}", MUTED)]
    meta: Line = [(span_text(entry.first_day, entry.day, weekday=True), MUTED)]
    meta.append((f" · {_type(entry, journal)}", MUTED))
    if entry.evidence:
        meta.append((f" · {len(entry.evidence)} evidence", MUTED))
    for number, code in enumerate(entry.ksbs):
        meta += [("  " if number else " · ", MUTED), (code, MUTED)]
        meta += [(" ", PLAIN), *_state(entry, code, journal)[0]]
    text = entry.learned.strip() or entry.notes.strip()
    asked = journal.verifying.questions(entry.id)
    return [
        Pair([(entry.title, BOLD)], right),
        Pair(meta, [("space more", MUTED)]),
        *(Pair(_question(question), [("q answers", MUTED)]) for question in asked[:1]),
        *([] if counts else [Pair(line) for line in _reasons(entry, journal)]),
        None,
        marked(text, query) if text else [("No words yet. e edits.", MUTED)],
    ]


def full_detail(entry: Entry, journal: Journal, query: Query | None) -> list[Block]:
    """The entry in full."""
    about = " · ".join(
        (
            span_text(entry.first_day, entry.day, weekday=True),
            say_minutes(entry.minutes),
            _type(entry, journal),
        )
    )
    blocks: list[Block] = [[(entry.title, BOLD)], [(about, MUTED)]]
    blocks += _verdict(entry, journal)
    blocks += _asked(entry, journal)
    words = entry.words
    for label, total, text in (
        ("What I did", "", entry.notes),
        ("What I learned", number_of(entry.words, "word") if words else "", entry.learned),
    ):
        if text.strip():
            blocks += [None, Head(label, total), marked(text.strip(), query)]
    if not words:
        blocks += [None, [("Nothing on what you learned yet. e edits.", MUTED)]]
    blocks += _ksbs(entry, journal)
    blocks += _evidence(entry)
    blocks += _said(entry, journal)
    blocks += _links(entry, journal)
    blocks += _seals(entry, journal)
    return [*blocks, None, [(_kept(entry), MUTED)], *_late(entry, journal)]


def _course(entry: Entry, journal: Journal) -> Course:
    return journal.entries.course_of(entry)


def _type(entry: Entry, journal: Journal) -> str:
    kind = _course(entry, journal).rules.type(entry.type)
    return kind.label if kind else entry.type


def _verdict(entry: Entry, journal: Journal) -> Iterator[Block]:
    """Whether it counts, why not, its module, and who verified it."""
    module = f"module {entry.module}" if entry.module else "no module"
    vouched = entry.verified
    seen = f"verified by {vouched.by}, {line_day(vouched.day)}" if vouched else "not verified"
    where = (f"   {module}   {seen}", MUTED)
    if not journal.entries.failed(entry):
        yield [(f"{VERIFIED} ", DONE), ("Counts", BOLD), where]
        return
    yield [(f"{NOT_COUNTED} Does not count", OWED_BOLD), where]
    yield from _reasons(entry, journal)


def _reasons(entry: Entry, journal: Journal) -> Iterator[Line]:
    course = _course(entry, journal)
    plan = journal.entries.plan_of(entry)
    for check in verdict(entry, plan, course.rules, journal.as_at):
        if not check.passed:
            yield [(check.text, PLAIN), (" Ask your tutor." if check.ask_tutor else "", MUTED)]


def _ksbs(entry: Entry, journal: Journal) -> Iterator[Block]:
    yield None
    yield Head("KSBs", str(len(entry.ksbs) or ""))
    if not entry.ksbs:
        yield [
            (f"{ALERT} ", OWED),
            ("No KSB tagged, so it does not count towards coverage. e edits.", MUTED),
        ]
    for code in entry.ksbs:
        symbol, name = _state(entry, code, journal)
        yield Pair([(f"{code:<4}", BOLD), *symbol, (f" {name}", MUTED)])


def _state(entry: Entry, code: str, journal: Journal) -> tuple[Line, str]:
    """Where a KSB of the entry stands today, and its name; K1 of an earlier standard is not K1."""
    view = journal.progress.view
    if entry.enrolment == view.course.enrolment.id:
        ksb = view.coverage.ksb(code)
        return [state_symbol(ksb.state if ksb else "none")], (
            ksb.short or ksb.statement
        ) if ksb else ""
    own = next((ksb for ksb in _course(entry, journal).standard.ksbs if ksb.code == code), None)
    return [], (own.short or own.text) if own else ""


def _evidence(entry: Entry) -> Iterator[Block]:
    if not entry.evidence:
        return
    yield None
    yield Head("Evidence", str(len(entry.evidence)))
    for item in entry.evidence:
        yield Pair([(item.title or item.target, PLAIN)], [(item.kind, MUTED)])
        if item.title and item.target != item.title:
            yield Pair([(item.target, MUTED)])


def _question(asked: Comment) -> Line:
    return [(f"{ASKED} ", OWED_BOLD), (f"{asked.by} asks: ", MUTED), (asked.text, PLAIN)]


def _asked(entry: Entry, journal: Journal) -> Iterator[Block]:
    """Questions still open, above what they are about."""
    asked = journal.verifying.questions(entry.id)
    for question in asked:
        yield None
        yield _question(question)
    if asked:
        yield [("q answers.", MUTED)]


def _said(entry: Entry, journal: Journal) -> Iterator[Block]:
    """Questions with their answers, and comments, in the order of their days."""
    questions = journal.verifying.questions(entry.id, all=True)
    answered = [question for question in questions if question.answered]
    comments = journal.verifying.comments(entry.id)
    if not (answered or comments):
        return
    yield None
    yield Head("Talked about", str(len(answered) + len(comments)))
    for remark in sorted((*answered, *comments), key=lambda remark: remark.day):
        yield [(f"{line_day(remark.day)}  {remark.by}: ", MUTED), (remark.text, PLAIN)]
        if remark.answered:
            yield [("answered", MUTED), (f": {remark.answer}" if remark.answer else "", PLAIN)]


def _links(entry: Entry, journal: Journal) -> Iterator[Block]:
    """The old reflection this entry comes back to, and those that came back to it."""
    before, after = journal.revisits.of(entry)
    if before or after:
        yield None
    if before:
        yield [(f"Returns to {full_day(before.day)}: ", MUTED), (before.title, PLAIN)]
    for later in after:
        yield [(f"You returned to it on {full_day(later.day)}: ", MUTED), (later.title, PLAIN)]


def _seals(entry: Entry, journal: Journal) -> Iterator[Block]:
    """What signatures say of the entry."""
    if journal.verifying.is_signed(entry.id):
        from ksbtui.presentation.exchange import seal_text  # loads the exchange

        for seal in journal.feedback.seals(entry):
            yield [(seal_text(seal), MUTED)]


def _kept(entry: Entry) -> str:
    """When it was logged and changed, and where else it is."""
    logged = date.fromisoformat(entry.created_at[:10])
    days = (logged - entry.day).days
    if days == 0:
        words = ["Logged the same day"]
    elif days > 0:
        words = [f"Logged {number_of(days, 'day')} later, {line_day(logged)}"]
    else:
        words = [f"Logged before the day, {line_day(logged)}"]
    if entry.updated_at != entry.created_at:
        words.append(f"changed {line_day(date.fromisoformat(entry.updated_at[:10]))}")
    if entry.submitted:
        words.append(f"in your e-portfolio since {line_day(entry.submitted)}")
    if entry.private:
        words.append("private")
    if entry.source:
        words.append(f"from {entry.source}")
    return " · ".join(words)


def _late(entry: Entry, journal: Journal) -> Iterator[Block]:
    limit = _course(entry, journal).rules.late_warn_days
    if (date.fromisoformat(entry.created_at[:10]) - entry.day).days > limit:
        text = f"Logged more than {limit} days after the activity."
        yield [(f"{ALERT} ", OWED), (text, MUTED)]


OPEN = (
    ("no:ksbs", "without a KSB, so they do not count towards coverage", "without a KSB"),
    ("no:learned", "with nothing on what you learned", "with nothing on what you learned"),
    ("no:evidence", "without evidence", "without evidence"),
    ("submitted:no counted:yes", "not in your e-portfolio yet", "not in your e-portfolio yet"),
)
"""Searches for what is still to be done with entries: of one, and of several."""

LADDER = (
    ("mentioned", "an entry is tagged with the KSB"),
    ("applied", f"and says in {APPLIED_WORDS} words or more what you learned"),
    ("evidenced", "a file or link is attached"),
    ("strong", "files or links on two days or more"),
)
"""How an entry moves a KSB up, rung by rung."""


def young_blocks(journal: Journal) -> list[Block]:
    """What a short journal has room for: hours by type, what is open, what moves a KSB up."""
    view = journal.progress.view
    blocks: list[Block] = []
    if view.hours.by_type:
        most = max(view.hours.by_type.values())
        blocks.append(Head("Counted so far", say_minutes(view.hours.counted_minutes)))
        for id, minutes in sorted(view.hours.by_type.items(), key=lambda pair: -pair[1])[:6]:
            kind = view.course.rules.type(id)
            bar = "▄" * max(1, round(20 * minutes / most))
            left: Line = [(f"{kind.label if kind else id:<30}", PLAIN), (bar, MUTED)]
            blocks.append(Pair(left, [(say_minutes(minutes), PLAIN)]))
        blocks.append(None)
    still = [
        (journal.entries.find(Filter(search=search), limit=0).total, search, one, several)
        for search, one, several in OPEN
    ]
    if any(total for total, *_ in still):
        blocks.append(Head("Still to do", "/ finds them"))
        for total, search, one, several in still:
            if total:
                text = f"{number_of(total, 'entry', 'entries')} {one if total == 1 else several}"
                blocks.append(Pair([(text, PLAIN)], [(search, MUTED)]))
        blocks.append(None)
    blocks.append(Head("What moves a KSB up"))
    for state, how in LADDER:
        blocks.append([state_symbol(state), (f" {state:<11}", BOLD), (how, MUTED)])
    return blocks


def facet_lines() -> list[Block]:
    """What the search line understands, for the help and for a search that finds nothing."""
    from ksbtui.core.text.query import FACETS, LEAVE_OUT

    shown = [LEAVE_OUT, *((example, means) for _, example, means in FACETS)]
    return [[(f"{example:<16}", BOLD), (f"entries {means}", MUTED)] for example, means in shown]


def like_text(
    suggestion: Suggestion, entries: Entries, say_day: Callable[[date], str], *, title: bool = False
) -> str:
    """What a suggestion is like that the text alone did not lead to."""
    from ksbtui.journal.progress.suggestions import pack_of  # loads the suggester

    pack = pack_of(suggestion)
    if pack:
        return f"like an example in the pack {pack}"
    try:
        earlier = entries.get(suggestion.like)
    except NotFound:
        return "like an entry of yours"
    day = f"like your entry of {say_day(earlier.day)}"
    return f"{day}: {earlier.title}" if title else day
