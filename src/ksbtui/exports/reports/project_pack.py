"""The project review pack: the workplace project as one document."""

from __future__ import annotations

from dataclasses import replace

from ksbtui.core.assessment.project import Project
from ksbtui.core.assessment.project_pack import project_page
from ksbtui.core.exchange.pages import Page
from ksbtui.exports.reports.source import Source, is_masked, place_named


def project_pack(source: Source) -> Page:
    """The pack, every text of it let through; entries left out are not named."""
    open_entries = {e.id: e.title for e in source.entries if not is_masked(e)}
    project = _passed_project(source, source.journal.project.read())
    return project_page(source.course, project, open_entries, source.journal.as_at)


def _passed_project(source: Source, read: Project) -> Project:
    """The project with each text of the learner's let through, folders left out of paths."""
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
            one,
            measure=replace(
                one.measure,
                name=source.text("project, measure", one.measure.name),
                how=source.text("project, measure", one.measure.how),
            ),
        )
        for one in read.benefits
    )
    title = source.text("project, title", read.title)
    return replace(read, title=title, items=items, benefits=benefits)
