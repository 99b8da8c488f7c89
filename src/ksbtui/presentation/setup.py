"""What set-up, the rules and two versions of a standard say: questions, answers on offer, lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.programmes import (
    ActivityType,
    Course,
    Guideline,
    Programme,
    Rule,
    RuleSet,
)
from ksbtui.core.programme.standards import Standard
from ksbtui.core.programme.versions import Difference, version_key
from ksbtui.core.text.text import number_of
from ksbtui.journal.programme.enrolments import SetUp
from ksbtui.journal.programme.setup_answers import Meaning, meaning, read_routes
from ksbtui.presentation.parts import (
    BOLD,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    Block,
    Choice,
    Head,
    Line,
    Pair,
)

if TYPE_CHECKING:
    from ksbtui.journal.programme.standards import VersionChange


SURE = {"H": "sure", "M": "likely", "L": "unsure"}
"""How sure a source is, in words."""

Tagged = Sequence[tuple[str, int]]
"""Dropped codes that entries carry, with how many do."""


def difference_json(difference: Difference, tagged: Tagged) -> dict[str, Any]:
    """The statements that came, changed and went, as the commands print them."""
    return {
        "added": [ksb.code for ksb in difference.added],
        "changed": [{"code": c.code, "old": c.old, "new": c.new} for c in difference.changed],
        "removed": [ksb.code for ksb in difference.removed],
        "tagged": dict(tagged),
    }


def difference_lines(difference: Difference) -> Iterator[str]:
    """Each statement that came (+), changed (~) or went (-)."""
    for ksb in difference.added:
        yield f"+ {ksb.code}: {ksb.text}"
    for change in difference.changed:
        yield f"~ {change.code}: {change.old}\n   now: {change.new}"
    for ksb in difference.removed:
        yield f"- {ksb.code}: {ksb.text}"


def kept_tag_lines(tagged: Tagged) -> Iterator[str]:
    """Which tags of dropped KSBs stay on the learner's entries."""
    for code, entries in tagged:
        yield f"  {code} stays on {number_of(entries, 'entry', 'entries')} of yours."


def version_change_lines(move: VersionChange) -> Iterator[str]:
    """What a move to another version changed, in lines."""
    if not move.difference:
        yield f"{move.new.named} has the same KSBs, word for word, as {move.old.named}."
        yield "Every tag is kept."
        return
    yield f"From {move.old.named} to {move.new.named}:"
    yield from difference_lines(move.difference)
    yield from kept_tag_lines(move.tagged)
    yield "Every tag is kept. A dropped KSB no longer counts towards coverage."


def rule_lines(rules: RuleSet) -> Iterator[str]:
    """The rules an entry must pass, what else is asked for, and what is left out."""
    yield f"{rules.title} ({rules.id})"
    yield rules.summary
    stated: tuple[Rule | Guideline, ...] = (*rules.rules, *rules.guidelines)
    for rule in stated:
        ask = "" if rule.settled else " Not settled: ask your tutor."
        yield f"\n{rule.id}\n  {rule.text}"
        yield f"  {source_line(rule)}.{ask}"
    if rules.notes:
        yield "\nAbout these rules"
    for note in rules.notes:
        yield f"  {note}"


def source_line(stated: Rule | Guideline | ActivityType) -> str:
    """Where something comes from and how sure that is."""
    return f"Source ({SURE[stated.confidence]}): {stated.source}"


def type_rows(rules: RuleSet) -> Iterator[tuple[str, str, str]]:
    """The activity types: whether they count, and why and by what source one never does."""
    for kind in rules.types:
        yield kind.id, "counts" if kind.counts else "does not count", kind.label
        if not kind.counts:
            yield "", "", kind.why
        yield "", "", source_line(kind)


Steps = tuple[str, ...]
OTHER = "other"
"""The key of the answer that asks for a file."""

QUESTIONS = {
    "standard": (
        "What are you studying?",
        "{count} questions, then your first entry. Days and hours can be changed later.",
    ),
    "option": ("Which option of it?", "Your training plan names it."),
    "programme": (
        "Which programme are you on?",
        "It sets your modules, milestones and last day. Ask your tutor if you are not sure.",
    ),
    "start": (
        "When does your learning start?",
        "The first day in your training plan: today, mon, 12/1/2026 or 2026-01-12.",
    ),
    "before": (
        "Have you recorded any hours before today?",
        "You can import a file later: press i in the Journal. Or enter your hours so far as one "
        "figure; your entries replace it as you add them. Or leave it empty.",
    ),
    "name": (
        "What is your name?",
        "It only appears on exports. You can leave it blank.",
    ),
}
NEXT = {
    "option": ("Option", "as in your training plan"),
    "programme": ("Programme", "your provider's modules and dates"),
    "start": ("First day", "as in your training plan"),
    "before": ("Hours so far", "from a file, as one figure, or none"),
    "name": ("Your name", "only if you want it on exports"),
}
LABEL = 16


def standard_choices(standards: Iterable[Standard]) -> list[Choice]:
    """Offer each standard once, apprenticeships first; then its versions, and a file.

    A choice by reference takes the version that the first day asks for.
    """
    versions: dict[str, list[Standard]] = {}
    for standard in sorted(standards, key=lambda s: (s.kind != "apprenticeship", s.title)):
        versions.setdefault(standard.ref, []).append(standard)
    several = {ref: sorted(v, key=version_key) for ref, v in versions.items() if len(v) > 1}
    return [
        *(_standard_choice(ref, editions) for ref, editions in versions.items()),
        *(
            _version_choice(edition)
            for editions in several.values()
            for edition in reversed(editions)
        ),
        Choice(
            OTHER,
            "Another standard or unit",
            "from a file: its web page, text, a spreadsheet, JSON or TOML",
            "Save the standard's web page, or copy its KSBs into a text file. Then enter its path "
            "here.",
        ),
    ]


