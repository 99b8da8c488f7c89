"""The evidence index: which evidence shows which KSB, and what has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ksbtui.core.codec import encode_fields
from ksbtui.core.coverage.coverage import Coverage, KsbState
from ksbtui.core.days import full_day, long_day
from ksbtui.core.exchange.pages import Block, Bullets, Figure, Figures, Heading, Note, Page, Table
from ksbtui.core.programme.programmes import Course
from ksbtui.core.programme.standards import TYPE_NAMES


@dataclass(frozen=True, slots=True)
class Artefact:
    """One artefact on an entry tagged with ``code``; ``target`` is a file or link."""

    code: str
    entry: str
    day: date
    entry_title: str
    id: str
    kind: str
    title: str
    target: str

    @property
    def name(self) -> str:
        return self.title or self.target


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One KSB, where it stands, and its artefacts, newest first."""

    ksb: KsbState
    artefacts: tuple[Artefact, ...]


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """Every KSB in order with its artefacts; ``withheld`` counts private ones left out."""

    rows: tuple[IndexRow, ...]
    withheld: int = 0

    @property
    def evidenced(self) -> int:
        """How many KSBs have an artefact (a private one still evidences)."""
        return sum(row.ksb.evidence > 0 for row in self.rows)

    @property
    def gaps(self) -> tuple[str, ...]:
        return tuple(row.ksb.code for row in self.rows if row.ksb.gap)

    @property
    def to_evidence(self) -> tuple[str, ...]:
        return tuple(row.ksb.code for row in self.rows if row.ksb.to_evidence)

    @property
    def awaiting_employer(self) -> tuple[str, ...]:
        return tuple(
            row.ksb.code
            for row in self.rows
            if row.ksb.type == "B" and not row.ksb.employer_verified
        )

    def as_json(self) -> dict[str, object]:
        return {
            "ksbs": [
                {
                    "code": row.ksb.code,
                    "statement": row.ksb.statement,
                    "state": row.ksb.state,
                    "artefacts": [encode_fields(artefact, "code") for artefact in row.artefacts],
                }
                for row in self.rows
            ],
            "evidenced": self.evidenced,
            "total": len(self.rows),
            "gaps": list(self.gaps),
            "to_evidence": list(self.to_evidence),
            "awaiting_employer": list(self.awaiting_employer),
            "withheld": self.withheld,
        }


def evidence_index(
    coverage: Coverage, artefacts: Iterable[Artefact], withheld: int = 0
) -> EvidenceIndex:
    """The index of a standard; artefacts under codes it lacks are left out.

    Artefacts keep the order they come in (newest first); one that stands on two entries of
    the same KSB is listed for each.
    """
    by_code: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        by_code.setdefault(artefact.code, []).append(artefact)
    return EvidenceIndex(
        tuple(IndexRow(ksb, tuple(by_code.get(ksb.code, ()))) for ksb in coverage.ksbs), withheld
    )


def index_page(course: Course, index: EvidenceIndex, as_at: date) -> Page:
    """The index as a document: the count, a table for each type, and what is missing."""
    total = len(index.rows)
    blocks: list[Block] = [
        Figures((Figure("KSBs with evidence", f"{index.evidenced} of {total}"),))
    ]
    for type, title in TYPE_NAMES.items():
        rows = [row for row in index.rows if row.ksb.type == type]
        if rows:
            blocks += [Heading(2, title), _table(rows)]
    blocks += _missing(index)
    if index.withheld:
        blocks.append(Note(f"{index.withheld} marked private were left out."))
    learner = f"{course.enrolment.name} · " if course.enrolment.name else ""
    return Page(
        "Evidence index", f"{learner}{course.standard.named} · {long_day(as_at)}", tuple(blocks)
    )


def _table(rows: list[IndexRow]) -> Table:
    lines = []
    for row in rows:
        label = f"{row.ksb.code} {row.ksb.name}"
        if not row.artefacts:
            lines.append((label, row.ksb.state, "", "", ""))
        for number, artefact in enumerate(row.artefacts):
            first = (label, row.ksb.state) if number == 0 else ("", "")
            lines.append((*first, artefact.name, full_day(artefact.day), artefact.entry_title))
    return Table(("KSB", "State", "Evidence", "Day", "Entry"), tuple(lines))


def _missing(index: EvidenceIndex) -> list[Block]:
    lines = [
        f"{label}: {', '.join(codes)}"
        for label, codes in (
            ("Not shown yet", index.gaps),
            ("Shown, without evidence", index.to_evidence),
            ("Behaviours your employer has not verified", index.awaiting_employer),
        )
        if codes
    ]
    return [Heading(2, "Still missing"), Bullets(tuple(lines))] if lines else []
