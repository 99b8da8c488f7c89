"""Charts as inline SVG: drawn with classes, so that the page's colours and paper's both fit.

Every chart has a text in words for screen readers, and its numbers stand beside the shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ksbtui.core.durations import say_minutes
from ksbtui.core.ladder import STATES
from ksbtui.exports.portfolio import Month
from ksbtui.exports.tracker import STATE_TEXTS

WIDTH = 720


def months(rows: Sequence[Month]) -> str:
    """Counted hours of every month as solid columns before their plan as outlined ones."""
    if not rows:
        return ""
    height, foot = 150, 34
    most = max(1, *(max(row.counted, row.planned) for row in rows))
    step = WIDTH / len(rows)
    wide = min(34.0, step * 0.62)
    parts = []
    for index, row in enumerate(rows):
        left = index * step + (step - wide) / 2
        middle = left + wide / 2
        for name, minutes in (("plan", row.planned), ("done", row.counted)):
            tall = minutes / most * (height - 16)
            if minutes:
                parts.append(_box(name, left, height - tall, wide, tall))
        if row.counted:
            top = height - row.counted / most * (height - 16)
            hours = f"{row.counted / 60:.0f}" if row.counted >= 30 else "<1"
            parts.append(_text("num", middle, top - 4, hours))
        parts.append(_text("axis", middle, height + 15, row.name))
        if index == 0 or row.name == "Jan":
            parts.append(_text("axis year", middle, height + 29, str(row.year)))
    parts.append(f'<line class="base" x1="0" x2="{WIDTH}" y1="{height}" y2="{height}"/>')
    said = ", ".join(f"{row.name} {say_minutes(row.counted)}" for row in rows if row.counted)
    return _svg(height + foot, f"Hours counted by month: {said or 'none yet'}.", parts)


def types(rows: Sequence[tuple[str, int]]) -> str:
    """Counted hours by kind of activity as lines, most first."""
    if not rows:
        return ""
    most, line, label = max(minutes for _, minutes in rows), 26, 190
    parts = []
    for index, (name, minutes) in enumerate(rows):
        top = index * line
        long = max(2.0, minutes / most * (WIDTH - label - 90))
        parts.append(_text("name", 0, top + 16, name))
        parts.append(_box("done", label, top + 5, long, 14))
        parts.append(_text("num left", label + long + 8, top + 16, say_minutes(minutes)))
    said = ", ".join(f"{name} {say_minutes(minutes)}" for name, minutes in rows)
    return _svg(len(rows) * line, f"Hours counted by kind of activity: {said}.", parts)


def ladder(rows: Sequence[tuple[str, dict[str, int]]]) -> str:
    """For each type of KSB one line, cut by how many stand on each rung, strongest first."""
    parts, said = [], []
    line, label = 36, 110
    most = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    for index, (name, counts) in enumerate(rows):
        top, left = index * line, float(label)
        parts.append(_text("name", 0, top + 19, name))
        for state in reversed(STATES):
            if not counts[state]:
                continue
            wide = counts[state] / most * (WIDTH - label)
            parts.append(_box(f"rung {state}", left, top + 4, wide - 2, 22))
            parts.append(_text(f"count {state}", left + wide / 2 - 1, top + 19, str(counts[state])))
            left += wide
        rungs = ", ".join(f"{counts[s]} {STATE_TEXTS[s].lower()}" for s in reversed(STATES))
        said.append(f"{name}: {rungs}")
    return _svg(len(rows) * line, ". ".join(said) + ".", parts)


def _svg(height: float, said: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 -14 {WIDTH} {height + 14:g}" role="img" aria-label="{escape(said)}">'
        + "".join(parts)
        + "</svg>"
    )


def _box(name: str, left: float, top: float, wide: float, tall: float) -> str:
    place = f'x="{left:.1f}" y="{top:.1f}" width="{max(0.5, wide):.1f}" height="{tall:.1f}"'
    return f'<rect class="{name}" {place}/>'


def _text(name: str, left: float, top: float, text: str) -> str:
    return f'<text class="{name}" x="{left:.1f}" y="{top:.1f}">{escape(text)}</text>'
