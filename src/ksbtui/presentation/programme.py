"""What the rules, and a difference between two versions of a standard, say for commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ksbtui.core.programme.difference import Difference
from ksbtui.core.programme.programmes import ActivityType, Guideline, Rule, RuleSet
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from ksbtui.journal.programme.versions import VersionChange

SURE = {"H": "sure", "M": "likely", "L": "unsure"}
"""How sure a source is, in words."""

Tagged = Sequence[tuple[str, int]]
"""Dropped codes that entries carry, with how many do."""


def difference_json(found: Difference, tagged: Tagged) -> dict[str, Any]:
    """The statements that came, changed and went, as the commands print them."""
    return {
        "added": [ksb.code for ksb in found.added],
        "changed": [{"code": c.code, "old": c.old, "new": c.new} for c in found.changed],
        "removed": [ksb.code for ksb in found.removed],
        "tagged": dict(tagged),
    }


def difference_lines(found: Difference) -> Iterator[str]:
    """Each statement that came (+), changed (~) or went (-)."""
    for ksb in found.added:
        yield f"+ {ksb.code}: {ksb.text}"
    for change in found.changed:
        yield f"~ {change.code}: {change.old}\n   now: {change.new}"
    for ksb in found.removed:
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
