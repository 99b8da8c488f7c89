"""What the entry form says: does it count, what would saving change, which KSBs fit its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ksbtui.core.coverage.coverage import Coverage, KsbState, after
from ksbtui.core.coverage.suggestions import split
from ksbtui.core.days import line_day, month_of, short_month
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.rules import Check, verdict, warning_texts
from ksbtui.core.hours.hours import say_variance
from ksbtui.presentation.entries import like_text
from ksbtui.presentation.parts import (
    ALERT,
    BOLD,
    DONE,
    MUTED,
    NOT_COUNTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    REFUSED,
    STATES,
    VERIFIED,
    Block,
    Head,
    Line,
    Pair,
    Row,
    state_symbol,
)

if TYPE_CHECKING:
    from ksbtui.core.coverage.suggestions import Suggestion
    from ksbtui.core.entry.entries import Entry
    from ksbtui.core.entry.typed_entry import Understood
    from ksbtui.journal.journal import Journal

SUGGESTED, SUGGESTED_NARROW = 5, 3
"""Suggestions that are shown."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What saving would do: ``entry`` as it would be saved, None while it cannot be read."""

    entry: Entry | None
    before: Entry | None
    understood: Understood
    narrow: bool


# Does it count?


def verdict_blocks(preview: Preview, journal: Journal) -> list[Block]:
    """Whether it counts and why not, each rule and warning on a line; a few lines when narrow."""
    refusal = preview.understood.refusals.get("ksbs")
    blocks: list[Block] = []
    if refusal:
        blocks.append([(f"{refusal.message} ", REFUSED), (refusal.hint, MUTED)])
    entry = preview.entry
    if entry is None:
        return [*blocks, [("Enter a title and a time; the rest is filled in for you.", MUTED)]]
    rules = journal.entries.course_of(entry).rules
    checks = verdict(entry, journal.entries.plan_of(entry), rules, journal.as_at)
    failed = [check for check in checks if not check.passed]
    blocks.append(_counts(entry, checks, preview.narrow))
    blocks += [
        [(f"  {check.text}", PLAIN), (_source(check, preview.narrow), MUTED)] for check in failed
    ]
    warnings = _warnings(entry, preview.before, journal)
    if preview.narrow:
        return [*blocks, _would_line(preview, journal), *warnings[:1]]
    blocks += [None, *(_check_line(check) for check in checks)]
    return [*blocks, None, *warnings] if warnings else blocks


def _counts(entry: Entry, checks: Sequence[Check], narrow: bool) -> Line:
    if not all(check.passed for check in checks):
        return [(f"{NOT_COUNTED} Does not count", OWED_BOLD), (" · saving still works", MUTED)]
    line = [(f"{VERIFIED} ", DONE), (f"Counts: {say_minutes(entry.minutes)}", BOLD)]
    if narrow:
        line.append(("   " + " · ".join(_name(check) for check in checks[-4:]), MUTED))
    return line


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


def _warnings(entry: Entry, before: Entry | None, journal: Journal) -> list[Block]:
    day_minutes = journal.entries.minutes_on(entry.day) + entry.minutes
    if before is not None and before.day == entry.day:
        day_minutes -= before.minutes
    ids = sorted(  # untagged is seen anyway: only one may have room
        journal.entries.warnings_of(entry, day_minutes), key=lambda id: id == "untagged"
    )
    rules = journal.entries.course_of(entry).rules
    return [[(f"{ALERT} ", OWED), (text, MUTED)] for text in warning_texts(ids, rules)]


# What would saving change?


def would_blocks(preview: Preview, journal: Journal) -> list[Block]:
    """What saving would change, a line each, where there is room for it."""
    if preview.entry is None:
        return []
    return [None, None, Head("When you save"), *_would(preview.entry, preview.before, journal)]


def _would(entry: Entry, before: Entry | None, journal: Journal) -> Iterator[Block]:
    view, gained = journal.progress.view, _gained(entry, before, journal)
    moves = _moves(entry, before, view.coverage)
    yield from moves
    if gained:
        month = month_of(entry.day)
        old = {row.month: row.counted_minutes for row in view.hours.by_month}.get(month, 0)
        yield _change(short_month(month), say_minutes(old), say_minutes(old + gained))
        variance = view.hours.variance_minutes
        yield _change("Plan", *_variances(variance, variance + gained))
    elif not moves:
        yield [("Your figures stay the same.", MUTED)]


def _would_line(preview: Preview, journal: Journal) -> Line:
    """The same in one line, for a narrow screen."""
    assert preview.entry is not None
    view = journal.progress.view
    moves = _moves(preview.entry, preview.before, view.coverage)
    line: Line = [("  ", PLAIN), *([*moves[0], ("   ", PLAIN)] if moves else [])]
    gained = _gained(preview.entry, preview.before, journal)
    variance = view.hours.variance_minutes
    new, old = say_variance(variance + gained), say_variance(variance)
    return [*line, (f"{new}, was {old}" if gained else old, MUTED)]


def _gained(entry: Entry, before: Entry | None, journal: Journal) -> int:
    """Counted minutes that saving adds (or takes away)."""

    def counted(entry: Entry | None) -> int:
        return entry.minutes if entry and not journal.entries.failed(entry) else 0

    return counted(entry) - counted(before)


