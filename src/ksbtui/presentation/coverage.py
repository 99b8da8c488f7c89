"""What Coverage says of one KSB, one duty and the whole: plain values in, paragraphs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.coverage.coverage import Coverage, Group, KsbState
from ksbtui.core.days import full_day, line_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.plan import ModuleDays
from ksbtui.core.programme.timeline import module_state
from ksbtui.core.text.text import number_of
from ksbtui.presentation.cells import width_of
from ksbtui.presentation.parts import (
    BOLD,
    MARKS,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    RUNGS,
    Block,
    Head,
    Line,
    Pair,
    state_symbol,
)

if TYPE_CHECKING:
    from ksbtui.journal.progress.nearness import Nearest

LADDER = {
    "mentioned": "an entry is tagged with it",
    "applied": "you wrote 12 words or more on what you learned",
    "evidenced": "an entry has a file or link",
    "strong": "files or links on two days, one with 12 words or more",
}
MARK_WORDS = {
    "fragile": "only one duty",
    "stale": "over 90 days old",
    "rehearsed": "rehearsed",
    "verified": "verified",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What is looked up once the cursor rests: entries, close entries, the other standard."""

    entries: tuple[tuple[str, date], ...] = ()
    close: tuple[tuple[str, date], ...] = ()
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Everything the panel says of one KSB."""

    ksb: KsbState
    as_at: date
    duties: tuple[Group, ...] = ()
    outcomes: tuple[Group, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    """Short names of duties by number."""
    modules: tuple[ModuleDays, ...] = ()
    empty: bool = False
    """Whether nothing at all is tagged yet, so that the ladder is explained."""
    easiest: tuple[KsbState, ...] = ()
    """Those to begin with where it is so: this module's, then what most duties lead to."""
    adds: bool = True
    """Whether ``a`` opens a form here."""
    found: Found = field(default_factory=Found)
    ours: str = ""
    """`` (our suggestion)`` where the KSBs of the modules are not published."""


def marks_of(ksb: KsbState) -> tuple[str, ...]:
    """The marks beside the ladder, the one that matters most first."""
    marks = {
        "fragile": ksb.fragile,
        "stale": ksb.stale,
        "rehearsed": ksb.rehearsed,
        "verified": ksb.employer_verified,
    }
    return tuple(mark for mark, on in marks.items() if on)


def state_line(ksb: KsbState) -> Line:
    """``● evidenced  ¹ one duty only``: the state and marks in words and symbols."""
    symbol, style = state_symbol(ksb.state)
    line: Line = [(f"{symbol} ", style), (ksb.state, PLAIN)]
    for mark in marks_of(ksb):
        owed = mark in ("fragile", "stale") and (ksb.gap or mark == "stale")
        words = MARK_WORDS[mark]
        line.append((f"   {MARKS[mark]} {words}", OWED if owed else MUTED))
    return line


def short_line(ksb: KsbState) -> Pair:
    """The first line of a narrow panel: code, name, state, and how often at the right."""
    left: Line = [(ksb.code, BOLD), ("  ", PLAIN), *state_line(ksb)]
    left.append((f"   {ksb.short}", BOLD))
    return Pair(left, [(_times(ksb), MUTED)])


def _times(ksb: KsbState) -> str:
    if not ksb.entries:
        return "no entry yet"
    entries = number_of(ksb.entries, "entry", "entries")
    return f"{entries} · {line_day(ksb.last_day)}" if ksb.last_day else entries


def narrow_blocks(about: About) -> list[Block]:
    """The panel below the map: what fits in a few lines, the rest by scrolling."""
    ksb = about.ksb
    blocks: list[Block] = [short_line(ksb)]
    if about.empty:
        blocks.append(_ladder_line())
    if about.easiest:
        codes = "  ".join(easy.code for easy in about.easiest)
        blocks.append([("Easiest to start with: ", MUTED), (codes, BOLD)])
    blocks.append(ksb.statement)
    if ksb.plain:
        blocks.append([(ksb.plain, MUTED)])
    blocks += [None, *_more(about)]
    return blocks


