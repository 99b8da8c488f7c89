"""HTML: one file without scripts or anything to fetch, for screens light and dark and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ksbtui.core.coverage.ladder import SYMBOLS
from ksbtui.core.days import full_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.exports.formats import charts
from ksbtui.exports.formats.pages import page_of
from ksbtui.exports.formats.sanitize import printable
from ksbtui.exports.reports.portfolio import Portfolio, Shown, ShownKsb
from ksbtui.exports.reports.source import display_path, is_link
from ksbtui.exports.reports.tracker import STATE_TEXTS
from ksbtui.exports.saving import Tell

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    """The templates, with every value escaped unless it is a drawing of ours."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("ksbtui.exports.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    made.filters.update(
        full_day=full_day, long_day=long_day, time=say_minutes, place=display_path, is_link=is_link
    )
    return made


def write(content: Any, tell: Tell) -> bytes:
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
            activities=_told(portfolio.shown, tell),
            symbols=SYMBOLS,
            states=STATE_TEXTS,
            by_type=_by_type(portfolio),
            months=Markup(charts.months(portfolio.months)),
            types=Markup(charts.types(portfolio.types)),
            ladder=Markup(charts.ladder(portfolio.ladder)),
        )
    )


def _told(shown: Sequence[Shown], tell: Tell) -> Iterator[Shown]:
    """The activities as they are written: most of the page, so they tell how far it is."""
    for done, one in enumerate(shown):
        tell(done, len(shown))
        yield one


def _by_type(portfolio: Portfolio) -> dict[str, list[ShownKsb]]:
    """The KSBs under Knowledge, Skills and Behaviours, in published order."""
    found: dict[str, list[ShownKsb]] = {}
    for one in portfolio.ksbs:
        found.setdefault(TYPE_NAMES[one.state.type], []).append(one)
    return found