def _moves(entry: Entry, before: Entry | None, coverage: Coverage) -> list[Line]:
    """Each KSB that a new entry would move up the ladder."""
    lines: list[Line] = []
    for ksb in _known(entry.ksbs, coverage) if before is None else ():
        evidence = len(entry.evidence)
        to = after(ksb.tally, day=entry.day, words=entry.words, evidence=evidence)
        if to != ksb.state:
            code, old = (f"{ksb.code:<4}", BOLD), (f" {ksb.state} → ", MUTED)
            lines.append([code, state_symbol(ksb.state), old, state_symbol(to), (f" {to}", DONE)])
    return lines


def _variances(old: int, new: int) -> tuple[str, str]:
    """Both differences from plan; the side is said once where it stays the same."""
    was, will = say_variance(old), say_variance(new)
    words = [text.partition(" m ")[2] or text.partition(" h ")[2] for text in (was, will)]
    return (was.removesuffix(f" {words[0]}") if words[0] == words[1] else was), will


def _change(label: str, old: str, new: str) -> Pair:
    return Pair([(f"{label:<5}", BOLD), (f"{old} → ", MUTED), (new, DONE)])


# Which KSBs?


def untagged(suggestions: Iterable[Suggestion], codes: Sequence[str]) -> tuple[Suggestion, ...]:
    """The first suggestions that are not tagged yet, behaviours last."""
    fresh = [suggestion for suggestion in suggestions if suggestion.code not in codes]
    others, behaviours = split(fresh[:SUGGESTED])
    return (*others, *behaviours)


def suggestion_rows(
    suggestions: Sequence[Suggestion], coverage: Coverage, journal: Journal
) -> list[Row]:
    """A row a suggestion: code and state, short name, the words that led there, the band."""

    def row(suggestion: Suggestion) -> Row:
        ksb = coverage.ksb(suggestion.code)
        return Row(
            suggestion.code,
            ksb.name if ksb else "",
            lead=f"{suggestion.code:<3} {STATES[ksb.state] if ksb else ' '}",
            notes=(_reason(suggestion, journal),),
            note_figure=suggestion.band,
            lead_style=BOLD,
        )

    others, behaviours = split(suggestions)
    heading = [Row("behaviours", "Behaviours", heading=True)] if behaviours else []
    return [*map(row, others), *heading, *map(row, behaviours)]


def _reason(suggestion: Suggestion, journal: Journal) -> str:
    """The learner's own words, or the earlier entry of theirs that was tagged so."""
    if suggestion.like:
        return like_text(suggestion, journal.entries, line_day)
    return quoted_phrases(suggestion)


def quoted_phrases(suggestion: Suggestion) -> str:
    """The words of a text that led to a suggestion."""
    return " … ".join(f'"{" ".join(phrase.split())}"' for phrase in suggestion.phrases)


def suggestion_line(suggestions: Sequence[Suggestion], coverage: Coverage) -> Line:
    """The foremost suggestions in one line."""
    line: Line = []
    for suggestion in suggestions[:SUGGESTED_NARROW]:
        ksb = coverage.ksb(suggestion.code)
        line += [("  " if line else "", PLAIN), (f"{suggestion.code} ", BOLD)]
        line += [state_symbol(ksb.state if ksb else "none"), (f" {suggestion.band}", MUTED)]
    return line


@dataclass(frozen=True, slots=True)
class Tagged:
    """Codes and evidence of the entry, what is suggested (a line), and its marks in words."""

    codes: Sequence[str]
    evidence: Sequence[Mapping[str, Any]]
    suggested: Line
    marks: str = ""


def tagged_blocks(tagged: Tagged, coverage: Coverage, *, narrow: bool) -> list[Block]:
    """List the KSBs and the evidence; a line each when narrow."""
    ksbs = _known(tagged.codes, coverage)
    if narrow:
        return _tagged_narrow(ksbs, tagged)
    if not ksbs and not tagged.evidence:
        return [[("None yet. ctrl+k finds them by code or by word.", MUTED)]]
    blocks: list[Block] = []
    for ksb in ksbs:
        state = [state_symbol(ksb.state), (f" {ksb.state:<11}", MUTED)]
        blocks.append(Pair([(f"{ksb.code:<5}", BOLD), *state, (ksb.statement, PLAIN)]))
    for item in tagged.evidence:
        kind = f"private · {item['kind']}" if item.get("private") else item["kind"]
        blocks.append(Pair([("Evidence  ", MUTED), (item["title"], PLAIN)], [(kind, MUTED)]))
    return blocks


def _tagged_narrow(ksbs: Sequence[KsbState], tagged: Tagged) -> list[Block]:
    """KSBs with the suggestions beside them; evidence and marks in a second line, if any."""
    line: Line = []
    for ksb in ksbs:
        line += [(f"{ksb.code} ", BOLD), state_symbol(ksb.state), ("  ", PLAIN)]
    if not ksbs:
        line = [("None yet." if tagged.suggested else "None yet. ctrl+k finds them.", MUTED)]
    blocks: list[Block] = [Pair(line, tagged.suggested)]
    titles = ", ".join(item["title"] for item in tagged.evidence)
    if tagged.evidence or tagged.marks:
        left: Line = [("Evidence  ", MUTED), (titles, PLAIN)] if titles else []
        blocks.append(Pair(left, [(tagged.marks, MUTED)]))
    return blocks


def _known(codes: Iterable[str], coverage: Coverage) -> list[KsbState]:
    return [ksb for code in codes if (ksb := coverage.ksb(code))]