def _standard_choice(ref: str, versions: Sequence[Standard]) -> Choice:
    newest = max(versions, key=version_key)
    text = _standard_text(newest)
    if len(versions) == 1:
        return Choice(newest.id, newest.title, _standard_facts(newest), text)
    text += " Your first day decides the version."
    return Choice(ref, newest.title, _standard_facts(replace(newest, version="")), text)


def _version_choice(standard: Standard) -> Choice:
    name = f"{standard.ref}, version {standard.version} for any first day"
    return Choice(standard.id, name, f"for starts {_start_days(standard)}", standard.notice)


def _start_days(standard: Standard) -> str:
    first = f"from {long_day(standard.starts_from)}" if standard.starts_from else ""
    last = f"to {long_day(standard.starts_to)}" if standard.starts_to else ""
    return " ".join(part for part in (first, last) if part) or "on any day"


def _standard_facts(standard: Standard) -> str:
    kind = "apprenticeship unit" if standard.kind == "unit" else "apprenticeship"
    if standard.level:
        kind = f"level {standard.level} {kind}"
    facts = [standard.named, kind]
    if standard.min_minutes and standard.max_minutes:
        facts.append(f"{standard.min_minutes // 60} to {say_minutes(standard.max_minutes)}")
    elif standard.min_minutes:
        facts.append(f"at least {say_minutes(standard.min_minutes)}")
    return " · ".join(facts)


def _standard_text(standard: Standard) -> str:
    text = standard.summary or f"{len(standard.ksbs)} KSBs, from {standard.source or 'your file'}."
    if standard.typical_months:
        text += f" Typically {standard.typical_months} months alongside your job."
    elif standard.typical_weeks:
        first, last = standard.typical_weeks
        text += f" {first} to {last} weeks."
    return text


def programme_choices(programmes: Iterable[Programme]) -> list[Choice]:
    """Offer the programmes of a standard."""
    return [Choice(p.id, p.title, _programme_facts(p), p.summary) for p in programmes]


def _programme_facts(programme: Programme) -> str:
    facts = [f"{programme.length} {programme.unit}s"]
    if programme.modules:
        facts.append(f"{len(programme.modules)} modules")
    if programme.project_from:
        facts.append(f"live project from {programme.unit} {programme.project_from}")
    if programme.gateway:
        facts.append(
            f"gateway at the end of {programme.unit} {programme.gateway}{programme.ours('gateway')}"
        )
    return " · ".join(facts)


def which_route() -> list[Block]:
    """Help whoever is not sure which standard is theirs."""
    routes = read_routes()
    return [
        Head("Not sure which?"),
        [(f"{routes.question} {routes.both} ", MUTED), ("w", BOLD), (" explains.", MUTED)],
        None,
    ]


def next_steps(steps: Steps) -> list[Block]:
    """Name the questions to come."""
    rows: list[Block] = [Head("Next")]
    for number, step in enumerate(steps, 1):
        if step in NEXT:
            name, words = NEXT[step]
            rows.append([(f"{number}  {name:<{LABEL - 3}}{words}", MUTED)])
    return [*rows, None, [("Only looking? ctrl+q leaves, then: ksbtui demo", MUTED)]]


def _rows(rows: Sequence[tuple[str, str]]) -> list[Block]:
    lines: list[Block] = []
    for label, value in rows:
        line: Line = [(f"{label:<{LABEL}}", MUTED), (value, PLAIN)]
        if value:
            lines.append(Pair(line))
    return lines


def programme_means(meant: Meaning) -> list[Block]:
    """Say what a programme would mean if it started today."""
    return [
        Head("Started today"),
        [(meant.sentence, PLAIN)],
        [("The next question asks for the first day.", MUTED)],
    ]


def start_means(enrolled: SetUp, today: date) -> list[Block]:
    """Say what the days and hours mean, and what to be warned of."""
    warnings: list[Block] = [[("! ", OWED_BOLD), (text, OWED)] for text in enrolled.warnings]
    meant = meaning(enrolled.course, today)
    module = enrolled.course.programme.modules[:1]
    return [
        [(meant.sentence, BOLD)],
        *([None, *warnings, None] if warnings else [None]),
        *_rows(
            [
                ("Version", enrolled.course.standard.named),
                ("Gateway", meant.gateway),
                ("First module", module[0].title if module else ""),
                ("Rules", enrolled.course.rules.title),
            ]
        ),
    ]


def summary(course: Course, path: Path, today: date) -> list[Block]:
    """Say what the last ↵ makes, and where it is kept."""
    meant = meaning(course, today)
    standard = course.standard
    return [
        Head("Your journal"),
        *_rows(
            [
                ("Standard", f"{standard.ref} v{standard.version} {standard.title}"),
                ("Option", course.enrolment.option),
                ("Programme", course.programme.title),
                ("From", meant.starts),
                ("Gateway", meant.gateway),
                ("To", meant.ends),
                ("Hours", f"{meant.hours}, about {meant.weekly} a week"),
                ("Saved in", str(path)),
            ]
        ),
        None,
        [("Nothing leaves this computer.", MUTED)],
    ]
