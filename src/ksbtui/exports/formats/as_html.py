"""HTML: one file without scripts or anything to fetch, for screens light and dark and for paper.

Its charts are inline SVG, drawn with classes, so that the page's colours and paper's both fit.
Every chart has a text in words for screen readers, and its numbers stand beside the shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from ksbtui.core.coverage.coverage import STATES, SYMBOLS
from ksbtui.core.days import full_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.core.text.text import printable
from ksbtui.exports.making import Tell
from ksbtui.exports.reports.portfolio import Month, Portfolio, Shown, ShownKsb, page_of
from ksbtui.exports.reports.source import display_path, is_link
from ksbtui.exports.reports.tracker import STATE_TEXTS

if TYPE_CHECKING:
    from jinja2 import Environment

    from ksbtui.core.programme.programmes import Course


WIDTH = 720


def months(rows: Sequence[Month]) -> str:
    """Counted hours of every month as solid columns before their plan as outlined ones."""
    if not rows:
        return ""
    height, foot = 150, 38
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
            inside = height - top > 30
            hours = f"{row.counted / 60:.0f}" if row.counted >= 30 else "<1"
            parts.append(
                _text("num in" if inside else "num", middle, top + (18 if inside else -5), hours)
            )
        parts.append(_text("axis", middle, height + 17, row.name))
        if index == 0 or row.name == "Jan":
            parts.append(_text("axis year", middle, height + 32, str(row.year)))
    parts.append(f'<line class="base" x1="0" x2="{WIDTH}" y1="{height}" y2="{height}"/>')
    spoken = ", ".join(f"{row.name} {say_minutes(row.counted)}" for row in rows if row.counted)
    return _svg(height + foot, f"Hours counted by month: {spoken or 'none yet'}.", parts)


def types(rows: Sequence[tuple[str, int]]) -> str:
    """Counted hours by kind of activity, each name above its line, most first."""
    if not rows:
        return ""
    most, line = max(minutes for _, minutes in rows), 42
    parts = []
    for index, (name, minutes) in enumerate(rows):
        top = index * line
        parts.append(_text("name", 0, top + 14, name))
        parts.append(_text("num end", WIDTH, top + 14, say_minutes(minutes)))
        parts.append(_box("track", 0, top + 21, WIDTH, 6))
        parts.append(_box("done", 0, top + 21, max(2.0, minutes / most * WIDTH), 6))
    spoken = ", ".join(f"{name} {say_minutes(minutes)}" for name, minutes in rows)
    return _svg(len(rows) * line, f"Hours counted by kind of activity: {spoken}.", parts)


def ladder(rows: Sequence[tuple[str, dict[str, int]]]) -> str:
    """For each type of KSB one line, cut by how many stand on each rung, strongest first."""
    parts, spoken = [], []
    line = 64
    most = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    for index, (name, counts) in enumerate(rows):
        top, left = index * line, 0.0
        parts.append(_text("name", 0, top + 14, name))
        for state in reversed(STATES):
            if not counts[state]:
                continue
            wide = counts[state] / most * WIDTH
            parts.append(_box(state, left, top + 24, wide - 2, 24))
            parts.append(_text(f"count {state}", left + wide / 2 - 1, top + 41, str(counts[state])))
            left += wide
        rungs = ", ".join(f"{counts[s]} {STATE_TEXTS[s].lower()}" for s in reversed(STATES))
        spoken.append(f"{name}: {rungs}")
    return _svg(len(rows) * line, ". ".join(spoken) + ".", parts)


def _svg(height: float, spoken: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 -14 {WIDTH} {height + 14:g}" role="img" aria-label="{escape(spoken)}">'
        + "".join(parts)
        + "</svg>"
    )


def _box(name: str, left: float, top: float, wide: float, tall: float) -> str:
    place = f'x="{left:.1f}" y="{top:.1f}" width="{max(0.5, wide):.1f}" height="{tall:.1f}"'
    return f'<rect class="{name}" {place}/>'


def _text(name: str, left: float, top: float, text: str) -> str:
    return f'<text class="{name}" x="{left:.1f}" y="{top:.1f}">{escape(text)}</text>'


@cache
def _environment() -> Environment:
    # deferred: the library of one format is loaded to write that format
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("ksbtui.exports.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.filters.update(
        full_day=full_day, long_day=long_day, time=say_minutes, place=display_path, is_link=is_link
    )
    return environment


def write_html(content: Any, tell: Tell) -> bytes:
    """A portfolio in its own dress, anything else as a plain page."""
    if isinstance(content, Portfolio):
        return _portfolio(content, tell).encode()
    page = page_of(content)
    return render("page.html.j2", page=page, kind=_kind, wide=False)


def render(template: str, **values: Any) -> bytes:
    """One of our templates with its values, each escaped."""
    return _environment().get_template(template).render(**values).encode()


def _kind(block: object) -> str:
    return type(block).__name__.lower()


def _portfolio(portfolio: Portfolio, tell: Tell) -> str:
    from markupsafe import Markup

    return (
        _environment()
        .get_template("portfolio.html.j2")
        .render(
            portfolio=portfolio,
            activities=_counted_off(portfolio.shown, tell),
            symbols=SYMBOLS,
            states=STATE_TEXTS,
            by_type=_by_type(portfolio),
            months=Markup(months(portfolio.months)),
            types=Markup(types(portfolio.types)),
            ladder=Markup(ladder(portfolio.ladder)),
        )
    )


def _counted_off(shown: Sequence[Shown], tell: Tell) -> Iterator[Shown]:
    """The activities as they are written: most of the page, so they tell how far it is."""
    for done, one in enumerate(shown):
        tell(done, len(shown))
        yield one


def _by_type(portfolio: Portfolio) -> dict[str, list[ShownKsb]]:
    groups: dict[str, list[ShownKsb]] = {}
    for ksb in portfolio.ksbs:
        groups.setdefault(TYPE_NAMES[ksb.state.type], []).append(ksb)
    return groups


HEADER = ("Date", "Minutes", "Category", "Activity", "What I learned", "KSBs", "Evidence")
"""The columns of the file the page saves: those of the ``standard`` layout it fills."""


def capture_page(course: Course) -> bytes:
    """The page for one enrolment. It holds the standard's KSBs and nothing of the learner's."""
    types = [kind for kind in course.rules.types if kind.counts]
    return render(
        "capture.html.j2",
        title=f"{course.standard.named}, {course.standard.title}",
        ref=f"{course.standard.ref}@{course.standard.version}",
        types=types,
        ksbs=[(ksb.code, ksb.text) for ksb in course.standard.ksbs],
        header=HEADER,
    )