def wide_blocks(about: About) -> list[Block]:
    """The panel beside the map, whole."""
    ksb = about.ksb
    blocks: list[Block] = [
        [(ksb.code, BOLD), (f"  {ksb.short}" if ksb.short else "", BOLD)],
        state_line(ksb),
        None,
        ksb.statement,
    ]
    if ksb.plain:
        blocks += [None, [(ksb.plain, MUTED)]]
    return [*blocks, None, *_more(about)]


def _more(about: About) -> Iterator[Block]:
    """Where it comes from, when its module runs, what was logged and what comes close."""
    if about.empty:
        yield from ladder_blocks(about.adds)
    if about.easiest:
        yield Head("Easiest to start with")
        for one in about.easiest:
            yield [(f"{one.code:<4}", BOLD), (one.short or one.statement, PLAIN)]
        yield None
    yield from _sources(about)
    yield from _when(about)
    yield from _entries(about)
    found = about.found
    if found.close:
        yield Head("Nearly there", "not tagged")
        for title, day in found.close:
            yield _dated(title, day)
        yield None
    if found.nearest:
        yield from _nearest(found.nearest)


def ladder_blocks(adds: bool) -> Iterator[Block]:
    """How a KSB is shown, rung by rung: what an empty map has to say."""
    yield Head("How to show a KSB")
    for rung, words in LADDER.items():
        symbol, style = state_symbol(rung)
        yield [(f"{symbol} ", style), (f"{rung}  ", PLAIN), (words, MUTED)]
    if adds:
        yield [("Press ", MUTED), ("a", BOLD), (" to log an entry with this KSB.", MUTED)]
    yield None


def _ladder_line() -> Line:
    """The ladder in one line, for an empty map on a small screen."""
    line: Line = [("a", BOLD), (" logs one: ", MUTED)]
    words = ("tagged", "12 words learned", "a file or link", "on two days")
    for rung, how in zip(LADDER, words, strict=True):
        line += [state_symbol(rung), (f" {how}  ", MUTED)]
    return line


def _sources(about: About) -> Iterator[Block]:
    for label, noun, groups in (
        ("From", "duty", about.duties),
        ("Outcome", "outcome", about.outcomes),
    ):
        if not groups:
            continue
        count = len(groups)
        yield Head(label, number_of(count, noun, "duties" if noun == "duty" else "outcomes"))
        for group in groups:
            name = f"Duty {group.number}  " if noun == "duty" else f"{group.number}  "
            text = group.function or group.text
            if count > 2 and noun == "duty":
                text = about.names.get(group.number, text)
            if count > 2:
                yield Pair([(name, MUTED), (text, MUTED)])
            else:
                yield [(name, MUTED), (text, MUTED)]
        yield None


def _when(about: About) -> Iterator[Block]:
    """The module that leans to it: the one running, else the next, else the last."""
    modules = about.modules
    if not modules:
        return
    states = {module.number: module_state(module, about.as_at) for module in modules}
    wanted = next((state for state in ("now", "next") if state in states.values()), "done")
    fitting = [module for module in modules if states[module.number] == wanted]
    module = fitting[-1 if wanted == "done" else 0]
    yield Head("When")
    if wanted == "now":
        text = f"Your current module, {module.number} {module.title}, suits this KSB{about.ours}."
    elif wanted == "next":
        text = f"Module {module.number} starts on {long_day(module.starts)}: {module.title}."
    else:
        text = f"Module {module.number} ended on {long_day(module.ends)}: {module.title}."
    yield text
    yield None


