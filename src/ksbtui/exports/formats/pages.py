"""Whatever a report made, as a page: what HTML, DOCX, Markdown and text are written from."""

from __future__ import annotations

from ksbtui.core.exchange.pages import Page, Sheet, as_page
from ksbtui.exports.reports.portfolio import Portfolio
from ksbtui.exports.reports.portfolio_page import portfolio_page


def page_of(content: Page | Sheet | Portfolio) -> Page:
    """The content as one page of blocks."""
    if isinstance(content, Sheet):
        return as_page(content)
    return portfolio_page(content) if isinstance(content, Portfolio) else content
