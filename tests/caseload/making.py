"""Hand-over files of made learners: the demo's, renamed, thinned and moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from ksbtui.clock import Clock
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.exchange.handover import HandOver, to_bytes
from ksbtui.store.database.store import Record

AS_AT = date(2026, 11, 26)


def demo(folder: Path) -> HandOver:
    """The demo learner's hand-over."""
    journal = make_demo(folder / "demo.db", Clock(AS_AT))
    file = journal.handover.share().file
    journal.close()
    return file


def made(base: HandOver, number: int, made_at: str = "2026-11-25T09:00:00.000Z") -> HandOver:
    """Another learner's, with some of the entries and some of the records."""
    draw, id = Random(number), f"learner{number:04d}"
    entries = tuple(
        replace(entry, id=f"{number:04d}".translate(_DIGITS) + entry.id[4:])
        for entry in base.entries
        if draw.random() < 0.4 + number % 7 / 10
    )
    records = tuple(
        replace(
            record,
            id=id if record.id == base.learner else record.id,
            body={k: (id if v == base.learner else v) for k, v in record.body.items()},
        )
        for record in base.records
        if record.kind not in ("call", "review", "action") or draw.random() < 0.7
    )
    if number % 5 == 0:
        records += (_opening(id, verified=number % 2 == 0),)
    if number % 4 == 0:  # a month of English or maths is an active one
        entries = tuple(
            replace(entry, type="english-maths") if entry.day.month == 9 else entry
            for entry in entries
        )
    return replace(
        base,
        learner=id,
        name=f"Learner {number:04d}",
        made_at=made_at,
        entries=entries,
        records=records,
        earlier=(),
    )


def _opening(enrolment: str, *, verified: bool) -> Record:
    """Hours recorded elsewhere up to the end of May."""
    at = "2026-05-31T09:00:00.000Z"
    body = {
        "id": enrolment,
        "minutes": 6000,
        "day": "2026-05-31",
        "source": "the e-portfolio",
        "verified_by": "Ruth Adeyemi" if verified else "",
    }
    return Record("opening", enrolment, at, at, body)


_DIGITS = str.maketrans("01", "yz")


def write(folder: Path, file: HandOver, name: str = "") -> Path:
    """Put a hand-over into a folder, not encrypted."""
    path = folder / (name or f"{file.learner}.ksb")
    path.write_bytes(to_bytes(file))
    return path
