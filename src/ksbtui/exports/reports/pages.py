"""Pages that the core makes, with every text of the learner's let through."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ksbtui.core.assessment.project import Project
from ksbtui.core.assessment.project_pack import project_page
from ksbtui.core.coverage.evidence_index import Artefact, EvidenceIndex, index_page
from ksbtui.core.exchange.pages import Heading, Page
from ksbtui.exports.reports.source import Source, is_masked, place_named


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


def project_pack(source: Source) -> Page:
    """The pack, every text of it let through; entries left out are not named."""
    open_entries = {e.id: e.title for e in source.entries if not is_masked(e)}
    project = _passed_project(source, source.journal.project.read())
    return project_page(source.course, project, open_entries, source.journal.as_at)


def _passed_project(source: Source, read: Project) -> Project:
    items = tuple(
        replace(
            item,
            text=source.text(f"project, {item.section}", item.text),
            detail=source.text(f"project, {item.section}", item.detail),
            links=tuple(
                source.text(f"project, {item.section}", place_named(link)) for link in item.links
            ),
        )
        for item in read.items
    )
    benefits = tuple(
        replace(
            benefit,
            measure=replace(
                benefit.measure,
                name=source.text("project, measure", benefit.measure.name),
                how=source.text("project, measure", benefit.measure.how),
            ),
        )
        for benefit in read.benefits
    )
    title = source.text("project, title", read.title)
    return replace(read, title=title, items=items, benefits=benefits)


def evidence_by_ksb(source: Source) -> Page:
    """A table for each type of KSB, every text let through."""
    index = source.journal.discussing.evidence_index(private=source.scope.with_private)
    rows = tuple(
        replace(
            row, artefacts=tuple(_passed_artefact(source, artefact) for artefact in row.artefacts)
        )
        for row in index.rows
        if not source.scope.ksbs or row.ksb.code in source.scope.ksbs
    )
    shown = EvidenceIndex(rows, index.withheld)
    return index_page(source.course, shown, source.journal.as_at)


def _passed_artefact(source: Source, artefact: Artefact) -> Artefact:
    where = f"{artefact.entry} {artefact.day.isoformat()}"
    return replace(
        artefact,
        title=source.text(f"{where}, evidence", artefact.title),
        target=source.text(f"{where}, evidence", place_named(artefact.target)),
        entry_title=source.text(f"{where}, title", artefact.entry_title),
    )
