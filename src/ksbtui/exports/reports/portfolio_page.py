"""The portfolio as a page of blocks: for Word, Markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ksbtui.core.coverage.coverage import Group
from ksbtui.core.days import full_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.exchange.pages import (
    LEFT,
    RIGHT,
    Bar,
    Block,
    Bullets,
    Figures,
    Heading,
    Note,
    Page,
    Paragraph,
    Part,
    Table,
)
from ksbtui.exports.reports.portfolio import Portfolio, Shown, ShownKsb
from ksbtui.exports.reports.source import display_path
from ksbtui.exports.reports.tracker import STATE_TEXTS


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
    most = max((max(one.counted, one.planned) for one in portfolio.months), default=0)
    for one in portfolio.months:
        owed = max(0, one.planned - one.counted)
        yield Bar(
            f"{one.name} {one.year}",
            (Part("counted", one.counted), Part("to plan", owed, tone="plan")),
            f"{say_minutes(one.counted)}, planned {say_minutes(one.planned)}",
            float(most),
        )


def _ksb(one: ShownKsb) -> Iterator[Block]:
    state = one.state
    yield Heading(3, f"{state.code} {state.name}")
    yield Paragraph(state.statement)
    yield Note(STATE_TEXTS[state.state])
    if one.shown:
        yield Bullets(tuple(_line(shown) for shown in one.shown))


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
                f"{one.number} {one.title}" if one.number else one.title,
                one.days,
                str(len(one.shown)),
                say_minutes(one.minutes),
            )
            for one in portfolio.modules
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
                str(one.number),
                one.item.title,
                one.item.kind,
                display_path(one.item),
                " ".join(one.entry.ksbs),
                full_day(one.entry.day),
            )
            for one in portfolio.artefacts
        ),
        (RIGHT, LEFT, LEFT, LEFT, LEFT, LEFT),
    )