def _entries(about: About) -> Iterator[Block]:
    ksb = about.ksb
    if not ksb.entries:
        if not about.empty:
            yield Head("Your entries", "none yet")
            if about.adds:
                words: Line = [("Press ", MUTED), ("a", BOLD)]
                yield [*words, (f" to log one with {ksb.code} already tagged.", MUTED)]
            yield None
        return
    total = f"{number_of(ksb.entries, 'entry', 'entries')} · {say_minutes(ksb.minutes)}"
    if ksb.evidence:
        total += f" · {ksb.evidence} evidence"
    yield Head("Your entries", total)
    for title, day in about.found.entries:
        yield _dated(title, day)
    if ksb.last_day and not about.found.entries:
        yield [(f"The last on {full_day(ksb.last_day)}.", MUTED)]
    yield None


def _nearest(nearest: Nearest) -> Iterator[Block]:
    symbol, style = state_symbol(nearest.state)
    yield Head(f"In {nearest.ref}", f"{nearest.similarity:.0%} alike")
    yield [(f"{nearest.code}  ", BOLD), (f"{symbol} ", style), (nearest.state, PLAIN)]
    yield [(nearest.statement, MUTED)]
    yield None


def _dated(title: str, day: date) -> Pair:
    return Pair([(title, PLAIN)], [(line_day(day), MUTED)])


def headline(coverage: Coverage) -> Line:
    """``45 of 64 shown  19 gaps · 7 of them fragile``."""
    line: Line = [(f"{coverage.covered} of {coverage.total}", BOLD), (" shown", MUTED)]
    gaps, fragile = len(coverage.gaps), len(coverage.fragile_gaps)
    if not gaps:
        return [*line, ("   no gaps", MUTED)]
    line.append((f"   {number_of(gaps, 'gap')}", OWED_BOLD))
    if fragile:
        line.append((f" · {fragile} of them fragile", MUTED))
    return line


def legend_lines(coverage: Coverage, width: int, marks: bool) -> list[Line]:
    """How many KSBs stand on each rung; below, the marks that occur, where there is room."""
    counts = Counter(ksb.state for ksb in coverage.ksbs)
    line: Line = []
    for rung in RUNGS:
        item: Line = [("  " if line else "", PLAIN), state_symbol(rung)]
        item.append((f" {counts[rung]} {rung}", MUTED))
        if width_of(line) + width_of(item) > width:
            break
        line += item
    below: Line = []
    present = {mark for ksb in coverage.ksbs for mark in marks_of(ksb)}
    for mark, words in MARK_WORDS.items():
        if mark in present:
            below += [("   " if below else "", PLAIN), (MARKS[mark], BOLD), (f" {words}", MUTED)]
    return [line, below] if marks else [line]


def group_blocks(
    group: Group, coverage: Coverage, *, duty: bool, narrow: bool = False
) -> list[Block]:
    """The panel beside a duty or outcome: its words, and what of it is not shown yet."""
    name = f"{'Duty' if duty else 'Outcome'} {group.number}"
    shown = group.note or f"{group.covered} of {group.total} shown"
    blocks: list[Block] = [[(name, BOLD), (f"   {shown}", MUTED)], *([] if narrow else [None])]
    if group.function:
        blocks += [[(group.function, BOLD)]]
    blocks += [group.text, None]
    missing = _by_need(group, coverage)
    if missing:
        blocks.append(Head("Not shown yet", str(len(missing))))
        for ksb in missing:
            symbol, style = state_symbol(ksb.state)
            left: Line = [(f"{ksb.code:<4}", BOLD), (f"{symbol} ", style), (ksb.name, PLAIN)]
            right: Line = [(MARKS["fragile"], OWED)] if ksb.fragile else []
            blocks.append(Pair(left, right))
    elif group.total:
        blocks.append([("You have shown every KSB.", MUTED)])
    return blocks


def _by_need(group: Group, coverage: Coverage) -> Sequence[KsbState]:
    return [ksb for ksb in coverage.by_need() if ksb.code in group.ksbs and ksb.gap]
