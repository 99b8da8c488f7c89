"""Hand-over files of made learners: the demo's, renamed, thinned and moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from ksbtui.clock import Clock
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.exchange.handover_file import HandOver, to_bytes

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
    return replace(
        base,
        learner=id,
        name=f"Learner {number:04d}",
        made_at=made_at,
        entries=entries,
        records=records,
        earlier=(),
    )


_DIGITS = str.maketrans("01", "yz")


def write(folder: Path, file: HandOver, name: str = "") -> Path:
    """Put a hand-over into a folder, not encrypted."""
    path = folder / (name or f"{file.learner}.ksb")
    path.write_bytes(to_bytes(file))
    return path
