"""The pack of the progress review in hand, as a page."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ksbtui.core.exchange.pages import Heading, Page
from ksbtui.exports.reports.source import Source


def review_pack(source: Source) -> Page:
    """The pack of a review, with names, for those who sign it."""
    reviews = source.journal.reviews
    review = reviews.asked(source.scope.review)
    return passed(source, reviews.page(review, named=True, private=source.scope.with_private))


def passed(source: Source, page: Page) -> Page:
    """A page made elsewhere with every text let through, under the heading it stands below."""
    where, blocks = page.title, []
    for block in page.blocks:
        if isinstance(block, Heading):
            where = block.text
        blocks.append(_passed(source, where, block))
    return replace(page, blocks=tuple(blocks))


def _passed(source: Source, where: str, value: Any) -> Any:
    if isinstance(value, str):
        return source.text(where, value)
    if isinstance(value, tuple):
        return tuple(_passed(source, where, item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _passed(source, where, getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changed)
    return value
