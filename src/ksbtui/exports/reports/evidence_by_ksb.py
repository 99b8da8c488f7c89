"""The evidence index by KSB: which evidence shows which KSB, and what is missing."""

from __future__ import annotations

from dataclasses import replace

from ksbtui.core.coverage.evidence_index import Artefact, EvidenceIndex, index_page
from ksbtui.core.exchange.pages import Page
from ksbtui.exports.reports.source import Source, place_named


def evidence_by_ksb(source: Source) -> Page:
    """A table for each type of KSB, every text let through."""
    index = source.journal.discussing.evidence_index(private=source.scope.with_private)
    rows = tuple(
        replace(row, artefacts=tuple(_passed_artefact(source, one) for one in row.artefacts))
        for row in index.rows
        if not source.scope.ksbs or row.ksb.code in source.scope.ksbs
    )
    shown = EvidenceIndex(rows, index.withheld)
    return index_page(source.course, shown, source.journal.as_at)


def _passed_artefact(source: Source, one: Artefact) -> Artefact:
    where = f"{one.entry} {one.day.isoformat()}"
    return replace(
        one,
        title=source.text(f"{where}, evidence", one.title),
        target=source.text(f"{where}, evidence", place_named(one.target)),
        entry_title=source.text(f"{where}, title", one.entry_title),
    )
