"""The portfolio: everything a learner has shown, by KSB, duty and module, with their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ksbtui.core.coverage.coverage import STATES, Group, KsbState
from ksbtui.core.days import full_day, long_day, short_month
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.exchange.pages import (
    LEFT,
    RIGHT,
    Bar,
    Block,
    Bullets,
    Figure,
    Figures,
    Heading,
    Note,
    Page,
    Paragraph,
    Part,
    Sheet,
    Table,
    as_page,
)
from ksbtui.core.hours.forecast import OPENING, say_opening
from ksbtui.core.programme.standards import KSB_TYPES, TYPE_NAMES
from ksbtui.exports.reports.source import Source, display_path, is_masked
from ksbtui.exports.reports.tracker import STATE_TEXTS


@dataclass(frozen=True, slots=True)
class Artefact:
    """A piece of evidence with its number in the index and the entry it is on."""

    number: int
    item: Evidence
    entry: Entry


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the portfolio shows it; ``private`` ones are day, type and time only."""

    entry: Entry
    category: str
    counts: bool
    artefacts: tuple[Artefact, ...]

    @property
    def private(self) -> bool:
        return is_masked(self.entry)


@dataclass(frozen=True, slots=True)
class ShownKsb:
    """A KSB with where it stands and the entries that show it."""

    state: KsbState
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShownModule:
    """A module (number 0: none) with its days and entries."""

    number: int
    title: str
    days: str
    shown: tuple[Shown, ...]

    @property
    def minutes(self) -> int:
        return sum(activity.entry.minutes for activity in self.shown)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the programme: ``Jan``, its year, counted and planned minutes."""

    name: str
    year: int
    counted: int
    planned: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The whole, ready to be set in any format."""

    name: str
    standard: str
    about: tuple[str, ...]
    as_at: date
    figures: tuple[Figure, ...]
    months: tuple[Month, ...]
    types: tuple[tuple[str, int], ...]
    """Activity types in words with their counted minutes, most first."""
    ladder: tuple[tuple[str, dict[str, int]], ...]
    """Types of KSB in words with how many stand on each rung."""
    ksbs: tuple[ShownKsb, ...]
    duties: tuple[Group, ...]
    outcomes: tuple[Group, ...]
    modules: tuple[ShownModule, ...]
    shown: tuple[Shown, ...]
    artefacts: tuple[Artefact, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Portfolio of {self.name}" if self.name else "Portfolio"


def portfolio(source: Source) -> Portfolio:
    """The portfolio of the chosen entries; the figures are those of the whole record."""
    view, course = source.view, source.course
    shown = _shown(source)
    hours, states = view.hours, view.coverage
    wanted = source.scope.ksbs
    labels = Counter[str]()
    for type_, minutes in hours.by_type.items():
        kind = course.rules.type(type_)
        elsewhere = "Recorded elsewhere" if type_ == OPENING else type_
        labels[kind.label if kind else elsewhere] += minutes
    return Portfolio(
        name=course.enrolment.name,
        standard=f"{course.standard.title} ({course.standard.ref} v{course.standard.version})",
        about=_about(source),
        as_at=view.as_at,
        figures=_figures(source, shown),
        months=tuple(
            Month(
                short_month(one.month),
                int(one.month[:4]),
                one.counted_minutes,
                one.planned_minutes,
            )
            for one in hours.by_month
        ),
        types=tuple(labels.most_common()),
        ladder=tuple(
            (TYPE_NAMES[type_], {state: states.counts()[type_][state] for state in STATES})
            for type_ in KSB_TYPES
            if states.of_type(type_)
        ),
        ksbs=tuple(
            ShownKsb(state, tuple(one for one in shown if state.code in one.entry.ksbs))
            for state in states.ksbs
            if not wanted or state.code in wanted
        ),
        duties=states.duties,
        outcomes=states.outcomes,
        modules=_modules(source, shown),
        shown=shown,
        artefacts=tuple(artefact for one in shown for artefact in one.artefacts),
        notes=_notes(source),
    )


def _shown(source: Source) -> tuple[Shown, ...]:
    number = 0
    shown = []
    for entry in source.entries:
        artefacts = []
        for item in entry.evidence:
            number += 1
            artefacts.append(Artefact(number, item, entry))
        shown.append(Shown(entry, source.category(entry), source.counts(entry), tuple(artefacts)))
    return tuple(shown)


def _about(source: Source) -> tuple[str, ...]:
    plan, scope = source.view.plan, source.scope
    lines = [
        source.course.programme.title,
        f"{long_day(plan.start)} to {long_day(plan.end)}",
        f"As at {long_day(source.view.as_at)}",
    ]
    hours = source.view.hours
    if hours.opening and hours.opening_minutes:
        lines.append(f"Of the hours, {say_opening(hours.opening, hours.opening_minutes)}")
    if scope.since or scope.until:
        first = f"from {full_day(scope.since)} " if scope.since else ""
        last = f"to {full_day(scope.until)}" if scope.until else ""
        lines.append(f"Activities {first}{last}".strip())
    return tuple(lines)


def _figures(source: Source, shown: tuple[Shown, ...]) -> tuple[Figure, ...]:
    hours, states = source.view.hours, source.view.coverage
    evidence = sum(len(activity.artefacts) for activity in shown)
    return (
        Figure(
            "Training counted",
            say_minutes(hours.counted_minutes),
            f"of {say_minutes(hours.target_minutes)}",
        ),
        Figure("KSBs covered", f"{states.covered} of {states.total}", "shown in words or evidence"),
        Figure("Activities", str(len(shown)), "listed here"),
        Figure("Evidence", str(evidence), "pieces listed here"),
    )


def _modules(source: Source, shown: tuple[Shown, ...]) -> tuple[ShownModule, ...]:
    modules = [
        ShownModule(
            module.number,
            module.title,
            f"{full_day(module.starts)} to {full_day(module.ends)}",
            tuple(activity for activity in shown if activity.entry.module == module.number),
        )
        for module in source.view.timeline.modules
    ]
    rest = tuple(activity for activity in shown if activity.entry.module is None)
    return (*modules, ShownModule(0, "No module", "", rest)) if rest else tuple(modules)


def _notes(source: Source) -> tuple[str, ...]:
    """What a reader must know to trust the figures, and whose words the statements are."""
    notes = [
        "Every text here is the learner's own. A verification shows who confirmed an "
        "activity and when. It is not proof.",
        "Hours and coverage are calculated from the whole record on the day above.",
    ]
    if source.masked:
        notes.append(
            f"Private entries left out: {source.masked}. Their day, type and time are "
            "shown so that the totals are right."
        )
    if source.course.standard.attribution:
        notes.append(source.course.standard.attribution)
    return tuple(notes)


def portfolio_page(portfolio: Portfolio) -> Page:
    """The same content as the HTML portfolio, in the same order."""
    blocks: list[Block] = [Note("\n".join(portfolio.about)), Figures(portfolio.figures)]
    blocks += [Heading(2, "Hours by month"), *_months(portfolio)]
    blocks += [Heading(2, "KSBs"), *(b for one in portfolio.ksbs for b in _ksb(one))]
    if portfolio.duties:
        blocks += [Heading(2, "Duties"), _groups("Duty", portfolio.duties)]
    if portfolio.outcomes:
        blocks += [Heading(2, "Learning outcomes"), _groups("Outcome", portfolio.outcomes)]
    blocks += [Heading(2, "Modules"), _module_table(portfolio)]
    blocks.append(Heading(2, "Activities"))
    blocks += [b for one in portfolio.shown for b in _activity(one)]
    blocks += [Heading(2, "Evidence"), _evidence(portfolio)]
    blocks += [Note(text) for text in portfolio.notes]
    return Page(portfolio.title, portfolio.standard, tuple(blocks))


def _months(portfolio: Portfolio) -> Iterator[Block]:
    most = max((max(month.counted, month.planned) for month in portfolio.months), default=0)
    for month in portfolio.months:
        owed = max(0, month.planned - month.counted)
        yield Bar(
            f"{month.name} {month.year}",
            (Part("counted", month.counted), Part("to plan", owed, tone="plan")),
            f"{say_minutes(month.counted)}, planned {say_minutes(month.planned)}",
            float(most),
        )


def _ksb(ksb: ShownKsb) -> Iterator[Block]:
    state = ksb.state
    yield Heading(3, f"{state.code} {state.name}")
    yield Paragraph(state.statement)
    yield Note(STATE_TEXTS[state.state])
    if ksb.shown:
        yield Bullets(tuple(_line(shown) for shown in ksb.shown))


def _line(shown: Shown) -> str:
    numbers = ", ".join(f"evidence {artefact.number}" for artefact in shown.artefacts)
    tail = f" ({numbers})" if numbers else ""
    return f"{full_day(shown.entry.day)}: {shown.entry.title}{tail}"


def _groups(what: str, groups: Iterable[Group]) -> Table:
    return Table(
        (what, "Text", "KSBs", "Covered"),
        tuple(
            (
                str(group.number),
                group.text,
                " ".join(group.ksbs) or group.note,
                f"{group.covered} of {group.total}" if group.total else "–",
            )
            for group in groups
        ),
        (LEFT, LEFT, LEFT, RIGHT),
    )


def _module_table(portfolio: Portfolio) -> Table:
    return Table(
        ("Module", "Days", "Activities", "Logged"),
        tuple(
            (
                f"{module.number} {module.title}" if module.number else module.title,
                module.days,
                str(len(module.shown)),
                say_minutes(module.minutes),
            )
            for module in portfolio.modules
        ),
        (LEFT, LEFT, RIGHT, RIGHT),
    )


def _activity(shown: Shown) -> Iterator[Block]:
    entry = shown.entry
    yield Heading(3, entry.title)
    about = [full_day(entry.day), say_minutes(entry.minutes), shown.category]
    about += [" ".join(entry.ksbs)] if entry.ksbs else []
    about += [] if shown.counts else ["does not count"]
    if entry.verified:
        about.append(f"verified by {entry.verified.by} on {full_day(entry.verified.day)}")
    yield Note(" · ".join(about))
    if entry.notes:
        yield Paragraph(entry.notes)
    if entry.learned:
        yield Paragraph(entry.learned)
    if shown.artefacts:
        yield Bullets(
            tuple(f"Evidence {a.number}: {a.item.title} ({a.item.kind})" for a in shown.artefacts)
        )


def _evidence(portfolio: Portfolio) -> Table:
    return Table(
        ("No", "Evidence", "Kind", "File or link", "KSBs", "Date"),
        tuple(
            (
                str(artefact.number),
                artefact.item.title,
                artefact.item.kind,
                display_path(artefact.item),
                " ".join(artefact.entry.ksbs),
                full_day(artefact.entry.day),
            )
            for artefact in portfolio.artefacts
        ),
        (RIGHT, LEFT, LEFT, LEFT, LEFT, LEFT),
    )


def page_of(content: Page | Sheet | Portfolio) -> Page:
    """The content as one page of blocks."""
    if isinstance(content, Sheet):
        return as_page(content)
    return portfolio_page(content) if isinstance(content, Portfolio) else content
