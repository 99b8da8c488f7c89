"""What the entry form says beside the fields: does it count, and what would saving change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ksbtui.core.coverage.coverage import Coverage, after
from ksbtui.core.days import month_of, short_month
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.rules import Check, verdict, warning_texts
from ksbtui.core.entry.typed_entry import Understood
from ksbtui.core.hours.hours import say_variance
from ksbtui.presentation.parts import (
    BOLD,
    DONE,
    MUTED,
    NOT_COUNTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    REFUSED,
    VERIFIED,
    Block,
    Head,
    Line,
    Pair,
    state_symbol,
)


@dataclass(frozen=True, slots=True)
class Panel:
    """What the verdict is about: ``entry`` as it would be saved, None while unreadable."""

    entry: Entry | None
    before: Entry | None
    understood: Understood
    narrow: bool


def verdict_blocks(panel: Panel, journal: Any) -> list[Block]:
    """Give the panel's paragraphs; a few lines when narrow."""
    refused: list[Block] = [
        [(f"{refusal.message} ", REFUSED), (refusal.hint, MUTED)]
        for name, refusal in panel.understood.refusals.items()
        if name == "ksbs"
    ]
    if panel.entry is None:
        return [*refused, [("Enter a title and a time; the rest is filled in for you.", MUTED)]]
    entry = panel.entry
    course = journal.entries.course_of(entry)
    checks = verdict(entry, journal.entries.plan_of(entry), course.rules, journal.as_at)
    failed = [check for check in checks if not check.passed]
    warnings = _warnings(panel, journal)
    blocks: list[Block] = [*refused, _headline(entry, checks, panel.narrow)]
    for check in failed:
        blocks.append([(f"  {check.text}", PLAIN), (_source(check, panel.narrow), MUTED)])
    if panel.narrow:
        return [*blocks, _would_line(panel, journal), *([warnings[0]] if warnings else [])]
    blocks.append(None)
    blocks += [_check_line(check) for check in checks]
    if warnings:
        blocks += [None, *warnings]
    return blocks


def would_blocks(panel: Panel, journal: Any) -> list[Block]:
    """Give what saving would change, where there is room for it."""
    if panel.entry is None:
        return []
    return [None, None, Head("This would"), *_would(panel, journal)]


def _headline(entry: Entry, checks: Sequence[Check], narrow: bool) -> Line:
    if all(check.passed for check in checks):
        line = [(f"{VERIFIED} ", DONE), (f"Counts: {say_minutes(entry.minutes)}", BOLD)]
        if narrow:
            line.append(("   " + " · ".join(_name(check) for check in checks[-4:]), MUTED))
        return line
    return [(f"{NOT_COUNTED} Does not count", OWED_BOLD), (" · saving still works", MUTED)]


def _source(check: Check, narrow: bool) -> str:
    """Who says so, where there is room; what is not settled is said everywhere."""
    ask = " Ask your tutor." if check.ask_tutor else ""
    return ask if narrow else f"{ask} {check.source}."


def _name(check: Check) -> str:
    return check.rule.id.replace("-", " ")


def _check_line(check: Check) -> Line:
    if check.passed:
        return [(f"{VERIFIED} ", DONE), (_name(check), MUTED)]
    return [(f"{NOT_COUNTED} ", OWED), (check.rule.failed, PLAIN)]


def _warnings(panel: Panel, journal: Any) -> list[Block]:
    entry = panel.entry
    assert entry is not None
    day_minutes = journal.entries.minutes_on(entry.day) + entry.minutes
    if panel.before is not None and panel.before.day == entry.day:
        day_minutes -= panel.before.minutes
    found = journal.entries.warnings_of(entry, day_minutes)
    ids = sorted(found, key=lambda id: id == "untagged")  # seen anyway: only one may have room
    rules = journal.entries.course_of(entry).rules
    return [[("! ", OWED), (text, MUTED)] for text in warning_texts(ids, rules)]


def _moves(panel: Panel, coverage: Coverage) -> Iterator[tuple[str, str, str]]:
    """Each KSB that a new entry would move up the ladder: code, from, to."""
    entry = panel.entry
    if entry is None or panel.before is not None:
        return
    for code in entry.ksbs:
        ksb = coverage.ksb(code)
        if ksb is not None:
            evidence = len(entry.evidence)
            to = after(ksb.tally, day=entry.day, words=entry.words, evidence=evidence)
            if to != ksb.state:
                yield code, ksb.state, to


def _move_line(code: str, old: str, new: str) -> Line:
    return [
        (f"{code:<4}", BOLD),
        state_symbol(old),
        (f" {old} → ", MUTED),
        state_symbol(new),
        (f" {new}", DONE),
    ]


def _would(panel: Panel, journal: Any) -> Iterator[Block]:
    entry, view = panel.entry, journal.progress.view
    assert entry is not None
    gained = _gained(panel, journal)
    for move in _moves(panel, view.coverage):
        yield _move_line(*move)
    if gained:
        month = month_of(entry.day)
        rows = {row.month: row.counted_minutes for row in view.hours.by_month}
        old = rows.get(month, 0)
        yield _change(short_month(month), say_minutes(old), say_minutes(old + gained))
        variance = view.hours.variance_minutes
        yield _change("Plan", *_variances(variance, variance + gained))
    if not gained and not any(_moves(panel, view.coverage)):
        yield [("Nothing in your figures.", MUTED)]


def _variances(old: int, new: int) -> tuple[str, str]:
    """Both differences from plan; the side is said once where it stays the same."""
    was, will = say_variance(old), say_variance(new)
    words = [text.partition(" m ")[2] or text.partition(" h ")[2] for text in (was, will)]
    return (was.removesuffix(f" {words[0]}") if words[0] == words[1] else was), will


def _change(label: str, old: str, new: str) -> Pair:
    return Pair([(f"{label:<5}", BOLD), (f"{old} → ", MUTED), (new, DONE)])


def _would_line(panel: Panel, journal: Any) -> Line:
    view = journal.progress.view
    moves = list(_moves(panel, view.coverage))
    line: Line = [("  ", PLAIN)]
    if moves:
        line += [*_move_line(*moves[0]), ("   ", PLAIN)]
    gained = _gained(panel, journal)
    variance = view.hours.variance_minutes
    new, old = say_variance(variance + gained), say_variance(variance)
    line.append((f"{new}, was {old}" if gained else old, MUTED))
    return line


def _gained(panel: Panel, journal: Any) -> int:
    """Counted minutes that saving adds (or takes away)."""

    def counted(entry: Entry | None) -> int:
        return entry.minutes if entry and not journal.entries.failed(entry) else 0

    return counted(panel.entry) - counted(panel.before)
